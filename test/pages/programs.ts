/** A folder outside of the repository in which the programs of pages are run and compiled as a user's would be. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GradientReport } from 'expect-gradients';
import { vi } from 'vitest';
import { root } from './page.js';

/** Where the compiler finds a part of the package. */
const source = (path: string): string[] => [join(root, 'src', path)];
const PATHS = {
  'expect-gradients': source('index.ts'),
  'expect-gradients/adapters': source('adapters/adapters.ts'),
  'expect-gradients/*': source('adapters/*.ts'),
};

export class Programs {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(): Promise<Programs> {
    const folder = await mkdtemp(join(tmpdir(), 'programs-'));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    return new Programs(folder);
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Writes a program down; resolves with its file. */
  async write(name: string, program: string): Promise<string> {
    const file = join(this.#folder, `${name}.ts`);
    await writeFile(file, program);
    return file;
  }

  /** Runs a program; resolves with what it printed, and its `report` if it has one to export. */
  async run(name: string, program: string): Promise<{ printed: string; report?: GradientReport }> {
    const file = await this.write(name, program);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      const { report } = (await import(/* @vite-ignore */ file)) as { report?: GradientReport };
      const printed = log.mock.calls.map((values) => `${values.join(' ')}\n`).join('');
      return { printed, ...(report && { report }) };
    } finally {
      log.mockRestore();
    }
  }

  /** Runs a program that has a `report`; resolves with what it printed, and that. */
  async check(name: string, program: string): Promise<{ printed: string; report: GradientReport }> {
    const { printed, report } = await this.run(name, `${program}\nexport { report };\n`);
    return { printed, report: report! };
  }

  /**
   * What the compiler says, under `strict` and `noUncheckedIndexedAccess`, of the programs that were written.
   * @param more options of the compiler besides
   */
  async compile(more: object = {}): Promise<string> {
    const compilerOptions = {
      target: 'es2022',
      lib: ['es2023'],
      module: 'nodenext',
      strict: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
      types: ['node'],
      paths: PATHS,
      ...more,
    };
    const config = JSON.stringify({ compilerOptions, include: ['*.ts'] });
    await writeFile(join(this.#folder, 'tsconfig.json'), config);
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const argv = [tsc, '-p', this.#folder, '--pretty', 'false'];
    return new Promise((resolve) => {
      execFile(process.execPath, argv, (_, out, err) => resolve(out + err));
    });
  }
}
