import { describe, expect, test } from 'vitest';
import { checkGradients, type GradientCheckOptions, type GradientReport, type Model } from 'expect-gradients';

/** A loss of a few numbers with its gradient, both written out. */
const model = (
  x: number[] | Float32Array | Float64Array,
  loss: (x: number[]) => number,
  gradient: (x: number[]) => number[] | Float32Array | Float64Array,
): Model<{ x: typeof x }> => ({
  parameters: { x },
  loss: (p) => loss(p.x as number[]),
  gradients: (p) => ({ x: gradient(p.x as number[]) }),
});

const check = (
  subject: Model<{ x: number[] | Float32Array | Float64Array }>,
  options?: GradientCheckOptions,
): GradientReport => checkGradients(subject, options) as GradientReport;

const squares = (x: readonly number[]): number => x.reduce((sum, v) => sum + v * v, 0);
const doubled = (x: readonly number[]): number[] => Array.from(x, (v) => 2 * v);
const rosenbrock = ([a, b]: number[]): number => (1 - a!) ** 2 + 100 * (b! - a! ** 2) ** 2;
const rosenbrockSlope = ([a, b]: number[]): number[] => [
  -2 * (1 - a!) - 400 * a! * (b! - a! ** 2),
  200 * (b! - a! ** 2),
];
const relu = (v: number): number => Math.max(0, v);
const f32 = Math.fround;

describe('right gradients are accepted, without options', () => {
  test.each<[string, Model<{ x: number[] | Float32Array | Float64Array }>]>([
    ['a sum of squares', model([1, -2, 3], squares, doubled)],
    ['a large offset', model([1, -2, 3], (x) => squares(x) + 1e6, doubled)],
    ['large parameters', model([1e6, -2e6], squares, doubled)],
    ['tiny parameters', model([1e-8, -2e-8], squares, doubled)],
    ['parameters at 1e150', model([1e150, -2e150], squares, doubled)],
    [
      'cubes near 1e-4',
      model(
        [1e-4, 2e-4],
        (x) => x[0]! ** 3 + x[1]! ** 3,
        (x) => Array.from(x, (v) => 3 * v * v),
      ),
    ],
    [
      'log at 1e-3',
      model(
        [1e-3, 1],
        (x) => Math.log(x[0]!) + x[1]!,
        (x) => [1 / x[0]!, 1],
      ),
    ],
    [
      'log beside a far larger parameter',
      model(
        [1e-7, 3],
        (x) => Math.log(x[0]!) + x[1]!,
        (x) => [1 / x[0]!, 1],
      ),
    ],
    [
      '√x at a wall',
      model(
        [0.25, 0],
        (x) => Math.sqrt(x[0]!) + (x[1]! < 0 ? Number.NaN : 2 * x[1]!),
        (x) => [0.5 / Math.sqrt(x[0]!), 2],
      ),
    ],
    ['Rosenbrock', model([-1.2, 1], rosenbrock, rosenbrockSlope)],
    ['Rosenbrock at its minimum', model([1, 1], rosenbrock, () => [0, 0])],
    [
      'a stationary point of a cosine',
      model(
        [0, 0],
        (x) => Math.cos(x[0]!) + Math.cos(x[1]!),
        () => [0, 0],
      ),
    ],
    [
      'parameters that are all zero',
      model(
        [0, 0],
        (x) => Math.exp(x[0]! - 2 * x[1]!),
        (x) => [Math.exp(x[0]! - 2 * x[1]!), -2 * Math.exp(x[0]! - 2 * x[1]!)],
      ),
    ],
    [
      'a ReLU at its corner, slope 0',
      model(
        [0, 1],
        (x) => relu(x[0]!) + x[1]! ** 2,
        (x) => [0, 2 * x[1]!],
      ),
    ],
    [
      'a ReLU at its corner, slope 1',
      model(
        [0, 1],
        (x) => relu(x[0]!) + x[1]! ** 2,
        (x) => [1, 2 * x[1]!],
      ),
    ],
    [
      'a ReLU at its corner, slope ½',
      model(
        [0, 1],
        (x) => relu(x[0]!) + x[1]! ** 2,
        (x) => [0.5, 2 * x[1]!],
      ),
    ],
    [
      'a ReLU just beside its corner',
      model(
        [1e-9, 1],
        (x) => relu(x[0]!) + x[1]! ** 2,
        (x) => [1, 2 * x[1]!],
      ),
    ],
    [
      'a steep entry beside a flat one',
      model(
        [1, 1],
        (x) => Math.exp(20 * x[0]!) + x[1]!,
        (x) => [20 * Math.exp(20 * x[0]!), 1],
      ),
    ],
    [
      'a fast ripple',
      model(
        [0.3, 0.5],
        (x) => Math.sin(1000 * x[0]!) + x[1]! ** 2,
        (x) => [1000 * Math.cos(1000 * x[0]!), 2 * x[1]!],
      ),
    ],
    [
      'float32 storage',
      model(
        Float32Array.of(0.1, -0.7),
        (x) => Math.exp(x[0]! * x[1]!),
        (x) => [x[1]! * Math.exp(x[0]! * x[1]!), x[0]! * Math.exp(x[0]! * x[1]!)],
      ),
    ],
    [
      'a float32 loss',
      model(
        Float32Array.of(0.1, -0.7),
        (x) => f32(f32(Math.exp(x[0]!)) + f32(x[1]! * x[1]!)),
        (x) => [Math.exp(x[0]!), 2 * x[1]!],
      ),
    ],
    [
      'a float32 gradient under a float64 loss',
      model(
        [0.1, -0.7],
        (x) => Math.exp(x[0]!) + x[1]! ** 3,
        (x) => Float32Array.of(Math.exp(x[0]!) * (1 + 3e-7), 3 * x[1]! ** 2),
      ),
    ],
    [
      'a dead entry beside live ones',
      model(
        [1, 2],
        (x) => x[0]! ** 2,
        (x) => [2 * x[0]!, 0],
      ),
    ],
  ])('%s', (_, subject) => {
    const before = Array.from(subject.parameters.x);
    const report = check(subject);
    expect(report.verdict).toBe('correct');
    expect(
      report.difference <= report.tolerance ||
        report.findings.some(({ code }) => code === 'stationary-point'),
    ).toBe(true);
    expect(report.offenders).toEqual([]);
    expect(Array.from(subject.parameters.x)).toEqual(before);
  });
});

describe('an entry is measured against its parameter, or itself where it is larger', () => {
  test('one far below the root mean square may be off by as much as that allows', () => {
    const off = model([1, 1e-9], squares, (x) => [2 * x[0]!, 3 * x[1]!]);
    expect(check(off).verdict).toBe('correct');
  });

  test('one far above it may be off by its own share', () => {
    const x = new Float64Array(400);
    x[0] = 1;
    const off = model(
      x,
      (v) => v[0]! ** 2 + 1e-9 * squares(v.slice(1)),
      (v) => Array.from(v, (e, i) => (i === 0 ? 2 * e * (1 + 1e-3) : 2e-9 * e)),
    );
    expect(check(off, { tolerance: 1e-3 }).verdict).toBe('correct');
    expect(check(off, { tolerance: 1e-4 }).verdict).toBe('wrong');
  });
});

describe('wrong gradients are rejected, without options, and the entry is named', () => {
  test.each<[string, Model<{ x: number[] | Float32Array | Float64Array }>, number]>([
    [
      'by 1e-4 of the root mean square',
      model([1, -2, 3], squares, (x) => [2 * x[0]!, 2 * x[1]! + 5e-4, 2 * x[2]!]),
      1,
    ],
    [
      'missing beside a steep one',
      model(
        [1, 1],
        (x) => Math.exp(20 * x[0]!) + 1e4 * x[1]!,
        (x) => [20 * Math.exp(20 * x[0]!), 0],
      ),
      1,
    ],
    [
      'a constant at a stationary point',
      model(
        [0, 0],
        (x) => Math.cos(x[0]!) + Math.cos(x[1]!),
        () => [0, 1e-6],
      ),
      1,
    ],
    [
      'outside the slopes of a kink',
      model(
        [0, 1],
        (x) => relu(x[0]!) + x[1]! ** 2,
        (x) => [1.1, 2 * x[1]!],
      ),
      0,
    ],
    ['NaN', model([1, 2], squares, (x) => [Number.NaN, 2 * x[1]!]), 0],
    ['infinite', model([1, 2], squares, (x) => [2 * x[0]!, -Infinity]), 1],
    [
      'an entry that nothing moves',
      model(
        [1, 2],
        (x) => x[0]! ** 2,
        (x) => [2 * x[0]!, 0.1],
      ),
      1,
    ],
    [
      'tiny, with the wrong sign',
      model(
        [1, 2],
        (x) => 1e-6 * squares(x),
        (x) => [2e-6 * x[0]!, -2e-6 * x[1]!],
      ),
      1,
    ],
    [
      '5 % in a float32 loss',
      model(
        Float32Array.of(0.1, -0.7),
        (x) => f32(f32(Math.exp(x[0]!)) + f32(x[1]! * x[1]!)),
        (x) => [Math.exp(x[0]!), 2.1 * x[1]!],
      ),
      1,
    ],
    [
      'at 1e-200',
      model(
        [1, 2],
        (x) => 1e-200 * squares(x),
        (x) => [2e-200 * x[0]!, 5e-200 * x[1]!],
      ),
      1,
    ],
    [
      'at 1e200',
      model(
        [1, 2],
        (x) => 1e200 * squares(x),
        (x) => [2e200 * x[0]!, 5e200 * x[1]!],
      ),
      1,
    ],
  ])('%s', (_, subject, entry) => {
    const report = check(subject);
    expect(report.verdict).toBe('wrong');
    expect(report.offenders[0]).toMatchObject({ parameter: 'x', index: [entry], verdict: 'wrong' });
    expect(report.parameters[0]).toMatchObject({ verdict: 'wrong', wrong: 1 });
  });

  test('as a whole, by many errors each too small to count', () => {
    const x = Array.from({ length: 100 }, (_, i) => 1 + i / 100);
    const report = check(model(x, squares, (v) => Array.from(v, (e) => 2 * e * (1 + 3e-7))));
    expect(report.verdict).toBe('wrong');
  });
});

describe('what can not be told is inconclusive, with the reason', () => {
  test.each<[string, Model<{ x: number[] | Float32Array | Float64Array }>, GradientCheckOptions, string]>([
    [
      'a loss that no perturbation moves, with a claim of zero',
      model(
        [1, 2],
        () => 3,
        () => [0, 0],
      ),
      {},
      'unused-parameter',
    ],
    [
      'a loss that no perturbation moves, with a claim',
      model(
        [1, 2],
        () => 3,
        () => [1, 0],
      ),
      {},
      'unused-parameter',
    ],
    [
      'a loss of NaN',
      model(
        [1, 2],
        () => Number.NaN,
        () => [1, 0],
      ),
      {},
      'non-finite-loss',
    ],
    [
      'an infinite loss',
      model(
        [1, 2],
        () => Infinity,
        () => [1, 0],
      ),
      {},
      'non-finite-loss',
    ],
    [
      'ε beyond the edge of the domain',
      model(
        [1e-6],
        (x) => Math.log(x[0]!),
        (x) => [1 / x[0]!],
      ),
      { epsilon: 1e-5 },
      'non-finite-loss',
    ],
    ['ε lost in storage', model(Float32Array.of(1), squares, doubled), { epsilon: 1e-9 }, 'poor-epsilon'],
    [
      'ε too small for the noise',
      model([1, 2], (x) => squares(x) + 1e6, doubled),
      { epsilon: 1e-7, tolerance: 1e-7 },
      'poor-epsilon',
    ],
    [
      'ε too large for the curvature',
      model(
        [1e-4, 2e-4],
        (x) => x[0]! ** 3 + x[1]! ** 3,
        (x) => Array.from(x, (v) => 3 * v * v),
      ),
      { epsilon: 1e-3 },
      'poor-epsilon',
    ],
    [
      'a tolerance finer than the noise',
      model([1.1, 2.3], (x) => squares(x) + 1e6, doubled),
      { tolerance: 1e-13 },
      'noisy-loss',
    ],
  ])('%s', (_, subject, options, code) => {
    const report = check(subject, options);
    expect(report.verdict).toBe('inconclusive');
    expect(report.findings[0]?.code).toBe(code);
    expect(report.parameters.some(({ verdict }) => verdict === 'wrong')).toBe(false);
    expect(report.offenders.every(({ verdict }) => verdict === 'inconclusive')).toBe(true);
  });

  test.each<[string, (calls: number) => number, string]>([
    ['changes on every call', (calls) => 1e-9 * calls, 'nondeterministic-loss'],
    ['changes on the last call only', (calls) => (calls > 14 ? 1e-2 : 0), 'nondeterministic-loss'],
  ])('a loss that %s', (_, drift, code) => {
    let calls = 0;
    const subject = model([1, 2], (x) => squares(x) + drift((calls += 1)), doubled);
    const report = check(subject);
    expect(report.verdict).toBe('inconclusive');
    expect(report.findings[0]?.code).toBe(code);
  });

  test('gradients that add up', () => {
    const sum = [0, 0];
    const report = check(
      model([1, 2], squares, (x) => {
        for (let i = 0; i < 2; i += 1) sum[i]! += 2 * x[i]!;
        return sum;
      }),
    );
    expect(report.verdict).toBe('inconclusive');
    expect(report.findings[0]).toMatchObject({
      code: 'accumulated-gradients',
      parameter: 'x',
      evidence: { calls: 3, ratio: 2 },
    });
  });

  test.each(['loss', 'gradients'] as const)(
    'parameters that %s() changes, and they are put back',
    (culprit) => {
      const x = [1, -0, 2];
      const touch = (name: string): void => {
        if (name === culprit) x[2]! -= 0.5;
      };
      const report = check(
        model(
          x,
          (v) => (touch('loss'), squares(v)),
          (v) => (touch('gradients'), doubled(v)),
        ),
      );
      expect(report.verdict).toBe('inconclusive');
      expect(report.findings[0]).toMatchObject({
        code: 'mutated-parameters',
        parameter: 'x',
        evidence: { entries: 1 },
      });
      expect(report.findings[0]?.title).toContain(`${culprit}()`);
      expect(x).toEqual([1, -0, 2]);
    },
  );
});

describe('a kink', () => {
  const atCorner = (): Model<{ x: number[] | Float32Array | Float64Array }> =>
    model(
      [0, 1],
      (x) => relu(x[0]!) + x[1]! ** 2,
      (x) => [1, 2 * x[1]!],
    );

  test('is told when a subgradient was accepted', () => {
    expect(check(atCorner()).findings).toMatchObject([
      { code: 'kink', parameter: 'x', evidence: { entries: 1 } },
    ]);
  });

  test("is wrong with kinks: 'reject', where the claim is not the mean slope", () => {
    expect(check(atCorner(), { kinks: 'reject' })).toMatchObject({
      verdict: 'wrong',
      offenders: [{ index: [0], analytic: 1 }],
    });
  });
});

describe('one group can not hide another', () => {
  const two = (small: number): Model => ({
    parameters: { W: new Float64Array(1000).fill(1), b: [1e-3] },
    loss: (p) => {
      const { W, b } = p as { W: Float64Array; b: number[] };
      return 1e3 * squares(Array.from(W)) + b[0]! ** 2;
    },
    gradients: (p) => {
      const { W, b } = p as { W: Float64Array; b: number[] };
      return { W: W.map((w) => 2e3 * w), b: [small * b[0]!] };
    },
  });

  test('a small bias behind a large weight matrix', () => {
    const report = checkGradients(two(-2), { epsilon: 1e-4, tolerance: 1e-2 }) as GradientReport;
    expect(report.difference).toBeLessThan(1e-7);
    expect(report.verdict).toBe('wrong');
    expect(report.parameters.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['W', 'correct'],
      ['b', 'wrong'],
    ]);
  });

  test('a parameter that nothing moves is told beside live ones, and not failed', () => {
    const report = checkGradients({
      parameters: { W: [1, 2], unused: [3] },
      loss: ({ W }) => squares(W),
      gradients: ({ W }) => ({ W: doubled(W), unused: [0] }),
    });
    expect(report.verdict).toBe('correct');
    expect(report.parameters[1]).toMatchObject({ name: 'unused', checked: 0, verdict: 'inconclusive' });
    expect(report.findings).toMatchObject([{ code: 'unused-parameter', parameter: 'unused' }]);
  });
});
