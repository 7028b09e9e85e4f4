/** A model with a scalar loss and the gradients that are claimed of it. Decides what is one. */

import { GRADIENTS, readGradients, type Source } from './read-gradients.js';
import { demandMember, describe, isPromiseLike, misuse, offers } from '../../errors.js';
import type { Displacement, Model } from '../gradient-model.js';
import type { Selection } from '../tree/select.js';
import { Subject } from './subject.js';

/** What a model is asked for. */
export interface Role {
  /** Whether it is asked for its loss; else it needs none, and each loss is 0. */
  readonly hasLoss: boolean;
  /** Its claim, as a call. */
  readonly call: string;
}

const MODEL: Role = { hasLoss: true, call: GRADIENTS.call };

export class GradientSubject extends Subject {
  readonly #model: Model;
  readonly #onCall: (() => void) | undefined;
  readonly #hasLoss: boolean;
  readonly #source: Source;

  /**
   * @param onCall called before each call of the user's functions
   * @param role what is asked of it
   * @throws TypeError when `received` is no model, or its parameters can't be perturbed
   */
  constructor(received: unknown, selection: Selection, onCall?: () => void, { hasLoss, call }: Role = MODEL) {
    const model = demandModel(received, hasLoss);
    super(model, selection, hasLoss && model.losses !== undefined ? ['losses', 'loss'] : ['loss']);
    this.#hasLoss = hasLoss;
    this.#source = { ...GRADIENTS, call };
    this.#model = model;
    this.#onCall = onCall;
  }

  /** Calls the user's loss at the parameters as they stand. */
  callLoss(): unknown {
    if (!this.#hasLoss) return 0;
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
    readGradients(returned, this.parameters, into, this.#source);
  }
}

function demandModel(received: unknown, hasLoss: boolean): Model {
  if (typeof received !== 'object' || received === null || isPromiseLike(received))
    throw misuse(
      `expect(model) needs an object { parameters, ${hasLoss ? 'loss, ' : ''}gradients }, but it got ${describe(received)}.`,
    );
  if (hasLoss) demandMember(received, 'loss');
  demandMember(received, 'gradients');
  if (hasLoss) offers(received, 'losses');
  return received as Model;
}
