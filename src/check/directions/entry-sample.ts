/** Single entries of a large parameter, measured one by one: those that a search led to, or a sample of them all. */

import type { Sweep } from '../measurement.js';
import type { SweepRequest } from '../../model/evaluate/requests.js';
import { groupNorms } from '../../numerics/norms.js';
import { randomIntegers } from '../../numerics/random.js';
import { isWrong } from '../../verdict/rules.js';
import type { Settings } from '../settings.js';
import { settleEntries } from '../entries/recheck.js';
import { emptySweep, type ParameterTask } from '../entries/sweep.js';

/** Entries that are measured one by one where the error is everywhere, for its cause to be told. */
const SAMPLE = 32;
/** Of those that look wrong, the worst get a ladder. */
const MOST_LADDERS = 2;

/** The share of a typical derivative that a direction shows at best: its step is chosen for noise to hide a quarter. */
const SEEN_ALONG = 1 / 4;

/** A sweep of which only some entries are measured. */
export interface Sample extends Sweep {
  readonly entries: readonly number[];
}

/** Room for a sample of the entries of a parameter that are due, drawn at random. */
export function sampleOf({ subject, parameter, due }: ParameterTask, seed: number): Sample {
  const integers = randomIntegers(seed + parameter);
  const drawn = new Set<number>();
  while (drawn.size < Math.min(SAMPLE, due.count))
    drawn.add(due.from + Math.floor((integers() / 2 ** 32) * due.count));
  const { count } = subject.parameters[parameter]!;
  return { ...emptySweep(count), unreached: 0, entries: [...drawn].toSorted((a, b) => a - b) };
}

/**
 * Gives the worst of the measured entries a ladder each. Where any turns out to be right, a kink within the step may be all that is wrong
 * with the others that look it, and each of them gets a ladder too.
 */
export function* settleWorst(
  task: ParameterTask,
  sample: Sample,
  analytic: Float64Array,
  settings: Settings,
  tolerance: number,
): Generator<SweepRequest, void, void> {
  const { numeric, uncertainty } = sample;
  const off = (i: number): number => Math.abs(analytic[i]! - numeric[i]!);
  const looksWrong = (i: number): boolean => isOff(analytic[i]!, numeric[i]!, uncertainty[i]!, tolerance);
  const suspects = sample.entries.filter(looksWrong).toSorted((a, b) => off(b) - off(a));
  // Nothing but the company of others led here: what a direction would not have shown is not worth hundreds of losses.
  const looks = suspects.filter((i) => off(i) > SEEN_ALONG * task.slope).length;
  const worst = suspects.slice(0, MOST_LADDERS);
  yield* settleEntries(task, sample, analytic, settings, worst, looks);
  if (!worst.every(looksWrong))
    yield* settleEntries(task, sample, analytic, settings, suspects.slice(MOST_LADDERS), looks);
}

/** Whether the sampled entries, taken together, are wrong. */
export function isSampleWrong(sample: Sample, analytic: Float64Array, tolerance: number): boolean {
  const { numeric, uncertainty, entries } = sample;
  const pick = (array: Float64Array): Float64Array => Float64Array.from(entries, (i) => array[i]!);
  const norms = groupNorms({
    analytic: pick(analytic),
    numeric: pick(numeric),
    uncertainty: pick(uncertainty),
  });
  return norms.checked > 0 && isWrong(norms, tolerance) && mostAreOff(sample, analytic, tolerance);
}

/** At least half of the sampled entries are off by more than tolerance and uncertainty. */
function mostAreOff(
  { numeric, uncertainty, entries }: Sample,
  analytic: Float64Array,
  tolerance: number,
): boolean {
  const off = entries.filter((i) => isOff(analytic[i]!, numeric[i]!, uncertainty[i]!, tolerance));
  return 2 * off.length >= entries.length;
}

/** Whether an entry is off by more than tolerance and uncertainty, measured against its own size; one that was left open is not. */
export function isOff(analytic: number, numeric: number, uncertainty: number, tolerance: number): boolean {
  return Math.abs(analytic - numeric) > tolerance * (Math.abs(analytic) + Math.abs(numeric)) + uncertainty;
}
