/** The exhaustive method: every entry of a parameter by itself, θ ± h, in blocks that share their memory. */

import type { SweepRequest } from '../model/requests.js';
import type { Subject } from '../model/subject.js';
import { centralDifferences, NOISE_COVERAGE } from '../numerics/differences.js';
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

/** What one parameter's sweep found. */
export interface Sweep {
  readonly numeric: Float64Array;
  readonly uncertainty: Float64Array;
  readonly step: { min: number; max: number };
  /** Whether any perturbation changed the loss at all. */
  moved: boolean;
  /** Whether any changed it by more than noise can. */
  movedBeyondNoise: boolean;
}

/**
 * Takes the derivative by every entry of one parameter.
 * @param loss J(θ)
 * @param noise σ, in the unit of the loss
 * @param scale the parameter's root mean square
 */
export function* sweepParameter(
  subject: Subject,
  parameter: number,
  loss: number,
  noise: number,
  scale: number,
  rule: StepRule,
): Generator<SweepRequest, Sweep, void> {
  const { count } = subject.parameters[parameter]!;
  const { spacing } = subject.parameters[parameter]!.values;
  const saved = subject.saved[parameter]!;
  const sweep: Sweep = {
    numeric: new Float64Array(count),
    uncertainty: new Float64Array(count),
    step: { min: Infinity, max: 0 },
    moved: false,
    movedBeyondNoise: false,
  };
  const size = Math.min(BLOCK, count);
  const block = {
    steps: new Float64Array(size),
    above: new Float64Array(size),
    below: new Float64Array(size),
    forward: new Float64Array(size),
    backward: new Float64Array(size),
  };
  for (let from = 0; from < count; from += size) {
    const taken = Math.min(size, count - from);
    for (let i = 0; i < taken; i += 1)
      block.steps[i] =
        rule.epsilon ?? chosenStep(entryScale(saved[from + i]!, scale), rule.relativeNoise, spacing);
    yield { kind: 'sweep', parameter, from, count: taken, ...block };
    centralDifferences(block, noise, sweep.numeric, sweep.uncertainty, from, taken);
    for (let i = 0; i < taken; i += 1) {
      const step = (block.above[i]! + block.below[i]!) / 2;
      if (step < sweep.step.min) sweep.step.min = step;
      if (step > sweep.step.max) sweep.step.max = step;
      const reach = Math.max(Math.abs(block.forward[i]! - loss), Math.abs(block.backward[i]! - loss));
      sweep.moved ||= reach !== 0;
      sweep.movedBeyondNoise ||= reach > NOISE_COVERAGE * noise;
    }
  }
  return sweep;
}
