/**
 * A product with a vector that is wrong → the one entry of the vector that is to blame for it, an output or an entry of a parameter. The error of a
 * product is the sum of those of the vector's entries, so that it is searched for as a wrong entry of a gradient is: by the same code.
 */

import type { VectorRequest } from '../../model/evaluate/requests.js';
import { unravel } from '../../model/array/shape.js';
import type { Parameter } from '../../model/tree/parameters.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import type { Culprit } from '../../numerics/decode.js';
import { rootMeanSquare } from '../../numerics/norms.js';
import { entryScale, LARGEST_STEP, LEAST_SPACINGS, stepAbove } from '../../numerics/step.js';
import type { Offender } from '../../report.js';
import { entryDifference } from '../../verdict/ranking.js';
import type { Run } from '../../verdict/rules.js';
import type { ParameterEvidence } from '../measurement.js';
import { locate } from '../runs/locate.js';
import { type Direction, lookAlong, type LookRule, type Seen } from '../runs/look.js';
import { type Scalarization, scalarized, unclaimed, type VectorTask } from './scalarization.js';
import { outputPlace } from './vector-report.js';

/** A straight line through θ within one parameter. */
export interface Line {
  readonly parameter: number;
  readonly direction: Direction;
  readonly rule: LookRule;
  /** Of a single entry how far it is moved, in its unit; else 1. */
  readonly scale: number;
}

/** What an output by an entry is claimed to be, and what it is. */
export interface Blamed {
  readonly output: number;
  readonly entry: number;
  readonly analytic: number;
  readonly numeric: number;
  readonly uncertainty: number;
  readonly isWrong: boolean;
}

/**
 * How closer looks are taken at a parameter that was measured: with the noise and from the step that it was measured with.
 * @param share the step in units of the scale
 */
export function ruleFor(
  { values }: Parameter,
  { noise, tolerance }: ParameterEvidence,
  share: number,
): LookRule {
  return {
    step: share,
    least: stepAbove(LEAST_SPACINGS * values.spacing),
    largest: LARGEST_STEP,
    noise: { level: noise, size: Infinity },
    tolerance,
    corrected: new Map(),
  };
}

/** The line along a single entry, where not otherwise told looked at as the parameter was. */
export function lineBy(
  subject: VectorSubject,
  parameter: number,
  own: ParameterEvidence,
  entry: number,
  given?: LookRule,
): Line {
  const values = subject.saved[parameter]!;
  const typical = entryScale(0, rootMeanSquare(values));
  const scale = entryScale(values[entry]!, typical);
  const rule = given ?? ruleFor(subject.parameters[parameter]!, own, own.step!.min / typical);
  const weights = { key: `by ${scale}`, at: () => scale };
  return { parameter, direction: { run: { from: entry, to: entry + 1 }, weights }, rule, scale };
}

/**
 * Holds a claim against a scalar function of the outputs along a line.
 * @param here the outputs at θ
 * @param claimed what its derivative along the line is claimed to be
 * @returns undefined where the budget has no room
 */
export function* seenOn(
  task: VectorTask,
  { parameter, direction, rule }: Line,
  value: Scalarization['value'],
  here: Float64Array,
  claimed: number,
): Generator<VectorRequest, (Seen & { readonly numeric: number }) | undefined, void> {
  const { subject, budget } = task;
  const along = { parameter, loss: value(here), budget };
  const claim = gradientWith(subject.parameters[parameter]!.count, direction, claimed);
  const looking = lookAlong(along, claim, [direction], rule);
  const [look] = (yield* scalarized(unclaimed(value), task, subject, looking)) ?? [];
  return look;
}

/** The smallest gradient that has a derivative along a direction. */
function gradientWith(length: number, { run, weights }: Direction, derivative: number): Float64Array {
  let squares = 0;
  for (let i = run.from; i < run.to; i += 1) squares += weights.at(i) ** 2;
  const gradient = new Float64Array(length);
  for (let i = run.from; i < run.to; i += 1) gradient[i] = (derivative / squares) * weights.at(i);
  return gradient;
}

/** The derivative of each output along a line, by one difference. */
export function* slopesOn(
  { cache, subject }: VectorTask,
  { parameter, direction, rule: { step } }: Line,
): Generator<VectorRequest, Float64Array, void> {
  const { run, weights } = direction;
  const path = [{ parameter, from: run.from, to: run.to, weights }];
  const multiples = Float64Array.of(step, -step);
  const request = { kind: 'path', path, multiples, losses: new Float64Array(2) } as const;
  const [ahead, behind] = yield* cache.outputs(subject, request);
  return ahead!.map((value, m) => (value / 2 - behind![m]! / 2) / step);
}

/** The derivative of an output by the entry that a line is along. */
export function* blamedOn(
  task: VectorTask,
  line: Line,
  output: number,
  here: Float64Array,
  claimed: number,
): Generator<VectorRequest, Blamed | undefined, void> {
  const seen = yield* seenOn(task, line, (outputs) => outputs[output]!, here, claimed);
  if (seen === undefined) return undefined;
  const { scale, direction } = line;
  return {
    output,
    entry: direction.run.from,
    analytic: claimed / scale,
    numeric: seen.numeric / scale,
    uncertainty: seen.uncertainty / scale,
    isWrong: seen.outcome === 'wrong',
  };
}

/** A search for the entry of a vector that is to blame. */
export interface BlameSearch {
  /** The entries of the vector. */
  readonly run: Run;
  /** Another random vector. */
  readonly draw: () => Direction;
  /** Holds the product with a vector against the outputs. */
  readonly look: (vector: Direction) => Generator<VectorRequest, Seen | undefined, void>;
  /** The same for a single entry of the vector. */
  readonly measure: (entry: number) => Generator<VectorRequest, Blamed | undefined, void>;
  /** Some that are wrong most likely, where most are. */
  readonly likely: () => Generator<VectorRequest, readonly (Blamed | undefined)[], void>;
}

/**
 * What is to blame for wrong products.
 * @param looks the products that are wrong
 */
export function* findBlamed(
  { budget }: VectorTask,
  { run, draw, look, measure, likely }: BlameSearch,
  looks: readonly Seen[],
): Generator<VectorRequest, Blamed | undefined, void> {
  const found: Blamed[] = [];
  const isBlamed = (one: Blamed | undefined): one is Blamed => one?.isWrong === true;
  yield* locate<VectorRequest>(
    {
      run,
      budget,
      draw,
      *look(directions) {
        const seen: Seen[] = [];
        for (const direction of directions) {
          const one = yield* look(direction);
          if (one === undefined) return undefined;
          seen.push({ ...one, ...direction });
        }
        return seen;
      },
      *measure(entries) {
        const culprits: Culprit[] = [];
        for (const entry of entries) {
          const one = yield* measure(entry);
          if (!isBlamed(one)) continue;
          found.push(one);
          culprits.push({ entry, error: errorOf(one) });
        }
        return culprits;
      },
      *isWidespread() {
        found.push(...(yield* likely()).filter(isBlamed));
        return found.length > 0;
      },
    },
    looks,
    1,
  );
  return found.toSorted((a, b) => Math.abs(errorOf(b)) - Math.abs(errorOf(a)))[0];
}

function errorOf({ analytic, numeric }: Blamed): number {
  return analytic - numeric;
}

/** The offender by the entry and in the output that are to blame for it. */
export function withBlamed(subject: VectorSubject, offender: Offender, blamed: Blamed): Offender {
  const { output, entry, analytic, numeric, uncertainty } = blamed;
  const { shape } = subject.parameters.find(({ name }) => name === offender.parameter)!;
  const index = unravel(entry, shape);
  const difference = entryDifference(analytic, numeric);
  return { ...offender, ...outputPlace(subject, output), index, analytic, numeric, uncertainty, difference };
}

/** The places of the largest magnitudes, largest first. */
export function largest(values: Float64Array, most: number): number[] {
  const size = (k: number): number => Math.abs(values[k]!) || 0;
  return [...values.keys()].toSorted((a, b) => size(b) - size(a)).slice(0, most);
}
