/**
 * One parameter: J(θ) = θ·x, whose derivative is x.
 *
 * A model is three things: its parameters, the loss at given parameters, and the gradients that its author claims.
 */

import type { Model } from 'expect-gradients';
import type { Example } from './example.js';

const x = 2;

export const right: Model<number> = {
  parameters: 4,
  loss: (theta) => theta * x,
  gradients: () => x,
};

export const broken: Model<number> = {
  ...right,
  gradients: (theta) => theta, // the derivative with respect to the wrong factor
};

export const example: Example = {
  title: '01 One parameter: J(θ) = θ·x at θ = 4, x = 2',
  cases: [
    {
      name: 'dJ/dθ = x',
      label: 'correct',
      model: right,
      options: { epsilon: 1e-7, tolerance: 1e-7 },
      wrong: [],
    },
    {
      name: 'dJ/dθ = θ',
      label: 'wrong',
      model: broken,
      options: { epsilon: 1e-7, tolerance: 1e-7 },
      wrong: ['parameters'],
    },
  ],
};
