/** A model with a scalar loss and the gradients that are claimed of it. Decides what is one. */

import { readGradients } from './read-gradients.js';
import { demandMember, describe, isPromiseLike, misuse, offers } from '../../errors.js';
import type { Displacement, Model } from '../gradient-model.js';
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
    this.#model = model;
    this.#onCall = onCall;
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
  return received as Model;
}
