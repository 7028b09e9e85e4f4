/** What sentences claim of gradients, held against these, over random faults. */

import type { Finding } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnoses/diagnose.js';
import type { Evidence, ParameterEvidence } from '../../src/check/measurement.js';
import { Draws } from '../../bench/detection/draws.js';
import { evidenceOf } from './evidence.js';
import { randomFault, randomNumbers } from './random-faults.js';

const ROUNDS = 1000;
const WITHIN = 2e-3;

/** The parameters that a sentence names: `a, b and c`. */
function named(names: string, { parameters }: Evidence): readonly ParameterEvidence[] {
  const all = names.split(/, | and /);
  return parameters.filter(({ name }) => all.includes(name));
}

/** The parameters that a finding is about. */
function subject({ title }: Finding, evidence: Evidence): readonly ParameterEvidence[] {
  if (/of all \d+ wrong parameters/.test(title))
    return evidence.parameters.filter(({ verdict }) => verdict === 'wrong');
  return named(/gradients? of ([a-h](?:(?:, | and )[a-h])*)/.exec(title)?.[1] ?? '', evidence);
}

const close = (a: number, b: number, size: number): boolean => Math.abs(a - b) <= WITHIN * size + 1e-8;
const largest = (array: Float64Array): number => array.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
const every = (
  all: readonly ParameterEvidence[],
  of: (g: number, n: number, size: number) => boolean,
): boolean =>
  all.length > 0 &&
  all.every(({ analytic, numeric }) =>
    analytic.every((g, i) => of(g, numeric[i]!, Math.max(largest(analytic), largest(numeric)))),
  );
const numberIn = (text: string): number => Number(text.replace('−', '-'));
const norm = (all: readonly ParameterEvidence[]): number =>
  Math.hypot(...all.flatMap(({ analytic }) => [...analytic]));

/** What is claimed where, and whether it is so. */
type Check = readonly [RegExp, (match: RegExpExecArray, finding: Finding, evidence: Evidence) => boolean];
const isRight = ({ verdict, moved, isZero }: ParameterEvidence): boolean =>
  verdict === 'correct' && moved && !isZero;

const CHECKS: readonly Check[] = [
  [
    /; ([^;]+) after it (?:is|are) right/,
    ([, names], finding, evidence) => {
      const places = named(names!, evidence).map((one) => evidence.parameters.indexOf(one));
      const last = evidence.parameters.findIndex(({ name }) => name === finding.parameter);
      return (
        places.length > 0 && places.every((place) => place > last && isRight(evidence.parameters[place]!))
      );
    },
  ],
  [
    /not to ([^.]+?), which (?:is|are) right/,
    ([, names], _, evidence) => named(names!, evidence).every(isRight),
  ],
  [
    /^([a-h, and]+) (?:is|are) right, before/,
    ([, names], _, evidence) => named(names!, evidence).every(isRight),
  ],
  [
    /counted from the output/,
    (_, { parameter }, { parameters }) =>
      parameters.slice(1 + parameters.findIndex(({ name }) => name === parameter)).some(isRight),
  ],
  [/what all of them share/, (_, __, { parameters }) => !parameters.some(isRight)],
  [
    /the others are right/,
    (_, finding, evidence) => {
      const one = evidence.parameters.find(({ name }) => name === finding.parameter);
      return one!.analytic.some((g, i) => g !== 0 && !one!.wrong.includes(i));
    },
  ],
  [/ends one too early/, (_, { evidence }) => (evidence as { factor?: number }).factor === 0],
  [
    /by a factor of (−?[\d.e-]+)/,
    ([, factor], finding, evidence) =>
      evidence.parameters
        .filter(({ name }) => name === finding.parameter)
        .every(({ analytic, numeric, wrong }) =>
          wrong.every((i) => close(analytic[i]!, numberIn(factor!) * numeric[i]!, Math.abs(analytic[i]!))),
        ),
  ],
  [
    /is (−?[\d.e-]+) times what it should be/,
    ([, factor], finding, evidence) =>
      every(subject(finding, evidence), (g, n, size) => close(g, numberIn(factor!) * n, size)),
  ],
  [
    /keep rate/,
    (_, { evidence }) => {
      const { factor } = evidence as { factor: number };
      return factor > 0 && Math.abs(factor - 1) >= 1e-2;
    },
  ],
  [
    /the true one times −1/,
    (_, finding, evidence) => every(subject(finding, evidence), (g, n, size) => close(g, -n, size)),
  ],
  [
    /claimed to be zero throughout/,
    (_, finding, evidence) => every(subject(finding, evidence), (g) => g === 0),
  ],
  [
    /clipped to ±([\d.e-]+)/,
    ([, bound], finding, evidence) =>
      every(subject(finding, evidence), (g, n, size) =>
        close(g, Math.sign(n) * Math.min(Math.abs(n), Number(bound)), size),
      ),
  ],
  [
    /is ±([\d.e-]+), with the right sign/,
    ([, bound], finding, evidence) =>
      every(subject(finding, evidence), (g, n, size) => close(g, Math.sign(n) * Number(bound), size)),
  ],
  [
    /direction of the true one(, each by itself,)? and the norm ([\d.e-]+)/,
    ([, each, size], finding, evidence) => {
      const all = subject(finding, evidence);
      const groups = each === undefined ? [all, evidence.parameters] : [];
      return each === undefined
        ? groups.some((group) => close(norm(group), Number(size), Number(size)))
        : all.every((one) => close(norm([one]), Number(size), Number(size)));
    },
  ],
  [
    /added to all entries of ([a-h])/,
    ([, name], _, evidence) =>
      named(name!, evidence).every(({ numeric }) => Math.abs(numeric.reduce((a, b) => a + b, 0)) < 1e-6),
  ],
  [
    /rounded to (\d+) (digit|decimal)/,
    ([, places, kind], finding, evidence) =>
      every(
        subject(finding, evidence),
        (g, n) =>
          Math.abs(Number(kind === 'digit' ? n.toPrecision(Number(places)) : n.toFixed(Number(places))) - g) <
          1e-9,
      ),
  ],
  [
    /is right to (\d+) digits or more in every entry, but/,
    ([, digits], finding, evidence) =>
      every(
        subject(finding, evidence),
        (g, n) => Math.abs(g - n) <= 10 ** -Number(digits) * Math.max(Math.abs(g), Math.abs(n)),
      ),
  ],
  [
    /Each row of .*, from (−?[\d.e-]+) to (−?[\d.e-]+)\./,
    ([, least, most], finding, evidence) =>
      subject(finding, evidence).every(({ analytic, numeric }) =>
        analytic.every(
          (g, i) =>
            g === numeric[i] ||
            (g / numeric[i]! >= numberIn(least!) - WITHIN && g / numeric[i]! <= numberIn(most!) + WITHIN),
        ),
      ),
  ],
  [
    /too (large|small) by the same ([\d.e-]*\d)/,
    ([, side, by], finding, evidence) =>
      every(subject(finding, evidence), (g, n, size) =>
        close(g - n, (side === 'large' ? 1 : -1) * Number(by), size),
      ),
  ],
];

describe('over random faults', () => {
  const draws = new Draws(7);
  const all = Array.from({ length: ROUNDS }, () => {
    const shared = randomFault(draws);
    const evidence = evidenceOf(
      Array.from({ length: draws.whole(1, 4) }, () => randomNumbers(draws, shared)),
    );
    return { evidence, findings: diagnose(evidence) };
  });
  const claimsOf = (pattern: RegExp): { match: RegExpExecArray; finding: Finding; evidence: Evidence }[] =>
    all.flatMap(({ evidence, findings }) =>
      findings.flatMap((finding) => {
        const match = pattern.exec(finding.title) ?? pattern.exec(finding.advice);
        return match === null ? [] : [{ match, finding, evidence }];
      }),
    );

  test.each(CHECKS)('%s is true', (pattern, isTrue) => {
    const claims = claimsOf(pattern);
    expect(claims.length).toBeGreaterThan(0);
    const untrue = claims.filter(({ match, finding, evidence }) => !isTrue(match, finding, evidence));
    expect(untrue.map(({ finding: { title, advice } }) => `${title} ${advice}`)).toEqual([]);
  });

  test('one factor is told once', () => {
    const twice = all.flatMap(({ findings }) => {
      const factors = findings.flatMap(({ code, evidence }) =>
        code === 'scaled' ? [(evidence as { factor: number }).factor.toPrecision(6)] : [],
      );
      return factors.length > new Set(factors).size ? [factors] : [];
    });
    expect(twice).toEqual([]);
  });

  test('a claim that is right is accused of nothing', () => {
    const right = all.filter(({ evidence }) => evidence.verdict === 'correct');
    expect(right.length).toBeGreaterThan(20);
    const codes = new Set(right.flatMap(({ findings }) => findings.map(({ code }) => code)));
    expect([...codes].filter((code) => code !== 'unused-parameter' && code !== 'stationary-point')).toEqual(
      [],
    );
  });
});
