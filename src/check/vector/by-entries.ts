/** All that a role claims, as one matrix → each output by each entry of the parameters, held against the differences of the outputs. */

import { formatsOf } from '../../numerics/format.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import { entryScale } from '../../numerics/step.js';
import { ClaimNoise } from '../preconditions/claim-noise.js';
import type { Contradiction } from '../measurement.js';
import { linearity, sumsOf } from './linearity.js';
import type { Method, Opening } from './method.js';
import { type Arrays, claimedMatrix, outputsHere, outputsOf, weightedScalarization } from './products.js';
import { ProductNoise } from './product-noise.js';
import { measureRows, type Row, unmeasuredRows } from './rows.js';
import { scalarized, unclaimed, type VectorTask } from './scalarization.js';
import { asymmetry } from './symmetry.js';

export function byEntries(task: VectorTask): Method {
  const { subject, settings, budget } = task;
  const layout = { frame: subject, outputs: subject.outputs };
  return {
    layout,
    *check(opening) {
      const { role, vector, analytic } = opening;
      const matrices = yield* claimedMatrix(subject, role, () => !budget.spent());
      if (matrices === undefined) {
        const stopped = budget.stop();
        return { ...unmeasuredRows(settings, layout), contradictions: [], stopped };
      }
      const contradictions: Contradiction[] = [];
      if (role !== 'matrix') {
        const sums = sumsOf(subject, role, vector, analytic, matrices);
        const broken = yield* linearity(subject, role, settings, sums);
        if (broken !== undefined) contradictions.push(broken);
      }
      const here = yield* outputsHere(subject);
      const rows = rowsOf(task, opening, matrices);
      const measured = yield* measureRows(task, layout, rows, here);
      const broken = asymmetry(subject, matrices, settings, measured.judgement);
      if (broken !== undefined) contradictions.push(broken);
      return { ...measured, contradictions };
    },
  };
}

/** The rows of the claimed matrix, one for each output. */
function rowsOf(task: VectorTask, opening: Opening, matrices: Arrays): Row[] {
  const { subject, settings } = task;
  const { role } = opening;
  const products = new ProductNoise(task, opening);
  return Array.from({ length: outputsOf(subject) }, (_, m) => {
    const analytic = subject.parameters.map(({ count }, p) =>
      matrices[p]!.subarray(m * count, (m + 1) * count),
    );
    const value = (outputs: Float64Array): number => outputs[m]!;
    if (role === 'jvp') {
      const sizes = opening.vector;
      return { scalarization: unclaimed(value), analytic, noise: () => products.bounds(value, sizes) };
    }
    const unit = new Float64Array(outputsOf(subject));
    unit[m] = 1;
    const scalarization = { ...weightedScalarization(subject, role, unit), value };
    const scales = subject.saved.map((values) => entryScale(0, rootMeanSquare(values)));
    return {
      scalarization,
      analytic,
      *noise() {
        const noise = new ClaimNoise(subject, scales, formatsOf(analytic), settings.seed);
        const bounds: Float64Array[] = [];
        for (const p of subject.parameters.keys())
          bounds.push(yield* scalarized(scalarization, task, subject, noise.bounds(p)));
        return bounds;
      },
    };
  });
}
