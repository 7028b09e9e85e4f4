/** A factor: which one is told, what it may come from, and where no factor is believed. */

import { checkGradients } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { factorOf, scaled, scaledBesidePenalty } from '../../../../src/diagnoses/causes/errors/scaled.js';
import { codes, contextFor, explanation, generic, HESSIAN, JACOBIAN, type Numbers } from '../../evidence.js';

const numeric = generic(5);
const times = (factor: number): Numbers => ({ analytic: numeric.map((n) => factor * n), numeric });
const CONSTANT =
  'Look for a constant factor that only one of loss() and gradients() has: a weight of a term, a keep rate, a temperature.';
const NEARLY_ONE =
  'So near to one it is no weight that was forgotten: look for a constant with too few digits, as 3.1416 for π, a small number that is added to a divisor in only one of loss() and gradients(), or a rounded rate.';

describe('a factor is told', () => {
  test.each([
    [3.7, '3.7', CONSTANT],
    [-0.3, '−0.3', `The sign is wrong besides. ${CONSTANT.replace(', a keep rate', '')}`],
    [1.00002, '1.00002', NEARLY_ONE],
    [0.995, '0.995', NEARLY_ONE],
    [0.985, '0.985', CONSTANT],
    [
      7,
      '7',
      'If 7 is the number of samples, or of outputs, loss() takes a mean, gradients() a sum; else look for a constant 7.',
    ],
    [
      1 / 7,
      '0.14286',
      'If 7 is the number of samples, or of outputs, loss() takes a sum, gradients() a mean; else look for a constant 1/7.',
    ],
    [
      -7,
      '−7',
      'The sign is wrong besides. If 7 is the number of samples, or of outputs, loss() takes a mean, gradients() a sum; else look for a constant 7.',
    ],
    [
      2,
      '2',
      'A factor of 2 is often the derivative of a square without the ½ that the loss has, or a gradient added twice.',
    ],
    [
      -0.5,
      '−0.5',
      'The sign is wrong besides. A factor of ½ is often the derivative of a square without its 2, or a ½ that the loss does not have.',
    ],
    // Whole numbers are told as such, as far as 1e-4 tells.
    [7 * (1 + 0.9e-4), '7', expect.any(String)],
    [2 * (1 - 0.9e-4), '2', expect.any(String)],
    [7 * (1 + 1.1e-4), '7.0008', CONSTANT],
    [1 / (7 * (1 + 0.9e-4)), '0.14286', expect.any(String)],
    [1 / (7 * (1 - 1.1e-4)), '0.14287', CONSTANT],
  ])('%d as %s', (factor, said, advice) => {
    const found = explanation(scaled, [times(factor)])!;
    expect(found.title).toBe(`The gradient of a is ${said} times what it should be.`);
    expect(found.evidence.factor / factor).toBeCloseTo(1, 12);
    expect(found.advice).toEqual(advice);
  });

  test.each([
    [
      5,
      '5 is the length of inputs: perhaps loss() takes a mean, gradients() a sum over it. Else look for a constant 5.',
    ],
    [
      1 / 5,
      '5 is the length of inputs: perhaps loss() takes a sum, gradients() a mean over it. Else look for a constant 1/5.',
    ],
    [
      -5,
      'The sign is wrong besides. 5 is the length of inputs: perhaps loss() takes a mean, gradients() a sum over it. Else look for a constant 5.',
    ],
    [
      2,
      '2 is the length of labels: perhaps loss() takes a mean, gradients() a sum over it. A factor of 2 is often the derivative of a square without the ½ that the loss has, or a gradient added twice.',
    ],
  ])('%d beside an array of that length', (factor, advice) => {
    const sizes = [
      { name: 'labels', size: 2 },
      { name: 'inputs', size: 5 },
      { name: 'others', size: 5 },
    ];
    expect(explanation(scaled, [times(factor)], { sizes })?.advice).toBe(advice);
  });

  test('of a Jacobian, and of a Hessian, by the names of its functions', () => {
    const block = { ...times(2), output: 'y', hasRows: true };
    expect(explanation(scaled, [block], JACOBIAN)).toMatchObject({
      title: 'The Jacobian of y by a is 2 times what it should be.',
      advice:
        'A factor of 2 is often the derivative of a square without the ½ that the function has, or a gradient added twice.',
    });
    expect(explanation(scaled, [times(3.7)], HESSIAN)?.advice).toBe(
      CONSTANT.replace('loss()', 'gradients()').replace('gradients() has', 'hvp() has'),
    );
    expect(explanation(scaled, [times(0.5)], HESSIAN)?.advice).toBe(
      'A factor of ½ is often the derivative of a square without its 2, or a ½ that the function does not have.',
    );
    expect(explanation(scaled, [times(3)], JACOBIAN)?.advice).toBe(
      'If 3 is the number of samples, or of outputs, outputs() takes a mean, vjp() a sum; else look for a constant 3.',
    );
  });

  test('of several parameters, where it is one', () => {
    expect(explanation(scaled, [times(3.7), times(3.7)])?.title).toBe(
      'The gradient of a and b is 3.7 times what it should be.',
    );
    expect(explanation(scaled, [times(3.7), times(3.8)])).toBeUndefined();
  });
});

describe('no factor is told', () => {
  test.each([
    ['where one entry has another', { ...times(3.7), numeric: numeric.with(2, 1) }],
    ['where all is zero', { analytic: [0, 0], numeric: [1, 2] }],
    ['where the loss shows no slope', { analytic: [3, 6], numeric: [1, 2], uncertainty: [2, 2] }],
  ])('%s', (_, numbers) => {
    expect(explanation(scaled, [numbers])).toBeUndefined();
  });
});

test('no factor is told of many entries where one is off by more than it may be, if not by more than all of them', () => {
  const ones = Array.from({ length: 64 }, () => 1);
  const isTold = (off: number): boolean => {
    const analytic = ones.map((n) => 2 * n).with(5, 2 + 2 * off);
    return explanation(scaled, [{ analytic, numeric: ones, tolerance: 0.004 }]) !== undefined;
  };
  // 0.004 of 1 + 1 and a 2^-10th of the error may be left of an entry, and eight times as much of all.
  expect([0.008, 0.02].map(isTold)).toEqual([true, false]);
});

describe('of a single entry', () => {
  const single = (factor: number): Numbers => ({ analytic: [1.7 * factor], numeric: [1.7] });

  test.each([
    2,
    -3,
    1 / 2,
    3 / 4,
    4 / 3,
    0.7,
    0.85,
    1 / 0.85,
    17,
    256,
    400,
    1 / 400,
    20 / 17,
    1 / 20,
    1.5,
    2.5,
    19 / 20,
  ])('a simple fraction is believed: %d', (factor) => {
    expect(explanation(scaled, [single(factor)])?.evidence.factor).toBeCloseTo(factor, 12);
  });

  test.each([3.7123, 7 / 9, 7 / 6, 7 / 8, 6 / 7, 3 / 7, 401, 1 / 401, Math.PI, 21 / 20])(
    'what nobody writes is not: %d',
    (factor) => {
      expect(explanation(scaled, [single(factor)])).toBeUndefined();
    },
  );

  test('within 2^-11 of p/q over pq', () => {
    const isFound = (factor: number): boolean => explanation(scaled, [single(factor)]) !== undefined;
    const closeness = 2 ** -11;
    expect([0.9, 1.1, -0.9, -1.1].map((share) => isFound(3 * (1 + (share * closeness) / 3)))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    // One is no factor.
    expect(explanation(scaled, [{ analytic: [1 + closeness / 2], numeric: [1] }])).toBeUndefined();
    expect([0.9, 1.1].map((share) => isFound((3 / 4) * (1 + (share * closeness) / 12)))).toEqual([
      true,
      false,
    ]);
  });

  test('so of several with no more in common than one number', () => {
    // The second is too uncertain to tell one factor from another.
    const vague = { analytic: [2, 1e-6], numeric: [1, 1e-6], uncertainty: [0, 1e-5] };
    expect(explanation(scaled, [vague])?.evidence.factor).toBeCloseTo(2, 6);
    expect(explanation(scaled, [{ ...vague, analytic: [3.7123, 1e-6] }])).toBeUndefined();
    // One of several entries that was measured.
    const measured = (factor: number): Numbers => ({
      analytic: numeric.map((n) => factor * n),
      numeric: numeric.map((n, i) => (i === 1 ? n : Number.NaN)),
    });
    expect(factorOf(contextFor([measured(0.5)]).parameters)).toBeCloseTo(0.5, 12);
    expect(factorOf(contextFor([measured(3.7123)]).parameters)).toBeUndefined();
  });
});

describe('a factor beside a penalty', () => {
  const values = [0.5, -1.2, 2, -0.7, 1.1];
  const besides = (factor: number): Numbers => ({
    analytic: numeric.map((n, i) => factor * n + (1 - factor) * 0.03 * values[i]!),
    numeric,
    values,
  });

  test('is told, with the penalty', () => {
    const found = explanation(scaledBesidePenalty, [besides(3)])!;
    expect(found).toMatchObject({
      evidence: { power: 2 },
      title:
        'The gradient of a, besides the term 0.03·θ of a penalty, which is right, is 3 times what it should be.',
      advice:
        'If 3 is the number of samples, or of outputs, loss() takes a mean, gradients() a sum; else look for a constant 3.',
    });
    expect(found.evidence.factor).toBeCloseTo(3, 9);
    expect(found.evidence.lambda).toBeCloseTo(0.03, 9);
  });

  test('in the unit of the gradient', () => {
    const size = 2 ** 600;
    const { analytic } = besides(3);
    const large = { analytic: analytic.map((g) => g * size), numeric: numeric.map((n) => n * size), values };
    expect(explanation(scaledBesidePenalty, [large])!.evidence.lambda! / size).toBeCloseTo(0.03, 9);
  });

  test('not where there is no penalty', () => {
    expect(explanation(scaledBesidePenalty, [{ ...times(3), values }])).toBeUndefined();
  });
});

test('no claim is called a multiple of a gradient that is zero but for rounding', () => {
  // What is added to all logits alike does not change a softmax.
  const z = [0.3, -1.2, 0.8];
  const shift = [0.5, -0.4, 0.2, 0.9];
  const logits = (): number[] => z.map((logit) => logit + shift.reduce((sum, s) => sum + Math.exp(s), 0));
  const probabilities = (): number[] => {
    const powers = logits().map(Math.exp);
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / sum);
  };
  const { verdict, findings } = checkGradients({
    parameters: { z, shift },
    loss: () => -Math.log(probabilities()[0]!),
    gradients: () => ({
      z: probabilities().map((p, i) => p - (i === 0 ? 1 : 0)),
      shift: [0.3, -0.2, 0.1, 0.4],
    }),
  });
  expect(verdict).toBe('wrong');
  expect(findings.map(({ code, parameter, title }) => [code, parameter, title])).toEqual([
    [
      'unexplained',
      'shift',
      'The gradient of shift is claimed to be 0.54772 in size, but the loss shows no slope there.',
    ],
  ]);
});

describe('a claim that is much larger', () => {
  const small = generic(4, 3);
  test('is no multiple by a number large enough', () => {
    // Of an error a thousand times as large the numeric gradient is a thousandth, and any direction would do.
    const large = { analytic: generic(4, 5).map((x) => 1e5 * x), numeric: small };
    expect(explanation(scaled, [large])).toBeUndefined();
    expect(explanation(scaledBesidePenalty, [large])).toBeUndefined();
  });

  test('is one by no factor where the true one is hardly known', () => {
    const noisy = (uncertainty: number): Numbers => ({
      analytic: [41, -82.3],
      numeric: [1.02, -1.97],
      uncertainty: [uncertainty, uncertainty],
    });
    expect(explanation(scaled, [noisy(0.2)])).toBeUndefined();
  });

  test('is one where it has the direction', () => {
    const large = { analytic: small.map((x) => 1e5 * x), numeric: small };
    expect(explanation(scaled, [large])?.evidence.factor).toBeCloseTo(1e5, 6);
  });
});

test('of a single number twice or half is believed as far as it is certain', () => {
  const one = (factor: number, uncertainty: number): Numbers => ({
    analytic: [factor],
    numeric: [1],
    uncertainty: [uncertainty],
  });
  expect(explanation(scaled, [one(2.003, 2e-3)])?.evidence.factor).toBe(2);
  expect(explanation(scaled, [one(-0.4993, 2e-3)])?.evidence.factor).toBe(-0.5);
  expect(explanation(scaled, [one(2.003, 1e-6)])).toBeUndefined();
  // exp 0.694 is 2.0017: it may be the derivative by a power.
  expect(explanation(scaled, [{ ...one(2.003, 2e-3), values: [-0.694] }])).toBeUndefined();
  expect(explanation(scaled, [one(2.05, 0.1)])).toBeUndefined();
  // Beside others that are wrong in another way it may be chance.
  expect(codes([one(2.003, 2e-3), { analytic: generic(4), numeric: generic(4, 9) }])).toEqual([
    ['unexplained', 'b'],
  ]);
});
