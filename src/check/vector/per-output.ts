/**
 * The rows of a claimed matrix: each output is measured and judged like a loss of its own, so that none hides behind a larger one, on
 * evaluations that all of them share; and the measurements put together.
 */

import type { Measurement, Sweep } from '../measurement.js';
import type { VectorRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import type { Stop } from '../../report.js';
import type { Budget } from '../run/budget.js';
import { type Judgement, judgementOf } from '../report/judge.js';
import { measure, unmeasured } from '../measure.js';
import type { OutputsCache } from './outputs-cache.js';
import type { Settings } from '../settings.js';
import { scalarized, type View } from './scalarize.js';

/** For each row what is claimed, one array for each parameter. */
type Claims = readonly Float64Array[][];

/** All rows as one, whose parameters are those of the first row, then of the second, and so on. */
interface Together {
  readonly measurement: Measurement;
  readonly judgement: Judgement;
}

/** What was measured of all rows. */
export interface MeasuredRows extends Together {
  readonly each: readonly Measurement[];
  /** The budget that ended it, if one did. */
  readonly stopped: Stop | undefined;
}

/**
 * Measures all rows.
 * @param frame the parameters that are moved
 * @param scalarizations what each row is of the outputs
 * @param here the outputs at θ
 * @param cache of this frame
 */
export function* measureRows(
  frame: Frame,
  settings: Settings,
  { scalarizations, claims }: { readonly scalarizations: readonly View[]; readonly claims: Claims },
  here: Float64Array,
  cache: OutputsCache,
  budget: Budget,
): Generator<VectorRequest, MeasuredRows, void> {
  const each: Measurement[] = [];
  for (const [k, scalarization] of scalarizations.entries()) {
    const exhaustive: Settings = { ...settings, method: 'exhaustive' };
    const measuring = measure(frame, exhaustive, claims[k]!, scalarization.value(here), budget, true);
    each.push(yield* scalarized(scalarization, cache, measuring));
    // The other outputs were evaluated along with the first.
    budget.silence();
  }
  const stopped = budget.stop();
  return { each, stopped, ...together(frame, settings, each, claims) };
}

/** The rows of what could not be measured. */
export function unmeasuredRows(frame: Frame, settings: Settings, claims: Claims): Together {
  const each = claims.map((claim) => unmeasured(frame, settings, claim));
  return together(frame, settings, each, claims);
}

function together(frame: Frame, settings: Settings, each: readonly Measurement[], claims: Claims): Together {
  const measurement = joined(each, claims);
  return { measurement, judgement: judgeJoined(frame, each.length, settings, measurement) };
}

/**
 * Rounding may leave a claim so far from zero for an output that does not depend on a parameter, relative to what is typical of that
 * parameter over all outputs.
 */
const CLAIM_ROUNDING: number = 2 ** -46;

/** All measurements as one, whose parameters are the model's for the first output, then for the second, and so on. */
function joined(measurements: readonly Measurement[], analytic: readonly Float64Array[][]): Measurement {
  const [first] = measurements as readonly [Measurement];
  const typical = first.sweeps.map((_, k) => {
    const sizes = measurements.map(({ sweeps }) => finiteSize(sweeps[k]!.numeric));
    return rootMeanSquare(Float64Array.from(sizes));
  });
  return {
    ...first,
    analytic: analytic.flat(),
    sweeps: measurements.flatMap(({ sweeps }) =>
      sweeps.map((sweep, k) => withFloor(sweep, CLAIM_ROUNDING * typical[k]!)),
    ),
    // An output that does not depend on a parameter is as it should be, as long as another does.
    alive: measurements.flatMap(() => first.alive.map((_, k) => measurements.some(({ alive }) => alive[k]!))),
    hidden: measurements.flatMap(({ hidden }) => hidden),
    noise: measurements.reduce((most, { noise }) => (noise > most ? noise : most), first.noise),
    chosenSteps: measurements.flatMap(({ chosenSteps }) => chosenSteps),
  };
}

function finiteSize(values: Float64Array): number {
  return rootMeanSquare(values.filter(Number.isFinite));
}

function withFloor(sweep: Sweep, least: number): Sweep {
  if (sweep.moved) return sweep;
  return { ...sweep, uncertainty: sweep.uncertainty.map((own) => (own < least ? least : own)) };
}

/** The judgement of each output by each parameter. */
function judgeJoined(
  { parameters, saved, due }: Frame,
  outputs: number,
  settings: Settings,
  measurement: Measurement,
): Judgement {
  const times = <Item>(items: readonly Item[]): Item[] => Array.from({ length: outputs }, () => items).flat();
  const frame = {
    parameters: times(parameters),
    saved: times(saved),
    due: Array.from({ length: outputs }, (_, m) =>
      due.map((part) => ({ ...part, parameter: m * parameters.length + part.parameter })),
    ).flat(),
  };
  return judgementOf(frame, settings, measurement);
}
