/** Products with a tangent at points close to θ → how noisy they are, output by output, and with them the rows of the matrix. */

import type { VectorRequest } from '../../model/evaluate/requests.js';
import { formatsOf } from '../../numerics/format.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import { entryScale } from '../../numerics/step.js';
import { flattened } from '../../model/array/concat.js';
import { measureClaimNoise } from '../preconditions/claim-noise.js';
import type { Opening } from './method.js';
import type { Arrays } from './products.js';
import { scalarized, type VectorTask } from './scalarization.js';

/** The noise of all products with the first tangent, measured when it is first asked for. */
export class ProductNoise {
  readonly #task: VectorTask;
  readonly #opening: Opening;
  #bounds: Float64Array | undefined;

  constructor(task: VectorTask, opening: Opening) {
    this.#task = task;
    this.#opening = opening;
  }

  /**
   * What noise makes uncertain of each derivative of a row: all that shows in the product may be that of one of them.
   * @param sizes by how much each is multiplied in the product
   */
  *bounds(value: (outputs: Float64Array) => number, sizes: Arrays): Generator<VectorRequest, Arrays, void> {
    this.#bounds ??= yield* this.#measure();
    const bound = Math.abs(value(this.#bounds));
    return sizes.map((own) => own.map((size) => bound / Math.abs(size)));
  }

  *#measure(): Generator<VectorRequest, Float64Array, void> {
    const { subject, settings } = this.#task;
    const scales = subject.saved.map((values) => entryScale(0, rootMeanSquare(values)));
    const formats = formatsOf(this.#opening.analytic);
    const ones = subject.outputs.map(({ count }) => new Float64Array(count).fill(1));
    const source = { frame: subject, scales, formats, seed: settings.seed };
    const measuring = measureClaimNoise(source, ones);
    return flattened(yield* scalarized(this.#opening, this.#task, subject, measuring));
  }
}
