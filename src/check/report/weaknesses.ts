/**
 * A report that would be `correct` → what makes it a weak pass: with the option `strict` it is none. Each way to be weak is one line of a
 * list.
 */

import type { SeenAtPoint } from '../../diagnoses/blind-spots/blind-spots.js';
import { resolution } from '../../numerics/norms.js';
import type { FindingCode, Report, Weakness } from '../../report.js';
import type { ParameterEvidence } from '../measurement.js';
import type { Settings } from '../settings.js';

/** What strict asks of a gradient: a digit of it, at one of the points at least. */
const LEAST_DIGIT = 0.1;

/** A default tolerance above this hides a mistake in the fourth digit, as a step of a descent by float32 numbers would not. */
const LARGEST_STRICT_TOLERANCE = 1e-4;

/** The parameters that no point, or no look, settled. */
interface Unsettled {
  readonly unresolved: readonly string[];
  readonly kinked: readonly string[];
}

/**
 * The report with what is weak in it.
 * @param points what each of several points told of each parameter; where left out, what the report says of the only one
 */
export function weighed<Kind extends Report>(
  report: Kind,
  settings: Pick<Settings, 'strict' | 'tolerance'>,
  points?: readonly SeenAtPoint[],
): Kind {
  if (report.verdict !== 'correct') return report;
  const weaknesses = weaknessesOf(
    report,
    settings,
    points === undefined ? inReport(report) : atPoints(points),
  );
  if (weaknesses.length === 0) return report;
  return { ...report, verdict: settings.strict ? 'inconclusive' : 'correct', weaknesses };
}

function weaknessesOf(
  report: Report,
  { tolerance }: Pick<Settings, 'tolerance'>,
  { unresolved, kinked }: Unsettled,
): readonly Weakness[] {
  const { blindSpots = [], points, parameters } = report;
  const unused = parameters.filter(({ verdict }) => verdict !== 'correct').map(({ name }) => name);
  // Of a gradient of zero the blind spots tell already.
  const told = new Set([...unused, ...blindSpots.map(({ parameter }) => parameter)]);
  const isRaised = tolerance === undefined && report.tolerance > LARGEST_STRICT_TOLERANCE;
  return [
    ...some('blind-spot', blindSpots.length > 0),
    ...about('unused-parameter', unused),
    ...about(
      'unresolved-parameter',
      unresolved.filter((name) => !told.has(name)),
    ),
    ...about('kink', kinked),
    ...about('stale-elsewhere', namesOf(report, 'stale-elsewhere')),
    ...some('skipped-point', (points?.skipped ?? 0) > 0),
    ...some('ignored-gradient', report.ignored.length > 0),
    ...some('raised-tolerance', isRaised),
  ];
}

function some(code: Weakness['code'], isThere: boolean): readonly Weakness[] {
  return isThere ? [{ code }] : [];
}

function about(code: Weakness['code'], names: readonly string[]): readonly Weakness[] {
  const parameters = [...new Set(names)];
  return parameters.length === 0 ? [] : [{ code, parameters }];
}

/** The parameters that findings of a code are about; all, where one of them names none. */
function namesOf({ findings, parameters }: Report, code: FindingCode): readonly string[] {
  return findings
    .filter((finding) => finding.code === code)
    .flatMap(({ parameter }) => parameter ?? parameters.map(({ name }) => name));
}

function inReport(report: Report): Unsettled {
  const unresolved = report.parameters.filter((parameter) => parameter.resolution > LEAST_DIGIT);
  return { unresolved: unresolved.map(({ name }) => name), kinked: namesOf(report, 'kink') };
}

function atPoints(points: readonly SeenAtPoint[]): Unsettled {
  const [first = []] = points;
  const all = first.map((_, k) => points.flatMap((point) => point[k] ?? []));
  const named = (isUnsettled: (seen: readonly ParameterEvidence[]) => boolean): readonly string[] =>
    all.flatMap((seen) => (seen.length > 0 && isUnsettled(seen) ? seen[0]!.name : []));
  return {
    unresolved: named((seen) => seen.every(({ norms }) => !(resolution(norms) <= LEAST_DIGIT))),
    kinked: named(([own, ...others]) =>
      [...own!.kinks.keys()].some((entry) => others.every(({ kinks }) => kinks.has(entry))),
    ),
  };
}
