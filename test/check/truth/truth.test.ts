/** Every case of the first set has a verdict that the rules of the design allow, names what is wrong and says what has to be said. */
import { checkGradients, type GradientReport } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { outcomeOf, type TruthCase } from './case.js';
import { firstSet } from './sets.js';

/** Milliseconds: the largest of the cases has 2 500 entries, and machines are shared. */
const TIMEOUT = 60_000;

const kinds = new Map<string, TruthCase[]>();
for (const truth of firstSet()) {
  const cases = kinds.get(truth.kind) ?? [];
  cases.push(truth);
  kinds.set(truth.kind, cases);
}

for (const [kind, cases] of kinds)
  describe(`${kind}:`, () => {
    test.each(cases.map((truth) => [`${truth.name}: ${truth.right.join(' or ')}`, truth] as const))(
      '%s',
      (_, truth) => {
        const report = checkGradients(truth.model(), truth.options ?? {}) as GradientReport;
        expect([report.verdict, outcomeOf(truth, report)]).toEqual([report.verdict, 'right']);
      },
      TIMEOUT,
    );
  });

test('names are unique within their kind', () => {
  for (const cases of kinds.values()) expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});
