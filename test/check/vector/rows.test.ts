/** Steps that functions of the same outputs share, and how noisy the claims for each of them are. */

import { expect, test } from 'vitest';
import type { RunPlan } from '../../../src/check/runs/look.js';
import { productNoise, type Row } from '../../../src/check/vector/products.js';
import { sharedSteps } from '../../../src/check/vector/rows.js';
import { NOISE_COVERAGE } from '../../../src/numerics/difference.js';
import { LARGEST_STEP, STEP_RATIO } from '../../../src/numerics/step.js';
import { made as madeTask } from '../task.js';
import { made, twoByTwo } from './task.js';

const PLAN: RunPlan = { looks: { least: 2, most: 3 }, most: 16, tolerance: 1e-7, hasTime: () => true };

test('a function is measured at the step of another where that is next to its own, within what is smooth', () => {
  const strategy = sharedSteps(Infinity);
  expect(strategy).toMatchObject({ method: 'exhaustive', moved: Infinity });
  /** The step of a straight line with so much noise, in units of the scale: of which the balance grows like the third root. */
  const stepAt = (level: number, of = strategy, loss = (x: number): number => x): number => {
    const noise = { level, size: 1 };
    const { task, run } = madeTask((x) => loss(x[0]!), [1], { claim: [1], noise });
    return run(of.measure(task, PLAN)).step!.min;
  };
  const own = (level: number): number => stepAt(level, sharedSteps(Infinity));
  const LEVEL = 1e-12;
  const ladder = [0, 1, 2].map((k) => own(LEVEL * STEP_RATIO ** (3 * k)));
  expect(ladder.map((step) => Math.round(Math.log(step / ladder[0]!) / Math.log(STEP_RATIO)))).toEqual([
    0, 1, 2,
  ]);
  expect(ladder[2]!).toBeLessThan(LARGEST_STEP);
  const [one, next, far] = [0, 1, 2].map((k) => LEVEL * STEP_RATIO ** (3 * k)) as [number, number, number];
  // The middle one first: both others are next to it.
  expect([next, one, far].map((level) => stepAt(level))).toEqual([ladder[1], ladder[1], ladder[1]]);
  const other = sharedSteps(Infinity);
  expect([one, far, next].map((level) => stepAt(level, other))).toEqual([ladder[0], ladder[2], ladder[0]]);
  // Not where that is beyond what is smooth.
  const third = sharedSteps(Infinity);
  const wave = (x: number): number => x + 1e-6 * Math.sin(1e6 * x);
  expect(stepAt(next, third)).toBe(ladder[1]);
  const short = stepAt(Number.NaN, sharedSteps(Infinity), wave);
  expect(short).toBeLessThan(1e-6);
  expect(stepAt(Number.NaN, third, wave)).toBe(short);
});

test('the noise of a product is shared by the rows of its matrix, by their sizes; that along a tangent is of each', () => {
  const model = twoByTwo();
  // Products in single precision, the rounding of which shows close to the parameters.
  const rounded = (values: readonly number[]): number[] => values.map((x) => Math.fround(x));
  const { task, run } = made({
    ...model,
    vjp: (...given: Parameters<typeof model.vjp>) => {
      const { p, q } = model.vjp(...given);
      return { p: rounded(p), q: rounded(q) };
    },
    jvp: (...given: Parameters<typeof model.jvp>) => {
      const { a, b } = model.jvp(...given);
      return { a: rounded(a), b: rounded(b) };
    },
  });
  const row = (size: number): Row => ({
    value: (outputs) => size * outputs[0]!,
    analytic: [Float64Array.of(3 * size, 0, 0), Float64Array.of(0, 4 * size)],
  });
  const rows = [row(3), row(4)];
  const sizes = [Float64Array.of(1, 2, -4), Float64Array.of(1, 1)];
  const noiseOf = (role: 'vjp' | 'jvp'): ((one: Row) => readonly Float64Array[]) => {
    const width = role === 'vjp' ? [3, 2] : [2, 3];
    const opening = {
      role,
      vector: [],
      value: (outputs: Float64Array) => outputs[0]!,
      analytic: width.map((count) => new Float64Array(count).fill(Math.fround(1 / 3))),
      preconditions: undefined as never,
      lossTime: 0,
      *claim({ path, multiple, into }: { path: never; multiple: number; into: Float64Array[] }) {
        const ones = (role === 'vjp' ? [2, 3] : [3, 2]).map((count) => new Float64Array(count).fill(1));
        yield { kind: 'derivative', role, vector: ones, path, multiple, into } as const;
      },
    } as unknown as Parameters<typeof productNoise>[1];
    const noise = productNoise(task, opening, rows, sizes);
    return (one) => run(noise(one));
  };
  const backward = noiseOf('vjp');
  const [first, second] = rows.map(backward) as [readonly Float64Array[], readonly Float64Array[]];
  expect(first[0]![0]).toBeGreaterThan(0);
  expect(first[0]![0]).toBeLessThan(NOISE_COVERAGE * 2 ** -18);
  // Rows of sizes 3 and 4, of 5 together.
  for (const [p, bounds] of first.entries())
    for (const [i, bound] of bounds.entries()) expect(second[p]![i]! / bound).toBeCloseTo(4 / 3, 12);
  const whole = backward(row(5));
  expect(first[0]![0]! / whole[0]![0]!).toBeCloseTo(3 / 5, 12);
  const forward = noiseOf('jvp')(row(3));
  expect(forward.map((own) => [...own])).toEqual([
    [1, 1 / 2, 1 / 4].map((share) => expect.closeTo(share * forward[0]![0]!, 20)),
    [1, 1].map((share) => expect.closeTo(share * forward[0]![0]!, 20)),
  ]);
  expect(forward[0]![0]).toBeGreaterThan(0);
});
