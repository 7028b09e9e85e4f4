import { afterAll, beforeAll, expect, test } from 'vitest';
import { Page } from './page.js';
import { Programs } from './programs.js';

/** What docs/batches.md shows is run, and what it says is printed is compared whole. */

let page: Page;
let programs: Programs;
beforeAll(async () => {
  page = await Page.read('docs/batches.md');
  programs = await Programs.create();
});
afterAll(async () => programs.remove());

test('the page has two programs and their outputs', () => {
  expect(['ts', 'text'].map((language) => page.blocks(language).length)).toEqual([2, 2]);
});

test.each([
  ['the network by hand', 0],
  ['the network with vmap', 1],
] as const)(
  '%s is correct, and prints what is shown',
  async (_, place) => {
    const { printed, report } = await programs.check(`program-${place}`, page.blocks('ts')[place]!);
    expect(report.verdict).toBe('correct');
    expect(printed).toBe(await page.shown(place, printed));
  },
  30_000,
);

test('the programs compile under strict', async () => {
  for (const [place, program] of page.blocks('ts').entries())
    await programs.write(`program-${place}`, program);
  // jax-js has types of a newer library.
  expect(await programs.compile({ skipLibCheck: true })).toBe('');
});
