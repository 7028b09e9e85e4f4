/** What is measured at a point beside θ, which points are checked at all, and what is told of them. */

import { describe, expect, test } from 'vitest';
import type { ParameterEvidence } from '../../../src/check/measurement.js';
import { checkPoint, type PointJudgement } from '../../../src/check/points/check-point.js';
import { type CheckedPoints, checkPoints } from '../../../src/check/points/check-points.js';
import { seenAt, wrongIn } from '../../../src/check/points/combine-points.js';
import { claim } from '../../../src/check/preconditions/repeated-calls.js';
import type { Judgement } from '../../../src/check/report/judge.js';
import { Budget } from '../../../src/check/run/budget.js';
import { now } from '../../../src/check/run/clock.js';
import { answer, type Procedure } from '../../../src/check/run/drive.js';
import { readSettings } from '../../../src/check/settings.js';
import { evaluationOf } from '../../../src/model/evaluate/answer-losses.js';
import type { Request } from '../../../src/model/evaluate/requests.js';
import { GradientSubject } from '../../../src/model/subject/gradient-subject.js';
import { evidenceOf, kinksIn, type Numbers } from '../../diagnoses/evidence.js';

/** Of so few entries each is measured by itself; and of so many at most where a claim is wrong. */
const [FEW_ENTRIES, MOST_ENTRIES] = [4, 512];

interface Given {
  readonly counts?: readonly number[];
  readonly loss?: (all: readonly Float64Array[]) => number;
  /** What is added to the gradient of Σ x³ / 3, and where. */
  readonly off?: (entry: number, parameter: number) => number;
  readonly gradients?: (all: readonly Float64Array[]) => readonly ArrayLike<number>[];
  readonly options?: object;
  /** Whether nothing moves the loss at θ. */
  readonly still?: boolean;
}

const cubes = (all: readonly Float64Array[]): number =>
  all.reduce((sum, own) => sum + own.reduce((total, x) => total + x ** 3 / 3, 0), 0);

function made({ counts = [4], loss = cubes, off = () => 0, gradients, options = {} }: Given) {
  const all = counts.map((count, p) => Float64Array.from({ length: count }, (_, i) => 1 + p + i / count));
  const names = counts.map((_, p) => `p${p}`);
  const named = (arrays: readonly unknown[]): object =>
    Object.fromEntries(names.map((name, p) => [name, arrays[p]]));
  const claimed = gradients ?? (() => all.map((own, p) => own.map((x, i) => x * x + off(i, p))));
  const settings = readSettings(options);
  const subject = new GradientSubject(
    { parameters: named(all), loss: () => loss(all), gradients: () => named(claimed(all)) },
    settings.selection,
  );
  const run = <Result>(procedure: Procedure<Request, Result>): Result =>
    answer(procedure, (request) => evaluationOf(request, subject)) as Result;
  const { analytic } = run(claim(subject));
  const budget = new Budget(settings, subject, undefined, now());
  return { all, subject, settings, budget, run, analytic, loss: loss(all) };
}

function pointOf(given: Given): PointJudgement | undefined {
  const { subject, settings, analytic, budget, run, all } = made(given);
  const before = all.map((own) => [...own]);
  // What θ says: of a slope of 1 that it is known.
  const slope = given.still === true ? 0 : 1;
  const { parameters } = evidenceOf(subject.due.map(() => ({ analytic: [slope], numeric: [slope] })));
  const found = run(checkPoint(subject, settings, { analytic, parameters }, budget, 2));
  expect(all.map((own) => [...own])).toEqual(before);
  return found;
}

describe('a point', () => {
  test('is judged like θ, with its number, and the parameters are put back', () => {
    const right = pointOf({ counts: [4, 2] })!;
    expect([right.point, right.judgement.verdict, right.isSame]).toEqual([2, 'correct', [false, false]]);
    const wrong = pointOf({ counts: [4, 2], off: (i, p) => (p === 1 && i === 1 ? 1 : 0) })!;
    expect(wrong.judgement.parameters.map(({ verdict, wrong: own }) => [verdict, own])).toEqual([
      ['correct', []],
      ['wrong', [1]],
    ]);
  });

  test('knows which claims are the same to the bit as at θ', () => {
    const gradients = ([a, b]: readonly Float64Array[]): ArrayLike<number>[] => [
      [1, 2, 3, 4],
      [b![0]! ** 2, a!.length],
    ];
    expect(pointOf({ counts: [4, 2], gradients })!.isSame).toEqual([true, false]);
  });

  test.each<[string, number, number, number | undefined]>([
    ['of few entries: each by itself', FEW_ENTRIES, 0, undefined],
    ['of more: along one direction', FEW_ENTRIES + 1, 0, 1],
    ['of many: along one direction', MOST_ENTRIES, 0, 1],
    ['that is wrong, in as many entries as can be told apart: each by itself', MOST_ENTRIES, 1, undefined],
    ['that is wrong, in more: along as many as are needed', MOST_ENTRIES + 1, 1, expect.any(Number)],
  ])('is measured, of a parameter %s', (_, count, error, directions) => {
    // However long it takes.
    const options = { method: 'directional' };
    const { judgement } = pointOf({ counts: [count], off: (i) => (i === 2 ? error : 0), options })!;
    expect(judgement.parameters[0]!.runs?.directions).toEqual(directions);
    expect(judgement.verdict).toBe(error === 0 ? 'correct' : 'wrong');
  });

  test('whose error is in most entries is measured by each of them, too', () => {
    const { judgement } = pointOf({ counts: [40], off: () => 1 })!;
    expect(judgement.verdict).toBe('wrong');
    expect(judgement.parameters[0]!.runs).toBeUndefined();
    expect(judgement.parameters[0]!.wrong).toHaveLength(40);
  });

  test.each<[string, (x: number) => number]>([
    ['is no number', () => Number.NaN],
    [
      'throws',
      () => {
        throw new RangeError('beyond the domain');
      },
    ],
  ])('is none where the loss %s wherever it is no θ', (_, beside) => {
    const loss = ([own]: readonly Float64Array[]): number => (own![0] === 1 ? 1 : beside(own![0]!));
    expect(pointOf({ loss })).toBeUndefined();
  });

  test.each<[string, () => number]>([
    ['is no number', () => Number.NaN],
    [
      'throws',
      () => {
        throw new RangeError('beyond the domain');
      },
    ],
  ])('is none where the loss %s beside it', (_, beside) => {
    const points = new Set<number>();
    const loss = ([own]: readonly Float64Array[]): number => {
      if (points.size < 2) points.add(own![0]!);
      return points.has(own![0]!) ? 1 : beside();
    };
    expect(pointOf({ loss })).toBeUndefined();
  });
});

describe('a point beyond an edge', () => {
  /** An edge between θ, which is 1, and the point, which is moved by more than a twelfth; and what is beyond it. */
  const [EDGE, BEYOND] = [1.01, 5];
  const clipped = (x: number): number => (Math.abs(x - 1) < EDGE - 1 ? x : 1 + (EDGE - 1) * Math.sign(x - 1));
  const byOne = (given: Omit<Given, 'counts'>): PointJudgement | undefined =>
    pointOf({ counts: [1], ...given });
  const distanceOf = (found: PointJudgement | undefined): number =>
    Math.abs(found!.judgement.parameters[0]!.values[0]! - 1);

  test.each<[string, Omit<Given, 'counts'>]>([
    [
      'where the claim is not finite',
      { gradients: ([own]) => [[Math.abs(own![0]! - 1) < EDGE - 1 ? own![0]! ** 2 : Infinity]] },
    ],
    ['where the loss is cut off', { loss: ([own]) => cubes([Float64Array.of(clipped(own![0]!))]) }],
    [
      'where the loss stands still as far as steps go',
      { loss: ([own]) => (Math.abs(own![0]! - 1) < EDGE - 1 ? own![0]! ** 3 / 3 : BEYOND) },
    ],
  ])('%s is followed by a nearer one', (_, given) => {
    const found = byOne(given);
    expect(found?.judgement.verdict).toBe('correct');
    expect(distanceOf(found)).toBeLessThan(EDGE - 1);
  });

  test('is none, where the claim is finite at θ only', () => {
    const gradients = ([own]: readonly Float64Array[]): ArrayLike<number>[] => [
      [own![0] === 1 ? 1 : Infinity],
    ];
    expect(byOne({ gradients })).toBeUndefined();
  });

  test('tells of the other parameters, where it is beyond that of one however near', () => {
    const loss = (all: readonly Float64Array[]): number =>
      cubes([all[1]!, Float64Array.of(Math.round(all[0]![0]! * 16) / 16)]);
    const found = pointOf({ counts: [1, 1], loss, off: (_, p) => p })!;
    expect(found.judgement.parameters.map(({ verdict }) => verdict)).toEqual(['inconclusive', 'wrong']);
  });

  test('is as far away as any, where nothing moves the loss at θ either', () => {
    const found = pointOf({ counts: [1], loss: () => 1, still: true });
    expect(distanceOf(found)).toBeGreaterThan(1 / 16);
  });
});

describe('points beside θ', () => {
  const here = (numbers: Numbers): Judgement => {
    const { parameters, norms, verdict } = evidenceOf([numbers]);
    return { parameters, norms, verdict, tolerances: { wrong: 1e-7, correct: 1e-7 } };
  };
  const RIGHT: Numbers = { analytic: [1, 2, 3, 4], numeric: [1, 2, 3, 4] };
  const WRONG: Numbers = { ...RIGHT, numeric: [1, 2, 3, 9] };
  const checked = (given: Given, numbers: Numbers = RIGHT): CheckedPoints => {
    const { subject, settings, budget, run, ...claims } = made(given);
    return run(checkPoints(subject, settings, here(numbers), claims, budget));
  };

  test.each<[string, Given, Numbers, CheckedPoints['points']]>([
    ['are as many as were asked for', { options: { points: 3 } }, RIGHT, { checked: 3, skipped: 0 }],
    ['are none where one was asked for', { options: { points: 1 } }, RIGHT, { checked: 1, skipped: 0 }],
    ['are none where θ is wrong', { options: { points: 3 } }, WRONG, { checked: 1, skipped: 0, wrongAt: 1 }],
    [
      'are checked where that may be by its kinks, and do not decide it where no claim around it jumps',
      { options: { points: 3 } },
      { ...WRONG, kinks: kinksIn(1) },
      { checked: 3, skipped: 0, wrongAt: 1 },
    ],
    [
      'are skipped where the loss is no number',
      { options: { points: 3 }, loss: ([own]) => (own![0] === 1 ? 1 : Number.NaN) },
      RIGHT,
      { checked: 1, skipped: 2 },
    ],
    [
      'tell the first at which the claim is wrong',
      { options: { points: 3 }, off: (i) => i },
      RIGHT,
      { checked: 3, skipped: 0, wrongAt: 2 },
    ],
    [
      'are left where a budget has ended',
      { options: { points: 4, maxEvaluations: 5 } },
      RIGHT,
      { checked: 1, skipped: 0, left: 3 },
    ],
  ])('%s', (_, given, numbers, expected) => {
    expect(checked(given, numbers).points).toEqual(expected);
  });

  test('are skipped where the claim is finite at θ only', () => {
    const gradients = ([own]: readonly Float64Array[]): ArrayLike<number>[] => [
      own!.map((x) => (own![0] === 1 ? x * x : Infinity)),
    ];
    expect(checked({ gradients }).points).toEqual({ checked: 1, skipped: 1 });
  });

  test('are left from the one on that a budget cut short', () => {
    const all = made({ options: { points: 2 } });
    const before = all.subject.evaluations.loss;
    all.run(checkPoints(all.subject, all.settings, here(RIGHT), all, all.budget));
    const each = all.subject.evaluations.loss - before;
    const maxEvaluations = before + 2 * each - 3;
    expect(checked({ options: { points: 3, maxEvaluations } }).points).toMatchObject({ checked: 2, left: 1 });
  });

  test('decide each parameter, and are told with θ', () => {
    const { decided, seen } = checked({ off: (i) => i });
    expect(decided.map(({ verdict, point }) => [verdict, point])).toEqual([['wrong', 2]]);
    expect(seen).toEqual([[expect.objectContaining({ verdict: 'correct' })], [undefined]]);
  });
});

describe('of several parameters', () => {
  const evidence = (verdict: 'wrong' | 'correct', point?: number): ParameterEvidence =>
    ({ verdict, ...(point === undefined ? {} : { point }) }) as unknown as ParameterEvidence;

  test('the first point is told at which one is wrong', () => {
    expect(wrongIn([evidence('wrong', 3), evidence('correct', 1), evidence('wrong', 2)])).toEqual({
      wrongAt: 2,
    });
    expect(wrongIn([evidence('wrong', 3), evidence('wrong')])).toEqual({ wrongAt: 1 });
    expect(wrongIn([evidence('correct', 2)])).toEqual({});
  });

  test('what is wrong at a point tells nothing there', () => {
    const [right, wrong] = [evidence('correct'), evidence('wrong')];
    const judged = (...parameters: readonly ParameterEvidence[]): Judgement =>
      ({ parameters }) as unknown as Judgement;
    const point = { point: 2, judgement: judged(wrong, right), isSame: [] };
    expect(seenAt(judged(right, wrong), [point])).toEqual([
      [right, undefined],
      [undefined, right],
    ]);
  });
});
