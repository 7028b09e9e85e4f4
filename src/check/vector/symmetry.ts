/** Whether a claimed Hessian is symmetric, as the second derivatives of anything are where they are continuous. */

import { placeOn } from '../../model/array/axis.js';
import { flattened } from '../../model/array/concat.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import { type Format, formatOf } from '../../numerics/format.js';
import { groupNorms, rootMeanSquare } from '../../numerics/norms.js';
import { tolerancesFor } from '../../verdict/tolerance.js';
import type { NotSymmetric } from '../measurement.js';
import type { Judgement } from '../report/judge.js';
import type { Settings } from '../settings.js';
import type { Arrays } from './products.js';

/**
 * What breaks the symmetry of the matrices that are claimed for each parameter; undefined of a Jacobian.
 * @param judgement of the claim by the differences of the gradients
 */
export function asymmetry(
  subject: VectorSubject,
  matrices: Arrays,
  settings: Settings,
  { verdict }: Pick<Judgement, 'verdict'>,
): NotSymmetric | undefined {
  if (subject.names.kind !== 'hessian') return undefined;
  const places = subject.parameters.flatMap(({ name, shape, count }, p) =>
    Array.from({ length: count }, (_, i) => ({ name, shape, count, p, i })),
  );
  const at = (row: number, { p, i, count }: (typeof places)[number]): number =>
    matrices[p]![row * count + i]!;
  const typical = 2 * rootMeanSquare(Float64Array.from(matrices, rootMeanSquare));
  const format = formatOf(matrices);
  const tolerance = Math.max(...matrices.map((matrix) => claimTolerance(matrix, format, settings)));
  let [pairs, worst] = [0, 0];
  let found: readonly [number, number] = [0, 0];
  for (const [a, row] of places.entries())
    for (let b = a + 1; b < places.length; b += 1) {
      const [one, other] = [at(a, places[b]!), at(b, row)];
      const size = Math.max(typical, Math.abs(one) + Math.abs(other));
      const apart = Math.abs(one - other);
      if (!(apart > tolerance * size)) continue;
      pairs += 1;
      if (apart <= worst) continue;
      [worst, found] = [apart, [a, b]];
    }
  if (pairs === 0) return undefined;
  const [row, column] = [places[found[0]]!, places[found[1]]!];
  return {
    kind: 'not-symmetric',
    row: placeOn({ ...row, from: 0 }, row.i),
    column: placeOn({ ...column, from: 0 }, column.i),
    value: at(found[0], column),
    mirrored: at(found[1], row),
    pairs,
    measured: verdict === 'correct',
  };
}

/** How many vectors the symmetry is tried with: an entry without its mirror image shows for two of them but by chance. */
export const SYMMETRY_VECTORS = 3;

/** The same of products with random vectors: v·Hw = w·Hv. */
export function asymmetryAlong(
  looks: readonly { readonly vector: Arrays; readonly product: Arrays }[],
  settings: Settings,
): NotSymmetric | undefined {
  const format = formatOf(looks.flatMap(({ product }) => product));
  for (const [k, { vector: w, product: atW }] of looks.slice(1).entries()) {
    const { vector: v, product: atV } = looks[k]!;
    const [along, mirrored] = [terms(v, atW), terms(w, atV)];
    const tolerance = Math.max(
      ...[...atV, ...atW].map((claimed) => claimTolerance(claimed, format, settings)),
    );
    const size = (rootMeanSquare(along) + rootMeanSquare(mirrored)) * Math.sqrt(along.length);
    const [value, other] = [sumOf(along), sumOf(mirrored)];
    if (Math.abs(value - other) > tolerance * size)
      return {
        kind: 'not-symmetric',
        row: 'v',
        column: 'w',
        value,
        mirrored: other,
        pairs: 0,
        measured: false,
      };
  }
  return undefined;
}

function claimTolerance(claimed: Float64Array, format: Format, settings: Settings): number {
  const compared = { analytic: claimed, numeric: claimed, uncertainty: new Float64Array(claimed.length) };
  return tolerancesFor(settings, format, groupNorms(compared)).wrong;
}

/** What each entry adds to a product of two vectors. */
function terms(a: Arrays, b: Arrays): Float64Array {
  return flattened(a.map((array, k) => array.map((value, i) => value * b[k]![i]!)));
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
