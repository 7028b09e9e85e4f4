/** A loss of one parameter and a claim → what the procedures of a check are given of it, and their result. */

import type { ParameterTask } from '../../src/check/entries/task.js';
import type { LossNoise } from '../../src/check/preconditions/loss-noise.js';
import { Budget } from '../../src/check/run/budget.js';
import { now } from '../../src/check/run/clock.js';
import { answer, type Procedure } from '../../src/check/run/drive.js';
import { evaluationOf } from '../../src/model/evaluate/answer-losses.js';
import type { Request } from '../../src/model/evaluate/requests.js';
import { GradientSubject } from '../../src/model/subject/gradient-subject.js';
import { DOUBLE } from '../../src/numerics/format.js';
import { rootMeanSquare } from '../../src/numerics/norms.js';
import { entryScale } from '../../src/numerics/step.js';

export interface Given extends Partial<Omit<ParameterTask, 'noise' | 'analytic' | 'budget'>> {
  readonly noise?: Partial<LossNoise>;
  /** What is claimed; zero, where left out. */
  readonly claim?: readonly number[];
  readonly maxEvaluations?: number;
}

export interface Made {
  readonly subject: GradientSubject;
  readonly task: ParameterTask;
  /** The steps of `tell`. */
  readonly told: readonly number[];
  readonly run: <Result>(procedure: Procedure<Request, Result>) => Result;
}

/** The loss of an array x, which the model moves. */
export function made(
  loss: (x: Float64Array) => number,
  values: readonly number[] | Float32Array,
  given: Given = {},
): Made {
  const x = values instanceof Float32Array ? values : Float64Array.from(values);
  const analytic = Float64Array.from(given.claim ?? Array.from(x, () => 0));
  const told: number[] = [];
  const subject = new GradientSubject(
    { parameters: { x }, loss: () => loss(Float64Array.from(x)), gradients: () => ({ x: analytic }) },
    { only: undefined, except: undefined, shard: undefined },
  );
  const here = loss(Float64Array.from(x));
  const { noise, claim: _, maxEvaluations, ...more } = given;
  const settings = { maxEvaluations, timeLimit: undefined, onProgress: undefined };
  const task: ParameterTask = {
    frame: subject,
    parameter: 0,
    range: { parameter: 0, from: 0, to: x.length, count: x.length },
    loss: here,
    noise: {
      level: Number.EPSILON * Math.max(Math.abs(here), 1),
      size: Math.max(Math.abs(here), 1),
      distance: 2 ** -17,
      reach: Infinity,
      change: 1,
      isStill: false,
      scatter: 0,
      ...noise,
    },
    scale: entryScale(0, rootMeanSquare(Float64Array.from(x))),
    analytic,
    claimNoise: {
      format: () => DOUBLE,
      known: () => undefined,
      // oxlint-disable-next-line require-yield -- nothing is asked of claims that have no noise
      *bounds() {
        return new Float64Array(x.length);
      },
    },
    reach: 0,
    moved: 64,
    epsilon: undefined,
    policy: { tolerance: undefined, kinks: 'subgradient' },
    seed: 1,
    shown: 5,
    tell: (left) => void told.push(left),
    ...more,
    budget: new Budget(settings, subject, undefined, now()),
  };
  return {
    subject,
    task,
    told,
    run: (procedure) => {
      const result = answer(procedure, (request) => evaluationOf(request, subject));
      if (result instanceof Promise) throw new Error('a loss that is a number is no promise');
      return result;
    },
  };
}
