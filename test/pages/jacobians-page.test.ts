import { afterAll, beforeAll, expect, test } from 'vitest';
import { Page } from './page.js';
import { Programs } from './programs.js';

/** What docs/jacobians.md shows is run, and what it says is printed is compared whole. */

const LANGUAGES = ['ts', 'text'] as const;

let page: Page;
let programs: Programs;
beforeAll(async () => {
  page = await Page.read('docs/jacobians.md');
  programs = await Programs.create();
});
afterAll(async () => programs.remove());

test('the page has three programs and their outputs', () => {
  expect(LANGUAGES.map((language) => page.blocks(language).length)).toEqual([3, 3]);
});

test.each([
  ['a layer', 0, 'wrong'],
  ['the report', 2, 'wrong'],
] as const)('%s is what it is said to be, and prints what is shown', async (_, place, verdict) => {
  const { printed, report } = await programs.check(`program-${place}`, page.blocks('ts')[place]!);
  expect(report.verdict).toBe(verdict);
  expect(printed).toBe(await page.shown(place, printed));
});

test('all shapes of a matrix are taken, and print what is shown', async () => {
  const { printed } = await programs.run('program-1', page.blocks('ts')[1]!);
  expect(printed).not.toMatch(/wrong|inconclusive/);
  expect(printed).toBe(await page.shown(1, printed));
});

test('the programs compile under strict', async () => {
  for (const [place, program] of page.blocks('ts').entries())
    await programs.write(`program-${place}`, program);
  expect(await programs.compile()).toBe('');
});
