/**
 * JAX's `check_grads` in reverse mode at first order: one N(0, 1) direction t, h = 1e-4, and an N(0, 1) cotangent c; ⟨t, c g⟩
 * against c (J(θ + h t) − J(θ − h t)) / 2h, to within tol + tol |n|. Its tolerance is multiplied by the number of elements
 * compared, which is one for a scalar loss.
 */

import { double } from '../arithmetic.js';
import { Draws } from '../draws.js';
import type { Rule } from './rule.js';

const STEP = 1e-4;
const TOLERANCES = { double: 1e-5, single: 2e-3 };
/** It always starts from the same seed. */
const SEED = 0;

export const checkGrads: Rule = {
  name: 'JAX check_grads',
  settings:
    'one N(0, 1) direction, h = 1e-4, |a − n| ≤ tol (1 + |n|), tol = 1e-5 in float64, 2e-3 in float32',
  namesEntries: false,
  canBeInconclusive: false,
  check(model, { storage }) {
    const claimed = model.gradients();
    // The whole check runs in one type, that of the parameters.
    const tolerance = storage === double ? TOLERANCES.double : TOLERANCES.single;
    const draws = new Draws(SEED);
    const { round } = storage;
    model.loss();
    const saved = Object.entries(model.parameters).map(([name, values]) => {
      const tangent = values.map(() => draws.normal());
      return { values, before: values.slice(), tangent, gradient: claimed[name]! };
    });
    const cotangent = round(draws.normal());
    const lossAt = (h: number): number => {
      for (const { values, before, tangent } of saved)
        for (let i = 0; i < values.length; i += 1) values[i] = before[i]! + round(tangent[i]! * h);
      return round(model.loss());
    };
    const slope = round(round(lossAt(STEP) - lossAt(-STEP)) * (0.5 / STEP));
    for (const { values, before } of saved) values.set(before);
    let projected = 0;
    for (const { tangent, gradient } of saved)
      for (let i = 0; i < tangent.length; i += 1)
        projected = round(projected + round(tangent[i]! * round(cotangent * gradient[i]!)));
    const expected = round(slope * cotangent);
    const agrees = Math.abs(projected - expected) <= tolerance + tolerance * Math.abs(expected);
    return { verdict: agrees ? 'correct' : 'wrong' };
  },
};
