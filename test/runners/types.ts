/** The ways in which a user's TypeScript may see the package; a door's types have to hold in all of them. */

import { readFileSync } from 'node:fs';
import { commandOf, type Compilation, type Project } from './project.js';

type View = Omit<Compilation, 'compiler'>;

const IMPORTING: View = { type: 'module', options: { module: 'nodenext' } };
const REQUIRING: View = { type: 'commonjs', options: { module: 'nodenext' } };
const BUNDLED: View = {
  type: 'module',
  options: { module: 'esnext', moduleResolution: 'bundler' },
};

/** An older compiler, to be among the packages of a project that is compiled. */
export const OLD_TYPESCRIPT = 'typescript@5.5';

/** A program of test/types, as its text. */
export function programOf(name: string): string {
  return readFileSync(new URL(`../types/${name}.ts`, import.meta.url), 'utf8');
}

/** Compiles a program in every way and gives the errors; `esmOnly` where the runner can't be required. */
export async function errorsOf(
  project: Project,
  program: string,
  { esmOnly = false, types = [] as readonly string[] } = {},
): Promise<string[]> {
  const current = commandOf('typescript');
  const old = commandOf('typescript', project.folder);
  const errors: string[] = [];
  for (const view of [IMPORTING, BUNDLED, ...(esmOnly ? [] : [REQUIRING])])
    for (const [compiler, skipLibCheck] of [
      [current, true],
      [current, false],
      [old, false],
    ] as const) {
      const compilation = { ...view, compiler, options: { ...view.options, types, skipLibCheck } };
      const found = await project.compile(program, compilation);
      errors.push(...found.map((error) => `${JSON.stringify(compilation)}: ${error}`));
    }
  return errors;
}
