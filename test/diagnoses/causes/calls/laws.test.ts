/** Products that are not linear, Hessians that are not symmetric: laws that a claim breaks by itself. */

import { describe, expect, test } from 'vitest';
import { notLinear } from '../../../../src/diagnoses/causes/calls/not-linear.js';
import { notSymmetric } from '../../../../src/diagnoses/causes/calls/not-symmetric.js';
import { wordsOf } from '../../../../src/diagnoses/words.js';
import type {
  Claimant,
  Contradiction,
  Evidence,
  NotLinear,
  NotSymmetric,
} from '../../../../src/check/measurement.js';
import type { Finding } from '../../../../src/report.js';
import { evidenceOf } from '../../evidence.js';

function found(
  law: typeof notLinear,
  contradictions: readonly Contradiction[],
  { kind = 'jacobian', claim }: { readonly kind?: Evidence['kind']; readonly claim: Claimant },
): readonly Finding[] {
  const evidence = evidenceOf([{ analytic: [1], numeric: [1] }], { kind, claim, contradictions });
  return law(evidence, wordsOf(evidence));
}

const broken: NotLinear = {
  kind: 'not-linear',
  names: ['W'],
  zero: 0,
  residual: 0.3,
  size: 2,
  constant: false,
};
const uneven: NotSymmetric = {
  kind: 'not-symmetric',
  row: 'W[0]',
  column: 'b[1]',
  value: 1.5,
  mirrored: -2,
  pairs: 3,
  measured: false,
};

describe('a product that is not linear', () => {
  test('in a sum is told by how far it is off', () => {
    expect(found(notLinear, [broken], { claim: 'vjp' })).toEqual([
      {
        code: 'not-linear',
        parameter: 'W',
        evidence: { zero: 0, residual: 0.3, size: 2 },
        title:
          'vjp() is not linear in its cotangent: for the sum or a multiple of cotangents, what it gives for W is off by 0.3, in a size of 2.',
        advice:
          'The cotangent must enter as a factor, and once: look for its square, sign or magnitude, for clipping, and for a product in which some of its entries are left out.',
      },
    ]);
  });

  test('at zero is told by what it is there', () => {
    expect(found(notLinear, [{ ...broken, zero: 0.5 }], { claim: 'jvp' })).toEqual([
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
    [1.1, 'of zeros'],
  ])('zero is what is %d millionths of its size', (share, said) => {
    const zero = share * 2 ** -20 * broken.size;
    expect(found(notLinear, [{ ...broken, zero }], { claim: 'vjp' })[0]?.title).toContain(said);
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
    expect(found(notLinear, [{ ...broken, constant: true }], { claim })[0]).toMatchObject({
      title: `${claim}() ignores its ${vector}: what it gives for W is the same for every one.`,
      advice,
    });
  });

  test('of several names none, and counts them', () => {
    const [few] = found(notLinear, [{ ...broken, names: ['W', 'b'] }], { claim: 'vjp' });
    expect(few).not.toHaveProperty('parameter');
    expect(few?.title).toContain('what it gives for W and b is off');
    const names = ['a', 'b', 'c', 'd', 'e'];
    expect(found(notLinear, [{ ...broken, names }], { claim: 'vjp' })[0]?.title).toContain(
      'for all 5 of its parts is',
    );
  });

  test('is not one that is not symmetric', () => {
    expect(found(notLinear, [uneven], { claim: 'hvp' })).toEqual([]);
  });
});

describe('a Hessian that is not symmetric', () => {
  const hessian = { kind: 'hessian', claim: 'hessian' } as const;

  test('is told by the entry that is furthest off', () => {
    expect(found(notSymmetric, [uneven], hessian)).toEqual([
      {
        code: 'not-symmetric',
        evidence: { value: 1.5, mirrored: -2, pairs: 3 },
        title: 'What hessian() claims is not symmetric: W[0] by b[1] is 1.5, b[1] by W[0] is −2.',
        advice:
          'Mixed second derivatives are the same in both orders: look for a term that only one half of the matrix has, or that one half has twice.',
      },
    ]);
  });

  test('or by two vectors', () => {
    expect(found(notSymmetric, [{ ...uneven, pairs: 0 }], { kind: 'hessian', claim: 'hvp' })[0]?.title).toBe(
      'What hvp() claims is not symmetric: for two vectors v and w of random signs, v·hvp(w) is 1.5, and w·hvp(v) is −2.',
    );
  });

  test('and as claimed: then it is the gradients that are none', () => {
    expect(found(notSymmetric, [{ ...uneven, measured: true }], hessian)[0]).toMatchObject({
      title:
        'What gradients() gives is the gradient of no function: its derivatives, which are claimed rightly, are not symmetric; W[0] by b[1] is 1.5, b[1] by W[0] is −2.',
      advice:
        'Check gradients() against its loss first: of a true gradient the second derivatives are the same in both orders.',
    });
  });

  test('is not one that is not linear', () => {
    expect(found(notSymmetric, [broken], hessian)).toEqual([]);
  });
});
