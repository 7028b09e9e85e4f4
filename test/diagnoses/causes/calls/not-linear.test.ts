import { describe, expect, test } from 'vitest';
import { notLinear } from '../../../../src/diagnoses/causes/calls/not-linear.js';
import type { Claimant, NotLinear, NotSymmetric } from '../../../../src/check/measurement.js';
import type { Finding } from '../../../../src/report.js';
import { foundBy } from '../../evidence.js';

const found = (contradictions: readonly (NotLinear | NotSymmetric)[], claim: Claimant): readonly Finding[] =>
  foundBy(notLinear, [], { kind: 'jacobian', claim, contradictions });

const broken: NotLinear = {
  kind: 'not-linear',
  names: ['W'],
  zero: 0,
  residual: 0.3,
  size: 2,
  constant: false,
};

describe('a product that is not linear', () => {
  test('in a sum is told by how far it is off', () => {
    expect(found([broken], 'vjp')).toEqual([
      {
        code: 'not-linear',
        parameter: 'W',
        evidence: { zero: 0, residual: 0.3, size: 2 },
        title:
          'vjp() is not linear in its cotangent: for the sum or a multiple of cotangents, what it gives for W is off by 0.15 of its size.',
        advice:
          'The cotangent must enter as a factor, and once: look for its square, sign or magnitude, for clipping, and for a product in which some of its entries are left out.',
      },
    ]);
  });

  test('at zero is told by what it is there', () => {
    expect(found([{ ...broken, zero: 0.5 }], 'jvp')).toEqual([
      {
        code: 'not-linear',
        output: 'W',
        evidence: { zero: 0.5, residual: 0.3, size: 2 },
        title:
          'jvp() is not linear in its tangent: for a tangent of zeros, what it gives for W is not zero but 0.5 in size.',
        advice:
          'Something is added that the tangent is no factor of: a penalty, or what a buffer held before. Or the tangent is added where it should multiply, or is left out on one of several paths.',
      },
    ]);
  });

  test.each([
    [0.9, 'for the sum'],
    [1, 'for the sum'],
    [1.1, 'of zeros'],
  ])('zero is what is %d millionths of its size', (share, said) => {
    const zero = share * 2 ** -20 * broken.size;
    expect(found([{ ...broken, zero }], 'vjp')[0]?.title).toContain(said);
  });

  test.each([
    [
      'vjp',
      'cotangent',
      'Multiply the local derivative by the gradient that comes from above, which is taken to be one here.',
    ],
    [
      'jvp',
      'tangent',
      'Multiply the derivative by the tangent that is handed over, which is taken to be one here.',
    ],
    [
      'hvp',
      'vector',
      'Multiply the derivative by the vector that is handed over, which is taken to be one here.',
    ],
  ] as const)('but constant: %s', (claim, vector, advice) => {
    expect(found([{ ...broken, constant: true }], claim)[0]).toMatchObject({
      title: `${claim}() ignores its ${vector}: what it gives for W is the same for every one.`,
      advice,
    });
  });

  test('of several names none, and counts them', () => {
    const [few] = found([{ ...broken, names: ['W', 'b'] }], 'vjp');
    expect(few).not.toHaveProperty('parameter');
    expect(few?.title).toContain('what it gives for W and b is off');
    const names = ['a', 'b', 'c', 'd', 'e'];
    expect(found([{ ...broken, names }], 'vjp')[0]?.title).toContain('for all 5 of its parts is');
  });

  test('is not one that is not symmetric', () => {
    const uneven: NotSymmetric = {
      kind: 'not-symmetric',
      row: 'W[0]',
      column: 'b[1]',
      value: 1,
      mirrored: 2,
      pairs: 3,
      measured: false,
    };
    expect(found([uneven], 'hvp')).toEqual([]);
  });
});
