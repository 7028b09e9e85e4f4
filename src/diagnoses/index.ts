/**
 * The causes, in the order in which they are believed: first what makes the numbers meaningless, then what explains wrong
 * parameters, then what else there is to know. Evidence in, findings out; nothing here runs a model or decides the verdict.
 */

import type { Finding } from '../report.js';
import { accumulatedGradients } from './accumulated-gradients.js';
import { aliasedParameters } from './aliased-parameters.js';
import { accuse, type Cause } from './cause.js';
import type { Evidence } from './evidence.js';
import { isolatedEntries } from './isolated-entries.js';
import { kink } from './kink.js';
import { missingRegularization } from './missing-regularization.js';
import { mutatedParameters } from './mutated-parameters.js';
import { noisyLoss } from './noisy-loss.js';
import { nonFiniteGradient } from './non-finite-gradient.js';
import { nonFiniteLoss } from './non-finite-loss.js';
import { nondeterministicGradients } from './nondeterministic-gradients.js';
import { nondeterministicLoss } from './nondeterministic-loss.js';
import { notLinear } from './not-linear.js';
import { notSymmetric } from './not-symmetric.js';
import { offset } from './offset.js';
import { permuted, permutedBesidePenalty } from './permuted.js';
import { poorEpsilon } from './poor-epsilon.js';
import { scaled, scaledBesidePenalty } from './scaled.js';
import { signFlipped, signFlippedBesidePenalty } from './sign-flipped.js';
import { memoised, staleCache, staleCalls } from './stale-cache.js';
import { stationaryPoint } from './stationary-point.js';
import { inTerms } from './terms.js';
import { transposed, transposedBesidePenalty } from './transposed.js';
import { unexplained } from './unexplained.js';
import { unusedParameter } from './unused-parameter.js';
import { zeroBesidePenalty, zeroGradient } from './zero-gradient.js';

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
  const premises = all(PREMISES);
  // Where the loss changes from call to call, or the parameters do, so do the gradients, for the same reason.
  const calls = premises.length > 0 ? [] : firstOf(CALLS, evidence);
  const laws = evidence.comparable ? firstOf(LAWS, evidence) : [];
  // Of what is no matrix there is nothing to say by entries.
  const isMatrix = laws.every(({ code }) => code !== 'not-linear');
  const causes = evidence.verdict === 'wrong' && isMatrix ? accuse(CAUSES, unexplained, evidence) : [];
  // A broken law explains what no cause does.
  const accused = laws.length > 0 ? causes.filter(({ code }) => code !== unexplained.code) : causes;
  const obstacles = all(OBSTACLES);
  const blamed = obstacles.filter((finding) => isBlamed(finding, evidence));
  const harmless = obstacles.filter((finding) => !blamed.includes(finding));
  const others = [...premises, ...calls, ...blamed, ...accused, ...harmless, ...all(REMARKS)];
  const said = others.map((finding) => inTerms(finding, evidence.terms));
  const first = premises.length + calls.length;
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
