/**
 * What the diagnoses found, and what an adapter knows of its claims → the findings of the report. An adapter has seen the claims being made,
 * so that what it says stands in the place of what their numbers look like.
 */

import type { Remark } from '../../model/gradient-model.js';
import type { Finding, FindingCode, ParameterReport, Verdict } from '../../report.js';

/** What is true of a claim whatever made it: of numbers that are none, and of what can be told of the loss at all. */
const KEPT: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'non-finite-loss',
  'non-finite-gradient',
  'unused-parameter',
  'poor-epsilon',
  'noisy-loss',
  'noisy-gradients',
  'kink',
  'staircase',
  'constant-loss',
  'stationary-point',
]);

/** What was compared. */
interface Compared {
  readonly verdict: Verdict;
  readonly parameters: readonly ParameterReport[];
}

export function withRemarks(
  found: readonly Finding[],
  remarks: readonly Remark[],
  compared: Compared,
): readonly Finding[] {
  const { verdict } = compared;
  if (remarks.length === 0 || verdict === 'correct') return found;
  const said = remarks.map((remark) => {
    const { code, parameters, evidence, title, advice } = remark;
    const same = found.find((finding) => finding.code === code);
    return {
      code,
      ...(parameters.length === 1 ? { parameter: parameters[0]! } : {}),
      evidence: { ...numbersOf(remark, compared), ...same?.evidence, ...evidence },
      title,
      advice,
    } as Finding;
  });
  // Where the claims could not be compared, the reason is told as well, unless it is this one.
  const isReason = remarks.some(({ code }) => code === 'mutated-parameters');
  const isCompared = verdict === 'wrong' || isReason;
  return [...said, ...found.filter(({ code }) => !isCompared || KEPT.has(code))];
}

/** What the comparison says of a cause that it doesn't show by itself. */
function numbersOf({ code, parameters }: Remark, compared: Compared): Finding['evidence'] {
  const about = compared.parameters.filter(
    ({ name }) => parameters.length === 0 || parameters.includes(name),
  );
  if (code === 'unexplained') return { entries: about.reduce((sum, { wrong }) => sum + wrong, 0) };
  if (code !== 'scaled') return {};
  const [analytic, numeric] = (['analyticNorm', 'numericNorm'] as const).map((norm) =>
    Math.hypot(...about.map((parameter) => parameter[norm])),
  ) as [number, number];
  return { factor: analytic / numeric };
}
