/** What tables of test functions of optimisation are made of. */
import { sum, type X } from './expression.js';

/** The function, its usual start, and a minimum where one is known to the last digit. */
export type Objective = readonly [
  name: string,
  f: (x: readonly X[]) => X,
  start: readonly number[],
  minimum?: readonly number[],
];

export const squares = (...terms: X[]): X => sum(terms.map((t) => t.square()));
export const ten = Array.from({ length: 10 }, (_, i) => (i + 1) / 10);
