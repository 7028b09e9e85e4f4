/**
 * What steps at two rates changed → which numbers they claim a gradient for: those that they move with the rate, and not a count, a field
 * that holds the rate, or what goes by itself.
 */

import type { Moved } from './tracked-tree.js';

/** A step, and what it changed. */
export interface Step {
  readonly rate: number;
  readonly leaves: readonly Moved[];
}

/** What was seen of a model that is trained: steps at the rate r, r/2 and r/4, and losses, two before them and one after. */
export interface Known {
  /** Whether its claim is the limit of small rates, in which a part in r² is gone. */
  readonly isLimit: boolean;
  readonly steps: readonly [Step, (Step | undefined)?, (Step | undefined)?];
  readonly losses: readonly unknown[];
}

/** A change is a difference of stored numbers, each of which was rounded a few times on the way: so many spacings may be rounding. */
const ROUNDINGS = 8;

/** Which numbers a step claims a gradient for: those that it moves with the rate, and those that it was to move and does not. */
export function claimedBy({ steps: [whole, half] }: Known): (leaf: Moved) => boolean {
  const fixed = whole.leaves.filter((leaf) => isFixed(leaf, half));
  const isIgnored = whole.leaves.every((leaf) => isStill(leaf) || fixed.includes(leaf));
  const names = new Set(fixed.map(({ name }) => name));
  return (leaf) => {
    if (isCount(leaf) || isRate(leaf, whole)) return false;
    // What an object of a class has beside its weights may be anything: data that stay, a cache that is filled anew.
    return leaf.isHandedOver || isIgnored || !(isStill(leaf) || names.has(leaf.name));
  };
}

export function changeIn({ leaves }: Step, { name }: Moved): Float64Array | undefined {
  return leaves.find((leaf) => leaf.name === name)?.change;
}

export function isStill({ change }: Moved): boolean {
  return change.every((value) => value === 0);
}

/** A size, or a number of steps: whole, and moved by a whole number, if at all. */
function isCount({ isScalar, before, change }: Moved): boolean {
  return isScalar && Number.isInteger(before[0]) && Number.isInteger(change[0]);
}

/** A field that holds the rate, which is set before the step and goes to it from anywhere. */
function isRate(leaf: Moved, { rate }: Step): boolean {
  const { isScalar, isHandedOver, before, change } = leaf;
  return isScalar && !isHandedOver && Math.abs(before[0]! - change[0]! - rate) <= roundingOf(leaf, 0);
}

/** Whether something is moved by as much at half the rate. */
export function isFixed(leaf: Moved, half: Step | undefined): boolean {
  const other = half && changeIn(half, leaf);
  if (other === undefined || isStill(leaf)) return false;
  return leaf.change.every((value, i) => Math.abs(value - other[i]!) <= roundingOf(leaf, i));
}

/** What rounding makes of a change, in its unit. */
export function roundingOf({ spacing, before, change }: Moved, i: number): number {
  return ROUNDINGS * spacing * Math.max(Math.abs(before[i]!), Math.abs(change[i]!));
}
