/**
 * What steps at three rates changed → which numbers they move by gradient descent, and what does not go with the rate: a rate that is
 * ignored, a decay outside of it, weights that change while they are still read. Of plain descent a step at half the rate is half as
 * long: with Δ(r) for what a step at the rate r changes, D(r) = 2 Δ(r/2) − Δ(r) is zero. A part that is the same at every rate is all of
 * D(r), whatever r; a part in r² makes D(r/2) a quarter of D(r).
 */

import type { Remark } from '../model/gradient-model.js';
import { changeIn, isFixed, isStill, type Known, roundingOf, type Step } from './step-changes.js';
import type { Moved } from './tracked-tree.js';

/** Where D is below this share of Δ, it makes a gradient wrong by less than single precision shows. */
const LEAST_SHARE: number = 2 ** -16;

/** D(r/2) ÷ D(r) is 1 for what is the same at every rate and ¼ for what goes with r²: the limit is their geometric mean, */
const SAME_AT_ALL: number = 1 / 2;
/** and that of ¼ and ¹⁄₁₆, for r⁴, the lower one. */
const WITH_SQUARE: number = 1 / 8;

/** Decay is told where what is left of D without λθ is below this share of it: three digits, as λ is a round number. */
const LEFT_OF_DECAY: number = 2 ** -10;

/** So many names are listed. */
const NAMES_LISTED = 3;

/**
 * What there is to say of the steps; where they left the model another one, that alone.
 * @param names the parameters that are checked
 */
export function remarksOn(known: Known, names: readonly string[]): readonly Remark[] {
  const lost = lostState(known);
  if (lost !== undefined) return [lost];
  const [whole, half, quarter] = known.steps;
  if (half === undefined) return [];
  const moved = whole.leaves.filter((leaf) => names.includes(leaf.name) && !isStill(leaf));
  const fixed = moved.filter((leaf) => isFixed(leaf, half));
  if (fixed.length > 0) return [ignoredRate(fixed, moved, whole.rate)];
  return quarter === undefined ? [] : partsBeside(known, moved, [half, quarter]);
}

/** That the loss is another one after the steps, though their changes were put back. */
function lostState({ steps: [whole], losses }: Known): Remark | undefined {
  const [first, second, after] = losses;
  if (typeof first !== 'number' || typeof after !== 'number') return undefined;
  if (!Object.is(first, second) || Object.is(first, after)) return undefined;
  const found = {
    code: 'mutated-parameters',
    parameters: [],
    evidence: { entries: 0, first, second: after, change: after - first },
  } as const;
  const still = whole.leaves.filter((leaf) => leaf.isHandedOver && isStill(leaf));
  if (still.length === 0)
    return {
      ...found,
      title: `step() changes more than the parameters: the loss was ${first} before it and ${after} after it, with the same parameters.`,
      advice:
        'What else it changed could not be put back. Hand that over among the parameters, or give the model a reset() ' +
        'that sets it anew: momentum, running statistics, a schedule.',
    };
  const names = series(still);
  return {
    ...found,
    title:
      still.length > 1
        ? `step() put other arrays in the place of ${names}: those that were handed over are as before, and the loss went from ${first} to ${after}.`
        : `step() put another array in the place of ${names}: the one that was handed over is as before, and the loss went from ${first} to ${after}.`,
    advice:
      'What stands there now could not be reached, and the model is as step() left it. Hand over the object that holds ' +
      `${names}, as in fromStep({ parameters: model, … }) with { only: ['${still[0]!.name}'] }.`,
  };
}

function ignoredRate(fixed: readonly Moved[], moved: readonly Moved[], rate: number): Remark {
  const are = fixed.length > 1 ? 'are' : 'is';
  return {
    code: 'scaled',
    parameters: namesOf(fixed, moved),
    evidence: { rate },
    title: `What step() moves does not depend on its rate: ${series(fixed)} ${are} moved by as much at the rate ${rate / 2} as at ${rate}.`,
    advice:
      'Make step() multiply the gradient by the rate that it is given; where it has a rate of its own, give that one to fromStep.',
  };
}

/** What a step moves beside the rate times a gradient. */
function partsBeside(
  { isLimit, steps: [{ rate }] }: Known,
  moved: readonly Moved[],
  [half, quarter]: readonly [Step, Step],
): readonly Remark[] {
  const parts = moved.flatMap((leaf): Part[] => {
    const [second, third] = [changeIn(half, leaf), changeIn(quarter, leaf)];
    if (second === undefined || third === undefined) return [];
    const part = { leaf, now: excess(leaf.change, second), next: excess(second, third) };
    return isSignificant(part) ? [part] : [];
  });
  if (parts.length === 0) return [];
  const all = (of: (part: Part) => number): number => parts.reduce((sum, part) => sum + of(part), 0);
  const share = all(({ now, next }) => dot(now, next)) / all(({ now }) => dot(now, now));
  const leaves = parts.map(({ leaf }) => leaf);
  const about = { parameters: namesOf(leaves, moved), rate };
  if (share > SAME_AT_ALL) return [decay(parts, about) ?? samePart(leaves, about)];
  return share > WITH_SQUARE && !isLimit ? [inSequence(leaves, about)] : [];
}

/** What of one parameter's change does not go with the rate: D(r) and D(r/2). */
interface Part {
  readonly leaf: Moved;
  readonly now: Float64Array;
  readonly next: Float64Array;
}

/** What every remark on parts says. */
interface About extends Pick<Remark, 'parameters'> {
  readonly rate: number;
}

function decay(parts: readonly Part[], { parameters, rate }: About): Remark | undefined {
  const sum = (of: (part: Part) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const factor =
    sum(({ leaf, now }) => dot(leaf.before, now)) / sum(({ leaf }) => dot(leaf.before, leaf.before));
  const left = sum(({ leaf, now }) => {
    const rest = now.map((value, i) => value - factor * leaf.before[i]!);
    return dot(rest, rest);
  });
  if (!(left <= LEFT_OF_DECAY ** 2 * sum(({ now }) => dot(now, now)))) return undefined;
  const takes = factor > 0 ? 'takes' : 'adds';
  return {
    code: 'missing-regularization',
    parameters,
    // The claim has the decay over the rate too much.
    evidence: { lambda: -factor / rate, power: 2, decay: factor, rate },
    title: `step() ${takes} ${brief(Math.abs(factor))}·θ ${factor > 0 ? 'from' : 'to'} ${series(parts.map(({ leaf }) => leaf))} at every rate: a decay that is not multiplied by the rate.`,
    advice:
      `Multiply it by the rate, and give the loss its penalty ½ λ ‖θ‖², which at the rate ${rate} is λ = ${brief(factor / rate)}; ` +
      'or leave it out of step() while the gradient is checked.',
  };
}

function samePart(leaves: readonly Moved[], { parameters, rate }: About): Remark {
  return {
    code: 'unexplained',
    parameters,
    evidence: { rate },
    title: `step() moves ${series(leaves)} by a part that is the same at every rate, beside the rate times a gradient.`,
    advice:
      'Look for what is not multiplied by the rate: momentum of earlier steps, noise, a decay, a clipped gradient.',
  };
}

function inSequence(leaves: readonly Moved[], { parameters, rate }: About): Remark {
  const several = leaves.length > 1;
  return {
    code: 'unexplained',
    parameters,
    evidence: { rate },
    title: `The gradient${several ? 's' : ''} of ${series(leaves)} in step() depend${several ? '' : 's'} on the rate: weights are changed that are read again, or changed twice.`,
    advice:
      'Compute all gradients before the first weight is changed, and make one update in a step. With { rate: 0 } fromStep checks the ' +
      'limit of small rates, where that does not matter.',
  };
}

/** 2 Δ(r/2) − Δ(r). */
function excess(whole: Float64Array, half: Float64Array): Float64Array {
  return whole.map((value, i) => 2 * half[i]! - value);
}

function isSignificant({ leaf, now }: Part): boolean {
  return (
    now.some((value, i) => Math.abs(value) > roundingOf(leaf, i)) &&
    dot(now, now) > LEAST_SHARE ** 2 * dot(leaf.change, leaf.change)
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** The names of some parameters; none where they are all that are moved, and more than one. */
function namesOf(some: readonly Moved[], all: readonly Moved[]): readonly string[] {
  return some.length > 1 && some.length === all.length ? [] : some.map(({ name }) => name);
}

function series(leaves: readonly Pick<Moved, 'name'>[]): string {
  const names = leaves.map(({ name }) => name);
  if (names.length > NAMES_LISTED)
    return `${names.slice(0, NAMES_LISTED).join(', ')} and ${names.length - NAMES_LISTED} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** A factor, to the digits that rounding leaves it. */
function brief(value: number): string {
  return String(Number(value.toPrecision(4)));
}
