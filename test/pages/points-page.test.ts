import { afterAll, beforeAll, expect, test } from 'vitest';
import { Page } from './page.js';
import { Programs } from './programs.js';

/** What docs/points.md shows is run, and what it says is printed is compared whole. */

const LANGUAGES = ['ts', 'text'] as const;

/** The programs by their places, and the verdict that each prints last. */
const PROGRAMS = [
  ['a mistake that a point hides', 0, /^The gradients are correct.*missing-regularization/s],
  ['what no point shows', 1, /^correct \[.*^inconclusive$/ms],
  ['a simplex', 2, /^correct \{"checked":3,"skipped":0\}$/],
  ['second derivatives', 3, /^correct$/],
  ['complex numbers', 4, /^correct$/],
  ['a manifold', 5, /^correct$/],
] as const;

let page: Page;
let programs: Programs;
beforeAll(async () => {
  page = await Page.read('docs/points.md');
  programs = await Programs.create();
});
afterAll(async () => programs.remove());

test('the page has as many outputs as programs', () => {
  expect(LANGUAGES.map((language) => page.blocks(language).length)).toEqual([
    PROGRAMS.length,
    PROGRAMS.length,
  ]);
});

test.each(PROGRAMS)('%s is what it is said to be, and prints what is shown', async (_, place, said) => {
  const { printed } = await programs.run(`program-${place}`, page.blocks('ts')[place]!);
  expect(printed.trimEnd()).toMatch(said);
  expect(printed).toBe(await page.shown(place, printed));
});

test('the first mistake is at the second point', async () => {
  const { report } = await programs.check('first', page.blocks('ts')[0]!);
  expect(page.text).toContain('`{ checked: 2, skipped: 0, wrongAt: 2 }`');
  expect(report.points).toEqual({ checked: 2, skipped: 0, wrongAt: 2 });
});

test('the programs compile under strict', async () => {
  for (const [place, program] of page.blocks('ts').entries())
    await programs.write(`program-${place}`, program);
  expect(await programs.compile()).toBe('');
});
