/** How findings are typed: by their code, which tells what their evidence holds. */

import type { Finding, FindingCode, FindingEvidence, FindingOf } from 'expect-gradients';
import { isExactly } from './models.js';

declare const finding: Finding;

if (finding.code === 'scaled') {
  isExactly<number>()(finding.evidence.factor);
  isExactly<number | undefined>()(finding.evidence.lambda);
  isExactly<1 | 2 | undefined>()(finding.evidence.power);
  // @ts-expect-error a factor is no constant
  void finding.evidence.offset;
}
if (finding.code === 'offset') isExactly<{ readonly offset: number }>()(finding.evidence);
if (finding.code === 'isolated-entries') isExactly<-1 | 0 | 1 | undefined>()(finding.evidence.diagonal);

switch (finding.code) {
  case 'kink':
  case 'mutated-parameters':
  case 'non-finite-gradient':
    isExactly<number>()(finding.evidence.entries);
    break;
  case 'stale-cache':
    isExactly<FindingOf<'stale-cache'>>()(finding);
    break;
  default:
    // @ts-expect-error not before the code is known
    void finding.evidence.factor;
}

// The codes are those of the evidence, and a finding of each is a finding.
isExactly<keyof FindingEvidence>()(finding.code);
declare function take(one: Finding): void;
declare function findingOf<Code extends FindingCode>(code: Code): FindingOf<Code>;
take(findingOf('transposed'));
take({ code: 'offset', evidence: { offset: 0.1 }, title: 'It is too large.', advice: 'Look for it.' });
// @ts-expect-error the evidence is another cause's
take({ code: 'offset', evidence: { factor: 2 }, title: 'It is doubled.', advice: 'Look for it.' });
// @ts-expect-error there is no such cause
take({ code: 'doubled', evidence: { factor: 2 }, title: 'It is doubled.', advice: 'Look for it.' });
