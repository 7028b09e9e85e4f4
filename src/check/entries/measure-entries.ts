/**
 * A parameter → the derivative of the loss by each of its entries, with its uncertainty: by one centred difference each, and by as many as
 * it takes where a claim looks wrong or the loss has a kink.
 */

import type { GradientsRequest, LossRequest } from '../../model/evaluate/requests.js';
import { finiteRootMeanSquare, groupNorms } from '../../numerics/norms.js';
import { suspectsOf, worstEntries } from '../../verdict/ranking.js';
import { entrySize, isWrong, type Measured, measured } from '../../verdict/rules.js';
import { tolerancesFor } from '../../verdict/tolerance.js';
import type { MeasuredParameter } from '../measurement.js';
import type { Paths } from '../paths/paths.js';
import { settle, type Settled } from '../paths/settle-suspects.js';
import { KNOWN, SHARP, type Suspect } from '../paths/suspect.js';
import { bentEntries, kinksAmong } from './bent.js';
import { EntryValues } from './entry-values.js';
import { entryPaths } from './entry-paths.js';
import { probe, type Probed } from './probe.js';
import { isStaircase } from './detect-staircase.js';
import { sweepAtOwnScale } from './own-scale.js';
import { sampleAt, type Sweep, sweepEntries } from './sweep.js';
import { chosenStep, fixedStep, type ParameterTask } from './task.js';

/** The step of a parameter is large enough when noise hides less than this share of the slope by a typical entry. */
const CLEAR_SHARE: number = 2 ** -6;

/** What is known of a parameter when its entries have been swept. */
interface Swept {
  readonly task: ParameterTask;
  readonly probed: Probed;
  readonly paths: Paths;
  readonly sweep: Sweep;
  /** The steps of entries that were moved at their own scale, where the others have the one that was probed. */
  readonly ownSteps: ReadonlyMap<number, number>;
  readonly values: EntryValues;
}

/**
 * Measures the entries of a parameter that are to be checked.
 * @param stepFor the step to take where the best one is known, in units of the scale
 */
export function* measureEntries(
  task: ParameterTask,
  stepFor: (probed: Probed) => number = ({ step }) => step,
): Generator<LossRequest | GradientsRequest, MeasuredParameter, void> {
  const { epsilon, scale, budget, policy } = task;
  const share = Math.min(1, task.moved / task.analytic.length);
  const found = yield* probe(task, { clearShare: CLEAR_SHARE, share });
  const probed = epsilon === undefined ? { ...found, step: stepFor(found) } : found;
  const steps = epsilon === undefined ? chosenStep(probed.step, scale) : fixedStep(epsilon);
  const sweep = yield* sweepEntries(task, steps);
  const paths = entryPaths(task, probed.noise);
  const ownSteps = steps.isFixed
    ? new Map<number, number>()
    : yield* sweepAtOwnScale(task, sweep, paths, probed);
  const values = new EntryValues(task, sweep, probed.noise, { ...policy, isFixed: steps.isFixed });
  const swept = { task, probed, paths, sweep, ownSteps, values };
  const onStaircase = !steps.isFixed && (yield* isStaircase(task, swept.paths, probed.step));
  if (onStaircase) values.hideSlopes();
  else {
    if (!steps.isFixed && !budget.spent()) yield* findKinks(swept);
    // Where the budget is spent they are left: without a second look nothing is called wrong.
    yield* settleSuspects(swept);
    const group = groupOf(swept);
    values.keep(worstEntries(group, group.tolerance, task.shown));
  }
  return { ...values.result(), isStaircase: onStaircase, noise: probed.noise.level };
}

/** Looks again at entries whose slopes on the two sides differ. */
function* findKinks(swept: Swept): Generator<LossRequest, void, void> {
  const { task, probed, paths, sweep, ownSteps, values } = swept;
  const typical = finiteRootMeanSquare(values.numeric);
  const bent = bentEntries(task, sweep, probed.noise, typical, paths);
  if (bent.length === 0) return;
  const kinks = yield* kinksAmong(task, paths, bent, sweep, { ...probed, ownSteps });
  // What was seen of them first says nothing of how large the others are.
  for (const entry of kinks.keys()) values.forget(entry);
  const group = groupOf(swept);
  const settled = yield* settle(
    paths,
    [...kinks].map(([entry, seen]): Suspect => ({ ...suspectOf(swept, group, entry), ...seen })),
  );
  takeAll(values, [...kinks.keys()], settled);
}

/** Looks again at entries whose claims look wrong; and once more, as one that was far off hides others until it is settled. */
function* settleSuspects(swept: Swept): Generator<LossRequest | GradientsRequest, void, void> {
  const { task, paths, values } = swept;
  const seen = new Set<number>();
  let group = groupOf(swept);
  let suspects = newSuspects(swept, group, seen);
  if (suspects.length === 0) return;
  values.widen(yield* task.claimNoise.bounds(task.parameter));
  const first = yield* firstSamples(swept, suspects);
  for (let round = 0; round < 2; round += 1) {
    group = groupOf(swept);
    suspects = newSuspects(swept, group, seen);
    if (suspects.length === 0) return;
    const settled = yield* settle(
      paths,
      suspects.map((entry) => ({ ...suspectOf(swept, group, entry), ...first.get(entry) })),
    );
    for (const entry of suspects) seen.add(entry);
    takeAll(values, suspects, settled);
  }
}

/** Takes what was found of some entries; leaves those that a budget left no looks for. */
function takeAll(
  values: EntryValues,
  entries: readonly number[],
  settled: readonly (Settled | undefined)[],
): void {
  for (const [k, entry] of entries.entries()) {
    const found = settled[k];
    if (found === undefined) {
      values.leave(entry);
      continue;
    }
    values.note(entry, found.differences);
    values.take(entry, found);
  }
}

/** What suspects are settled from: where ε was given, which may be no good step, samples at a step that is. */
function* firstSamples(
  { task, probed, paths }: Swept,
  suspects: readonly number[],
): Generator<LossRequest, ReadonlyMap<number, Pick<Suspect, 'samples' | 'steps'>>, void> {
  if (task.epsilon === undefined) return new Map();
  const { step } = probed;
  const samples = yield* paths.sample(suspects.map((path) => ({ path, step })));
  return new Map(samples?.map((sample, k) => [suspects[k]!, { samples: [sample], steps: [step] }]));
}

interface Group extends Measured {
  readonly tolerance: number;
  readonly isWrong: boolean;
  readonly isUnmoved: boolean;
}

function groupOf({ task, values }: Swept): Group {
  const { numeric, uncertainty } = values;
  const { analytic, claimNoise, range, policy, frame, parameter } = task;
  const compared = { analytic, numeric, uncertainty, values: frame.saved[parameter]! };
  const norms = groupNorms(compared, range.count);
  const { wrong: tolerance } = tolerancesFor(policy, claimNoise.format(parameter), norms);
  return {
    ...measured(compared, norms, range),
    tolerance,
    isWrong: isWrong(norms, tolerance),
    isUnmoved: !values.moved(),
  };
}

function newSuspects(
  { task, sweep, values, paths }: Swept,
  group: Group,
  seen: ReadonlySet<number>,
): number[] {
  const saved = task.frame.saved[task.parameter]!;
  const end = sweep.from + sweep.reached;
  // What was seen close by to have no derivative none from farther away refutes; but one of another unit was not seen close by.
  const isRefutable = (i: number): boolean => !values.isSingular(i) || paths.limits(i).own < 1;
  // A parameter that is not finite has no points beside it, at any step.
  return suspectsOf(group, group.tolerance, group.isWrong).filter(
    (i) => i < end && Number.isFinite(saved[i]) && !seen.has(i) && isRefutable(i),
  );
}

function suspectOf({ probed, sweep, ownSteps, values, task }: Swept, group: Group, entry: number): Suspect {
  const analytic = task.analytic[entry]!;
  const noise = values.claimBound(entry);
  const size = (numeric: number): number => entrySize(group, entry, analytic, numeric);
  return {
    path: entry,
    analytic,
    samples: [sampleAt(sweep, entry, probed.noise)],
    steps: [ownSteps.get(entry) ?? probed.step],
    allowed: (numeric) => group.tolerance * size(numeric) + noise,
    sharp: (numeric) => SHARP * size(numeric),
    known: (numeric) => KNOWN * size(numeric),
    isUnmoved: group.isUnmoved,
  };
}
