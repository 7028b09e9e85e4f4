import { checkGradients, type Model, UsageError } from 'expect-gradients';
import { fromFunction } from 'expect-gradients/adapters';
import { describe, expect, test } from 'vitest';
import { bitsOf, laws } from './laws.js';

/** Rosenbrock's function and its gradient, the second part `factor` times what it should be halved. */
const f = (x: ArrayLike<number>): number => (1 - x[0]!) ** 2 + 100 * (x[1]! - x[0]! ** 2) ** 2;
const gradient =
  (factor: number) =>
  (x: ArrayLike<number>): number[] => [
    -2 * (1 - x[0]!) - 400 * x[0]! * (x[1]! - x[0]! ** 2),
    factor * 100 * (x[1]! - x[0]! ** 2),
  ];
let last: number[] = [];
const point = (): number[] => (last = [-1.2, 1]);
const failing = (error: Error): typeof f => {
  let calls = 0;
  return (x) => {
    calls += 1;
    if (calls >= 4) throw error;
    return f(x);
  };
};
const common = { parameters: ['x'], blamed: 'x', bits: () => bitsOf(last) };

laws({
  name: 'a function and its gradient',
  ...common,
  right: () => fromFunction(f, gradient(2), point()),
  wrong: () => fromFunction(f, gradient(1), point()),
  throwing: (error) => fromFunction(failing(error), gradient(2), point()),
});

laws({
  name: 'a function and a gradient that are promised',
  ...common,
  right: () =>
    fromFunction(
      async (x: number[]) => f(x),
      async (x: number[]) => gradient(2)(x),
      point(),
    ),
  wrong: () =>
    fromFunction(
      async (x: number[]) => f(x),
      async (x: number[]) => gradient(1)(x),
      point(),
    ),
  throwing: (error) => {
    const value = failing(error);
    return fromFunction(async (x: number[]) => value(x), gradient(2), point());
  },
});

/** A function that fills an array with its gradient, and relies on having one. */
const filling =
  (factor: number, value = f) =>
  (x: number[], into: number[]): number => {
    for (let i = 0; i < into.length; i += 1) into[i] = 0;
    for (const [i, slope] of gradient(factor)(x).entries()) into[i]! += slope;
    return value(x);
  };
laws({
  name: 'a function that fills an array with its gradient',
  ...common,
  right: () => fromFunction(filling(2), point()),
  wrong: () => fromFunction(filling(1), point()),
  throwing: (error) => fromFunction(filling(2, failing(error)), point()),
});

test('an entry is named by its place in x', () => {
  const report = checkGradients(fromFunction(f, gradient(1), Float64Array.from([-1.2, 1])));
  expect(report.offenders.map(({ parameter, index }) => [parameter, index])).toStrictEqual([['x', [1]]]);
});

describe('misuse is a TypeError', () => {
  test.each<[string, () => Model, string]>([
    ['no function', () => fromFunction(3 as never, [1]), 'fromFunction needs a function f(x), but it got 3.'],
    [
      'no point',
      () => fromFunction(f, gradient(2) as never),
      'fromFunction needs an array of numbers x, but it got a function.',
    ],
    [
      'no gradient',
      () => fromFunction(f, [1] as never, [1]),
      'fromFunction needs a function gradient(x), but it got an array of 1.',
    ],
  ])('%s', (_, make, text) => {
    expect(make).toThrow(new UsageError(`expect-gradients: ${text}`));
  });
});
