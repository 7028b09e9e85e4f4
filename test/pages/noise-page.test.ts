import { afterAll, beforeAll, expect, test } from 'vitest';
import { Page } from './page.js';
import { Programs } from './programs.js';

/** What docs/noise.md shows is run, and what it says is printed is compared whole. */

let page: Page;
let programs: Programs;
beforeAll(async () => {
  page = await Page.read('docs/noise.md');
  programs = await Programs.create();
});
afterAll(async () => programs.remove());

const SHOWN = ['dropout', 'keys and seeds', 'sums in no fixed order', 'half precision'];

test.each(SHOWN.map((about, place) => [about, place] as const))('%s', async (_, place) => {
  const { printed } = await programs.run(`program-${place}`, page.blocks('ts')[place]!);
  expect(printed).toBe(await page.shown(place, printed));
});

test('the page has as many programs as outputs, and they compile under strict', async () => {
  expect(['ts', 'text'].map((language) => page.blocks(language).length)).toEqual([
    SHOWN.length,
    SHOWN.length,
  ]);
  for (const [place, program] of page.blocks('ts').entries())
    await programs.write(`program-${place}`, `${program}\nexport {};\n`);
  // jax-js has types of a newer library.
  expect(await programs.compile({ skipLibCheck: true })).toBe('');
});
