/** The values of a parameter → its scale, in the unit of which it is moved. */

import { finiteRootMeanSquare } from '../../numerics/norms.js';
import { entryScale } from '../../numerics/step.js';

/** The root mean square of what is finite of it, as nothing can be moved by a share of the others; 1 where all of that is zero. */
export function scaleOf(values: Float64Array): number {
  return entryScale(0, finiteRootMeanSquare(values));
}
