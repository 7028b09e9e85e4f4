/** The laws that derivatives keep: products are linear, and a Hessian is symmetric. */

import { describe, expect, test } from 'vitest';
import type { NotLinear } from '../../../src/check/measurement.js';
import { additivity, asymmetry, asymmetryAlong, linearity } from '../../../src/check/vector/laws.js';
import { HESSIAN } from '../../../src/model/subject/vector-subject.js';
import { made } from './task.js';

type Numbers = readonly number[];
interface Claimed {
  readonly x: Numbers;
  readonly y: number;
}

const arrays = (...lists: readonly Numbers[]): Float64Array[] => lists.map((list) => Float64Array.from(list));

/** A product with a cotangent of two numbers, for parameters x of two entries and y of one. */
const taskOf = (
  vjp: (c: Numbers) => Claimed,
  options = {},
): ReturnType<typeof made> & { asked: Numbers[] } => {
  const asked: Numbers[] = [];
  const model = {
    parameters: { x: [1, 2], y: 3 },
    outputs: ({ x, y }: Claimed) => [x[0]! * y, x[1]!],
    vjp(_: unknown, c: Numbers) {
      asked.push([...c]);
      return vjp(c);
    },
  };
  return { ...made(model, options), asked };
};

describe('a product', () => {
  /** Held against sums of others; their sizes are those of the sums. */
  const broken = (
    vjp: (c: Numbers) => Claimed,
    given: { sum?: Float64Array[]; sizes?: Float64Array[]; options?: object } = {},
  ): NotLinear | undefined => {
    const { task, run } = taskOf(vjp, given.options);
    const { x, y } = vjp([2, -1]);
    const sum = given.sum ?? arrays([2, -2], [3]);
    const sizes = given.sizes ?? sum.map((values) => values.map(Math.abs));
    return run(
      linearity(task.subject, 'vjp', task.settings, {
        vector: arrays([2, -1]),
        product: arrays(x, [y]),
        sum,
        sizes,
      }),
    );
  };

  test('is held against zero, and against what it is for minus two times the vector', () => {
    const { task, run, asked } = taskOf(([a = 0, b = 0]) => ({ x: [a, 2 * b], y: a - b }));
    const own = arrays([2, -2], [3]);
    const sums = { vector: arrays([2, -1]), product: own, sum: own, sizes: own };
    expect(run(linearity(task.subject, 'vjp', task.settings, sums))).toBeUndefined();
    expect(asked).toEqual([
      [0, 0],
      [-4, 2],
    ]);
  });

  test('that is something for nothing is not linear, in those parameters', () => {
    // For (2, −1) 2.3, for nothing 0.3, and for (−4, 2) −3.7, half of which is 1.85.
    expect(broken(([a = 0, b = 0]) => ({ x: [a + 0.3, 2 * b], y: a - b }))).toEqual({
      kind: 'not-linear',
      names: ['x'],
      zero: expect.closeTo(0.3, 12),
      residual: expect.closeTo(0.45, 12),
      size: expect.closeTo(Math.hypot(2.3, 2), 12),
      constant: false,
    });
  });

  test('tells the largest of each number, over all parameters that break the law', () => {
    expect(broken(([a = 0, b = 0]) => ({ x: [a + 4, 2 * b], y: a - b + 0.5 }))).toEqual({
      kind: 'not-linear',
      names: ['x', 'y'],
      zero: 4,
      residual: expect.closeTo(6, 12),
      size: expect.closeTo(Math.hypot(6, 2), 12),
      constant: false,
    });
    expect(broken(([a = 0, b = 0]) => ({ x: [a + 0.5, 2 * b], y: a - b + 4 }))).toMatchObject({
      zero: 4,
      residual: expect.closeTo(6, 12),
      size: 7,
    });
  });

  test('that is the same for all is constant, unless it is nothing', () => {
    expect(broken(() => ({ x: [1, 2], y: 3 }))).toMatchObject({ names: ['x', 'y'], zero: 3, constant: true });
    expect(broken(() => ({ x: [0, 0], y: 0 }))).toMatchObject({
      names: ['x', 'y'],
      zero: 0,
      constant: false,
    });
    expect(broken(([a = 0, b = 0]) => ({ x: [1, 2], y: a - b }))).toMatchObject({
      names: ['x'],
      constant: false,
    });
  });

  test('that is right for nothing and for multiples is held against the sums', () => {
    const right = ([a = 0, b = 0]: Numbers): Claimed => ({ x: [a, 2 * b], y: a - b });
    expect(broken(right, { sum: arrays([2, -2], [3.5]) })).toEqual({
      kind: 'not-linear',
      names: ['y'],
      zero: 0,
      residual: 0.5,
      size: 3,
      constant: false,
    });
  });

  test.each<[string, (c: number) => number, boolean]>([
    ['twice as much for one sign', (c) => (c > 0 ? c : 2 * c), false],
    ['beyond a bound that bound', (c) => Math.max(-3, Math.min(3, c)), false],
    ['a cube', (c) => c ** 3 / 4, false],
    ['itself', (c) => c, true],
  ])('that is %s', (_, own, isLinear) => {
    const vjp = ([a = 0, b = 0]: Numbers): Claimed => ({ x: [own(a), 2 * b], y: a - b });
    expect(broken(vjp) === undefined).toBe(isLinear);
  });

  test('may be off by rounding: 64 spacings of the sums', () => {
    const right = ([a = 0, b = 0]: Numbers): Claimed => ({ x: [a, 2 * b], y: a - b });
    const off = (spacings: number): NotLinear | undefined =>
      broken(right, {
        sum: arrays([2, -2], [3 + spacings * 2 ** -52]),
        sizes: arrays([2, 2], [4]),
        options: { tolerance: 1e-20 },
      });
    expect([0, 254, 258].map((spacings) => off(spacings) === undefined)).toEqual([true, true, false]);
  });

  test('may be off from zero for nothing by 2^-40 of what it sums', () => {
    const off = (zero: number): NotLinear | undefined =>
      broken(([a = 0, b = 0]) => ({ x: [a, 2 * b], y: a - b + (a === 0 ? zero : 0) }));
    expect([2.9, 3.1].map((size) => off(size * 2 ** -40) === undefined)).toEqual([true, false]);
  });

  test('that is no number breaks no law, and is asked for no further', () => {
    for (const product of [arrays([Number.NaN, 1], [1]), arrays([1, 1], [Infinity])]) {
      const { task, run, asked } = taskOf(([a = 0, b = 0]) => ({ x: [a, 2 * b], y: a - b }));
      const sums = { vector: arrays([2, -1]), sum: arrays([2, -2], [3]), sizes: arrays([2, 2], [3]) };
      expect(run(linearity(task.subject, 'vjp', task.settings, { ...sums, product }))).toBeUndefined();
      expect(asked).toEqual([]);
    }
  });

  test('with two vectors adds up to that with their sum', () => {
    const of = (vjp: (c: Numbers) => Claimed): NotLinear | undefined => {
      const { task, run } = taskOf(vjp);
      const looks = [
        [2, -1],
        [1, 3],
      ].map((vector) => {
        const { x, y } = vjp(vector);
        return { vector: arrays(vector), product: arrays(x, [y]) };
      });
      return run(additivity(task.subject, 'vjp', task.settings, looks));
    };
    expect(of(([a = 0, b = 0]) => ({ x: [a, 2 * b], y: a - b }))).toBeUndefined();
    // √3² + 2², less √2² + 1² and √1² + 3²; multiples are as they should be.
    const length = ([a = 0, b = 0]: Numbers): Claimed => ({
      x: [a, 2 * b],
      y: Math.sign(a) * Math.hypot(a, b),
    });
    expect(of(length)).toMatchObject({
      names: ['y'],
      zero: 0,
      residual: expect.closeTo(Math.sqrt(5) + Math.sqrt(10) - Math.sqrt(13), 12),
      size: expect.closeTo(Math.sqrt(13), 12),
    });
  });
});

describe('a Hessian', () => {
  const model = (hvp = (_: unknown, v: unknown): unknown => v) => ({
    parameters: { x: [1, 2], y: 3 },
    gradients: ({ x, y }: Claimed) => ({ x, y }),
    hvp,
  });
  const { task } = made(model(), {}, HESSIAN);
  /** The rows of x[0], x[1] and y by x and by y. */
  const matrices = (rows: readonly Numbers[]): Float64Array[] =>
    arrays(
      rows.flatMap((row) => row.slice(0, 2)),
      rows.map((row) => row[2]!),
    );
  const told = (
    rows: readonly Numbers[],
    verdict: 'correct' | 'wrong' = 'correct',
    options = task,
  ): unknown => asymmetry(options.subject, matrices(rows), options.settings, { verdict });

  test('that is symmetric, but for what its tolerance allows, breaks nothing', () => {
    const off = (by: number): unknown =>
      told([
        [1, 2, 3],
        [2, 4, 5],
        [3, 5 + by, 6],
      ]);
    expect([0, 0.9e-6, 1.1e-6].map((by) => off(by) === undefined)).toEqual([true, true, false]);
  });

  test('names the pair that is furthest apart, and counts the others', () => {
    const rows = [
      [1, 2, 3],
      [2.5, 4, 5],
      [3, -5, 6],
    ];
    const expected = {
      kind: 'not-symmetric',
      row: 'x[1]',
      column: 'y',
      value: 5,
      mirrored: -5,
      pairs: 2,
      measured: true,
    };
    expect(told(rows)).toEqual(expected);
    expect(told(rows, 'wrong')).toEqual({ ...expected, measured: false });
    const first = [
      [1, 2, 3],
      [-2, 4, 5],
      [3, 5.5, 6],
    ];
    expect(told(first)).toMatchObject({ row: 'x[0]', column: 'x[1]', value: 2, mirrored: -2, pairs: 2 });
  });

  test('of the first of those that are as far apart', () => {
    const rows = [
      [1, 2, 4],
      [3, 4, 5],
      [3, 5, 6],
    ];
    expect(told(rows)).toMatchObject({ row: 'x[0]', column: 'x[1]', pairs: 2 });
  });

  test('is measured against twice what is typical, or an entry and its image, where these are larger', () => {
    // rms 100 / 3 of all; twice that times 0.1 is 6.67.
    const small = (by: number): unknown => {
      const rows = [
        [100, 0, 0],
        [0, 0, 0],
        [by, 0, 0],
      ];
      return asymmetry(
        task.subject,
        matrices(rows),
        { ...task.settings, tolerance: 0.1 },
        { verdict: 'wrong' },
      );
    };
    // By parameters, the mean squares are those of x, of six entries, and of y, of three.
    const typical = 2 * Math.sqrt(100 ** 2 / 6 / 2);
    expect([0.95, 1.05].map((share) => small(share * 0.1 * typical) === undefined)).toEqual([true, false]);
    const large = (by: number): unknown => {
      const rows = [
        [0, 0, 10],
        [0, 0, 0],
        [10 + by, 0, 0],
      ];
      return asymmetry(
        task.subject,
        matrices(rows),
        { ...task.settings, tolerance: 0.1 },
        { verdict: 'wrong' },
      );
    };
    // by = 0.1 (20 + by).
    expect([2.2, 2.25].map((by) => large(by) === undefined)).toEqual([true, false]);
  });

  test('is what symmetry is asked of, and no Jacobian', () => {
    const jacobian = taskOf(([a = 0, b = 0]) => ({ x: [a, b], y: a })).task;
    const rows = [
      [1, 2, 3],
      [5, 4, 5],
      [3, 5, 6],
    ];
    expect(told(rows, 'correct', jacobian)).toBeUndefined();
    expect(told(rows)).toBeDefined();
  });

  describe('along vectors', () => {
    const H = (lower: number): Numbers[] => [
      [1, 2, 3],
      [2, 4, 5],
      [3, lower, 6],
    ];
    const VECTORS = [
      [1, 0, 0],
      [1, 1, 0],
      [0, 1, 2],
    ];
    const looks = (
      matrix: readonly Numbers[],
      vectors: readonly Numbers[],
    ): Parameters<typeof asymmetryAlong>[0] =>
      vectors.map((v) => {
        const product = matrix.map((row) => row.reduce((sum, h, i) => sum + h * v[i]!, 0));
        return {
          vector: arrays(v.slice(0, 2), v.slice(2)),
          product: arrays(product.slice(0, 2), product.slice(2)),
        };
      });

    test('gives the same both ways round', () => {
      expect(asymmetryAlong(looks(H(5), VECTORS), task.settings)).toBeUndefined();
      expect(asymmetryAlong(looks(H(5 + 1e-8), VECTORS), task.settings)).toBeUndefined();
    });

    test('is told by the first two that differ', () => {
      // (1, 1, 0)·H(0, 1, 2) is 22, and (0, 1, 2)·H(1, 1, 0) with 9 in the place of 5 is 30.
      expect(asymmetryAlong(looks(H(9), VECTORS), task.settings)).toEqual({
        kind: 'not-symmetric',
        row: 'v',
        column: 'w',
        value: 22,
        mirrored: 30,
        pairs: 0,
        measured: false,
      });
      expect(asymmetryAlong(looks(H(9), VECTORS.slice(0, 2)), task.settings)).toBeUndefined();
    });

    test('is measured against the size of what is added up', () => {
      const at = (tolerance: number): unknown =>
        asymmetryAlong(looks(H(9), VECTORS), { ...task.settings, tolerance });
      // v·Hw adds up 8 + 14 + 0, w·Hv 0 + 6 + 24.
      const size = Math.hypot(8, 14) + Math.hypot(6, 24);
      expect([7.9 / size, 8.1 / size].map((tolerance) => at(tolerance) === undefined)).toEqual([false, true]);
    });
  });
});
