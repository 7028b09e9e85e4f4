/** What is said of a pass that is weak. */

import { formatReport, type Weakness } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { briefOf } from '../../src/render/json.js';
import { noteOf } from '../../src/render/sentences.js';
import { noticeOf, weaknessesIn } from '../../src/render/weak-pass.js';
import { jacobian, report } from './reports.js';

const blindSpots = [1, 2, 3, 4, 5, 6].map((k) => ({
  parameter: `b${k}`,
  code: 'missing-regularization' as const,
  because: `b${k} is zero: a missing penalty`,
}));
const ALL: readonly Weakness[] = [
  { code: 'blind-spot' },
  { code: 'unused-parameter', parameters: ['a'] },
  { code: 'unresolved-parameter', parameters: ['a', 'b'] },
  { code: 'kink', parameters: ['a', 'b', 'c'] },
  { code: 'stale-elsewhere', parameters: ['a', 'b', 'c', 'd', 'e', 'f'] },
  { code: 'skipped-point' },
  { code: 'ignored-gradient' },
  { code: 'raised-tolerance' },
];

test('each weakness is a line', () => {
  const weak = report({
    weaknesses: ALL,
    blindSpots: blindSpots.slice(0, 1),
    points: { checked: 3, skipped: 2 },
    ignored: ['db'],
    tolerance: 3e-4,
  });
  expect(weaknessesIn(weak)).toEqual([
    '1 mistake could not have shown at any of the 3 points',
    'the loss does not move with a',
    'less than a digit of the gradient of a and b is known',
    'any claim between two slopes will do at a kink in a, b and c',
    'what is claimed of a, b, c, d and 2 more was computed once, before the check',
    '2 points could not be evaluated',
    'db was not checked, as it has no parameter',
    'noise raised the tolerance to 3e-4',
  ]);
});

test('of a Jacobian with its own words', () => {
  expect(weaknessesIn(jacobian({ weaknesses: ALL.slice(1, 3) }))).toEqual([
    'outputs() does not move with a',
    'less than a digit of the Jacobian by a and b is known',
  ]);
});

describe('the message', () => {
  test('of a pass has what could not have shown, the first of many', () => {
    const text = formatReport(report({ weaknesses: [{ code: 'blind-spot' }], blindSpots }));
    expect(text).toMatchInlineSnapshot(`
      "The gradients are correct: all 6 checked entries agree with the loss.

      The tolerance is 1e-7.

        parameter  shape  difference  uncertain by  verdict
        W1         2 × 3  1.3e-10     3.0e-10       correct

      These mistakes could not have shown at this point:
        b1 is zero: a missing penalty
        b2 is zero: a missing penalty
        b3 is zero: a missing penalty
        b4 is zero: a missing penalty
        … and 2 more in the report

      Central differences were taken entry by entry with steps from 1.0e-6 to 2.0e-6.
      It took 12,345 losses and 2 calls of gradients(); the seed is 1."
    `);
  });

  test('of a strict check has all that is weak', () => {
    const text = formatReport(
      report({ verdict: 'inconclusive', weaknesses: ALL.slice(0, 2), blindSpots: blindSpots.slice(0, 2) }),
    );
    expect(text).toMatchInlineSnapshot(`
      "Inconclusive: the gradients agree with the loss, but the check is weak, which
      strict does not accept, so the test fails, with or without .not.

      The tolerance is 1e-7.

        parameter  shape  difference  uncertain by  verdict
        W1         2 × 3  1.3e-10     3.0e-10       correct

      The check is weak:
        the loss does not move with a

      These mistakes could not have shown at this point:
        b1 is zero: a missing penalty
        b2 is zero: a missing penalty

      Central differences were taken entry by entry with steps from 1.0e-6 to 2.0e-6.
      It took 12,345 losses and 2 calls of gradients(); the seed is 1."
    `);
  });

  test('of a Jacobian that is weak names it', () => {
    const [first] = formatReport(jacobian({ verdict: 'inconclusive', weaknesses: ALL.slice(1, 2) })).split(
      '\n\n',
    );
    expect(first!.replaceAll('\n', ' ')).toBe(
      'Inconclusive: the Jacobian agrees with outputs(), but the check is weak, which strict does not accept, so the test fails, with or without .not.',
    );
  });
});

describe('in a line', () => {
  test('a notice beside a pass has all of it', () => {
    const weak = report({ weaknesses: ALL.slice(0, 2), blindSpots: blindSpots.slice(0, 1) });
    expect(noticeOf(weak)).toBe(
      'The gradients agree with the loss, but the check is weak: 1 mistake could not have shown at this point; ' +
        'the loss does not move with a; b1 is zero: a missing penalty.',
    );
    expect(noticeOf(report())).toBeUndefined();
    expect(noticeOf({ ...weak, verdict: 'inconclusive' })).toBeUndefined();
  });

  test('so has the note of a strict check that failed', () => {
    const note = noteOf(report({ verdict: 'inconclusive', weaknesses: ALL.slice(1, 2) }));
    expect(note).toMatch(
      /^Inconclusive: .* without \.not\. The check is weak: the loss does not move with a\.$/,
    );
  });
});

test('a brief report has few of the blind spots, and how many are left out', () => {
  const brief = briefOf(report({ blindSpots }));
  expect(brief.blindSpots).toEqual(blindSpots.slice(0, 5));
  expect(brief.omitted).toEqual({ parameters: 0, offenders: 0, findings: 0, blindSpots: 1 });
  expect(briefOf(report({ blindSpots: blindSpots.slice(1) }))).not.toHaveProperty('omitted');
});
