/** Gradients of other parameters than these: by calls that differ, or by one that is the same elsewhere. */

import { checkGradients } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { memoised, staleCache, staleCalls } from '../../../../src/diagnoses/causes/calls/stale-cache.js';
import type { Evidence } from '../../../../src/check/measurement.js';
import {
  runEvidence,
  codes,
  explanation,
  generic,
  HESSIAN,
  type Numbers,
  foundBy,
  preconditionsOf,
} from '../../evidence.js';

describe('numbers that were written down don’t change with the parameters, and are no stale cache for that', () => {
  const W = [0.4, -0.9, 1.3, 0.7];
  const loss = (p: { W: number[] }): number => p.W.reduce((sum, w) => sum + w ** 4 + Math.exp(w), 0);
  const right = W.map((w) => 4 * w ** 3 + Math.exp(w));

  const leading = (written: readonly number[]): string | undefined =>
    checkGradients({ parameters: { W: [...W] }, loss, gradients: () => ({ W: [...written] }) }).findings[0]
      ?.code;

  test.each([
    ['right', right, 'stale-elsewhere'],
    ['doubled', right.map((g) => 2 * g), 'scaled'],
    ['with the other sign', right.map((g) => -g), 'sign-flipped'],
    ['with one entry off', right.with(1, 5), 'isolated-entries'],
    ['for another point', W.map((w) => 4 * (w + 0.3) ** 3 + Math.exp(w + 0.3)), 'stale-cache'],
  ] as const)('numbers that are %s', (_, written, code) => {
    expect(leading(written)).toBe(code);
  });
});

test('nor is a wrong constant where the loss is a straight line', () => {
  const p = { W: [0.4, -0.9, 1.3, 0.7] };
  const slopes = [1.5, -0.7, 2.2, 0.9];
  const { findings } = checkGradients({
    parameters: p,
    loss: ({ W }) => W.reduce((sum, w, i) => sum + slopes[i]! * w, 0),
    gradients: () => ({ W: [0.3, 1.1, -0.8, 2.4] }),
  });
  expect(findings.map(({ code }) => code)).toEqual(['unexplained']);
});

test('nor one beside others that change, where the loss is straight along it', () => {
  const p = { W: [0.4, -0.9], b: [0.3, 0.6] };
  const { findings } = checkGradients({
    parameters: p,
    loss: ({ W, b }) => Math.exp(W[0]!) + W[1]! ** 4 + 1.5 * b[0]! - 0.7 * b[1]!,
    gradients: ({ W }) => ({ W: [Math.exp(W[0]!) + 1, 4 * W[1]! ** 3 + 0.3], b: [0.3, 2.4] }),
  });
  expect(findings.map(({ code }) => code)).toEqual(['unexplained']);
});

describe('the first call differs from the others', () => {
  const found = (calls: readonly (readonly number[][])[], other: Partial<Evidence> = {}): unknown => {
    const claims = calls.map((call) => call.map((array) => Float64Array.from(array)));
    return foundBy(staleCalls, [], { ...preconditionsOf({ claims, names: ['a', 'b'] }), ...other });
  };
  const [first, second, third] = [
    [[1, 2], [5]],
    [[1, 3], [5]],
    [[1, 4], [5]],
  ];

  test('and is told', () => {
    expect(found([first, second, second])).toEqual([
      {
        code: 'stale-cache',
        parameter: 'a',
        evidence: { parameters: 1, first: 2, second: 3 },
        title:
          'The first call of gradients() differs from the second and third at the same point: it worked on what was cached before the parameters were what they are.',
        advice:
          'Compute or refresh what the backward pass reads inside gradients(), or in every loss(), before it is read.',
      },
    ]);
  });

  test('of several parameters names none', () => {
    expect(found([first, [[1, 3], [6]], [[1, 3], [6]]])).toEqual([
      expect.objectContaining({ evidence: { parameters: 2, first: 2, second: 3 } }),
    ]);
    expect(found([first, [[1, 3], [6]], [[1, 3], [6]]])).not.toHaveProperty('0.parameter');
  });

  test('of a Hessian by its names', () => {
    expect(found([first, second, second], HESSIAN)).toMatchObject([
      {
        title: expect.stringContaining('The first call of hvp() differs'),
        advice:
          'Compute or refresh what the backward pass reads inside hvp(), or in every gradients(), before it is read.',
      },
    ]);
  });

  test('not where the third differs again', () => {
    expect(found([first, second, third])).toEqual([]);
  });

  test('nor where there are only two', () => {
    expect(found([first, second])).toEqual([]);
  });
});

/** Wrong in no simple way. */
const wrong = (seed = 1): Numbers => ({ analytic: generic(4, seed), numeric: generic(4, seed + 7) });
const right: Numbers = { analytic: generic(4, 3), numeric: generic(4, 3) };
const followUp = (...frozen: boolean[]): Partial<Evidence> => ({
  followUp: { frozen, sharers: frozen.map(() => []) },
});
const ADVICE =
  'gradients() may work on what was computed once, for other parameters: refresh its cache on every call, or drop it. Or it moves in steps, as a sign or a count does.';

describe('no gradient of the model depends on the parameters', () => {
  test('and all are wrong', () => {
    expect(explanation(memoised, [wrong(), wrong(2)], followUp(true, true))).toEqual({
      evidence: { parameters: 2, frozen: 2 },
      title:
        'The gradient of a and b is wrong, and is the same to the bit at other parameters, where the true one differs.',
      advice: ADVICE,
    });
  });

  test.each([
    ['half of the entries are wrong', [wrong(), right], [true, true], true],
    [
      'fewer are',
      [wrong(), { ...right, analytic: [...right.analytic, 1], numeric: [...right.numeric, 1] }],
      [true, true],
      false,
    ],
    ['one changes', [wrong(), right], [true, false], false],
  ])('where %s', (_, all, frozen, isFound) => {
    expect(explanation(memoised, all, followUp(...frozen)) !== undefined).toBe(isFound);
  });

  test('of a part, by what was checked', () => {
    const part: Numbers = { analytic: generic(8), numeric: generic(8, 2), due: [0, 4] };
    expect(explanation(memoised, [part], followUp(true))?.evidence).toEqual({ parameters: 1, frozen: 1 });
  });

  test('of a sample, by what it says of all', () => {
    const numeric = generic(8, 2).map((n, i) => (i < 2 ? n : Number.NaN));
    const runs = runEvidence({ widespread: true, complete: false, unseen: 0 });
    expect(
      explanation(memoised, [{ analytic: generic(8), numeric, runs }], followUp(true))?.evidence,
    ).toEqual({
      parameters: 1,
      frozen: 1,
    });
  });

  test('is about all that is wrong', () => {
    // One by itself, of two.
    expect(codes([wrong(), wrong(2)], followUp(true, true))).toEqual([['stale-cache', undefined]]);
    const doubled: Numbers = { analytic: right.analytic.map((g) => 2 * g), numeric: right.numeric };
    expect(codes([doubled, wrong()], followUp(false, true))).toEqual([
      ['scaled', 'a'],
      ['unexplained', 'b'],
    ]);
  });
});

describe('the gradients from the output on do not depend on the parameters', () => {
  test('those before them are wrong with them', () => {
    expect(explanation(staleCache, [wrong(), wrong(2), wrong(4)], followUp(false, true, true))).toEqual({
      evidence: { parameters: 3, frozen: 2 },
      title:
        'The gradient of b and c is wrong, and is the same to the bit at other parameters, where the true one differs. That of a, before them, is wrong too.',
      advice: ADVICE,
    });
    expect(
      explanation(staleCache, [wrong(), wrong(2), wrong(4), wrong(5)], followUp(true, false, true, true))
        ?.title,
    ).toContain('That of a and b, before them');
  });

  test.each([
    ['one of several', [wrong(), wrong(2)], [false, true], undefined],
    ['one that is not nearest to the output', [wrong(), wrong(2)], [true, false], undefined],
    ['the only one', [wrong()], [true], { parameters: 1, frozen: 1 }],
    ['both', [wrong(), wrong(2)], [true, true], { parameters: 2, frozen: 2 }],
    ['none', [wrong()], [false], undefined],
    [
      'the wrong ones, beside a right one that changes',
      [right, wrong(), wrong(2)],
      [false, true, true],
      { parameters: 2, frozen: 2 },
    ],
  ])('%s', (_, all, frozen, evidence) => {
    expect(explanation(staleCache, all, followUp(...frozen))?.evidence).toEqual(evidence);
  });

  test('the title of one, and of a Hessian', () => {
    expect(explanation(staleCache, [wrong()], { ...followUp(true), ...HESSIAN })).toMatchObject({
      title:
        'The Hessian by a is wrong, and is the same to the bit at other parameters, where the true one differs.',
      advice: expect.stringContaining('hvp() may work'),
    });
  });
});

test('rounder numbers than the true ones are steps, as of signs, and no cache', () => {
  const steps: Numbers = { analytic: [3.5, -1, 0.25, 2], numeric: generic(4, 2) };
  expect(explanation(memoised, [steps], followUp(true))).toBeUndefined();
  expect(explanation(staleCache, [steps], followUp(true))).toBeUndefined();
  // Of round parameters and data the true ones are as round.
  const round: Numbers = { analytic: [28, 1], numeric: [20.5, -13] };
  expect(explanation(memoised, [round], followUp(true))).toBeDefined();
});
