/** What tables of log densities are made of: observations, and functions of parameters. */
import type { X } from './expression.js';
import { cdf, digamma, lgamma, pdf } from './special.js';

export const gamma = (x: X): X => x.apply(lgamma, digamma);
export const logCdf = (x: X): X =>
  x.apply(
    (v) => Math.log(cdf(v)),
    (v) => pdf(v) / cdf(v),
  );

export const OBSERVED = [-1.3, 0.4, 0.9, 2.2];
export const POSITIVE = [0.3, 1.1, 2.4, 4.9];
export const SHARES = [0.12, 0.45, 0.8];
export const COUNTS = [0, 3, 1, 7];

export type Density = readonly [
  name: string,
  at: Readonly<Record<string, readonly number[]>>,
  log: (p: readonly X[], y: number) => X,
  data: readonly number[],
];

/** Each takes its parameters in the array p. */
