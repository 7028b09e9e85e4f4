/** The table of parameters: its columns, and which rows there are where there is no room for all. */

import { describe, expect, test } from 'vitest';
import type { ParameterReport } from 'expect-gradients';
import { COLUMNS } from '../../src/render/lines.js';
import { table } from '../../src/render/table.js';
import { parameter, wrong } from './reports.js';

const ENOUGH = 100;
const linesOf = (parameters: readonly ParameterReport[], most = ENOUGH): string[] =>
  table({ parameters }, most).map((line) => line.map(({ text }) => text).join(''));

describe('a row', () => {
  test.each<[more: Partial<ParameterReport>, cells: string]>([
    [{}, '2 × 3        1.3e-10     3.0e-10       correct'],
    [{ shape: [], count: 1, checked: 1 }, 'scalar       1.3e-10     3.0e-10       correct'],
    [{ shape: [2, 3, 4] }, '2 × 3 × 4    1.3e-10     3.0e-10       correct'],
    [{ due: 2, checked: 2 }, '2 × 3, 2 due  1.3e-10     3.0e-10       correct'],
    [{ count: 2000, due: 1000, checked: 1000 }, '2 × 3, 1,000 due  1.3e-10     3.0e-10       correct'],
    [{ checked: 0 }, '2 × 3        –           –           not checked'],
    [{ checked: 0, verdict: 'wrong' }, '2 × 3        –           –           not checked'],
    [{ checked: 4 }, '2 × 3        1.3e-10     3.0e-10       2 not compared'],
    [{ verdict: 'inconclusive' }, '2 × 3        1.3e-10     3.0e-10       inconclusive'],
    [wrong, '2 × 3        5.0e-1      3.0e-10       wrong, 1 of 6'],
    [{ ...wrong, checked: 4 }, '2 × 3        5.0e-1      3.0e-10       wrong, 1 of 6'],
    [{ ...wrong, wrong: 0 }, '2 × 3        5.0e-1      3.0e-10       wrong'],
    [{ ...wrong, count: 1, checked: 1 }, '2 × 3        5.0e-1      3.0e-10       wrong'],
    [
      { ...wrong, wrong: 1200, count: 2000, checked: 2000 },
      '2 × 3        5.0e-1      3.0e-10       wrong, 1,200',
    ],
    [{ ...wrong, wrongIs: 'at least' }, '2 × 3        5.0e-1      3.0e-10       wrong, ≥ 1 of 6'],
    [{ ...wrong, wrongIs: 'about' }, '2 × 3        5.0e-1      3.0e-10       wrong, ≈ 1 of 6'],
  ])('of %j', (more, cells) => {
    const row = linesOf([parameter('W', more), parameter('V', { difference: 2e-10 })])[1]!;
    expect(row.trim().split(/ {2,}/)).toEqual(['W', ...cells.split(/ {2,}/)]);
  });

  test('is bold where it is wrong, and the header is dim', () => {
    const tones = table({ parameters: [parameter('W', wrong), parameter('b')] }, ENOUGH).map(
      ([cell]) => cell!.tone,
    );
    expect(tones).toEqual(['dim', 'bold', 'plain']);
  });
});

test('the columns are as wide as their widest cells, and nothing ends with blanks', () => {
  expect(
    linesOf([parameter('encoder.W', { shape: [100, 200] }), parameter('b', { shape: [], checked: 0 })]),
  ).toEqual([
    '  parameter  shape      difference  uncertain by  verdict',
    '  encoder.W  100 × 200  1.3e-10     3.0e-10       correct',
    '  b          scalar     –           –             not checked',
  ]);
});

test('of a Jacobian of several arrays of outputs the rows have the names of both', () => {
  const parameters = [parameter('W', { output: 'y' }), parameter('W', { output: 'z' })];
  expect(
    linesOf(parameters)
      .slice(1)
      .map((line) => line.slice(2, 8)),
  ).toEqual(['y by W', 'z by W']);
});

describe('a long name', () => {
  test('stands beside the others up to 32 characters', () => {
    const name = 'x'.repeat(32);
    expect(linesOf([parameter(name)])[1]).toBe(`  ${name}  2 × 3  1.3e-10     3.0e-10       correct`);
    expect(linesOf([parameter(`${name}x`)]).slice(1)).toEqual([
      `  ${name}x`,
      '             2 × 3  1.3e-10     3.0e-10       correct',
    ]);
  });

  test('stands beside the others as long as the line fits', () => {
    const wide = { shape: [1000, 1000], ...wrong, wrong: 1000, count: 10_000, checked: 1 };
    for (let length = 1; length < 40; length += 1)
      for (const line of linesOf([parameter('x'.repeat(length), wide)]))
        expect(line.length).toBeLessThanOrEqual(COLUMNS);
    // Thirty letters beside a title of seven for the verdict.
    expect(linesOf([parameter('x'.repeat(30), wide)])).toHaveLength(2);
    expect(linesOf([parameter('x'.repeat(31), wide)])).toHaveLength(3);
  });

  test('has room for the title at least', () => {
    const wide = { ...wrong, shape: [10_000_000], due: 9_999_999, count: 10_000_000, wrong: 9_999_998 };
    const lines = [9, 40].map((length) => linesOf([parameter('x'.repeat(length), wide), parameter('b')]));
    expect(lines.map(({ length }) => length)).toEqual([3, 4]);
    for (const line of lines.flat()) expect(line.length).toBeLessThanOrEqual(COLUMNS);
    expect(lines[0]![1]).toBe(
      '  xxxxxxxxx  9,999,999 of 10,000,000  5.0e-1      3.0e-10       wrong, 9,999,998',
    );
  });

  test('longer than a line is broken after its dots', () => {
    const name = `${'x'.repeat(50)}.${'y'.repeat(50)}`;
    expect(linesOf([parameter(name)]).slice(1, 3)).toEqual([`  ${'x'.repeat(50)}.`, `  ${'y'.repeat(50)}`]);
  });

  test('keeps the tone of its row', () => {
    const name = 'x'.repeat(40);
    expect(table({ parameters: [parameter(name, wrong)] }, ENOUGH).map(([cell]) => cell!.tone)).toEqual([
      'dim',
      'bold',
      'bold',
    ]);
  });
});

test('a difference that stands above stands there only', () => {
  const [alone, beside] = [parameter('b', { ...wrong, due: 1, count: 1, shape: [] }), parameter('W', wrong)];
  const lines = table({ parameters: [alone, beside] }, ENOUGH, (own) => own.name === 'b').map((line) =>
    line.map(({ text }) => text).join(''),
  );
  expect(lines.slice(1)).toEqual([
    '  b          scalar  above       3.0e-10       wrong',
    '  W          2 × 3   5.0e-1      3.0e-10       wrong, 1 of 6',
  ]);
});

test('relative numbers have no exponent where none needs one', () => {
  const row = linesOf([parameter('W', { difference: 0.25, resolution: 0.5 })])[1];
  expect(row).toBe('  W          2 × 3  0.250       0.500         correct');
});

describe('where there is no room for all', () => {
  const many = (verdicts: string): ParameterReport[] =>
    [...verdicts].map((letter, k) =>
      parameter(
        `p${k}`,
        { w: wrong, i: { verdict: 'inconclusive' }, c: {} }[letter] as Partial<ParameterReport>,
      ),
    );
  const namesIn = (lines: readonly string[]): string =>
    lines
      .slice(1)
      .map((line) => /p(\d)/.exec(line)?.[1] ?? line.trim())
      .join(' ');

  test.each([
    // A line is the header, one is for what is left out.
    ['ccc', 4, '0 1 2'],
    ['cccc', 4, '0 1 … and 2 more parameters, all correct'],
    ['ccccw', 4, '0 4 … and 3 more parameters, all correct'],
    ['cicwc', 4, '1 3 … and 3 more parameters, all correct'],
    ['ciicw', 4, '1 4 … and 3 more parameters'],
    // The wrong one nearest to the output goes before the others.
    ['wwwwc', 4, '0 3 … and 3 more parameters, 2 of them wrong'],
    ['wwwwi', 3, '3 … and 4 more parameters, 3 of them wrong'],
    ['www', 2, '2 … and 2 more parameters, all wrong'],
    ['wi', 2, '0 … and 1 more parameter'],
    ['wc', 1, '0 … and 1 more parameter, all correct'],
  ])('%s in %i lines: %s', (verdicts, most, names) => {
    const lines = linesOf(many(verdicts), most);
    expect(namesIn(lines)).toBe(names);
  });

  test('a long name counts for two lines', () => {
    const long = parameter(`p0${'x'.repeat(40)}`);
    expect(linesOf([long, ...many('cc').slice(1)], 4)).toHaveLength(4);
    expect(namesIn(linesOf([long, ...many('cccc').slice(1)], 5))).toMatch(
      /^0 .* 1 … and 2 more parameters, all correct$/,
    );
  });

  test('the count of what is left out is dim', () => {
    expect(table({ parameters: many('cccc') }, 3).at(-1)).toEqual([
      { text: '  … and 3 more parameters, all correct', tone: 'dim' },
    ]);
  });
});
