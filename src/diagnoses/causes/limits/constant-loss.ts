/** A loss that moves by its rounding only, by far as by near → that it is a constant as far as it was seen, whose gradient is zero. */

import type { Evidence } from '../../../check/measurement.js';
import type { Finding } from '../../../report.js';
import type { Words } from '../../words.js';

/** Whether no parameter moves the loss by more than its rounding, nor do all of them together. */
export function isConstantLoss(evidence: Evidence): boolean {
  const { parameters, comparable, farChange, noise } = evidence;
  if (!comparable || farChange === undefined || !parameters.some(({ moved }) => moved)) return false;
  // What stands still and then jumps is the same near by only.
  if (parameters.some(({ isStaircase }) => isStaircase)) return false;
  const isUnknown = parameters.every(
    ({ norms, kinks }) => norms.numeric <= norms.uncertainty && kinks.size === 0,
  );
  return isUnknown && farChange <= ROUNDINGS * noise && isOfArithmetic(evidence);
}

/** Whether arithmetic may round so much: that of the loss, or, where it is zero but for that, of what it is the difference of. */
function isOfArithmetic({ noise, preconditions: { losses } }: Evidence): boolean {
  const loss = Math.abs(losses[0]?.values[0] ?? 0);
  return noise <= COARSEST * loss || loss <= ROUNDINGS * noise;
}

/** A change of more standard deviations of the noise is none of rounding. */
const ROUNDINGS = 16;

/** Nothing that computes has coarser numbers than bfloat16, whose spacing is up to 2⁻⁷ of them; what is rounded to two decimal digits has. */
const COARSEST: number = 2 ** -7 / Math.sqrt(12);

export function constantLoss(evidence: Evidence, words: Words): readonly Finding[] {
  if (!isConstantLoss(evidence)) return [];
  const { noise, farChange, parameters } = evidence;
  const isClaimed = parameters.some(({ analytic, isZero }) => !isZero && analytic.some((g) => g !== 0));
  return [
    {
      code: 'constant-loss',
      evidence: { change: farChange!, noise },
      title: `The ${words.loss} is the same as far as the parameters were moved: together by an eighth of their scales they change it by no more than its rounding.`,
      advice: isClaimed
        ? `The slope that is claimed is too small to be seen beside that: take out of the ${words.loss} what is large and does not depend on the parameters.`
        : 'Its gradient is zero, and says nothing of the backward pass. A sum of shares that make 1, or what a normalisation has taken out, is such a function: ' +
          `weigh its parts differently, as a ${words.loss} does that is to be minimised.`,
    },
  ];
}
