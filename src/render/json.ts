/** A report → the same as JSON: what is no finite number, which JSON would make `null` of, is written as its name. */

import type { Offender, ParameterReport, Report } from '../report.js';
import type { SizesReport } from '../sizes-report.js';

/** How a number stands in JSON. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** `T` as it stands in JSON; a number that is known to the compiler stays as it is. */
export type Json<T> = T extends number
  ? number extends T
    ? JsonNumber
    : T
  : T extends object
    ? { readonly [Key in keyof T]: Json<T[Key]> }
    : T;

/** A report as it stands in JSON. */
export type JsonReport = Json<Report>;

/** A report over sizes as it stands in JSON. */
export type JsonSizesReport = Json<SizesReport>;

/** A report that was made small, and how much of it was left out. */
export interface BriefReport extends JsonReport {
  readonly omitted?: {
    readonly parameters: number;
    readonly offenders: number;
    readonly findings: number;
    /** Absent where none is. */
    readonly blindSpots?: number;
  };
}

/** A brief report has at most so many of each: some kilobytes, as a runner passes it between processes and keeps it for all tests. */
const MOST_PARAMETERS = 32;
const MOST_OFFENDERS = 5;
const MOST_FINDINGS = 5;
const MOST_BLIND_SPOTS = 5;

/**
 * A report as plain JSON, to be written to a file or passed to another process; `NaN` and infinities are strings in it.
 *
 * @example
 * writeFileSync('gradients.json', JSON.stringify(jsonOf(checkGradients(model))));
 */
export function jsonOf(report: Report): JsonReport;
export function jsonOf(report: SizesReport): JsonSizesReport;
export function jsonOf(report: Report | SizesReport): JsonReport | JsonSizesReport;
export function jsonOf(report: Report | SizesReport): JsonReport | JsonSizesReport {
  return toJson(report) as JsonReport | JsonSizesReport;
}

/**
 * The report with what matters most: of many parameters the wrong ones before the doubtful and those before the right; of offenders not the
 * differences at each step.
 */
export function briefOf(report: Report): BriefReport {
  const parameters = mostImportantOf(report.parameters);
  const offenders = report.offenders.slice(0, MOST_OFFENDERS).map(withoutSteps);
  const findings = report.findings.slice(0, MOST_FINDINGS);
  const { blindSpots } = report;
  const blind = (blindSpots?.length ?? 0) - MOST_BLIND_SPOTS;
  const omitted = {
    parameters: report.parameters.length - parameters.length,
    offenders: report.offenders.length - offenders.length,
    findings: report.findings.length - findings.length,
    ...(blind > 0 ? { blindSpots: blind } : {}),
  };
  const brief = jsonOf({
    ...report,
    parameters,
    offenders,
    findings,
    ...(blindSpots === undefined ? {} : { blindSpots: blindSpots.slice(0, MOST_BLIND_SPOTS) }),
  });
  return Object.values(omitted).some((count) => count > 0) ? { ...brief, omitted } : brief;
}

function withoutSteps(offender: Offender): Offender {
  const { steps: _, ...told } = offender;
  return told;
}

function mostImportantOf(parameters: readonly ParameterReport[]): readonly ParameterReport[] {
  const ordered = (['wrong', 'inconclusive', 'correct'] as const).flatMap((verdict) =>
    parameters.filter((parameter) => parameter.verdict === verdict),
  );
  const chosen = new Set(ordered.slice(0, MOST_PARAMETERS));
  return parameters.filter((parameter) => chosen.has(parameter));
}

function toJson(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]));
}
