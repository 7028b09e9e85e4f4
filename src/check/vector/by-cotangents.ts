/**
 * Sums of the outputs with random weights → whether what a role claims for them is right: each is a loss, whose gradient is the product with
 * these weights as the cotangent. What is wrong in one output is wrong in all of the sums.
 */

import { split, totalOf } from '../../model/array/concat.js';
import { ravel } from '../../model/array/shape.js';
import type { Weights } from '../../model/evaluate/requests.js';
import type { Role } from '../../model/vector-model.js';
import type { Verdict } from '../../report.js';
import { measure } from '../measure.js';
import type { Measurement } from '../measurement.js';
import { MOVED_ENTRIES } from '../preconditions/loss-noise.js';
import { type Judgement, judgementOf, noneMoves } from '../report/judge.js';
import { additivity, ADDITIVITY_OUTPUTS, asymmetry } from './laws.js';
import type { Method } from './method.js';
import { MOST_NUMBERS } from './outputs-cache.js';
import { claimFor, matricesHere, outputsHere, weightedScalarization } from './products.js';
import { cotangent, cotangentWeights, VECTORS } from './random-vectors.js';
import { DIRECTIONAL, isCheap } from '../strategy.js';
import { sharedSteps } from './rows.js';
import { scalarized, type VectorTask } from './scalarization.js';
import { sumsOf } from './vector-report.js';

export function byCotangents(task: VectorTask, role: Exclude<Role, 'jvp'>): Method {
  const { subject, settings, budget } = task;
  const layout = { frame: subject, outputs: sumsOf(subject, 1) };
  return {
    layout,
    vectors: VECTORS,
    // A claim for each, or the matrix; the outputs at θ; and whether products are linear.
    opening: role === 'matrix' ? 2 : VECTORS + ADDITIVITY_OUTPUTS,
    *check(opening) {
      const matrices = role === 'matrix' ? yield* matricesHere(subject) : undefined;
      const vectors = Array.from({ length: VECTORS }, (_, k) => cotangent(subject, settings.seed, k));
      const claims = [opening.analytic];
      for (const weights of vectors.slice(1)) claims.push(yield* claimFor(subject, weights, matrices));
      const products = claims.map((product, k) => ({ vector: split(vectors[k]!, subject.outputs), product }));
      const notLinear =
        matrices === undefined ? yield* additivity(subject, 'vjp', settings, products) : undefined;
      const here = yield* outputsHere(subject);
      // Entry by entry as far as all that is evaluated for it can be kept for the other cotangents.
      const losses = 2 * totalOf(subject.due);
      const isEach = settings.method === undefined && losses * here.length <= MOST_NUMBERS;
      const strategy = isEach && isCheap(losses, opening.lossTime) ? sharedSteps(MOVED_ENTRIES) : DIRECTIONAL;
      const looks: Look[] = [];
      for (const [k, weights] of vectors.entries()) {
        const scalarization = weightedScalarization(subject, role, weights);
        const loss = scalarization.value(here);
        const point = {
          frame: subject,
          settings,
          analytic: claims[k]!,
          loss,
          lossTime: opening.lossTime,
          budget,
        };
        const measurement = yield* scalarized(scalarization, task, subject, measure(point, strategy));
        const judgement = judgementOf(subject, settings, measurement);
        looks.push({ measurement, judgement, weights: cotangentWeights(subject.outputs, settings.seed, k) });
        // The outputs were evaluated for all of them at once.
        budget.silence();
        if (judgement.verdict === 'wrong') break;
      }
      const { measurement, judgement, weights } = worstOf(looks);
      const stopped = budget.stop();
      const broken = notLinear ?? (matrices && asymmetry(subject, matrices, settings, judgement));
      return {
        measurement,
        judgement,
        sumNoise: measurement.noise,
        contradictions: broken === undefined ? [] : [broken],
        stopped,
        wrongIn({ parameter, index }) {
          const k = judgement.parameters.findIndex(({ name }) => name === parameter);
          const found = judgement.parameters[k]!;
          return {
            role,
            matrices,
            here,
            range: found.due,
            own: found,
            step: found.step!.min / measurement.scales[k]!,
            outputs: { run: { from: 0, to: here.length }, weights },
            entry: ravel(index, found.shape),
          };
        },
      };
    },
  };
}

/** What was seen through one cotangent. */
interface Look {
  readonly measurement: Measurement;
  readonly judgement: Judgement;
  readonly weights: Weights;
}

/** The first of those with the worst verdict; one in which nothing moves, as outputs may cancel, says nothing beside others. */
function worstOf(looks: readonly Look[]): Look {
  const moving = looks.filter(({ judgement }) => !noneMoves(judgement.parameters));
  const having = (verdict: Verdict): Look | undefined =>
    moving.find(({ judgement }) => judgement.verdict === verdict);
  return having('wrong') ?? having('inconclusive') ?? moving[0] ?? looks[0]!;
}
