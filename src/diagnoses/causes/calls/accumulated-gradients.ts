/**
 * What three calls of `gradients` gave at the same point → whether each adds to what the calls before it left: the buffers are not zeroed.
 * Each call adds the same where the buffers of the gradients are not; where k nodes in a row between are not either, the first call gives 1
 * times what it should, and the next ones C(k+1, k), C(k+2, k) times: what is added grows by (k + 1)/2, in every entry alike.
 */

import type { Evidence } from '../../../check/measurement.js';
import { changedParameters, relativeDistance } from '../../../numerics/compare.js';
import { finiteNorm } from '../../../numerics/norms.js';
import type { Finding } from '../../../report.js';
import type { Words } from '../../words.js';

/** The increments of two calls are the same when they differ, relative to their size, by no more than rounding of the sums. */
const SAME_INCREMENT = 1e-3;
/** Of what grows, more growths than one are tried, and fewer digits would fit by chance. */
const SAME_GROWTH = 1e-6;

type Arrays = readonly Float64Array[];

/** What the second call added to what the first gave, and the third to that, by each parameter that changed. */
interface Added {
  readonly once: Arrays;
  readonly again: Arrays;
}

export function accumulatedGradients(
  { preconditions: { claims: calls, names: all } }: Evidence,
  words: Words,
): readonly Finding[] {
  const [first, second, third] = calls;
  if (third === undefined) return [];
  const changed = changedParameters(calls);
  const added = {
    once: changed.map((p) => difference(second![p]!, first![p]!)),
    again: changed.map((p) => difference(third[p]!, second![p]!)),
  };
  const before = changed.map((p) => first![p]!);
  const growth = growthOf(added) ?? keptOf(before, added);
  if (growth === undefined) return [];
  const names = changed.map((p) => all[p]!);
  const normOf = (call: readonly Float64Array[]): number => finiteNorm(changed.map((p) => call[p]!));
  const ratio = normOf(second!) / normOf(first!);
  // All of them have no need of their names.
  const gradient =
    all.length > 1 && names.length === all.length
      ? 'gradients'
      : words.gradientOf([{ name: names.join(', ') }]);
  return [
    {
      code: 'accumulated-gradients',
      ...(names.length > 1 ? {} : { parameter: names[0]! }),
      evidence: { calls: calls.length, ratio },
      title: `Each call of ${words.claimant} adds to the ${gradient}: a second call at the same point gave ${Number(ratio.toPrecision(3))} times the first.`,
      advice: adviceFor(growth, words),
    },
  ];
}

function adviceFor(growth: number, { claimant }: Words): string {
  if (growth === 1)
    return `Zero the gradient buffers at the beginning of ${claimant}, before the backward pass adds to them.`;
  const factor = Number(growth.toPrecision(3));
  return growth < 1
    ? `Each call keeps ${factor} of what the call before it gave, as a momentum or a running mean does: begin each from zero, or check the gradient before it.`
    : `Zero the gradients of all nodes at the beginning of ${claimant}, those between the parameters and the loss too: each call adds ${factor} times what the one before it added.`;
}

/** The share of what was there that each call keeps, g₂ − g₁ = r g₁ and g₃ − g₂ = r (g₂ − g₁); undefined where there is none. */
function keptOf(before: Arrays, { once, again }: Added): number | undefined {
  const kept = finiteNorm(once) / finiteNorm(before);
  const isSo = isMultiple(kept, before, once, SAME_GROWTH) && isMultiple(kept, once, again, SAME_GROWTH);
  return isSo && kept < 1 ? kept : undefined;
}

/** More nodes in a row than these are not looked for. */
const MOST_NODES = 8;

/** The multiple of what the second call added that the third adds to all that changed; undefined where it is none that adding makes. */
function growthOf({ once, again }: Added): number | undefined {
  const moved = once.reduce((sum, added) => sum + added.reduce((count, x) => count + Number(x !== 0), 0), 0);
  // One number grows by something between any three calls.
  for (let nodes = 1; nodes <= (moved > 1 ? MOST_NODES : 1); nodes += 1) {
    const growth = (nodes + 1) / 2;
    if (isMultiple(growth, once, again, growth === 1 ? SAME_INCREMENT : SAME_GROWTH)) return growth;
  }
  return undefined;
}

/** Whether each of some arrays is so many times another, but for a share of their size. */
function isMultiple(factor: number, from: Arrays, to: Arrays, within: number): boolean {
  return from.every(
    (own, k) =>
      relativeDistance(
        own.map((value) => factor * value),
        to[k]!,
      ) <= within,
  );
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}
