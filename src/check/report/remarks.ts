/**
 * What the diagnoses found, and what an adapter knows of its claims → the findings of the report. An adapter has seen the claims being made,
 * so that what it says stands in the place of what their numbers look like.
 */

import type { Remark } from '../../model/gradient-model.js';
import type { Finding, FindingCode, Verdict } from '../../report.js';

/** What is true of a claim whatever made it: of numbers that are none, and of what can be told of the loss at all. */
const KEPT: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'non-finite-loss',
  'non-finite-gradient',
  'unused-parameter',
  'poor-epsilon',
  'noisy-loss',
  'kink',
  'stationary-point',
]);

export function withRemarks(
  found: readonly Finding[],
  remarks: readonly Remark[],
  verdict: Verdict,
): readonly Finding[] {
  if (remarks.length === 0 || verdict === 'correct') return found;
  const said = remarks.map(({ parameters, ...remark }): Finding => {
    const same = found.find(({ code }) => code === remark.code);
    return {
      ...remark,
      ...(parameters.length === 1 ? { parameter: parameters[0]! } : {}),
      evidence: { ...same?.evidence, ...remark.evidence },
    };
  });
  // Where the claims could not be compared, the reason is told as well, unless it is this one.
  const isReason = remarks.some(({ code }) => code === 'mutated-parameters');
  const isCompared = verdict === 'wrong' || isReason;
  return [...said, ...found.filter(({ code }) => !isCompared || KEPT.has(code))];
}
