/** The walks that answer what a check asks of a vector function. */

import { movedAt, movedFrom } from './moved.js';
import { writtenBy } from './draw-moves.js';
import { pointsOf } from './points.js';
import type { OutputsRequest, VectorRequest } from './requests.js';
import type { VectorSubject } from '../subject/vector-subject.js';
import { CallEvaluation, PointEvaluation, type Evaluation } from './answer-losses.js';

/** The walk that answers a request for outputs or derivatives. */
export function vectorEvaluationOf(request: VectorRequest, subject: VectorSubject): Evaluation {
  if (request.kind === 'outputs') {
    const { at, frame } = request;
    if (at.kind === 'path' && frame === subject) subject.noteChanges(writtenBy(at.path));
    return new OutputsEvaluation(request, subject);
  }
  const { role, vector, path, multiple, into } = request;
  subject.noteChanges(writtenBy(path));
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

  constructor({ at, frame, into }: OutputsRequest, subject: VectorSubject) {
    // Of others that move the parameters only these themselves tell where they are.
    super(
      pointsOf(at, frame),
      (k) => (frame === subject ? movedAt(at, k, subject) : movedFrom(subject)),
      into,
    );
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
