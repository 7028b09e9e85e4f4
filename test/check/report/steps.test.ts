/** The differences at falling steps that a report has of its worst entries. */

import { checkGradients, checkJacobian, compareGradients, jsonOf, type Offender } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { briefOf } from '../../../src/render/json.js';
import { modelOf } from '../../pages/pictured.js';

/** J = x⁴ + 3y, with a claim that is off by one in x. */
const parameters = { x: [0.75], y: [2] };
const lossAt = (x: number, y: number): number => x ** 4 + 3 * y;
const model = {
  parameters,
  loss: () => lossAt(parameters.x[0]!, parameters.y[0]!),
  gradients: () => ({ x: [4 * parameters.x[0]! ** 3 + 1], y: [3] }),
};
const stepsOf = ({ steps }: Offender): NonNullable<Offender['steps']> => steps ?? [];

test('fall, and are those of the loss', () => {
  const { offenders } = checkGradients(model);
  const steps = stepsOf(offenders[0]!);
  expect(steps.length).toBeGreaterThan(2);
  const [x, y] = [parameters.x[0]!, parameters.y[0]!];
  for (const { step, numeric, forward, backward } of steps) {
    const above = x + step - x;
    expect(numeric).toBeCloseTo((lossAt(x + step, y) - lossAt(x - step, y)) / (2 * above), 10);
    expect(forward).toBeCloseTo((lossAt(x + step, y) - lossAt(x, y)) / above, 10);
    expect(backward).toBeCloseTo((lossAt(x, y) - lossAt(x - step, y)) / above, 10);
  }
  expect(steps.slice(1).every(({ step }, k) => step < steps[k]!.step)).toBe(true);
});

test('have the derivative within what noise makes of them, which grows as they fall', () => {
  const steps = stepsOf(checkGradients(model).offenders[0]!);
  const exact = 4 * 0.75 ** 3;
  const curvature = ({ step }: { readonly step: number }): number => 4 * 0.75 * step ** 2;
  expect(steps.every((one) => Math.abs(one.numeric - exact) <= one.uncertainty + 2 * curvature(one))).toBe(
    true,
  );
  expect(steps.slice(1).every(({ uncertainty }, k) => uncertainty > steps[k]!.uncertainty)).toBe(true);
});

test('have that of a given ε among them', () => {
  const [worst] = checkGradients(model, { epsilon: 1e-4 }).offenders;
  expect(stepsOf(worst!).map(({ step }) => step)).toContainEqual(expect.closeTo(1e-4, 12));
  expect(stepsOf(worst!).find(({ step }) => Math.abs(step - 1e-4) < 1e-9)?.numeric).toBe(worst!.numeric);
});

test('have both slopes at a kink', () => {
  const x = [0];
  const kinked = {
    parameters: { x },
    loss: () => 3 * x[0]! + Math.abs(x[0]!),
    gradients: () => ({ x: [5] }),
  };
  const steps = stepsOf(checkGradients(kinked).offenders[0]!);
  expect(steps.slice(0, 3).map(({ forward, backward }) => [forward, backward])).toEqual(
    Array.from({ length: 3 }, () => [expect.closeTo(4, 9), expect.closeTo(2, 9)]),
  );
});

test('are NaN where there is no loss', () => {
  const x = [0];
  const edge = {
    parameters: { x },
    loss: () => (x[0]! < 0 ? Number.NaN : Math.exp(x[0]!)),
    gradients: () => ({ x: [2] }),
  };
  const [first] = stepsOf(checkGradients(edge).offenders[0]!);
  expect(first).toMatchObject({ numeric: Number.NaN, backward: Number.NaN, forward: expect.closeTo(1, 2) });
});

test('are one where noise leaves nothing to look at more closely', () => {
  const x = [1, 0.5];
  const noisy = {
    parameters: { x },
    loss: () => Math.fround(1000 + 1e-3 * (x[0]! ** 2 + x[1]!)),
    gradients: () => ({ x: [2.2e-3, 1e-3] }),
  };
  const { verdict, offenders } = checkGradients(noisy);
  expect(verdict).toBe('inconclusive');
  const [only, ...others] = stepsOf(offenders[0]!);
  expect(others).toEqual([]);
  expect(only!.numeric).toBe(offenders[0]!.numeric);
});

describe('the worst entries', () => {
  const wrong = modelOf({ W: [6, 7], b: [3] }, (derivative) => 2 * derivative);

  test('have them, as many as are reported', () => {
    for (const worst of [1, 3, 40]) {
      const { offenders } = checkGradients(wrong as typeof model, { worst });
      expect(offenders).toHaveLength(worst);
      expect(offenders.map((one) => stepsOf(one).length > 1)).not.toContain(false);
    }
  });

  test('have them where they were found along directions', () => {
    const one = modelOf({ W: [40, 30] }, (derivative, entry) =>
      entry === 777 ? derivative + 1 : derivative,
    );
    const { offenders } = checkGradients(one as typeof model, { method: 'directional' });
    expect(offenders.map(({ index }) => index)).toEqual([[25, 27]]);
    expect(stepsOf(offenders[0]!).at(0)!.numeric).toBeCloseTo(offenders[0]!.numeric, 4);
    expect(stepsOf(offenders[0]!).length).toBeGreaterThan(1);
  });

  test('have those of their own output', () => {
    const layer = {
      parameters: { x: [1, -2, 0.5] },
      outputs: ({ x }: { x: number[] }) => x.map((v) => v ** 3),
      jacobian: ({ x }: { x: number[] }) => x.map((v, i) => x.map((_, j) => (i === j ? 2 * v ** 2 : 0))),
    };
    const { offenders } = checkJacobian(layer);
    expect(offenders).toHaveLength(3);
    for (const one of offenders) {
      expect(one.outputIndex).toEqual(one.index);
      expect(stepsOf(one).some(({ numeric }) => Math.abs(numeric - one.numeric) < 1e-6)).toBe(true);
    }
  });

  test('have none beside a reference', () => {
    const { offenders } = compareGradients(model, { gradients: () => ({ x: [1], y: [3] }) });
    expect(offenders[0]).not.toHaveProperty('steps');
  });

  test('have none in a brief report', () => {
    const report = checkGradients(model);
    expect(jsonOf(report).offenders[0]!.steps).toEqual(report.offenders[0]!.steps);
    expect(briefOf(report).offenders[0]).not.toHaveProperty('steps');
  });
});
