import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Page, root } from './page.js';
import { Programs } from './programs.js';
import { Workspace } from './workspace.js';

/** What docs/reference.md shows is run, and what it says is printed is compared whole. */

let page: Page;
let programs: Programs;
let workspace: Workspace;
beforeAll(async () => {
  page = await Page.read('docs/reference.md');
  programs = await Programs.create();
  workspace = await Workspace.make('reference-');
});
afterAll(async () => {
  await programs.remove();
  await workspace.remove();
});

test('the page has two programs, and the output of one', () => {
  expect(['ts', 'text'].map((language) => page.blocks(language).length)).toEqual([2, 1]);
});

test('a batched layer against a plain one is wrong as shown', async () => {
  const { printed, report } = await programs.check('program-0', page.blocks('ts')[0]!);
  expect(report.verdict).toBe('wrong');
  expect(printed).toBe(await page.shown(0, printed));
});

test('the numbers of another program are those of the model', async () => {
  await workspace.write('exported.test.ts', page.blocks('ts')[1]!);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { output, code } = await workspace.run(process.execPath, [vitest, 'run', 'exported']);
  expect(output).toContain('1 passed');
  expect(code).toBe(0);
});

test('the numbers of another program are not those of a model with a mistake', async () => {
  await workspace.write('wrong.test.ts', page.blocks('ts')[1]!.replace('Math.exp(-x)', 'Math.exp(x)'));
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { output, code } = await workspace.run(process.execPath, [vitest, 'run', 'wrong']);
  expect(output).toContain('The gradients are wrong in 3 of 3 entries: w.');
  expect(code).toBe(1);
});

test('the program compiles under strict', async () => {
  await programs.write('program-0', page.blocks('ts')[0]!);
  expect(await programs.compile()).toBe('');
});
