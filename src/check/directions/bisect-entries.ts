/**
 * From a direction along which a claim is wrong to the entries that are: best-first bisection. A run with a discrepancy is
 * halved, one half is measured and the other is what is left, and the half that is worst goes on; a single entry is a suspect
 * like any other, measured by its own centred difference. About 2 log₂ N losses lead to an entry (Dorfman, Ann. Math. Stat. 14
 * (1943), 436–440, began the testing of groups).
 */

import type { DirectionRequest, SweepRequest } from '../../model/evaluate/requests.js';
import { type Along, measureAlong, type Run } from './along.js';
import { clarity } from './draw.js';
import type { ParameterTask } from '../entries/sweep.js';

/** A run of entries and what the direction shows in it. */
interface Part extends Run, Pick<Along, 'discrepancy' | 'uncertainty' | 'bend'> {}

/** The error is widespread when, with so many runs on the table, those that are wrong hold this share of the entries. */
const RUNS_TO_TELL = 8;
const WIDESPREAD_SHARE = 3 / 4;

/** Losses for the halves of a run. */
const MOST_PER_RUN = 4;

/** What is left of a run is as good as measured while the run's uncertainty is at most so many times that of its half. */
const AS_GOOD = 2;

/** What a search is for. */
export interface Search {
  /** What a run's discrepancy may be without being wrong, besides its uncertainty. */
  readonly bound: number;
  /** Measures a single entry that the search led to, and tells whether to go on. */
  readonly confirm: (entry: number) => Generator<SweepRequest, boolean, void>;
  /** Goes on to single entries even when the error seems widespread. */
  readonly narrow: boolean;
}

/**
 * Looks for the wrong entries of a parameter along one direction, until `confirm` has enough of them or nothing is left.
 * @param whole what was measured along it over the run
 * @returns whether the search was given up because the error is not in single entries
 */
export function* localise(
  task: ParameterTask,
  analytic: Float64Array,
  signs: Int8Array,
  run: Run,
  whole: Along,
  { bound, confirm, narrow }: Search,
): Generator<DirectionRequest | SweepRequest, boolean, void> {
  const { step } = whole;
  const open: Part[] = [{ ...run, ...whole }];
  const put = (part: Part): void => {
    if (!(Math.abs(part.discrepancy) <= part.uncertainty + bound)) open.push(part);
  };
  for (let runs = 1; open.length > 0 && task.budget.allows(MOST_PER_RUN); runs += 1) {
    if (!narrow && runs === RUNS_TO_TELL && isWidespread(open, run)) return true;
    const part = takeWorst(open);
    const { from, to } = part;
    if (to - from === 1) {
      if (!(yield* confirm(from))) return false;
      continue;
    }
    const middle = (from + to) >> 1;
    const left = yield* measuredPart(task, analytic, signs, { from, to: middle }, step);
    put(left);
    put(
      part.uncertainty <= AS_GOOD * left.uncertainty
        ? leftOf(part, left)
        : yield* measuredPart(task, analytic, signs, { from: middle, to }, step),
    );
  }
  return false;
}

/** What remains of a run for its second half. */
function leftOf(part: Part, first: Part): Part {
  return {
    from: first.to,
    to: part.to,
    discrepancy: part.discrepancy - first.discrepancy,
    uncertainty: Math.hypot(part.uncertainty, first.uncertainty),
    bend: part.bend + first.bend,
  };
}

function isWidespread(open: readonly Part[], run: Run): boolean {
  const wrong = open.reduce((sum, { from, to }) => sum + to - from, 0);
  return wrong >= WIDESPREAD_SHARE * (run.to - run.from);
}

function takeWorst(open: Part[]): Part {
  let worst = 0;
  for (const [k, part] of open.entries()) if (!(clarity(part) <= clarity(open[worst]!))) worst = k;
  return open.splice(worst, 1)[0]!;
}

function* measuredPart(
  task: ParameterTask,
  analytic: Float64Array,
  signs: Int8Array,
  run: Run,
  step: number,
): Generator<DirectionRequest, Part, void> {
  return { ...run, ...(yield* measureAlong(task, analytic, signs, run, step)) };
}
