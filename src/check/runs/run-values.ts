/** Looks along directions, and entries measured by themselves → what is known of a parameter that was not measured entry by entry. */

import type { LossRequest } from '../../model/evaluate/requests.js';
import type { Culprit } from '../../numerics/decode.js';
import { groupNorms, type GroupNorms, rootMeanSquare } from '../../numerics/norms.js';
import { randomIntegers } from '../../numerics/random.js';
import { entryPaths } from '../entries/entry-paths.js';
import type { Probed } from '../entries/probe.js';
import type { ParameterTask } from '../entries/task.js';
import type { KinkSlopes, MeasuredParameter } from '../measurement.js';
import { ENTRY_ROUNDS, MEANS_LOSSES, QUICK_ROUNDS } from '../paths/rounds.js';
import { settle } from '../paths/settle-suspects.js';
import { KNOWN, nearestSlope, SHARP } from '../paths/suspect.js';
import { normsOfAll, normsOfRest } from './run-norms.js';
import {
  type Look,
  type LookRule,
  meetKink,
  missedBy,
  NEEDED_TIME,
  type RunPlan,
  unseenBy,
  withClaim,
} from './look.js';
import type { StepDifference } from '../../step-difference.js';

/** Entries that are measured one by one where no single one explains the error, for its cause to be told. */
const SAMPLE = 32;

/** So many of them first: were half of all entries wrong, none of these would be with a chance of 2⁻⁶. */
const FIRST_SAMPLE = 6;

export class RunValues {
  /** The claim, but for the entries found wrong: those as measured. The claim itself as long as there are none. */
  #numeric: Float64Array;
  readonly #task: ParameterTask;
  readonly #probed: Probed;
  readonly #rule: LookRule;
  readonly #plan: Pick<RunPlan, 'hasTime' | 'looks'>;
  readonly #wrong = new Map<number, number>();
  readonly #kinks = new Map<number, KinkSlopes>();
  readonly #differences = new Map<number, readonly StepDifference[]>();
  readonly #looks: Look[] = [];
  /** Looks since the last entry was found wrong. */
  #fresh: Look[] = [];
  /** What was put right since they were taken. */
  readonly #corrections = new Map<number, number>();
  #sample: ReadonlyMap<number, Culprit> | undefined;
  #isOpen = false;

  constructor(task: ParameterTask, probed: Probed, rule: LookRule, plan: Pick<RunPlan, 'hasTime' | 'looks'>) {
    this.#plan = plan;
    this.#task = task;
    this.#probed = probed;
    this.#rule = rule;
    this.#numeric = task.analytic;
  }

  /** The entries that were found wrong, and what is uncertain of their derivatives. */
  get corrected(): ReadonlyMap<number, number> {
    return this.#wrong;
  }

  /** How many entries were found wrong. */
  get wrong(): number {
    return this.#wrong.size;
  }

  note(looks: readonly Look[]): void {
    this.#looks.push(...looks);
    this.judgeBy(looks);
  }

  /** Takes some looks for those that tell what is known now. */
  judgeBy(looks: readonly Look[]): void {
    this.#fresh = [...looks];
    this.#corrections.clear();
  }

  get numeric(): Float64Array {
    return this.#numeric;
  }

  /** Puts the claim for an entry right. */
  #correct({ entry, error }: Culprit): void {
    // Nothing as long as the parameter is copied before it has to be.
    if (this.#numeric === this.#task.analytic) this.#numeric = this.#task.analytic.slice();
    this.#numeric[entry]! -= error;
    this.#corrections.set(entry, error);
  }

  /** The looks as they would have been with the claim as it is now. */
  #current(): readonly Look[] {
    return this.#fresh.map((look) =>
      [...this.#corrections].reduce((now, [entry, error]) => withClaim(now, entry, -error), look),
    );
  }

  /** Says that something wrong could not be found, or not be told. */
  leaveOpen(): void {
    this.#isOpen = true;
  }

  /** Measures some entries by themselves: those that are wrong, put right from now on, and how far they were off. */
  *measure(entries: readonly number[]): Generator<LossRequest, readonly Culprit[], void> {
    const found = yield* this.#measured(entries);
    return [...found.values()].filter(({ entry, error }) => {
      const isWrong = error !== 0;
      if (isWrong) this.#correct({ entry, error });
      return isWrong;
    });
  }

  /** Measures a sample of the entries, first a few of it; whether most of them are wrong. */
  *isWidespread(): Generator<LossRequest, boolean, void> {
    const { range, seed, parameter } = this.#task;
    const integers = randomIntegers(seed + parameter);
    const drawn = new Set<number>();
    while (drawn.size < Math.min(SAMPLE, range.count))
      drawn.add(range.from + Math.floor((integers() / 2 ** 32) * range.count));
    const all = [...drawn];
    const sample = new Map<number, Culprit>();
    for (const part of [all.slice(0, FIRST_SAMPLE), all.slice(FIRST_SAMPLE)]) {
      // Of a loss that takes long the few that are wrong have to tell of the others.
      if (sample.size > 0 && !this.#plan.hasTime(2 * part.length, NEEDED_TIME)) break;
      const found = yield* this.#measured(part.toSorted((a, b) => a - b));
      for (const [entry, culprit] of found) sample.set(entry, culprit);
      if ([...sample.values()].every(({ error }) => error === 0)) return false;
    }
    const off = [...sample.values()].filter(({ error }) => error !== 0);
    if (2 * off.length < sample.size) {
      for (const culprit of off) this.#correct(culprit);
      return false;
    }
    this.#sample = sample;
    return true;
  }

  /** The error of each entry, beyond what a right claim may be off by; 0 of a right one. */
  *#measured(entries: readonly number[]): Generator<LossRequest, ReadonlyMap<number, Culprit>, void> {
    const task = this.#task;
    const { step, noise } = this.#probed;
    const found = new Map<number, Culprit>();
    const paths = entryPaths(task, noise);
    const first = yield* paths.sample(entries.map((path) => ({ path, step })));
    if (first === undefined) return found;
    const typical = 2 * rootMeanSquare(task.analytic.subarray(task.range.from, task.range.to));
    const suspects = entries.map((path, k) => {
      const analytic = this.numeric[path]!;
      const bound = task.claimNoise.known(task.parameter)?.[path] ?? 0;
      const sizeOf = (numeric: number): number => Math.max(typical, Math.abs(analytic) + Math.abs(numeric));
      const allowed = (numeric: number): number => this.#rule.tolerance * sizeOf(numeric) + bound;
      const sharp = (numeric: number): number => SHARP * sizeOf(numeric);
      const known = (numeric: number): number => KNOWN * sizeOf(numeric);
      return { path, analytic, samples: [first[k]!], steps: [step], allowed, sharp, known };
    });
    const isShort = this.#plan.hasTime(MEANS_LOSSES * entries.length);
    const settled = yield* settle(paths, suspects, isShort ? ENTRY_ROUNDS : QUICK_ROUNDS);
    for (const [k, { path: entry, analytic, allowed }] of suspects.entries()) {
      const estimate = settled[k];
      if (estimate === undefined || Number.isNaN(estimate.value)) continue;
      const { value, uncertainty, hidden, kink } = estimate;
      const isFree = kink !== undefined && this.#rule.rejectsKinks !== true;
      const numeric = isFree ? nearestSlope(analytic, kink, value) : value;
      const isWrong = Math.abs(analytic - numeric) - allowed(numeric) > uncertainty + hidden;
      if (isWrong) {
        this.#wrong.set(entry, uncertainty + hidden);
        this.#differences.set(entry, estimate.differences);
        if (isFree) this.#kinks.set(entry, { ...kink, central: value });
      }
      found.set(entry, { entry, error: isWrong ? analytic - numeric : 0 });
    }
    return found;
  }

  /** @param near the step at which kinks left enough to be seen, where that is not the first */
  result(near?: number): Omit<MeasuredParameter, 'isStaircase'> {
    const { range } = this.#task;
    const current = this.#current();
    const told = current.filter(({ outcome }) => outcome !== 'open');
    const saying = Math.min(this.#plan.looks.least, current.length);
    const isRight =
      told.length > 0 && told.length >= saying && told.every(({ outcome }) => outcome === 'right');
    const isComplete = !this.#isOpen && this.#sample === undefined && isRight;
    const steps = this.#looks.map(({ step }) => step * this.#task.scale);
    const numeric = this.#shown();
    const uncertainty = this.#uncertainties();
    // What is not known, or not due, has none.
    if (numeric !== this.#numeric)
      for (let i = 0; i < numeric.length; i += 1) if (Number.isNaN(numeric[i])) uncertainty[i] = Number.NaN;
    return {
      numeric,
      uncertainty,
      step: steps.length === 0 ? undefined : { min: Math.min(...steps), max: Math.max(...steps) },
      moved: this.#looks.some(({ moved }) => moved),
      kinks: this.#kinks,
      differences: this.#differences,
      open: 0,
      singular: 0,
      unreached: this.#looks.length === 0 ? range.count : 0,
      noise: this.#rule.noise.level,
      runs: {
        norms: this.#norms(told),
        widespread: this.#sample !== undefined,
        complete: isComplete,
        isKinked: meetKink(this.#fresh),
        found: this.#wrong.size,
        directions: this.#looks.length,
        near,
        longest: range.count,
        missed: missedBy(told, this.#task.scale),
        unseen: isComplete ? unseenBy(told, this.#task.scale) : Number.NaN,
      },
    };
  }

  /** The numbers that stand for the entries: of a sample only those that were measured. */
  #shown(): Float64Array {
    if (this.#sample === undefined) return this.#told();
    const numeric = new Float64Array(this.#task.analytic.length).fill(Number.NaN);
    for (const { entry, error } of this.#sample.values()) numeric[entry] = this.#numeric[entry]! - error;
    return numeric;
  }

  /** The claim as it was put right, where anything was looked at; NaN elsewhere. */
  #told(): Float64Array {
    const { analytic, range } = this.#task;
    const isLooked = this.#looks.length > 0;
    if (isLooked && range.count === analytic.length) return this.#numeric;
    const numeric = new Float64Array(analytic.length).fill(Number.NaN);
    if (isLooked) numeric.set(this.#numeric.subarray(range.from, range.to), range.from);
    return numeric;
  }

  #uncertainties(): Float64Array {
    const uncertainty = new Float64Array(this.#task.analytic.length);
    for (const [entry, own] of this.#wrong) uncertainty[entry] = own;
    return uncertainty;
  }

  #norms(told: readonly Look[]): GroupNorms {
    const { analytic, range } = this.#task;
    const compared = { analytic, numeric: this.#told(), uncertainty: this.#uncertainties() };
    const found = groupNorms(compared, range.count);
    return this.#sample === undefined
      ? normsOfRest(found, told, range.count)
      : normsOfAll(found, this.#looks, range.count);
  }
}
