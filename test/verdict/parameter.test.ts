/** The verdict of a parameter, and of a model from those of its parameters: every rule, on both sides of its bound. */

import { describe, expect, test } from 'vitest';
import type { GroupNorms } from '../../src/numerics/norms.js';
import {
  couldMatter,
  judgeModel,
  judgeParameter,
  type ParameterNumbers,
  type ParameterVerdict,
  reachOf,
} from '../../src/verdict/parameter.js';
import { modelTolerances } from '../../src/verdict/tolerance.js';
import { norms } from './numbers.js';

/** What hides in a gradient of zero may move the loss by this share of what the largest known one does. */
const NEGLIGIBLE_SHARE = 1e-3;

const TOLERANCES = { wrong: 0.01, correct: 0.02 };

/** Of a parameter that is right and known. */
const numbers = (given: Partial<ParameterNumbers> = {}): ParameterNumbers => ({
  norms: norms(),
  tolerances: TOLERANCES,
  hasWrong: false,
  isComplete: true,
  scale: 1,
  kinked: 0,
  unseen: 0,
  claimsZero: false,
  ...given,
});

const judged = (given: Partial<ParameterNumbers>, reach = 0): ParameterVerdict =>
  judgeParameter(numbers(given), reach);
const verdictOf = (given: Partial<ParameterNumbers>): string => judged(given).verdict;

describe('a parameter is wrong', () => {
  test('by one of its entries', () => {
    expect(judged({ hasWrong: true })).toEqual({ verdict: 'wrong', isZero: false });
  });

  test('as a whole', () => {
    const at = (difference: number): string => verdictOf({ norms: norms({ difference }) });
    // 0.01 (1 + 1).
    expect([0.0199, 0.0201].map(at)).toEqual(['correct', 'wrong']);
    expect(judged({ norms: norms({ difference: 1 }) })).toEqual({ verdict: 'wrong', isZero: false });
  });

  test('whatever was not measured', () => {
    expect(verdictOf({ hasWrong: true, isComplete: false })).toBe('wrong');
  });
});

describe('a parameter is correct', () => {
  test('within the tolerance', () => {
    const at = (difference: number): ParameterVerdict =>
      judged({ norms: norms({ difference, uncertainty: 0.1 }) });
    for (const difference of [0.0399, 0.04])
      expect(at(difference)).toEqual({ verdict: 'correct', isZero: false });
    expect(at(0.0401)).toEqual({ verdict: 'inconclusive', isZero: false });
  });

  test('where all of it was measured', () => {
    expect(judged({ isComplete: false, claimsZero: true })).toEqual({
      verdict: 'inconclusive',
      isZero: false,
    });
  });

  test('where it is known to 0.3 of its size', () => {
    const at = (resolution: number): string => verdictOf({ norms: norms({ uncertainty: 2 * resolution }) });
    expect([0.299, 0.3, 0.301].map(at)).toEqual(['correct', 'correct', 'inconclusive']);
  });

  test('or to the tolerance, where that is larger', () => {
    const at = (resolution: number): string =>
      verdictOf({ norms: norms({ uncertainty: 2 * resolution }), tolerances: { wrong: 0.5, correct: 0.5 } });
    expect([0.499, 0.501].map(at)).toEqual(['correct', 'inconclusive']);
  });

  test('where no entry may be off unseen by more than is typical', () => {
    // (3 + 1) / 2 over √4, times 8.
    const four = norms({ analytic: 3, difference: 0, checked: 4, scale: 8 });
    const at = (unseen: number): string => verdictOf({ norms: four, unseen });
    expect([7.99, 8, 8.01].map(at)).toEqual(['correct', 'correct', 'inconclusive']);
    expect(verdictOf({ norms: { ...four, claimed: 1 }, unseen: 5 })).toBe('inconclusive');
    expect(verdictOf({ norms: norms({ checked: 0 }), unseen: 0.99 })).toBe('correct');
    expect(verdictOf({ norms: norms({ checked: 0 }), unseen: 1.01 })).toBe('inconclusive');
    expect(verdictOf({ unseen: Number.NaN })).toBe('inconclusive');
  });
});

describe('a gradient is zero as far as both can tell', () => {
  /** The numeric gradient is half of what is uncertain of it, and what hides there may move the loss by 1e-3 · 2. */
  const zero = norms({ analytic: 0.001, numeric: 0.001, uncertainty: 0.002, difference: 0.002, scale: 0.5 });
  const at = (given: Partial<ParameterNumbers>, reach = 2): ParameterVerdict =>
    judged({ norms: zero, claimsZero: true, scale: 2, ...given }, reach);
  const ZERO = { verdict: 'correct', isZero: true };
  const UNKNOWN = { verdict: 'inconclusive', isZero: false };

  test('where the claim is, the numeric one is, and nothing that matters could hide there', () => {
    expect(at({})).toEqual(ZERO);
  });

  test('not where the claim is more than its noise', () => {
    expect(at({ claimsZero: false })).toEqual(UNKNOWN);
  });

  test('not where the numeric one is more than its uncertainty', () => {
    const off = (numeric: number): ParameterVerdict => at({ norms: { ...zero, numeric } });
    expect(off(0.002)).toEqual(ZERO);
    expect(off(0.0021)).toEqual(UNKNOWN);
  });

  test('not where it could move the loss by a thousandth of what the largest known gradient does', () => {
    // U · scale of the norms · scale of the parameter.
    const bound = (0.002 * 0.5 * 2) / NEGLIGIBLE_SHARE;
    expect([1.01, 0.99].map((share) => at({}, share * bound))).toEqual([ZERO, UNKNOWN]);
    expect(at({}, Number.NaN)).toEqual(UNKNOWN);
    expect(couldMatter({ norms: zero, scale: 2 }, 2)).toBe(false);
    expect([2.01, 1.99].map((reach) => couldMatter({ norms: zero, scale: 2 }, reach))).toEqual([false, true]);
    expect(couldMatter({ norms: norms({ uncertainty: Number.NaN }), scale: 2 }, 2)).toBe(true);
  });
});

describe('what the loss moves by over the scale of a parameter', () => {
  const known = { norms: norms({ numeric: 3, scale: 4 }), scale: 5, isComplete: true, kinked: 0 };
  test.each([
    ['is its gradient times its scale', {}, 60],
    ['is nothing where not all was measured', { isComplete: false }, 0],
    ['is nothing where it is not known', { norms: norms({ numeric: 3, scale: 4, uncertainty: 1.21 }) }, 0],
    ['is known to 0.3', { norms: norms({ numeric: 3, scale: 4, uncertainty: 1.2 }) }, 60],
    ['is the slope at a kink where that is larger', { kinked: 20 }, 100],
    ['is not where it is smaller', { kinked: 2 }, 60],
    ['is the slope at a kink where nothing else is known', { kinked: 2, isComplete: false }, 10],
  ])('%s', (_, given, expected) => {
    expect(reachOf({ ...known, ...given })).toBe(expected);
  });
});

describe('a model is', () => {
  const correct = { verdict: 'correct', isZero: false, moved: true } as const;
  const zero = { ...correct, isZero: true };
  const judgedModel = (
    parameters: readonly (ParameterVerdict & { readonly moved: boolean })[],
    whole: GroupNorms = norms(),
    tolerance?: number,
    correctWithin = 0.02,
  ): string =>
    judgeModel(parameters, whole, modelTolerances({ tolerance }, { wrong: 0.01, correct: correctWithin }));

  test.each([
    ['correct where all parameters are', [correct, correct], 'correct'],
    ['wrong where one is', [correct, { ...correct, verdict: 'wrong' }], 'wrong'],
    ['inconclusive where one is', [correct, { ...correct, verdict: 'inconclusive' }], 'inconclusive'],
    [
      'inconclusive where none moves the loss',
      [
        { ...correct, moved: false },
        { ...correct, moved: false },
      ],
      'inconclusive',
    ],
    [
      'inconclusive where none moves the loss, whatever they say',
      [{ ...correct, verdict: 'wrong', moved: false }],
      'inconclusive',
    ],
    ['inconclusive without parameters', [], 'inconclusive'],
    [
      'correct where what does not move is not known',
      [correct, { ...correct, verdict: 'inconclusive', moved: false }],
      'correct',
    ],
    ['wrong where what does not move is', [correct, { ...correct, verdict: 'wrong', moved: false }], 'wrong'],
    [
      'wrong before it is inconclusive',
      [
        { ...correct, verdict: 'inconclusive' },
        { ...correct, verdict: 'wrong' },
      ],
      'wrong',
    ],
  ] as const)('%s', (_, parameters, expected) => {
    expect(judgedModel(parameters)).toBe(expected);
  });

  test('wrong where all together exceed the tolerance', () => {
    const at = (difference: number): string => judgedModel([correct], norms({ difference }));
    expect([0.0199, 0.0201].map(at)).toEqual(['correct', 'wrong']);
  });

  test('not wrong for that as a part', () => {
    expect(judgedModel([correct], norms({ difference: 0.0201, share: 0.5 }))).toBe('inconclusive');
    expect(judgedModel([correct], norms({ difference: 0.0199, share: 0.5 }))).toBe('correct');
  });

  test('correct within the tolerance, which is raised to a hundredth at most', () => {
    const at = (difference: number, within: number): string =>
      judgedModel([correct], norms({ difference, uncertainty: 0.1 }), undefined, within);
    expect([0.0199, 0.0201].map((difference) => at(difference, 0.5))).toEqual(['correct', 'inconclusive']);
    expect([0.0099, 0.0101].map((difference) => at(difference, 0.005))).toEqual(['correct', 'inconclusive']);
  });

  test('correct within the user’s tolerance, however large', () => {
    const at = (difference: number): string =>
      judgedModel([correct], norms({ difference, uncertainty: 1 }), 0.4);
    expect([0.799, 0.801].map(at)).toEqual(['correct', 'inconclusive']);
  });

  test('correct where every parameter that moves the loss is zero', () => {
    const off = norms({ difference: 1, uncertainty: 1 });
    expect(judgedModel([zero, zero, { ...correct, moved: false }], off)).toBe('correct');
    expect(judgedModel([zero, correct], off)).toBe('inconclusive');
  });

  test('not correct where the difference is no number', () => {
    const off = norms({ difference: Number.NaN, share: 0.5 });
    expect(judgedModel([correct], off)).toBe('inconclusive');
  });
});
