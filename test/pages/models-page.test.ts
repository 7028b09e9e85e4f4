import { afterAll, beforeAll, expect, test } from 'vitest';
import { Page } from './page.js';
import { Programs } from './programs.js';

/** What docs/models.md shows is run and compiled, and what it says is printed is compared whole. */

const PROGRAMS = [0, 1, 2, 3, 4];

let page: Page;
let programs: Programs;
beforeAll(async () => {
  page = await Page.read('docs/models.md');
  programs = await Programs.create();
});
afterAll(async () => programs.remove());

test('the page has five programs and their outputs', () => {
  expect(page.blocks('ts')).toHaveLength(PROGRAMS.length);
  expect(page.blocks('text')).toHaveLength(PROGRAMS.length);
});

test.each(PROGRAMS)('program %i prints what is shown', async (place) => {
  const { printed } = await programs.run(`program-${place}`, page.blocks('ts')[place]!);
  expect(printed).toBe(await page.shown(place, printed));
});

test('the programs compile under strict', async () => {
  for (const place of PROGRAMS) await programs.write(`program-${place}`, page.blocks('ts')[place]!);
  expect(await programs.compile()).toBe('');
}, 30_000);

test.each([
  ['a name that goes with no parameter', 'dw: [d, 3 * d]'],
  ['a text', "dW: ''"],
])(
  '%s does not compile',
  async (_, gradient) => {
    await programs.write('refused', page.blocks('ts').at(-1)!.replace('dW: [d, 3 * d]', gradient));
    expect(await programs.compile()).toMatch(/refused\.ts\(11,\d+\): error TS/);
  },
  30_000,
);
