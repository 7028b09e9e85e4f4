import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Page, root } from './page.js';
import { Workspace } from './workspace.js';

/** What docs/mutation.md shows is run: the mutation tool on the backward pass, with each of the three checks as its test. */

const STRYKER = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');

let page: Page;
let workspace: Workspace;

beforeAll(async () => {
  page = await Page.read('docs/mutation.md');
  workspace = await Workspace.make('mutation-');
  for (const [place, name] of ['backward.js', 'layer.js', 'layer.test.js'].entries())
    await workspace.write(name, page.blocks('js')[place]!);
  await workspace.write('stryker.config.json', page.blocks('json')[0]!);
});
afterAll(async () => workspace.remove());

/** What the tool says of the mutants, without what it says of its own work. */
async function mutantsFor(check: string): Promise<string> {
  const { output } = await workspace.run(process.execPath, [STRYKER, 'run'], { CHECK: check });
  const lines = output.split('\n').filter((line) => !/^\d\d:\d\d:\d\d /.test(line));
  return `${lines.join('\n').trim()}\n`;
}

test('the page has three files, a configuration, and three outputs', () => {
  expect(['js', 'json', 'text'].map((language) => page.blocks(language).length)).toEqual([3, 1, 3]);
});

test.each([
  ['1', 0, 2],
  ['2', 1, 1],
  ['sizes', 2, 0],
] as const)('with %s it leaves the mutants that are shown', async (check, place, survivors) => {
  const actual = await mutantsFor(check);
  expect(actual.match(/^\[Survived\]/gm) ?? []).toHaveLength(survivors);
  expect(actual).toContain('All files');
  expect(actual).toBe(await page.shown(place, actual));
});
