/** A symmetric matrix -> sums over its eigenvalues, and their slopes. */
import { formula } from '../models/formula.js';
import type { Claimed } from '../models/net.js';

type Numbers = readonly (readonly number[])[];

/** Jacobi's rotations: eigenvalues, ascending, and eigenvectors in columns, of a symmetric matrix. */
function eigen(A: Numbers): { readonly values: number[]; readonly vectors: number[][] } {
  const n = A.length;
  const S = A.map((row) => [...row]);
  const V: number[][] = A.map((_, i) => A.map((_a, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 30; sweep += 1)
    for (let p = 0; p < n; p += 1)
      for (let q = p + 1; q < n; q += 1) {
        if (S[p]![q] === 0) continue;
        const theta = (S[q]![q]! - S[p]![p]!) / (2 * S[p]![q]!);
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < n; k += 1)
          [S[k]![p], S[k]![q]] = [c * S[k]![p]! - s * S[k]![q]!, s * S[k]![p]! + c * S[k]![q]!];
        for (let k = 0; k < n; k += 1)
          [S[p]![k], S[q]![k]] = [c * S[p]![k]! - s * S[q]![k]!, s * S[p]![k]! + c * S[q]![k]!];
        for (let k = 0; k < n; k += 1)
          [V[k]![p], V[k]![q]] = [c * V[k]![p]! - s * V[k]![q]!, s * V[k]![p]! + c * V[k]![q]!];
      }
  const order = S.map((_, i) => i).toSorted((i, j) => S[i]![i]! - S[j]![j]!);
  return { values: order.map((i) => S[i]![i]!), vectors: V.map((row) => order.map((i) => row[i]!)) };
}

/** Σ f(λᵢ) over the eigenvalues of (A + Aᵀ)/2 : the slope is V f'(Λ) Vᵀ. */
export function spectral(
  A: readonly number[],
  n: number,
  f: (l: number, i: number) => number,
  slope: (l: number, i: number) => number,
): Claimed {
  const symmetric = (a: ArrayLike<number>): Numbers =>
    Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_a, j) => (a[n * i + j]! + a[n * j + i]!) / 2),
    );
  return formula(
    { A },
    (p) => eigen(symmetric(p.A)).values.reduce((total, l, i) => total + f(l, i), 0),
    (p) => {
      const { values, vectors } = eigen(symmetric(p.A));
      return {
        A: Array.from({ length: n * n }, (_, k) =>
          values.reduce(
            (total, l, m) => total + slope(l, m) * vectors[Math.floor(k / n)]![m]! * vectors[k % n]![m]!,
            0,
          ),
        ),
      };
    },
  );
}
