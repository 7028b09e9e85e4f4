/** A factory and sizes → its model, at once or when a promise of it is settled. */

import { isPromiseLike } from '../../errors.js';
import type { Evaluation } from '../../model/evaluate/answer-losses.js';

/** One call of the user's factory. */
export class ModelEvaluation implements Evaluation {
  readonly accept: (model: unknown) => void;
  readonly #call: () => unknown;
  #called = false;

  /** @param take what becomes of what the factory gave */
  constructor(call: () => unknown, take: (model: unknown) => void) {
    this.#call = call;
    this.accept = take;
  }

  run(): PromiseLike<unknown> | undefined {
    if (this.#called) return undefined;
    this.#called = true;
    const model = this.#call();
    if (isPromiseLike(model)) return model;
    this.accept(model);
    return undefined;
  }
}
