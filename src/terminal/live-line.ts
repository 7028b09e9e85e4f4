/**
 * When a check shows its line: once it has taken two seconds, at most ten times a second, and until it ends or another writes to
 * the terminal. Drawn whenever the check calls the model, not by a timer, as a synchronous check lets no timer run.
 */

import { now } from '../check/run/clock.js';
import type { CheckObserver } from '../check/run/observer.js';
import type { Progress } from '../check/options.js';
import { progressLine } from '../render/progress-line.js';
import { Screen } from './screen.js';

/** A check that takes no longer shows nothing, in ms. */
const SILENCE = 2000;
/** From one drawing to the next, in ms: more often nobody can read. */
const PAUSE = 100;

/** From one look at the clock to the next at most so many calls pass: the look then costs nothing beside the quickest of them. */
const MOST_CALLS = 16;
/** If calls between two looks took less, in ms, the next look may come after twice as many. */
const QUICK: number = PAUSE / 2;

/** The screen of the check that shows its line: of checks that run at the same time one does. */
let taken: Screen | undefined;

/** An observer who shows a check on the terminal; undefined where there is none. */
export function liveLine(): CheckObserver | undefined {
  const screen = Screen.find();
  return screen && new LiveLine(screen);
}

class LiveLine implements CheckObserver {
  readonly #screen: Screen;
  readonly #started = now();
  #looked = this.#started;
  #drawn = -Infinity;
  /** Calls from the last look to the next, and how many of them are left. */
  #calls = 1;
  #left = 1;
  #isOver = false;
  #progress: Progress | undefined;
  /** When the check told first, and of what share: what came before says nothing of how long the rest takes. */
  #first: { readonly time: number; readonly share: number } | undefined;
  /** When it will have ended, if the rest takes as long for its share as what was done by the last time it told. */
  #expected = -Infinity;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  calling(): void {
    this.#left -= 1;
    if (this.#left > 0 || this.#isOver) return;
    const time = now();
    this.#calls = time - this.#looked < QUICK ? Math.min(2 * this.#calls, MOST_CALLS) : 1;
    this.#left = this.#calls;
    this.#looked = time;
    if (time - this.#started >= SILENCE && time - this.#drawn >= PAUSE) this.#draw(time);
  }

  tell(progress: Progress, share: number): void {
    this.#progress = progress;
    const time = now();
    this.#first ??= { time, share };
    const done = share - this.#first.share;
    if (done > 0) this.#expected = time + ((1 - share) * (time - this.#first.time)) / done;
  }

  end(): void {
    this.#isOver = true;
    if (taken !== this.#screen) return;
    taken = undefined;
    this.#screen.clear();
  }

  #draw(time: number): void {
    if (taken !== undefined && taken !== this.#screen) return;
    if (this.#screen.isDisturbed() || !this.#screen.isFree()) {
      this.end();
      return;
    }
    taken = this.#screen;
    this.#drawn = time;
    // An estimate that is used up was wrong, and no other is known.
    const left = this.#expected > time ? this.#expected - time : undefined;
    const standing = { at: this.#progress, elapsed: time - this.#started, left };
    this.#screen.draw(progressLine(standing, this.#screen.columns));
  }
}
