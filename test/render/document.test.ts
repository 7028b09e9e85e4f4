/** Which blocks a message has, and how many lines of each where there is no room for all. */

import { describe, expect, test } from 'vitest';
import { formatReport, type Finding, type GradientReport, type Offender } from 'expect-gradients';
import { documentOf, entryNames } from '../../src/render/document.js';
import { entryNames as namesOfDiff } from '../../src/render/diff.js';
import { finding, offender, parameter, report, wrong } from './reports.js';

const textOf = (given: GradientReport, negated = false): string[] =>
  documentOf(given, { negated }).map((block) =>
    block.map((line) => line.map(({ text }) => text).join('')).join('\n'),
  );
const linesOf = (given: GradientReport): string[] => textOf(given).join('\n\n').split('\n');

const CLOSING =
  'Central differences were taken entry by entry with steps from 1.0e-6 to 2.0e-6.\nIt took 12,345 losses and 2 calls of gradients()';
const SEED = '; the seed is 1.';
const RULE = 'The difference is 1.3e-10, uncertain by 3.0e-10; the tolerance is 1e-7.';
/** Of one parameter the table has the numbers. */
const ALONE = 'The tolerance is 1e-7.';

describe('the blocks', () => {
  test('of a correct report are sentence, rule, table and how it was done', () => {
    expect(textOf(report())).toEqual([
      'The gradients are correct: all 6 checked entries agree with the loss.',
      ALONE,
      expect.stringMatching(/^  parameter .*\n  W1 /),
      CLOSING + SEED,
    ]);
    expect(textOf(report(), true)[0]).toMatch(/^Expected a wrong gradient/);
  });

  test('of a wrong one have the entries before the table, the cause and how to check again after it', () => {
    const given = report({
      verdict: 'wrong',
      parameters: [parameter('W', wrong), parameter('b')],
      offenders: [offender('W', [0, 1])],
      findings: [finding('scaled', { parameter: 'W', title: 'Twice.', advice: 'Halve it.' })],
    });
    expect(textOf(given)).toEqual([
      'The gradients are wrong in 1 of 12 entries: W.',
      RULE,
      expect.stringMatching(/^- numeric, from the loss .*\n\n  W\[0, 1\]  -  1\.0+/),
      expect.stringMatching(/^  parameter /),
      'scaled\n  Twice.\n  Halve it.\n  See node_modules/expect-gradients/docs/diagnoses/scaled.md',
      "To check only W again, pass { only: ['W'], seed: 1 }.",
      `${CLOSING}.`,
    ]);
  });

  test('of a check that compared nothing have no numbers', () => {
    const given = report({ verdict: 'inconclusive', parameters: [parameter('W', { checked: 0 })] });
    expect(textOf(given)).toEqual([expect.stringMatching(/^Inconclusive/), CLOSING + SEED]);
    const some = report({
      verdict: 'inconclusive',
      parameters: [parameter('W', { checked: 0 }), parameter('b')],
    });
    expect(textOf(some)[1]).toBe(RULE);
  });

  test('have their tones', () => {
    const given = report({
      verdict: 'wrong',
      parameters: [parameter('W', wrong), parameter('b')],
      findings: [finding('scaled')],
    });
    const tones = documentOf(given, { negated: false }).map((block) => block.map((line) => line[0]?.tone));
    expect(tones).toEqual([
      ['plain'],
      ['plain'],
      ['dim', 'bold', 'plain'],
      ['bold', 'plain', 'dim', 'dim'],
      ['dim'],
      ['dim', 'dim'],
    ]);
  });

  test('name entries as the diff does', () => {
    expect(entryNames).toBe(namesOfDiff);
  });
});

describe('the causes', () => {
  const causesIn = (...findings: Finding[]): string[] =>
    textOf(report({ verdict: 'wrong', parameters: [parameter('W', wrong)], findings })).slice(3, -1);

  test('of the same code are one block, with a title or two and the count of the others', () => {
    const of = (...names: string[]): Finding[] =>
      names.map((name) => finding('scaled', { title: `Twice ${name}.` }));
    const end = '  An advice.\n  See node_modules/expect-gradients/docs/diagnoses/scaled.md';
    expect(causesIn(...of('a'))).toEqual([`scaled\n  Twice a.\n${end}`]);
    expect(causesIn(...of('a', 'b'))).toEqual([`scaled\n  Twice a.\n  Twice b.\n${end}`]);
    expect(causesIn(...of('a', 'b', 'c'))).toEqual([
      `scaled\n  Twice a.\n  … and 2 more parameters likewise.\n${end}`,
    ]);
    expect(causesIn(...of('a', 'b', 'c', 'd'))[0]).toContain('\n  … and 3 more parameters likewise.\n');
  });

  test('of the same code are one block with each advice, and are not called alike where their numbers differ', () => {
    const scaled = (name: string, factor: string, advice = 'An advice.'): Finding =>
      finding('scaled', { parameter: name, title: `That of ${name} is ${factor} times.`, advice });
    const [one] = causesIn(scaled('b1', '0.01'), scaled('b2', '0.01'), scaled('b3', '−0.0027'));
    expect(one).toContain('\n  … and 1 more parameter with other numbers.\n');
    const [alike] = causesIn(scaled('b1', '0.01'), scaled('b2', '0.01'), scaled('b3', '0.01'));
    expect(alike).toContain('\n  … and 2 more parameters likewise.\n');
    expect(causesIn(scaled('b1', '0.01'), scaled('b2', '0.01', 'Another.'))).toEqual([
      'scaled\n  That of b1 is 0.01 times.\n  An advice.\n  That of b2 is 0.01 times.\n  Another.\n' +
        '  See node_modules/expect-gradients/docs/diagnoses/scaled.md',
    ]);
    expect(causesIn(...['A.', 'B.', 'C.', 'D.'].map((advice) => scaled('b', '2', advice)))[0]).toContain(
      '\n  B.\n  … and 2 more parameters in other ways.\n  See',
    );
  });

  test('stand in the order of the findings, each code at its first', () => {
    const blocks = causesIn(finding('kink'), finding('scaled'), finding('kink'));
    expect(blocks.map((block) => block.split('\n')[0])).toEqual(['kink', 'scaled']);
  });

  test('are wrapped with their indent', () => {
    const [block] = causesIn(
      finding('kink', { title: `${'x'.repeat(50)} ${'y'.repeat(28)}`, advice: 'z'.repeat(90) }),
    );
    expect(block!.split('\n').slice(1, 4)).toEqual([
      `  ${'x'.repeat(50)}`,
      `  ${'y'.repeat(28)}`,
      `  ${'z'.repeat(78)}`,
    ]);
    const [fits] = causesIn(finding('kink', { title: `${'x'.repeat(50)} ${'y'.repeat(27)}` }));
    expect(fits!.split('\n')[1]).toBe(`  ${'x'.repeat(50)} ${'y'.repeat(27)}`);
  });
});

describe('a message of at most 40 lines', () => {
  const MOST = 38;
  const parameters = [...Array.from({ length: 50 }, (_, k) => parameter(`p${k}`)), parameter('W', wrong)];
  const codes = [
    'scaled',
    'offset',
    'permuted',
    'transposed',
    'kink',
    'noisy-loss',
    'poor-epsilon',
    'unexplained',
  ] as const;
  const cases = (offenders: number, causes: number, more: Partial<GradientReport> = {}): GradientReport =>
    report({
      verdict: 'wrong',
      parameters,
      offenders: Array.from({ length: offenders }, (_, k): Offender => offender('W', [0, k])),
      findings: codes.slice(0, causes).map((code) => finding(code)),
      ...more,
    });
  const entriesIn = (lines: readonly string[]): number => lines.filter((line) => line.includes(' ± ')).length;
  const rowsIn = (lines: readonly string[]): number =>
    lines.filter((line) => /^ {2}(?:p\d|W )/.test(line)).length;
  const causesIn = (lines: readonly string[]): number =>
    lines.filter((line) => codes.some((code) => code === line)).length;
  const shapeOf = (given: GradientReport): Record<string, number> => {
    const lines = linesOf(given);
    return { lines: lines.length, entries: entriesIn(lines), rows: rowsIn(lines), causes: causesIn(lines) };
  };

  test.each([
    // The table takes 14 lines where there is room, its header and the count of what is left out among them.
    [0, 0, { lines: 23, entries: 0, rows: 12, causes: 0 }],
    [1, 1, { lines: 33, entries: 1, rows: 12, causes: 1 }],
    // Then the table gives way, to five lines at least.
    [5, 1, { lines: MOST, entries: 5, rows: 9, causes: 1 }],
    [5, 2, { lines: MOST, entries: 5, rows: 4, causes: 2 }],
    // Then causes are left out, with a line that says so.
    [5, 3, { lines: MOST, entries: 5, rows: 7, causes: 1 }],
    [5, 8, { lines: MOST, entries: 5, rows: 7, causes: 1 }],
  ])('with %i entries and %i causes', (offenders, causes, shape) => {
    expect(shapeOf(cases(offenders, causes))).toEqual(shape);
  });

  test('says where causes are left out, and only there', () => {
    const more = '… and more in the report';
    expect(linesOf(cases(5, 2))).not.toContain(more);
    expect(linesOf(cases(5, 3))).toContain(more);
  });

  test('shows fewer entries where the first cause alone is long, one at least', () => {
    const long = (lines: number): Partial<GradientReport> => ({
      findings: [
        finding('scaled', { advice: Array.from({ length: lines }, () => 'x'.repeat(70)).join(' ') }),
      ],
    });
    expect(shapeOf(cases(5, 0, long(10)))).toMatchObject({ entries: 3, causes: 1 });
    expect(shapeOf(cases(5, 0, long(10)))['lines']).toBeLessThanOrEqual(MOST);
    expect(shapeOf(cases(5, 0, long(40)))).toMatchObject({ entries: 1, causes: 1 });
  });

  test('is longer by what is asked for where more than five entries are', () => {
    const given = cases(30, 2);
    expect(shapeOf(given)).toEqual({
      // Sentence and rule, the entries, the table, two causes, how to check again and how it was done.
      lines: 4 + (2 + 60 + 1) + (14 + 1) + 2 * (4 + 1) + 2 + 2,
      entries: 30,
      rows: 12,
      causes: 2,
    });
    expect(entriesIn(linesOf(cases(6, 8)))).toBe(6);
  });
});

describe('formatting', () => {
  test('gives each piece to the palette by its tone, and leaves those without as they are', () => {
    const given = report({
      verdict: 'wrong',
      parameters: [parameter('W', wrong)],
      offenders: [offender('W', [0, 1])],
    });
    const mark = (sign: string) => (text: string) => `${sign}${text}${sign}`;
    const painted = formatReport(given, {
      palette: { expected: mark('<'), received: mark('>'), bold: mark('!') },
    });
    expect(painted).toContain('<-  1.000000000<  ± 0.000000001');
    expect(painted).toContain('>+  2.000000000>  difference');
    expect(painted).toContain('!  W          2 × 3');
    expect(painted.replaceAll(/[<>!]/g, '')).toBe(formatReport(given));
    expect(formatReport(given, { palette: { plain: mark('·') } })).toMatch(
      /^·The gradients are wrong .*·\n\n/,
    );
  });

  test('gives no empty text to the palette', () => {
    const seen: string[] = [];
    const note = (text: string): string => (seen.push(text), text);
    const given = report({
      verdict: 'wrong',
      parameters: [parameter('W', wrong)],
      offenders: [offender('W', [0, 1], { uncertainty: Number.NaN })],
    });
    formatReport(given, { palette: { plain: note, dim: note, expected: note, received: note, bold: note } });
    expect(seen).not.toContain('');
    expect(seen.length).toBeGreaterThan(10);
  });

  test('is of a `.not` where that is said', () => {
    expect(formatReport(report(), { negated: true })).toMatch(/^Expected a wrong gradient/);
    expect(formatReport(report(), { negated: undefined, palette: undefined })).toBe(formatReport(report()));
  });
});
