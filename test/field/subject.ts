import { createRequire } from 'node:module';
import type { FindingCode, Model } from 'expect-gradients';

/** A model of a published library, and what its check has to say with nothing but defaults. */
export interface Subject {
  readonly name: string;
  /** The library, and the version that the verdict is about. */
  readonly library: string;
  readonly model: () => Model | PromiseLike<Model>;
  /** The parameters that must be found wrong; none: the gradients are right, and the verdict is `correct`. */
  readonly wrong: readonly string[];
  /** The first finding. */
  readonly cause?: FindingCode;
  /** Parameters that nothing moves, which is told and not failed. */
  readonly unchecked?: readonly string[];
}

/** Loads a library that comes without types, or as CommonJS only. */
export const load: NodeJS.Require = createRequire(import.meta.url);

/** Numbers that look random, the same every time, from −½ to ½: initial weights of libraries are random, and tests want them alike. */
export const numbers = (count: number, start = 0): number[] =>
  Array.from({ length: count }, (_, i) => Math.sin(1.3 * (i + start) ** 2 + i + start + 1) / 2);

/** Gives the entries of arrays such values. */
export function fill(...arrays: (number[] | Float32Array | Float64Array)[]): void {
  let start = 0;
  for (const array of arrays) {
    for (const [i, value] of numbers(array.length, start).entries()) array[i] = value;
    start += array.length;
  }
}
