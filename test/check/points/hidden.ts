/** What a model has that stands where a test would naturally have it, zero biases, equal rows, vectors of length 1, which hides a mistake. */

import type { FindingCode, Model } from 'expect-gradients';
import type { Draws } from '../truth/models/draws.js';

export interface Hidden {
  readonly name: string;
  /** What the finding at the second point is, where the mistake has a name. */
  readonly code?: FindingCode;
  /** The parameters that are wrong there. */
  readonly wrong: readonly string[];
  /** What is told at the first point alone: codes by parameter. */
  readonly told: Readonly<Record<string, FindingCode>>;
  /** With its mistake, or right; with the first numbers, or with others. */
  readonly model: (isWrong: boolean, draws: Draws | undefined) => Model<never>;
}

export type Row = readonly number[];
export type Rows = readonly Row[];

export const sum = <T>(items: readonly T[], of: (item: T, i: number) => number): number =>
  items.reduce((total, item, i) => total + of(item, i), 0);
export const dot = (a: Row, b: Row): number => sum(a, (v, i) => v * b[i]!);
export const sigma = (z: number): number => 1 / (1 + Math.exp(-z));
export const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

/** A model by its parts, whatever its parameters are. */
export function modelOf<P>(model: Model<P>): Model<never> {
  return model as unknown as Model<never>;
}
