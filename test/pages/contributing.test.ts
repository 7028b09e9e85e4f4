import { existsSync } from 'node:fs';
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

test('a file that does not exist would be noticed', () => {
  const paths = pathsIn('see `src/index.ts`, [this](docs/none.md) and `src/diagnoses/<code>.ts`');
  expect(paths).toEqual(['src/index.ts', 'docs/none.md']);
  expect(existsSync(fileURLToPath(new URL('docs/none.md', root)))).toBe(false);
});
