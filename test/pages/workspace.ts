/** A folder outside of the repository in which what a page shows is run, as its reader would, against the source. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './page.js';

/**
 * The doors are the source's, as the package itself isn't installed in the folder. Pages show the door for Vitest 5; in the place of it is the
 * one for the Vitest that is installed here.
 */
const CONFIG = `export default {
  resolve: {
    alias: [
      { find: /^expect-gradients$/, replacement: ${JSON.stringify(join(root, 'src/index.ts'))} },
      { find: 'expect-gradients/vitest', replacement: ${JSON.stringify(join(root, 'src/vitest4.ts'))} },
      { find: /^expect-gradients\\/(.*)$/, replacement: ${JSON.stringify(join(root, 'src/$1.ts'))} },
    ],
  },
  server: { fs: { strict: false } },
};
`;

export interface Outcome {
  /** What was printed, without colours. */
  readonly output: string;
  /** 0, or 1 for any failure. */
  readonly code: number;
}

export class Workspace {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** A fresh folder in which Vitest can be run. */
  static async make(prefix: string): Promise<Workspace> {
    const workspace = new Workspace(await mkdtemp(join(tmpdir(), prefix)));
    await symlink(join(root, 'node_modules'), join(workspace.folder, 'node_modules'));
    await workspace.write('vitest.config.mjs', CONFIG);
    return workspace;
  }

  async write(name: string, text: string): Promise<void> {
    await writeFile(join(this.folder, name), text);
  }

  /** Runs a program with its arguments in the folder. */
  async run(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Outcome> {
    return new Promise((resolve) => {
      execFile(
        program,
        args,
        { cwd: this.folder, env: { ...process.env, NO_COLOR: '1', CI: '', ...env } },
        (error, out, err) => {
          resolve({ output: stripVTControlCharacters(out + err), code: error === null ? 0 : 1 });
        },
      );
    });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The message of the matcher in what a runner printed: to the end of its last paragraph, which says how the check was done. */
export function messageIn(output: string): string {
  const [, message] =
    /Error: (expect\(.*?\n\n(?:Central differences|It took|The gradients were compared)\b.*?)\n(?=\n| +❯| +at )/s.exec(
      output,
    ) ?? [];
  return `${message ?? output}\n`;
}
