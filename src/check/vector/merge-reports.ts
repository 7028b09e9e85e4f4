/** One report of those on several claims of the same derivatives: the worst of them, with what was found of all. */

import type { VectorSubject } from '../../model/subject/vector-subject.js';
import type { Derivative, Finding, FindingCode, JacobianReport, Report, Verdict } from '../../report.js';
import type { Settings } from '../settings.js';

const WORST_FIRST: readonly Verdict[] = ['wrong', 'inconclusive', 'correct'];

export function combined(
  subject: VectorSubject,
  settings: Settings,
  reports: readonly Report[],
): JacobianReport {
  const ordered = reports.toSorted((a, b) => WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict));
  const [worst] = ordered as [Report];
  const findings = ordered.flatMap((report) => report.findings);
  return {
    ...worst,
    kind: subject.names.kind,
    derivatives: subject.roles.map((role) => subject.names.roles[role] as Derivative),
    evaluations: { ...subject.calls },
    parameters: reports.flatMap(({ parameters }) => parameters),
    offenders: ordered
      .flatMap(({ offenders, verdict }) => (verdict === worst.verdict ? offenders : []))
      .slice(0, settings.worst),
    // What is not about a claim was found with each of them.
    findings: findings.filter((finding, k) => findings.findIndex((other) => areSame(finding, other)) === k),
  };
}

/** What is told of the outputs with numbers that differ from one look at them to the next. */
const OF_OUTPUTS: ReadonlySet<FindingCode> = new Set<FindingCode>(['nondeterministic-loss', 'noisy-loss']);

function areSame(a: Finding, b: Finding): boolean {
  return a.code === b.code && (a.title === b.title || OF_OUTPUTS.has(a.code));
}
