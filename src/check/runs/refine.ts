/**
 * Parameters that were measured along runs of all their entries → those of which too little is known measured along shorter runs, as long as
 * there is time. Along fewer entries the loss is smoother, so that steps can be larger; kinks are fewer; and what a right claim may be off by
 * adds up to less. Which runs are shorter depends on how fast a machine is, and what is said of each does not.
 */

import { lossesIn } from '../../model/evaluate/joint-points.js';
import type { GradientsRequest, LossRequest } from '../../model/evaluate/requests.js';
import { measureEntries } from '../entries/measure-entries.js';
import type { ParameterTask } from '../entries/task.js';
import type { MeasuredParameter } from '../measurement.js';
import { joined } from './join.js';
import { NEEDED_TIME, type RunPlan, wantedShare } from './look.js';
import { measureRuns } from './measure-runs.js';

/** A run is split into so many. */
const PARTS = 4;

/** A run of so few entries is split into its entries. */
const FEW_ENTRIES = 16;

/** A parameter, or a run of its entries, as it was measured. */
export interface Measured {
  readonly task: ParameterTask;
  readonly plan: RunPlan;
  readonly measured: MeasuredParameter;
  /** How many losses that took. */
  readonly losses: number;
  /** Of a part: what is typical of the entries of the whole, in the unit of the gradient. */
  readonly typical?: number;
}

/**
 * Refines what was measured of some parameters, the least known first, while there is time.
 * @param isSharp whether as much is wanted as time allows; else what is not known at all is refined
 */
export function* refine(
  parameters: readonly Measured[],
  isSharp = true,
): Generator<LossRequest | GradientsRequest, MeasuredParameter[], void> {
  const parts = parameters.map((whole) => [whole]);
  for (;;) {
    const worst = leastKnown(parts.flat(), isSharp);
    // Each part takes about as long as the whole.
    if (worst === undefined || !hasTime(worst, PARTS * worst.losses)) break;
    const split = yield* splitRun(worst);
    if (split === undefined) break;
    const own = parts.find((list) => list.includes(worst))!;
    own.splice(own.indexOf(worst), 1, ...split);
  }
  return parts.map((list) =>
    joined(
      list.map(({ measured, task: { range } }) => ({ measured, range })),
      list[0]!.task.analytic,
    ),
  );
}

/**
 * Measures a parameter.
 * @param measure how
 */
export function* measuredBy(
  task: ParameterTask,
  plan: RunPlan,
  measure: (
    task: ParameterTask,
    plan: RunPlan,
  ) => Generator<LossRequest | GradientsRequest, MeasuredParameter, void>,
): Generator<LossRequest | GradientsRequest, Measured, void> {
  let losses = 0;
  const procedure = measure(task, plan);
  let turn = procedure.next();
  while (turn.done !== true) {
    losses += lossesAsked(turn.value);
    try {
      yield turn.value;
    } catch (error) {
      turn = procedure.throw(error);
      continue;
    }
    turn = procedure.next();
  }
  return { task, plan, measured: turn.value, losses };
}

function lossesAsked(request: LossRequest | GradientsRequest): number {
  if (request.kind === 'gradients') return 0;
  return request.kind === 'joint'
    ? request.of.reduce((sum, one) => sum + lossesIn(one), 0)
    : lossesIn(request);
}

/** The part of which least is known, where less is than is wanted. */
function leastKnown(parts: readonly Measured[], isSharp: boolean): Measured | undefined {
  const lack = (part: Measured): number => lackOf(part, isSharp);
  const [worst] = parts.filter((part) => lack(part) > 1).toSorted((a, b) => lack(b) - lack(a));
  return worst;
}

function hasTime(part: Measured, losses: number): boolean {
  const {
    plan,
    measured: { runs },
  } = part;
  const typical = typicalIn(part);
  if (runs === undefined || typical === undefined) return plan.hasTime(losses);
  const isKnown = runs.complete && runs.unseen <= typical;
  return plan.hasTime(losses, isKnown ? 1 : NEEDED_TIME);
}

function isOff({ measured: { runs } }: Measured): boolean {
  return runs !== undefined && (runs.found > 0 || runs.widespread);
}

/** The root mean square of the entries of a parameter, by the claim as by what was seen. */
function typicalIn({ typical, task, measured: { runs } }: Measured): number | undefined {
  if (typical !== undefined || runs === undefined) return typical;
  const { claimed, numeric, scale } = runs.norms;
  return ((claimed + numeric) / 2 / Math.sqrt(task.range.count)) * scale;
}

/** What one entry may be off unseen, in units of what is wanted; 0 where shorter runs would tell no more. */
function lackOf(part: Measured, isSharp: boolean): number {
  const { task, measured } = part;
  const { runs, moved, isStaircase } = measured;
  if (runs === undefined || !moved || isStaircase || runs.found > 0 || runs.widespread) return 0;
  // At a kink of θ no run tells more; points beside it do.
  if (!runs.complete) return runs.isKinked ? 0 : Infinity;
  const { numeric, uncertainty } = runs.norms;
  // Noise hides as much along a shorter run.
  if (!(numeric > uncertainty)) return 0;
  const typical = typicalIn(part)!;
  const wanted = isSharp ? wantedShare(task) : 1;
  return typical > 0 ? runs.unseen / (wanted * typical) : 0;
}

/** The parts of a run, each measured; undefined where time ran out before the last. */
function* splitRun(whole: Measured): Generator<LossRequest | GradientsRequest, Measured[] | undefined, void> {
  const { task, plan } = whole;
  const { from, count, parameter } = task.range;
  const length = Math.ceil(count / PARTS);
  const found: Measured[] = [];
  // Where shorter runs take more losses than single entries, which tell more.
  const isDear = count <= FEW_ENTRIES || PARTS * whole.losses >= 2 * count;
  if (isDear) return [yield* measuredBy(task, plan, (own) => measureEntries(own))];
  for (let at = from; at < from + count; at += length) {
    // An error that was found is not dropped.
    if (!found.some(isOff) && !hasTime(whole, found.at(-1)?.losses ?? 0)) return undefined;
    const to = Math.min(at + length, from + count);
    const part = {
      ...task,
      near: whole.measured.runs?.near,
      range: { parameter, from: at, to, count: to - at },
    };
    found.push({ ...(yield* measuredBy(part, plan, measureRuns)), typical: typicalIn(whole)! });
  }
  return found;
}
