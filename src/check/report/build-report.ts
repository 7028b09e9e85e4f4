/** From what was judged to the report: picks the offenders, asks the diagnoses. Evaluates nothing. */

import type {
  Claimant,
  Evidence,
  FollowUp,
  ParameterEvidence,
  Preconditions,
  Measurement,
} from '../measurement.js';
import type { SeenAtPoint } from '../../diagnoses/blind-spots/blind-spots.js';
import { diagnose } from '../../diagnoses/diagnose.js';
import { unravel } from '../../model/array/shape.js';
import type { Subject } from '../../model/subject/subject.js';
import { relativeDifference, resolution } from '../../numerics/norms.js';
import type { Kind, Offender, ParameterReport, Points, Report, Stop } from '../../report.js';
import { noteSuspect, offender, type Suspect, wrongOf as wrongAmong } from '../../verdict/ranking.js';
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
  /** The points that were checked, where there are more than θ. */
  readonly points?: Points;
  /** What each of them tells. */
  readonly seen?: readonly SeenAtPoint[];
  /** What is checked, where not gradients, and the function that claims it. */
  readonly kind?: Kind;
  readonly claim?: Claimant;
  /** What stands in the place of numeric derivatives, where these are no differences. */
  readonly against?: 'reference';
}

/** The report of a check. */
export function conclude(subject: Subject, settings: Settings, findings: Findings): Report {
  const { measurement, stopped, kind = 'gradients', against } = findings;
  const judgement = findings.judgement ?? judgementOf(subject, settings, measurement);
  const { parameters, norms, tolerances } = judgement;
  const { shard } = settings.selection;
  const evidence = evidenceOf(subject, settings, findings, judgement);
  const groups = findings.groups ?? { all: parameters, about: () => ({}) };
  const reports = parameters.map(parameterReport);
  const isSilent = evidence.verdict === 'correct' || norms.checked === 0 || noneMoves(parameters);
  return {
    schema: 1,
    kind,
    ...(against === undefined ? {} : { against }),
    verdict: evidence.verdict,
    difference: relativeDifference(norms),
    tolerance: tolerances.correct,
    resolution: norms.checked === 0 ? 1 : resolution(norms),
    method: measurement.method,
    seed: settings.seed,
    ...(shard === undefined ? {} : { shard: `${shard.part}/${shard.of}` as const }),
    ...(isCut(judgement, findings) ? { stopped: stopped! } : {}),
    ...(Object.keys(settings.configured).length === 0 ? {} : { configured: settings.configured }),
    evaluations: { ...subject.evaluations },
    parameters: reports,
    ignored: subject.ignored,
    offenders: isSilent ? [] : shownOf(offenders(groups, settings.worst), findings),
    findings: withRemarks(diagnose(evidence), subject.remarks, {
      verdict: evidence.verdict,
      parameters: reports,
    }),
  };
}

/** What the diagnoses are given. */
function evidenceOf(
  subject: Subject,
  settings: Settings,
  findings: Findings,
  { parameters, norms, tolerances, verdict }: Judgement,
): Evidence {
  const { preconditions, measurement, followUp } = findings;
  const { contradictions = [], kind = 'gradients', claim = 'gradients', against } = findings;
  const comparable = hold(preconditions);
  return {
    preconditions,
    comparable,
    parameters,
    norms,
    tolerance: tolerances.correct,
    noise: measurement.noise,
    farChange: measurement.farChange,
    epsilon: settings.epsilon,
    chosenStep: smallest(measurement.chosenSteps),
    verdict: !comparable
      ? 'inconclusive'
      : contradictions.length > 0
        ? 'wrong'
        : verdict === 'correct' && hasLeft(findings.points)
          ? 'inconclusive'
          : verdict,
    followUp,
    sizes: verdict === 'wrong' ? subject.sizes() : [],
    contradictions,
    kind,
    claim,
    against,
  };
}

/** Whether a budget left points unchecked. */
function hasLeft(points: Points | undefined): boolean {
  return (points?.left ?? 0) > 0;
}

/** Whether a budget left anything unchecked; it may also have been spent with the last loss of all. */
function isCut({ parameters }: Judgement, { stopped, points }: Findings): boolean {
  if (stopped === undefined) return false;
  return (
    hasLeft(points) || parameters.some(({ unreached, runs }) => unreached > 0 || runs?.complete === false)
  );
}

function parameterReport(parameter: ParameterEvidence): ParameterReport {
  const { name, shape, count, due, norms, step, moved, runs } = parameter;
  // Nothing was compared in a parameter that nothing moves, unless a derivative was claimed for it beside live ones.
  const unchecked = !moved && parameter.verdict !== 'wrong';
  return {
    name,
    shape,
    count,
    due: due.count,
    checked: unchecked ? 0 : norms.checked,
    wrong: unchecked ? 0 : wrongOf(parameter),
    ...(runs === undefined || unchecked ? {} : directionsOf(runs)),
    verdict: unchecked ? 'inconclusive' : parameter.verdict,
    difference: relativeDifference(norms),
    resolution: norms.checked === 0 ? 1 : Math.max(resolution(norms), parameter.uncertainAtTheta ?? 0),
    analyticNorm: norms.analytic * norms.scale,
    numericNorm: norms.numeric * norms.scale,
    ...(step === undefined || step.max === 0 ? {} : { step }),
    ...(parameter.point === undefined ? {} : { point: parameter.point }),
  };
}

/** What directions tell of a parameter beside its norms. */
function directionsOf({
  widespread,
  complete,
  directions,
  longest,
  unseen,
}: NonNullable<ParameterEvidence['runs']>): Pick<
  ParameterReport,
  'wrongIs' | 'directions' | 'longest' | 'unseen'
> {
  return {
    ...(complete ? {} : { wrongIs: widespread ? 'about' : 'at least' }),
    directions,
    longest,
    ...(Number.isNaN(unseen) ? {} : { unseen }),
  };
}

/** How many entries are wrong; by a sample of them, where the error is in most. */
function wrongOf({ wrong, runs, numeric, due }: ParameterEvidence): number {
  if (runs?.widespread !== true) return wrong.length;
  const measuredCount = numeric.reduce((sum, n) => sum + Number(!Number.isNaN(n)), 0);
  return Math.round((wrong.length / measuredCount) * due.count);
}

/** Where the claims contradict themselves no entry need be wrong, and only those that are have anything to tell. */
function shownOf(all: readonly Offender[], { contradictions = [] }: Findings): readonly Offender[] {
  return contradictions.length === 0 ? all : all.filter(({ verdict }) => verdict === 'wrong');
}

function offenders({ all: evidence, about }: NonNullable<Findings['groups']>, most: number): Offender[] {
  const suspects: Suspect[] = [];
  const groups = evidence.map((group) => measured(group, group.norms, group.due));
  for (const [p, group] of evidence.entries()) {
    const { due } = group;
    // Of a parameter that directions were taken of, only what is wrong is told: the other entries were not all measured.
    const note = (i: number): void => {
      // What a budget left out could have been measured.
      if (!(group.unreached > 0 && Number.isNaN(group.numeric[i])))
        noteSuspect(suspects, groups[p]!, { parameter: p, entry: i }, group.tolerance, most);
    };
    if (group.runs !== undefined) group.wrong.forEach(note);
    else for (let i = due.from; i < due.to; i += 1) note(i);
  }
  return wrongAmong(suspects).map((suspect) => {
    const group = evidence[suspect.parameter]!;
    const index = unravel(suspect.entry, group.shape);
    const entry = offender(suspect, group.name, index, groups[suspect.parameter]!);
    const steps = group.differences.get(suspect.entry);
    return {
      ...entry,
      ...slopesAt(group, suspect.entry),
      ...(steps === undefined ? {} : { steps }),
      ...about(suspect.parameter),
    };
  });
}

/** At a kink the slopes to both sides, and the mean of them: the claim was held against the nearest value between. */
function slopesAt(
  { kinks }: ParameterEvidence,
  entry: number,
): Partial<Pick<Offender, 'numeric' | 'subgradient'>> {
  const slopes = kinks.get(entry);
  if (slopes === undefined) return {};
  const { low, high, central } = slopes;
  return {
    numeric: central,
    subgradient: [low, high],
  };
}

function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => (value < least ? value : least), Infinity);
}
