/**
 * Ceres' `GradientChecker`: Ridders' extrapolation for every entry, and a relative error of at most 1e-8 in each, absolute
 * where either value is zero.
 *
 * C. J. F. Ridders, "Accurate computation of F'(x) and F'(x) F''(x)", Adv. Eng. Software 4 (1982), 75–76.
 */

import type { BenchModel } from '../models/model.js';
import { centred, type Place, placesOf, type Rule } from './rule.js';

const RELATIVE_STEP = 1e-2;
const SHRINK = 2;
const MOST_STEPS = 10;
/** An estimated error so small ends the extrapolation. */
const ENOUGH = 1e-12;
/** Relative precision demanded. */
const PRECISION = 1e-8;

/** The derivative by one entry: a tableau of differences at halved steps, ended by its own estimate of the error. */
function ridders(model: BenchModel, place: Place): number {
  const value = model.parameters[place.parameter]![place.entry]!;
  let step = Math.max(RELATIVE_STEP, RELATIVE_STEP * Math.abs(value)) * SHRINK ** (MOST_STEPS / 2);
  let previous: number[] = [];
  let best = Number.NaN;
  let leastError = Infinity;
  for (let i = 0; i < MOST_STEPS; i += 1) {
    const current = [centred(model, place, step)];
    if (i === 0) best = current[0]!;
    step /= SHRINK;
    let factor = SHRINK ** 2;
    for (let k = 1; k <= i; k += 1) {
      const candidate = (factor * current[k - 1]! - previous[k - 1]!) / (factor - 1);
      current.push(candidate);
      factor *= SHRINK ** 2;
      const error = Math.max(Math.abs(candidate - current[k - 1]!), Math.abs(candidate - previous[k - 1]!));
      if (!(error <= leastError)) continue;
      leastError = error;
      best = candidate;
      if (error < ENOUGH) return best;
    }
    // The tableau has become unstable.
    if (i > 0 && Math.abs(current[i]! - previous[i - 1]!) >= 2 * leastError) return best;
    previous = current;
  }
  return best;
}

export const ceres: Rule = {
  name: 'Ceres GradientChecker',
  settings: 'Ridders from h = 0.32 max(1, |x|) down, |a − n| ≤ 1e-8 max(|a|, |n|)',
  namesEntries: true,
  canBeInconclusive: false,
  check(model) {
    const gradients = model.gradients();
    let worst = 0;
    let named: Place | undefined;
    for (const place of placesOf(model.parameters)) {
      const a = gradients[place.parameter]![place.entry]!;
      const n = ridders(model, place);
      const absolute = Math.abs(a - n);
      const error = a === 0 || n === 0 ? absolute : absolute / Math.max(Math.abs(a), Math.abs(n));
      if (error <= PRECISION || error <= worst) continue;
      worst = error;
      named = place;
    }
    return { verdict: named === undefined ? 'correct' : 'wrong', named };
  },
};
