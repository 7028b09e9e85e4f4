/**
 * The evidence of a check → its findings, by the order in which causes are believed: first what makes the numbers meaningless, then what
 * explains wrong parameters, then what else there is to know. Nothing here runs a model or decides the verdict.
 */

import type { Evidence } from '../check/measurement.js';
import type { Finding } from '../report.js';
import { explainErrors, type Cause } from './cause.js';
import { accumulatedGradients } from './causes/calls/accumulated-gradients.js';
import { aliasedParameters } from './causes/calls/aliased-parameters.js';
import { mutatedParameters } from './causes/calls/mutated-parameters.js';
import { nondeterministicGradients } from './causes/calls/nondeterministic-gradients.js';
import { nondeterministicLoss } from './causes/calls/nondeterministic-loss.js';
import { notLinear } from './causes/calls/not-linear.js';
import { notSymmetric } from './causes/calls/not-symmetric.js';
import { memoised, staleCache, staleCalls } from './causes/calls/stale-cache.js';
import { staleElsewhere } from './causes/calls/stale-elsewhere.js';
import { approximate } from './causes/errors/approximate.js';
import { clipped } from './causes/errors/clipped.js';
import { isolatedEntries } from './causes/errors/isolated-entries.js';
import { logParameter } from './causes/errors/log-parameter.js';
import { lengthLeftOut, missingNormalization } from './causes/errors/missing-normalization.js';
import { missingRegularization } from './causes/errors/missing-regularization.js';
import { offset } from './causes/errors/offset.js';
import { oneTriangle } from './causes/errors/one-triangle.js';
import { overwritten } from './causes/errors/overwritten.js';
import { permuted, permutedBesidePenalty } from './causes/errors/permuted.js';
import { scaled, scaledBesidePenalty } from './causes/errors/scaled.js';
import { signFlipped, signFlippedBesidePenalty } from './causes/errors/sign-flipped.js';
import { transposed, transposedBesidePenalty } from './causes/errors/transposed.js';
import { unexplained } from './causes/errors/unexplained.js';
import { zeroBesidePenalty, zeroGradient } from './causes/errors/zero-gradient.js';
import { constantLoss } from './causes/limits/constant-loss.js';
import { kink } from './causes/limits/kink.js';
import { noisyGradients } from './causes/limits/noisy-gradients.js';
import { noisyLoss } from './causes/limits/noisy-loss.js';
import { nonFiniteGradient } from './causes/limits/non-finite-gradient.js';
import { nonFiniteLoss } from './causes/limits/non-finite-loss.js';
import { poorEpsilon } from './causes/limits/poor-epsilon.js';
import { staircase } from './causes/limits/staircase.js';
import { stationaryPoint } from './causes/limits/stationary-point.js';
import { unusedParameter } from './causes/limits/unused-parameter.js';
import { type Words, wordsOf } from './words.js';
import { contextOf } from './wrong-parameter.js';

/** Evidence in, and the words to say it; what was found out. */
type Diagnosis = (evidence: Evidence, words: Words) => readonly Finding[];

/** What makes the comparison meaningless. */
const PRECONDITIONS: readonly Diagnosis[] = [mutatedParameters, nondeterministicLoss];

/** Why two calls of `gradients` differ; the first that explains it is the one. */
const CALLS: readonly Diagnosis[] = [accumulatedGradients, staleCalls, nondeterministicGradients];

/** What keeps single parameters from being compared. */
const OBSTACLES: readonly Diagnosis[] = [nonFiniteLoss, nonFiniteGradient, unusedParameter];

/** Laws that derivatives break by themselves, without any difference; what is not linear is no matrix, which could be symmetric. */
const LAWS: readonly Diagnosis[] = [notLinear, notSymmetric];

/** What an error may be, the specific before the general, and what has to fit a penalty along with it last. */
const CAUSES: readonly Cause[] = [
  zeroGradient,
  signFlipped,
  clipped,
  lengthLeftOut,
  scaled,
  oneTriangle,
  transposed,
  permuted,
  logParameter,
  missingNormalization,
  missingRegularization,
  offset,
  aliasedParameters,
  memoised,
  zeroBesidePenalty,
  signFlippedBesidePenalty,
  scaledBesidePenalty,
  transposedBesidePenalty,
  permutedBesidePenalty,
  overwritten,
  isolatedEntries,
  staleCache,
  approximate,
];

/** What else there is to know about the check. */
const REMARKS: readonly Diagnosis[] = [
  poorEpsilon,
  staircase,
  constantLoss,
  noisyLoss,
  noisyGradients,
  kink,
  staleElsewhere,
  stationaryPoint,
];

/** All findings, surest first. */
export function diagnose(evidence: Evidence): readonly Finding[] {
  const words = wordsOf(evidence);
  const all = (diagnoses: readonly Diagnosis[]): readonly Finding[] =>
    diagnoses.flatMap((diagnosis) => diagnosis(evidence, words));
  /** What the first of some diagnoses finds that finds anything. */
  const first = (diagnoses: readonly Diagnosis[]): readonly Finding[] =>
    diagnoses.map((diagnosis) => diagnosis(evidence, words)).find((found) => found.length > 0) ?? [];
  const preconditions = all(PRECONDITIONS);
  // Where the loss changes from call to call, or the parameters do, so do the gradients, for the same reason.
  const isNoise = evidence.preconditions.scatter !== undefined;
  const calls = preconditions.length > 0 || isNoise ? [] : first(CALLS);
  const laws = evidence.comparable ? first(LAWS) : [];
  const errors = errorsOf(evidence, words, laws);
  const obstacles = all(OBSTACLES);
  const grave = obstacles.filter((finding) => isGrave(finding, evidence));
  const harmless = obstacles.filter((finding) => !grave.includes(finding));
  return [...preconditions, ...calls, ...laws, ...grave, ...errors, ...harmless, ...all(REMARKS)];
}

/** What explains the wrong parameters; a broken law explains what no cause does. */
function errorsOf(evidence: Evidence, words: Words, laws: readonly Finding[]): readonly Finding[] {
  // Of what is no matrix there is nothing to say by entries.
  if (evidence.verdict !== 'wrong' || laws.some(({ code }) => code === 'not-linear')) return [];
  const errors = explainErrors(CAUSES, unexplained, contextOf(evidence, words));
  return laws.length === 0 ? errors : errors.filter(({ code }) => code !== unexplained.code);
}

/** Whether what keeps a parameter from being compared is about the whole check, or about a parameter that is wrong. */
function isGrave({ parameter }: Finding, { parameters }: Evidence): boolean {
  return (
    parameter === undefined ||
    parameters.some(({ name, verdict }) => name === parameter && verdict === 'wrong')
  );
}
