/**
 * Random tangents of each parameter → whether the products with them are right: along a tangent each output is a function of one number, and the
 * product claims its derivative. Tangents are the entries of parameters of their own, and each output is measured by these.
 */

import { flattened } from '../../model/array/concat.js';
import type { VectorRequest } from '../../model/evaluate/requests.js';
import type { Contradiction } from '../measurement.js';
import { additivity } from './linearity.js';
import { locateEntry } from './locate-entry.js';
import type { Method } from './method.js';
import { ProductNoise } from './product-noise.js';
import { alone, type Arrays, cotangent, outputsHere, outputsOf, productHere, tangent } from './products.js';
import { VECTORS } from './random-vectors.js';
import { measureRows } from './rows.js';
import { type Scalarization, unclaimed, type VectorTask, weighted } from './scalarization.js';
import { asymmetryAlong, SYMMETRY_VECTORS } from './symmetry.js';
import { tangentFrame } from './tangent-frame.js';
import { sumsOf } from './vector-report.js';

/** More outputs than these are not measured one by one, but as a few random sums of them. */
const MOST_OUTPUTS = 2048;

export function byTangents(task: VectorTask): Method {
  const { subject, settings } = task;
  const count = outputsOf(subject);
  const isEach = count <= MOST_OUTPUTS;
  const frame = tangentFrame(subject, settings.seed);
  const layout = { frame, outputs: isEach ? subject.outputs : sumsOf(subject, VECTORS) };
  return {
    layout,
    vectors: VECTORS,
    *check(opening) {
      const products: Float64Array[][] = [];
      for (const { parameter, tangents } of frame.along) {
        const own: Float64Array[] = [];
        for (const numbers of tangents) {
          const vector = alone(subject.parameters, parameter, numbers);
          own.push(flattened(yield* productHere(subject, 'jvp', vector)));
        }
        products.push(own);
      }
      const contradictions = yield* contradictionsOf(task);
      const here = yield* outputsHere(subject);
      const noise = new ProductNoise(task, opening);
      const values = isEach ? each(count) : sums(task);
      const sizes = products.map((own) => new Float64Array(own.length).fill(1));
      const rows = values.map((value) => ({
        scalarization: unclaimed(value),
        analytic: products.map((own) => Float64Array.from(own, value)),
        noise: () => noise.bounds(value, sizes),
      }));
      const measured = yield* measureRows(task, layout, rows, here);
      const { judgement } = measured;
      return {
        ...measured,
        measurement: { ...measured.measurement, method: 'directional' },
        contradictions,
        locate: (offender) => locateEntry(task, { frame, products, here, judgement }, offender),
      };
    },
  };
}

type Value = Scalarization['value'];

/** Each output. */
function each(count: number): Value[] {
  return Array.from({ length: count }, (_, m) => (outputs) => outputs[m]!);
}

/** A few random sums of them. */
function sums({ subject, settings }: VectorTask): Value[] {
  return Array.from({ length: VECTORS }, (_, k) => {
    const weights = cotangent(subject, settings.seed, k);
    return (outputs) => weighted(weights, outputs);
  });
}

/** What the products themselves say against them. */
function* contradictionsOf({
  subject,
  settings,
}: VectorTask): Generator<VectorRequest, Contradiction[], void> {
  const looks: { readonly vector: Arrays; readonly product: Arrays }[] = [];
  const isHessian = subject.names.kind === 'hessian';
  for (let k = 0; k < (isHessian ? SYMMETRY_VECTORS : 2); k += 1) {
    const vector = tangent(subject, settings.seed, k);
    looks.push({ vector, product: yield* productHere(subject, 'jvp', vector) });
  }
  const broken = [
    yield* additivity(subject, 'jvp', settings, looks[0]!, looks[1]!),
    isHessian ? asymmetryAlong(looks, settings) : undefined,
  ];
  return broken.filter((one) => one !== undefined);
}
