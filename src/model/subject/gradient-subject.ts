/** A model with a scalar loss and the gradients that are claimed of it. Decides what is one. */

import { readGradients } from './read-gradients.js';
import { demandMember, describe, isPromiseLike, misuse, offers } from '../../errors.js';
import type { Displacement, Model } from '../gradient-model.js';
import { isIntact } from '../references.js';
import { Lengths } from '../tree/lengths.js';
import type { Selection } from '../tree/select.js';
import { Subject } from './subject.js';

export class GradientSubject extends Subject {
  readonly #model: Model;
  readonly #onCall: (() => void) | undefined;

  /**
   * @param onCall called before each call of the user's functions
   * @throws TypeError when `received` is no model, or its parameters can't be perturbed
   */
  constructor(received: unknown, selection: Selection, onCall?: () => void) {
    const model = demandModel(received);
    super(model, selection, model.losses === undefined ? ['loss'] : ['losses', 'loss']);
    if (typeof this.root.value === 'number' && model.randomize !== undefined)
      throw misuse(`model.randomize can't move parameters in place, as it is ${describe(this.root.value)}.`);
    this.#model = model;
    this.#onCall = onCall;
  }

  /** Whether the model says itself what its valid points are. */
  get randomizes(): boolean {
    return this.#model.randomize !== undefined;
  }

  /**
   * Has the model move its parameters to another valid point, which the subject is then at, until it is restored.
   * @returns whether they moved
   * @throws UsageError where they were not moved in place, and what the model throws
   */
  randomize(random: () => number): boolean {
    const lengths = new Lengths(this.all);
    try {
      const returned: unknown = this.#model.randomize!(this.root.value, random);
      const done =
        returned !== undefined && isPromiseLike(returned) ? 'returned a promise' : lengths.change();
      const replaced = this.all.find(({ references }) => !references.every(isIntact));
      const misdone = done ?? (replaced && `put another array or object in the place of ${replaced.name}`);
      if (misdone !== undefined)
        throw misuse(`model.randomize must move the parameters in place, but it ${misdone}.`);
    } finally {
      lengths.restore();
    }
    const hasMoved = this.changes().length > 0;
    this.rebase();
    return hasMoved;
  }

  /** Calls the user's loss at the parameters as they stand. */
  callLoss(): unknown {
    this.#onCall?.();
    this.evaluations.loss += 1;
    return this.#model.loss(this.root.value);
  }

  /** Calls the user's `losses`, which must be there, with some displacements from the parameters as they stand. */
  callLosses(displacements: readonly Displacement[]): unknown {
    this.#onCall?.();
    this.evaluations.loss += displacements.length;
    return this.#model.losses!(displacements, this.root.value);
  }

  /** Calls the user's gradients at the parameters as they stand. */
  callGradients(): unknown {
    this.#onCall?.();
    this.evaluations.gradients += 1;
    return this.#model.gradients(this.root.value);
  }

  /** Copies what `callGradients` returned into one array per parameter. */
  readGradients(returned: unknown, into: readonly Float64Array[]): void {
    readGradients(returned, this.parameters, into);
  }
}

function demandModel(received: unknown): Model {
  if (typeof received !== 'object' || received === null || isPromiseLike(received))
    throw misuse(
      `expect(model) needs an object { parameters, loss, gradients }, but it got ${describe(received)}.`,
    );
  demandMember(received, 'loss');
  demandMember(received, 'gradients');
  offers(received, 'losses');
  offers(received, 'randomize');
  return received as Model;
}
