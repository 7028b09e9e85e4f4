import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Page, root } from './page.js';
import { type Outcome, Workspace } from './workspace.js';

/** What docs/artifacts.md shows is what a run leaves, the picture included. */

const DOOR = `import '${join(root, 'src/vitest4.ts')}';`;

let page: Page;
let workspace: Workspace;
let outcome: Outcome;

beforeAll(async () => {
  page = await Page.read('docs/artifacts.md');
  workspace = await Workspace.make('artifacts-');
  const [program, reporter] = page.blocks('js') as [string, string];
  // On the first line, a comment, so that the lines below are those of the page.
  await workspace.write('layer.test.js', program.replace(/^\/\/ .*/, DOOR));
  await workspace.write('verdicts.js', reporter);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['github-actions', './verdicts.js', 'default'].map((name) => `--reporter=${name}`);
  outcome = await workspace.run(process.execPath, [vitest, 'run', ...reporters]);
});
afterAll(async () => workspace.remove());

/** The lines of the output that begin with one of some words. */
const linesOf = (...words: string[]): string =>
  outcome.output
    .split('\n')
    .filter((line) => words.some((word) => line.trim().startsWith(word)))
    .map((line) => `${line.trim().replace(`${workspace.folder}/`, '')}\n`)
    .join('');

test('the test fails', () => {
  expect(outcome.code).toBe(1);
});

test('a reporter prints the verdicts as shown', async () => {
  const printed = linesOf('the layer passes its gradient on: ');
  expect(printed).toBe(await page.shown(0, printed));
});

test('the reporter for GitHub warns as shown, at the line of the assertion', async () => {
  const printed = linesOf('::warning');
  expect(printed).toBe(await page.shown(1, printed));
  const line =
    page
      .blocks('js')[0]!
      .split('\n')
      .findIndex((text) => text.includes('expect(model)')) + 1;
  expect(printed).toContain(`::warning file=layer.test.js,line=${line},`);
});

test('the message ends with where the files are, as shown', async () => {
  const printed = [...new Set(linesOf('Picture: ', 'Report: ').split(/(?<=\n)/))].join('');
  expect(printed).toBe(await page.shown(2, printed));
});

test('the picture is the one shown', async () => {
  const [, path] = /^\s*Picture: (.*)$/m.exec(outcome.output)!;
  const drawn = await readFile(join(workspace.folder, path!), 'utf8');
  const shown = join(root, 'docs/artifacts.svg');
  if (process.env.UPDATE_DOCS !== undefined) await writeFile(shown, drawn);
  expect(await readFile(shown, 'utf8')).toBe(drawn);
});
