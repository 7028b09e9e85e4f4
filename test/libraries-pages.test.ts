import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Page, root } from './page.js';

/** Each library has a page. Its program is run, with the library as published, and has to print what is shown. */

const pages = (await readdir(join(root, 'docs/libraries'))).filter((name) => name !== 'README.md');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'libraries-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

describe.each(pages)('%s', (name) => {
  test('prints what is shown', async () => {
    const page = await Page.read(`docs/libraries/${name}`);
    expect(['ts', 'text'].map((language) => page.blocks(language).length)).toEqual([1, 1]);
    const file = join(folder, name.replace('.md', '.ts'));
    await writeFile(file, page.blocks('ts')[0]!);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await import(/* @vite-ignore */ file);
    const printed = log.mock.calls.map((values) => `${values.join(' ')}\n`).join('');
    log.mockRestore();
    expect(printed).toBe(await page.shown(0, printed));
  }, 60_000);
});

test('every page is in the table of all, and every link leads to one', async () => {
  const { text } = await Page.read('docs/libraries/README.md');
  const linked = new Set([...text.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, page]) => page!));
  expect([...linked].toSorted()).toEqual(pages.toSorted());
});

test('the programs on the pages compile', async () => {
  const source = (path: string): string[] => [join(root, 'src', path)];
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023'],
    module: 'nodenext',
    strict: true,
    // Some libraries come without types.
    noImplicitAny: false,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
    paths: {
      'expect-gradients': source('index.ts'),
      'expect-gradients/adapters': source('adapters/index.ts'),
      'expect-gradients/*': source('adapters/*.ts'),
    },
  };
  for (const name of pages) {
    const page = await Page.read(`docs/libraries/${name}`);
    await writeFile(join(folder, name.replace('.md', '.ts')), page.blocks('ts')[0]!);
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const printed = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder],
      (_, out, err) => {
        resolve(out + err);
      },
    );
  });
  expect(printed).toBe('');
}, 120_000);
