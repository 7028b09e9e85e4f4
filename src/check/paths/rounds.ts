/** A suspect → the steps at which it is looked at next: one further, a whole ladder, or many whose samples make means. */

import { bendBetween, bendUncertainty, noiseOf, slopeOf } from '../../numerics/difference.js';
import type { Sample } from '../../numerics/sample.js';
import { isStill } from '../../numerics/estimate.js';
import { STEP_RATIO } from '../../numerics/step.js';
import type { Paths } from './paths.js';
import { needsMeans, type Open, seemsOff } from './suspect.js';

/** At the second look noise is this share of the discrepancy; at the end of a ladder half of that. */
const NOISE_SHARE = 1 / 8;

/** A ladder begins so many steps above the first; at the largest where the loss stands still at the first. */
const RUNGS_ABOVE = 2;

/** A ladder has no more steps: 4^24 = 10^14 between its ends is more than double precision can use. */
const MOST_RUNGS = 24;

/** So many samples make a mean at most: they have a fifth of the noise of one. */
const MOST_AVERAGED = 24;

/** The noise of a mean is this share of what may be left uncertain. */
const MEAN_NOISE_SHARE = 1 / 4;

/** The steps of means, in units of the least. */
const MEANS_STEPS: readonly number[] = [4, 2, 1];

/** The steps that a round asks for. */
export interface Round {
  /** In groups, of whose samples the means are taken. */
  stepsFor(paths: Paths, suspect: Open): readonly (readonly number[])[];
}

/** Where the loss stands still it says nothing: it is looked at as far away as steps go. */
const FARTHEST: Round = {
  stepsFor(paths, { path, first, loss }) {
    const { largest } = paths.limits(path);
    return isStill(first.sample, loss) && first.step < largest ? [[largest]] : [];
  },
};

/** Where it begins to move is halved so often, as logarithms are: between two rungs of a ladder a twelfth is left. */
const HALVINGS = 4;

/** Between the largest distance at which the loss stands still, and the next at which it moves. */
const BEGINNING: Round = {
  stepsFor(_, { taken, steps, loss }) {
    const moving = taken.findLastIndex((sample) => !isStill(sample, loss));
    const [above, below] = [steps[moving], steps[moving + 1]];
    return above === undefined || below === undefined ? [] : [[Math.sqrt(above * below)]];
  },
};

export const SECOND_LOOK: Round = {
  stepsFor(paths, suspect) {
    const { least, largest } = paths.limits(suspect.path);
    const first = suspect.first.step;
    const wanted = stepForNoise(suspect, NOISE_SHARE);
    const above = first * STEP_RATIO;
    // Where noise leaves no room below, truncation and kinks show above.
    const lower =
      first / STEP_RATIO ** Math.max(1, Math.ceil(Math.log(first / wanted) / Math.log(STEP_RATIO) - 1));
    if (wanted > first / STEP_RATIO && above <= largest) return [[above]];
    return [[Math.max(lower, least)]];
  },
};

/** Where the claim is off it is shown and explained, and held against a tolerance: then the derivative is to be known as well as it is about the first step. */
export const BESIDE: Round = {
  stepsFor(paths, { path, steps, first }) {
    const beside = first.step / STEP_RATIO;
    return beside < paths.limits(path).least || steps.includes(beside) ? [] : [[beside]];
  },
};

export const LADDER: Round = {
  stepsFor(paths, suspect) {
    const { least, largest, own } = paths.limits(suspect.path);
    const { sample, step: first } = suspect.first;
    const isFlat = isStill(sample, suspect.loss);
    const top = isFlat ? largest : first * STEP_RATIO ** RUNGS_ABOVE;
    const wanted = isFlat ? first : Math.max(stepForNoise(suspect, NOISE_SHARE / 2), least);
    // Down to where it stands still at least, for it to be seen where it begins to move.
    const still = suspect.taken.findIndex((one) => isStill(one, suspect.loss));
    const last = Math.min(wanted, suspect.steps[still] ?? wanted);
    const steps = ladder(top, last);
    // Numbers of another unit than the others of their array have a ladder of their own.
    if (own < 1) steps.push(...ladder(top * own, Math.max(last * own, least)));
    return [...new Set(steps)]
      .filter((step) => step <= largest && !suspect.steps.includes(step))
      .map((step) => [step]);
  },
};

/** From the first step down to the last. */
function ladder(first: number, last: number): number[] {
  const steps: number[] = [];
  for (let k = 0; k < MOST_RUNGS; k += 1) {
    steps.push(first / STEP_RATIO ** k);
    if (steps.at(-1)! <= last) break;
  }
  return steps;
}

export const MEANS: Round = {
  stepsFor(paths, suspect) {
    if (!needsMeans(suspect)) return [];
    const { path, steps, estimate: found, samples, first } = suspect;
    const { least, largest } = paths.limits(path);
    // Means help where noise is what is uncertain: at the steps at which it is about as large as what is left.
    const place = samples.findIndex((sample) => 2 * noiseOf(sample) > found.uncertainty);
    const middle = steps[place < 0 ? steps.length - 1 : place]!;
    const lowest = Math.min(Math.max(middle / 2, least), largest / 4);
    const noise = (noiseOf(first.sample) * first.step) / lowest;
    const share = noise / (MEAN_NOISE_SHARE * suspect.known(found.value));
    return MEANS_STEPS.map((factor) => {
      // As many as it takes to know it; all where the claim seems to be off.
      const wanted = seemsOff(suspect) ? Infinity : Math.ceil((share / factor) ** 2);
      const count = wanted >= 1 ? Math.min(wanted, MOST_AVERAGED) : MOST_AVERAGED;
      return Array.from({ length: count }, (_, j) => factor * lowest * (1 + j / (2 * count)));
    });
  },
};

/** Along a path of many entries the second look is no closer than so: an error is decoded from it, and has to be known well. */
const PATH_CLOSER: number = STEP_RATIO ** 2;

const SECOND_PATH_LOOK: Round = {
  stepsFor(paths, suspect) {
    const { step: first, sample } = suspect.first;
    const [[wanted]] = SECOND_LOOK.stepsFor(paths, suspect) as [[number]];
    const closest = Math.max(wanted, first / PATH_CLOSER);
    if (suspect.asked === undefined || !isBentBeyondNoise(sample, suspect.loss)) return [[closest]];
    const asked = sideStep(suspect, suspect.asked);
    // Further away there are more of the kinks that put off one side more than the other; closer noise hides what is asked for.
    if (asked < first) return [[wanted > first ? asked : Math.max(closest, asked)]];
    return wanted > first ? [] : [[closest]];
  },
};

/** Whether a loss moves unlike to the two sides by more than noise may make it. */
export function isBentBeyondNoise({ forward, backward, noise }: Sample, loss: number): boolean {
  return bendBetween(forward, backward, loss) > bendUncertainty(noise);
}

/** Along a path of many entries a ladder has so many steps at most, the further apart the longer it is: another path tells more than they would. */
const MOST_PATH_RUNGS = 6;

/** At the last step of a path's ladder noise leaves this share of what is asked for to each side: the rest is for what is seen of it. */
export const SIDE_SHARE: number = 5 / 8;

/** The step at which noise to one side, which is twice that to both, leaves so much to be seen. */
function sideStep({ first: { sample, step } }: Open, size: number): number {
  return (step * 2 * noiseOf(sample)) / (SIDE_SHARE * size);
}

/** From the first step down to where noise leaves as much as is asked for. */
const PATH_LADDER: Round = {
  stepsFor(paths, suspect) {
    const { least } = paths.limits(suspect.path);
    const { step: first } = suspect.first;
    const { value } = suspect.estimate;
    const wanted = sideStep(suspect, suspect.sharp(value));
    // Where noise hides what is asked for at the first step already, the claim is to be known at all.
    const last = Math.max(wanted < first ? wanted : sideStep(suspect, suspect.known(value)), least);
    const rungs = Math.floor(Math.log(first / last) / Math.log(STEP_RATIO));
    const apart = Math.max(1, Math.ceil(rungs / MOST_PATH_RUNGS));
    const steps = last < first ? [last] : [];
    for (let k = apart; k < rungs; k += apart) steps.unshift(first / STEP_RATIO ** k);
    return steps.filter((step) => !suspect.steps.some((other) => isAbout(step, other))).map((step) => [step]);
  },
};

/** Steps that differ by less than this factor tell the same. */
const SAME_STEP: number = STEP_RATIO ** (1 / 4);

function isAbout(step: number, other: number): boolean {
  return step < other * SAME_STEP && other < step * SAME_STEP;
}

/** By what is off, a step at which noise is a quarter of it: were there a kink, less would be off. */
const CONFIRMING_SHARE = 1 / 4;

/** Where a claim looks wrong along a path, and kinks are about: closer, as far as noise lets it be seen. */
export const CONFIRM: Round = {
  stepsFor(paths, suspect) {
    const smallest = suspect.steps.at(-1)!;
    const wanted = Math.max(stepForNoise(suspect, CONFIRMING_SHARE), smallest / PATH_CLOSER);
    const step = Math.max(wanted, paths.limits(suspect.path).least);
    return step * SAME_STEP < smallest ? [[step]] : [];
  },
};

/** What is asked of a single entry where there is no time for more. */
export const QUICK_ROUNDS: readonly Round[] = [
  FARTHEST,
  SECOND_LOOK,
  LADDER,
  ...Array.from({ length: HALVINGS }, () => BEGINNING),
];

/** What is asked of a single entry. */
export const ENTRY_ROUNDS: readonly Round[] = [...QUICK_ROUNDS, MEANS];

/** How many losses means take for each entry at most. */
export const MEANS_LOSSES: number = 2 * MEANS_STEPS.length * MOST_AVERAGED;

/** What is asked of a path of many entries. */
export const PATH_ROUNDS: readonly Round[] = [SECOND_PATH_LOOK, PATH_LADDER];

/** The step at which noise is a share of what is between claim and derivative, as far as that is known. */
function stepForNoise(
  { analytic, first: { sample, step }, estimate: { value } }: Open,
  share: number,
): number {
  const seen = Number.isNaN(value) ? slopeOf(sample) : value;
  const discrepancy = Math.abs(analytic - seen);
  // Where there is no number to go by, as far as storage goes.
  if (!(discrepancy > 0 && discrepancy < Infinity)) return 0;
  return (step * noiseOf(sample)) / (share * discrepancy);
}
