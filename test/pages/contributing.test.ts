import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** The recipes send people to files: those files have to be there. */

const root = new URL('../../', import.meta.url);
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/decisions.md',
  'docs/numerics.md',
  'docs/batches.md',
  'docs/jacobians.md',
  'docs/artifacts.md',
  'docs/points.md',
];

/** Paths of the repository that a page names, in code or as links; patterns such as `<code>.ts` are left out. */
const pathsIn = (page: string): string[] => [
  ...new Set(
    [...page.matchAll(/[`(]((?:src|test|docs|examples|bench|\.ci)\/[\w./-]*)[`)]/g)].map(([, path]) => path!),
  ),
];

describe.each(pages)('%s', (name) => {
  test('names only files that exist', async () => {
    const page = await readFile(new URL(name, root), 'utf8');
    const missing = pathsIn(page).filter((path) => !existsSync(fileURLToPath(new URL(path, root))));
    expect(missing).toEqual([]);
  });
});

test('the README tells how many causes there are', async () => {
  const page = await readFile(new URL('README.md', root), 'utf8');
  const causes = readdirSync(new URL('docs/diagnoses', root)).filter((file) => file !== 'README.md');
  expect(page).toContain(`Each of the ${causes.length} has [a page]`);
});

test('the house of CONTRIBUTING has every room and every file of types', async () => {
  const page = await readFile(new URL('CONTRIBUTING.md', root), 'utf8');
  const house = page.split('\n## ').find((part) => part.startsWith('The house'))!;
  const within = (path: string): string[] =>
    readdirSync(new URL(path, root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  const rooms = within('src');
  const types = ['report.ts', 'finding.ts', 'limit-evidence.ts', 'sizes-report.ts', 'errors.ts'];
  const all = [...rooms, ...rooms.flatMap((room) => within(`src/${room}`)), ...types];
  expect(all.filter((name) => !new RegExp(`(^| )${name}\\b`, 'm').test(house))).toEqual([]);
});

test('a file that does not exist would be noticed', () => {
  const paths = pathsIn('see `src/index.ts`, [this](docs/none.md) and `src/diagnoses/<code>.ts`');
  expect(paths).toEqual(['src/index.ts', 'docs/none.md']);
  expect(existsSync(fileURLToPath(new URL('docs/none.md', root)))).toBe(false);
});
