/** What has to become of `fixtures/cases.cjs`, whatever runs it. */

import { expect } from 'vitest';
import type { Outcome } from './project.js';
import type { Differences } from './runners.js';

const PASSING = [
  'passes: right',
  'passes: wrong under .not',
  'passes: right, asynchronous',
  'passes: wrong under .not, asynchronous',
  'passes: right by .resolves',
  'passes: asymmetric',
  'passes: asymmetric and asynchronous, where the runner waits, else is a TypeError',
  'passes: misuse is a TypeError',
  'passes: Jacobians and Hessians',
  'passes: after a forgotten await',
  'passes: beside another that ends first',
  'passes: beside another that ends last',
];

const POSITIVE = /expect\(model\)\.toHaveCorrectGradients\(\)/;
const NEGATED = /expect\(model\)\.not\.toHaveCorrectGradients\(\)/;

/** Where the picture and the report are. */
export const KEPT: RegExp = /Picture: (kept\/\S+)\.svg\n *Report: \1\.json/;

/** What the message has to say, by the title of the test that fails. */
const FAILING = {
  'fails: a Jacobian that is wrong': [
    /The Jacobian is wrong in 2 of 4 entries: x\./,
    /outputs\[1\] by x\[1\]/,
  ],
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
  'fails: misuse': [/TypeError(?: \[Error\])?: .*"epsilom".*"epsilon"/],
  'fails: wrong, kept in a folder': [/W1\[0, 1\]/, KEPT],
  'fails: await forgotten': [/still running when its test ended.*Write await/],
};

/** Those that fail not by a result but by an error, which has to point to the test and not into the package. */
const ERRORS = new Set(['fails: misuse', 'fails: await forgotten']);
const INSIDE = /expect-gradients\/(dist|src)\//;

/** Holds one file's outcomes to that: every test ran once, ended as its title says, and failed with the right words. */
export function expectCases(
  outcomes: readonly Outcome[],
  { waits = false, ownHint = false, noFiles = false, more = [] }: Differences = {},
): void {
  const failing: Record<string, readonly RegExp[]> = {
    ...FAILING,
    ...(waits && { 'fails: await forgotten': [/W1\[0, 1\]/] }),
    ...(noFiles && { 'fails: wrong, kept in a folder': [/TypeError: .*there is no file system here/] }),
  };
  const expected = [
    ...[...PASSING, ...more].map((title) => `passed: ${title}`),
    ...Object.keys(failing).map((title) => `failed: ${title}`),
  ];
  const statuses = outcomes.map(({ title, status }) => `${status}: ${title}`);
  expect(new Set(statuses)).toStrictEqual(new Set(expected));
  expect(statuses).toHaveLength(expected.length);
  for (const { title, message } of outcomes)
    for (const part of failing[title] ?? [])
      if (!(ownHint && (part === POSITIVE || part === NEGATED)))
        expect({ title, message }).toStrictEqual({ title, message: expect.stringMatching(part) });
  if (waits) return;
  for (const { title, message } of outcomes)
    if (ERRORS.has(title))
      expect({ title, message }).not.toMatchObject({ message: expect.stringMatching(INSIDE) });
}
