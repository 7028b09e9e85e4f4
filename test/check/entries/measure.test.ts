/** A parameter measured entry by entry: how its step is found, what closer looks change, and which losses are stairs. */

import { describe, expect, test } from 'vitest';
import { EntryValues } from '../../../src/check/entries/entry-values.js';
import { measureEntries } from '../../../src/check/entries/measure-entries.js';
import { entryPaths } from '../../../src/check/entries/entry-paths.js';
import { probe } from '../../../src/check/entries/probe.js';
import { isStaircase } from '../../../src/check/entries/detect-staircase.js';
import { chosenStep, fixedStep } from '../../../src/check/entries/task.js';
import { sweepEntries } from '../../../src/check/entries/sweep.js';
import type { MeasuredParameter } from '../../../src/check/measurement.js';
import { noiseUncertainty } from '../../../src/numerics/difference.js';
import { OPEN } from '../../../src/numerics/estimate.js';
import { balancedStep, DOUBLE_SPACING, LARGEST_STEP } from '../../../src/numerics/step.js';
import { made } from '../task.js';

const squares = (x: Float64Array): number => x.reduce((all, value) => all + value ** 2, 0);

describe('the step of a parameter', () => {
  test('is the one that balances noise and truncation', () => {
    const { task, run } = made(squares, [1, 2, 3]);
    const { step } = run(probe(task, { clearShare: 2 ** -6, share: 1 }));
    expect(step).toBe(balancedStep(task.noise.level, 14, DOUBLE_SPACING));
  });

  test('is larger where noise would hide more than a share of a typical slope', () => {
    // Beside 10^6, whose rounding is 10^-10, the loss has a slope of 10^-4.
    const { task, run } = made((x) => 1e6 + 1e-4 * (x[0]! + x[1]!), [1, 2], { noise: { level: 1e-10 } });
    const clearShare = 2 ** -6;
    const { step, noise } = run(probe(task, { clearShare, share: 1 }));
    expect(step).toBeGreaterThan(balancedStep(1e-10, 1e6, DOUBLE_SPACING));
    expect(noiseUncertainty(noise.level, 2 * step)).toBeLessThanOrEqual(clearShare * 1e-4 * 2 * Math.SQRT2);
  });

  test('is the largest where the loss does not move', () => {
    const { task, run } = made(() => 7, [1, 2]);
    expect(run(probe(task, { clearShare: 2 ** -6, share: 1 })).step).toBe(LARGEST_STEP);
  });

  test('is no larger than the loss is seen to be smooth', () => {
    const { task, run } = made(() => 7, [1, 2], { noise: { reach: 0.01 } });
    expect(run(probe(task, { clearShare: 2 ** -6, share: 1 })).step).toBe(0.01);
  });

  test('is that of all entries, where none that was drawn moves the loss', () => {
    const { task, run, subject } = made(squares, [1, 2, 3]);
    const { step } = run(probe(task, { clearShare: 2 ** -6, share: 0 }));
    expect(step).toBe(run(probe(task, { clearShare: 2 ** -6, share: 1 })).step);
    expect(step).toBe(balancedStep(task.noise.level, 14, DOUBLE_SPACING));
    expect(subject.evaluations.loss).toBe(4);
  });

  test('has the noise that was measured anew where it grew, at its distance', () => {
    // What noise is taken to be hides all; it is that of numbers on a grid of 2^-45.
    const grid = (value: number): number => Math.round(value * 2 ** 45) / 2 ** 45;
    const { task, run } = made((x) => grid(1 + 1e-6 * (x[0]! + x[1]!)), [1, 2], {
      noise: { level: 1e-9, distance: 2 ** -40 },
    });
    const { noise, step } = run(probe(task, { clearShare: 2 ** -6, share: 1 }));
    expect(noise.level).toBeLessThan(2 ** -44);
    expect(noise.level).toBeGreaterThan(2 ** -50);
    expect(noise.distance).toBeGreaterThan(2 ** -20);
    expect(noise.distance).toBeLessThanOrEqual(step);
  });

  test('is sought along this parameter where beside others the loss is not finite', () => {
    const { task, run } = made(squares, [1, 2], { noise: { level: Number.NaN } });
    const { noise } = run(probe(task, { clearShare: 2 ** -6, share: 1 }));
    expect(noise.level).toBeGreaterThan(0);
    expect(noise.level).toBeLessThan(1e-13);
    const poor = made(squares, [1, 2], { noise: { level: Number.NaN }, maxEvaluations: 5 });
    expect(poor.run(probe(poor.task, { clearShare: 2 ** -6, share: 1 })).noise.level).toBeNaN();
  });

  test('is told by the side that has a loss', () => {
    const { task, run } = made((x) => (x[0]! > 1 ? Number.NaN : 1e6 + 1e-4 * x[0]!), [1], {
      noise: { level: 1e-10 },
    });
    const both = made((x) => 1e6 + 1e-4 * x[0]!, [1], { noise: { level: 1e-10 } });
    const rule = { clearShare: 2 ** -6, share: 1 };
    expect(run(probe(task, rule)).step).toBe(both.run(probe(both.task, rule)).step);
  });

  test('costs nothing where there is no budget', () => {
    const { task, run, subject } = made(squares, [1, 2], { maxEvaluations: 2 });
    run(probe(task, { clearShare: 2 ** -6, share: 1 }));
    expect(subject.evaluations.loss).toBe(0);
  });
});

describe('stairs', () => {
  const stairs = (loss: (x: Float64Array) => number, step = LARGEST_STEP): boolean => {
    const { task, run } = made(loss, [0.3, 0.4]);
    return run(isStaircase(task, entryPaths(task, task.noise), step));
  };

  test('are a loss that stands still and then jumps', () => {
    expect(stairs((x) => 0.3 * (Math.round(40 * x[0]!) + Math.round(40 * x[1]!)))).toBe(true);
  });

  test('are none where it begins to move slowly', () => {
    expect(stairs((x) => Math.max(0, x[0]! - 0.31) ** 2 + Math.max(0, 0.29 - x[0]!) ** 2)).toBe(false);
    expect(stairs(squares)).toBe(false);
    expect(stairs(() => 1)).toBe(false);
  });

  test('are looked for at large steps only', () => {
    const tall = (x: Float64Array): number => 0.3 * Math.round(400 * x[0]!);
    expect([2 ** -6, 2 ** -6.01].map((step) => stairs(tall, step))).toEqual([true, false]);
  });
});

describe('what was found of an entry', () => {
  const values = (
    claim: number,
    kinks: 'subgradient' | 'reject' = 'subgradient',
    isFixed = false,
  ): EntryValues => {
    const { task, run } = made((x) => 3 * x[0]!, [1], { claim: [claim] });
    const sweep = run(sweepEntries(task, fixedStep(1)));
    return new EntryValues(
      task,
      sweep,
      { level: 1 / noiseUncertainty(1, 2), size: 100 },
      { tolerance: undefined, kinks, isFixed },
    );
  };
  const found = { value: 5, uncertainty: 0.5, hidden: 0.25, kink: undefined };
  const kink = { value: 5, uncertainty: 0.5, hidden: 0.25, kink: { low: 1, high: 9 } };
  const of = (one: EntryValues): [number, number] => [one.numeric[0]!, one.uncertainty[0]!];

  test('is its difference at first, with its noise', () => {
    expect(of(values(3))).toEqual([3, 1]);
    expect(values(3).result()).toMatchObject({
      step: { min: 1, max: 1 },
      moved: true,
      open: 0,
      singular: 0,
      unreached: 0,
    });
  });

  test('has the steps of all that were reached, and whether any moved the loss', () => {
    const resultOf = (loss: (x: Float64Array) => number, maxEvaluations?: number) => {
      const given = { scale: 4, ...(maxEvaluations === undefined ? {} : { maxEvaluations }) };
      const { task, run } = made(loss, [1, 16, -64], given);
      const sweep = run(sweepEntries(task, chosenStep(1 / 8, 4)));
      const policy = { tolerance: undefined, kinks: 'subgradient', isFixed: false } as const;
      return new EntryValues(task, sweep, { level: 0, size: 1 }, policy).result();
    };
    expect(resultOf((x) => x[1]!)).toMatchObject({ step: { min: 0.5, max: 8 }, moved: true, unreached: 0 });
    expect(resultOf((x) => x[1]!, 5)).toMatchObject({
      step: { min: 0.5, max: 2 },
      moved: true,
      unreached: 1,
    });
    expect(resultOf((x) => x[2]!, 5)).toMatchObject({ moved: false });
    expect(resultOf((x) => Math.max(x[2]!, -64))).toMatchObject({ moved: true });
    expect(resultOf((x) => x[1]!, 2)).toMatchObject({ step: undefined, moved: false, unreached: 3 });
  });

  test('takes its place', () => {
    const one = values(3);
    one.take(0, found);
    expect(of(one)).toEqual([5, 0.75]);
  });

  test('takes what is uncertain of the claim into account', () => {
    const one = values(3);
    one.widen(Float64Array.of(2));
    expect(of(one)).toEqual([3, 3]);
    one.widen(Float64Array.of(7));
    expect(one.claimBound(0)).toBe(2);
    one.take(0, found);
    expect(of(one)).toEqual([5, 2.75]);
  });

  test('makes a difference at the user’s ε as uncertain as it is off, and no surer', () => {
    const one = values(3, 'subgradient', true);
    one.take(0, found);
    expect(of(one)).toEqual([3, 2.75]);
    one.take(0, { ...found, value: 3 });
    expect(of(one)).toEqual([3, 2.75]);
  });

  test.each([
    ['is the claim between its slopes, and sure well within them', 5, [5, 0]],
    ['as far as what is uncertain of them', 1.75, [1.75, 0.75]],
    ['to both sides', 8.25, [8.25, 0.75]],
    ['just within that', 1.76, [1.76, 0]],
    ['the nearer slope beyond', 0, [1, 0.75]],
    ['or above', 11, [9, 0.75]],
  ])('at a kink %s', (_, claim, expected) => {
    const one = values(claim);
    one.take(0, kink);
    expect(of(one)).toEqual(expected);
    expect(one.result().kinks.get(0)).toEqual({ low: 1, high: 9, central: 5 });
  });

  test('at a kink is the mean of its slopes where no other claim is to be right', () => {
    const one = values(6, 'reject');
    one.take(0, kink);
    expect(of(one)).toEqual([5, 0.75]);
    expect(one.result().kinks.size).toBe(0);
  });

  test('is nothing where no derivative was found', () => {
    const one = values(3);
    one.take(0, OPEN);
    expect(of(one)).toEqual([Number.NaN, Number.NaN]);
    expect(one.result()).toMatchObject({ open: 1, singular: 0 });
    const jump = values(3);
    jump.take(0, { ...OPEN, isSingular: true });
    expect(jump.result()).toMatchObject({ open: 1, singular: 1 });
    // Looked at again it is still one entry; or none, where a derivative is found.
    jump.take(0, { ...OPEN, isSingular: true });
    expect(jump.result()).toMatchObject({ open: 1, singular: 1 });
    jump.take(0, found);
    expect(jump.result()).toMatchObject({ open: 0, singular: 0 });
  });

  test('is counted where a budget left it', () => {
    const one = values(3);
    one.leave(0);
    expect(of(one)).toEqual([Number.NaN, Number.NaN]);
    expect(one.result()).toMatchObject({ open: 0, unreached: 1 });
  });

  test('on stairs is as uncertain as it and the claim are large', () => {
    const [small, large] = [values(3), values(-7)];
    small.hideSlopes();
    large.hideSlopes();
    expect(of(small)).toEqual([3, 6]);
    expect(of(large)).toEqual([3, 10]);
  });
});

describe('a parameter', () => {
  const measured = (
    loss: (x: Float64Array) => number,
    values: readonly number[],
    claim: readonly number[],
    more: Parameters<typeof made>[2] = {},
  ): MeasuredParameter => {
    const { task, run } = made(loss, values, { claim, ...more });
    return run(measureEntries(task));
  };
  const isWithin = ({ numeric, uncertainty }: MeasuredParameter, slopes: readonly number[]): boolean =>
    slopes.every((slope, i) => Math.abs(numeric[i]! - slope) <= uncertainty[i]!);

  test('is measured by two losses an entry where its claim is right', () => {
    const { task, run, subject } = made(squares, [1, 2, 3], { claim: [2, 4, 6] });
    const found = run(measureEntries(task));
    expect(isWithin(found, [2, 4, 6])).toBe(true);
    // And by two to find its step.
    expect(subject.evaluations.loss).toBe(2 * 3 + 2);
    expect(found).toMatchObject({ moved: true, open: 0, unreached: 0, isStaircase: false, kinks: new Map() });
  });

  test('is the same whatever is claimed, to within what is uncertain', () => {
    for (const claim of [
      [2, 4, 6],
      [2, 4, 7],
      [0, 0, 0],
      [-2, -4, -6],
      [2, Number.NaN, 6],
      [1e30, 4, Infinity],
    ])
      expect(isWithin(measured(squares, [1, 2, 3], claim), [2, 4, 6])).toBe(true);
  });

  test('has the slopes to both sides of a kink', () => {
    const found = measured((x) => Math.abs(x[0]!) + 3 * x[1]!, [0, 1], [0.5, 3]);
    expect(found.kinks.get(0)).toEqual({
      low: expect.closeTo(-1, 6),
      high: expect.closeTo(1, 6),
      central: expect.closeTo(0, 6),
    });
    expect([...found.numeric]).toEqual([0.5, expect.closeTo(3, 6)]);
  });

  test('has no derivative at a jump', () => {
    const found = measured((x) => Number(x[0]! > 0) + x[1]!, [0, 1], [2, 1]);
    expect(found.numeric[0]).toBeNaN();
    expect(found).toMatchObject({ open: 1, singular: 1 });
  });

  test('is a staircase where what is differentiated is rounded', () => {
    const found = measured(
      (x) => 0.3 * (Math.round(40 * x[0]!) + Math.round(40 * x[1]!)),
      [0.3, 0.4],
      [12, 12],
    );
    expect(found.isStaircase).toBe(true);
    expect(found.uncertainty.every((own) => own >= 12)).toBe(true);
  });

  test('is measured at ε where that was given, and no surer than other steps allow', () => {
    const found = measured((x) => x[0]! ** 3, [1], [3], { epsilon: 0.5 });
    expect(found.numeric[0]).toBe(3.25);
    expect(found.uncertainty[0]).toBeGreaterThanOrEqual(0.25);
    expect(found.step).toEqual({ min: 0.5, max: 0.5 });
  });

  test('is left where a budget ends', () => {
    const found = measured(squares, [1, 2, 3], [2, 4, 6], { maxEvaluations: 7 });
    expect(found.unreached).toBeGreaterThan(0);
    expect(found.numeric.some(Number.isNaN)).toBe(true);
  });

  test('is not called wrong without a second look', () => {
    const found = measured(squares, [1, 2, 3], [2, 4, 9], { maxEvaluations: 2 * 3 + 2 + 1 });
    expect(found.numeric[2]).toBeNaN();
    expect(found.unreached).toBe(1);
  });
});
