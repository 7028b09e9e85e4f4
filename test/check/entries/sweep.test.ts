/** Entries by themselves: their steps, the losses on both sides of them, and which of them bend. */

import { describe, expect, test } from 'vitest';
import { bentEntries, kinksAmong } from '../../../src/check/entries/bent.js';
import { entryPaths } from '../../../src/check/entries/entry-paths.js';
import { readDifferences, sampleAt, sweepEntries } from '../../../src/check/entries/sweep.js';
import { chosenStep, fixedStep, stepLimits } from '../../../src/check/entries/task.js';
import { bendUncertainty, noiseUncertainty } from '../../../src/numerics/difference.js';
import { LARGEST_STEP, stepAbove } from '../../../src/numerics/step.js';
import { made } from '../task.js';

/** The gap of a smooth loss is this share of a typical slope at most. */
const SMALL_GAP = 2 ** -6;

const sum = (x: Float64Array, of: (value: number) => number): number =>
  x.reduce((all, value) => all + of(value), 0);

describe('the step of an entry', () => {
  test('is a share of its scale', () => {
    const steps = chosenStep(1 / 8, 4);
    expect([0, 3, -4, 16, -16].map((value) => steps.stepFor(value))).toEqual([1 / 2, 1 / 2, 1 / 2, 2, 2]);
    expect(steps.isFixed).toBe(false);
  });

  test('is ε where that was given', () => {
    const steps = fixedStep(1e-3);
    expect([0, 1e9].map((value) => steps.stepFor(value))).toEqual([1e-3, 1e-3]);
    expect(steps.isFixed).toBe(true);
  });

  test('has limits: eight spacings of what is stored, a tenth of the scale, and how far the loss is smooth', () => {
    const { task } = made(() => 0, [1, 1]);
    expect(stepLimits(task, 1, Infinity)).toEqual({
      least: stepAbove(2 ** -49),
      largest: LARGEST_STEP,
      own: 1,
    });
    expect(stepLimits(task, 1, 0.01)).toMatchObject({ largest: 0.01 });
    expect(stepLimits(task, 0, Infinity)).toMatchObject({ least: 0, own: 1 });
    expect(stepLimits(task, 2 ** -20, Infinity)).toMatchObject({ least: stepAbove(2 ** -69), own: 2 ** -20 });
    expect(stepLimits(task, 4, Infinity)).toMatchObject({ least: stepAbove(2 ** -49), own: 1 });
    const single = made(() => 0, Float32Array.of(1, 1)).task;
    expect(stepLimits(single, 1, Infinity).least).toBe(stepAbove(2 ** -20));
  });
});

describe('entries as paths', () => {
  test('are sampled at steps of their own scales, with the noise of the losses', () => {
    const { task, run } = made((x) => x[0]! + 10 * x[1]!, [1, -64], {
      scale: 4,
      noise: { level: 0.5, size: 100 },
    });
    const paths = entryPaths(task, task.noise);
    expect([paths.size(0), paths.size(1), paths.loss]).toEqual([4, 64, task.loss]);
    expect(
      run(
        paths.sample([
          { path: 1, step: 1 / 64 },
          { path: 0, step: 1 / 4 },
          { path: 0, step: 1 / 2 },
        ]),
      ),
    ).toEqual([
      { above: 1, below: 1, forward: -629, backward: -649, noise: (0.5 * 649) / 100 },
      { above: 1, below: 1, forward: -638, backward: -640, noise: (0.5 * 640) / 100 },
      { above: 2, below: 2, forward: -637, backward: -641, noise: (0.5 * 641) / 100 },
    ]);
  });

  test('are not sampled where a budget has no room for all, or has ended', () => {
    const places = [0, 1, 0].map((path) => ({ path, step: 1 }));
    for (const [maxEvaluations, count] of [
      [6, 0],
      [7, 6],
    ] as const) {
      const { task, run, subject } = made((x) => x[0]!, [1, 2], { maxEvaluations });
      expect(run(entryPaths(task, task.noise).sample(places))?.length).toBe(count === 0 ? undefined : 3);
      expect(subject.evaluations.loss).toBe(count);
    }
    const { task, run, subject } = made((x) => x[0]!, [1, 2]);
    const ended = {
      allows: () => true,
      spent: () => true,
      entries: () => 1,
    } as unknown as typeof task.budget;
    expect(run(entryPaths({ ...task, budget: ended }, task.noise).sample(places))).toBeUndefined();
    expect(subject.evaluations.loss).toBe(0);
  });
});

describe('a sweep', () => {
  test('takes the losses on both sides of every entry, and counts them down', () => {
    const { task, run, told, subject } = made((x) => x[0]! * 3 + x[1]! ** 2, [1, 2]);
    const sweep = run(sweepEntries(task, fixedStep(0.5)));
    expect(sweep).toMatchObject({ from: 0, reached: 2 });
    expect([...sweep.above]).toEqual([0.5, 0.5]);
    expect([...sweep.forward]).toEqual([8.5, 9.25]);
    expect([...sweep.backward]).toEqual([5.5, 5.25]);
    expect(told.at(-1)).toBe(0);
    expect(subject.evaluations.loss).toBe(4);
    const [numeric, uncertainty] = [new Float64Array(2), new Float64Array(2)];
    readDifferences(sweep, { level: 0.01, size: 100 }, numeric, uncertainty);
    expect([...numeric]).toEqual([3, 4]);
    expect([...uncertainty]).toEqual([noiseUncertainty(0.01, 1), noiseUncertainty(0.01, 1)]);
    // Larger losses than those that noise was measured of have more.
    readDifferences(sweep, { level: 0.01, size: 4.25 }, numeric, uncertainty);
    expect([...uncertainty]).toEqual([noiseUncertainty(0.02, 1), noiseUncertainty((0.01 * 9.25) / 4.25, 1)]);
    expect(sampleAt(sweep, 1, { level: 0.01, size: 100 })).toEqual({
      above: 0.5,
      below: 0.5,
      forward: 9.25,
      backward: 5.25,
      noise: 0.01,
    });
  });

  test('moves each entry by its own step, those within the scale of the parameter by one', () => {
    const { task, run } = made((x) => x[0]!, [1, -64, 2, 16, 0], { scale: 4 });
    const { above, below } = run(sweepEntries(task, chosenStep(1 / 8, 4)));
    expect([...above]).toEqual([0.5, 8, 0.5, 2, 0.5]);
    expect([...below]).toEqual([...above]);
    const range = { parameter: 0, from: 1, to: 4, count: 3 };
    const part = made((x) => x[0]!, [1, -64, 2, 16, 0], { scale: 4, range });
    expect([...part.run(sweepEntries(part.task, chosenStep(1 / 8, 4))).above]).toEqual([8, 0.5, 2]);
  });

  test('ends where a budget does, and says how far it came', () => {
    for (const [maxEvaluations, reached] of [
      [2, 0],
      [4, 1],
      [5, 2],
      [6, 2],
      [7, 3],
      [99, 3],
    ] as const) {
      const { task, run, subject } = made((x) => x[0]!, [1, 2, 3], { maxEvaluations });
      expect(run(sweepEntries(task, fixedStep(1))).reached).toBe(reached);
      expect(subject.evaluations.loss).toBe(2 * reached);
    }
  });

  test('is of the entries that are due', () => {
    const { task, run } = made((x) => sum(x, (value) => value ** 2), [1, 2, 3, 4], {
      range: { parameter: 0, from: 1, to: 3, count: 2 },
    });
    const sweep = run(sweepEntries(task, fixedStep(1)));
    const numeric = new Float64Array(4).fill(Number.NaN);
    readDifferences(sweep, { level: 0, size: 1 }, numeric, numeric.slice());
    expect([...numeric]).toEqual([Number.NaN, 4, 6, Number.NaN]);
    expect(sampleAt(sweep, 2, { level: 0, size: 1 }).forward).toBe(1 + 4 + 16 + 16);
  });

  test('ends where a budget does', () => {
    const { task, run } = made((x) => sum(x, (value) => value), [1, 2, 3], { maxEvaluations: 6 });
    expect(run(sweepEntries(task, fixedStep(1))).reached).toBe(2);
  });

  test('gives the scale of an entry to its step', () => {
    const { task, run } = made((x) => sum(x, (value) => value), [1, 64, 0], { scale: 2 });
    expect([...run(sweepEntries(task, chosenStep(1 / 8, 2))).above]).toEqual([1 / 4, 8, 1 / 4]);
  });
});

describe('an entry bends', () => {
  /** Slopes of 1 and 1 + κ on the two sides of 0. */
  const bent = (kink: number, level: number, typical: number, stored = 0): readonly number[] => {
    const { task, run } = made((x) => x[0]! + kink * Math.max(x[0]!, 0), [0]);
    const sweep = run(sweepEntries(task, fixedStep(0.5)));
    return bentEntries(task, sweep, { level, size: 100 }, typical, { stored: () => stored });
  };

  test('where its slopes differ by more than a 64th of what is typical', () => {
    expect(bent(1.01 * SMALL_GAP, 0, 1)).toEqual([0]);
    expect(bent(0.99 * SMALL_GAP, 0, 1)).toEqual([]);
    expect(bent(-1.01 * SMALL_GAP, 0, 1)).toEqual([0]);
  });

  test('and by more than noise makes', () => {
    const level = 0.5 / bendUncertainty(1);
    expect(bent(1, 0.99 * level, 1)).toEqual([0]);
    expect(bent(1, 1.01 * level, 1)).toEqual([]);
  });

  test('and by more than numbers make that are rounded as they are stored', () => {
    // Four roundings of the steeper slope, 2, in a bend of 1/2: of three losses, of which one counts twice.
    const bound = 1 / 2 / (4 * 2 * Math.sqrt(3));
    expect(bent(1, 0, 1, 0.99 * bound)).toEqual([0]);
    expect(bent(1, 0, 1, 1.01 * bound)).toEqual([]);
  });

  test('with a kink or without, which closer looks tell', () => {
    const loss = (x: Float64Array): number => 3 * Math.max(x[0]!, 0) + 100 * x[1]! ** 2 + x[2]!;
    const { task, run } = made(loss, [0, 0, 0], { noise: { level: 1e-15 } });
    const step = 1 / 64;
    const sweep = run(sweepEntries(task, chosenStep(step, 1)));
    const noise = { level: 1e-15, size: 1 };
    const entries = bentEntries(task, sweep, noise, 1, { stored: () => 0 });
    expect(entries).toEqual([0, 1]);
    const kinks = run(kinksAmong(task, entryPaths(task, task.noise), entries, sweep, { step, noise }));
    expect([...kinks.keys()]).toEqual([0]);
    const { samples, steps } = kinks.get(0)!;
    expect(samples).toHaveLength(steps.length);
    // At the first step, at the next smaller one, and as close to θ as noise allows.
    expect(steps.slice(0, 2)).toEqual([step, step / 4]);
    expect(steps[2]).toBeLessThan(step / 2 ** 16);
  });

  test('not where all of them together do not', () => {
    const { task, run, subject } = made((x) => sum(x, (value) => 100 * value ** 2), [0, 0, 0]);
    const step = 1 / 64;
    const sweep = run(sweepEntries(task, chosenStep(step, 1)));
    const before = subject.evaluations.loss;
    const kinks = run(
      kinksAmong(task, entryPaths(task, task.noise), [0, 1, 2], sweep, { step, noise: task.noise }),
    );
    expect(kinks.size).toBe(0);
    // One direction of all of them, at two steps.
    expect(subject.evaluations.loss - before).toBe(4);
  });

  test('is looked at no closer than storage tells places apart, and on the way where doubles tell slopes', () => {
    const { task, run } = made((x) => Math.sqrt(Math.abs(x[0]! - 1)), [1]);
    const step = 1 / 64;
    const sweep = run(sweepEntries(task, chosenStep(step, 1)));
    const noise = { level: 1e-17, size: 1 };
    const paths = entryPaths(task, task.noise);
    const stepsBy = (least: number): readonly number[] =>
      run(
        kinksAmong(task, { ...paths, limits: () => ({ least, largest: 1, own: 1 }) }, [0], sweep, {
          step,
          noise,
        }),
      ).get(0)!.steps;
    // A thousand spacings of doubles on the way to where noise ends it.
    expect(stepsBy(0).slice(0, 3)).toEqual([step, step / 4, 2 ** -42]);
    expect(stepsBy(0)[3]).toBeLessThan(2 ** -49);
    expect(stepsBy(step / 32)).toEqual([step, step / 4, step / 32]);
    expect(stepsBy(step / 4)).toEqual([step, step / 4]);
  });

  test('at a jump is looked at closer', () => {
    const { task, run } = made((x) => Number(x[0]! > 0), [0]);
    const step = 1 / 64;
    const sweep = run(sweepEntries(task, chosenStep(step, 1)));
    const noise = { level: 1e-16, size: 1 };
    const kinks = run(kinksAmong(task, entryPaths(task, task.noise), [0], sweep, { step, noise }));
    expect(kinks.get(0)!.steps.length).toBeGreaterThan(3);
  });
});
