/**
 * Random tangents of each parameter → whether the products with them are right: along a tangent each output is a function of one number, and the
 * product claims its derivative. Tangents are the entries of parameters of their own, and each output is measured by these.
 */

import { flattened } from '../../model/array/concat.js';
import { additivity, ADDITIVITY_OUTPUTS, asymmetryAlong, SYMMETRY_VECTORS } from './laws.js';
import { unitOutput } from './pairs.js';
import type { Method } from './method.js';
import { alone, outputsHere, outputsOf, productHere, productNoise } from './products.js';
import { cotangent, cotangentWeights, tangent, tangentFrame, VECTORS } from './random-vectors.js';
import { measureRows } from './rows.js';
import { type VectorTask, weighted } from './scalarization.js';
import { flatPlace, sumsOf } from './vector-report.js';

/** More outputs than these are not measured one by one, but as a few random sums of them. */
const MOST_OUTPUTS = 2048;

export function byTangents(task: VectorTask): Method {
  const { subject, settings } = task;
  const { seed } = settings;
  const isEach = outputsOf(subject) <= MOST_OUTPUTS;
  const frame = tangentFrame(subject, seed);
  const isHessian = subject.names.kind === 'hessian';
  const vectors = isHessian ? SYMMETRY_VECTORS : 2;
  const layout = { frame, outputs: isEach ? subject.outputs : sumsOf(subject, VECTORS) };
  return {
    layout,
    vectors: VECTORS,
    // A product for each tangent and vector but the first, which was asked; whether they are linear; and the outputs at θ.
    opening: frame.along.length * VECTORS + vectors - 1 + ADDITIVITY_OUTPUTS + 1,
    *check(opening) {
      const products: Float64Array[][] = [];
      for (const { parameter, tangents } of frame.along) {
        const own: Float64Array[] = [];
        for (const numbers of tangents)
          own.push(
            flattened(yield* productHere(subject, 'jvp', alone(subject.parameters, parameter, numbers))),
          );
        products.push(own);
      }
      const looks = [{ vector: opening.vector, product: opening.analytic }];
      for (let k = 1; k < vectors; k += 1) {
        const vector = tangent(subject, seed, k);
        looks.push({ vector, product: yield* productHere(subject, 'jvp', vector) });
      }
      const broken = [
        yield* additivity(subject, 'jvp', settings, looks),
        isHessian ? asymmetryAlong(looks, settings) : undefined,
      ];
      const here = yield* outputsHere(subject);
      const rows = valuesOf(task, isEach).map((value) => ({
        value,
        analytic: products.map((own) => Float64Array.from(own, value)),
      }));
      const ones = products.map((own) => new Float64Array(own.length).fill(1));
      const noise = productNoise(task, opening, rows, ones);
      const measured = yield* measureRows(task, layout, rows, here, noise);
      const { parameters } = measured.judgement;
      return {
        ...measured,
        measurement: { ...measured.measurement, method: 'directional' },
        contradictions: broken.filter((one) => one !== undefined),
        wrongIn(offender) {
          const place = frame.parameters.findIndex(({ name }) => name === offender.parameter);
          const own = (row: number): (typeof parameters)[number] =>
            parameters[row * frame.due.length + place]!;
          const row = isEach
            ? flatPlace(subject, offender)
            : [...rows.keys()].find((k) => own(k).wrong.includes(offender.index[0]!))!;
          const run = { from: 0, to: here.length };
          const sum = { run, weights: cotangentWeights(subject.outputs, seed, row) };
          return {
            role: 'jvp',
            here,
            range: subject.due[place]!,
            own: own(row),
            step: own(row).step!.min,
            outputs: isEach ? unitOutput(row) : sum,
          };
        },
      };
    },
  };
}

/** Each output, or a few random sums of them. */
function valuesOf(
  { subject, settings }: VectorTask,
  isEach: boolean,
): readonly ((outputs: Float64Array) => number)[] {
  const count = isEach ? outputsOf(subject) : VECTORS;
  return Array.from({ length: count }, (_, m) => {
    if (isEach) return (outputs) => outputs[m]!;
    const weights = cotangent(subject, settings.seed, m);
    return (outputs) => weighted(weights, outputs);
  });
}
