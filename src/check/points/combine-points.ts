/**
 * What was found at θ and at generic points → what the claim is worth. A mistake at any of them is a mistake. What θ leaves open, where the
 * loss has kinks or a parameter is known to less than a digit, is decided beside it.
 */

import { relativeDifference, resolution } from '../../numerics/norms.js';
import type { Points } from '../../report.js';
import type { ParameterEvidence } from '../measurement.js';
import type { Judgement } from '../report/judge.js';
import type { PointJudgement } from './check-point.js';
import type { AtKinks } from './settle-kinks.js';
import { areFinite } from './within-slopes.js';

/**
 * Decides each parameter by all points.
 * @param settled what the kinks at θ make of its suspects
 */
export function decide(
  here: Judgement,
  points: readonly PointJudgement[],
  settled: ReadonlyMap<ParameterEvidence, AtKinks> = new Map(),
): readonly ParameterEvidence[] {
  return here.parameters.map((evidence, k) => {
    const stale = points.find((point) => isStale(point, evidence, k));
    const decided = {
      ...decideOne(evidence, besideOf(evidence, points, k), settled.get(evidence)),
      ...kinkOf(evidence),
    };
    if (stale === undefined) return decided;
    // One of zero, where all others were computed once, may not have been computed at all, unless it is right at θ.
    const isZero = leavesOpen(evidence) && evidence.norms.analytic === 0 && decided.verdict === 'correct';
    return { ...decided, staleAt: stale.point, ...(isZero ? { verdict: 'inconclusive' } : {}) };
  });
}

function kinkOf(evidence: ParameterEvidence): Pick<ParameterEvidence, 'meetsKink'> {
  return isHiddenByKink(evidence) ? { meetsKink: true } : {};
}

/** Directions tell nothing of the entries of a run that meets a kink of θ: each entry has slopes of its own there. */
export function isHiddenByKink({ runs }: Pick<ParameterEvidence, 'runs'>): boolean {
  return runs?.isKinked === true && !runs.complete;
}

/** The parameters that θ, at a kink, calls wrong, or knows no entry of, as directions tell nothing there; and a point beside it right. */
export function suspectsAtKinks(
  { parameters }: Judgement,
  points: readonly PointJudgement[],
): readonly ParameterEvidence[] {
  if (!parameters.some(mayHaveKinks)) return [];
  return parameters.filter(
    (here, k) =>
      (here.verdict === 'wrong' || (here.verdict === 'inconclusive' && here.runs !== undefined)) &&
      !(here.isStaircase || here.singular > 0) &&
      areRight(besideOf(here, points, k)),
  );
}

function mayHaveKinks({ kinks, open, runs }: ParameterEvidence): boolean {
  return kinks.size > 0 || open > 0 || runs?.complete === false;
}

function areRight(beside: readonly ParameterEvidence[]): boolean {
  return (
    beside.some(({ verdict }) => verdict === 'correct') && !beside.some(({ verdict }) => verdict === 'wrong')
  );
}

/** What the points tell of a parameter: nothing on a staircase, which has no derivative there either. */
function besideOf(
  here: ParameterEvidence,
  points: readonly PointJudgement[],
  k: number,
): readonly ParameterEvidence[] {
  return points
    .filter((point) => tells(point, here, k) && !point.judgement.parameters[k]!.isStaircase)
    .map(({ point, judgement }) => ({ ...judgement.parameters[k]!, point }));
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
 * zero at both that can't be said where others change, or where all are zero and θ leaves open whether that is right: it was never computed.
 */
function tells(
  { isSame, judgement: { parameters } }: PointJudgement,
  here: ParameterEvidence,
  k: number,
): boolean {
  const isZero = ({ norms }: ParameterEvidence): boolean => norms.analytic === 0;
  const isUncomputed = !isSame.every(Boolean) || (leavesOpen(here) && parameters.every(isZero));
  return !isSame[k]! || (isZero(parameters[k]!) && isUncomputed);
}

/** Whether θ leaves open whether a claim is right: not where it is smooth, and the claim is right there. */
function leavesOpen({ verdict, kinks }: ParameterEvidence): boolean {
  return verdict !== 'correct' || kinks.size > 0;
}

/** Whether a claim that was computed once would be wrong at a point. */
function isStale(point: PointJudgement, here: ParameterEvidence, k: number): boolean {
  return !tells(point, here, k) && point.judgement.parameters[k]!.verdict === 'wrong';
}

function decideOne(
  here: ParameterEvidence,
  beside: readonly ParameterEvidence[],
  atKinks: AtKinks | undefined,
): ParameterEvidence {
  // On a staircase no point has a derivative; nor has θ at a jump, a cusp or a pole, whatever it is beside it.
  if (here.isStaircase || here.singular > 0) return here;
  const others = beside.filter((other) => !isOfKink(here, other));
  const right = others.find(({ verdict }) => verdict === 'correct');
  const wrong = others.find(({ verdict }) => verdict === 'wrong');
  const cleared = right && { ...right, kinks: here.kinks, uncertainAtTheta: resolution(here.norms) };
  if (here.verdict !== 'wrong')
    return wrong ?? (atKinks !== 'wrong' && mayClear(here, cleared) ? cleared : here);
  if (cleared === undefined || wrong !== undefined) return here;
  return atKinks === 'right' ? cleared : atKinks === 'open' ? leftOpen(here) : here;
}

/** Whether another point tells what θ left open. */
function mayClear(
  here: ParameterEvidence,
  cleared: ParameterEvidence | undefined,
): cleared is ParameterEvidence {
  return cleared !== undefined && isUndecided(here) && wouldShow(here, cleared);
}

/** Whether θ left it open. What differs there, though it may, was seen sharper than along directions. */
function isUndecided(here: ParameterEvidence): boolean {
  const { verdict, moved, norms, unreached } = here;
  // A claim that is no number is right nowhere, though there may be nothing to compare it with.
  if (unreached > 0 || !areFinite(here)) return false;
  return verdict === 'inconclusive' ? norms.difference <= norms.uncertainty : !moved;
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

/** What could not be told is as uncertain as it is off. */
function leftOpen(here: ParameterEvidence): ParameterEvidence {
  const { norms } = here;
  const uncertainty = Math.max(norms.uncertainty, norms.difference);
  return { ...here, verdict: 'inconclusive', wrong: [], norms: { ...norms, uncertainty } };
}
