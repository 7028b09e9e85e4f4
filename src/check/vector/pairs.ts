/** Weights u of the outputs and v of a parameter's entries → u·Jv, as it is claimed and as the outputs show it. */

import { flattened } from '../../model/array/concat.js';
import type { VectorRequest } from '../../model/evaluate/requests.js';
import type { EntryRange } from '../../model/tree/shard.js';
import type { Role } from '../../model/vector-model.js';
import { entryScale, LARGEST_STEP, LEAST_SPACINGS, stepAbove } from '../../numerics/step.js';
import type { ParameterEvidence } from '../measurement.js';
import type { Direction } from '../runs/direction-paths.js';
import type { Look } from '../runs/look.js';
import { lookAlong } from '../runs/look-along.js';
import { alone, type Arrays, claimFor, productHere } from './products.js';
import { numbersOf } from './random-vectors.js';
import { scalarized, unclaimed, type VectorTask } from './scalarization.js';
import { scaleOf } from '../preconditions/parameter-scale.js';

/** Weights u of some outputs, and v of some entries. */
export type Pair = readonly [u: Direction, v: Direction];

/** What is claimed of a parameter, and how it was measured. */
export interface Claimed {
  readonly role: Role;
  /** What is claimed, where all of it is known. */
  readonly matrices?: Arrays | undefined;
  /** The outputs at θ. */
  readonly here: Float64Array;
  /** The parameter, and the part of it that is due. */
  readonly range: EntryRange;
  /** What was found of it, at a step in units of its scale. */
  readonly own: ParameterEvidence;
  readonly step: number;
}

/** A single output as weights of them. */
export function unitOutput(output: number): Direction {
  return { run: { from: output, to: output + 1 }, weights: { key: 'alone', at: () => 1 } };
}

/** A single entry as weights of them: moved by its own scale. */
export function unitEntry({ subject }: VectorTask, { range }: Claimed, entry: number): Direction {
  const values = subject.saved[range.parameter]!;
  const scale = entryScale(values[entry]!, scaleOf(values));
  return { run: { from: entry, to: entry + 1 }, weights: { key: `alone by ${scale}`, at: () => scale } };
}

/** Evaluations that a look takes at least: before a product, and on both sides of θ. */
export const LOOK_OUTPUTS = 3;

/** Holds what is claimed for two vectors against what the outputs show. */
export function* lookAt(
  task: VectorTask,
  claim: Claimed,
  [u, v]: Pair,
): Generator<VectorRequest, Look | undefined, void> {
  const { subject, budget } = task;
  if (!budget.allows(LOOK_OUTPUTS)) return undefined;
  const { range, own, step, here } = claim;
  const { count, values } = subject.parameters[range.parameter]!;
  const value = (outputs: Float64Array): number => sumOver(u, outputs);
  // The smallest gradient that is as claimed along v.
  const weights = numbersOf(v.weights, count, v.run);
  const claimed = (yield* claimedFor(task, claim, [u, v])) / sumOver(v, weights);
  const rule = {
    step,
    least: stepAbove(LEAST_SPACINGS * values.spacing),
    largest: LARGEST_STEP,
    noise: { level: own.noise, size: Infinity },
    tolerance: own.tolerance,
    corrected: new Map(),
  };
  const along = { parameter: range.parameter, loss: value(here), budget };
  const looking = lookAlong(
    along,
    weights.map((weight) => claimed * weight),
    [v],
    rule,
  );
  return (yield* scalarized(unclaimed(value), task, subject, looking))?.[0];
}

/** u·Jv as it is claimed. */
function* claimedFor(task: VectorTask, claim: Claimed, [u, v]: Pair): Generator<VectorRequest, number, void> {
  if (claim.role === 'jvp') return sumOver(u, yield* productWith(task, claim.range, v));
  const weights = numbersOf(u.weights, claim.here.length, u.run);
  const product = yield* claimFor(task.subject, weights, claim.matrices);
  return sumOver(v, product[claim.range.parameter]!);
}

function* productWith(
  { subject }: VectorTask,
  { parameter }: EntryRange,
  v: Direction,
): Generator<VectorRequest, Float64Array, void> {
  const { parameters } = subject;
  const tangent = alone(parameters, parameter, numbersOf(v.weights, parameters[parameter]!.count, v.run));
  return flattened(yield* productHere(subject, 'jvp', tangent));
}

function sumOver({ run, weights }: Direction, values: Float64Array): number {
  let sum = 0;
  for (let i = run.from; i < run.to; i += 1) sum += weights.at(i) * values[i]!;
  return sum;
}

/** How far each output is off by a single entry, as one difference shows; its derivative, where no claim for single outputs is known. */
export function* errorsBy(
  task: VectorTask,
  claim: Claimed,
  v: Direction,
): Generator<VectorRequest, Float64Array, void> {
  const { step, range, here } = claim;
  const claims = yield* claimsBy(task, claim, v);
  const path = [{ parameter: range.parameter, ...v.run, weights: v.weights }];
  const multiples = Float64Array.of(step, -step);
  const at = { kind: 'path', path, multiples, losses: new Float64Array(2) } as const;
  const [ahead, behind] = yield* task.cache.outputs(task.subject, at);
  return here.map((_, m) => (ahead![m]! / 2 - behind![m]! / 2) / step - claims(m));
}

/** What is claimed of each output. */
function* claimsBy(
  task: VectorTask,
  { role, matrices, range }: Claimed,
  v: Direction,
): Generator<VectorRequest, (m: number) => number, void> {
  const { count } = task.subject.parameters[range.parameter]!;
  if (matrices !== undefined)
    return (m) => sumOver(v, matrices[range.parameter]!.subarray(m * count, (m + 1) * count));
  if (role === 'vjp') return () => 0;
  const product = yield* productWith(task, range, v);
  return (m) => product[m]!;
}
