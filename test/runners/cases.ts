/** What has to become of `fixtures/cases.cjs`, whatever runs it. */

import { expect } from 'vitest';
import type { Outcome } from './project.js';

const PASSING = [
  'passes: right',
  'passes: wrong under .not',
  'passes: right, asynchronous',
  'passes: wrong under .not, asynchronous',
  'passes: right by .resolves',
  'passes: asymmetric',
  'passes: misuse is a TypeError',
];

const POSITIVE = /expect\(model\)\.toHaveCorrectGradients\(\)/;
const NEGATED = /expect\(model\)\.not\.toHaveCorrectGradients\(\)/;

/** What the message has to say, by the title of the test that fails. */
const FAILING = {
  'fails: wrong': [
    POSITIVE,
    /The gradients are wrong in 1 of 3 entries: W1\./,
    /W1\[0, 1\] +- +\+?(12\.|1\.2).*\n +\+ +\+?(24\.|2\.4)/,
  ],
  'fails: right under .not': [NEGATED, /all 3 checked entries agree with the loss/],
  'fails: wrong, asynchronous': [POSITIVE, /W1\[0, 1\]/],
  'fails: right under .not, asynchronous': [NEGATED, /all 3 checked/],
  'fails: inconclusive': [POSITIVE, /Inconclusive/, /unused-parameter/],
  'fails: inconclusive under .not': [NEGATED, /Inconclusive/],
  'fails: misuse': [/TypeError: .*"epsilom".*"epsilon"/],
};

/** Holds one file's outcomes to that: every test ran once, ended as its title says, and failed with the right words. */
export function expectCases(outcomes: readonly Outcome[] | undefined): void {
  const statuses = (outcomes ?? []).map(({ title, status }) => [title, status]);
  expect(statuses).toStrictEqual([
    ...PASSING.map((title) => [title, 'passed']),
    ...Object.keys(FAILING).map((title) => [title, 'failed']),
  ]);
  const failures = (outcomes ?? []).slice(PASSING.length).map(({ title, message }) => ({ title, message }));
  for (const [index, [title, parts]] of Object.entries(FAILING).entries())
    for (const part of parts)
      expect(failures[index]).toStrictEqual({ title, message: expect.stringMatching(part) });
}
