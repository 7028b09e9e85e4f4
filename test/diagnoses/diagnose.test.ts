/** In which order causes are believed, and what silences what. */

import { describe, expect, test } from 'vitest';
import type { Contradiction, Evidence, Preconditions } from '../../src/check/measurement.js';
import {
  kinksIn,
  codes as codesAndNames,
  generic,
  HESSIAN,
  JACOBIAN,
  type Numbers,
  preconditionsOf,
} from './evidence.js';

const right: Numbers = { analytic: [1, 2], numeric: [1, 2] };
const doubled: Numbers = { analytic: [2, 4.4], numeric: [1, 2.2] };
const wrong: Numbers = { analytic: generic(4), numeric: generic(4, 2) };

const codes = (all: readonly Numbers[], other: Partial<Evidence> = {}): string[] =>
  codesAndNames(all, other).map(([code]) => code);
const calls = (...each: number[][]): Preconditions['claims'] => each.map((call) => [Float64Array.from(call)]);

const random: Preconditions['losses'] = [{ by: 'loss', values: [1, 2] }];
const change: Preconditions['change'] = { by: 'loss', parameters: [{ name: 'a', entries: 1 }], lost: [] };

describe('what makes the numbers meaningless', () => {
  test.each([
    ['a change of the parameters', { change }, ['mutated-parameters']],
    ['a random loss', { losses: random }, ['nondeterministic-loss']],
    ['a change, of which the loss is another', { change, losses: random }, ['mutated-parameters']],
    // For the same reason.
    [
      'a random loss, of random gradients',
      { losses: random, claims: calls([1], [2]) },
      ['nondeterministic-loss'],
    ],
    ['gradients that add', { claims: calls([1], [2], [3]) }, ['accumulated-gradients']],
    ['gradients of a stale cache', { claims: calls([1], [2], [2]) }, ['stale-cache']],
    ['random gradients', { claims: calls([1], [2], [5]) }, ['nondeterministic-gradients']],
  ])('%s', (_, some, expected) => {
    expect(codes([right], { ...preconditionsOf(some), comparable: false, verdict: 'inconclusive' })).toEqual(
      expected,
    );
  });

  test('comes first', () => {
    expect(codes([doubled], preconditionsOf({ losses: random }))).toEqual([
      'nondeterministic-loss',
      'scaled',
    ]);
    expect(codes([doubled], preconditionsOf({ claims: calls([1], [2], [5]) }))).toEqual([
      'nondeterministic-gradients',
      'scaled',
    ]);
  });
});

describe('a law that is broken', () => {
  const notLinear: Contradiction = {
    kind: 'not-linear',
    names: ['a'],
    zero: 0,
    residual: 1,
    size: 2,
    constant: false,
  };
  const uneven = { row: 'a[0]', column: 'a[1]', value: 1, mirrored: 2, pairs: 1, measured: false };
  const notSymmetric: Contradiction = { kind: 'not-symmetric', ...uneven };
  const broken = (...contradictions: Contradiction[]): Partial<Evidence> => ({
    ...HESSIAN,
    contradictions,
    verdict: 'wrong',
  });

  test('makes it no matrix, of whose entries nothing is said', () => {
    expect(codes([doubled], broken(notLinear))).toEqual(['not-linear']);
    expect(codes([doubled], broken(notSymmetric, notLinear))).toEqual(['not-linear']);
  });

  test('is told before what explains the entries', () => {
    expect(codes([doubled], broken(notSymmetric))).toEqual(['not-symmetric', 'scaled']);
  });

  test('explains what nothing else does', () => {
    expect(codes([wrong], broken(notSymmetric))).toEqual(['not-symmetric']);
    expect(codes([wrong], HESSIAN)).toEqual(['unexplained']);
  });

  test('is none of what can not be compared', () => {
    expect(codes([doubled], { ...broken(notLinear), comparable: false })).toEqual([]);
  });

  test('comes after what makes the numbers meaningless', () => {
    const other = { ...broken(notSymmetric), ...preconditionsOf({ claims: calls([1], [2], [5]) }) };
    expect(codes([doubled], other)).toEqual(['nondeterministic-gradients', 'not-symmetric', 'scaled']);
  });
});

describe('what keeps parameters from being compared', () => {
  const dead: Numbers = { ...right, moved: false };

  test('comes before causes where it is about a wrong one, else after', () => {
    expect(codesAndNames([doubled, { ...dead, verdict: 'wrong', analytic: [3, 4] }])).toEqual([
      ['unused-parameter', 'b'],
      ['scaled', 'a'],
    ]);
    expect(codesAndNames([doubled, dead])).toEqual([
      ['scaled', 'a'],
      ['unused-parameter', 'b'],
    ]);
  });

  test('and where it is about the whole', () => {
    const losses = [{ by: 'loss' as const, values: [Number.NaN, Number.NaN] }];
    expect(codes([doubled], preconditionsOf({ losses }))).toEqual(['non-finite-loss', 'scaled']);
  });

  test('in the order of loss, gradient and liveness', () => {
    const losses = [{ by: 'loss' as const, values: [Number.NaN, Number.NaN] }];
    const broken: Numbers = { analytic: [Number.NaN, 1], numeric: [1, 1], verdict: 'wrong' };
    expect(codes([broken, { ...right, moved: false }], preconditionsOf({ losses }))).toEqual([
      'non-finite-loss',
      'non-finite-gradient',
      'unused-parameter',
    ]);
  });
});

describe('what else there is to know comes last', () => {
  test.each([
    ['a kink', [{ ...doubled, kinks: kinksIn(1) }], {}, ['scaled', 'kink']],
    [
      'a step',
      [{ ...right, kinks: kinksIn(1), verdict: 'inconclusive' }],
      { epsilon: 1e-3, verdict: 'inconclusive' },
      ['poor-epsilon', 'kink'],
    ],
    [
      'noise',
      [{ ...right, kinks: kinksIn(1), verdict: 'inconclusive' }],
      { verdict: 'inconclusive' },
      ['noisy-loss', 'kink'],
    ],
    [
      'a stationary point, but for its kink',
      [{ analytic: [0, 0], numeric: [0, 0], kinks: kinksIn(1) }],
      {},
      ['kink'],
    ],
  ] as [string, Numbers[], Partial<Evidence>, string[]][])('%s', (_, all, other, expected) => {
    expect(codes(all, other)).toEqual(expected);
  });
});

describe('of what may be several causes the first is believed', () => {
  const zero: Numbers = { analytic: [0, 0, 0, 0], numeric: generic(4) };
  const square = [1, 3, 2, 4];
  const penalised = (be: (n: number, k: number) => number): Numbers => {
    const values = [0.5, -1.2, 2, -0.7];
    const numeric = generic(4);
    return {
      numeric,
      values,
      analytic: numeric.map((n, k) => be(n - 0.3 * values[k]!, k) + 0.3 * values[k]!),
    };
  };
  const frozen = { followUp: { frozen: [true], sharers: [[]] } };

  test.each([
    ['zero, not a multiple', zero, {}, 'zero-gradient'],
    ['the other sign, not a factor', { analytic: [-1, 2.2], numeric: [1, -2.2] }, {}, 'sign-flipped'],
    ['a factor, not an order', { analytic: [2, 1], numeric: [1, 0.5] }, {}, 'scaled'],
    [
      'a transpose, not two entries exchanged',
      { shape: [2, 2], analytic: [1, 2, 3, 4], numeric: square },
      {},
      'transposed',
    ],
    ['an order, not an offset', { analytic: [2, 3, 4, 1], numeric: [1, 2, 3, 4] }, {}, 'permuted'],
    [
      'a penalty, not an offset',
      { analytic: [1.1, 2.1, 3.2], numeric: [1, 2, 3], values: [1, 1, 2] },
      {},
      'missing-regularization',
    ],
    ['an offset, not entries', { analytic: [1.5, 2.5, 3.5], numeric: [1, 2, 3] }, {}, 'offset'],
    ['a multiple, computed once', { analytic: [2, 4.4], numeric: [1, 2.2] }, frozen, 'scaled'],
    ['what was computed once, not all but a penalty', { ...penalised(() => 0) }, frozen, 'stale-cache'],
    ['nothing but a penalty', penalised(() => 0), {}, 'zero-gradient'],
    ['a sign beside a penalty, not a factor', penalised((n) => -n), {}, 'sign-flipped'],
    ['a factor beside a penalty', penalised((n) => 3 * n), {}, 'scaled'],
    ['one entry', { analytic: [1, 2, 9, 4], numeric: [1, 2, 3, 4] }, {}, 'isolated-entries'],
    [
      'entries, not a cache of some',
      { analytic: [1, 2, 9, 4], numeric: [1, 2, 3, 4] },
      frozen,
      'isolated-entries',
    ],
    ['nothing', wrong, {}, 'unexplained'],
  ] as [string, Numbers, Partial<Evidence>, string][])('%s', (_, numbers, other, code) => {
    expect(codes([numbers], other)).toEqual([code]);
  });

  test('a transpose beside a penalty, not an order', () => {
    const [numeric, values] = [generic(9), generic(9, 5)];
    const rest = numeric.map((n, i) => n - 0.3 * values[i]!);
    const put = (order: (i: number) => number): Numbers => ({
      shape: [3, 3],
      numeric,
      values,
      analytic: values.map((value, i) => rest[order(i)]! + 0.3 * value),
    });
    expect(codes([put((i) => (i % 3) * 3 + Math.floor(i / 3))])).toEqual(['transposed']);
    expect(codes([put((i) => (i + 3) % 9)])).toEqual(['permuted']);
  });

  test('another parameter’s gradient, not nothing', () => {
    const other: Numbers = { analytic: generic(4, 2), numeric: generic(4, 2) };
    expect(codes([other, { ...wrong, analytic: other.analytic, numeric: generic(4) }])).toEqual([
      'aliased-parameters',
    ]);
  });

  test('a cache behind some, where nothing explains them', () => {
    const other = { followUp: { frozen: [false, true, true], sharers: [[], [], []] } };
    expect(
      codes(
        [wrong, wrong, wrong].map((one, k) => ({ ...one, analytic: generic(4, 4 + k) })),
        other,
      ),
    ).toEqual(['stale-cache']);
  });
});

test('where the verdict is not wrong nothing is explained', () => {
  expect(codes([doubled], { verdict: 'inconclusive' })).toEqual(['noisy-loss']);
});

test('findings are in the words of what was checked', () => {
  expect(codesAndNames([doubled], JACOBIAN)).toEqual([['scaled', 'a']]);
});
