/**
 * What is wrong, over the model, a parameter, or one entry. With d = g − n over a group and U the norm of the uncertainties in it: ‖d‖
 * exceeds tolerance · (‖g‖ + ‖n‖) by more than U. All comparisons are written so that NaN never passes.
 */

import type { Compared, GroupNorms } from '../numerics/norms.js';

/** The rule for a group. */
export function isWrong(norms: GroupNorms, tolerance: number): boolean {
  return exceeds(norms.difference, norms.claimed + norms.numeric, norms.uncertainty, tolerance);
}

function exceeds(difference: number, size: number, uncertainty: number, tolerance: number): boolean {
  return !(difference - tolerance * size <= uncertainty);
}

/** A run of entries; `to` is not among them. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** One parameter's numbers with the sizes that its entries are measured against. */
export interface Measured extends Compared {
  /** The entries that are looked at. */
  readonly due: Run;
  /** θ, the parameter's own values. */
  readonly values: Float64Array;
  /** rms(g) + rms(n); of a part, as much of that as can be known: rms(g), and rms(n) as if n were zero where it is not looked at. */
  readonly typical: number;
  /** rms(|θ| (|g| + |n|)): what a typical entry changes the loss by over its own size; of a part as `typical`, with n as if it were zero beside it. */
  readonly change: number;
  /** No entry is measured against less. */
  readonly least: number;
  /** ‖g − n‖, which no entry's difference exceeds. */
  readonly difference: number;
}

/** Prepares a parameter's entries to be judged. */
export function measured(
  compared: Compared & { readonly values: Float64Array },
  norms: GroupNorms,
  due: Run,
): Measured {
  const root = Math.sqrt(Math.max(1, norms.checked));
  const { analytic, numeric, uncertainty, values } = compared;
  // A claim that is not finite has no size: its other entries are then measured against the numeric gradient.
  const claimed = Number.isFinite(norms.claimed) ? norms.claimed : norms.numeric;
  const typical = ((claimed + Math.sqrt(norms.share) * norms.numeric) / root) * norms.scale;
  const { scale } = norms;
  let [changes, largest, areFinite] = [0, 0, true];
  for (let i = 0; i < values.length; i += 1) {
    const value = Math.abs(values[i]!);
    const own = (value * (Math.abs(analytic[i]!) + Math.abs(numeric[i]! || 0))) / scale;
    if (Number.isFinite(own)) changes += own * own;
  }
  for (let i = due.from; i < due.to; i += 1) {
    if (Math.abs(values[i]!) > largest) largest = Math.abs(values[i]!);
    areFinite &&= Number.isFinite(analytic[i]!);
  }
  const change = Math.sqrt(changes / values.length) * norms.scale;
  // The norms are those of what has a derivative; a claim that is not finite is off where there is none, too.
  const difference = areFinite ? norms.difference * norms.scale : Infinity;
  const least = change > 0 ? Math.min(typical, change / largest) : typical;
  return { due, values, analytic, numeric, uncertainty, typical, change, least, difference };
}

/** The entries of a parameter that are wrong by themselves. */
export function wrongEntries(group: Measured, tolerance: number): readonly number[] {
  // No entry's difference exceeds the whole one.
  if (group.difference <= tolerance * group.least) return [];
  const found: number[] = [];
  const { from, to } = group.due;
  for (let i = from; i < to; i += 1) if (isEntryWrong(group, i, tolerance)) found.push(i);
  return found;
}

/** The few entries that can exceed the tolerance at all; NaN is among them. */
export function entriesBeyond({ analytic, numeric, least, due }: Measured, tolerance: number): number[] {
  const within = tolerance * least;
  const found: number[] = [];
  for (let i = due.from; i < due.to; i += 1)
    if (!(Math.abs(analytic[i]! - numeric[i]!) <= within)) found.push(i);
  return found;
}

/** The rule for one entry. */
export function isEntryWrong(group: Measured, i: number, tolerance: number): boolean {
  const n = group.numeric[i]!;
  const g = group.analytic[i]!;
  // A claim that is not finite is wrong beside any number, and where there is none.
  if (!Number.isFinite(g)) return true;
  if (!Number.isFinite(n)) return false;
  return exceeds(Math.abs(g - n), entrySize(group, i, g, n), group.uncertainty[i]!, tolerance);
}

/**
 * What an entry with these derivatives is measured against: its own size; or what is typical of its parameter, where that is larger, by the
 * gradient as by θ times it. Numbers of unlike units may stand in one array: then what is typical of one is nothing beside another.
 */
export function entrySize(
  { typical, change, values }: Pick<Measured, 'typical' | 'change' | 'values'>,
  i: number,
  analytic: number,
  numeric: number,
): number {
  const value = Math.abs(values[i]!);
  const usual = change > 0 && change < typical * value ? change / value : typical;
  return Math.max(usual, Math.abs(analytic) + Math.abs(numeric));
}
