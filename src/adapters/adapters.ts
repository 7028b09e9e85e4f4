/** Adapters that need no library: a training step, an object graph of scalars, a function as optimisers take it. */

export { fromFunction, type Point, type PointModel } from './function.js';
export type { Following } from './settle.js';
export { fields, fromScalars, type NumberList, type Scalar, type ScalarModel } from './scalars.js';
export { fromStep, type StepModel } from './training-step.js';
