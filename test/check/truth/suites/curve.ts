/** A curve and data -> half the sum of the squares of its misses. */
import { sum, type X } from './expression.js';

export type Curve = (b: readonly X[], t: number) => X;

export const fit =
  (curve: Curve, data: readonly (readonly [number, number])[]) =>
  ({ b }: { readonly b: readonly X[] }): X =>
    sum(data.map(([t, y]) => curve(b, t).minus(y).square())).over(2);

export const DECAY = [
  [1, 2.4],
  [2, 1.9],
  [4, 1.1],
  [7, 0.5],
  [11, 0.2],
] as const;
export const GROWTH = [
  [9, 8.9],
  [14, 10.8],
  [28, 22.4],
  [42, 39.3],
  [70, 67.1],
] as const;
export const WIDE = [
  [77.6, 10.07],
  [239.9, 29.4],
  [434.8, 50.8],
  [760, 81.8],
] as const;

/** A curve, where its parameters start, and data. */
export type Problem = readonly [
  name: string,
  curve: Curve,
  start: readonly number[],
  data: readonly (readonly [number, number])[],
];
