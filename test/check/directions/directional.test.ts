/** Random directions and bisection, on a network whose entries are many, and on the errors that they must not let pass. */

import { checkGradients, type GradientCheckOptions, type GradientReport } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { type Gradients, network } from './network.js';

const SIZES = [40, 60, 30, 8];

/** A check of the network with its claimed gradient spoiled, by directions. */
function check(
  spoil: (gradients: Gradients) => void,
  more: { seed?: number; single?: boolean } = {},
): GradientReport {
  const model = network({ sizes: SIZES, draw: 3, single: more.single ?? false });
  const gradients = (): Gradients => {
    const claimed = model.gradients();
    spoil(claimed);
    return claimed;
  };
  return checkGradients({ ...model, gradients }, { method: 'directional', seed: more.seed ?? 1 });
}

const rms = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values).reduce((sum, x) => sum + x * x, 0) / values.length);
const seeds = Array.from({ length: 6 }, (_, k) => k + 1);

describe.each([false, true])('in single precision: %s', (single) => {
  test('a right model is correct, for a fraction of the losses', () => {
    const report = check(() => undefined, { single });
    expect(report).toMatchObject({ verdict: 'correct', method: 'directional', offenders: [], findings: [] });
    expect(report.evaluations.loss).toBeLessThan(single ? 90 : 64);
    expect(report.parameters.every(({ checked, count }) => checked === count)).toBe(true);
    expect(report.resolution).toBeLessThan(single ? 5e-3 : 1e-8);
  });

  test.each(seeds)('one wrong entry is found and named, seed %i', (seed) => {
    const at = (seed * 977) % (60 * 40);
    const report = check(
      ({ W1 }) => {
        W1![at]! += rms(W1!);
      },
      { single, seed },
    );
    expect(report.verdict).toBe('wrong');
    expect(report.offenders.map(({ parameter, index }) => [parameter, index])).toEqual([['W1', [at]]]);
    expect(report.findings[0]).toMatchObject({ code: 'isolated-entries', parameter: 'W1' });
    expect(report.parameters.map(({ verdict }) => verdict)).toEqual(['wrong', ...Array(5).fill('correct')]);
    expect(report.evaluations.loss).toBeLessThan(single ? 200 : 120);
  });
});

describe('errors that directions must not let pass', () => {
  test.each(seeds)('an entry that is zeroed, seed %i', (seed) => {
    const at = (seed * 331) % (30 * 60);
    const report = check(({ W2 }) => void (W2![at] = 0), { seed });
    expect(report.offenders.map(({ index }) => index)).toEqual([[at]]);
  });

  test.each(seeds)('two equal and opposite ones, seed %i', (seed) => {
    const report = check(
      ({ W1 }) => {
        W1![7]! += 0.1;
        W1![2011]! -= 0.1;
      },
      { seed },
    );
    expect(report.verdict).toBe('wrong');
    expect(new Set(report.offenders.map(({ index }) => index[0]))).toEqual(new Set([7, 2011]));
  });

  test('one in a bias beside weights', () => {
    const report = check(({ b2 }) => void (b2![3]! += 0.01));
    expect(report.offenders[0]).toMatchObject({ parameter: 'b2', index: [3] });
  });
});

describe('errors that are everywhere are sampled, and their cause is named', () => {
  const scale =
    (factor: number) =>
    (values: Float64Array | Float32Array): void => {
      for (let i = 0; i < values.length; i += 1) values[i]! *= factor;
    };

  test.each<[string, (gradients: Gradients) => void, object, number]>([
    ['a factor', ({ W1 }) => scale(2)(W1!), { code: 'scaled', parameter: 'W1' }, 400],
    ['a sign', ({ W2 }) => scale(-1)(W2!), { code: 'sign-flipped', parameter: 'W2' }, 400],
    ['zeros', ({ W2 }) => scale(0)(W2!), { code: 'zero-gradient', parameter: 'W2' }, 400],
    ['one factor for all', (all) => Object.values(all).forEach(scale(0.5)), { code: 'scaled' }, 1200],
  ])('%s', (_, spoil, finding, most) => {
    const report = check(spoil);
    expect(report.verdict).toBe('wrong');
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]).toMatchObject(finding);
    const { parameter } = report.findings[0]!;
    expect(parameter).toBe((finding as { parameter?: string }).parameter);
    const blamed = report.parameters.filter(({ name }) => parameter === undefined || name === parameter);
    expect(blamed.filter(({ verdict, wrong, count }) => verdict !== 'wrong' || wrong < count / 2)).toEqual(
      [],
    );
    expect(report.evaluations.loss).toBeLessThan(most);
  });

  test('more wrong entries than are shown, of which the worst asked for are', () => {
    const report = check(({ W1 }) => {
      for (let k = 0; k < 40; k += 1) W1![k * 59]! += 0.05;
    });
    expect(report.verdict).toBe('wrong');
    expect(report.offenders).toHaveLength(5);
    for (const { index } of report.offenders) expect(index[0]! % 59).toBe(0);
  });
});

test('the method follows the size of the model, and can be chosen', () => {
  const model = (count: number) => {
    const x = Float64Array.from({ length: count }, (_, i) => Math.sin(i));
    return {
      parameters: { x },
      loss: () => x[0]! ** 2 + x[1]! ** 3,
      gradients: () => ({ x: x.map((v, i) => (i === 0 ? 2 * v : i === 1 ? 3 * v * v : 0)) }),
    };
  };
  expect(checkGradients(model(10)).method).toBe('exhaustive');
  expect(checkGradients(model(10), { method: 'directional' }).method).toBe('directional');
  // Of so many entries no machine takes each in a second.
  expect(checkGradients(model(1e6))).toMatchObject({ method: 'directional', verdict: 'correct' });
  expect(checkGradients(model(1000), { method: 'exhaustive' }).method).toBe('exhaustive');
});

test('the same seed takes the same directions, another one others', () => {
  const losses = (seed: number): number[] => {
    const seen: number[] = [];
    const model = network({ sizes: SIZES, draw: 1, single: false });
    checkGradients(
      { ...model, loss: () => (seen.push(model.loss()), seen.at(-1)!) },
      { method: 'directional', seed },
    );
    return seen;
  };
  expect(losses(4)).toEqual(losses(4));
  expect(losses(4)).not.toEqual(losses(5));
});

test('with ε given, directions are taken at ε, and no wider', () => {
  const epsilon = 2 ** -12;
  const x = Float64Array.from({ length: 200 }, (_, i) => Math.sin(i + 1));
  const start = x.slice();
  let least: number[] = [];
  const loss = (): number => {
    least.push(x.reduce((size, v, i) => Math.min(size, Math.abs(v - start[i]!)), Infinity));
    return x.reduce((sum, v) => sum + v * v, 0);
  };
  const stepAt = (options: GradientCheckOptions): GradientReport['parameters'][number]['step'] => {
    least = [];
    const model = { parameters: { x }, loss, gradients: () => ({ x: start.map((v) => 2 * v) }) };
    return checkGradients(model, { method: 'directional', points: 1, ...options }).parameters[0]!.step;
  };
  expect(stepAt({ epsilon })!.min).toBeCloseTo(epsilon, 12);
  expect(stepAt({ epsilon })!.max).toBeCloseTo(epsilon, 12);
  // Each entry is moved by ε, or up to twice that; noise is measured in much smaller steps.
  const wide = least.filter((size) => size > epsilon / 2);
  expect(wide.length).toBeGreaterThanOrEqual(4);
  expect(Math.max(...wide)).toBeLessThan(1.1 * epsilon);
  expect(stepAt({})!.max).toBeLessThan(epsilon / 2);
});

test.each([
  ['subgradient', 'correct', []],
  ['reject', 'wrong', [40, 200]],
] as const)('kinks along directions: %s', (kinks, verdict, wrong) => {
  const x = Float64Array.from({ length: 300 }, (_, i) => (i === 40 || i === 200 ? 0 : Math.sin(i + 1)));
  const model = {
    parameters: { x },
    loss: () => x.reduce((sum, v) => sum + Math.abs(v), 0),
    gradients: () => ({ x: x.map((v) => (v >= 0 ? 1 : -1)) }),
  };
  const report = checkGradients(model, { method: 'directional', kinks });
  expect(report.verdict).toBe(verdict);
  expect(new Set(report.offenders.map(({ index }) => index[0]))).toEqual(new Set(wrong));
});

test('a parameter has the same directions whatever else is checked', () => {
  const directions = (only: string[]): Set<string> => {
    const model = network({ sizes: SIZES, draw: 1, single: false });
    const W2 = model.parameters.W2!;
    const start = W2.slice(0, 40);
    const seen = new Set<string>();
    const loss = (): number => {
      const signs = Array.from(start, (value, i) => Math.sign(W2[i]! - value));
      // θ + h v and θ − h v lie along one direction.
      if (!signs.includes(0)) seen.add(signs.map((sign) => sign * signs[0]!).join(''));
      return model.loss();
    };
    checkGradients({ ...model, loss }, { method: 'directional', only, points: 1 });
    return seen;
  };
  const alone = directions(['W2']);
  expect(alone.size).toBeGreaterThanOrEqual(3);
  expect(directions(['W1', 'W2'])).toEqual(alone);
});

describe('a hinge that every direction meets at once is looked at from its other side', () => {
  const count = 4000;
  const x = Float64Array.from({ length: count }, (_, i) => Math.sin(i + 1));
  const dot = (): number => x.reduce((sum, v, i) => sum + v * Math.cos(3 * i), 0);
  // Just above the hinge: on one side of any direction the loss loses a slope as large as its own.
  const hinge = dot() - 1e-9;
  const loss = (): number => x.reduce((sum, v) => sum + v * v, 0) / 2 + Math.max(0, dot() - hinge);
  const gradient = (): Float64Array => x.map((v, i) => v + (dot() > hinge ? Math.cos(3 * i) : 0));

  test('a right claim costs a ladder of steps for each direction, and no more', () => {
    const few = checkGradients(
      { parameters: { x }, loss, gradients: () => ({ x: gradient() }) },
      { method: 'directional' },
    );
    expect(few.verdict).toBe('correct');
    expect(few.evaluations.loss).toBeLessThan(x.length / 4);
  });

  test('a wrong entry is named', () => {
    const gradients = () => ({ x: gradient().map((g, i) => (i === 1234 ? g + 1 : g)) });
    const report = checkGradients({ parameters: { x }, loss, gradients }, { method: 'directional' });
    expect(report.verdict).toBe('wrong');
    expect(report.offenders.map(({ index }) => index)).toEqual([[1234]]);
  });
});
