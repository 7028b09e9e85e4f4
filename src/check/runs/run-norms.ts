/**
 * Looks along directions → the norms of a run of entries: (d·v)² is ‖d‖² times the mean square of the weights on average, so that the mean
 * square over the directions estimates ‖d‖².
 */

import type { GroupNorms } from '../../numerics/norms.js';
import { SHARP } from '../paths/suspect.js';
import type { Look } from './look.js';

/** @param found the norms of what was measured entry by entry, to which is added what is off beside it */
export function normsOfRest(found: GroupNorms, looks: readonly Look[], count: number): GroupNorms {
  const off = over(looks, count, ({ error }) => error) / found.scale;
  return { ...uncertain(found, looks, count), difference: Math.hypot(found.difference, off) };
}

/** @param found the norms of a claim in which most is wrong */
export function normsOfAll(found: GroupNorms, looks: readonly Look[], count: number): GroupNorms {
  const norms = uncertain(found, looks, count);
  const share = shareOf(looks);
  if (share !== undefined) {
    const difference = Math.abs(share) * found.claimed;
    return { ...norms, numeric: Math.abs(1 - share) * found.claimed, difference };
  }
  const difference = over(looks, count, ({ error }) => error) / found.scale;
  return { ...norms, numeric: over(looks, count, ({ numeric }) => numeric) / found.scale, difference };
}

/** The share of the claim that is wrong along all directions, where it is the same as well as it is known sharply: then norms are no estimates. */
function shareOf(looks: readonly Look[]): number | undefined {
  const claimed = ({ numeric, error }: Look): number => numeric + error;
  const squares = looks.reduce((sum, look) => sum + claimed(look) ** 2, 0);
  const share = looks.reduce((sum, look) => sum + look.error * claimed(look), 0) / squares;
  const fits = (look: Look): boolean =>
    Math.abs(look.error - share * claimed(look)) <=
    Math.max(look.uncertainty + look.allowed, SHARP * Math.abs(share * claimed(look)));
  return looks.length > 1 && looks.every(fits) ? share : undefined;
}

function uncertain(found: GroupNorms, looks: readonly Look[], count: number): GroupNorms {
  const own = over(looks, count, ({ uncertainty, claimNoise }) => uncertainty + claimNoise) / found.scale;
  return { ...found, uncertainty: Math.hypot(found.uncertainty, own) };
}

/** The root mean square over the directions, each with the weight that it is known with: of one that noise hides next to nothing counts. */
function over(looks: readonly Look[], count: number, of: (look: Look) => number): number {
  const doubts = looks.map(({ uncertainty, length }) => uncertainty / length);
  const least = Math.min(...doubts);
  let [sum, weights] = [0, 0];
  for (const [k, look] of looks.entries()) {
    const weight = doubts[k] === least ? 1 : (least / doubts[k]!) ** 2;
    // What is infinitely uncertain tells nothing beside what is not.
    if (weight === 0) continue;
    sum += weight * (of(look) / look.length) ** 2 * count;
    weights += weight;
  }
  return weights > 0 ? Math.sqrt(sum / weights) : 0;
}
