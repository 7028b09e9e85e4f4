import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Page, root } from './page.js';
import { Programs } from './programs.js';
import { messageIn, Workspace } from './workspace.js';

/** What docs/sizes.md shows is run, and what it says is printed is compared whole. */

let page: Page;
let programs: Programs;
let workspace: Workspace;
beforeAll(async () => {
  page = await Page.read('docs/sizes.md');
  programs = await Programs.create();
  workspace = await Workspace.make('sizes-');
});
afterAll(async () => {
  await programs.remove();
  await workspace.remove();
});

test('the page has three programs and their outputs', () => {
  expect(['ts', 'text'].map((language) => page.blocks(language).length)).toEqual([3, 3]);
});

test.each([
  ['the law', 0],
  ['the condition', 1],
] as const)('%s is what is shown', async (_, place) => {
  const { printed, report } = await programs.check(`program-${place}`, page.blocks('ts')[place]!);
  expect(report.verdict).toBe('wrong');
  expect(printed).toBe(await page.shown(place, printed));
});

test('with fast-check message, cause and picture are those of the smallest case', async () => {
  const program = page
    .blocks('ts')[2]!
    .replace("from 'expect-gradients'", `from '${join(root, 'src/index.ts')}'`);
  await workspace.write('sizes.test.ts', program);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { output, code } = await workspace.run(process.execPath, [vitest, 'run', 'sizes']);
  expect(code).toBe(1);
  const message = messageIn(output.replaceAll(/^.*(?:Picture|Report): .*\n/gm, ''));
  expect(message).toBe(await page.shown(2, message));
  const kept = await readdir(join(workspace.folder, 'gradients'));
  expect(new Set(kept.map((name) => name.split('.').at(-1)))).toEqual(new Set(['json', 'svg']));
  expect(kept).toHaveLength(2);
  const json = kept.find((name) => name.endsWith('.json'))!;
  const report = JSON.parse(await readFile(join(workspace.folder, 'gradients', json), 'utf8')) as object;
  expect(report).toMatchObject({ verdict: 'wrong', parameters: [{ shape: [6] }] });
});

test('the programs compile under strict', async () => {
  for (const [place, program] of page.blocks('ts').slice(0, 2).entries())
    await programs.write(`program-${place}`, program);
  expect(await programs.compile()).toBe('');
});
