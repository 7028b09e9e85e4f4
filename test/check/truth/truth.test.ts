/** Every case of the first set has a verdict that the rules of the design allow, names what is wrong and says what has to be said. */
import { checkGradients, type GradientReport } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { type Outcome, outcomeOf, type TruthCase } from './case.js';
import { firstSet } from './sets.js';

/** Milliseconds: the largest of the cases has 2 500 entries, and machines are shared. */
const TIMEOUT = 60_000;

/**
 * What falls short, as it does. A claim p − 1 that is rounded at 1 stands still at all points close by, and is as coarse as the whole slope; losses
 * are rounded so coarsely that their slope shows only where they are no longer straight.
 */
const LIMITS: Readonly<Record<string, Outcome>> = {
  'sure classifier: exact loss, z = 35.23, right': 'false alarm',
  'sure classifier: exact loss, z = 40.78, right': 'false alarm',
  'coarse losses: compound interest in two decimals, 24760 quanta, right': 'inconclusive',
  'coarse losses: compound interest in whole numbers downwards, 615 quanta, right': 'inconclusive',
};

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
        expect([report.verdict, outcomeOf(truth, report)]).toEqual([
          report.verdict,
          LIMITS[`${kind}: ${truth.name}`] ?? 'right',
        ]);
      },
      TIMEOUT,
    );
  });

test('names are unique within their kind', () => {
  for (const cases of kinds.values()) expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});
