/** Looks along directions of a run, and parts of a parameter put together: what a claim is off by, and what is then known. */

import { describe, expect, test } from 'vitest';
import type { MeasuredParameter } from '../../../src/check/measurement.js';
import { joined } from '../../../src/check/runs/join.js';
import { directionOf, type Look, type LookRule, withBounds } from '../../../src/check/runs/look.js';
import { lookAlong } from '../../../src/check/runs/look-along.js';
import { measureRuns } from '../../../src/check/runs/measure-runs.js';
import { noiseUncertainty } from '../../../src/numerics/difference.js';
import { placeNoise } from '../../../src/numerics/estimate.js';
import { groupNorms } from '../../../src/numerics/norms.js';
import { DOUBLE_SPACING } from '../../../src/numerics/step.js';
import { made, type Given } from '../task.js';

const VALUES = Array.from({ length: 40 }, (_, i) => 1 + i / 40);
/** Σ i x², and its gradient. */
const loss = (x: Float64Array): number => x.reduce((sum, value, i) => sum + i * value ** 2, 0);
const gradient = VALUES.map((value, i) => 2 * i * value);
/** The gradient with errors in some entries. */
const off = (errors: Readonly<Record<number, number>>): number[] =>
  gradient.map((g, i) => g + (errors[i] ?? 0));

const TOLERANCE = 1e-7;
const STEP = 2 ** -14;

const ruleFor = ({ noise }: ReturnType<typeof made>['task']): LookRule => ({
  step: STEP,
  largest: 1 / 16,
  least: 2 ** -40,
  noise,
  tolerance: TOLERANCE,
  corrected: new Map(),
});

function look(claim: readonly number[], rule: Partial<LookRule> = {}, given: Given = {}): Look {
  const { task, run } = made(loss, VALUES, { claim, ...given });
  const direction = directionOf(task, task.range, 0);
  const looks = run(lookAlong(task, task.analytic, [direction], { ...ruleFor(task), ...rule }));
  return looks![0]!;
}

describe('a look', () => {
  const { task } = made(loss, VALUES);
  const direction = directionOf(task, task.range, 0);

  test('at a right claim is right, and knows the slope along the direction', () => {
    const seen = look(gradient);
    expect(seen.outcome).toBe('right');
    expect(Math.abs(seen.error)).toBeLessThanOrEqual(seen.uncertainty + seen.allowed);
    const slope = gradient.reduce((sum, g, i) => sum + g * direction.weights.at(i), 0);
    expect(seen.numeric).toBeCloseTo(slope, 4);
    expect(seen.moved).toBe(true);
    const length = Math.sqrt(VALUES.reduce((sum, _, i) => sum + direction.weights.at(i) ** 2, 0));
    expect(seen.length).toBeCloseTo(length, 12);
  });

  test('at a claim with one wrong entry is off by the error times its weight', () => {
    const seen = look(off({ 7: 0.5 }));
    expect(seen.outcome).toBe('wrong');
    expect(seen.error).toBeCloseTo(0.5 * direction.weights.at(7), 6);
  });

  test('allows a claim its tolerance on what is typical of it', () => {
    const typical = 2 * Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0) / gradient.length);
    const { allowed, length } = look(gradient);
    expect(allowed / (TOLERANCE * typical * length)).toBeCloseTo(1, 12);
  });

  test('allows more by what is uncertain of entries that were put right', () => {
    const more = look(gradient, { corrected: new Map([[3, 0.25]]) }).allowed - look(gradient).allowed;
    expect(more).toBeCloseTo(0.25 * Math.abs(direction.weights.at(3)), 10);
  });

  test('is uncertain by the noise of two losses', () => {
    const noise = { level: 1e-3, size: 1e9 };
    expect(look(gradient, { noise }).uncertainty).toBeCloseTo(noiseUncertainty(1e-3, 2 * STEP), 6);
  });

  test('is uncertain by the rounding of places, which the slopes of the claim make noise of', () => {
    const slopes = gradient.reduce((sum, g, i) => sum + (g * direction.weights.at(i)) ** 2, 0);
    const rounding = placeNoise(Math.sqrt(slopes), DOUBLE_SPACING);
    const { uncertainty } = look(gradient, { noise: { level: 0, size: 1e9 } });
    expect(uncertainty / noiseUncertainty(rounding, 2 * STEP)).toBeCloseTo(1, 12);
  });

  test('is left open at a kink', () => {
    const kinked = made((x) => x.reduce((sum, value, i) => sum + Math.abs(value - VALUES[i]!), 0), VALUES);
    const rule = ruleFor(kinked.task);
    const claim = Float64Array.from(VALUES, () => 0.5);
    const [seen] = kinked.run(
      lookAlong(kinked.task, claim, [directionOf(kinked.task, kinked.task.range, 0)], rule),
    )!;
    expect(seen!.outcome).toBe('open');
  });

  test('is none where a budget has no room for it', () => {
    const { task: poor, run } = made(loss, VALUES, { claim: gradient, maxEvaluations: 2 });
    expect(run(lookAlong(poor, poor.analytic, [direction], ruleFor(poor)))).toBeUndefined();
  });

  test('that is wrong may be right by the noise of the claim', () => {
    const seen = look(off({ 7: 0.5 }));
    const bounds = (size: number): Float64Array => Float64Array.from(VALUES, (_, i) => (i === 7 ? size : 0));
    expect(withBounds(seen, bounds(0.49)).outcome).toBe('wrong');
    expect(withBounds(seen, bounds(0.51)).outcome).toBe('right');
    // Of several entries noise adds up like the root of their squares.
    const two = withBounds(
      seen,
      Float64Array.from(VALUES, (_, i) => (i === 7 ? 0.3 : i === 8 ? 0.4 : 0)),
    );
    const added = Math.hypot(0.3 * direction.weights.at(7), 0.4 * direction.weights.at(8));
    expect(two.allowed - seen.allowed).toBeCloseTo(added, 12);
    const open = { ...seen, outcome: 'open' as const };
    expect(withBounds(open, bounds(9)).outcome).toBe('open');
  });

  test('that is wrong may be right by a tolerance that has risen since', () => {
    const seen = look(off({ 7: 0.5 }));
    const none = new Float64Array(VALUES.length);
    const needed = (Math.abs(seen.error) - seen.uncertainty - seen.allowed) / seen.size;
    expect(withBounds(seen, none, 0.99 * needed).outcome).toBe('wrong');
    const cleared = withBounds(seen, none, 1.01 * needed);
    expect(cleared.outcome).toBe('right');
    expect(cleared.allowed / seen.size).toBeCloseTo(TOLERANCE + 1.01 * needed, 12);
    const { size, length } = seen;
    const claimed = off({ 7: 0.5 }).reduce((sum, g) => sum + g * g, 0);
    expect(size).toBeCloseTo(2 * Math.sqrt(claimed / VALUES.length) * length, 8);
  });

  test('knows what noise makes uncertain of the claim, when it is told', () => {
    const seen = look(off({ 7: 0.5 }));
    expect(seen.claimNoise).toBe(0);
    const bounds = Float64Array.from(VALUES, (_, i) => (i === 7 ? 0.25 : 0));
    expect(withBounds(seen, bounds).claimNoise).toBeCloseTo(0.25 * Math.abs(direction.weights.at(7)), 12);
  });

  test('is right by its mean where both sides are off by the same, but where kinks are about', () => {
    // Two kinks beside θ, one to either side, cancel in the mean.
    const kinks = (x: Float64Array): number => Math.abs(Math.abs(x[0]! - VALUES[0]!) - STEP / 2);
    const kinked = made((x) => loss(x) + kinks(x), VALUES, { claim: gradient });
    const rule = { ...ruleFor(kinked.task), isBrief: true };
    const outcomes = [false, true].map((isKinky) => {
      const own = directionOf(kinked.task, kinked.task.range, 0);
      const looks = kinked.run(lookAlong(kinked.task, kinked.task.analytic, [own], { ...rule, isKinky }));
      return looks![0]!.outcome;
    });
    expect(outcomes).toEqual(['right', 'open']);
  });

  test('has weights of its own for each run, and for each time', () => {
    const keys = [
      directionOf(task, { from: 0, to: 40 }, 0),
      directionOf(task, { from: 0, to: 40 }, 1),
      directionOf(task, { from: 0, to: 20 }, 0),
      directionOf({ ...task, seed: 2 }, { from: 0, to: 40 }, 0),
    ].map(({ weights }) => weights.key);
    expect(new Set(keys).size).toBe(4);
    expect(directionOf(task, { from: 0, to: 40 }, 0).weights.key).toBe(keys[0]);
  });
});

describe('a parameter along runs', () => {
  const measured = (claim: readonly number[], given: Given = {}, most = 16): MeasuredParameter => {
    const { task, run } = made(loss, VALUES, { claim, ...given });
    return run(
      measureRuns(task, { looks: { least: 3, most: 3 }, hasTime: () => true, most, tolerance: TOLERANCE }),
    );
  };

  test('with a right claim is known by a few losses', () => {
    const { task, run, subject } = made(loss, VALUES, { claim: gradient });
    const { runs, numeric, uncertainty } = run(
      measureRuns(task, {
        looks: { least: 3, most: 3 },
        hasTime: () => true,
        most: 16,
        tolerance: TOLERANCE,
      }),
    );
    expect(subject.evaluations.loss).toBeLessThanOrEqual(2 + 2 * 3);
    expect(runs).toMatchObject({ complete: true, widespread: false, found: 0, directions: 3, longest: 40 });
    // What was not found wrong is as it was claimed.
    expect([...numeric]).toEqual(gradient);
    expect(uncertainty.every((own) => own === 0)).toBe(true);
    expect(runs!.norms.uncertainty).toBeGreaterThan(0);
    expect(runs!.unseen).toBeLessThan(1e-3);
  });

  test('has its wrong entry put right', () => {
    const { numeric, runs } = measured(off({ 30: -2 }));
    expect(runs).toMatchObject({ complete: true, found: 1 });
    for (const [i, g] of gradient.entries()) expect(numeric[i]).toBeCloseTo(g, 6);
    expect(runs!.norms.difference * runs!.norms.scale).toBeCloseTo(2, 4);
  });

  test('is measured entry by entry where a search takes as long', () => {
    const { numeric, runs } = measured(off({ 7: 0.5, 30: -2 }));
    expect(runs).toBeUndefined();
    for (const [i, g] of gradient.entries()) expect(numeric[i]).toBeCloseTo(g, 6);
  });

  test('is not complete where more is wrong than was looked for', () => {
    const { runs } = measured(off({ 3: 1, 7: 0.5, 30: -2 }), {}, 2);
    expect(runs).toMatchObject({ complete: false, widespread: false, unseen: Number.NaN });
    expect(runs!.found).toBeGreaterThanOrEqual(2);
  });

  test('is wrong in most entries where a sample of them is', () => {
    const { runs, numeric } = measured(gradient.map((g) => 1.5 * g + 1));
    expect(runs).toMatchObject({ widespread: true, complete: false });
    // All but those of the sample are unknown.
    expect(numeric.filter(Number.isNaN)).toHaveLength(40 - 32);
  });

  test('is not reached where a budget ends', () => {
    expect(measured(gradient, { maxEvaluations: 3 })).toMatchObject({
      unreached: 40,
      step: undefined,
      moved: false,
    });
  });

  test('does not move the loss where nothing does', () => {
    const { task, run } = made(() => 1, VALUES);
    const still = run(
      measureRuns(task, {
        looks: { least: 3, most: 3 },
        hasTime: () => true,
        most: 16,
        tolerance: TOLERANCE,
      }),
    );
    expect(still.moved).toBe(false);
  });

  test('in parts is what its parts are', () => {
    const part = (
      from: number,
      to: number,
    ): {
      range: { parameter: number; from: number; to: number; count: number };
      measured: MeasuredParameter;
    } => {
      const range = { parameter: 0, from, to, count: to - from };
      const { task, run } = made(loss, VALUES, { claim: off({ 7: 0.5 }), range });
      return {
        range,
        measured: run(
          measureRuns(task, {
            looks: { least: 3, most: 3 },
            hasTime: () => true,
            most: 16,
            tolerance: TOLERANCE,
          }),
        ),
      };
    };
    const [one, other] = [part(0, 15), part(15, 40)];
    const all = joined([one, other], Float64Array.from(off({ 7: 0.5 })));
    expect(joined([one], Float64Array.from(gradient))).toBe(one.measured);
    for (const [i, g] of gradient.entries()) expect(all.numeric[i]).toBeCloseTo(g, 6);
    const [first, second] = [one.measured.runs!, other.measured.runs!];
    expect(all.runs).toMatchObject({
      complete: true,
      widespread: false,
      found: 1,
      directions: first.directions + second.directions,
      longest: 25,
      unseen: Math.max(first.unseen, second.unseen),
    });
    expect(all.noise).toBe(Math.max(one.measured.noise, other.measured.noise));
    expect(all.step).toEqual({
      min: Math.min(one.measured.step!.min, other.measured.step!.min),
      max: Math.max(one.measured.step!.max, other.measured.step!.max),
    });
  });

  test('in parts that were measured entry by entry has runs of one', () => {
    const single = (
      from: number,
      numeric: readonly number[],
      more: Partial<MeasuredParameter> = {},
    ): Parameters<typeof joined>[0][number] => ({
      range: { parameter: 0, from, to: from + 2, count: 2 },
      measured: {
        numeric: Float64Array.of(Number.NaN, Number.NaN, Number.NaN, Number.NaN).map(
          (_, i) => numeric[i - from] ?? Number.NaN,
        ),
        uncertainty: new Float64Array(4).fill(from + 1),
        step: undefined,
        moved: false,
        kinks: new Map(),
        differences: new Map(),
        open: 1,
        singular: 2,
        unreached: 3,
        isStaircase: false,
        noise: from,
        ...more,
      },
    });
    const analytic = Float64Array.of(1, 2, 3, 4);
    const kinks = new Map([[2, { low: 0, high: 1, central: 0.5 }]]);
    const one = { step: 1, numeric: 2, uncertainty: 0, forward: 2, backward: 2 };
    const differences = new Map([[3, [one]]]);
    const all = joined(
      [single(0, [1, 2]), single(2, [3, Number.NaN], { moved: true, isStaircase: true, kinks, differences })],
      analytic,
    );
    const [wide, narrow] = [
      { min: 0.1, max: 0.4 },
      { min: 0.2, max: 0.3 },
    ];
    for (const steps of [
      [wide, narrow],
      [narrow, wide],
      [wide, undefined],
    ])
      expect(
        joined(
          steps.map((step, k) => single(2 * k, [1, 2], { step })),
          analytic,
        ).step,
      ).toEqual(wide);
    expect(all).toMatchObject({
      open: 2,
      singular: 4,
      unreached: 6,
      isStaircase: true,
      moved: true,
      noise: 2,
      step: undefined,
      kinks,
      differences,
    });
    expect([...all.numeric]).toEqual([1, 2, 3, Number.NaN]);
    expect([...all.uncertainty]).toEqual([1, 1, 3, 3]);
    expect(all.runs).toMatchObject({
      complete: false,
      widespread: false,
      found: 0,
      directions: 0,
      longest: 1,
      unseen: 3,
    });
    const whole = groupNorms({ ...all, analytic });
    expect(all.runs!.norms.analytic).toBeCloseTo(whole.analytic, 12);
    expect(all.runs!.norms.checked).toBe(3);
  });
});
