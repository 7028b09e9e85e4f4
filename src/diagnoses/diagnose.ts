/**
 * The causes, in the order in which they are believed: first what makes the numbers meaningless, then what explains wrong
 * parameters, then what else there is to know. Evidence in, findings out; nothing here runs a model or decides the verdict.
 */

import type { Finding } from '../report.js';
import { accumulatedGradients } from './causes/calls/accumulated-gradients.js';
import { aliasedParameters } from './causes/calls/aliased-parameters.js';
import { explainErrors, type Cause } from './cause.js';
import type { Evidence } from '../check/measurement.js';
import { isolatedEntries } from './causes/errors/isolated-entries.js';
import { kink } from './causes/limits/kink.js';
import { missingRegularization } from './causes/errors/missing-regularization.js';
import { mutatedParameters } from './causes/calls/mutated-parameters.js';
import { noisyLoss } from './causes/limits/noisy-loss.js';
import { nonFiniteGradient } from './causes/limits/non-finite-gradient.js';
import { nonFiniteLoss } from './causes/limits/non-finite-loss.js';
import { nondeterministicGradients } from './causes/calls/nondeterministic-gradients.js';
import { nondeterministicLoss } from './causes/calls/nondeterministic-loss.js';
import { notLinear } from './causes/calls/not-linear.js';
import { notSymmetric } from './causes/calls/not-symmetric.js';
import { offset } from './causes/errors/offset.js';
import { permuted, permutedBesidePenalty } from './causes/errors/permuted.js';
import { poorEpsilon } from './causes/limits/poor-epsilon.js';
import { scaled, scaledBesidePenalty } from './causes/errors/scaled.js';
import { signFlipped, signFlippedBesidePenalty } from './causes/errors/sign-flipped.js';
import { memoised, staleCache, staleCalls } from './causes/calls/stale-cache.js';
import { stationaryPoint } from './causes/limits/stationary-point.js';
import { inTerms } from './terms.js';
import { transposed, transposedBesidePenalty } from './causes/errors/transposed.js';
import { unexplained } from './causes/errors/unexplained.js';
import { unusedParameter } from './causes/limits/unused-parameter.js';
import { zeroBesidePenalty, zeroGradient } from './causes/errors/zero-gradient.js';

/** Evidence in, what was found out. */
export type Diagnosis = (evidence: Evidence) => readonly Finding[];

/** What makes the comparison meaningless. */
const PREMISES: readonly Diagnosis[] = [mutatedParameters, nondeterministicLoss];

/** Why two calls of `gradients` differ; the first that explains it is the one. */
const CALLS: readonly Diagnosis[] = [accumulatedGradients, staleCalls, nondeterministicGradients];

/** What keeps single parameters from being compared. */
const OBSTACLES: readonly Diagnosis[] = [nonFiniteLoss, nonFiniteGradient, unusedParameter];

/** Laws that a claim breaks by itself, without any difference; what is not linear is no matrix, which could be symmetric. */
const LAWS: readonly Diagnosis[] = [notLinear, notSymmetric];

/** What an error may be, the specific before the general, and what has to fit a penalty along with it last. */
const CAUSES: readonly Cause[] = [
  zeroGradient,
  signFlipped,
  scaled,
  transposed,
  permuted,
  missingRegularization,
  offset,
  aliasedParameters,
  memoised,
  zeroBesidePenalty,
  signFlippedBesidePenalty,
  scaledBesidePenalty,
  transposedBesidePenalty,
  permutedBesidePenalty,
  isolatedEntries,
  staleCache,
];

/** What else there is to know about the check. */
const REMARKS: readonly Diagnosis[] = [poorEpsilon, noisyLoss, kink, stationaryPoint];

/** All findings, surest first. */
export function diagnose(evidence: Evidence): readonly Finding[] {
  const all = (diagnoses: readonly Diagnosis[]): readonly Finding[] =>
    diagnoses.flatMap((diagnosis) => diagnosis(evidence));
  const preconditions = all(PREMISES);
  // Where the loss changes from call to call, or the parameters do, so do the gradients, for the same reason.
  const calls = preconditions.length > 0 ? [] : firstOf(CALLS, evidence);
  const laws = evidence.comparable ? firstOf(LAWS, evidence) : [];
  // Of what is no matrix there is nothing to say by entries.
  const isMatrix = laws.every(({ code }) => code !== 'not-linear');
  const causes = evidence.verdict === 'wrong' && isMatrix ? explainErrors(CAUSES, unexplained, evidence) : [];
  // A broken law explains what no cause does.
  const wrongOnes = laws.length > 0 ? causes.filter(({ code }) => code !== unexplained.code) : causes;
  const obstacles = all(OBSTACLES);
  const blamed = obstacles.filter((finding) => isBlamed(finding, evidence));
  const harmless = obstacles.filter((finding) => !blamed.includes(finding));
  const others = [...preconditions, ...calls, ...blamed, ...wrongOnes, ...harmless, ...all(REMARKS)];
  const said = others.map((finding) => inTerms(finding, evidence));
  const first = preconditions.length + calls.length;
  return [...said.slice(0, first), ...laws, ...said.slice(first)];
}

/** What the first of some diagnoses finds that finds anything. */
function firstOf(diagnoses: readonly Diagnosis[], evidence: Evidence): readonly Finding[] {
  return diagnoses.map((diagnosis) => diagnosis(evidence)).find((found) => found.length > 0) ?? [];
}

/** Whether a finding is about the whole check, or about a parameter that is wrong. */
function isBlamed({ parameter }: Finding, { parameters }: Evidence): boolean {
  return (
    parameter === undefined ||
    parameters.some(({ name, verdict }) => name === parameter && verdict === 'wrong')
  );
}
