/** Whatever the README, the pages and the messages of the packed package lead to is in it, where they say: files, headings, pictures. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { Project } from '../runners/project.js';

const project = await Project.create(inject('tarball'), []);
const folder = join(project.folder, 'node_modules/expect-gradients');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) =>
  path.replaceAll('\\', '/'),
);
const pages = files.filter((path) => path.endsWith('.md'));
const textOf = (path: string): string => readFileSync(join(folder, path), 'utf8');

/** A page without what it shows of code, in which brackets are no links. */
const prose = (text: string): string =>
  text.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()#]/g, ''));

/** The anchors that a page's headings have, as GitHub and npm make them. */
function anchorsIn(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading] of text.replaceAll(/^```.*?^```$/gms, '').matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = heading!
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let k = 1; anchors.has(anchor); k += 1) anchor = `${slug}-${k}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** The links and pictures of a page that lead nowhere. */
function brokenIn(page: string, text: string, read: (path: string) => string | undefined): string[] {
  const targets = Array.from(prose(text).matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target!);
  return targets.filter((target) => {
    if (/^https?:\/\//.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const at = path === '' ? page : normalize(join(dirname(page), path)).replaceAll('\\', '/');
    const found = read(at);
    return found === undefined || (anchor !== undefined && !anchorsIn(found).has(anchor));
  });
}

const read = (path: string): string | undefined => (files.includes(path) ? textOf(path) : undefined);

describe('in the packed package', () => {
  test('are the README, the pages and the changelog', () => {
    for (const page of ['README.md', 'CHANGELOG.md', 'docs/runners.md', 'docs/diagnoses/scaled.md'])
      expect(pages).toContain(page);
  });

  test.each(pages)('every link of %s leads somewhere', (page) => {
    expect(brokenIn(page, textOf(page), read)).toStrictEqual([]);
  });

  test('every path that a page shows or a message prints opens from the project', () => {
    const shown = files
      .filter((path) => /\.(md|js)$/.test(path))
      .flatMap((path) => textOf(path).match(/node_modules\/expect-gradients\/[\w./-]*\w/g) ?? []);
    expect(shown).toContain('node_modules/expect-gradients/docs/diagnoses/scaled.md');
    expect(new Set(shown.filter((path) => !existsSync(join(project.folder, path))))).toStrictEqual(new Set());
  });

  test('every cause has its page, which messages name', () => {
    const sources = fileURLToPath(new URL('../../docs/diagnoses', import.meta.url));
    const causes = readdirSync(sources);
    expect(causes).toContain('scaled.md');
    expect(causes.filter((name) => !files.includes(`docs/diagnoses/${name}`))).toStrictEqual([]);
  });
});

describe('the reader of links', () => {
  const pagesOf: Readonly<Record<string, string>> = {
    'a.md': '# One, two\n\n## `x` & y\n\n## `x` & y\n',
    'b/c.md': '# Here\n',
  };
  test.each([
    ['[a](a.md) [b](b/c.md#here) ![p](b/c.md)', []],
    ['[x](a.md#one-two) [y](a.md#x--y) [z](a.md#x--y-1)', []],
    ['[a](none.md) [b](b/c.md#there) ![p](p.svg)', ['none.md', 'b/c.md#there', 'p.svg']],
    ['# Own\n\n[own](#own) [other](#other)', ['#other']],
    ['`[code](none.md)`\n\n```ts\n[code](none.md)\n```\n', []],
    ['[out](https://example.com/none)', []],
  ])('finds in %j what leads nowhere', (text, broken) => {
    expect(brokenIn('page.md', text, (path) => (path === 'page.md' ? text : pagesOf[path]))).toStrictEqual(
      broken,
    );
  });
});
