/** Measured numbers to a verdict: what of the measurement each rule reads. */

import { describe, expect, test } from 'vitest';
import type { MeasuredParameter, Measurement } from '../../../src/check/measurement.js';
import { unmeasured } from '../../../src/check/measure.js';
import { type Judgement, judgementOf, largestSlope, noneMoves } from '../../../src/check/report/judge.js';
import { readSettings } from '../../../src/check/settings.js';
import { GradientSubject } from '../../../src/model/subject/gradient-subject.js';
import { DOUBLE, FLOAT32 } from '../../../src/numerics/format.js';
import { groupNorms } from '../../../src/numerics/norms.js';
import type { Shard } from '../../../src/report.js';
import { FLOAT32_TOLERANCE } from '../../../src/verdict/tolerance.js';

interface Numbers {
  readonly analytic: readonly number[];
  readonly numeric: readonly number[];
  readonly uncertainty?: readonly number[];
  readonly more?: Partial<MeasuredParameter>;
}

interface Options {
  readonly shard?: Shard;
  readonly tolerance?: number;
  readonly measurement?: Partial<Measurement>;
}

function judged(all: readonly Numbers[], { shard, tolerance, measurement }: Options = {}): Judgement {
  const settings = readSettings({ shard, tolerance });
  const parameters = Object.fromEntries(
    all.map(({ analytic }, k) => [`p${k}`, new Float64Array(analytic.length).fill(1)]),
  );
  const subject = new GradientSubject({ parameters, loss: () => 0, gradients: () => [] }, settings.selection);
  const nothing = unmeasured(
    subject,
    settings,
    all.map(({ analytic }) => Float64Array.from(analytic)),
  );
  return judgementOf(subject, settings, {
    ...nothing,
    parameters: subject.due.map(({ parameter, from, to }, k) => {
      const { numeric, uncertainty = [], more } = all[parameter]!;
      const isDue = (i: number): boolean => i >= from && i < to;
      return {
        ...nothing.parameters[k]!,
        numeric: Float64Array.from(numeric, (value, i) => (isDue(i) ? value : Number.NaN)),
        uncertainty: Float64Array.from(numeric, (_, i) => uncertainty[i] ?? 0),
        moved: true,
        unreached: 0,
        ...more,
      };
    }),
    ...measurement,
  });
}

const RIGHT: Numbers = { analytic: [1, 2], numeric: [1, 2] };
const WRONG: Numbers = { analytic: [1, 3], numeric: [1, 2] };
const UNKNOWN: Numbers = { analytic: [1, 2], numeric: [1, Number.NaN] };

describe('a measurement', () => {
  test.each([
    ['of right claims is correct', [RIGHT, RIGHT], 'correct', ['correct', 'correct']],
    ['of one that is not is wrong', [RIGHT, WRONG], 'wrong', ['correct', 'wrong']],
    [
      'of an entry without a derivative is open',
      [RIGHT, UNKNOWN],
      'inconclusive',
      ['correct', 'inconclusive'],
    ],
    [
      'on a staircase is open',
      [RIGHT, { ...RIGHT, more: { isStaircase: true } }],
      'inconclusive',
      ['correct', 'inconclusive'],
    ],
  ] as const)('%s', (_, all, verdict, each) => {
    const found = judged(all);
    expect(found.verdict).toBe(verdict);
    expect(found.parameters.map((one) => one.verdict)).toEqual(each);
  });

  test('tells which entries are wrong', () => {
    expect(judged([RIGHT, WRONG]).parameters.map(({ wrong }) => wrong)).toEqual([[], [1]]);
  });

  test('of what does not move the loss is open', () => {
    const found = judged([RIGHT], { measurement: { alive: [false] } });
    expect(found.verdict).toBe('inconclusive');
    expect(noneMoves(found.parameters)).toBe(true);
    const some = judged([RIGHT, RIGHT], { measurement: { alive: [false, true] } });
    expect(some.verdict).toBe('correct');
    expect(noneMoves(some.parameters)).toBe(false);
  });

  test('has the tolerance of the format of each claim', () => {
    const { parameters } = judged([RIGHT, RIGHT], { measurement: { formats: [FLOAT32, DOUBLE] } });
    expect(parameters.map(({ tolerance }) => tolerance)).toEqual([FLOAT32_TOLERANCE, 1e-7]);
    expect(judged([RIGHT], { tolerance: 0.25 }).tolerances).toEqual({ wrong: 0.25, correct: 0.25 });
  });

  test('of a shard is of what is due, measured against its share', () => {
    const all = [RIGHT, WRONG];
    const [first, second] = (['1/2', '2/2'] as const).map((shard) => judged(all, { shard }));
    expect([first!.verdict, second!.verdict]).toEqual(['correct', 'wrong']);
    expect(first!.norms).toMatchObject({ share: 1 / 2, checked: 2 });
    expect(first!.norms.claimed).toBeCloseTo(Math.sqrt((1 + 4 + 1 + 9) / 2), 12);
    expect(judged(all).norms.share).toBe(1);
  });
});

describe('a gradient of zero', () => {
  const zero = (uncertainty: number): Numbers => ({
    analytic: [0, 0],
    numeric: [0, 0],
    uncertainty: [uncertainty, 0],
  });
  const isZero = (uncertainty: number, measurement: Partial<Measurement> = {}): boolean =>
    judged([{ analytic: [3, 4], numeric: [3, 4] }, zero(uncertainty)], {
      measurement: { claimsZero: [false, true], ...measurement },
    }).parameters[1]!.isZero;

  test('is known where what could hide is below a thousandth of what others move the loss by', () => {
    // ‖n‖ of the other is 5.
    expect([0.0049, 0.0051].map((uncertainty) => isZero(uncertainty))).toEqual([true, false]);
  });

  test('by the scales of the parameters', () => {
    expect(isZero(0.0051, { scales: [2, 1] })).toBe(true);
    expect(isZero(0.0049, { scales: [1, 2] })).toBe(false);
  });

  test('or of what all of them move it by, an eighth of their scales away', () => {
    expect(isZero(0.0051, { farChange: 1 })).toBe(true);
    expect(isZero(0.0051, { farChange: 0.6 })).toBe(false);
    expect(isZero(0.0081, { farChange: 1 })).toBe(false);
  });

  test('is none where the claim is not', () => {
    expect(isZero(0.001, { claimsZero: [false, false] })).toBe(false);
  });

  test('may be known by the slopes at kinks of others', () => {
    const kinked: Numbers = {
      analytic: [0, 0],
      numeric: [0, 0],
      more: { kinks: new Map([[0, { low: -5, high: 1, central: -2 }]]) },
    };
    const at = (uncertainty: number): boolean =>
      judged([kinked, zero(uncertainty)], { measurement: { claimsZero: [true, true] } }).parameters[1]!
        .isZero;
    expect([0.0049, 0.0051].map(at)).toEqual([true, false]);
  });
});

describe('a parameter along runs', () => {
  const runs = {
    norms: groupNorms({
      analytic: Float64Array.of(1, 2),
      numeric: Float64Array.of(1, 2),
      uncertainty: new Float64Array(2),
    }),
    widespread: false,
    complete: true,
    isKinked: false,
    found: 0,
    directions: 3,
    longest: 2,
    missed: 0,
    unseen: 0,
  };
  const verdictOf = (own: Partial<typeof runs>, numbers: Numbers = RIGHT): string =>
    judged([{ ...numbers, more: { runs: { ...runs, ...own } } }]).verdict;

  test.each([
    ['is correct where its directions are', {}, 'correct'],
    ['is open where they are not complete', { complete: false }, 'inconclusive'],
    ['is wrong where most of it is', { widespread: true, complete: false }, 'wrong'],
    ['is correct where an entry may be off by less than is typical', { unseen: 1.5 }, 'correct'],
    ['is open where it may be off by more', { unseen: 1.6 }, 'inconclusive'],
    ['is open where that is not known', { unseen: Number.NaN }, 'inconclusive'],
  ])('%s', (_, own, expected) => {
    // Typical is √(5/2) = 1.58.
    expect(verdictOf(own)).toBe(expected);
  });

  test('has its wrong entries, though the norms are estimates that may be below one of them', () => {
    const { parameters } = judged([{ ...WRONG, more: { runs } }]);
    expect(parameters[0]).toMatchObject({ verdict: 'wrong', wrong: [1] });
  });
});

test('the largest slope at kinks is that of either side', () => {
  expect(largestSlope([])).toBe(0);
  expect(
    largestSlope([
      { low: -7, high: 1, central: -3 },
      { low: 0, high: 5, central: 2.5 },
    ]),
  ).toBe(7);
  expect(largestSlope([{ low: 0, high: 5, central: 2.5 }])).toBe(5);
});
