/** Functions of matrices, as PyTorch's linear algebra, JAX and Stan test them: determinants, inverses, factors, eigenvalues, exponentials. */
import type { TruthCase } from '../case.js';
import { Draws } from '../models/draws.js';
import { spectral } from './eigen.js';
import { dot, sum, X } from './expression.js';
import { Suite } from './port.js';

type M = readonly (readonly X[])[];

const rows = (x: readonly X[], n: number): M =>
  Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, (i + 1) * n));
const transpose = (A: M): M => A[0]!.map((_, j) => A.map((row) => row[j]!));
const product = (A: M, B: M): M => A.map((row) => transpose(B).map((column) => dot(row, column)));
const trace = (A: M): X => sum(A.map((row, i) => row[i]!));
const weigh = (A: M): X => sum(A.flatMap((row, i) => row.map((v, j) => v.times(1 + 0.5 * i - 0.3 * j))));
const half = (A: M): M => A.map((row, i) => row.map((v, j) => v.plus(A[j]![i]!).times(0.5)));

function cholesky(A: M): M {
  const L: X[][] = A.map(() => []);
  for (let i = 0; i < A.length; i += 1)
    for (let j = 0; j <= i; j += 1) {
      let rest = A[i]![j]!;
      for (let k = 0; k < j; k += 1) rest = rest.minus(L[i]![k]!.times(L[j]![k]!));
      L[i]!.push(i === j ? rest.sqrt() : rest.over(L[j]![j]!));
    }
  return L;
}

/** Elimination without pivots: the factors of A beside b. */
function solve(A: M, b: readonly X[]): [x: X[], determinant: X] {
  const work = A.map((row, i) => [...row, b[i]!]);
  const n = work.length;
  for (let k = 0; k < n; k += 1)
    for (let i = k + 1; i < n; i += 1) {
      const factor = work[i]![k]!.over(work[k]![k]!);
      work[i] = work[i]!.map((v, j) => (j < k ? v : v.minus(factor.times(work[k]![j]!))));
    }
  const x: X[] = [];
  for (let i = n - 1; i >= 0; i -= 1) {
    let rest = work[i]![n]!;
    for (let j = i + 1; j < n; j += 1) rest = rest.minus(work[i]![j]!.times(x[j]!));
    x[i] = rest.over(work[i]![i]!);
  }
  return [x, work.map((row, i) => row[i]!).reduce((a, c) => a.times(c))];
}

function exponential(A: M): M {
  let term: M = A.map((row, i) => row.map((v, j) => v.times(0).plus(i === j ? 1 : 0)));
  let total = term;
  for (let k = 1; k < 24; k += 1) {
    term = product(term, A).map((row) => row.map((v) => v.over(k)));
    total = total.map((row, i) => row.map((v, j) => v.plus(term[i]![j]!)));
  }
  return total;
}

export function matrices(): TruthCase[] {
  const suite = new Suite('suites: matrices');
  const draws = new Draws(53);
  const n = 3;
  /** Away from singular: the identity doubled, and something. */
  const A = draws.list(9, 0.8).map((v, k) => v + (k % 4 === 0 ? 2 : 0));
  const B = draws.list(9, 1);
  const b = draws.list(3, 1);
  const positive = (x: readonly X[]): M => half(rows(x, n));
  suite.port('determinant', { A }, (p) => solve(rows(p.A, n), p.A.slice(0, 3))[1]);
  suite.port('log of the determinant', { A }, (p) => solve(rows(p.A, n), p.A.slice(0, 3))[1].log());
  suite.port(
    'determinant of a nearly singular matrix',
    { A: [1, 2, 3, 4, 5, 6, 7, 8, 9.00001] },
    (p) => solve(rows(p.A, n), p.A.slice(0, 3))[1],
    { right: ['correct', 'inconclusive'], wrong: ['wrong', 'inconclusive'] },
  );
  suite.port('solution of A x = b', { A, b }, (p) =>
    sum(solve(rows(p.A, n), p.b)[0].map((v, k) => v.times(k - 1.5))),
  );
  suite.port('a quadratic form with an inverse', { A, b }, (p) => dot(solve(positive(p.A), p.b)[0], p.b));
  suite.port('trace of a product', { A, B }, (p) => trace(product(rows(p.A, n), rows(p.B, n))));
  suite.port('trace of a cube', { A }, (p) =>
    trace(product(product(rows(p.A, n), rows(p.A, n)), rows(p.A, n))),
  );
  suite.port('product of three', { A, B, C: draws.list(9, 1) }, (p) =>
    weigh(product(product(rows(p.A, n), rows(p.B, n)), rows(p.C, n))),
  );
  suite.port('product of unlike sizes', { A: draws.list(8, 1), B: draws.list(12, 1) }, (p) =>
    weigh(product(rows(p.A, 4), rows(p.B, 3))).square(),
  );
  suite.port('frobenius norm', { A }, (p) => sum(p.A.map((v) => v.square())).sqrt());
  suite.port(
    'frobenius norm at 0',
    { A: [0, 0, 0, 0] },
    ({ A: a }) => {
      const r = Math.hypot(...a.map(({ value }) => value));
      const { tape } = a[0]!;
      return new X(
        tape,
        tape.custom(
          r,
          a.map(({ node }) => node),
          a.map(({ value }) => (r === 0 ? 0 : value / r)),
        ),
      );
    },
    { finding: 'kink' },
  );
  suite.port('cholesky factor', { A }, (p) => weigh(cholesky(positive(p.A))));
  suite.port('log determinant by cholesky', { A }, (p) =>
    sum(cholesky(positive(p.A)).map((row, i) => row[i]!.log())).times(2),
  );
  suite.port('gaussian process', { length: [0.8], noise: [0.3] }, (p) => {
    const K = [0, 0.6, 1.7].map((s, i) =>
      [0, 0.6, 1.7].map((t, j) =>
        p.length[0]!.power(-2)
          .times(-((s - t) ** 2) / 2)
          .exp()
          .plus(i === j ? p.noise[0]!.square() : p.noise[0]!.times(0)),
      ),
    );
    const y = [0.3, -0.2, 1.1].map((v) => p.noise[0]!.times(0).plus(v));
    return dot(solve(K, y)[0], y).plus(sum(cholesky(K).map((row, i) => row[i]!.log())).times(2));
  });
  suite.port('exponential', { A: A.map((v) => v / 3) }, (p) => weigh(exponential(rows(p.A, n))));
  suite.port('exponential of a rotation', { w: [0.3, -0.5, 0.8] }, ({ w: [a, c, d] }) => {
    const zero = a!.times(0);
    return weigh(
      exponential([
        [zero, d!.times(-1), c!],
        [d!, zero, a!.times(-1)],
        [c!.times(-1), a!, zero],
      ]),
    );
  });
  suite.port('outer product and mean', { a: draws.list(4, 1), b: draws.list(3, 1) }, (p) =>
    sum(
      p.a.flatMap((u, i) =>
        p.b.map((v, j) =>
          u
            .times(v)
            .plus(i * j)
            .square(),
        ),
      ),
    ).over(12),
  );
  suite.port('cumulative sum and product', { x: draws.list(6, 1).map((v) => v + Math.sign(v)) }, ({ x }) => {
    const sums = x.map((_, k) => sum(x.slice(0, k + 1)));
    const products = x.map((_, k) => x.slice(0, k + 1).reduce((a, c) => a.times(c)));
    return sum([...sums, ...products].map((v, k) => v.times(1 + (k % 3))));
  });
  suite.port('sorted', { x: [0.3, -1.2, 2.1, 0.9] }, ({ x }) =>
    sum([...x].toSorted((a, c) => a.value - c.value).map((v, k) => v.times((k + 1) ** 2))),
  );
  suite.port(
    'sorted, with ties',
    { x: [0.3, 0.3, 2.1, 2.1] },
    ({ x }) => sum([...x].toSorted((a, c) => a.value - c.value).map((v, k) => v.times((k + 1) ** 2))),
    { finding: 'kink' },
  );
  suite.port('median', { x: [0.3, -1.2, 2.1, 0.9, -0.4] }, ({ x }) =>
    [...x].toSorted((a, c) => a.value - c.value)[2]!.square(),
  );
  suite.port('product of all', { x: [0.5, -2, 1.5, 3] }, ({ x }) => x.reduce((a, c) => a.times(c)));
  suite.port('product with a zero', { x: [0.5, 0, 1.5, 3] }, ({ x }) => x.reduce((a, c) => a.times(c)));
  suite.port('product with two zeros', { x: [0.5, 0, 0, 3], y: [1.3] }, ({ x, y }) =>
    x.reduce((a, c) => a.times(c)).plus(y[0]!.square()),
  );
  suite.port('standard deviation', { x: [0.3, -1.2, 2.1, 0.9] }, ({ x }) => {
    const m = sum(x).over(4);
    return sum(x.map((v) => v.minus(m).square()))
      .over(3)
      .sqrt();
  });
  suite.claimed('eigenvalues of a symmetric matrix', () =>
    spectral(
      A,
      n,
      (l, i) => l * (i + 1),
      (_, i) => i + 1,
    ),
  );
  suite.claimed('sum of the squares of eigenvalues', () =>
    spectral(
      A,
      n,
      (l) => l * l,
      (l) => 2 * l,
    ),
  );
  suite.claimed('log determinant by eigenvalues', () => spectral(A, n, Math.log, (l) => 1 / l));
  suite.claimed('nuclear norm', () => spectral(B, n, Math.abs, Math.sign));
  suite.claimed('entropy of eigenvalues', () =>
    spectral(
      A,
      n,
      (l) => -l * Math.log(l),
      (l) => -1 - Math.log(l),
    ),
  );
  return suite.cases;
}
