/**
 * Whether two gradients that are zero to within the uncertainty may be called zero. They may where the loss was seen to move by
 * more than a slope of that uncertainty would move it, which leaves a stationary point. They may not where the uncertainty is
 * large because no derivative was found, at a jump, at a vertical tangent or at the edge of the domain: any claim is within it.
 */

import type { Sweep } from '../measurement.js';
import type { SweepRequest } from '../../model/evaluate/requests.js';
import { noiseUncertainty } from '../../numerics/difference.js';
import { groupNorms } from '../../numerics/norms.js';
import { isStationary } from '../../verdict/rules.js';
import { type ParameterTask, stepFor, takeEntries } from './sweep.js';

/** An uncertainty within this factor of what noise makes at the first step is noise. */
const MOSTLY_NOISE = 2;

/** Whether the uncertainty of some entry hides a slope that would explain how far the loss moves. Asks for nothing where it is noise. */
export function* hidesSlope(
  task: ParameterTask,
  { numeric, uncertainty }: Sweep,
  analytic: Float64Array,
): Generator<SweepRequest, boolean, void> {
  if (!isStationary(groupNorms({ analytic, numeric, uncertainty }, task.due.count))) return false;
  const open: number[] = [];
  for (const [i, own] of uncertainty.entries())
    if (own > MOSTLY_NOISE * noiseUncertainty(task.noise, 2 * stepFor(task, i))) open.push(i);
  if (open.length === 0) return false;
  if (!task.budget.allows(2 * open.length)) return true;
  const room = yield* takeEntries(task, open, (i) => stepFor(task, i));
  return open.some((i, k) => {
    const reach = [room.forward[k]!, room.backward[k]!].map((loss) => Math.abs(loss - task.loss));
    const largest = Math.max(0, ...reach.filter(Number.isFinite));
    // Of noise alone U · distance / √2 is NOISE_COVERAGE σ.
    return !(largest > (uncertainty[i]! * (room.above[k]! + room.below[k]!)) / Math.SQRT2);
  });
}
