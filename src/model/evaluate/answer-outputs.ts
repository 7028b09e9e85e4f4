/** The walks that answer what a check asks of a vector function. */

import { type Points, pointsOf } from './points.js';
import type { VectorRequest } from './requests.js';
import type { VectorSubject } from '../subject/vector-subject.js';
import { CallEvaluation, PointEvaluation, type Evaluation } from './answer-losses.js';

/** The walk that answers a request for outputs or derivatives. */
export function vectorEvaluationOf(request: VectorRequest, subject: VectorSubject): Evaluation {
  if (request.kind === 'outputs')
    return new OutputsEvaluation(pointsOf(request.at, request.frame), subject, request.into);
  const { role, vector, path, multiple, into } = request;
  return new CallEvaluation(
    subject,
    { path, multiple },
    {
      call: () => subject.callDerivative(role, vector),
      read: (value) => {
        subject.readDerivative(role, value, into);
      },
    },
  );
}

class OutputsEvaluation extends PointEvaluation {
  readonly #subject: VectorSubject;
  readonly #into: (Float64Array | undefined)[];

  constructor(points: Points, subject: VectorSubject, into: (Float64Array | undefined)[]) {
    super(points, into);
    this.#subject = subject;
    this.#into = into;
  }

  protected call(): unknown {
    return this.#subject.callOutputs();
  }

  protected take(k: number, value: unknown): void {
    this.#into[k] = this.#subject.readOutputs(value);
  }
}
