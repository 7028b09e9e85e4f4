/**
 * Scalar functions of the outputs with their claims → each measured and judged like a loss of its own, so that none hides behind a larger one,
 * on evaluations that all of them share; and the judgements put together.
 */

import type { VectorRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { groupNorms, rootMeanSquare } from '../../numerics/norms.js';
import { NOISE_POINTS } from '../../numerics/noise.js';
import { STEP_RATIO } from '../../numerics/step.js';
import type { Stop } from '../../report.js';
import { measureEntries } from '../entries/measure-entries.js';
import { measure, type Strategy, unmeasured } from '../measure.js';
import type { Measurement, ParameterEvidence } from '../measurement.js';
import type { ClaimBounds } from '../preconditions/claim-noise.js';
import { judgedTogether, type Judgement, judgementOf } from '../report/judge.js';
import type { Settings } from '../settings.js';
import type { Arrays } from './products.js';
import { type Scalarization, scalarized, type VectorTask } from './scalarization.js';

/** A scalar function of the outputs, and what is claimed of it. */
export interface Row {
  readonly scalarization: Scalarization;
  /** One array for each parameter that moves. */
  readonly analytic: Arrays;
  /** What noise makes uncertain of the claim. */
  noise(): Generator<VectorRequest, Arrays, void>;
}

/** All rows as one, whose parameters are those of the first row, then of the second, and so on. */
export interface Together {
  readonly measurement: Measurement;
  readonly judgement: Judgement;
  /** σ of a random sum of them, in the unit of the outputs. */
  readonly sumNoise: number;
}

/** What was measured of all rows. */
export interface MeasuredRows extends Together {
  /** The budget that ended it, if one did. */
  readonly stopped: Stop | undefined;
}

/** The claims of one function are about as noisy in all rows: so many that are wrong are asked whether it is noise. */
const NOISE_ASKED = 4;

/**
 * Measures all rows, entry by entry.
 * @param frame the parameters that are moved
 * @param here the outputs at θ
 */
export function* measureRows(
  task: VectorTask,
  frame: Frame,
  rows: readonly Row[],
  here: Float64Array,
): Generator<VectorRequest, MeasuredRows, void> {
  const { settings, budget } = task;
  const each: JudgedRow[] = [];
  const strategy = sharedSteps();
  let asked = 0;
  for (const row of rows) {
    let judged = judgedRow(
      frame,
      settings,
      yield* measureRow(task, frame, row, here, { strategy, boundsFor: NOT_KNOWN }),
    );
    // The other rows were evaluated along with the first.
    budget.silence();
    const verdict = verdictOf(judged);
    if (verdict === 'inconclusive' || (verdict === 'wrong' && asked < NOISE_ASKED)) {
      asked += Number(verdict === 'wrong');
      const bounds = budget.allows(NOISE_POINTS) ? yield* row.noise() : [];
      if (bounds.some((own) => own.some((bound) => bound > 0)))
        judged = judgedRow(
          frame,
          settings,
          yield* measureRow(task, frame, row, here, { strategy, boundsFor: knownBounds(bounds) }),
        );
    }
    each.push(judged);
  }
  const stopped = budget.stop();
  return { stopped, ...together(frame, settings, each) };
}

/** A row as it was measured, and what that says of each parameter. */
interface JudgedRow {
  readonly measurement: Measurement;
  readonly parameters: readonly ParameterEvidence[];
}

function judgedRow(frame: Frame, settings: Settings, measurement: Measurement): JudgedRow {
  return { measurement, parameters: judgementOf(frame, settings, measurement).parameters };
}

/** The rows of what could not be measured. */
export function unmeasuredRows(frame: Frame, settings: Settings, claims: readonly Arrays[]): Together {
  return together(
    frame,
    settings,
    claims.map((claim) => judgedRow(frame, settings, unmeasured(frame, claim))),
  );
}

function* measureRow(
  task: VectorTask,
  frame: Frame,
  { scalarization, analytic }: Row,
  here: Float64Array,
  { strategy, boundsFor }: { readonly strategy: Strategy; readonly boundsFor: (frame: Frame) => ClaimBounds },
): Generator<VectorRequest, Measurement, void> {
  const { settings, budget } = task;
  const loss = scalarization.value(here);
  const point = { frame, settings, analytic, loss, budget, claimNoise: boundsFor(frame) };
  return yield* scalarized(scalarization, task, frame, measure(point, strategy));
}

/**
 * Every entry, at a step that another row was measured at where that is no further from the best than the next of the ladder. A row may depend on
 * few of the entries, so that all have to move for it to do so.
 */
function sharedSteps(): Strategy {
  const taken = new Map<number, number[]>();
  return {
    method: 'exhaustive',
    moved: Infinity,
    measure(task) {
      const steps = taken.get(task.parameter) ?? [];
      taken.set(task.parameter, steps);
      return measureEntries(task, ({ step, noise }) => {
        const isNear = (other: number): boolean =>
          other <= noise.reach && other <= step * REACH && other >= step / REACH;
        const near = steps.find(isNear);
        if (near === undefined) steps.push(step);
        return near ?? step;
      });
    },
  };
}

/** A step of the ladder and its neighbours, with some room for rounding. */
const REACH: number = 1.5 * STEP_RATIO;

const NOT_KNOWN = ({ parameters }: Frame): ClaimBounds => ({
  known: () => undefined,
  // eslint-disable-next-line require-yield -- asks for nothing
  *bounds(p) {
    return new Float64Array(parameters[p]!.count);
  },
});

function knownBounds(bounds: Arrays): () => ClaimBounds {
  return () => ({
    known: (p) => bounds[p],
    // eslint-disable-next-line require-yield -- asks for nothing
    *bounds(p) {
      return bounds[p]!;
    },
  });
}

/** What a row is worth by itself, but for parameters that do not move it and claims of zero by these. */
function verdictOf({ parameters }: JudgedRow): Judgement['verdict'] {
  const verdicts = parameters
    .filter(({ moved, norms }) => moved || norms.analytic !== 0)
    .map(({ verdict }) => verdict);
  return (
    verdicts.find((own) => own === 'wrong') ?? verdicts.find((own) => own === 'inconclusive') ?? 'correct'
  );
}

/**
 * Rounding may leave a claim so far from zero for an output that does not depend on a parameter, relative to what is typical of that
 * parameter over all outputs.
 */
const CLAIM_ROUNDING: number = 2 ** -46;

function together(frame: Frame, settings: Settings, each: readonly JudgedRow[]): Together {
  const [{ measurement: first }] = each as readonly [JudgedRow];
  // An output that does not depend on a parameter is as it should be, as long as another does.
  const alive = frame.due.map((_, k) => each.some(({ parameters }) => parameters[k]!.moved));
  const least = frame.due.map((_, k) => CLAIM_ROUNDING * typicalOf(each, k));
  const parameters = each.flatMap((row) =>
    row.parameters.map((evidence, k) =>
      evidence.moved || !alive[k]! ? evidence : atRest(evidence, least[k]!, row.measurement.claimsZero[k]!),
    ),
  );
  const measurements = each.map(({ measurement }) => measurement);
  const measurement = {
    ...first,
    analytic: measurements.flatMap(({ analytic }) => analytic),
    noise: measurements.reduce((most, { noise }) => (noise > most ? noise : most), first.noise),
    chosenSteps: measurements.flatMap(({ chosenSteps }) => chosenSteps),
  };
  const judgement = judgedTogether(repeated(frame, each.length), settings, measurement.analytic, parameters);
  // Weights of sums are up to 2.
  const sumNoise = 2 * Math.hypot(...measurements.map(({ noise }) => noise));
  return { measurement, judgement, sumNoise };
}

/** The size of a derivative by a parameter, over all rows. */
function typicalOf(each: readonly JudgedRow[], k: number): number {
  const sizes = each.map(({ parameters }) => rootMeanSquare(parameters[k]!.numeric.filter(Number.isFinite)));
  return rootMeanSquare(Float64Array.from(sizes));
}

/** An output that a parameter does not move at all has a derivative of zero by it: a claim is right where it is zero but for rounding. */
function atRest(evidence: ParameterEvidence, least: number, claimsZero: boolean): ParameterEvidence {
  const { analytic, numeric, due } = evidence;
  const wrong = claimsZero
    ? []
    : placesBeyond(analytic.subarray(due.from, due.to), least).map((k) => due.from + k);
  const uncertainty = numeric.map((value) => (Number.isNaN(value) ? Number.NaN : least));
  const norms = groupNorms({ analytic, numeric, uncertainty }, due.count);
  const verdict = wrong.length > 0 ? 'wrong' : 'correct';
  return { ...evidence, uncertainty, norms, wrong, verdict, isZero: wrong.length === 0, moved: true };
}

function placesBeyond(values: Float64Array, least: number): number[] {
  return [...values.keys()].filter((k) => !(Math.abs(values[k]!) <= least));
}

/** The parameters of a frame once for each row. */
function repeated(
  { parameters, saved, due }: Frame,
  rows: number,
): Pick<Frame, 'parameters' | 'saved' | 'due'> {
  const times = <Item>(items: readonly Item[]): Item[] => Array.from({ length: rows }, () => items).flat();
  return {
    parameters: times(parameters),
    saved: times(saved),
    due: Array.from({ length: rows }, (_, m) =>
      due.map((part) => ({ ...part, parameter: m * parameters.length + part.parameter })),
    ).flat(),
  };
}
