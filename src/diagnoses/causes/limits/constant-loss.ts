/** A loss that moves by its rounding only, by far as by near → that it is a constant, whose gradient is zero whatever the parameters are. */

import type { Evidence } from '../../../check/measurement.js';
import type { Finding } from '../../../report.js';
import type { Words } from '../../words.js';

/** Whether no parameter moves the loss by more than its rounding, nor do all of them together. */
export function isConstantLoss({ parameters, comparable, noise, farChange }: Evidence): boolean {
  if (!comparable || farChange === undefined || !parameters.some(({ moved }) => moved)) return false;
  const isUnknown = parameters.every(
    ({ norms, kinks }) => norms.numeric <= norms.uncertainty && kinks.size === 0,
  );
  return isUnknown && farChange <= ROUNDINGS * noise;
}

/** A change of more standard deviations of the noise is none of rounding. */
const ROUNDINGS = 16;

export function constantLoss(evidence: Evidence, words: Words): readonly Finding[] {
  if (!isConstantLoss(evidence)) return [];
  const { noise, farChange, parameters } = evidence;
  const isClaimed = parameters.some(({ analytic, isZero }) => !isZero && analytic.some((g) => g !== 0));
  return [
    {
      code: 'constant-loss',
      evidence: { change: farChange!, noise },
      title: `The ${words.loss} is the same wherever the parameters are: moved by far it changes by no more than its rounding.`,
      advice: isClaimed
        ? `The slope that is claimed is too small to be seen beside that: take out of the ${words.loss} what is large and does not depend on the parameters.`
        : 'Its gradient is zero, and says nothing of the backward pass. A sum of shares that make 1, or what a normalisation has taken out, is such a function: ' +
          `weigh its parts differently, as a ${words.loss} does that is to be minimised.`,
    },
  ];
}
