/**
 * Parameters that were measured along runs of all their entries → those of which too little is known measured along shorter runs, as long as
 * there is time. Along fewer entries the loss is smoother, so that steps can be larger; kinks are fewer; and what a right claim may be off by
 * adds up to less. Which runs are shorter depends on how fast a machine is, and what is said of each does not.
 */

import type { GradientsRequest, LossRequest } from '../../model/evaluate/requests.js';
import { measureEntries } from '../entries/measure-entries.js';
import type { ParameterTask } from '../entries/task.js';
import type { MeasuredParameter } from '../measurement.js';
import { joined } from './join.js';
import { wantedShare } from './look.js';
import { measureRuns, type RunPlan } from './measure-runs.js';

/** A run is split into so many. */
const PARTS = 4;

/** A run of so few entries is split into its entries. */
const FEW_ENTRIES = 16;

/** A parameter, or a run of its entries, as it was measured. */
export interface Measured {
  readonly task: ParameterTask;
  readonly plan: RunPlan;
  readonly measured: MeasuredParameter;
}

/**
 * Refines what was measured of some parameters, the least known first.
 * @param hasTime asked before each run is split, with about the number of losses that it takes
 */
export function* refine(
  parameters: readonly Measured[],
  hasTime: (losses: number) => boolean,
): Generator<LossRequest | GradientsRequest, MeasuredParameter[], void> {
  const parts = parameters.map((whole) => [whole]);
  let spent = 0;
  let splits = 0;
  for (;;) {
    const worst = leastKnown(parts.flat());
    if (worst === undefined || !hasTime(Math.max(spent / Math.max(1, splits), 2 * PARTS))) break;
    const { evaluations } = worst.task.frame;
    const before = evaluations.loss;
    const own = parts.find((list) => list.includes(worst))!;
    own.splice(own.indexOf(worst), 1, ...(yield* split(worst)));
    spent += evaluations.loss - before;
    splits += 1;
  }
  return parts.map((list) =>
    joined(
      list.map(({ measured, task: { range } }) => ({ measured, range })),
      list[0]!.task.analytic,
    ),
  );
}

/** The part of which least is known, where less is than is wanted. */
function leastKnown(parts: readonly Measured[]): Measured | undefined {
  const [worst] = parts.filter((part) => lackOf(part) > 1).toSorted((a, b) => lackOf(b) - lackOf(a));
  return worst;
}

/** What one entry may be off unseen, in units of what is wanted; 0 where shorter runs would tell no more. */
function lackOf({ task, measured: { runs, moved, isStaircase } }: Measured): number {
  if (runs === undefined || !moved || isStaircase || runs.found > 0 || runs.widespread) return 0;
  // At a kink of θ no run tells more; points beside it do.
  if (!runs.complete) return runs.isKinked ? 0 : Infinity;
  const { claimed, numeric, scale } = runs.norms;
  const typical = ((claimed + numeric) / 2 / Math.sqrt(task.range.count)) * scale;
  return typical > 0 ? runs.unseen / (wantedShare(task) * typical) : 0;
}

/** The parts of a run, each measured. */
function* split({ task, plan }: Measured): Generator<LossRequest | GradientsRequest, Measured[], void> {
  const { from, count, parameter } = task.range;
  const length = Math.ceil(count / PARTS);
  const found: Measured[] = [];
  if (count <= FEW_ENTRIES) return [{ task, plan, measured: yield* measureEntries(task) }];
  for (let at = from; at < from + count; at += length) {
    const to = Math.min(at + length, from + count);
    const part = { ...task, range: { parameter, from: at, to, count: to - at } };
    found.push({ task: part, plan, measured: yield* measureRuns(part, plan) });
  }
  return found;
}
