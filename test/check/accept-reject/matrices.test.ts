/** Functions of matrices, whose gradients are matrices: d det A = det A · tr(A⁻¹ dA), d A⁻¹ = −A⁻¹ dA A⁻¹. */

import { right, tabulate, wrong } from './table.js';

type Matrix = number[][];
const transpose = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((row) => row[j]!));
const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => transpose(b).map((column) => row.reduce((sum, v, k) => sum + v * column[k]!, 0)));
const scale = (c: number, a: Matrix): Matrix => a.map((row) => row.map((v) => c * v));
const plus = (a: Matrix, b: Matrix): Matrix => a.map((row, i) => row.map((v, j) => v + b[i]![j]!));
const trace = (a: Matrix): number => a.reduce((sum, row, i) => sum + row[i]!, 0);
const squares = (a: Matrix): number => a.flat().reduce((sum, v) => sum + v * v, 0);
/** By cofactors of the first row. */
const det = (a: Matrix): number =>
  a.length === 1
    ? a[0]![0]!
    : a[0]!.reduce((sum, v, j) => sum + (j % 2 === 0 ? v : -v) * det(minor(a, 0, j)), 0);
const minor = (a: Matrix, i: number, j: number): Matrix =>
  a.filter((_, r) => r !== i).map((row) => row.filter((_, c) => c !== j));
const cofactors = (a: Matrix): Matrix =>
  a.map((row, i) => row.map((_, j) => (-1) ** (i + j) * det(minor(a, i, j))));
const inverse = (a: Matrix): Matrix => scale(1 / det(a), transpose(cofactors(a)));

const A: Matrix = [
  [2, -0.3, 0.5],
  [0.7, 1.5, -0.4],
  [-0.2, 0.6, 1.8],
];
const B: Matrix = [
  [1, 0.5],
  [-0.3, 2],
  [0.8, -1],
];
const HILBERT: Matrix = [0, 1, 2].map((i) => [0, 1, 2].map((j) => 1 / (i + j + 1)));

/** A function of one matrix, with the gradient claimed for it. */
const of = (at: Matrix, loss: (a: Matrix) => number, gradient: (a: Matrix) => Matrix) => ({
  parameters: { A: structuredClone(at) },
  loss: (p: { A: Matrix }) => loss(p.A),
  gradients: (p: { A: Matrix }) => ({ A: gradient(p.A) }),
});
const x: Matrix = [[0.5], [-1], [2]];
const form = (a: Matrix): number => product(transpose(x), product(a, x))[0]![0]!;
const traceOfInverse = (a: Matrix): number => trace(inverse(a));
const squaredInverse = (a: Matrix): Matrix => product(inverse(a), inverse(a));

tabulate('functions of matrices', [
  right('determinant', of(A, det, cofactors)),
  right('determinant of a nearly singular matrix', of(HILBERT, det, cofactors)),
  right(
    'log of the determinant',
    of(
      A,
      (a) => Math.log(det(a)),
      (a) => transpose(inverse(a)),
    ),
  ),
  right(
    'trace of the inverse',
    of(A, traceOfInverse, (a) => scale(-1, transpose(squaredInverse(a)))),
  ),
  right(
    'trace of the inverse of a nearly singular matrix',
    of(HILBERT, traceOfInverse, (a) => scale(-1, transpose(squaredInverse(a)))),
  ),
  right(
    'xᵀAx by A',
    of(A, form, () => product(x, transpose(x))),
  ),
  right(
    '‖A B‖²',
    of(
      A,
      (a) => squares(product(a, B)),
      (a) => scale(2, product(product(a, B), transpose(B))),
    ),
  ),
  right(
    '‖AᵀA − I‖², a pull to orthogonality',
    of(
      A,
      (a) =>
        squares(
          plus(product(transpose(a), a), [
            [-1, 0, 0],
            [0, -1, 0],
            [0, 0, -1],
          ]),
        ),
      (a) =>
        scale(
          4,
          product(
            a,
            plus(product(transpose(a), a), [
              [-1, 0, 0],
              [0, -1, 0],
              [0, 0, -1],
            ]),
          ),
        ),
    ),
  ),
  right(
    'a trace: constant gradient',
    of(A, trace, (a) => a.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)))),
  ),
  wrong(
    'log of the determinant, without the transpose',
    of(A, (a) => Math.log(det(a)), inverse),
    ['A'],
  ),
  wrong(
    'trace of the inverse, without the transpose',
    of(A, traceOfInverse, (a) => scale(-1, squaredInverse(a))),
    ['A'],
  ),
  wrong(
    'trace of the inverse, without the sign',
    of(A, traceOfInverse, (a) => transpose(squaredInverse(a))),
    ['A'],
  ),
  wrong(
    'xᵀAx as if A were symmetric',
    of(A, form, () => scale(2, product(x, transpose(x)))),
    ['A'],
  ),
  wrong(
    'determinant without the checkerboard of signs',
    of(A, det, (a) => cofactors(a).map((row) => row.map(Math.abs))),
    ['A'],
  ),
  wrong(
    '‖A B‖² without the factor 2',
    of(
      A,
      (a) => squares(product(a, B)),
      (a) => product(product(a, B), transpose(B)),
    ),
    ['A'],
  ),
  {
    // xᵀAx by x is (A + Aᵀ)x; 2Ax is right for symmetric A only. The error (A − Aᵀ)x is (2.4, -1.5, -1.35): row 0.
    ...wrong(
      'xᵀAx by x as if A were symmetric',
      of(A, form, () => A),
      ['x', 0, 0],
    ),
    model: {
      parameters: { x: structuredClone(x) },
      loss: (p: { x: Matrix }) => product(transpose(p.x), product(A, p.x))[0]![0]!,
      gradients: (p: { x: Matrix }) => ({ x: scale(2, product(A, p.x)) }),
    },
  },
]);
