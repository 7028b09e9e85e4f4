/** A further look at a model → what came of it, or what is known without it where the user's code throws on the way: it is worth no report. */

import { isMisuse } from '../../errors.js';

/**
 * @param looking the look itself
 * @param giveUp puts the parameters back, and says what is known without it
 */
export function* unlessThrown<Asked, Found>(
  looking: Generator<Asked, Found, void>,
  giveUp: () => Found,
): Generator<Asked, Found, void> {
  try {
    return yield* looking;
  } catch (error) {
    // What is handed over wrongly is told wherever it shows.
    if (isMisuse(error)) throw error;
    return giveUp();
  }
}
