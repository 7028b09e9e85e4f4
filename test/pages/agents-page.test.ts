import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Page, root } from './page.js';
import { Programs } from './programs.js';

/** What docs/agents.md shows is run and compiled, what it says is printed is compared whole, and it has a line for every cause. */

let page: Page;
let programs: Programs;
beforeAll(async () => {
  page = await Page.read('docs/agents.md');
  programs = await Programs.create();
});
afterAll(async () => programs.remove());

test('the program prints what is shown', async () => {
  const { printed, report } = await programs.check('agents', page.blocks('ts')[0]!);
  expect(report.findings.map(({ code }) => code)).toEqual(['sign-flipped']);
  expect(printed).toBe(await page.shown(0, printed));
});

test('it compiles strictly', async () => {
  await programs.write('strict', page.blocks('ts')[0]!);
  expect(await programs.compile()).toBe('');
});

test('every cause has a line, and every line is a cause', async () => {
  const causes = (await readdir(join(root, 'docs/diagnoses'))).filter((name) => name !== 'README.md');
  const rows = Array.from(page.text.matchAll(/^\| \[`([\w-]+)`\]\(diagnoses\/([\w-]+\.md)\) \| .+ \|$/gm));
  expect(rows.map(([, , target]) => target!).toSorted()).toEqual(causes.toSorted());
  for (const [, code, target] of rows) expect(target).toBe(`${code}.md`);
});
