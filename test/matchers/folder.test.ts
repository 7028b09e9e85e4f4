/** The files of failed checks: their names, what is replaced, and what is said of them. */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { demandFolder } from '../../src/matchers/folder.js';
import type { FailedCheck } from '../../src/matchers/running-test.js';
import { hashOfText } from '../../src/numerics/hash.js';

const base = mkdtempSync(join(tmpdir(), 'folder-'));
afterAll(() => rmSync(base, { recursive: true }));
let folders = 0;
const fresh = (): string => join(base, String((folders += 1)), 'deep');

const check = { note: '', picture: '<svg/>', report: { seed: 1 } } as unknown as FailedCheck;
const TEST = { name: 'a layer > is <right>', file: '/x/a.test.ts' };
const hexOf = (text: string): string => (hashOfText(text) >>> 0).toString(16).padStart(8, '0');

describe('a test with a name', () => {
  test('has files of its words, and of a hash of its file and name', () => {
    const folder = fresh();
    const name = `a-layer-is-right-${hexOf('/x/a.test.ts\na layer > is <right>')}`;
    expect(demandFolder(folder).write(check, TEST)).toEqual([
      `Picture: ${folder}/${name}.svg`,
      `Report: ${folder}/${name}.json`,
    ]);
    expect(readdirSync(folder).toSorted()).toEqual([`${name}.json`, `${name}.svg`]);
    expect(readFileSync(join(folder, `${name}.svg`), 'utf8')).toBe('<svg/>\n');
    expect(readFileSync(join(folder, `${name}.json`), 'utf8')).toBe('{\n  "seed": 1\n}\n');
  });

  test('counts the files of its further checks from 2 on', () => {
    const folder = fresh();
    const own = { name: 'counts', file: '/x/a.test.ts' };
    const name = `counts-${hexOf('/x/a.test.ts\ncounts')}`;
    const written = [1, 2, 3].map(() => demandFolder(folder).write(check, own)[1]);
    expect(written).toEqual([name, `${name}-2`, `${name}-3`].map((file) => `Report: ${folder}/${file}.json`));
  });

  test('without a file has names of its own all the same', () => {
    const folder = fresh();
    expect(demandFolder(folder).write(check, { name: 'no file', file: undefined })[1]).toBe(
      `Report: ${folder}/no-file-${hexOf('\nno file')}.json`,
    );
  });

  test('has at most 48 characters of its words in their names, and no half of a pair of surrogates', () => {
    const folder = fresh();
    const name = `${'ä'.repeat(47)}𝒳𝒴`;
    const [line] = demandFolder(folder).write({ ...check, picture: undefined }, { name, file: '' });
    expect(line).toBe(`Report: ${folder}/${'ä'.repeat(47)}𝒳-${hexOf(`\n${name}`)}.json`);
  });

  test('has names from where the project lies, with slashes', () => {
    const folder = fresh();
    vi.spyOn(process, 'cwd').mockReturnValue('C:\\project');
    try {
      const [line] = demandFolder(folder).write(
        { ...check, picture: undefined },
        { name: 'slashes', file: 'C:\\project\\test\\a.test.ts' },
      );
      expect(line).toBe(`Report: ${folder}/slashes-${hexOf('/test/a.test.ts\nslashes')}.json`);
    } finally {
      vi.restoreAllMocks();
    }
  });
});

describe('a test without a name', () => {
  test('has the first number that is free', () => {
    const folder = fresh();
    const own = { name: undefined, file: '/x/a.test.ts' };
    const write = (): string | undefined => demandFolder(folder).write(check, own)[1];
    expect([write(), write()]).toEqual([1, 2].map((k) => `Report: ${folder}/gradients-${k}.json`));
    rmSync(join(folder, 'gradients-1.json'));
    expect(write()).toBe(`Report: ${folder}/gradients-1.json`);
  });

  test('ends where the file can not be written', () => {
    const writeFileSyncOnce = (): never => {
      throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
    };
    const files = { mkdirSync: () => undefined, writeFileSync: writeFileSyncOnce, rmSync: () => undefined };
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(files);
    try {
      expect(demandFolder('x').write(check, { name: undefined, file: undefined })).toEqual([
        'The artifacts could not be written to "x": the disk is full',
      ]);
    } finally {
      vi.restoreAllMocks();
    }
  });
});

describe('the picture', () => {
  test('of an earlier run goes where a check has none', () => {
    const folder = fresh();
    const own = { name: 'goes', file: '' };
    const name = `goes-${hexOf('\ngoes')}`;
    demandFolder(folder).write(check, own);
    writeFileSync(join(folder, `${name}-2.svg`), 'old');
    expect(demandFolder(folder).write({ ...check, picture: undefined }, own)).toEqual([
      `Report: ${folder}/${name}-2.json`,
    ]);
    expect(existsSync(join(folder, `${name}-2.svg`))).toBe(false);
    expect(existsSync(join(folder, `${name}.svg`))).toBe(true);
  });
});

describe('the folder', () => {
  test.each([
    ['ends with slashes', (folder: string) => `${folder}//`],
    ['ends with a backslash', (folder: string) => `${folder}\\`],
  ])('that %s is the same', (_, ended) => {
    const files = vi.fn<(path: string) => void>();
    const fake = { mkdirSync: () => undefined, writeFileSync: files, rmSync: () => undefined };
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(fake);
    try {
      const [line] = demandFolder(ended('/tmp/x')).write(check, { name: undefined, file: undefined });
      expect(line).toBe('Picture: /tmp/x/gradients-1.svg');
    } finally {
      vi.restoreAllMocks();
    }
  });

  test('may be the root', () => {
    const fake = { mkdirSync: () => undefined, writeFileSync: () => undefined, rmSync: () => undefined };
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(fake);
    try {
      const [line] = demandFolder('/').write(check, { name: undefined, file: undefined });
      expect(line).toBe('Picture: /gradients-1.svg');
    } finally {
      vi.restoreAllMocks();
    }
  });

  test('is made with those above it', () => {
    const folder = fresh();
    demandFolder(folder).write(check, TEST);
    expect(existsSync(folder)).toBe(true);
  });
});
