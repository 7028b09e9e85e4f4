/** Random tangents of each parameter → parameters of their own, whose entries move the function's along them. */

import type { Frame } from '../../model/subject/subject.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import { directionalParameter } from '../../model/tree/directional-values.js';
import type { Arrays } from './products.js';
import { numbersOf, tangentWeights, VECTORS } from './random-vectors.js';

/** The parameters as numbers that move them along tangents. */
export interface TangentFrame extends Frame {
  /** For each parameter with entries that are due, its place among all, and the tangents. */
  readonly along: readonly { readonly parameter: number; readonly tangents: Arrays }[];
}

/** Where the numbers stand at θ; with tangents that have the scale of the parameter it is theirs. */
const REST = 1;

export function tangentFrame(subject: VectorSubject, seed: number): TangentFrame {
  const along = subject.due.map((range) => {
    const { parameter } = range;
    const { length } = subject.saved[parameter]!;
    const tangents = Array.from({ length: VECTORS }, (_, k) =>
      numbersOf(tangentWeights(subject, parameter, seed, k), length, range),
    );
    return { parameter, tangents };
  });
  const parameters = along.map(({ parameter, tangents }) =>
    directionalParameter(subject.parameters[parameter]!, subject.saved[parameter]!, tangents, REST),
  );
  return {
    along,
    parameters,
    saved: parameters.map(({ count }) => new Float64Array(count).fill(REST)),
    due: parameters.map(({ count }, parameter) => ({ parameter, from: 0, to: count, count })),
    lossFunctions: subject.lossFunctions,
    evaluations: subject.evaluations,
  };
}
