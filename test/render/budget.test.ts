/** A message of any report has at most 40 lines, the runner's hint and an empty line among them, and fits 80 columns. */

import {
  type BlindSpot,
  type Finding,
  formatReport,
  type GradientReport,
  type Offender,
  type ParameterReport,
  type Shard,
  type Weakness,
} from 'expect-gradients';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const HINT_LINES = 2;

const word = fc.stringMatching(/^[a-z]{1,9}$/);
/** Paths up to 64 characters; a longer one is not broken, as it is there to be copied. */
const path = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join('.').slice(0, 64));
const size = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
const verdict = fc.constantFrom('correct', 'wrong', 'inconclusive');

const parameter: fc.Arbitrary<ParameterReport> = fc.record({
  name: path,
  shape: fc.constantFrom([], [7], [30, 20], [16, 3, 5, 5]),
  count: fc.constantFrom(1, 7, 600),
  due: fc.constantFrom(1, 7, 599),
  checked: fc.constantFrom(0, 1, 7),
  wrong: fc.constantFrom(0, 1, 600),
  verdict,
  difference: fc.double({ min: 0, max: 1, noNaN: true }),
  resolution: fc.double({ min: 0, max: 1, noNaN: true }),
  analyticNorm: size,
  numericNorm: size,
  step: fc.record({ min: size, max: size }),
});

const offender = (names: readonly string[]): fc.Arbitrary<Offender> =>
  fc.record({
    parameter: fc.constantFrom(...names),
    index: fc.constantFrom([], [3], [12, 3], [1, 2, 3, 4]),
    analytic: size,
    numeric: size,
    uncertainty: size,
    difference: fc.double({ min: 0, max: 1, noNaN: true }),
    verdict,
  });

const sentence = fc.array(word, { minLength: 4, maxLength: 40 }).map((words) => words.join(' '));
const causes = [
  { code: 'scaled', evidence: { factor: 2 } },
  { code: 'missing-regularization', evidence: { lambda: 0.1, power: 2 } },
  { code: 'nondeterministic-gradients', evidence: { entries: 3, first: 1, second: 2 } },
  { code: 'unexplained', evidence: { entries: 3 } },
] as const;
const finding: fc.Arbitrary<Finding> = fc
  .record({ cause: fc.constantFrom(...causes), title: sentence, advice: sentence })
  .map(({ cause, ...words }) => ({ ...cause, ...words }));

const blindSpot: fc.Arbitrary<BlindSpot> = fc
  .record({ parameter: path, code: fc.constantFrom('transposed', 'permuted') })
  .map((spot) => ({ ...spot, because: `the gradient of ${spot.parameter} is symmetric: a transposition` }));
const weakness: fc.Arbitrary<Weakness> = fc.record({
  code: fc.constantFrom('unresolved-parameter', 'stale-elsewhere', 'kink'),
  parameters: fc.array(path, { minLength: 1, maxLength: 6 }),
});

const reports: fc.Arbitrary<GradientReport> = fc
  .array(parameter, { minLength: 1, maxLength: 60 })
  .chain((parameters) =>
    fc.record({
      schema: fc.constant(1 as const),
      kind: fc.constant('gradients' as const),
      points: fc.record({ checked: fc.nat(), skipped: fc.nat() }),
      verdict,
      difference: fc.double({ min: 0, max: 1, noNaN: true }),
      tolerance: fc.double({ min: 1e-12, max: 1, noNaN: true }),
      resolution: size,
      method: fc.constant('exhaustive' as const),
      shard: fc.constantFrom<Shard>('1/2', '998/1000'),
      seed: fc.integer(),
      evaluations: fc.record({ loss: fc.nat(), gradients: fc.nat() }),
      parameters: fc.constant(parameters),
      ignored: fc.array(word, { maxLength: 30 }),
      offenders: fc.array(offender(parameters.map(({ name }) => name)), { maxLength: 5 }),
      findings: fc.array(finding, { maxLength: 30 }),
      blindSpots: fc.array(blindSpot, { maxLength: 30 }),
      weaknesses: fc.array(weakness, { maxLength: 7 }),
    }),
  )
  // What is wrong is not weak, and what agrees has no offenders.
  .map(({ weaknesses, ...report }) =>
    report.verdict === 'wrong' ? { ...report, blindSpots: [] } : { ...report, offenders: [], weaknesses },
  );

test('a message has at most 40 lines of at most 80 columns', () => {
  fc.assert(
    fc.property(reports, fc.boolean(), (report, negated) => {
      const lines = formatReport(report, { negated }).split('\n');
      expect(lines.length).toBeLessThanOrEqual(40 - HINT_LINES);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    }),
    { numRuns: 10 * (fc.readConfigureGlobal().numRuns ?? 100) },
  );
});

test('who asks for more of the worst entries gets them all', () => {
  fc.assert(
    fc.property(reports, (report) => {
      const [first] = report.offenders;
      fc.pre(first !== undefined && report.parameters.every(({ name }) => name.length <= 32));
      const text = formatReport({ ...report, offenders: Array.from({ length: 30 }, () => first) });
      const shown = text.split('\n').filter((line) => line.includes(' - '));
      expect(shown.length).toBeGreaterThanOrEqual(30);
    }),
  );
});
