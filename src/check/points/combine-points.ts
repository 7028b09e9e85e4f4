/**
 * What was found at θ and at generic points → what the claim is worth. A mistake at any of them is a mistake. What θ leaves open, where the
 * loss has kinks or a parameter is known to less than a digit, is decided beside it.
 */

import { relativeDifference, resolution } from '../../numerics/norms.js';
import type { Points } from '../../report.js';
import type { ParameterEvidence } from '../measurement.js';
import type { Judgement } from '../report/judge.js';
import type { PointJudgement } from './check-point.js';

/**
 * At a kink the chain rule may take a value outside of the slopes along one entry, where several units are at their kinks at once; but not
 * one that is more than so many times any slope that was seen.
 */
const LARGEST_SLOPES = 1.5;

/** Decides each parameter by all points. */
export function decide(here: Judgement, points: readonly PointJudgement[]): readonly ParameterEvidence[] {
  const isKinked = here.parameters.some(({ kinks, open }) => kinks.size > 0 || open > 0);
  return here.parameters.map((evidence, k) => {
    const stale = points.find((point) => isStale(point, k));
    const beside = points
      .filter((point) => tells(point, k))
      .map(({ point, judgement }) => ({ ...judgement.parameters[k]!, point }));
    const decided = decideOne(evidence, beside, isKinked);
    return stale === undefined ? decided : { ...decided, staleAt: stale.point };
  });
}

/** The first point where a parameter is wrong, where there is one. */
export function wrongIn(parameters: readonly ParameterEvidence[]): Pick<Points, 'wrongAt'> {
  const wrong = parameters.filter(({ verdict }) => verdict === 'wrong').map(({ point = 1 }) => point);
  return wrong.length === 0 ? {} : { wrongAt: Math.min(...wrong) };
}

/** What each point tells of each parameter, θ first: nothing where the claim would be wrong, but was computed once. */
export function seenAt(
  here: Judgement,
  points: readonly PointJudgement[],
): readonly (readonly (ParameterEvidence | undefined)[])[] {
  return [here, ...points.map(({ judgement }) => judgement)].map(({ parameters }) =>
    parameters.map((evidence) => (evidence.verdict === 'wrong' ? undefined : evidence)),
  );
}

/**
 * Whether a point tells anything of a parameter. A claim that is the same to the bit there was computed once, before the check; of one that is
 * zero at both, where others change, that can't be said: it was never computed.
 */
function tells({ isSame, judgement }: PointJudgement, k: number): boolean {
  const { analytic } = judgement.parameters[k]!.norms;
  return !isSame[k]! || (analytic === 0 && !isSame.every(Boolean));
}

/** Whether a claim that was computed once would be wrong at a point. */
function isStale(point: PointJudgement, k: number): boolean {
  return !tells(point, k) && point.judgement.parameters[k]!.verdict === 'wrong';
}

function decideOne(
  here: ParameterEvidence,
  beside: readonly ParameterEvidence[],
  isKinked: boolean,
): ParameterEvidence {
  // On a staircase no point has a derivative; nor has θ at a jump, a cusp or a pole, whatever it is beside it.
  if (here.isStaircase || here.singular > 0) return here;
  const others = beside.filter((other) => !isOfKink(here, other));
  const right = others.find(({ verdict }) => verdict === 'correct');
  const wrong = others.find(({ verdict }) => verdict === 'wrong');
  const cleared = right && { ...right, kinks: here.kinks };
  if (here.verdict !== 'wrong') return wrong ?? (mayClear(here, cleared) ? cleared : here);
  if (!isKinked || cleared === undefined || wrong !== undefined) return here;
  return isWithinSlopes(here, cleared) ? cleared : leftOpen(here);
}

/** Whether another point tells what θ left open. */
function mayClear(
  here: ParameterEvidence,
  cleared: ParameterEvidence | undefined,
): cleared is ParameterEvidence {
  return cleared !== undefined && isUndecided(here) && wouldShow(here, cleared);
}

/** Whether θ left it open. What differs there, though it may, was seen sharper than along directions. */
function isUndecided({ verdict, moved, norms, unreached }: ParameterEvidence): boolean {
  const isDifferent = norms.difference > norms.uncertainty;
  return unreached === 0 && (verdict === 'inconclusive' ? !isDifferent : !moved);
}

/** Whether a difference beyond the tolerance that rounding explains at θ would be seen at another point. */
function wouldShow({ norms, tolerances }: ParameterEvidence, other: ParameterEvidence): boolean {
  const difference = relativeDifference(norms);
  return !(difference > tolerances.correct) || resolution(other.norms) < difference;
}

/** Whether all that is wrong beside θ are slopes at its kinks, as right there as any, that were computed once; a zero gradient never was. */
function isOfKink(here: ParameterEvidence, { wrong, analytic, norms, runs }: ParameterEvidence): boolean {
  const isSlope = (i: number): boolean => here.kinks.has(i) && Object.is(analytic[i], here.analytic[i]);
  return wrong.length > 0 && norms.analytic > 0 && runs === undefined && wrong.every(isSlope);
}

/** What points contradict each other on is as uncertain as it is off. */
function leftOpen(here: ParameterEvidence): ParameterEvidence {
  const { norms } = here;
  const uncertainty = Math.max(norms.uncertainty, norms.difference);
  return { ...here, verdict: 'inconclusive', wrong: [], norms: { ...norms, uncertainty } };
}

/** Whether no claim at a kink is far outside of all slopes. */
function isWithinSlopes(
  { analytic, numeric, kinks, due }: ParameterEvidence,
  beside: ParameterEvidence,
): boolean {
  let largest = 0;
  for (let i = due.from; i < due.to; i += 1) {
    const { low = numeric[i]!, high = numeric[i]! } = kinks.get(i) ?? {};
    const slope = Math.max(Math.abs(low), Math.abs(high), Math.abs(beside.analytic[i]!));
    if (slope > largest) largest = slope;
  }
  for (let i = due.from; i < due.to; i += 1)
    if (!(Math.abs(analytic[i]!) <= LARGEST_SLOPES * largest)) return false;
  return true;
}
