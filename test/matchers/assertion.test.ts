/** What every matcher decides: by the three verdicts, and what it says of the arguments. */

import { inspect } from 'node:util';
import type { Report, Verdict } from 'expect-gradients';
import * as matchers from 'expect-gradients/matchers';
import { describe, expect, test } from 'vitest';
import { matcherOf } from '../../src/matchers/assertion.js';
import type { GradientMatcher, MatcherContext, MatcherResult } from '../../src/matchers/context.js';
import type { GradientMatcherOptions } from '../../src/matchers/types.js';

const reportOf = (verdict: Verdict): Report => ({
  schema: 1,
  kind: 'gradients',
  verdict,
  difference: 0.5,
  tolerance: 1e-7,
  resolution: 1e-10,
  method: 'exhaustive',
  seed: 1,
  evaluations: { loss: 2, gradients: 1 },
  parameters: [],
  ignored: [],
  offenders: [
    {
      parameter: 'W',
      index: [0, 1],
      analytic: 2,
      numeric: 1,
      uncertainty: 0,
      difference: 1 / 3,
      verdict: 'wrong',
    },
    { parameter: 'b', index: [], analytic: -2, numeric: 3, uncertainty: 0, difference: 1, verdict: 'wrong' },
  ],
  findings: [],
});

/** A matcher whose check only notes what it is given. */
function matcherGiving(verdict: Verdict) {
  const given: unknown[] = [];
  const matcher = matcherOf('toBeRight', (model, options) => {
    given.push([model, options]);
    return reportOf(verdict);
  });
  const call = (context: MatcherContext | undefined, ...check: unknown[]): MatcherResult =>
    (matcher as (this: unknown, ...inputs: unknown[]) => MatcherResult).call(context, 'model', ...check);
  return { given, matcher, call };
}

describe('the result', () => {
  test.each<[verdict: Verdict, isNot: boolean, pass: boolean]>([
    ['correct', false, true],
    ['wrong', false, false],
    ['inconclusive', false, false],
    // Runners turn this round under `.not`.
    ['correct', true, true],
    ['wrong', true, false],
    ['inconclusive', true, true],
  ])('of a check that is %s, with .not: %s, has pass: %s', (verdict, isNot, pass) => {
    expect(matcherGiving(verdict).call({ isNot }).pass).toBe(pass);
  });

  test('has the worst entries by name, where the assertion fails for a mistake, and nothing else', () => {
    expect(matcherGiving('wrong').call({})).toMatchObject({
      pass: false,
      message: expect.any(Function),
      actual: { 'W[0, 1]': 2, b: -2 },
      expected: { 'W[0, 1]': 1, b: 3 },
    });
    for (const verdict of ['correct', 'inconclusive'] as const)
      expect(Object.keys(matcherGiving(verdict).call({}))).toEqual(['pass', 'message']);
    expect(Object.keys(matcherGiving('wrong').call({ isNot: true }))).toEqual(['pass', 'message']);
  });

  test('leaves it to the message where the runner prints a diff by itself', () => {
    const utils = { DIM_COLOR: (text: string) => text };
    expect(Object.keys(matcherGiving('wrong').call({ utils, promise: '' }))).toEqual(['pass', 'message']);
    expect(matcherGiving('wrong').call({ utils, promise: '', dontThrow: () => undefined })).toHaveProperty(
      'actual',
    );
  });

  test('is not printed a second time with the error that carries a copy of it, as node:test does', () => {
    const { ...copy } = matcherGiving('wrong').call({});
    expect(inspect({ matcherResult: copy })).toBe('{ matcherResult: as above }');
  });

  test('has a message with the hint, the report, and nothing where no artifacts are kept', () => {
    const lines = matcherGiving('correct').call({ isNot: true }).message().split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'expect(model).not.toBeRight()',
      '',
      'Expected a wrong gradient, but all 0 checked entries agree with the loss.',
    ]);
    expect(lines.at(-1)).toMatch(/seed is 1\.$/);
    const utils = { matcherHint: () => 'hint' };
    expect(matcherGiving('correct').call({ utils }).message()).toMatch(/^The gradients are correct/);
  });

  test('is a function of the name of the matcher, in any runner', () => {
    expect(matcherGiving('correct').matcher.name).toBe('toBeRight');
    for (const [name, matcher] of Object.entries(matchers)) expect(matcher.name).toBe(name);
  });
});

describe('the arguments', () => {
  const hintOf = (...check: unknown[]): string =>
    matcherGiving('wrong')
      .call({}, ...check)
      .message()
      .split('\n')[0]!;
  const optionsOf = (...check: unknown[]): unknown => {
    const { given, call } = matcherGiving('wrong');
    call({}, ...check);
    return given[0];
  };

  test.each<[check: unknown[], options: unknown, hint: string]>([
    [[], undefined, ''],
    [[undefined], undefined, ''],
    [[{}], {}, ''],
    [[1e-5, 1e-7], { epsilon: 1e-5, tolerance: 1e-7 }, '1e-5, 1e-7'],
    [[{ epsilon: 0.5, worst: 3 }], { epsilon: 0.5, worst: 3 }, '{ epsilon: 0.5, worst: 3 }'],
    [
      [{ only: ['W', /^b/], method: 'directional' }],
      { only: ['W', /^b/], method: 'directional' },
      "{ only: ['W', /^b/], method: 'directional' }",
    ],
    [[{ epsilon: undefined, seed: 7 }], { epsilon: undefined, seed: 7 }, '{ seed: 7 }'],
    [[{ epsilon: undefined }], { epsilon: undefined }, ''],
    [[null], null, ''],
    [['fast'], 'fast', "{ 0: 'f', 1: 'a', 2: 's', 3: 't' }"],
    [[['epsilon']], ['epsilon'], "{ 0: 'epsilon' }"],
  ])('%j are handed to the check, and repeated in the hint', (check, options, hint) => {
    expect(optionsOf(...check)).toEqual(['model', options]);
    expect(hintOf(...check)).toBe(`expect(model).toBeRight(${hint})`);
  });

  test.each([[[{}, 1e-7]], [[undefined, 1e-7]], [['1e-7', 1e-7]]])('%j are refused', (check) => {
    expect(() => matcherGiving('correct').call({}, ...check)).toThrow(
      'expect-gradients: toBeRight takes an options object or two numbers, epsilon and tolerance.',
    );
  });

  test('the folder of the artifacts is none of the check', () => {
    const options: GradientMatcherOptions = { artifacts: '/tmp/none', seed: 7 };
    expect(optionsOf(options)).toEqual(['model', { seed: 7 }]);
  });
});

describe('the matchers', () => {
  const vector = {
    parameters: [2, 3],
    outputs: ([x = 0, y = 0]) => [x * y],
    jacobian: ([x = 0, y = 0]) => [y, -x],
  };
  const curved = {
    parameters: [2, 3],
    gradients: ([x = 0, y = 0]) => [2 * x * y, x * x],
    hessian: ([x = 0, y = 0]) => [
      [2 * y, 2 * x],
      [2 * x, 1],
    ],
  };

  test.each<[matcher: GradientMatcher, model: unknown, lines: string[]]>([
    [
      matchers.toHaveCorrectJacobian,
      vector,
      ['expect(model).toHaveCorrectJacobian()', '', 'The Jacobian is wrong in 1 of 2 entries: parameters.'],
    ],
    [
      matchers.toHaveCorrectHessian,
      curved,
      ['expect(model).toHaveCorrectHessian()', '', 'The Hessian is wrong in 1 of 4 entries: parameters.'],
    ],
  ])('check what their names say, %#', (matcher, model, lines) => {
    const { pass, message } = matcher.call({}, model) as MatcherResult;
    expect(pass).toBe(false);
    expect(message().split('\n').slice(0, 3)).toEqual(lines);
  });

  test('need no `this`', () => {
    const { toHaveCorrectJacobian } = matchers;
    expect(toHaveCorrectJacobian(vector)).toMatchObject({ pass: false });
  });
});
