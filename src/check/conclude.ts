/** From measurements to the report: judges every group, picks the offenders, asks the diagnoses. Evaluates nothing. */

import type { Evidence, ParameterEvidence, Premises } from '../diagnoses/evidence.js';
import { diagnose } from '../diagnoses/index.js';
import type { Parameter } from '../model/parameters.js';
import { unravel } from '../model/shapes.js';
import type { Subject } from '../model/subject.js';
import {
  combinedNorms,
  type Compared,
  groupNorms,
  type GroupNorms,
  relativeDifference,
  resolution,
} from '../numerics/norms.js';
import type { GradientReport, Offender, ParameterReport, Verdict } from '../report.js';
import { countWrong, isWrong, judgeGroup, measured, noteSuspect, offender, type Suspect } from './judge.js';
import type { Measurement } from './measure.js';
import { hold } from './premises.js';
import type { Settings } from './settings.js';
import { combinedTolerance, type Tolerances, tolerancesFor } from './tolerance.js';

/** The report of a check. */
export function conclude(
  subject: Subject,
  settings: Settings,
  premises: Premises,
  measurement: Measurement,
): GradientReport {
  const compared = measurement.sweeps.map((sweep, p) => ({ ...sweep, analytic: measurement.analytic[p]! }));
  const own = compared.map(groupNorms);
  const norms = combinedNorms(own);
  const tolerances = compared.map((group, p) => tolerancesFor(settings, group, own[p]));
  const combined = (kind: keyof Tolerances): number =>
    combinedTolerance(
      settings,
      tolerances.map((pair) => pair[kind]),
      own,
      norms,
    );
  const whole: Tolerances = { wrong: combined('wrong'), correct: combined('correct') };
  const parameters = compared.map((group, p): ParameterEvidence => {
    const { name, shape, count } = subject.parameters[p]!;
    const moved = measurement.alive[p]!;
    const hidden = measurement.hidden[p]!;
    return {
      ...group,
      name,
      shape,
      count,
      moved,
      hidden,
      norms: own[p]!,
      tolerance: tolerances[p]!.wrong,
      ...judgeParameter(group, own[p]!, tolerances[p]!, group.movedBeyondNoise && !hidden),
    };
  });
  const evidence: Evidence = {
    premises,
    comparable: hold(premises),
    parameters,
    norms,
    tolerance: whole.correct,
    noise: measurement.noise,
    epsilon: settings.epsilon,
    chosenStep: smallest(measurement.chosenSteps),
    verdict: judgeModel(premises, parameters, norms, whole),
  };
  return {
    verdict: evidence.verdict,
    difference: relativeDifference(norms),
    tolerance: whole.correct,
    resolution: norms.checked === 0 ? 1 : resolution(norms),
    method: 'exhaustive',
    seed: settings.seed,
    evaluations: { ...subject.evaluations },
    parameters: parameters.map((parameter) => parameterReport(parameter, noneMoves(parameters))),
    offenders:
      evidence.verdict === 'correct' || norms.checked === 0 || noneMoves(parameters)
        ? []
        : offenders(subject.parameters, parameters, settings.worst),
    findings: diagnose(evidence),
  };
}

type Judged = Pick<ParameterEvidence, 'verdict' | 'wrong'>;

/** A parameter is wrong when it is as a whole, or when any of its entries is. */
function judgeParameter(group: Compared, norms: GroupNorms, tolerances: Tolerances, moves: boolean): Judged {
  const wrong = countWrong(measured(group, norms), tolerances.wrong);
  const verdict = wrong > 0 ? 'wrong' : judgeGroup(norms, tolerances, moves);
  const complete = norms.checked === group.numeric.length;
  return { wrong, verdict: complete || verdict === 'wrong' ? verdict : 'inconclusive' };
}

/** One wrong group makes the model wrong; a parameter that nothing moves, and that claims zero, is told and not failed. */
function judgeModel(
  premises: Premises,
  parameters: readonly ParameterEvidence[],
  norms: GroupNorms,
  tolerances: Tolerances,
): Verdict {
  if (!hold(premises) || noneMoves(parameters)) return 'inconclusive';
  if (parameters.some(({ verdict }) => verdict === 'wrong') || isWrong(norms, tolerances.wrong))
    return 'wrong';
  if (parameters.some(({ norms: own, count }) => own.checked < count)) return 'inconclusive';
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
function noneMoves(parameters: readonly ParameterEvidence[]): boolean {
  return parameters.every(({ moved }) => !moved);
}

function parameterReport(parameter: ParameterEvidence, dead: boolean): ParameterReport {
  const { name, shape, count, norms, step, moved } = parameter;
  // Nothing was compared in a parameter that nothing moves, unless a derivative was claimed for it beside live ones.
  const unchecked = !moved && (dead || norms.analytic <= norms.uncertainty);
  return {
    name,
    shape,
    count,
    checked: unchecked ? 0 : norms.checked,
    wrong: unchecked ? 0 : parameter.wrong,
    verdict: unchecked ? 'inconclusive' : parameter.verdict,
    difference: relativeDifference(norms),
    resolution: norms.checked === 0 ? 1 : resolution(norms),
    analyticNorm: norms.analytic * norms.scale,
    numericNorm: norms.numeric * norms.scale,
    step: { min: step.min, max: step.max },
  };
}

function offenders(
  parameters: readonly Parameter[],
  evidence: readonly ParameterEvidence[],
  most: number,
): Offender[] {
  const suspects: Suspect[] = [];
  for (const [p, group] of evidence.entries()) {
    const entries = measured(group, group.norms);
    for (let i = 0; i < group.count; i += 1) noteSuspect(suspects, entries, p, i, group.tolerance, most);
  }
  return suspects.map((suspect) => {
    const { name, shape } = parameters[suspect.parameter]!;
    return offender(suspect, name, unravel(suspect.entry, shape), evidence[suspect.parameter]!);
  });
}

function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => (value < least ? value : least), Infinity);
}
