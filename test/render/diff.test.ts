/** The worst entries, a pair of lines each. */

import { describe, expect, test } from 'vitest';
import { diff, entryName, entryNames } from '../../src/render/diff.js';
import { offender } from './reports.js';

const linesOf = (...given: Parameters<typeof diff>): string[] =>
  diff(...given).map((line) => line.map(({ text }) => text).join(''));

test.each([
  [offender('W', [0, 2]), 'W[0, 2]'],
  [offender('w', []), 'w'],
  [offender('W', [0], { output: 'y', outputIndex: [1, 2] }), 'y[1, 2] by W[0]'],
  [offender('W', [0], { output: 'y' }), 'y by W[0]'],
])('the name of an entry, %#', (given, name) => {
  expect(entryName(given)).toBe(name);
});

test('who claims an entry is named where several do', () => {
  const [vjp, jvp] = (['vjp', 'jvp'] as const).map((derivative) =>
    offender('W', [0], { output: 'y', derivative }),
  );
  expect(entryNames([vjp!, vjp!])).toEqual(['y by W[0]', 'y by W[0]']);
  expect(entryNames([vjp!, jvp!])).toEqual(['y by W[0] (vjp)', 'y by W[0] (jvp)']);
});

describe('a pair of lines', () => {
  test('has the numeric value with its uncertainty, and the analytic one with the difference', () => {
    expect(linesOf([offender('W', [0, 1])], 'the loss')).toEqual([
      '- numeric, from the loss   + analytic, from gradients()',
      '',
      '  W[0, 1]  -  1.000000000  ± 0.000000001',
      '           +  2.000000000  difference 0.333',
    ]);
  });

  test('has its tones', () => {
    const tones = diff([offender('W', [0, 1])], 'the loss').map((line) =>
      line.filter(({ text }) => text !== '').map(({ tone }) => tone),
    );
    expect(tones).toEqual([
      ['expected', 'plain', 'received'],
      [],
      ['plain', 'expected', 'dim'],
      ['plain', 'received', 'plain'],
    ]);
  });

  test('says what could not be measured, and has no difference then', () => {
    const open = { numeric: Number.NaN, uncertainty: Number.NaN, difference: Number.NaN };
    expect(linesOf([offender('W', [0], open)], 'the loss').slice(2)).toEqual([
      '  W[0]  -  could not be measured',
      '        +  2.00000',
    ]);
    expect(
      linesOf([offender('W', [0], { analytic: Infinity, difference: Number.NaN })], 'the loss').slice(2),
    ).toEqual(['  W[0]  -  1.000000000  ± 0.000000001', '        +  Infinity']);
  });

  test('names who claims, and the function whose differences are taken', () => {
    expect(linesOf([offender('W', [0], { derivative: 'vjp' })], 'outputs()')[0]).toBe(
      '- numeric, from outputs()   + analytic, from vjp()',
    );
  });

  test('is aligned to the longest name of at most 25 characters; a longer one has a line of its own', () => {
    const [fits, long] = ['x'.repeat(22), 'x'.repeat(23)].map((name) => offender(name, [1]));
    expect(linesOf([fits!, offender('b', [1])], 'the loss').slice(2)).toEqual([
      `  ${'x'.repeat(22)}[1]  -  1.000000000  ± 0.000000001`,
      `  ${' '.repeat(25)}  +  2.000000000  difference 0.333`,
      `  b[1]${' '.repeat(21)}  -  1.000000000  ± 0.000000001`,
      `  ${' '.repeat(25)}  +  2.000000000  difference 0.333`,
    ]);
    expect(linesOf([long!, offender('b', [1])], 'the loss').slice(2)).toEqual([
      `  ${'x'.repeat(23)}[1]`,
      '        -  1.000000000  ± 0.000000001',
      '        +  2.000000000  difference 0.333',
      '  b[1]  -  1.000000000  ± 0.000000001',
      '        +  2.000000000  difference 0.333',
    ]);
  });
});

describe('at a kink', () => {
  test('the slopes to either side stand beside the centred difference', () => {
    const kink = offender('x', [], { numeric: 0, analytic: 3, difference: 1, subgradient: [-1, 1] });
    expect(linesOf([kink], 'the loss').slice(2)).toEqual([
      '  x  -  0.000000000  ± 0.000000001  slopes from -1.000000000 to 1.000000000',
      '     +  3.000000000  difference 1.00',
    ]);
    expect(diff([kink], 'the loss')[2]!.at(-1)!.tone).toBe('dim');
  });

  test('they have the digits of the number between them', () => {
    const kink = offender('x', [], { subgradient: [1, 1.00002] });
    expect(linesOf([kink], 'the loss')[2]).toContain('slopes from 1.000000000 to 1.000020000');
  });

  test('without room they have a line of their own', () => {
    const more = { numeric: 1, uncertainty: 1e-14, subgradient: [0.1, 0.2] } as const;
    const lines = linesOf([offender('x'.repeat(25), [], more)], 'the loss').slice(2);
    expect(lines).toEqual([
      `  ${'x'.repeat(25)}  -  1.00000000000000  ± 0.00000000000001`,
      `    slopes from 0.10000000000000 to 0.20000000000000`,
      `  ${' '.repeat(25)}  +  2.00000000000000  difference 0.333`,
    ]);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('a line of 80 columns holds them, and one of 81 does not', () => {
    const of = (length: number): string[] =>
      linesOf(
        [
          offender('x'.repeat(length), [], {
            numeric: 1,
            uncertainty: 1e-8,
            subgradient: [0.1, 0.2],
          }),
        ],
        'the loss',
      ).slice(2);
    const widths = Array.from({ length: 25 }, (_, k) => of(k + 1)).filter((lines) => lines.length === 2);
    expect(Math.max(...widths.map(([first]) => first!.length))).toBe(80);
  });
});
