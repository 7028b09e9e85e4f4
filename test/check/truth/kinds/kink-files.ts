/** The two inputs with blank rows that are given as files, to the letter: a number of units, or a seed -> the model. */
import { lehmer } from '../models/draws.js';
import type { Arrays, Claimed } from '../models/net.js';

/** One hidden ReLU layer, biases zero, one of three rows all zero. relu'(0) = 0. */
export function blankRow(units: number): Claimed {
  const uniform = lehmer(5);
  const X = [
    [uniform(), uniform(), uniform()],
    [0, 0, 0],
    [uniform(), uniform(), uniform()],
  ];
  const y = [0.4, -0.8, 1.1];
  const P = {
    W: Float64Array.from({ length: 3 * units }, uniform),
    b: new Float64Array(units),
    v: Float64Array.from({ length: units }, uniform),
  };
  type Visit = (x: readonly number[], z: readonly number[], d: number) => void;
  const each = (visit?: Visit): number =>
    X.reduce((total, x, i) => {
      const z = Array.from(
        P.b,
        (b, j) => b + x[0]! * P.W[3 * j]! + x[1]! * P.W[3 * j + 1]! + x[2]! * P.W[3 * j + 2]!,
      );
      const e = z.reduce((t, a, j) => t + P.v[j]! * Math.max(a, 0), 0) / Math.sqrt(units) - y[i]!;
      visit?.(x, z, (2 * e) / Math.sqrt(units));
      return total + e * e;
    }, 0);
  return {
    parameters: P,
    loss: () => each(),
    gradients: () => {
      const g = { W: new Float64Array(3 * units), b: new Float64Array(units), v: new Float64Array(units) };
      each((x, z, d) => {
        for (const [j, a] of z.entries()) {
          g.v[j]! += d * Math.max(a, 0);
          if (a <= 0) continue;
          g.b[j]! += d * P.v[j]!;
          for (let k = 0; k < 3; k += 1) g.W[3 * j + k]! += d * P.v[j]! * x[k]!;
        }
      });
      return g;
    },
  };
}

const H = 5;
const LEAK = 0.2;
const act = (z: number): number => (z > 0 ? z : LEAK * z);
const slope = (z: number): number => (z > 0 ? 1 : LEAK);

/** Two leaky ReLU layers, one row all zero; every kink takes the slope of its negative side. */
export function twoLeakyLayers(bias: number, seed: number): Claimed {
  const uniform = lehmer(seed);
  const fill = (n: number, scale = 1): Float64Array =>
    Float64Array.from({ length: n }, () => scale * uniform());
  const X = [
    [0, 0],
    [uniform(), uniform()],
    [uniform(), uniform()],
  ];
  const y = [2 * uniform(), 2 * uniform(), 2 * uniform()];
  const P = { A: fill(2 * H), a: fill(H, bias), B: fill(H * H), b: fill(H, bias), c: fill(H) };
  const run = (g?: Arrays): number =>
    X.reduce((total, x, i) => {
      const p = Array.from(P.a, (v, j) => v + x[0]! * P.A[j]! + x[1]! * P.A[H + j]!);
      const q = Array.from(P.b, (v, j) => p.reduce((t, z, k) => t + act(z) * P.B[k * H + j]!, v));
      const e = q.reduce((t, z, j) => t + act(z) * P.c[j]!, 0) - y[i]!;
      if (g !== undefined) {
        const dq = q.map((z, j) => 2 * e * P.c[j]! * slope(z));
        const dp = p.map((z, k) => slope(z) * dq.reduce((t, d, j) => t + d * P.B[k * H + j]!, 0));
        for (const [j, z] of q.entries()) {
          g['c']![j]! += 2 * e * act(z);
          g['b']![j]! += dq[j]!;
          for (const [k, v] of p.entries()) g['B']![k * H + j]! += dq[j]! * act(v);
        }
        for (const [j, d] of dp.entries()) {
          g['a']![j]! += d;
          g['A']![j]! += d * x[0]!;
          g['A']![H + j]! += d * x[1]!;
        }
      }
      return total + e * e;
    }, 0);
  return {
    parameters: P,
    loss: () => run(),
    gradients: () => {
      const g = Object.fromEntries(Object.entries(P).map(([name, v]) => [name, new Float64Array(v.length)]));
      run(g);
      return g;
    },
  };
}
