/** A claim that θ calls wrong, and what the chain rule may make of the kinks there → whether it is wrong by more than that. */

import { groupNorms, type GroupNorms } from '../../numerics/norms.js';
import { isWrong, measured, wrongEntries } from '../../verdict/rules.js';
import type { ParameterEvidence } from '../measurement.js';
import type { SlopesAtKinks } from './slopes-at-kinks.js';

/** Whether a claim is not wrong where what it is compared with is the nearest that the chain rule may make of the kinks. */
export function isWithinSlopes(here: ParameterEvidence, slopes: SlopesAtKinks): boolean {
  const { analytic, uncertainty, due, runs, tolerances } = here;
  // No slope is near to what is no number.
  if (!areFinite(here)) return false;
  const numeric = here.numeric.map((value, i) =>
    i < due.from || i >= due.to ? value : nearestOf(here, slopes, i),
  );
  const compared = {
    ...here,
    numeric,
    // What directions tell of the whole is no bound on an entry.
    uncertainty: runs === undefined ? uncertainty : uncertainty.map((own) => own || 0),
  };
  const norms = groupNorms(compared, due.count);
  if (runs !== undefined && !explains(slopes, analytic, runs.norms)) return false;
  const entries = measured(compared, norms, due);
  return !isWrong(norms, tolerances.wrong) && wrongEntries(entries, tolerances.wrong).length === 0;
}

/** Whether all that is claimed of what is checked are numbers. */
export function areFinite({ analytic, due }: Pick<ParameterEvidence, 'analytic' | 'due'>): boolean {
  return analytic.subarray(due.from, due.to).every(Number.isFinite);
}

/**
 * The slope that is nearest to a claim: what the loss shows, or what its kinks may make of that. Where both are known and the one is far
 * outside of the other, the claims around θ say nothing about the loss.
 */
function nearestOf(here: ParameterEvidence, { low, high }: SlopesAtKinks, i: number): number {
  const numeric = here.numeric[i]!;
  const middle = here.kinks.get(i)?.central ?? numeric;
  const [least, most] = [low[i]!, high[i]!];
  // Of a run the claim stands for what was not measured.
  const isKnown = !Number.isNaN(middle) && (here.runs === undefined || numeric !== here.analytic[i]!);
  if (!isKnown && here.runs === undefined) return numeric;
  const allowed = most - least + (here.uncertainty[i]! || 0);
  if (isKnown && !(middle >= least - allowed && middle <= most + allowed)) return numeric;
  const [from, to] = isKnown ? [Math.min(least, numeric), Math.max(most, numeric)] : [least, most];
  return Math.min(Math.max(here.analytic[i]!, from), to);
}

/** Whether kinks make all of the difference that directions show. */
function explains({ low, high }: SlopesAtKinks, analytic: Float64Array, norms: GroupNorms): boolean {
  const reach = analytic.map((claim, i) => Math.max(Math.abs(high[i]! - claim), Math.abs(low[i]! - claim)));
  const zero = new Float64Array(reach.length);
  const { numeric, scale } = groupNorms({ analytic: reach, numeric: reach, uncertainty: zero });
  return norms.difference * norms.scale <= numeric * scale + norms.uncertainty * norms.scale;
}
