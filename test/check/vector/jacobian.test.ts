/** Jacobians, products with vectors and Hessians that are small enough to be checked entry by entry. */

import { checkHessian, checkJacobian, formatReport, type JacobianReport } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { bitsOf, numbersIn } from '../../bits.js';
import { circle, dense, type Fault } from './vectors.js';

const without = <Key extends string, Model extends Record<Key, unknown>>(
  model: Model,
  key: Key,
): Omit<Model, Key> => {
  const { [key]: _, ...rest } = model;
  return rest;
};

const bits = (value: unknown): string => bitsOf(numbersIn(value)).join();

const placeOf = ({ offenders }: JacobianReport): unknown =>
  offenders.map(({ parameter, index, output, outputIndex, derivative }) => [
    derivative,
    output,
    outputIndex,
    parameter,
    index,
  ])[0];
const codesOf = ({ findings }: JacobianReport): string[] => findings.map(({ code }) => code);

describe('a layer', () => {
  const SIZE = [2, 3, 4] as const;

  test('that is right is correct in double and in single precision, by vjp and by jvp', () => {
    const verdicts = [false, true].map((single) => checkJacobian(dense(SIZE, 'none', single)).verdict);
    expect(verdicts).toEqual(['correct', 'correct']);
  });

  test('costs two evaluations for an entry, one for a product, and some more', () => {
    const [entries, outputs] = [12 + 4 + 6, 8];
    const { evaluations } = checkJacobian(without(dense(SIZE), 'jvp'));
    // Outputs of unlike noise are measured at steps that are far apart, so that few are needed: here they all share one, but for some.
    expect(evaluations['outputs']).toBeLessThan(1.5 * 2 * entries + outputs + 40);
    expect(evaluations['vjp']).toBeLessThanOrEqual(outputs + 5);
  });

  test('is checked at one point: more of them are refused', () => {
    const layer = without(dense(SIZE), 'jvp');
    expect(() => checkJacobian(layer, { points: 2 })).toThrow(
      'expect-gradients: options.points must be 1 or left out, as a Jacobian is checked at the parameters as given, but it is 2.',
    );
    expect(checkJacobian(layer, { points: 1 }).verdict).toBe('correct');
  });

  test('costs little more in single precision, where its outputs are of unlike noise, as these share steps', () => {
    const [entries, outputs] = [60 + 10 + 24, 40];
    const { evaluations } = checkJacobian(without(dense([4, 6, 10], 'none', true), 'jvp'));
    // Two steps for all of them, some of a closer look, as the outputs of units that are nearly saturated show their slopes at a larger one, and
    // means of many for a few in doubt: a fifth of what each output would take by itself.
    expect(evaluations['outputs']).toBeLessThan((outputs / 5) * 2 * entries);
  });

  test.each([
    ['factor', 'scaled', 'W'],
    ['sign', 'sign-flipped', 'W'],
    ['one entry', 'isolated-entries', 'W'],
    ['ignored', 'not-linear', undefined],
    ['square', 'not-linear', undefined],
    ['added', 'not-linear', undefined],
  ] as const)('whose backward pass has the fault "%s" is wrong by %s', (fault, code, parameter) => {
    const report = checkJacobian(dense(SIZE, fault));
    expect(report.verdict).toBe('wrong');
    expect(report.findings[0]).toMatchObject({ code, ...(parameter && { parameter }) });
    expect(
      report.parameters.filter(({ derivative }) => derivative === 'jvp').map(({ verdict }) => verdict),
    ).toEqual(['correct', 'correct', 'correct']);
  });

  test('says which output and which entry is wrong, and who claims it', () => {
    expect(placeOf(checkJacobian(dense(SIZE, 'one entry')))).toEqual(['vjp', 'outputs', [5], 'W', [5]]);
    expect(placeOf(checkJacobian(dense(SIZE, 'jvp entry')))).toEqual(['jvp', 'outputs', [5], 'W', [5]]);
  });

  test('tells the output of which all derivatives are wrong', () => {
    const report = checkJacobian(without(dense(SIZE, 'one output'), 'jvp'));
    expect(report.offenders.every(({ outputIndex }) => outputIndex![0] === 2)).toBe(true);
    expect(formatReport(report)).toContain(
      'Only the derivatives of outputs[2] are wrong, those by W, b and x',
    );
  });

  test('is the same checked with await', async () => {
    for (const fault of ['none', 'one entry'] satisfies Fault[]) {
      const { parameters, outputs, vjp, jvp } = dense(SIZE, fault);
      const later = {
        parameters,
        outputs: async (p: typeof parameters) => Promise.resolve(outputs(p)),
        vjp: async (...given: Parameters<typeof vjp>) => Promise.resolve(vjp(...given)),
        jvp: async (...given: Parameters<typeof jvp>) => Promise.resolve(jvp(...given)),
      };
      expect(await checkJacobian(later)).toEqual(checkJacobian(dense(SIZE, fault)));
    }
  });
});

describe('a Jacobian', () => {
  const arm = {
    parameters: { angles: [0.3, -0.7] },
    outputs: ({ angles: [a = 0, b = 0] }: { angles: number[] }) => ({
      x: Math.cos(a) + Math.cos(a + b),
      y: Math.sin(a) + Math.sin(a + b),
    }),
  };
  const rows = ({ angles: [a = 0, b = 0] }: { angles: number[] }): number[][] => [
    [-Math.sin(a) - Math.sin(a + b), -Math.sin(a + b)],
    [Math.cos(a) + Math.cos(a + b), Math.cos(a + b)],
  ];

  test.each<[string, (p: { angles: number[] }) => object]>([
    ['rows', rows],
    ['one run of numbers', (p: { angles: number[] }) => Float64Array.from(rows(p).flat())],
    ['rows under the name of the parameter', (p: { angles: number[] }) => ({ angles: rows(p) })],
    [
      'rows under the names of the outputs',
      (p: { angles: number[] }) => ({ x: rows(p)[0]!, y: rows(p)[1]! }),
    ],
    [
      'rows by output and parameter',
      (p: { angles: number[] }) => ({ x: { angles: rows(p)[0]! }, y: { angles: rows(p)[1]! } }),
    ],
    [
      'rows by parameter and output',
      (p: { angles: number[] }) => ({ angles: { x: rows(p)[0]!, y: rows(p)[1]! } }),
    ],
  ])('may come as %s', (_, jacobian) => {
    expect(checkJacobian({ ...arm, jacobian }).verdict).toBe('correct');
    const [first, second] = [jacobian({ angles: [0, 0] }), jacobian({ angles: [1, 2] })];
    expect(checkJacobian({ ...arm, jacobian: () => second }).verdict).toBe('wrong');
    expect(checkJacobian({ ...arm, jacobian: () => first }).verdict).toBe('wrong');
  });

  test('names outputs that are several numbers by their keys', () => {
    const jacobian = (p: { angles: number[] }): number[][] => [rows(p)[0]!, [rows(p)[1]![0]!, 9]];
    const report = checkJacobian({ ...arm, jacobian });
    expect(placeOf(report)).toEqual(['jacobian', 'y', [], 'angles', [1]]);
    expect(report.parameters.map(({ output, name, verdict }) => [output, name, verdict])).toEqual([
      ['x', 'angles', 'correct'],
      ['y', 'angles', 'wrong'],
    ]);
    expect(formatReport(report)).toContain('The Jacobian is wrong in 1 of 4 entries: y by angles.');
  });

  test('that is transposed is told', () => {
    const jacobian = (p: { angles: number[] }): number[][] => {
      const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = rows(p);
      return [
        [a, c],
        [b, d],
      ];
    };
    const report = checkJacobian({ ...arm, jacobian });
    expect(report.verdict).toBe('wrong');
    expect(report.parameters.length).toBe(2);
  });

  test('of outputs of unlike sizes is judged for each of them', () => {
    const model = {
      parameters: [1, 2],
      outputs: ([p = 0, q = 0]: number[]) => [Math.exp(p) * 1e12, Math.sin(q) * 1e-12],
    };
    const claim =
      (factor: number) =>
      ([p = 0, q = 0]: number[]) => [Math.exp(p) * 1e12, 0, 0, factor * Math.cos(q) * 1e-12];
    expect(checkJacobian({ ...model, jacobian: claim(1) }).verdict).toBe('correct');
    const wrong = checkJacobian({ ...model, jacobian: claim(1.1) });
    expect([wrong.verdict, placeOf(wrong)]).toEqual([
      'wrong',
      ['jacobian', 'outputs', [1], 'parameters', [1]],
    ]);
  });

  test('of an output that does not depend on anything is zero, and nothing else', () => {
    const model = { parameters: [1, 2], outputs: ([p = 0, q = 0]: number[]) => [7, p * q] };
    const claim =
      (first: number) =>
      ([p = 0, q = 0]: number[]) => [
        [first, 0],
        [q, p],
      ];
    expect(checkJacobian({ ...model, jacobian: claim(0) }).verdict).toBe('correct');
    expect(checkJacobian({ ...model, jacobian: claim(0.1) }).verdict).toBe('wrong');
  });

  test('of outputs of which none moves is no check', () => {
    const report = checkJacobian({ parameters: [1], outputs: () => [2, 3], jacobian: () => [0, 0] });
    expect([report.verdict, codesOf(report)]).toEqual(['inconclusive', ['unused-parameter']]);
  });
});

describe('a product with a vector', () => {
  test('gets a fresh copy of the structure that the outputs, or parameters, have', () => {
    const seen: unknown[] = [];
    class Tensor {
      readonly data: Float32Array;
      readonly shape: readonly number[];
      constructor(data: Float32Array, shape: readonly number[]) {
        this.data = data;
        this.shape = shape;
      }
    }
    const parameters = { W: [[1, 2]], scale: 3 };
    const report = checkJacobian({
      parameters,
      outputs: ({ W, scale }) => ({
        tensor: new Tensor(
          Float32Array.from(W[0]!, (w) => w * scale),
          [1, 2],
        ),
        sum: W[0]![0]! + W[0]![1]!,
      }),
      vjp({ W, scale }, cotangent) {
        seen.push(cotangent);
        const { tensor, sum } = cotangent;
        const gradient = Array.from(tensor.data, (c) => c * scale + sum);
        const own = tensor.data.reduce((total, c, i) => total + c * W[0]![i]!, 0);
        tensor.data.fill(Number.NaN);
        return { W: [gradient], scale: own };
      },
      jvp({ W, scale }, tangent) {
        seen.push(tangent);
        const [row] = tangent.W as [number[]];
        const data = Float32Array.from(row, (t, i) => t * scale + W[0]![i]! * tangent.scale);
        const sum = row[0]! + row[1]!;
        row.fill(Number.NaN);
        return { tensor: data, sum };
      },
    });
    expect(report.verdict).toBe('correct');
    expect(parameters).toEqual({ W: [[1, 2]], scale: 3 });
    expect(new Set(seen).size).toBe(seen.length);
    const [cotangent] = seen as [{ tensor: Tensor; sum: number }];
    expect(cotangent.tensor).toBeInstanceOf(Tensor);
    expect(cotangent.tensor.data).toBeInstanceOf(Float32Array);
    expect(cotangent.tensor.shape).toEqual([1, 2]);
    expect(typeof cotangent.sum).toBe('number');
  });

  test('is asked for right after the outputs at the parameters, as backward passes read what forward cached', () => {
    const { parameters, outputs, vjp } = dense([1, 2, 2]);
    const before = bits(parameters);
    let atParameters = false;
    const report = checkJacobian({
      parameters,
      outputs(p) {
        atParameters = bits(p) === before;
        return outputs(p);
      },
      vjp(p, c) {
        // Beside θ it may be asked once, to tell a cache that is never refreshed.
        expect(atParameters || bits(p) !== before).toBe(true);
        atParameters = false;
        return vjp(p, c);
      },
    });
    expect(report.verdict).toBe('correct');
  });

  test.each<[string, (c: number) => number]>([
    ['is something for nothing', (c) => (c === 0 ? 1e-3 : c)],
    ['is clipped beyond one', (c) => Math.max(-1, Math.min(1, c))],
  ])('that is right for all unit vectors and signs, and %s, is not linear', (_, own) => {
    const report = checkJacobian({
      parameters: [0.3, 0.4],
      outputs: ([p = 0, q = 0]: number[]) => [p * q + q],
      vjp: ([p = 0, q = 0], [c = 0]) => [own(c) * q, own(c) * (p + 1)],
    });
    expect([report.verdict, codesOf(report)]).toEqual(['wrong', ['not-linear']]);
    expect(report.offenders).toEqual([]);
  });

  test('that claims something that is no number is told as that', () => {
    const report = checkJacobian({
      parameters: [1, 2],
      outputs: ([p = 0, q = 0]: number[]) => [Math.log(p), q],
      vjp: (_, [, c = 0]) => [Number.NaN, c],
    });
    expect([report.verdict, codesOf(report)[0]]).toEqual(['wrong', 'non-finite-gradient']);
  });
});

describe('a Hessian', () => {
  const parameters = { W: [1, 2], b: 3 };
  type P = typeof parameters;
  const curved = {
    parameters,
    gradients: ({ W: [u = 0, v = 0], b }: P) => ({ dW: [2 * u * b, v ** 3], db: u * u + b }),
  };
  const full = ({ W: [u = 0, v = 0], b }: P): number[][] => [
    [2 * b, 0, 2 * u],
    [0, 3 * v * v, 0],
    [2 * u, 0, 1],
  ];

  test('may come whole or by parameters, and as products', () => {
    const byName = (p: P): object => {
      const [[a, b, c] = [], [d, e, f] = [], [g, h, i] = []] = full(p);
      return {
        W: {
          W: [
            [a, b],
            [d, e],
          ],
          b: [c, f],
        },
        b: { W: [g, h], b: i },
      };
    };
    const hvp = (p: P, { W, b }: P): object => {
      const product = full(p).map((row) => row.reduce((sum, h, j) => sum + h * [...W, b][j]!, 0));
      return { W: product.slice(0, 2), b: product[2]! };
    };
    expect(checkHessian({ ...curved, hessian: full, hvp }).verdict).toBe('correct');
    expect(checkHessian({ ...curved, hessian: byName }).verdict).toBe('correct');
    expect(checkHessian({ ...curved, hessian: full, hvp }, { only: 'W' }).verdict).toBe('correct');
    expect(checkHessian({ ...curved, hessian: full, hvp }, { except: 'W' }).verdict).toBe('correct');
  });

  test('that is not symmetric is wrong, and the pair is named', () => {
    const report = checkHessian({
      ...curved,
      hessian: (p) => full(p).map((row, i) => (i === 2 ? [0, 0, 1] : row)),
    });
    expect([report.verdict, codesOf(report)[0]]).toEqual(['wrong', 'not-symmetric']);
    expect(report.findings[0]!.title).toBe(
      'What hessian() claims is not symmetric: W[0] by b is 2, b by W[0] is 0.',
    );
    expect(placeOf(report)).toEqual(['hessian', 'b', [], 'W', [0]]);
  });

  test('that is what the gradients say, and not symmetric, shows that they are none', () => {
    const report = checkHessian({
      parameters: [1, 2],
      gradients: ([u = 0, v = 0]: number[]) => [u * v, 3 * u],
      hessian: ([u = 0, v = 0]: number[]) => [
        [v, u],
        [3, 0],
      ],
    });
    expect(report.verdict).toBe('wrong');
    expect(report.findings[0]!.title).toContain('What gradients() gives is the gradient of no function');
    expect(formatReport(report)).toContain(
      'The Hessian is wrong, though no entry is by itself: what is claimed is not\nsymmetric.',
    );
  });

  test('costs two gradients for each entry, one for its product, and some more', () => {
    const { evaluations } = checkHessian(circle(100));
    expect(evaluations['gradients']).toBeLessThan(1.1 * 200 + 100 + 40);
  });

  test('is wrong where one product leaves an entry out', () => {
    expect(checkHessian(circle(12)).verdict).toBe('correct');
    expect(placeOf(checkHessian(circle(12, 'entry')))).toEqual(['hvp', 'x', [7], 'x', [7]]);
    expect(placeOf(checkHessian(circle(12, 'half')))).toEqual(['hvp', 'x', [5], 'x', [4]]);
  });
});

describe('a budget', () => {
  const { parameters, outputs, vjp } = dense([4, 8, 8]);
  const model = { parameters, outputs, vjp };

  test('that ends the check leaves it open, with the parameters as they were', () => {
    const before = bits(parameters);
    for (const maxEvaluations of [5, 20, 60, 100]) {
      const report = checkJacobian(model, { maxEvaluations });
      expect([report.verdict, report.stopped]).toEqual(['inconclusive', 'maxEvaluations']);
      expect(report.evaluations['outputs']).toBeLessThanOrEqual(maxEvaluations);
    }
    expect(bits(parameters)).toBe(before);
  });

  test('of a part checks the entries of that part, for every output', () => {
    const parts = ['1/3', '2/3', '3/3'] as const;
    const reports = parts.map((shard) => checkJacobian(model, { shard }));
    expect(reports.map(({ verdict }) => verdict)).toEqual(['correct', 'correct', 'correct']);
    const due = reports.flatMap((report) => report.parameters).reduce((sum, own) => sum + own.due, 0);
    expect(due).toBe(32 * (64 + 8 + 32));
  });
});
