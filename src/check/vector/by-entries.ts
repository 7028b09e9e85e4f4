/** All that a role claims, as one matrix → each output by each entry of the parameters, held against the differences of the outputs. */

import { asymmetry, linearity, LINEARITY_OUTPUTS, sumsFor } from './laws.js';
import type { Method } from './method.js';
import { claimedMatrix, outputsHere, outputsOf, productNoise, type Row } from './products.js';
import { measureRows, unmeasuredRows } from './rows.js';
import type { VectorTask } from './scalarization.js';

/** What is asked when the matrix is known: whether it is linear, and the outputs at θ. */
const OPENING: number = LINEARITY_OUTPUTS + 1;

export function byEntries(task: VectorTask): Method {
  const { subject, settings, budget } = task;
  const layout = { frame: subject, outputs: subject.outputs };
  return {
    layout,
    opening: OPENING,
    *check(opening) {
      const { role, vector, analytic: product } = opening;
      const matrices = yield* claimedMatrix(subject, role, () => budget.allows(1 + OPENING));
      if (matrices === undefined) {
        const stopped = budget.stop();
        return { ...unmeasuredRows(settings, layout), contradictions: [], stopped };
      }
      const notLinear =
        role === 'matrix'
          ? undefined
          : yield* linearity(subject, role, settings, sumsFor(subject, role, { vector, product }, matrices));
      const here = yield* outputsHere(subject);
      const rows = Array.from({ length: outputsOf(subject) }, (_, m): Row => ({
        value: (outputs) => outputs[m]!,
        analytic: subject.parameters.map(({ count }, p) => matrices[p]!.subarray(m * count, (m + 1) * count)),
      }));
      const noise = productNoise(task, opening, rows, vector);
      const measured = yield* measureRows(task, layout, rows, here, noise);
      const broken = [notLinear, asymmetry(subject, matrices, settings, measured.judgement)];
      return { ...measured, contradictions: broken.filter((one) => one !== undefined) };
    },
  };
}
