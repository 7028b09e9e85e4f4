import { checkGradients } from 'expect-gradients';
import { expect, test } from 'vitest';

/** A matrix of four rows and three columns, whose gradient is wrong where `isWrong` says so. */
function titleFor(isWrong: (row: number, column: number) => boolean): string | undefined {
  const W = Array.from({ length: 4 }, (_, i) =>
    Array.from({ length: 3 }, (__, j) => Math.sin(3 * i + j + 1)),
  );
  const slope = (w: number, i: number, j: number): number =>
    Math.exp(w) + (isWrong(i, j) ? Math.cos(5 * i + 2 * j) : 0);
  return checkGradients({
    parameters: { W },
    loss: () => W.flat().reduce((sum, w) => sum + Math.exp(w), 0),
    gradients: () => ({ W: W.map((row, i) => row.map((w, j) => slope(w, i, j))) }),
  }).findings[0]?.title;
}

test.each([
  ['row 1', 'is', (i: number) => i === 1],
  ['rows 0, 2', 'are', (i: number) => i % 2 === 0],
  ['the last column, 2,', 'is', (_: number, j: number) => j === 2],
  ['the diagonal', 'is', (i: number, j: number) => i === j],
  ['the entries below the diagonal', 'are', (i: number, j: number) => j < i],
  ['the entry [2, 1]', 'is', (i: number, j: number) => i === 2 && j === 1],
] as const)('%s %s wrong', (which, are, isWrong) => {
  expect(titleFor(isWrong)).toBe(`Only ${which} of the gradient of W ${are} wrong; the others are right.`);
});
