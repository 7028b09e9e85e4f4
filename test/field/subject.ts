import { createRequire } from 'node:module';
import type { FindingCode, GradientCheckOptions, Model, VectorModel } from 'expect-gradients';

/** A model of a published library, and what its check has to say with nothing but defaults. */
export interface Subject {
  readonly name: string;
  /** The library, and the version that the verdict is about. */
  readonly library: string;
  /** What is checked: gradients of a loss, or, with `outputs`, a Jacobian. */
  readonly model: () => Checked | PromiseLike<Checked>;
  /** Which parameters are checked, where the library keeps others beside them. */
  readonly only?: NonNullable<GradientCheckOptions['only']>;
  /** The parameters that must be found wrong; none: the derivatives are right, and the verdict is `correct`. */
  readonly wrong: readonly string[];
  /** The first finding. */
  readonly cause?: FindingCode;
  /** Parameters that nothing moves, which is told and not failed. */
  readonly unchecked?: readonly string[];
  /** That the library's function can't be differentiated, which must be told as such. */
  readonly inconclusive?: true;
}

/** Either kind of model. */
export type Checked = Model | VectorModel;

/** Loads a library that comes without types, or as CommonJS only. */
export const load: NodeJS.Require = createRequire(import.meta.url);

/** A curve and what claims to be its derivative, each as coordinates at one value of its parameter `t`. */
export const curve = (
  t: number,
  outputs: (t: number) => readonly number[],
  derivative: (t: number) => readonly number[],
): VectorModel<{ t: number }> => ({
  parameters: { t },
  outputs: (at) => outputs(at.t),
  jacobian: (at) => derivative(at.t),
});

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
