/**
 * The causes, in the order in which they are believed: first what makes the numbers meaningless, then what explains single
 * parameters. Evidence in, findings out; nothing here runs a model or decides the verdict.
 */

import type { Finding } from '../report.js';
import type { Evidence } from './evidence.js';
import { kink } from './kink.js';
import { mutatedParameters } from './mutated-parameters.js';
import { noisyLoss } from './noisy-loss.js';
import { nonFiniteGradient } from './non-finite-gradient.js';
import { nonFiniteLoss } from './non-finite-loss.js';
import { nondeterministicGradients } from './nondeterministic-gradients.js';
import { nondeterministicLoss } from './nondeterministic-loss.js';
import { poorEpsilon } from './poor-epsilon.js';
import { stationaryPoint } from './stationary-point.js';
import { unusedParameter } from './unused-parameter.js';

/** One cause: evidence in, what was found out. */
export type Diagnosis = (evidence: Evidence) => readonly Finding[];

const DIAGNOSES: readonly Diagnosis[] = [
  mutatedParameters,
  nondeterministicLoss,
  nondeterministicGradients,
  nonFiniteLoss,
  nonFiniteGradient,
  unusedParameter,
  poorEpsilon,
  noisyLoss,
  kink,
  stationaryPoint,
];

/** All findings, surest first. */
export function diagnose(evidence: Evidence): readonly Finding[] {
  return DIAGNOSES.flatMap((diagnosis) => diagnosis(evidence));
}
