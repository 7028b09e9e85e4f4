/** What was measured of a parameter at a point → whether another claim would have been called wrong there. No losses. */

import type { ParameterEvidence } from '../../check/measurement.js';
import type { Members } from '../layouts.js';
import { entrySize, type Measured, measured } from '../../verdict/rules.js';
import { FLOAT32_TOLERANCE } from '../../verdict/tolerance.js';

export class MeasuredClaim {
  readonly evidence: ParameterEvidence;
  /** ‖g‖ of all entries, and the largest distance of another claim that does not show; in units of `#scale`. */
  readonly #norm: number;
  readonly #bound: number;
  readonly #scale: number;
  /** The uncertainty of an entry that was not due: that of the others. */
  readonly #usual: number;
  /** What is no other value. */
  readonly #small: number;
  readonly #all: Members;
  #sizes: Measured | undefined;

  constructor(evidence: ParameterEvidence) {
    const { norms, tolerance } = evidence;
    // Of a part: as if the others were known as well as this one.
    const whole = Math.sqrt(norms.share);
    this.evidence = evidence;
    this.#all = { first: 0, inner: evidence.count, outer: 1, stride: evidence.count };
    this.#scale = norms.scale;
    this.#norm = norms.claimed / whole;
    // ‖d‖ > t (‖g + d‖ + ‖g‖) + U for any d with ‖d‖ (1 − t) > 2 t ‖g‖ + U.
    this.#bound = (2 * tolerance * this.#norm + norms.uncertainty / whole) / (1 - tolerance);
    const typical = (this.#norm / Math.sqrt(evidence.count)) * this.#scale;
    this.#small = Math.min(FLOAT32_TOLERANCE, tolerance) * typical;
    this.#usual = (norms.uncertainty / Math.sqrt(Math.max(1, norms.checked))) * norms.scale;
  }

  /** ‖g‖, in its own unit. */
  get size(): number {
    return this.#norm * this.#scale;
  }

  /**
   * Whether the claim would be wrong with other values.
   * @param changed the value of an entry
   * @param entries those that have another one; all, where left out
   */
  shows(changed: (entry: number) => number, entries: Members = this.#all): boolean {
    return this.#isBeyond(changed, entries, Infinity);
  }

  /** The same, or whether the values are others at all: a mistake that is small is none that hides. */
  differs(changed: (entry: number) => number, entries: Members = this.#all): boolean {
    return this.#isBeyond(changed, entries, this.#small);
  }

  /** Whether zero for some entries would differ from the claim. */
  differsFromZero(members: Members): boolean {
    const { first, inner, outer, stride } = members;
    const { analytic, kinks } = this.evidence;
    let isZero = kinks.size === 0;
    for (let run = 0; run < outer && isZero; run += 1)
      for (let i = first + run * stride, end = i + inner; i < end; i += 1)
        if (analytic[i] !== 0) isZero = false;
    return !isZero && this.differs(() => 0, members);
  }

  #isBeyond(changed: (entry: number) => number, members: Members, most: number): boolean {
    const { first, inner, outer, stride } = members;
    const { analytic, kinks } = this.evidence;
    let squares = 0;
    for (let run = 0; run < outer; run += 1)
      for (let i = first + run * stride, end = i + inner; i < end; i += 1) {
        const value = changed(i);
        if (value === analytic[i] && kinks.size === 0) continue;
        if (Math.abs(value - analytic[i]!) > most) return true;
        const off = this.#distance(i, value);
        if (off > this.#limit(i, value)) return true;
        squares += (off / this.#scale) ** 2;
        if (squares > this.#bound ** 2) return true;
      }
    return false;
  }

  /** How far a value is from what is right: at a kink any between the slopes. */
  #distance(i: number, value: number): number {
    const { analytic, kinks } = this.evidence;
    const kink = kinks.get(i);
    if (kink === undefined) return Math.abs(value - analytic[i]!);
    return Math.max(0, kink.low - value, value - kink.high);
  }

  /** How far an entry may be off by itself without being called wrong. */
  #limit(i: number, value: number): number {
    const { evidence } = this;
    const { runs, due, numeric, uncertainty, analytic, tolerance } = evidence;
    if (runs !== undefined) return Number.isNaN(runs.unseen) ? Infinity : runs.unseen;
    const isDue = i >= due.from && i < due.to;
    if (isDue && Number.isNaN(numeric[i])) return Infinity;
    this.#sizes ??= measured(evidence, evidence.norms, due);
    const own = isDue ? uncertainty[i]! : this.#usual;
    return tolerance * entrySize(this.#sizes, i, value, analytic[i]!) + own;
  }
}
