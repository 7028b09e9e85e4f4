/** The panel of one parameter, mark by mark. */

import { describe, expect, test } from 'vitest';
import type { ErrorMap } from '../../../src/check/report/map-errors.js';
import { cellFill, outline } from '../../../src/render/picture/cell-style.js';
import { panel } from '../../../src/render/picture/error-map.js';
import { offender, parameter } from '../reports.js';
import { bare } from './bare.js';

const RANGE = { from: 1, to: 1e6 };

/** The map of a matrix of 2 × 3, all of it right. */
const mapOf = (more: Partial<ErrorMap> = {}): ErrorMap => ({
  parameter: parameter('W'),
  shape: [2, 3],
  along: undefined,
  known: 'each',
  rows: 2,
  columns: 3,
  cell: { rows: 1, columns: 1 },
  errors: new Float64Array(6),
  ratios: new Float64Array(more.errors?.length ?? 6).fill(2),
  worst: undefined,
  ...more,
});

const draw = (more: Partial<ErrorMap> = {}): string => bare(panel(mapOf(more), RANGE).markup);
const textsOf = (markup: string): string[] =>
  Array.from(markup.matchAll(/<text [^>]*>([^<]*)</g), ([, content]) =>
    content!.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))),
  );
const wordsOf = (more: Partial<ErrorMap> = {}): string[] => {
  const texts = textsOf(draw(more));
  return texts.slice(texts.indexOf(mapOf(more).parameter.name));
};
const classesIn = (markup: string): string[] =>
  Array.from(markup.matchAll(/<path class="([^"]*)"/g), ([, name]) => name!);

describe('the colours', () => {
  test.each([
    [0, 'right'],
    [1, 'right'],
    [1.0001, 's10'],
    [1e6, 's10'],
    [Infinity, 's10'],
    [Number.NaN, 'open'],
  ])('an error of %d is %s', (error, name) => {
    expect(classesIn(draw({ errors: Float64Array.of(error, 0, 0, 0, 0, 0) }))).toContain(name);
  });

  test.each([
    [-Infinity, 's0'],
    [-1, 's1'],
    [-1 / 32, 's2'],
    [-1e-9, 's3'],
    [0, 's3'],
    [1 / 32, 's4'],
    [1 / 2, 's5'],
    [0.99, 's6'],
    [1 - 1e-6, 's7'],
    [1 + 1e-6, 's8'],
    [1.01, 's9'],
    [2, 's10'],
    [32, 's11'],
    [1e6, 's12'],
    [Infinity, 's12'],
    [Number.NaN, 's12'],
  ])('a wrong entry with a ratio of %d is %s', (ratio, name) => {
    const errors = Float64Array.of(1e6, 0, 0, 0, 0, 0);
    const ratios = Float64Array.of(ratio, 2, 2, 2, 2, 2);
    expect(classesIn(draw({ errors, ratios }))).toEqual(['right', name, 'rule']);
  });

  test('are literal', () => {
    expect(cellFill('right')).toEqual({ class: 'right', fill: '#002051' });
    expect(cellFill('s10')).toEqual({ class: 's10', fill: '#f5a13a' });
    // Where hatching is not known, its ground.
    expect(cellFill('open')).toEqual({ class: 'open', fill: 'url(#open) #e4e4e4' });
  });

  test('without a range all that was compared is right', () => {
    const map = mapOf({ errors: Float64Array.of(5, Number.NaN, 0, 0, 0, 0) });
    expect(classesIn(bare(panel(map, undefined).markup))).toEqual(['open', 'right', 'rule']);
  });

  test('cells of the same colour are one path', () => {
    expect(draw({ errors: Float64Array.of(1e6, 0, 1e6, 0, 0, 1e6) })).toContain(
      '<path class="right" d="M28 0h28v28h-28zM0 28h56v28h-56z"/>' +
        '<path class="s10" d="M0 0h28v28h-28zM56 0h28v28h-28zM56 28h28v28h-28z"/>',
    );
  });

  test('smaller errors are smaller squares, on what is right', () => {
    // A tenth of the largest fills its cell; less leaves a sixth of 28 pixels to each side, less than a thousandth a third.
    const errors = Float64Array.of(1e5, 0.99e5, 1e3, 0.99e3, 0, Infinity);
    expect(draw({ errors })).toContain(
      '<path class="right" d="M28 0h56v28h-56zM0 28h28v28h-28z"/>' +
        '<path class="right" d="M28 28h28v28h-28z"/>' +
        '<path class="s10" d="M0 0h28v28h-28zM56 28h28v28h-28zM32 4h20v20h-20zM60 4h20v20h-20zM9 37h10v10h-10z"/>',
    );
  });

  test('cells without room for smaller squares are filled', () => {
    const errors = new Float64Array(36).fill(2);
    expect(draw({ shape: [36], rows: 1, columns: 36, errors })).toContain(
      '<path class="s10" d="M0 0h252v7h-252z"/>',
    );
  });

  test('claims that are no numbers are crossed', () => {
    const markup = draw({ errors: Float64Array.of(0, Infinity, 0, 0, 0, Infinity) });
    expect(markup).toContain('<path class="cross" d="M28 0l28 28m0 -28l-28 28M56 28l28 28m0 -28l-28 28"/>');
    expect(draw()).not.toContain('cross');
  });
});

describe('the grid', () => {
  test('has lines between cells, where they are wide enough', () => {
    expect(draw()).toContain('<path class="rule" d="M28 0v56M56 0v56M0 28h84"/>');
    const side = (columns: number): string =>
      draw({ shape: [1, columns], rows: 1, columns, errors: new Float64Array(columns) });
    expect(side(35)).toContain('class="rule" d="M8 0v8');
    expect(side(36)).not.toContain('class="rule"');
  });

  test('has cells that make a side of 280 pixels at most, and 28 each', () => {
    const heightOf = (rows: number, columns: number): number =>
      panel(mapOf({ shape: [rows, columns], rows, columns, errors: new Float64Array(rows * columns) }), RANGE)
        .height;
    expect(heightOf(10, 10)).toBe(16 + 280);
    expect(heightOf(11, 10)).toBe(16 + 11 * 25);
    expect(heightOf(10, 20)).toBe(16 + 10 * 14);
  });

  test('is as high as the words beside it where these are higher', () => {
    // Two lines of 18 pixels and 4 below, against one cell.
    expect(panel(mapOf({ shape: [], rows: 1, columns: 1, errors: new Float64Array(1) }), RANGE).height).toBe(
      44,
    );
    expect(panel(mapOf(), RANGE).height).toBe(72);
  });

  test('lies beside the labels of its rows, and below those of its columns', () => {
    expect(draw()).toMatch(/^<g transform="translate\(44 16\)">/);
  });
});

describe('the worst entry', () => {
  const worst = offender('W', [1, 2], { analytic: 2, numeric: 1 });
  const errors = Float64Array.of(Number.NaN, 3, 2, 0, 0, 9);

  test('has an outline around the cell with the largest error, and beside its name', () => {
    const marks = Array.from(
      draw({ errors, worst }).matchAll(/<rect class="([^"]*)" x="(\d+)" y="(\d+)" width="(\d+)"/g),
    );
    expect(marks.map(([, ...parts]) => parts.join(' '))).toEqual([
      'mark under 54 26 32',
      'mark 54 26 32',
      'mark under 356 40 14',
      'mark 356 40 14',
    ]);
    expect(bare(outline(10, 20, 5))).toBe(
      '<rect class="mark under" x="8" y="18" width="9" height="9"/><rect class="mark" x="8" y="18" width="9" height="9"/>',
    );
  });

  test('has its values beside it', () => {
    expect(wordsOf({ errors, worst })).toEqual(
      [
        'W',
        '2 × 3, 6 entries, none wrong by itself',
        'worst: W[1, 2]',
        'numeric   1.000000000 from the loss',
        'analytic  2.000000000 claimed',
      ].map((line) =>
        expect.stringMatching(new RegExp(`^${line.replaceAll(/[[\].]/g, '\\$&').replaceAll(' ', ' +')}$`)),
      ),
    );
    expect(wordsOf({ errors, worst, parameter: parameter('W', { derivative: 'vjp' }) })[3]).toMatch(
      / measured$/,
    );
    expect(draw({ errors, worst })).toMatch(/<text x="378" y="50" class="entry">/);
    expect(draw({ errors, worst })).toMatch(/<text x="356" y="14" class="name">W</);
  });

  test('has a name of 38 letters at most', () => {
    const long = { ...worst, parameter: 'x'.repeat(40), index: [] };
    expect(wordsOf({ worst: long })[2]).toBe(`worst: ${'x'.repeat(15)}…${'x'.repeat(15)}`);
    const markup = draw({ parameter: parameter('y'.repeat(39)) });
    expect(textsOf(markup)).toContain(`${'y'.repeat(18)}…${'y'.repeat(19)}`);
  });

  test('of the first of equal errors', () => {
    expect(draw({ errors: Float64Array.of(0, 4, 4, 0, 0, 0), worst })).toContain(
      'class="mark" x="26" y="-2"',
    );
    expect(draw({ errors: Float64Array.of(Number.NaN, Number.NaN, 0, 0, 0, 0), worst })).toContain(
      'class="mark" x="54" y="-2"',
    );
  });
});

describe('the labels', () => {
  const labelsOf = (more: Partial<ErrorMap>): string[] =>
    Array.from(
      draw(more).matchAll(/<text x="([\d.]+)" y="([\d.]+)" class="(index[^"]*)">(\d+)</g),
      ([, ...parts]) => parts.join(' '),
    );

  test('of a matrix are those of the first and last row and column', () => {
    expect(labelsOf({})).toEqual([
      '38 34 index end 0',
      '38 62 index end 1',
      '44 9 index 0',
      '128 9 index end 2',
    ]);
  });

  test('are left out for a single row or column', () => {
    expect(labelsOf({ shape: [1, 3], rows: 1, errors: new Float64Array(3) })).toEqual([
      '44 9 index 0',
      '128 9 index end 2',
    ]);
    expect(labelsOf({ shape: [2, 1], columns: 1, errors: new Float64Array(2) })).toEqual([
      '38 34 index end 0',
      '38 62 index end 1',
    ]);
    expect(labelsOf({ shape: [], rows: 1, columns: 1, errors: new Float64Array(1) })).toEqual([]);
  });

  test('of a vector in one row are those of its columns', () => {
    expect(labelsOf({ shape: [3], rows: 1, errors: new Float64Array(3) })).toEqual([
      '44 9 index 0',
      '128 9 index end 2',
    ]);
  });

  test('of a vector in lines are what the lines begin with', () => {
    const errors = new Float64Array(40);
    expect(labelsOf({ shape: [40], rows: 3, columns: 16, errors })).toEqual([
      '38 28.5 index end 0',
      '38 62.5 index end 32',
    ]);
  });

  test('of cells of several entries stand as far from the edges as there is room', () => {
    const labels = labelsOf({
      shape: [128, 3],
      rows: 128,
      cell: { rows: 2, columns: 1 },
      errors: new Float64Array(192),
    });
    expect(labels.slice(0, 2)).toEqual(['38 24 index end 0', '38 276 index end 127']);
  });
});

describe('the words', () => {
  test.each<[more: Partial<ErrorMap['parameter']>, counts: string]>([
    [{}, '2 × 3, 6 entries, none wrong by itself'],
    [{ shape: [], count: 1, checked: 1, wrong: 1 }, 'scalar, 1 wrong'],
    [{ shape: [2000], count: 2000, wrong: 1200 }, '2,000 entries, 1,200 wrong'],
    [{ due: 4, wrong: 2 }, '2 × 3, 4 of 6 entries due, 2 wrong'],
    [{ shape: [6], due: 4, wrong: 2 }, '4 of 6 entries due, 2 wrong'],
    [{ wrong: 2, wrongIs: 'at least' }, '2 × 3, 6 entries, at least 2 wrong'],
    [{ wrong: 2, wrongIs: 'about' }, '2 × 3, 6 entries, about 2 wrong'],
    [{ verdict: 'inconclusive', checked: 4 }, '2 × 3, 6 entries, 4 compared'],
  ])('for %j', (more, counts) => {
    expect(wordsOf({ parameter: parameter('W', more) })[1]).toBe(counts);
  });

  test('are broken at 42 letters', () => {
    const shape = [1000, 1000, 1000, 1000, 1000];
    expect(wordsOf({ parameter: parameter('W', { shape, count: 1e6 }), shape }).slice(1, 3)).toEqual([
      '1000 × 1000 × 1000 × 1000 × 1000,',
      '1,000,000 entries, none wrong by itself',
    ]);
  });

  const remarksOf = (more: Partial<ErrorMap>): string => wordsOf(more).slice(2).join(' ');

  test.each<[more: Partial<ErrorMap>, remark: string]>([
    [{}, ''],
    [{ cell: { rows: 2, columns: 1 } }, 'Each cell is the worst of 2 × 1 entries.'],
    [{ cell: { rows: 1, columns: 1000 } }, 'Each cell is the worst of 1 × 1,000 entries.'],
    [
      { shape: [6], rows: 1, columns: 6, cell: { rows: 1, columns: 2 }, errors: new Float64Array(3) },
      'Each cell is the worst of 2 entries.',
    ],
    [{ shape: [6], rows: 2, columns: 3 }, 'In lines of 3 entries.'],
    [{ shape: [6], rows: 1, columns: 6 }, ''],
    [{ shape: [2, 3, 1] }, 'Rows are the first dimension, columns all others.'],
    [{ along: 'cotangent' }, 'Each cell is an entry of a random sum of the outputs.'],
    [{ along: 'tangents' }, 'Each column is a random tangent, which moves all entries at once.'],
    [{ parameter: parameter('W', { checked: 5 }) }, '1 entry was not compared.'],
    [{ parameter: parameter('W', { count: 2000, checked: 500 }) }, '1,500 entries were not compared.'],
    [
      { known: 'sample', parameter: parameter('W', { checked: 5 }) },
      'Only a sample of the entries was measured one by one.',
    ],
    [{ known: 'located' }, 'Only the entries that were located are known; of the others nothing is.'],
    [
      { known: 'together', parameter: parameter('W', { wrong: 1, directions: 1 }) },
      'Only 1 entry was measured one by one; the others agree along 1 random direction.',
    ],
    [
      { known: 'together', parameter: parameter('W', { wrong: 0, directions: 4 }) },
      'Only 0 entries were measured one by one; the others agree along 4 random directions.',
    ],
  ])('have a remark, %#', (more, remark) => {
    expect(remarksOf(more)).toBe(remark);
  });
});
