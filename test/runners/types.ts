/** The ways in which a user's TypeScript may see the package; a door's types have to hold in all of them. */

import { readFileSync } from 'node:fs';
import { inject } from 'vitest';
import { commandOf, type Compilation, type Project } from './project.js';
import { aliasOf, edited, OLDER_TYPESCRIPTS, type TypeProgram } from './runners.js';

type View = Omit<Compilation, 'compiler'>;

const IMPORTING: View = { type: 'module', options: { module: 'nodenext' } };
const REQUIRING: View = { type: 'commonjs', options: { module: 'nodenext' } };
const BUNDLED: View = {
  type: 'module',
  options: { module: 'esnext', moduleResolution: 'bundler' },
};

/** As TypeScript resolved before packages had `exports`, and ts-jest does to this day where a tsconfig says `commonjs`. */
const HISTORIC: View = { type: 'commonjs', options: { module: 'commonjs', moduleResolution: 'node10' } };

/** Compiles a program of test/types in every way and gives the errors. */
export async function errorsOf(
  project: Project,
  { program, door, edits = [], types = [] }: TypeProgram,
): Promise<string[]> {
  const source = readFileSync(new URL(`../types/${program}.ts`, import.meta.url), 'utf8');
  const text = edited(source, [[`'expect-gradients/${program}'`, `'expect-gradients/${door}'`], ...edits]);
  const current = commandOf('typescript');
  const [lastOfItsKind, oldest] = OLDER_TYPESCRIPTS.map((version) =>
    commandOf(aliasOf(version), inject('tools')),
  );
  const errors: string[] = [];
  for (const view of [IMPORTING, BUNDLED, REQUIRING, HISTORIC])
    for (const [compiler, skipLibCheck] of [
      // It has no historic view any more.
      ...(view === HISTORIC
        ? []
        : ([
            [current, true],
            [current, false],
          ] as const)),
      [oldest!, false],
      // It reads modules as the current one does, and is slow: once is enough.
      ...(view === IMPORTING ? [[lastOfItsKind!, false] as const] : []),
    ] as const) {
      const compilation = { ...view, compiler, options: { ...view.options, types, skipLibCheck } };
      const found = await project.compile(text, compilation);
      errors.push(...found.map((error) => `${JSON.stringify(compilation)}: ${error}`));
    }
  return errors;
}
