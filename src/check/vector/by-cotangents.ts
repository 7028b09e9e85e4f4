/**
 * Sums of the outputs with random weights → whether what a role claims for them is right: each is a loss, whose gradient is the product with
 * these weights as the cotangent. What is wrong in one output is wrong in all of the sums.
 */

import { split, totalOf } from '../../model/array/concat.js';
import type { Role } from '../../model/vector-model.js';
import type { Verdict } from '../../report.js';
import { measure, strategyFor } from '../measure.js';
import type { Contradiction, Measurement } from '../measurement.js';
import { MOVED_ENTRIES } from '../preconditions/noise.js';
import { type Judgement, judgementOf, noneMoves } from '../report/judge.js';
import { additivity } from './linearity.js';
import { type CotangentClaim, locateOutput } from './locate-output.js';
import type { Method } from './method.js';
import { MOST_NUMBERS } from './outputs-cache.js';
import { claimFor, cotangent, matricesHere, outputsHere, weightedScalarization } from './products.js';
import { VECTORS } from './random-vectors.js';
import { sharedSteps } from './rows.js';
import { scalarized, type VectorTask } from './scalarization.js';
import { asymmetry } from './symmetry.js';
import { sumsOf } from './vector-report.js';

export function byCotangents(task: VectorTask, role: Exclude<Role, 'jvp'>): Method {
  const { subject, settings, budget } = task;
  return {
    layout: { frame: subject, outputs: sumsOf(subject, 1) },
    vectors: VECTORS,
    *check(opening) {
      const matrices = role === 'matrix' ? yield* matricesHere(subject) : undefined;
      const claims: CotangentClaim[] = [];
      for (let k = 0; k < VECTORS; k += 1) {
        const weights = cotangent(subject, settings.seed, k);
        const analytic = k === 0 ? opening.analytic : yield* claimFor(subject, weights, matrices);
        claims.push({ weights, analytic });
      }
      const contradictions: Contradiction[] = [];
      if (role === 'vjp') {
        const [one, other] = claims.map(({ weights, analytic }) => ({
          vector: split(weights, subject.outputs),
          product: analytic,
        }));
        const broken = yield* additivity(subject, role, settings, one!, other!);
        if (broken !== undefined) contradictions.push(broken);
      }
      const here = yield* outputsHere(subject);
      // Entry by entry as far as all that is evaluated for it can be kept for the other cotangents.
      const isKept = 2 * totalOf(subject.due) * here.length <= MOST_NUMBERS;
      const own = strategyFor(subject, isKept ? settings : { ...settings, method: 'directional' });
      const strategy = own.method === 'exhaustive' ? sharedSteps(MOVED_ENTRIES) : own;
      const looks: Look[] = [];
      for (const { weights, analytic } of claims) {
        const scalarization = weightedScalarization(subject, role, weights);
        const point = { frame: subject, settings, analytic, loss: scalarization.value(here), budget };
        const measurement = yield* scalarized(scalarization, task, subject, measure(point, strategy));
        looks.push({ measurement, judgement: judgementOf(subject, settings, measurement) });
        // The outputs were evaluated for all of them at once.
        budget.silence();
        if (looks.at(-1)!.judgement.verdict === 'wrong') break;
      }
      const { measurement, judgement } = worstOf(looks);
      const stopped = budget.stop();
      const broken = matrices && asymmetry(subject, matrices, settings, judgement);
      if (broken !== undefined) contradictions.push(broken);
      return {
        measurement,
        judgement,
        sumNoise: measurement.noise,
        contradictions,
        stopped,
        locate: (offender) => locateOutput(task, { claims, matrices, here, judgement }, offender),
      };
    },
  };
}

/** What was seen through one cotangent. */
interface Look {
  readonly measurement: Measurement;
  readonly judgement: Judgement;
}

/** The first of those with the worst verdict; one in which nothing moves, as outputs may cancel, says nothing beside others. */
function worstOf(looks: readonly Look[]): Look {
  const moving = looks.filter(({ judgement }) => !noneMoves(judgement.parameters));
  const having = (verdict: Verdict): Look | undefined =>
    moving.find(({ judgement }) => judgement.verdict === verdict);
  return having('wrong') ?? having('inconclusive') ?? moving[0] ?? looks[0]!;
}
