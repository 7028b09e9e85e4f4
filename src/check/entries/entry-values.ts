/** A sweep and what closer looks found → the numbers of each entry that are held against its claim. */

import { centralDifference, stepDifference } from '../../numerics/difference.js';
import type { Estimate } from '../../numerics/estimate.js';
import type { NoiseLevel } from '../../numerics/noise.js';
import { isBeyondScatter } from '../../numerics/repeats.js';
import type { KinkSlopes, MeasuredParameter } from '../measurement.js';
import { nearestSlope } from '../paths/suspect.js';
import { readDifferences, sampleAt, type Sweep } from './sweep.js';
import type { ParameterTask, Policy, StepPolicy } from './task.js';
import type { StepDifference } from '../../step-difference.js';

export class EntryValues {
  /** ∂J/∂θᵢ; NaN where none was found. At a kink the value between the slopes on its two sides that is nearest to the claim. */
  readonly numeric: Float64Array;
  readonly uncertainty: Float64Array;
  readonly #task: ParameterTask;
  readonly #sweep: Sweep;
  readonly #noise: NoiseLevel;
  readonly #policy: Policy & Pick<StepPolicy, 'isFixed'>;
  readonly #kinks = new Map<number, KinkSlopes>();
  readonly #differences = new Map<number, readonly StepDifference[]>();
  #claimBounds: Float64Array | undefined;
  /** Entries without a derivative; some are looked at more than once. */
  readonly #open = new Set<number>();
  readonly #singular = new Set<number>();
  readonly #left = new Set<number>();

  constructor(
    task: ParameterTask,
    sweep: Sweep,
    noise: NoiseLevel,
    policy: Policy & Pick<StepPolicy, 'isFixed'>,
  ) {
    this.#task = task;
    this.#sweep = sweep;
    this.#noise = noise;
    this.#policy = policy;
    const { length } = task.analytic;
    this.numeric = new Float64Array(length).fill(Number.NaN);
    this.uncertainty = new Float64Array(length).fill(Number.NaN);
    // Without a noise no difference tells anything.
    if (!Number.isNaN(noise.level)) readDifferences(sweep, noise, this.numeric, this.uncertainty);
  }

  /** Takes what was found of an entry in the place of its difference. */
  take(entry: number, { value, uncertainty, hidden, kink, isSingular = false }: Estimate): void {
    const total = uncertainty + hidden + this.claimBound(entry);
    if (Number.isNaN(value)) {
      this.#leaveOpen(entry, isSingular);
      return;
    }
    for (const entries of [this.#open, this.#singular, this.#left]) entries.delete(entry);
    if (this.#policy.isFixed) {
      // The difference at ε is what was asked for; how far others lie from it is part of its uncertainty.
      const off = Math.abs(this.numeric[entry]! - value) + total;
      if (off > this.uncertainty[entry]!) this.uncertainty[entry] = off;
      return;
    }
    this.uncertainty[entry] = total;
    this.#kinks.delete(entry);
    if (kink === undefined || this.#policy.kinks === 'reject') {
      this.numeric[entry] = value;
      return;
    }
    this.#kinks.set(entry, { ...kink, central: value });
    const claim = this.#task.analytic[entry]!;
    this.numeric[entry] = nearestSlope(claim, kink, value);
    // Well between the slopes any claim is right, however little is known of either.
    if (claim - kink.low > total && kink.high - claim > total) this.uncertainty[entry] = 0;
  }

  /** Notes the differences of an entry; with a given ε that of the sweep among them, which is what was asked for. */
  note(entry: number, settled: readonly StepDifference[]): void {
    const own = this.#policy.isFixed ? [this.#sweptDifference(entry)] : [];
    const all = [...settled, ...own].toSorted((a, b) => b.step - a.step);
    this.#differences.set(entry, all);
  }

  /** Takes it that no derivative of an entry was found, or that there is none. */
  #leaveOpen(entry: number, isSingular: boolean): void {
    // Where the loss is not finite there is nothing that could settle.
    const k = entry - this.#sweep.from;
    if (isSingular || Number.isFinite(centralDifference(this.#sweep, k))) this.#open.add(entry);
    if (isSingular) this.#singular.add(entry);
    this.forget(entry);
  }

  /** Keeps the differences of some entries: those that they were told from, or that of the sweep where there was no more. */
  keep(shown: readonly number[]): void {
    const kept = shown
      .filter((entry) => this.#differences.has(entry) || this.#isSwept(entry))
      .map((entry) => [entry, this.#differences.get(entry) ?? [this.#sweptDifference(entry)]] as const);
    this.#differences.clear();
    for (const [entry, differences] of kept) this.#differences.set(entry, differences);
  }

  #isSwept(entry: number): boolean {
    return entry < this.#sweep.from + this.#sweep.reached && !Number.isNaN(this.#noise.level);
  }

  #sweptDifference(entry: number): StepDifference {
    return stepDifference(sampleAt(this.#sweep, entry, this.#noise), this.#task.loss);
  }

  /** Whether an entry was found to have no derivative, which no look from farther away can refute. */
  isSingular(entry: number): boolean {
    return this.#singular.has(entry);
  }

  /** Leaves an entry unchecked that the budget allows no second look: without one nothing is called wrong. */
  leave(entry: number): void {
    this.#left.add(entry);
    this.forget(entry);
  }

  /** Says that nothing is known of an entry. */
  forget(entry: number): void {
    this.numeric[entry] = Number.NaN;
    this.uncertainty[entry] = Number.NaN;
  }

  /** Adds what noise makes uncertain of the claims. */
  widen(bounds: Float64Array): void {
    if (this.#claimBounds !== undefined) return;
    this.#claimBounds = bounds;
    for (let i = 0; i < bounds.length; i += 1) this.uncertainty[i]! += bounds[i]!;
  }

  /** What noise makes uncertain of a claim, as far as it is known. */
  claimBound(entry: number): number {
    return this.#claimBounds?.[entry] ?? 0;
  }

  /** On a staircase neither the slope between the steps, nor that over many of them, nor any claim is a derivative, or wrong. */
  hideSlopes(): void {
    for (let i = 0; i < this.numeric.length; i += 1) {
      const hidden = Math.abs(this.numeric[i]!) + Math.abs(this.#task.analytic[i]!);
      if (hidden > this.uncertainty[i]!) this.uncertainty[i] = hidden;
    }
  }

  /** Whether the loss moved at any entry of the sweep. */
  moved(): boolean {
    const { loss, noise } = this.#task;
    const { forward, backward, reached } = this.#sweep;
    for (let k = 0; k < reached; k += 1)
      if (isBeyondScatter(forward[k]!, loss, noise) || isBeyondScatter(backward[k]!, loss, noise))
        return true;
    return false;
  }

  result(): Omit<MeasuredParameter, 'isStaircase' | 'noise'> {
    const { range } = this.#task;
    const { above, below, reached } = this.#sweep;
    let [min, max] = [Infinity, 0];
    for (let k = 0; k < reached; k += 1) {
      const step = (above[k]! + below[k]!) / 2;
      if (step < min) min = step;
      if (step > max) max = step;
    }
    return {
      numeric: this.numeric,
      uncertainty: this.uncertainty,
      step: reached === 0 ? undefined : { min, max },
      moved: this.moved(),
      kinks: this.#kinks,
      differences: this.#differences,
      open: this.#open.size,
      singular: this.#singular.size,
      unreached: range.count - reached + this.#left.size,
    };
  }
}
