import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failUnawaited } from 'expect-gradients';
import { toHaveCorrectGradients } from 'expect-gradients/matchers';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { Page, root } from './page.js';

/** What docs/runners.md shows is so. What it tells of the runners is tried in test/runners. */

const page = await Page.read('docs/runners.md');
const folders: string[] = [];
afterAll(async () => Promise.all(folders.map(async (folder) => rm(folder, { recursive: true }))));

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'runners-page-'));
  folders.push(folder);
  return folder;
}

/** What a program of an installed package prints, run in a folder. */
function node(cwd: string, program: string, ...args: string[]): Promise<string> {
  const command = [join(root, 'node_modules', program), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd }, (_, out) => resolve(stripVTControlCharacters(out)));
  });
}

test('a forgotten await fails with the message shown', async () => {
  const later = { parameters: [3], loss: async ([x]: number[]) => x! ** 2, gradients: () => [6] };
  const check = toHaveCorrectGradients.call({}, later);
  let message = '';
  try {
    failUnawaited();
  } catch (error) {
    message = `${(error as Error).message}\n`;
  }
  expect(message).toBe(await page.shown(0, message));
  await check;
});

test('the matchers can be registered by hand as shown', async () => {
  const folder = await temporary();
  const model = '{ parameters: [3], loss: ([x]) => x ** 2, gradients: ([x]) => [2 * x] }';
  const use = `import { test } from 'vitest';\ntest('it', () => expect(${model}).toHaveCorrectGradients());\n`;
  await mkdir(join(folder, 'test'));
  await writeFile(join(folder, 'test/hand.test.ts'), page.blocks('js')[0]! + use);
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const config = `--config=${join(root, 'vitest.config.ts')}`;
  const output = await node(folder, 'vitest/vitest.mjs', 'run', '--root=.', config);
  expect(output).toMatch(/Tests {2}1 passed/);
});

test('the rule of the linter finds the await that is missing, as shown', async () => {
  const folder = await temporary();
  const check = (awaited: string): string =>
    `import { expect, test } from 'vitest';\ntest('t', async () => {\n  ${awaited}expect(1).toHaveCorrectGradients();\n});\n`;
  await writeFile(join(folder, '.oxlintrc.json'), page.blocks('json')[0]!);
  await writeFile(join(folder, 'missing.test.js'), check(''));
  await writeFile(join(folder, 'there.test.js'), check('await '));
  const report = await node(folder, 'oxlint/bin/oxlint', '--format=unix');
  expect(report.split('\n').filter((line) => line.includes('valid-expect'))).toStrictEqual([
    expect.stringContaining('missing.test.js:3'),
  ]);
});
