/** Where a model offers `losses` beside `loss`, the two have to be one function, and are told apart when one is at fault. */

import {
  checkGradients,
  type Displacement,
  type GradientCheckOptions,
  type GradientReport,
  type Model,
} from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { thrownBy } from '../../bits.js';
import { displaced } from '../displaced.js';

describe('loss and losses', () => {
  /** Squares, by a `loss` and a `losses` that may differ. */
  const squares = ({
    start = [1, 2],
    one = (x: number) => x * x,
    many = one,
    slope = (x: number) => 2 * x,
    options = {},
  }: {
    start?: number[];
    one?: (x: number) => number;
    many?: (x: number, i: number) => number;
    slope?: (x: number, i: number) => number;
    options?: GradientCheckOptions;
  }) => {
    const x = Float64Array.from(start);
    const sum = (values: Float64Array, of: (x: number, i: number) => number): number =>
      values.reduce((total, value, i) => total + of(value, i), 0);
    const model: Model<{ x: Float64Array }> = {
      parameters: { x },
      loss: () => sum(x, one),
      losses: (displacements) => displacements.map((d) => sum(displaced(x, d['x']), many)),
      gradients: () => ({ x: x.map(slope) }),
    };
    return () => checkGradients(model, options) as GradientReport;
  };
  const refusal = (run: () => unknown): unknown => {
    const error = thrownBy(run);
    expect(error).toBeInstanceOf(TypeError);
    return (error as Error).message;
  };

  test('may be computed in other precisions', () => {
    expect(squares({ many: (x) => x * x * (1 + 5e-6) })().evaluations.loss).toBeGreaterThan(10);
    expect(squares({ many: (x) => Math.fround(Math.fround(x) ** 2) })()).toMatchObject({
      verdict: 'correct',
    });
    expect(squares({ one: (x) => Math.fround(x * x), many: (x) => x * x })()).toMatchObject({
      verdict: 'correct',
    });
    // A loss that is small for cancellation, as rounding of its parameters shows.
    const cancelling = (round: (x: number) => number) => (x: number) => (round(x) - 1) * 1e3;
    const options = {
      start: [1 + 1e-9, 1 + 2e-9],
      one: cancelling((x) => x),
      many: cancelling(Math.fround),
      slope: () => 1e3,
    };
    expect(squares(options)()).toMatchObject({ verdict: 'correct' });
  });

  test('that differ at the parameters are refused, with both values', () => {
    expect(refusal(squares({ many: (x) => (x * x) / 2 }))).toBe(
      'expect-gradients: losses([{}]) must be loss(parameters), but it gave 2.5 where loss() gave 5.',
    );
    expect(refusal(squares({ many: (x) => x * x * (1 + 2e-5) }))).toContain('where loss() gave 5.');
    expect(refusal(squares({ many: () => NaN }))).toContain('gave NaN where loss() gave 5.');
    expect(refusal(squares({ many: () => Infinity }))).toContain('gave Infinity where loss() gave 5.');
  });

  test('that differ beside them are refused, and no gradient is blamed for it', () => {
    // The displacement of the second entry is forgotten.
    expect(refusal(squares({ many: (x, i) => (i === 0 ? x * x : 4) }))).toMatch(
      /^expect-gradients: losses\(\) must be loss\(\) at the displaced parameters, but it gave (\d\.\d+) where loss\(\) gave (?!\1)\d\.\d+\.$/,
    );
  });

  test('may leave their domain beside the parameters, the one before the other', () => {
    const many = (x: number, i: number): number => (Math.abs(x - (i + 1)) > 1e-3 ? Infinity : x * x);
    expect(squares({ many, slope: (x) => 3 * x })()).toMatchObject({
      verdict: 'wrong',
      findings: [{ code: 'scaled' }],
    });
  });

  test('that are not finite are told by their names', () => {
    const there = squares({ one: () => NaN })();
    expect(there.findings[0]!.title).toBe('losses() is NaN at the parameters as given.');
    const beside = squares({ one: (x) => x * x, many: (x) => (Number.isInteger(x) ? x * x : NaN) })();
    expect(beside.findings[0]!.title).toMatch(/^losses\(\) is not finite beside the parameters/);
  });

  test('that differ by a parameter that losses forgets are refused, though its gradient is zero too', () => {
    const [w, b] = [Float64Array.of(3), Float64Array.of(1)];
    const model = {
      parameters: { w, b },
      loss: () => w[0]! ** 2 + b[0]!,
      losses: (displacements: readonly Displacement[]) =>
        displacements.map((d) => displaced(w, d['w'])[0]! ** 2 + displaced(b, d['bias'])[0]!),
      gradients: () => ({ w: [2 * w[0]!], b: [0] }),
    };
    expect(refusal(() => checkGradients(model))).toMatch(/^expect-gradients: losses\(\) must be loss\(\) at/);
    // With the right name it is the gradient that is wrong.
    const mended = (displacements: readonly Displacement[]): number[] =>
      displacements.map((d) => displaced(w, d['w'])[0]! ** 2 + displaced(b, d['b'])[0]!);
    expect(checkGradients({ ...model, losses: mended })).toMatchObject({
      verdict: 'wrong',
      findings: [{ code: 'zero-gradient', parameter: 'b' }],
    });
  });

  test('are each seen to change from call to call', () => {
    let calls = 0;
    const drifting = (x: number): number => x * x + (calls += 1) * 1e-3;
    for (const [functions, name] of [
      [{ many: drifting, one: (x: number) => x * x }, 'losses'],
      [{ one: drifting, many: (x: number) => x * x }, 'loss'],
    ] as const) {
      const report = squares(functions)();
      expect(report.verdict).toBe('inconclusive');
      expect(report.findings.map(({ code }) => code)).toEqual(['nondeterministic-loss']);
      expect(report.findings[0]!.title).toMatch(new RegExp(`^${name}\\(\\) is not deterministic`));
    }
  });

  test('are seen to change in the last call', () => {
    let calls = 0;
    const late = (x: number): number => x * x + ((calls += 1) > 40 ? 1e-2 : 0);
    expect(squares({ many: late, one: (x) => x * x })().findings[0]).toMatchObject({
      code: 'nondeterministic-loss',
    });
  });

  test.each([
    ['at every point', () => true],
    ['at displaced points only', (d: Displacement) => 'x' in d],
  ])('that change the parameters %s are told by their names', (_, changes) => {
    const x = Float64Array.of(1, 2);
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value ** 2, 0);
    const report = checkGradients({
      parameters: { x },
      loss: () => sum(x),
      losses: (displacements: readonly Displacement[]) =>
        displacements.map((d) => {
          const point = displaced(x, d['x']);
          if (changes(d)) x.set(point.map((value) => value + 1e-3));
          return sum(point);
        }),
      gradients: () => ({ x: x.map((value) => 2 * value) }),
    });
    expect(report.findings[0]).toMatchObject({ code: 'mutated-parameters' });
    expect(report.findings[0]!.title).toMatch(/^losses\(\) changed the parameters/);
    expect([...x]).toEqual([1, 2]);
  });

  test('leave the backward pass what the loss cached', () => {
    const x = Float64Array.of(1, 2);
    let cache = x.slice();
    const sum = (values: Float64Array): number => {
      cache = values.slice();
      return values.reduce((total, value) => total + value ** 3, 0);
    };
    const model = {
      parameters: { x },
      loss: () => sum(x),
      losses: (displacements: readonly Displacement[]) => displacements.map((d) => sum(displaced(x, d['x']))),
      gradients: () => ({ x: cache.map((value, i) => 3 * value ** 2 + i) }),
    };
    expect(checkGradients(model)).toEqual(
      checkGradients({ parameters: { x }, loss: model.loss, gradients: model.gradients }),
    );
    expect(checkGradients(model).findings.map(({ code }) => code)).not.toContain('stale-cache');
  });
});
