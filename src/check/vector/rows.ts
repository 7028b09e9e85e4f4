/**
 * Scalar functions of the outputs with their claims → each measured and judged like a loss of its own, so that none hides behind a larger one,
 * on evaluations that all of them share.
 */

import type { VectorRequest } from '../../model/evaluate/requests.js';
import type { Frame } from '../../model/subject/subject.js';
import { NOISE_POINTS } from '../../numerics/noise.js';
import { STEP_RATIO } from '../../numerics/step.js';
import type { Stop, Verdict } from '../../report.js';
import { measureEntries } from '../entries/measure-entries.js';
import { measure, type Strategy, unmeasured } from '../measure.js';
import type { ClaimBounds } from '../preconditions/claim-noise.js';
import { judgementOf } from '../report/judge.js';
import type { Settings } from '../settings.js';
import { type JudgedRow, joinRows, type Together } from './join-rows.js';
import { type Arrays, emptyArrays } from './products.js';
import { type Scalarization, scalarized, type VectorTask } from './scalarization.js';
import type { Layout } from './vector-report.js';

/** A scalar function of the outputs, and what is claimed of it. */
export interface Row {
  readonly scalarization: Scalarization;
  /** One array for each parameter that moves. */
  readonly analytic: Arrays;
  /** What noise makes uncertain of the claim. */
  noise(): Generator<VectorRequest, Arrays, void>;
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
 * @param here the outputs at θ
 */
export function* measureRows(
  task: VectorTask,
  { frame, outputs }: Layout,
  rows: readonly Row[],
  here: Float64Array,
): Generator<VectorRequest, MeasuredRows, void> {
  const { settings, budget } = task;
  const strategy = sharedSteps(Infinity);
  const judged = function* (row: Row, claimNoise: ClaimBounds): Generator<VectorRequest, JudgedRow, void> {
    const { scalarization, analytic } = row;
    const point = { frame, settings, analytic, loss: scalarization.value(here), budget, claimNoise };
    const measurement = yield* scalarized(scalarization, task, frame, measure(point, strategy));
    return { measurement, parameters: judgementOf(frame, settings, measurement).parameters };
  };
  const each: JudgedRow[] = [];
  for (const row of rows) {
    each.push(yield* judged(row, bounded(emptyArrays(frame.parameters))));
    // The other rows were evaluated along with the first.
    budget.silence();
  }
  const joined = joinRows(frame, settings, each, outputs);
  let wrong = 0;
  for (const [m, row] of rows.entries()) {
    const verdict = verdictOf(joined, m, frame);
    if (verdict === 'correct' || (verdict === 'wrong' && ++wrong > NOISE_ASKED)) continue;
    if (!budget.allows(NOISE_POINTS)) break;
    each[m] = yield* judged(row, bounded(yield* row.noise()));
  }
  return { stopped: budget.stop(), ...joinRows(frame, settings, each, outputs) };
}

/** The rows of what could not be measured. */
export function unmeasuredRows(settings: Settings, { frame, outputs }: Layout): Together {
  const nothing = emptyArrays(frame.parameters);
  const measurement = unmeasured(frame, nothing);
  const { parameters } = judgementOf(frame, settings, measurement);
  const rows = outputs.flatMap(({ count }) =>
    Array.from({ length: count }, () => ({ measurement, parameters })),
  );
  return joinRows(frame, settings, rows, outputs);
}

/** The noise of claims where it is known. */
function bounded(bounds: Arrays): ClaimBounds {
  return {
    known: (p) => bounds[p],
    // eslint-disable-next-line require-yield -- asks for nothing
    *bounds(p) {
      return bounds[p]!;
    },
  };
}

/** What the m-th row is worth: the worst of its parameters. */
function verdictOf({ judgement }: Together, m: number, { due }: Frame): Verdict {
  const own = judgement.parameters.slice(m * due.length, (m + 1) * due.length);
  const has = (verdict: Verdict): boolean => own.some((parameter) => parameter.verdict === verdict);
  return has('wrong') ? 'wrong' : has('inconclusive') ? 'inconclusive' : 'correct';
}

/** A step of the ladder and its neighbours, with some room for rounding. */
const REACH: number = 1.5 * STEP_RATIO;

/**
 * Every entry, at a step that another function of the outputs was measured at, where that is no further from the best than the next of the ladder.
 * @param moved entries that move at once where noise and steps are looked for: all, for functions that may depend on few of them
 */
export function sharedSteps(moved: number): Strategy {
  const taken = new Map<number, number[]>();
  return {
    method: 'exhaustive',
    moved,
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
