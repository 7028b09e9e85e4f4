import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FindingCode, Verdict } from 'expect-gradients';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Page, root } from './page.js';
import { Programs } from './programs.js';

/**
 * Each cause has a page. The model on it is run, has to print what is shown and to lead with that cause; mended as the diff on
 * the page says, it has to give the verdict that the page says, without that cause.
 */

/** The verdicts of each page's model and of the mended one. The compiler sees to it that no cause is without. */
const CASES: Readonly<Record<FindingCode, { readonly faulty: Verdict; readonly mended: Verdict }>> = {
  'accumulated-gradients': { faulty: 'inconclusive', mended: 'correct' },
  'aliased-parameters': { faulty: 'wrong', mended: 'correct' },
  approximate: { faulty: 'wrong', mended: 'correct' },
  clipped: { faulty: 'wrong', mended: 'correct' },
  'constant-loss': { faulty: 'inconclusive', mended: 'correct' },
  'isolated-entries': { faulty: 'wrong', mended: 'correct' },
  kink: { faulty: 'correct', mended: 'correct' },
  'log-parameter': { faulty: 'wrong', mended: 'correct' },
  'missing-normalization': { faulty: 'wrong', mended: 'correct' },
  'missing-regularization': { faulty: 'wrong', mended: 'correct' },
  'mutated-parameters': { faulty: 'inconclusive', mended: 'correct' },
  'noisy-loss': { faulty: 'inconclusive', mended: 'correct' },
  'noisy-gradients': { faulty: 'correct', mended: 'correct' },
  'non-finite-gradient': { faulty: 'wrong', mended: 'correct' },
  'non-finite-loss': { faulty: 'inconclusive', mended: 'correct' },
  'nondeterministic-gradients': { faulty: 'inconclusive', mended: 'correct' },
  'nondeterministic-loss': { faulty: 'inconclusive', mended: 'correct' },
  'not-linear': { faulty: 'wrong', mended: 'correct' },
  'not-symmetric': { faulty: 'wrong', mended: 'correct' },
  offset: { faulty: 'wrong', mended: 'correct' },
  'one-triangle': { faulty: 'wrong', mended: 'correct' },
  overwritten: { faulty: 'wrong', mended: 'correct' },
  permuted: { faulty: 'wrong', mended: 'correct' },
  'poor-epsilon': { faulty: 'inconclusive', mended: 'correct' },
  scaled: { faulty: 'wrong', mended: 'correct' },
  'sign-flipped': { faulty: 'wrong', mended: 'correct' },
  staircase: { faulty: 'inconclusive', mended: 'correct' },
  'stale-cache': { faulty: 'wrong', mended: 'correct' },
  'stale-elsewhere': { faulty: 'correct', mended: 'correct' },
  'stationary-point': { faulty: 'correct', mended: 'wrong' },
  transposed: { faulty: 'wrong', mended: 'correct' },
  unexplained: { faulty: 'wrong', mended: 'correct' },
  'unused-parameter': { faulty: 'inconclusive', mended: 'correct' },
  'zero-gradient': { faulty: 'wrong', mended: 'correct' },
};
const codes = Object.keys(CASES) as FindingCode[];
const pageOf = (code: FindingCode): Promise<Page> => Page.read(`docs/diagnoses/${code}.md`);

let programs: Programs;
beforeAll(async () => {
  programs = await Programs.create();
});
afterAll(async () => programs.remove());

/** A program changed as a diff says: in each hunk, up to an empty line, what has ' ' or '-' before it becomes what has ' ' or '+'. */
function patched(program: string, diff: string): string {
  const side = (hunk: string, marks: string): string =>
    hunk
      .split('\n')
      .filter((line) => marks.includes(line.charAt(0)))
      .map((line) => line.slice(1))
      .join('\n');
  return diff
    .trimEnd()
    .split('\n\n')
    .reduce((text, hunk) => {
      const before = side(hunk, ' -');
      if (text.split(before).length !== 2) throw new Error(`not once in the program: ${before}`);
      return text.replace(before, () => side(hunk, ' +'));
    }, program);
}

describe.each(codes)('%s', (code) => {
  const { faulty, mended } = CASES[code];

  test('has a page with a model, its message, and how to mend it', async () => {
    const page = await pageOf(code);
    expect(page.text.startsWith(`# ${code}\n`)).toBe(true);
    expect(['ts', 'text', 'diff'].map((language) => page.blocks(language).length)).toEqual([1, 1, 1]);
    expect(page.text).toContain(`the verdict is \`${mended}\``);
  });

  test('is what the model on its page has, with the message shown', async () => {
    const page = await pageOf(code);
    const { printed, report } = await programs.check(code, page.blocks('ts')[0]!);
    expect(report.findings[0]?.code).toBe(code);
    expect(report.verdict).toBe(faulty);
    for (const name of Object.keys(report.findings[0]!.evidence)) expect(page.text).toContain(`\`${name}\``);
    expect(printed).toBe(await page.shown(0, printed));
  });

  test(`is gone from the mended model, which is ${mended}`, async () => {
    const page = await pageOf(code);
    const { report } = await programs.check(
      `${code}-mended`,
      patched(page.blocks('ts')[0]!, page.blocks('diff')[0]!),
    );
    expect(report.verdict).toBe(mended);
    expect(report.findings.map((finding) => finding.code)).not.toContain(code);
  });
});

test('the programs on the pages compile under strict', async () => {
  for (const code of codes) await programs.write(code, (await pageOf(code)).blocks('ts')[0]!);
  expect(await programs.compile()).toBe('');
});

test('pages refer to pages that are there', async () => {
  for (const name of await readdir(join(root, 'docs/diagnoses'))) {
    const { text } = await Page.read(`docs/diagnoses/${name}`);
    const targets = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!.replace('.md', ''));
    expect(targets.filter((target) => !Object.hasOwn(CASES, target))).toEqual([]);
  }
});

describe('the index', () => {
  test('lists every cause with the verdict that its page shows', async () => {
    const { text } = await Page.read('docs/diagnoses/README.md');
    const rows = [...text.matchAll(/^\| \[`([\w-]+)`\]\(([\w-]+)\.md\) \|.*\| (.*) \|$/gm)];
    expect(rows.map(([, code]) => code!).toSorted()).toEqual(codes.toSorted());
    for (const [, code, target, verdicts] of rows) {
      expect(target).toBe(code);
      expect(verdicts).toContain(`\`${CASES[code as FindingCode].faulty}\``);
    }
  });

  test('lies beside the pages of the causes and no others', async () => {
    const files = await readdir(join(root, 'docs/diagnoses'));
    expect(files.toSorted()).toEqual(['README.md', ...codes.map((code) => `${code}.md`)].toSorted());
  });
});
