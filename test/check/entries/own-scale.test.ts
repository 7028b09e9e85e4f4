/** Entries far below the scale of their array, which the step of the others moves by many times their own size. */

import { checkGradients } from 'expect-gradients';
import { describe, expect, test } from 'vitest';

const { exp, cosh, sinh, round } = Math;

/** A large entry, and beside it one that is smaller by a factor. */
function beside(span: number, f: (z: number) => number, slope: (z: number) => number, claim: number) {
  const big = 2.3e4;
  const small = big / span;
  return {
    parameters: { x: [0.99 * big, 0.87 * small] },
    loss: ({ x: [a, b] }: { readonly x: readonly number[] }) => 1 / (a! / big + 0.5) + f(b! / small),
    gradients: ({ x: [a, b] }: { readonly x: readonly number[] }) => ({
      x: [-1 / (a! / big + 0.5) ** 2 / big, (claim * slope(b! / small)) / small],
    }),
  };
}

describe.each([1e4, 1e7, 1e8, 1e14])('beside a number that is %f times as large', (span) => {
  test.each([
    ['exp', exp, exp],
    ['exp of the opposite', (z: number) => exp(-z), (z: number) => -exp(-z)],
    ['cosh', cosh, sinh],
    ['a fourth power', (z: number) => z ** 4, (z: number) => 4 * z ** 3],
  ])('a right claim passes, and half of it does not: %s', (_, f, slope) => {
    const verdicts = [1, 0.5].map((claim) => checkGradients(beside(span, f, slope, claim)).verdict);
    expect(verdicts).toEqual(['correct', 'wrong']);
  });
});

test.each([100, 1])('interest on a sum that is rounded to 1/%d is known by both', (parts) => {
  const model = (claim: number) => ({
    parameters: { x: [2000, 0.05] },
    loss: ({ x: [sum, rate] }: { readonly x: readonly number[] }) =>
      round(parts * sum! * (1 + rate!) ** 9) / parts,
    gradients: ({ x: [sum, rate] }: { readonly x: readonly number[] }) => ({
      x: [(1 + rate!) ** 9, claim * 9 * sum! * (1 + rate!) ** 8],
    }),
  });
  expect(checkGradients(model(1)).verdict).toBe('correct');
  expect(checkGradients(model(2)).verdict).toBe('wrong');
});

test('entries of one unit that are small by chance keep what is sharper', () => {
  const x = [3, 1e-5, -2, 0];
  const report = checkGradients({
    parameters: { x },
    loss: () => x.reduce((sum, v) => sum + Math.sin(v), 0),
    gradients: () => ({ x: x.map((v) => Math.cos(v)) }),
  });
  expect(report.verdict).toBe('correct');
  expect(report.resolution).toBeLessThan(1e-9);
});
