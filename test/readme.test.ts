import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Page, root } from './page.js';

/** Everything that the README shows is run, and what it says is printed is compared whole. */

let folder: string;
let readme: Page;

beforeAll(async () => {
  readme = await Page.read('README.md');
  folder = await mkdtemp(join(tmpdir(), 'readme-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

/** Runs node in `cwd`; resolves with what it printed and how it ended. */
async function run(cwd: string, args: readonly string[]): Promise<{ output: string; code: number }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { cwd, env: { ...process.env, NO_COLOR: '1', CI: '' } },
      (error, out, err) => {
        resolve({ output: stripVTControlCharacters(out + err), code: error === null ? 0 : 1 });
      },
    );
  });
}

test('the README has two programs and their outputs', () => {
  expect(readme.blocks('ts')).toHaveLength(2);
  expect(readme.blocks('text')).toHaveLength(2);
});

describe('the first screen', () => {
  test('is a test that fails with the message shown', async () => {
    await writeFile(join(folder, 'readme.test.ts'), readme.blocks('ts')[0]!);
    await writeFile(join(folder, 'vitest.config.mjs'), config());
    const { output, code } = await run(folder, [join(root, 'node_modules/vitest/vitest.mjs'), 'run']);
    expect(code).toBe(1);
    const message = /Error: (expect\(.*?seed\s\d+\.)/s.exec(output)?.[1];
    const actual = `${message ?? output}\n`;
    expect(actual).toBe(await readme.shown(0, actual));
  }, 30_000);
});

describe('the report as data', () => {
  test('prints what is shown', async () => {
    const program = readme.blocks('ts')[1]!.replace("'expect-gradients'", `'${join(root, 'src/index.ts')}'`);
    await writeFile(join(folder, 'data.mts'), program);
    const { output } = await run(folder, ['--import', 'tsx', 'data.mts']);
    expect(output).toBe(await readme.shown(1, output));
  }, 30_000);
});

/** The door is the source's, as the package itself isn't installed in the folder. */
function config(): string {
  const alias = `{ find: /^expect-gradients\\/(.*)$/, replacement: ${JSON.stringify(join(root, 'src/$1.ts'))} }`;
  return `export default { resolve: { alias: [${alias}] }, server: { fs: { strict: false } } };\n`;
}
