/** What the numbers say by the rules of the verdict: of every parameter, and of the model, as long as its preconditions hold. */

import type { ParameterEvidence, Measurement, Sweep } from '../measurement.js';
import { totalOf } from '../../model/array/concat.js';
import type { Frame } from '../../model/subject/subject.js';
import {
  combinedNorms,
  type Compared,
  finiteNorm,
  groupNorms,
  type GroupNorms,
  partNorms,
  relativeDifference,
} from '../../numerics/norms.js';
import type { Verdict } from '../../report.js';
import { isWrong, judgeGroup, measured, wrongEntries } from '../../verdict/rules.js';
import type { Settings } from '../settings.js';
import { combinedTolerance, type Tolerances, tolerancesFor } from '../../verdict/tolerance.js';

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

export function judgementOf(subject: Framed, settings: Settings, measurement: Measurement): Judgement {
  const compared = measurement.sweeps.map((sweep, k) => {
    const due = subject.due[k]!;
    return { ...sweep, due, analytic: measurement.analytic[due.parameter]! };
  });
  const own = compared.map((group) => group.estimate?.norms ?? groupNorms(group, group.due.count));
  const norms = modelNorms(subject, measurement.analytic, own);
  const each = compared.map((group, k) => tolerancesFor(settings, group, own[k]!));
  const combined = (kind: keyof Tolerances): number =>
    combinedTolerance(
      settings,
      each.map((pair) => pair[kind]),
      own,
      norms,
    );
  const tolerances: Tolerances = { wrong: combined('wrong'), correct: combined('correct') };
  const parameters = compared.map((group, k): ParameterEvidence => {
    const p = group.due.parameter;
    const { name, shape, count } = subject.parameters[p]!;
    const moved = measurement.alive[k]!;
    const hidden = measurement.hidden[k]!;
    return {
      ...group,
      name,
      shape,
      count,
      moved,
      hidden,
      values: subject.saved[p]!,
      norms: own[k]!,
      tolerance: each[k]!.wrong,
      ...judgeParameter(group, own[k]!, each[k]!, group.movedBeyondNoise && !hidden),
    };
  });
  return { parameters, norms, tolerances, verdict: judgeModel(parameters, norms, tolerances) };
}

/** The norms over everything that is due; of a shard, measured against its share of the whole claim, whatever parameters it lies in. */
function modelNorms(
  { parameters, due }: Framed,
  analytic: readonly Float64Array[],
  own: readonly GroupNorms[],
): GroupNorms {
  const norms = combinedNorms(own);
  const share = totalOf(due) / totalOf(parameters);
  return share < 1 ? partNorms(norms, finiteNorm(analytic), share) : norms;
}

type Judged = Pick<ParameterEvidence, 'verdict' | 'wrong'>;

/** A parameter is wrong when it is as a whole, or when any of its entries is. */
function judgeParameter(
  group: Compared & Pick<Sweep, 'estimate'> & Pick<ParameterEvidence, 'due'>,
  norms: GroupNorms,
  tolerances: Tolerances,
  moves: boolean,
): Judged {
  const { estimate } = group;
  const entries = measured(group, norms, group.due);
  // What directions say of the whole is an estimate, which may be below the difference of an entry.
  const wrong = wrongEntries(
    estimate === undefined ? entries : { ...entries, difference: Infinity },
    tolerances.wrong,
  );
  if (wrong.length > 0 || estimate?.widespread === true) return { wrong, verdict: 'wrong' };
  // Wrong along a direction, and yet in no entry that could be found: nothing is proved.
  if (estimate?.complete === false) return { wrong, verdict: 'inconclusive' };
  const verdict = judgeGroup(norms, tolerances, moves);
  const complete = norms.checked === group.due.count;
  return { wrong, verdict: complete || verdict === 'wrong' ? verdict : 'inconclusive' };
}

/** One wrong group makes the model wrong; a parameter that nothing moves, and that claims zero, is told and not failed. */
function judgeModel(
  parameters: readonly ParameterEvidence[],
  norms: GroupNorms,
  tolerances: Tolerances,
): Verdict {
  if (noneMoves(parameters)) return 'inconclusive';
  if (parameters.some(({ verdict }) => verdict === 'wrong')) return 'wrong';
  if (parameters.some(({ estimate }) => estimate?.complete === false)) return 'inconclusive';
  if (norms.share === 1 && isWrong(norms, tolerances.wrong)) return 'wrong';
  if (parameters.some(({ norms: own, due }) => own.checked < due.count)) return 'inconclusive';
  // That a part is at rest says nothing of the whole, which may be far from it and yet not right enough.
  if (norms.share < 1) return relativeDifference(norms) <= tolerances.correct ? 'correct' : 'inconclusive';
  return judgeGroup(norms, tolerances, restsEverywhere(parameters));
}

/**
 * A model is at a stationary point when each of its parameters is. The uncertainty of one, which may be large in the unit of the
 * gradient where the parameter is small, says nothing about another.
 */
function restsEverywhere(parameters: readonly ParameterEvidence[]): boolean {
  const rests = ({ verdict, moved, norms }: ParameterEvidence): boolean =>
    verdict === 'correct' || !moved || norms.analytic === 0;
  return (
    parameters.some(({ movedBeyondNoise }) => movedBeyondNoise) &&
    parameters.every((parameter) => !parameter.hidden && rests(parameter))
  );
}

/** No perturbation of any parameter moved the loss: then nothing was compared. */
export function noneMoves(parameters: readonly Pick<ParameterEvidence, 'moved'>[]): boolean {
  return parameters.every(({ moved }) => !moved);
}
