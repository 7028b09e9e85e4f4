/** From what was judged to the report: picks the offenders, asks the diagnoses. Evaluates nothing. */

import type {
  Claimant,
  Evidence,
  FollowUp,
  ParameterEvidence,
  Preconditions,
  Measurement,
} from '../measurement.js';
import { diagnose } from '../../diagnoses/diagnose.js';
import { unravel } from '../../model/array/shape.js';
import type { Subject } from '../../model/subject/subject.js';
import { relativeDifference, resolution } from '../../numerics/norms.js';
import type { Kind, Offender, ParameterReport, Report, Stop } from '../../report.js';
import { noteSuspect, offender, type Suspect } from '../../verdict/ranking.js';
import { measured } from '../../verdict/rules.js';
import { type Judgement, judgementOf, noneMoves } from './judge.js';
import { hold } from '../preconditions/repeated-calls.js';
import { withRemarks } from './remarks.js';
import type { Settings } from '../settings.js';

/** Everything that a report is made of. */
export interface Findings {
  readonly preconditions: Preconditions;
  readonly measurement: Measurement;
  /** What the numbers say; made anew where it was not needed before. */
  readonly judgement?: Judgement;
  readonly followUp: FollowUp;
  /** The budget that ended the check, if one did. */
  readonly stopped?: Stop | undefined;
  /** The groups whose entries are told as offenders, and what else is to be told of an entry of the k-th; the parameters, where left out. */
  readonly groups?: {
    readonly all: readonly ParameterEvidence[];
    readonly about: (k: number) => Partial<Offender>;
  };
  /** What the claims themselves say against them, whatever the numbers say. */
  readonly contradictions?: Evidence['contradictions'];
  /** What is checked, where not gradients, and the function that claims it. */
  readonly kind?: Kind;
  readonly claim?: Claimant;
}

/** The report of a check. */
export function conclude(
  subject: Subject,
  settings: Settings,
  {
    preconditions,
    measurement,
    followUp,
    judgement = judgementOf(subject, settings, measurement),
    stopped,
    groups = { all: judgement.parameters, about: () => ({}) },
    contradictions = [],
    kind = 'gradients',
    claim = 'gradients',
  }: Findings,
): Report {
  const { parameters, norms, tolerances } = judgement;
  const { shard } = settings.selection;
  const comparable = hold(preconditions);
  const evidence: Evidence = {
    preconditions,
    comparable,
    parameters,
    norms,
    tolerance: tolerances.correct,
    noise: measurement.noise,
    epsilon: settings.epsilon,
    chosenStep: smallest(measurement.chosenSteps),
    verdict: !comparable ? 'inconclusive' : contradictions.length > 0 ? 'wrong' : judgement.verdict,
    followUp,
    sizes: judgement.verdict === 'wrong' ? subject.sizes() : [],
    contradictions,
    kind,
    claim,
  };
  return {
    schema: 1,
    kind,
    verdict: evidence.verdict,
    difference: relativeDifference(norms),
    tolerance: tolerances.correct,
    resolution: norms.checked === 0 ? 1 : resolution(norms),
    method: measurement.method,
    seed: settings.seed,
    ...(shard === undefined ? {} : { shard: `${shard.part}/${shard.of}` as const }),
    ...(isCut(judgement, stopped) ? { stopped: stopped! } : {}),
    evaluations: { ...subject.evaluations },
    parameters: parameters.map((parameter) => parameterReport(parameter, noneMoves(parameters))),
    ignored: subject.ignored,
    offenders:
      evidence.verdict === 'correct' || norms.checked === 0 || noneMoves(parameters)
        ? []
        : offenders(groups, settings.worst),
    findings: withRemarks(diagnose(evidence), subject.remarks, evidence.verdict),
  };
}

/** Whether a budget left anything unchecked; it may also have been spent with the last loss of all. */
function isCut({ parameters }: Judgement, stopped: Stop | undefined): boolean {
  return (
    stopped !== undefined &&
    parameters.some(({ unreached, estimate }) => unreached > 0 || estimate?.complete === false)
  );
}

function parameterReport(parameter: ParameterEvidence, dead: boolean): ParameterReport {
  const { name, shape, count, due, norms, step, moved, estimate } = parameter;
  // Nothing was compared in a parameter that nothing moves, unless a derivative was claimed for it beside live ones.
  const unchecked = !moved && (dead || norms.analytic <= norms.uncertainty);
  return {
    name,
    shape,
    count,
    due: due.count,
    checked: unchecked ? 0 : norms.checked,
    wrong: unchecked ? 0 : wrongOf(parameter),
    ...(estimate === undefined || unchecked ? {} : along(estimate)),
    verdict: unchecked ? 'inconclusive' : parameter.verdict,
    difference: relativeDifference(norms),
    resolution: norms.checked === 0 ? 1 : resolution(norms),
    analyticNorm: norms.analytic * norms.scale,
    numericNorm: norms.numeric * norms.scale,
    step: { min: step.min, max: step.max },
  };
}

/** What directions tell of a parameter beside its norms. */
function along({
  widespread,
  complete,
  directions,
  unseen,
}: NonNullable<ParameterEvidence['estimate']>): Pick<ParameterReport, 'wrongIs' | 'directions' | 'unseen'> {
  return {
    ...(complete ? {} : { wrongIs: widespread ? 'about' : 'at least' }),
    directions,
    ...(Number.isNaN(unseen) ? {} : { unseen }),
  };
}

/** How many entries are wrong; by a sample of them, where the error is in most. */
function wrongOf({ wrong, estimate, numeric, due }: ParameterEvidence): number {
  if (estimate?.widespread !== true) return wrong.length;
  const measuredCount = numeric.reduce((sum, n) => sum + Number(!Number.isNaN(n)), 0);
  return Math.round((wrong.length / measuredCount) * due.count);
}

function offenders({ all: evidence, about }: NonNullable<Findings['groups']>, most: number): Offender[] {
  const suspects: Suspect[] = [];
  for (const [p, group] of evidence.entries()) {
    const { due } = group;
    const entries = measured(group, group.norms, due);
    // Of a parameter that directions were taken of, only what is wrong is told: the other entries were not all measured.
    const note = (i: number): void => {
      // What a budget left out could have been measured.
      if (!(group.unreached > 0 && Number.isNaN(group.numeric[i])))
        noteSuspect(suspects, entries, p, i, group.tolerance, most);
    };
    if (group.estimate !== undefined) group.wrong.forEach(note);
    else for (let i = due.from; i < due.to; i += 1) note(i);
  }
  return suspects.map((suspect) => {
    const group = evidence[suspect.parameter]!;
    const entry = offender(suspect, group.name, unravel(suspect.entry, group.shape), group);
    return { ...entry, ...about(suspect.parameter) };
  });
}

function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => (value < least ? value : least), Infinity);
}
