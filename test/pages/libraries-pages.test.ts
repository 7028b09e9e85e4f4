import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Page, root } from './page.js';
import { Programs } from './programs.js';

/** Each library has a page. Its program is run, with the library as published, and has to print what is shown. */

const pages = (await readdir(join(root, 'docs/libraries'))).filter((name) => name !== 'README.md');

let programs: Programs;
beforeAll(async () => {
  programs = await Programs.create();
});
afterAll(async () => programs.remove());

describe.each(pages)('%s', (name) => {
  test('prints what is shown', async () => {
    const page = await Page.read(`docs/libraries/${name}`);
    expect(['ts', 'text'].map((language) => page.blocks(language).length)).toEqual([1, 1]);
    const { printed } = await programs.run(name.replace('.md', ''), page.blocks('ts')[0]!);
    expect(printed).toBe(await page.shown(0, printed));
  });
});

test('every page is in the table of all, and every link leads to one', async () => {
  const { text } = await Page.read('docs/libraries/README.md');
  const linked = new Set([...text.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, page]) => page!));
  expect([...linked].toSorted()).toEqual(pages.toSorted());
});

test('the programs on the pages compile', async () => {
  for (const name of pages) {
    const page = await Page.read(`docs/libraries/${name}`);
    await programs.write(name.replace('.md', ''), page.blocks('ts')[0]!);
  }
  // Some libraries come without types, or with types of a browser.
  expect(await programs.compile({ noImplicitAny: false, skipLibCheck: true })).toBe('');
});
