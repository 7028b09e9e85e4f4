/** What is decided by θ and the points beside it: every rule. */

import { describe, expect, test } from 'vitest';
import type { ParameterEvidence } from '../../../src/check/measurement.js';
import { decide, suspectsAtKinks } from '../../../src/check/points/combine-points.js';
import type { AtKinks } from '../../../src/check/points/settle-kinks.js';
import type { PointJudgement } from '../../../src/check/points/check-point.js';
import type { Judgement } from '../../../src/check/report/judge.js';
import { evidenceOf, kinksIn, type Numbers } from '../../diagnoses/evidence.js';
import { resolution } from '../../../src/numerics/norms.js';

const judgement = (all: readonly Numbers[]): Judgement => {
  const { parameters, norms, verdict } = evidenceOf(all);
  return { parameters, norms, verdict, tolerances: { wrong: 1e-7, correct: 1e-7 } };
};

const point = (
  number: number,
  all: readonly Numbers[],
  isSame: readonly boolean[] = all.map(() => false),
): PointJudgement => ({
  point: number,
  judgement: judgement(all),
  isSame,
});

const RIGHT: Numbers = { analytic: [1, 2], numeric: [1, 2] };
const WRONG: Numbers = { analytic: [1, 5], numeric: [1, 2] };
const OPEN: Numbers = { ...RIGHT, verdict: 'inconclusive' };
/** Wrong at a kink of the second entry. */
const KINKED: Numbers = { ...WRONG, kinks: new Map([[1, { low: 2, high: 4, central: 3 }]]) };

/** The verdict of the first parameter, and the point that it is from. */
function decided(here: Numbers, ...beside: readonly PointJudgement[]): [string, number | undefined] {
  const [found] = decide(judgement([here]), beside);
  return [found!.verdict, found!.point];
}

describe('a parameter is', () => {
  test.each([
    ['right where it is everywhere', RIGHT, [point(2, [RIGHT])], ['correct', undefined]],
    ['what θ says where there are no points', OPEN, [], ['inconclusive', undefined]],
    ['wrong where it is at θ', WRONG, [point(2, [RIGHT])], ['wrong', undefined]],
    ['wrong where it is beside θ', RIGHT, [point(2, [RIGHT]), point(3, [WRONG])], ['wrong', 3]],
    ['wrong beside θ before it is right there', OPEN, [point(2, [RIGHT]), point(3, [WRONG])], ['wrong', 3]],
    ['right where θ leaves it open', OPEN, [point(2, [OPEN]), point(3, [RIGHT])], ['correct', 3]],
    ['right where θ does not move it', { ...RIGHT, moved: false }, [point(2, [RIGHT])], ['correct', 2]],
    [
      'open where it differs at θ by more than is uncertain there',
      { ...WRONG, verdict: 'inconclusive' },
      [point(2, [RIGHT])],
      ['inconclusive', undefined],
    ],
    [
      'right where that is uncertain',
      { ...WRONG, verdict: 'inconclusive', uncertainty: [0, 3.1] },
      [point(2, [RIGHT])],
      ['correct', 2],
    ],
    [
      'open where that would not show beside θ either',
      { ...WRONG, verdict: 'inconclusive', uncertainty: [0, 3.1] },
      [point(2, [{ ...RIGHT, verdict: 'correct', uncertainty: [0, 3] }])],
      ['inconclusive', undefined],
    ],
    ['open where all leave it', OPEN, [point(2, [OPEN])], ['inconclusive', undefined]],
    [
      'open where a budget left it',
      { ...OPEN, unreached: 1 },
      [point(2, [RIGHT])],
      ['inconclusive', undefined],
    ],
    ['open on a staircase', { ...OPEN, isStaircase: true }, [point(2, [RIGHT])], ['inconclusive', undefined]],
    [
      'open on a staircase, whatever is wrong beside it',
      { ...OPEN, isStaircase: true },
      [point(2, [WRONG])],
      ['inconclusive', undefined],
    ],
    [
      'what θ says, whatever a staircase beside it does',
      RIGHT,
      [point(2, [{ ...WRONG, isStaircase: true }])],
      ['correct', undefined],
    ],
    [
      'open where no number is claimed at θ',
      { ...OPEN, analytic: [1, Number.NaN], numeric: [1, Number.NaN], wrong: [] },
      [point(2, [RIGHT])],
      ['inconclusive', undefined],
    ],
    [
      'open where what differs there is no number',
      { ...OPEN, analytic: [1, Number.NaN], wrong: [] },
      [point(2, [RIGHT])],
      ['inconclusive', undefined],
    ],
    ['open at a jump', { ...OPEN, singular: 1 }, [point(2, [RIGHT])], ['inconclusive', undefined]],
  ] as const)('%s', (_, here, beside, expected) => {
    expect(decided(here, ...beside)).toEqual(expected);
  });

  test('decided for itself', () => {
    const found = decide(judgement([RIGHT, OPEN, RIGHT]), [point(2, [WRONG, RIGHT, RIGHT])]);
    expect(found.map(({ verdict, point: at }) => [verdict, at])).toEqual([
      ['wrong', 2],
      ['correct', 2],
      ['correct', undefined],
    ]);
  });
});

describe('at kinks', () => {
  const cleared = point(2, [{ ...RIGHT, analytic: [1, 4], numeric: [1, 4] }]);
  const settled = (atKinks: AtKinks, ...beside: readonly PointJudgement[]): ParameterEvidence => {
    const here = judgement([KINKED]);
    return decide(here, beside, new Map([[here.parameters[0]!, atKinks]]))[0]!;
  };

  test('a claim that is wrong there, and right beside them, is what the kinks make of it', () => {
    expect(settled('right', cleared)).toMatchObject({ verdict: 'correct', point: 2 });
    // The kinks are those of θ.
    expect(settled('right', cleared).kinks).toBe(KINKED.kinks);
    expect(settled('wrong', cleared)).toMatchObject({ verdict: 'wrong', wrong: [1] });
    expect(decided(KINKED, cleared)).toEqual(['wrong', undefined]);
  });

  test('what is left open is as uncertain as it is off', () => {
    const found = settled('open', cleared);
    expect(found).toMatchObject({ verdict: 'inconclusive', wrong: [] });
    expect(found.norms.uncertainty).toBe(3);
  });

  test('a claim is wrong where it is wrong beside them, too', () => {
    const other = point(3, [{ analytic: [1, 7], numeric: [1, 2] }]);
    expect(settled('right', cleared, other).verdict).toBe('wrong');
    expect(settled('right', other).verdict).toBe('wrong');
  });

  test.each([
    ['is wrong there, and right beside them', KINKED, [cleared], 1],
    ['is right there', { ...KINKED, analytic: [1, 2], wrong: [] }, [cleared], 0],
    ['is wrong beside them', KINKED, [cleared, point(3, [WRONG])], 0],
    ['is nowhere known to be right', KINKED, [point(2, [OPEN])], 0],
    ['was computed once', KINKED, [{ ...cleared, isSame: [true] }], 0],
    ['is wrong where there are none', WRONG, [cleared], 0],
    ['is wrong where no derivative was found', { ...WRONG, open: 1 }, [cleared], 1],
    ['is wrong at a jump', { ...KINKED, singular: 1 }, [cleared], 0],
    ['is wrong on a staircase', { ...KINKED, isStaircase: true }, [cleared], 0],
  ] as const)('a claim that %s', (_, here, beside, count) => {
    expect(suspectsAtKinks(judgement([here]), beside)).toHaveLength(count);
  });

  test('of another parameter make a suspect, too', () => {
    const here = judgement([{ ...RIGHT, kinks: KINKED.kinks! }, WRONG]);
    expect(suspectsAtKinks(here, [point(2, [RIGHT, RIGHT])])).toEqual([here.parameters[1]]);
  });

  test('slopes that were computed once are no mistake beside them', () => {
    const here: Numbers = { ...RIGHT, kinks: new Map([[1, { low: 2, high: 4, central: 3 }]]) };
    const same = { analytic: [1, 2], numeric: [1, 9] };
    expect(decided(here, point(2, [same]))).toEqual(['correct', undefined]);
    // Another claim there is its own, as is one that is zero throughout.
    expect(decided(here, point(2, [{ analytic: [1, 3], numeric: [1, 9] }]))).toEqual(['wrong', 2]);
    const zero: Numbers = { ...here, analytic: [0, 0], numeric: [0, 0], wrong: [] };
    expect(decided(zero, point(2, [{ analytic: [0, 0], numeric: [0, 9] }]))).toEqual(['wrong', 2]);
    // So is what is wrong in an entry without one.
    expect(decided(here, point(2, [{ analytic: [1, 2], numeric: [7, 9] }]))).toEqual(['wrong', 2]);
  });
});

test('what another point decides is as uncertain as θ is', () => {
  const here: Numbers = { ...OPEN, uncertainty: [3, 4] };
  const [found] = decide(judgement([here]), [point(2, [RIGHT])]);
  expect(found).toMatchObject({ verdict: 'correct', point: 2 });
  expect(found!.uncertainAtTheta).toBe(resolution(judgement([here]).parameters[0]!.norms));
  expect(found!.uncertainAtTheta).toBeGreaterThan(0);
  expect(decide(judgement([RIGHT]), [point(2, [RIGHT])])[0]!.uncertainAtTheta).toBeUndefined();
});

describe('a claim that is the same to the bit beside θ', () => {
  const stale = (here: Numbers, beside: Numbers, isSame: readonly boolean[] = [true]): ParameterEvidence =>
    decide(judgement([here]), [{ ...point(2, [beside]), isSame }])[0]!;

  test('was computed once: it decides nothing, and is told where it would be wrong', () => {
    expect(stale(RIGHT, WRONG)).toMatchObject({ verdict: 'correct', staleAt: 2 });
    expect(stale(OPEN, RIGHT)).toMatchObject({ verdict: 'inconclusive' });
    expect(stale(OPEN, RIGHT).staleAt).toBeUndefined();
  });

  test('is its own where it is zero, and others change', () => {
    const zero = { analytic: [0, 0], numeric: [1, 2] };
    const nothing = { analytic: [0, 0], numeric: [0, 0] };
    // Where nothing else is claimed, too, if θ leaves it open at a kink; not where it is right at θ.
    expect(stale({ ...nothing, kinks: kinksIn(1) }, zero)).toMatchObject({ verdict: 'wrong', point: 2 });
    expect(stale(nothing, zero)).toMatchObject({ verdict: 'correct', staleAt: 2 });
    const both = decide(judgement([nothing, RIGHT]), [{ ...point(2, [zero, RIGHT]), isSame: [true, false] }]);
    expect(both[0]).toMatchObject({ verdict: 'wrong', point: 2 });
  });

  test('is not known to be computed where it is zero, and others were computed once', () => {
    const here = judgement([{ analytic: [0, 0], numeric: [0, 0], kinks: kinksIn(1) }, RIGHT]);
    const beside = point(2, [{ analytic: [0, 0], numeric: [1, 2] }, RIGHT], [true, true]);
    const [zero, other] = decide(here, [beside]);
    expect(zero).toMatchObject({ verdict: 'inconclusive', staleAt: 2 });
    expect(other).toMatchObject({ verdict: 'correct' });
    // Of a loss that has no slope there, either, a claim of zero is right.
    const [still] = decide(here, [point(2, [{ analytic: [0, 0], numeric: [0, 0] }, RIGHT], [true, true])]);
    expect(still).toMatchObject({ verdict: 'correct' });
  });
});
