/**
 * The exhaustive method: every entry of a parameter by itself, θ ± h, in blocks that share their memory. Entries that then
 * look wrong are looked at again by `suspects.ts`.
 */

import type { SweepRequest } from '../model/requests.js';
import type { Subject } from '../model/subject.js';
import { centralDifference, NOISE_COVERAGE, noiseUncertainty } from '../numerics/differences.js';
import { chosenStep, entryScale } from '../numerics/steps.js';

/** Entries per request: a generator's turn is then under a thousandth of the cheapest loss. */
const BLOCK = 1024;

/** How steps are to be taken. */
export interface StepRule {
  /** ε as the user gave it; undefined: chosen by scale. */
  readonly epsilon: number | undefined;
  /** η, noise of the loss relative to its size. */
  readonly relativeNoise: number;
}

/** What is known about one parameter while it is measured. */
export interface Ground {
  readonly subject: Subject;
  /** Place of the parameter among those checked. */
  readonly parameter: number;
  /** J(θ). */
  readonly loss: number;
  /** σ, in the unit of the loss. */
  readonly noise: number;
  /** Root mean square of the parameter's entries. */
  readonly scale: number;
  readonly rule: StepRule;
}

/** What one parameter's sweep found. */
export interface Sweep {
  /** ∂J/∂θᵢ by centred difference; NaN where none could be taken. */
  readonly numeric: Float64Array;
  readonly uncertainty: Float64Array;
  readonly step: { min: number; max: number };
  /** Whether any perturbation changed the loss at all. */
  moved: boolean;
  /** Whether any changed it by more than noise can. */
  movedBeyondNoise: boolean;
  /** Entries at which the loss has a kink that was found and taken into account. */
  kinks: number;
}

/** A sweep in which nothing was measured yet. */
export function emptySweep(count: number): Sweep {
  return {
    numeric: new Float64Array(count).fill(Number.NaN),
    uncertainty: new Float64Array(count).fill(Number.NaN),
    step: { min: 0, max: 0 },
    moved: false,
    movedBeyondNoise: false,
    kinks: 0,
  };
}

/** The room for a request of up to `size` differences. */
export function sweepRoom(size: number): Omit<SweepRequest, 'kind' | 'parameter' | 'count'> {
  return {
    entries: new Uint32Array(size),
    steps: new Float64Array(size),
    above: new Float64Array(size),
    below: new Float64Array(size),
    forward: new Float64Array(size),
    backward: new Float64Array(size),
  };
}

/** The step for one entry: the user's ε, or the chosen one times `factor`, a power of two. */
export function stepFor({ subject, parameter, scale, rule }: Ground, entry: number, factor = 1): number {
  if (rule.epsilon !== undefined) return rule.epsilon;
  const value = subject.saved[parameter]![entry]!;
  const { spacing } = subject.parameters[parameter]!.values;
  return chosenStep(entryScale(value, scale), rule.relativeNoise, spacing) * factor;
}

/** Takes the derivative by every entry of one parameter, at the chosen steps times `factor`. */
export function* sweepParameter(ground: Ground, factor = 1): Generator<SweepRequest, Sweep, void> {
  const { subject, parameter, loss, noise } = ground;
  const { count } = subject.parameters[parameter]!;
  const sweep = emptySweep(count);
  sweep.step.min = Infinity;
  const size = Math.min(BLOCK, count);
  const room = sweepRoom(size);
  const significant = NOISE_COVERAGE * noise;
  for (let from = 0; from < count; from += size) {
    const taken = Math.min(size, count - from);
    for (let k = 0; k < taken; k += 1) {
      room.entries[k] = from + k;
      room.steps[k] = stepFor(ground, from + k, factor);
    }
    yield { kind: 'sweep', parameter, count: taken, ...room };
    for (let k = 0; k < taken; k += 1) {
      const distance = room.above[k]! + room.below[k]!;
      sweep.numeric[from + k] = centralDifference(room, k);
      sweep.uncertainty[from + k] = noiseUncertainty(noise, distance);
      if (distance / 2 < sweep.step.min) sweep.step.min = distance / 2;
      if (distance / 2 > sweep.step.max) sweep.step.max = distance / 2;
      const reach = Math.max(Math.abs(room.forward[k]! - loss), Math.abs(room.backward[k]! - loss));
      sweep.moved ||= reach !== 0;
      sweep.movedBeyondNoise ||= reach > significant;
    }
  }
  return sweep;
}
