/** Which runs are split while there is time, and what looks along directions say of a parameter as a whole. */

import { describe, expect, test } from 'vitest';
import type { LossNoise } from '../../../src/check/preconditions/loss-noise.js';
import type { MeasuredParameter, RunEvidence } from '../../../src/check/measurement.js';
import type { ClaimBounds } from '../../../src/check/preconditions/claim-noise.js';
import type { Look, LookRule, RunPlan } from '../../../src/check/runs/look.js';
import { measureRuns } from '../../../src/check/runs/measure-runs.js';
import { type Measured, refine } from '../../../src/check/runs/refine.js';
import { RunValues } from '../../../src/check/runs/run-values.js';
import { BFLOAT16, DOUBLE, FLOAT32, type Format } from '../../../src/numerics/format.js';
import { norms } from '../../verdict/numbers.js';
import { made, type Given } from '../task.js';

/** So many parts a run is split into, and no more entries one that is split into its entries has. */
const [PARTS, FEW_ENTRIES] = [4, 16];
const PLAN: RunPlan = { looks: { least: 2, most: 3 }, most: 16, tolerance: 1e-7, hasTime: () => true };
/** A plan with time for so many turns, whatever they take. */
const planOf = (turns: number): RunPlan => {
  let asked = 0;
  return { ...PLAN, hasTime: () => (asked += 1) <= turns };
};
/** One to begin, and one for each part. */
const ONE_SPLIT = 1 + PARTS;

const valuesOf = (count: number): number[] => Array.from({ length: count }, (_, i) => 1 + i / count);
/** Σ i x², and its gradient. */
const loss = (x: Float64Array): number => x.reduce((sum, value, i) => sum + i * value ** 2, 0);
const gradientOf = (values: readonly number[]): number[] => values.map((value, i) => 2 * i * value);

const RUNS: RunEvidence = {
  // Typical is (8 + 4) / 2 over √16, times 2.
  norms: norms({ analytic: 8, numeric: 4, scale: 2 }),
  widespread: false,
  complete: true,
  isKinked: false,
  found: 0,
  directions: 3,
  longest: 16,
  missed: 0,
  unseen: 0,
};

interface WholeOptions {
  readonly count?: number;
  readonly format?: Format;
  readonly more?: object;
  readonly given?: Given;
  readonly plan?: RunPlan;
}

/** A parameter of some entries, as if it had been measured along directions. */
const wholeOf = (runs: Partial<RunEvidence> | undefined, options: WholeOptions = {}) => {
  const { count = 16, format, more = {}, given = {}, plan = PLAN } = options;
  const values = valuesOf(count);
  const { task, run, subject } = made(loss, values, { claim: gradientOf(values), ...given });
  const claimNoise = { ...task.claimNoise, ...(format && { format: () => format }) };
  const measured = { moved: true, isStaircase: false, runs: runs && { ...RUNS, ...runs }, ...more };
  const whole: Measured = {
    task: { ...task, claimNoise },
    plan,
    measured: measured as unknown as MeasuredParameter,
    losses: 6,
  };
  return { whole, run, subject };
};

describe('a parameter is measured along shorter runs', () => {
  test.each<[string, Parameters<typeof wholeOf>, boolean]>([
    [
      'where an entry may be off unseen by more than a thousandth of what is typical',
      [{ unseen: 0.00301 }],
      true,
    ],
    ['not where it may by less', [{ unseen: 0.00299 }], false],
    ['in single precision by as much as is typical', [{ unseen: 3.01 }, { format: FLOAT32 }], true],
    ['in single precision not by less', [{ unseen: 2.99 }, { format: FLOAT32 }], false],
    ['in half precision not by less', [{ unseen: 2.99 }, { format: BFLOAT16 }], false],
    ['where it is not known to be right', [{ complete: false, unseen: Number.NaN }], true],
    ['not where an entry was found wrong', [{ found: 1, unseen: 9 }], false],
    ['not where most are wrong', [{ widespread: true, complete: false }], false],
    ['not where it was measured entry by entry', [undefined], false],
    ['not where nothing moves the loss', [{ unseen: 9 }, { more: { moved: false } }], false],
    ['not on a staircase', [{ unseen: 9 }, { more: { isStaircase: true } }], false],
    ['not where it is zero', [{ unseen: 9, norms: norms({ analytic: 0, numeric: 0 }) }], false],
  ])('%s', (_, given, expected) => {
    const [runs, options] = given;
    let asked = 0;
    const plan: RunPlan = { ...PLAN, hasTime: () => (asked += 1) > 1 };
    const { whole, run } = wholeOf(runs, { ...options, plan });
    const found = run(refine([whole]));
    expect(asked > 0).toBe(expected);
    // There was no time.
    expect(found).toEqual([whole.measured]);
  });

  test.each([
    [17, 5],
    [18, 5],
    [40, 10],
    [41, 11],
  ])('of %i entries: of %i at most', (count, longest) => {
    const { whole, run } = wholeOf({ unseen: 9 }, { count, plan: planOf(ONE_SPLIT) });
    const [found] = run(refine([whole]));
    expect(found!.runs).toMatchObject({ longest, directions: PARTS * PLAN.looks.least, complete: true });
    expect([...found!.numeric]).toEqual([...whole.task.analytic]);
  });

  test(`of ${FEW_ENTRIES} entries or fewer: entry by entry`, () => {
    const { whole, run } = wholeOf({ unseen: 9 });
    const [found] = run(refine([whole]));
    expect(found!.runs).toBeUndefined();
    expect(found!.uncertainty.every((own) => own > 0)).toBe(true);
  });

  test('of a part of its entries: that part', () => {
    const range = { parameter: 0, from: 3, to: 23, count: 20 };
    const { whole, run } = wholeOf({ unseen: 9 }, { count: 40, given: { range }, plan: planOf(ONE_SPLIT) });
    const [found] = run(refine([whole]));
    expect(found!.runs).toMatchObject({ longest: 5, complete: true });
    expect([...found!.numeric.keys()].filter((i) => !Number.isNaN(found!.numeric[i]))).toEqual(
      Array.from({ length: 20 }, (_, i) => 3 + i),
    );
  });

  test('the least known first, and others as long as there is time', () => {
    const both = (plan: RunPlan) => [5, 9].map((unseen) => wholeOf({ unseen }, { count: 20, plan }));
    const measuredAll = (plan: RunPlan) => {
      const [less, least] = both(plan);
      return { less, found: less!.run(refine([less!.whole, least!.whole])) };
    };
    const { less, found } = measuredAll(planOf(ONE_SPLIT));
    expect(found[0]).toBe(less!.whole.measured);
    expect(found[1]!.runs!.longest).toBe(5);
    // Down to what shorter runs tell no more of.
    for (const { runs } of measuredAll(PLAN).found) expect(runs!.longest).toBeLessThanOrEqual(5);
  });

  test('where there is time for as many losses for each part as the whole took, or the part before', () => {
    const asked: number[] = [];
    const taken: number[] = [];
    const { whole, run, subject } = wholeOf({ unseen: 9 }, { count: 40 });
    const plan: RunPlan = {
      ...PLAN,
      hasTime: (losses) => {
        asked.push(losses);
        taken.push(subject.evaluations.loss);
        return asked.length <= 3;
      },
    };
    const found = run(refine([{ ...whole, plan }]));
    // Cut before the third part: the whole stands as it was measured.
    expect(found).toEqual([whole.measured]);
    expect(asked).toEqual([PARTS * whole.losses, 0, taken[2]! - taken[1]!, taken[3]! - taken[2]!]);
    expect(asked[2]).toBeGreaterThan(0);
  });
});

describe('looks along directions', () => {
  const COUNT = 40;
  const SCALE = 2;
  const noise = { level: 1e-3 } as LossNoise;
  const rule: LookRule = { step: 0.1, largest: 1, least: 0, noise, tolerance: 1e-7, corrected: new Map() };
  const look = (given: Partial<Look> = {}): Look => ({
    run: { from: 0, to: COUNT },
    weights: { key: '', at: () => 1 },
    error: 0,
    uncertainty: 0.5,
    allowed: 0.25,
    numeric: 8,
    length: 4,
    step: 0.1,
    toldAt: 0.1,
    moved: true,
    taken: [],
    size: 4,
    claimNoise: 0,
    isKinked: false,
    isBent: false,
    atFirst: { error: 0, uncertainty: 0.5 },
    isBorneOut: false,
    outcome: 'right',
    ...given,
  });
  const valuesWith = (looks: readonly Look[], given: Given = {}): RunValues => {
    const claim = Array.from({ length: COUNT }, () => 3);
    const { task } = made(loss, valuesOf(COUNT), { claim, scale: SCALE, ...given });
    const values = new RunValues(task, { step: 0.1, noise }, rule, PLAN);
    values.note(looks);
    return values;
  };

  test('say nothing where they are infinitely uncertain, beside others that are not', () => {
    const known = look({ error: -0.6, uncertainty: 0.3, length: 6 });
    const unknown = look({ error: 0.1, uncertainty: Infinity, length: 4 });
    const normsOf = (...looks: ReturnType<typeof look>[]): unknown => valuesWith(looks).result().runs!.norms;
    expect(normsOf(known, unknown)).toEqual(normsOf(known));
    expect(normsOf(unknown, unknown)).toMatchObject({ uncertainty: Infinity });
  });

  test('say what is off and uncertain on average, and what a single entry may be off unseen', () => {
    const looks = [
      look({ error: 0.1, uncertainty: 0.5, length: 4, step: 0.1 }),
      look({ error: -0.6, uncertainty: 0.3, length: 6, step: 0.3 }),
    ];
    const { runs, step, moved, noise: level, unreached, numeric, uncertainty } = valuesWith(looks).result();
    // The first is known to an eighth, the second to a twentieth.
    const weight = (8 / 20) ** 2;
    const over = (first: number, second: number): number =>
      Math.sqrt((COUNT * (weight * first ** 2 + second ** 2)) / (weight + 1));
    expect(runs!.norms.difference).toBeCloseTo(over(0.1 / 4, 0.6 / 6), 12);
    expect(runs!.norms.uncertainty).toBeCloseTo(over(0.5 / 4, 0.3 / 6), 12);
    expect(runs!.norms.analytic).toBeCloseTo(3 * Math.sqrt(COUNT), 12);
    expect(runs).toMatchObject({
      complete: true,
      found: 0,
      directions: 2,
      longest: COUNT,
      widespread: false,
    });
    // The second least of max(|error|, allowed) + uncertainty, over the least weight.
    expect(runs!.unseen).toBeCloseTo((0.6 + 0.3) / SCALE, 12);
    expect(step!.min).toBeCloseTo(0.1 * SCALE, 12);
    expect(step!.max).toBeCloseTo(0.3 * SCALE, 12);
    expect([moved, level, unreached]).toEqual([true, 1e-3, 0]);
    expect([...numeric]).toEqual(Array(COUNT).fill(3));
    expect([...uncertainty]).toEqual(Array(COUNT).fill(0));
  });

  test.each<[string, readonly Look[], boolean]>([
    ['complete where one is right', [look()], true],
    [
      'complete where two of three are, and the other open',
      [look({ outcome: 'open' }), look(), look()],
      true,
    ],
    ['not where one of two is, and the other open', [look({ outcome: 'open' }), look()], false],
    ['not where none is', [look({ outcome: 'open' })], false],
    ['not where there is none', [], false],
  ])('are %s', (_, looks, complete) => {
    const { runs } = valuesWith(looks).result();
    expect(runs!.complete).toBe(complete);
    expect(Number.isNaN(runs!.unseen)).toBe(!complete);
  });

  test('are not complete where something wrong was not found', () => {
    const wrong = valuesWith([look(), look({ outcome: 'wrong', error: 9 })]);
    expect(wrong.result().runs).toMatchObject({ complete: false, unseen: Number.NaN });
    const values = valuesWith([look()]);
    expect(values.result().runs!.complete).toBe(true);
    values.leaveOpen();
    expect(values.result().runs).toMatchObject({ complete: false, unseen: Number.NaN });
  });

  test('are judged by those that came last, and counted all', () => {
    const values = valuesWith([
      look({ error: 9, outcome: 'wrong' }),
      look({ moved: false, error: 9, outcome: 'wrong' }),
    ]);
    values.note([look({ error: 0.4, moved: false })]);
    const { runs, moved } = values.result();
    expect(runs!.norms.difference).toBeCloseTo((0.4 / 4) * Math.sqrt(COUNT), 12);
    expect([runs!.directions, moved]).toEqual([3, true]);
    const still = valuesWith([look({ moved: false })]).result();
    expect(still.moved).toBe(false);
  });

  test('of a part say nothing of the others', () => {
    const range = { parameter: 0, from: 10, to: 20, count: 10 };
    const { numeric, uncertainty, runs } = valuesWith([look({ error: 0.4 })], { range }).result();
    expect([numeric[9], numeric[10], numeric[19], numeric[20]]).toEqual([Number.NaN, 3, 3, Number.NaN]);
    expect([uncertainty[9], uncertainty[10], uncertainty[20]]).toEqual([Number.NaN, 0, Number.NaN]);
    expect(runs!.norms.share).toBe(1 / 4);
    expect(runs!.norms.difference).toBeCloseTo((0.4 / 4) * Math.sqrt(10), 12);
  });

  test('that were not taken leave all unreached', () => {
    const { unreached, step, numeric } = valuesWith([]).result();
    expect([unreached, step]).toEqual([COUNT, undefined]);
    expect(numeric.every(Number.isNaN)).toBe(true);
  });
});

describe('a parameter along runs', () => {
  const VALUES = valuesOf(40);
  const GRADIENT = gradientOf(VALUES);
  const off = (errors: Readonly<Record<number, number>>): number[] =>
    GRADIENT.map((g, i) => g + (errors[i] ?? 0));
  const measured = (claim: readonly number[], given: Given = {}, most = 16, of = loss): MeasuredParameter => {
    const { task, run } = made(of, VALUES, { claim, ...given });
    return run(measureRuns(task, { ...PLAN, most }));
  };

  test('is measured at the step that was given', () => {
    const { step } = measured(GRADIENT, { epsilon: 2 ** -12 });
    expect(step!.min / 2 ** -12).toBeCloseTo(1, 12);
    expect(step!.max).toBe(step!.min);
  });

  test('is looked at no further away than the loss is smooth', () => {
    const reach = 2 ** -10;
    let furthest = 0;
    const watched = (x: Float64Array): number => {
      for (const [i, value] of x.entries()) furthest = Math.max(furthest, Math.abs(value - VALUES[i]!));
      return loss(x);
    };
    const { task, run } = made(watched, VALUES, { claim: off({ 7: 0.5 }), noise: { reach } });
    run(measureRuns(task, PLAN));
    // Weights are up to two scales.
    expect(furthest).toBeLessThanOrEqual(2 * reach * task.scale);
    expect(furthest).toBeGreaterThan(0);
  });

  test('is left open where as many are wrong as are looked for', () => {
    const claim = off({ 7: 0.5, 30: -2 });
    expect(measured(claim, {}, 3).runs).toMatchObject({ found: 2, complete: true });
    expect(measured(claim, {}, 2).runs).toMatchObject({ found: 2, complete: false });
    // As many fresh directions as tell whether these were all.
    expect(measured(claim, {}, 3).runs!.directions).toBe(PLAN.looks.least + 2);
  });

  test('is right where it is off by no more than the noise of its claim', () => {
    const bounds = new Float64Array(40).fill(1);
    const claimNoise: ClaimBounds = {
      format: () => DOUBLE,
      known: () => bounds,
      // oxlint-disable-next-line require-yield -- it is known
      *bounds() {
        return bounds;
      },
    };
    expect(measured(off({ 7: 0.5 }), { claimNoise }).runs).toMatchObject({ found: 0, complete: true });
    expect(measured(off({ 7: 50 }), { claimNoise }).runs).toMatchObject({ found: 1, complete: true });
  });

  test('has no derivative on a staircase', () => {
    const stairs = (x: Float64Array): number =>
      x.reduce((sum, value, i) => sum + 0.7 * Math.round(3 * (value - VALUES[i]!)), 1 / 3);
    expect(measured(GRADIENT, {}, 16, stairs)).toMatchObject({
      isStaircase: true,
      runs: { complete: false },
    });
    expect(measured(GRADIENT).isStaircase).toBe(false);
  });

  test('is right at a kink, or wrong, as the policy of kinks says', () => {
    const kinked = (x: Float64Array): number =>
      x.reduce((sum, value, i) => sum + Math.abs(value - VALUES[i]!), 0);
    const claim = VALUES.map(() => 0.5);
    const at = (kinks: 'subgradient' | 'reject'): MeasuredParameter =>
      measured(claim, { policy: { tolerance: undefined, kinks } }, 16, kinked);
    expect(at('subgradient').runs).toMatchObject({ widespread: false, complete: false });
    expect(at('reject').runs).toMatchObject({ widespread: true });
  });

  test('costs no more losses than there are, however few', () => {
    for (let maxEvaluations = 2; maxEvaluations < 40; maxEvaluations += 3) {
      const { task, run, subject } = made(loss, VALUES, { claim: off({ 7: 0.5 }), maxEvaluations });
      run(measureRuns(task, PLAN));
      expect(subject.evaluations.loss).toBeLessThanOrEqual(maxEvaluations);
    }
  });
});
