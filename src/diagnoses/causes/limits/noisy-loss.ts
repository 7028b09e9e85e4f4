/** The noise of the loss and an inconclusive verdict → whether noise, at the best step there is, hides what the tolerance asks for; or no step gives a derivative at all. */

import type { Evidence, ParameterEvidence } from '../../../check/measurement.js';
import { relativeDifference, resolution } from '../../../numerics/norms.js';
import { areRepeated, areSame } from '../../../numerics/repeats.js';
import type { Finding } from '../../../report.js';
import { aboutOf } from '../../names.js';
import type { Words } from '../../words.js';
import { isConstantLoss } from './constant-loss.js';

/** Rounding of more than this share of the loss is none of double precision, unless large numbers cancel. */
const DOUBLE: number = 2 ** -40;

/** What makes a loss less noisy: of one in double precision, only that its own size is not what rounds it. */
function remedy({ noise, preconditions: { losses }, against }: Evidence, { loss }: Words): string {
  if (against !== undefined) return 'Compute both in double precision';
  const size = Math.abs(losses[0]?.values[0] ?? 0);
  return noise <= DOUBLE * size
    ? `Take out of the ${loss} what is large and does not depend on the parameters, as it is this that rounds it`
    : `Compute the ${loss} in double precision, or without differences of large numbers where it is so already`;
}

export function noisyLoss(evidence: Evidence, words: Words): readonly Finding[] {
  const hiding = hidingNoise(evidence, words);
  return hiding.length > 0 ? hiding : unlikeCalls(evidence, words);
}

/** Losses of repeated calls that differ by rounding only, which was taken for noise. */
function unlikeCalls(evidence: Evidence, words: Words): readonly Finding[] {
  const { preconditions, noise, norms, tolerance, comparable } = evidence;
  const unlike = preconditions.losses.find(
    ({ values, size }) => !areSame(values) && areRepeated(values, size),
  );
  if (unlike === undefined || !comparable) return [];
  const { by, values } = unlike;
  const apart = Math.max(...values) - Math.min(...values);
  return [
    {
      code: 'noisy-loss',
      evidence: { noise, resolution: resolution(norms), tolerance },
      title: `Calls of ${words.callOf(by)} at the same parameters differ by rounding, by ${apart.toExponential(1)} at most: the ${words.loss} is noisy to ±${noise.toExponential(1)}.`,
      advice:
        'That is what sums in no fixed order do, and was taken for noise: it is part of what is uncertain. ' +
        'Add up in a fixed order where more has to be seen.',
    },
  ];
}

function isToldOtherwise({ norms, due, isStaircase, meetsKink, verdict }: ParameterEvidence): boolean {
  return norms.checked < due.count || isStaircase || (meetsKink === true && verdict === 'inconclusive');
}

/** Noise that hides what the tolerance asks for. */
function hidingNoise(evidence: Evidence, words: Words): readonly Finding[] {
  const { epsilon, norms, tolerance, noise, verdict, parameters, comparable, against } = evidence;
  if (verdict !== 'inconclusive' || !comparable || epsilon !== undefined) return [];
  if (parameters.every(({ moved }) => !moved) || isConstantLoss(evidence)) return [];
  // Where all is right as far as it was checked, a budget is the reason.
  if (relativeDifference(norms) <= tolerance && parameters.every((own) => own.verdict === 'correct'))
    return [];
  const reached = resolution(norms);
  const unsettled = parameters.find(({ open, singular }) => open > singular);
  if (unsettled !== undefined)
    return [
      {
        code: 'noisy-loss',
        ...aboutOf(unsettled),
        evidence: { noise, resolution: resolution(unsettled.norms), tolerance: unsettled.tolerance },
        title: `The differences of the ${words.loss} by ${unsettled.name} do not settle as the step shrinks: no derivative was found to compare with.`,
        advice: `Check at a point away from jumps, vertical tangents and the edge of the domain, or look for what is random, rounded or iterated in the ${words.loss}.`,
      },
    ];
  // What is told otherwise leaves nothing for noise to explain.
  if (norms.checked === 0) return [];
  if (parameters.some(isToldOtherwise)) return [];
  return [
    {
      code: 'noisy-loss',
      evidence: { noise, resolution: reached, tolerance },
      title: `${against === undefined ? `The ${words.loss} is noisy to ±${noise.toExponential(1)}, which` : 'The claims are noisy, which'} hides differences up to ${reached.toExponential(1)}: more than the tolerance, ${Number(tolerance.toPrecision(3))}.`,
      advice: `${remedy(evidence, words)}, check at a point with a larger gradient, or give a tolerance above that.`,
    },
  ];
}
