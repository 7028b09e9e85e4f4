/**
 * What a check may cost: a number of losses, a time. Asked between requests, which are kept small enough for that; what is left
 * unchecked when it is spent is counted, and never called anything.
 */

import type { Evaluations, Subject } from '../../model/subject/subject.js';
import type { Stop } from '../../report.js';
import { now } from './clock.js';
import type { CheckObserver } from './observer.js';
import type { Progress } from '../options.js';
import type { Settings } from '../settings.js';

/** A request takes about this long, in ms: a limit of time is then kept to within it, and progress shows. */
const REQUEST_TIME = 50;

/** A batch, which may take long whatever its size, may take so much of the limit of time. */
const BATCH_SHARE: number = 1 / 16;

/** Entries of the first request: a loss may take longer than all that is allowed. */
const FIRST_ENTRIES = 1;
/** Entries of a request at most: a generator's turn is then under a thousandth of the cheapest loss. */
export const MOST_ENTRIES = 1024;

/** A difference takes two losses; with fewer left nothing more can be done. */
const LEAST_LOSSES = 2;

export class Budget {
  readonly #settings: Pick<Settings, 'maxEvaluations' | 'timeLimit' | 'onProgress'>;
  readonly #evaluations: Evaluations;
  readonly #observer: CheckObserver | undefined;
  /** How long a request may take, in ms. */
  readonly #requestTime: number;
  readonly #started: number;
  #asked = now();
  #entries = 0;
  #size: number;
  #refused = false;
  #isSilent = false;

  constructor(
    settings: Pick<Settings, 'maxEvaluations' | 'timeLimit' | 'onProgress'>,
    { evaluations, lossFunctions }: Pick<Subject, 'evaluations' | 'lossFunctions'>,
    observer: CheckObserver | undefined,
    started: number,
  ) {
    this.#settings = settings;
    this.#started = started;
    this.#evaluations = evaluations;
    this.#observer = observer;
    const { timeLimit = Infinity } = settings;
    const batched = lossFunctions[0] === 'losses';
    this.#requestTime = batched ? Math.max(REQUEST_TIME, timeLimit * BATCH_SHARE) : REQUEST_TIME;
    this.#size = this.#requestTime === Infinity ? MOST_ENTRIES : FIRST_ENTRIES;
  }

  /** What ended the check, if anything did. */
  stop(): Stop | undefined {
    const { timeLimit } = this.#settings;
    if (this.#refused || !this.#has(LEAST_LOSSES)) return 'maxEvaluations';
    if (timeLimit !== undefined && now() - this.#started >= timeLimit) return 'timeLimit';
    return undefined;
  }

  /** Whether nothing more may be asked. */
  spent(): boolean {
    return this.stop() !== undefined;
  }

  /** Whether so many more losses, at the pace so far, keep the check within a time, in ms. */
  hasTime(losses: number, within: number): boolean {
    const elapsed = now() - this.#started;
    const each = elapsed / Math.max(1, this.#evaluations.loss);
    return elapsed + losses * each <= within && !this.spent() && this.#has(losses);
  }

  /** Whether so many losses may be asked for at once; if not, what they were for is left undone, and the check has been cut. */
  allows(losses: number): boolean {
    if (this.spent()) return false;
    if (!this.#has(losses)) this.#refused = true;
    return !this.#refused;
  }

  /** One loss is kept for the end, which sees whether the loss is still the same. */
  #has(losses: number): boolean {
    const { maxEvaluations = Infinity } = this.#settings;
    return this.#evaluations.loss + losses + 1 <= maxEvaluations;
  }

  /** How many of `wanted` losses the next request may hold, so that a limit of time is kept to. */
  losses(wanted: number): number {
    if (this.#settings.timeLimit === undefined) return wanted;
    const each = (now() - this.#started) / Math.max(1, this.#evaluations.loss);
    return Math.min(wanted, Math.max(1, Math.floor(this.#requestTime / each)));
  }

  /** How many of `wanted` entries, two losses each, the next request may hold. */
  entries(wanted: number): number {
    const time = now();
    // As many as took half the time may be twice as many.
    if (this.#entries === this.#size && time - this.#asked < this.#requestTime / 2)
      this.#size = Math.min(2 * this.#size, MOST_ENTRIES);
    const { maxEvaluations = Infinity } = this.#settings;
    const left = Math.floor((maxEvaluations - this.#evaluations.loss - 1) / 2);
    this.#asked = time;
    this.#entries = Math.max(0, Math.min(wanted, this.#size, left));
    return this.#entries;
  }

  /** Tells how far the check is, and what share of its work that is. */
  tell(progress: Progress, share: number): void {
    if (this.#isSilent) return;
    this.#settings.onProgress?.(progress);
    this.#observer?.tell(progress, share);
  }

  /** Tells nothing from now on: what is to come repeats what was told. */
  silence(): void {
    this.#isSilent = true;
  }
}
