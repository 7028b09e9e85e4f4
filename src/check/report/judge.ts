/** What was measured → what it says by the rules of the verdict: of every parameter, and of the model. */

import { totalOf } from '../../model/array/concat.js';
import type { Frame } from '../../model/subject/subject.js';
import { combinedNorms, finiteNorm, groupNorms, type GroupNorms, partNorms } from '../../numerics/norms.js';
import type { Verdict } from '../../report.js';
import { judgeModel, judgeParameter, type ParameterNumbers, reachOf } from '../../verdict/parameter.js';
import { measured, wrongEntries } from '../../verdict/rules.js';
import {
  combinedTolerance,
  modelTolerances,
  type TolerancePolicy,
  type Tolerances,
  tolerancesFor,
} from '../../verdict/tolerance.js';
import { FAR } from '../preconditions/sensitivity.js';
import type { KinkSlopes, Measurement, ParameterEvidence } from '../measurement.js';

export interface Judgement {
  /** Those with entries that are due. */
  readonly parameters: readonly ParameterEvidence[];
  /** Over all of these. */
  readonly norms: GroupNorms;
  /** For the model. */
  readonly tolerances: Tolerances;
  readonly verdict: Verdict;
}

/** The parameters that were measured. */
type Framed = Pick<Frame, 'parameters' | 'due' | 'saved'>;

/** How many entries each of some parameters has, and how many of them are due. */
export interface Counts {
  readonly parameters: readonly { readonly count: number }[];
  readonly due: readonly { readonly count: number }[];
}

export function judgementOf(frame: Framed, policy: TolerancePolicy, measurement: Measurement): Judgement {
  const groups = measurement.parameters.map((_, k) => groupOf(frame, policy, measurement, k));
  const reach = Math.max(...groups.map(reachOf));
  const parameters = groups.map(({ evidence, ...numbers }): ParameterEvidence => {
    // What may hide in a claim of zero has to be small beside how far the loss moves at all.
    const far = numbers.claimsZero ? (measurement.farChange ?? 0) / FAR : 0;
    return { ...evidence, ...judgeParameter(numbers, Math.max(reach, far)) };
  });
  // Where nothing moves the loss nothing was compared, whatever is claimed.
  const compared = noneMoves(parameters) ? parameters.map(unjudged) : parameters;
  return judgedTogether(frame, policy, measurement.analytic, compared);
}

function unjudged(parameter: ParameterEvidence): ParameterEvidence {
  return { ...parameter, verdict: 'inconclusive', wrong: [] };
}

/** The judgement of a model from those of its parameters. */
export function judgedTogether(
  frame: Counts,
  policy: TolerancePolicy,
  analytic: readonly Float64Array[],
  parameters: readonly ParameterEvidence[],
): Judgement {
  const own = parameters.map((parameter) => parameter.norms);
  const norms = modelNorms(frame, analytic, own);
  const combined = (kind: keyof Tolerances): number =>
    combinedTolerance(
      policy,
      parameters.map(({ tolerances }) => tolerances[kind]),
      own,
      norms,
    );
  const tolerances = modelTolerances(policy, { wrong: combined('wrong'), correct: combined('correct') });
  return { parameters, norms, tolerances, verdict: judgeModel(parameters, norms, tolerances) };
}

/** The numbers of a parameter for the rules, and what else is known of it. */
interface Group extends ParameterNumbers {
  readonly evidence: Omit<ParameterEvidence, 'verdict' | 'isZero'>;
}

function groupOf(
  { parameters, due, saved }: Framed,
  policy: TolerancePolicy,
  measurement: Measurement,
  k: number,
): Group {
  const own = measurement.parameters[k]!;
  const range = due[k]!;
  const p = range.parameter;
  const analytic = measurement.analytic[p]!;
  const values = saved[p]!;
  const compared = { ...own, analytic, values };
  const norms = own.runs?.norms ?? groupNorms(compared, range.count);
  const tolerances = tolerancesFor(policy, measurement.formats[p]!, norms);
  const entries = measured(compared, norms, range);
  // What directions say of the whole is an estimate, which may be below the difference of an entry.
  const wrong = wrongEntries(
    own.runs === undefined ? entries : { ...entries, difference: Infinity },
    tolerances.wrong,
  );
  const { name, shape, count } = parameters[p]!;
  return {
    norms,
    tolerances,
    hasWrong: wrong.length > 0 || own.runs?.widespread === true,
    isComplete: norms.checked === range.count && own.runs?.complete !== false && !own.isStaircase,
    scale: measurement.scales[k]!,
    kinked: largestSlope(own.kinks.values()),
    unseen: own.runs?.unseen ?? 0,
    claimsZero: measurement.claimsZero[k]!,
    evidence: {
      ...compared,
      name,
      shape,
      count,
      due: range,
      norms,
      wrong,
      tolerance: tolerances.wrong,
      tolerances,
      moved: measurement.alive[k]!,
    },
  };
}

/** The largest one-sided slope at kinks; 0 where there is none. */
export function largestSlope(kinks: Iterable<KinkSlopes>): number {
  let largest = 0;
  for (const { low, high } of kinks) largest = Math.max(largest, -low, high);
  return largest;
}

/** The norms over everything that is due; of a shard, measured against its share of the whole claim, whatever parameters it lies in. */
function modelNorms(
  { parameters, due }: Counts,
  analytic: readonly Float64Array[],
  own: readonly GroupNorms[],
): GroupNorms {
  const norms = combinedNorms(own);
  const share = totalOf(due) / totalOf(parameters);
  return share < 1 ? partNorms(norms, finiteNorm(analytic), share) : norms;
}

/** No perturbation of any parameter moved the loss: then nothing was compared. */
export function noneMoves(parameters: readonly Pick<ParameterEvidence, 'moved'>[]): boolean {
  return parameters.every(({ moved }) => !moved);
}
