/** Two losses, and how much repeated losses scatter → whether something has moved the loss. */

import { NOISE_COVERAGE } from '../../numerics/difference.js';

/** Whether a loss differs from that at θ by more than repeated losses do; where these are the same, whether it differs at all. */
export function isBeyondScatter(
  value: number,
  loss: number,
  { scatter = 0 }: { readonly scatter?: number | undefined },
): boolean {
  return value !== loss && !(Math.abs(value - loss) <= NOISE_COVERAGE * Math.SQRT2 * scatter);
}
