import { describe, expect, test } from 'vitest';
import { notSymmetric } from '../../../../src/diagnoses/causes/calls/not-symmetric.js';
import type { Claimant, NotLinear, NotSymmetric } from '../../../../src/check/measurement.js';
import type { Finding } from '../../../../src/report.js';
import { foundBy } from '../../evidence.js';

const found = (
  contradictions: readonly (NotLinear | NotSymmetric)[],
  claim: Claimant = 'hessian',
): readonly Finding[] => foundBy(notSymmetric, [], { kind: 'hessian', claim, contradictions });

const uneven: NotSymmetric = {
  kind: 'not-symmetric',
  row: 'W[0]',
  column: 'b[1]',
  value: 1.5,
  mirrored: -2,
  pairs: 3,
  measured: false,
};

describe('a Hessian that is not symmetric', () => {
  test('is told by the entry that is furthest off', () => {
    expect(found([uneven])).toEqual([
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
    expect(found([{ ...uneven, pairs: 0 }], 'hvp')[0]?.title).toBe(
      'What hvp() claims is not symmetric: for two random vectors v and w, v·hvp(w) is 1.5, and w·hvp(v) is −2.',
    );
  });

  test('and as claimed: then it is the gradients that are none', () => {
    expect(found([{ ...uneven, measured: true }])[0]).toMatchObject({
      title:
        'What gradients() gives is the gradient of no function: its derivatives, which are claimed rightly, are not symmetric; W[0] by b[1] is 1.5, b[1] by W[0] is −2.',
      advice:
        'Check gradients() against its loss first: of a true gradient the second derivatives are the same in both orders.',
    });
  });

  test('is not one that is not linear', () => {
    const broken: NotLinear = {
      kind: 'not-linear',
      names: ['W'],
      zero: 0,
      residual: 1,
      size: 2,
      constant: false,
    };
    expect(found([broken])).toEqual([]);
  });
});
