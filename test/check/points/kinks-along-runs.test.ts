/** Two layers of units that are all at their kinks in θ: what directions leave open there is told by points beside it, and not by more directions. */

import { describe, expect, test } from 'vitest';
import { checkGradients, type GradientCheckOptions } from '../../../src/index.js';
import type { GradientReport } from '../../../src/report.js';

const UNITS = 24;
/** What directions of four parameters take at θ and beside it, the noise of both, and the claims around θ. */
const WITHIN = 120;

interface Arrays {
  readonly a: Float64Array;
  readonly V: Float64Array;
  readonly b: Float64Array;
  readonly c: Float64Array;
}

const array = (count: number, of: (i: number) => number = () => 0): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => of(i));

/**
 * relu(V relu(a) + b) of a row of zeros and of one of ones, the sine of its product with c. The row of zeros has all units at their kinks; the weights of
 * the first unit beyond are positive, so that what goes in puts it on one side.
 */
function model(spoil: (claimed: Arrays, atTheta: boolean) => void = () => {}): object {
  const parameters: Arrays = {
    a: array(UNITS),
    V: array(UNITS ** 2, (k) => (k < UNITS ? 0.5 + (k % 3) / 4 : Math.sin(1.7 * k + 1))),
    b: array(UNITS),
    c: array(UNITS, (i) => Math.cos(2.3 * i) + 1.5),
  };
  const { a, V, b, c } = parameters;
  const layers = (input: number): { h: Float64Array; z: Float64Array } => {
    const h = array(UNITS, (k) => Math.max(0, input * (1 + (k % 5)) + a[k]!));
    return {
      h,
      z: array(UNITS, (i) => h.reduce((sum, own, k) => sum + V[i * UNITS + k]! * own, input + b[i]!)),
    };
  };
  const total = (): number =>
    [0, 1].reduce(
      (sum, input) => sum + layers(input).z.reduce((own, z, i) => own + c[i]! * Math.max(0, z), 0),
      0,
    );
  const loss = (): number => Math.sin(total() / 100);
  const gradients = (): Arrays => {
    const claimed: Arrays = { a: array(UNITS), V: array(UNITS ** 2), b: array(UNITS), c: array(UNITS) };
    const slope = Math.cos(total() / 100) / 100;
    for (const { h, z } of [0, 1].map(layers)) {
      for (const [i, own] of z.entries()) {
        if (!(own > 0)) continue;
        claimed.b[i]! += slope * c[i]!;
        claimed.c[i]! += slope * own;
        for (let k = 0; k < UNITS; k += 1) {
          claimed.V[i * UNITS + k]! += slope * c[i]! * h[k]!;
          if (h[k]! > 0) claimed.a[k]! += slope * c[i]! * V[i * UNITS + k]!;
        }
      }
    }
    spoil(
      claimed,
      b.every((own) => own === 0),
    );
    return claimed;
  };
  return { parameters, loss, gradients };
}

const checked = (options: GradientCheckOptions, spoil?: Parameters<typeof model>[0]): GradientReport =>
  checkGradients(model(spoil) as Parameters<typeof checkGradients>[0], {
    method: 'directional',
    ...options,
  }) as GradientReport;

describe('a right claim', () => {
  const right = checked({});

  test('is right by a point beside θ, with few losses, and the kinks are told', () => {
    expect(right.verdict).toBe('correct');
    expect(right.evaluations.loss).toBeLessThan(WITHIN);
    expect(right.findings.map(({ code, parameter }) => [code, parameter])).toEqual([
      ['kink', 'a'],
      ['kink', 'b'],
    ]);
  });

  test('is told by its entries where no other point is checked', () => {
    expect(checked({ points: 1 }).verdict).toBe('correct');
  });

  test('is left open where there is no time for these, by the kinks and not by noise', () => {
    const open = checked({ points: 1, maxEvaluations: WITHIN });
    expect(open.verdict).toBe('inconclusive');
    expect(open.findings.map(({ code }) => code)).toEqual(['kink', 'kink']);
  });
});

test('a claim that is wrong only where the units are at their kinks is wrong, and its entries are named', () => {
  const report = checked({}, ({ b }, atTheta) => {
    if (atTheta) b[3]! += 1;
  });
  expect(report).toMatchObject({ verdict: 'wrong', points: { wrongAt: 1 } });
  expect(report.offenders.map(({ parameter, index }) => [parameter, ...index])).toEqual([['b', 3]]);
});

test('one that is wrong everywhere is wrong', () => {
  const report = checked({}, ({ a }) => void (a[5]! += 1e-3));
  expect(report.verdict).toBe('wrong');
});
