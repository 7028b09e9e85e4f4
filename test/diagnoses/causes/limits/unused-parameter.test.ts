import { describe, expect, test } from 'vitest';
import { unusedParameter } from '../../../../src/diagnoses/causes/limits/unused-parameter.js';
import type { Evidence } from '../../../../src/check/measurement.js';
import type { Finding } from '../../../../src/report.js';
import { foundBy, HESSIAN, JACOBIAN, type Numbers } from '../../evidence.js';

const found = (all: readonly Numbers[], other: Partial<Evidence> = {}): readonly Finding[] =>
  foundBy(unusedParameter, all, other);

const alive: Numbers = { analytic: [1, 2], numeric: [1, 2] };
const dead: Numbers = { analytic: [0, 0], numeric: [0, 0], moved: false };
const claimed: Numbers = { analytic: [3, 4], numeric: [0, 0], moved: false };
const DEAD = 'A dead unit explains it; so does a loss that reads a copy of the parameter.';
const COPY =
  'The loss must read the very arrays that are handed over, on every call. It does not when the model keeps a copy, has compiled itself to a closure, or reads a buffer other than the one that was written.';

describe('where nothing moves the loss', () => {
  test('that is one finding', () => {
    expect(found([dead, claimed])).toEqual([
      {
        code: 'unused-parameter',
        evidence: { parameters: 2 },
        title:
          'The loss did not move with the parameters, as far as they were moved: by up to about their own size.',
        advice: COPY,
      },
    ]);
  });

  test('in a part it may be a dead unit', () => {
    expect(found([{ ...dead, due: [0, 1] }])).toMatchObject([
      {
        title:
          'The loss did not move with the parameters of this part, as far as they were moved: by up to about their own size.',
        advice: `A dead unit explains it where the part holds nothing else. ${COPY}`,
      },
    ]);
  });

  test('nor outputs', () => {
    expect(found([dead], JACOBIAN)).toMatchObject([
      {
        title: expect.stringContaining('The function did not move with'),
        advice: expect.stringContaining('The function must read the'),
      },
    ]);
  });
});

describe('a parameter that does not move it beside others that do', () => {
  test.each([
    ['is told', dead, 0],
    ['with what is claimed', claimed, 5],
  ])('%s', (_, numbers, analyticNorm) => {
    expect(found([alive, numbers])).toEqual([
      {
        code: 'unused-parameter',
        parameter: 'b',
        evidence: { analyticNorm },
        title: 'The loss does not move when b is perturbed, so nothing about it could be checked.',
        advice: DEAD,
      },
    ]);
  });

  test('several that a derivative is claimed for are one finding, before others', () => {
    expect(found([alive, dead, claimed, { ...claimed, analytic: [12, 0] }, dead])).toMatchObject([
      {
        evidence: { parameters: 2, analyticNorm: 13 },
        title: 'The loss does not move when c and d are perturbed, so nothing about them could be checked.',
      },
      { parameter: 'b', evidence: { analyticNorm: 0 } },
      { parameter: 'e', evidence: { analyticNorm: 0 } },
    ]);
    expect(found([alive, claimed, claimed])[0]).not.toHaveProperty('parameter');
    expect(found([alive, dead, claimed]).map(({ parameter }) => parameter)).toEqual(['b', 'c']);
  });

  test('many are counted', () => {
    expect(found([alive, ...Array.from({ length: 5 }, () => claimed)])[0]?.title).toContain(
      'when all 5 of them are',
    );
  });

  test('has its norm in the unit of the gradient', () => {
    const size = 2 ** 600;
    expect(found([alive, { ...claimed, analytic: [3 * size, 4 * size] }])[0]?.evidence).toEqual({
      analyticNorm: 5 * size,
    });
  });

  test('of a Hessian', () => {
    expect(found([alive, dead], HESSIAN)).toMatchObject([
      {
        title: expect.stringContaining('The function does not move when b is'),
        advice: 'A dead unit explains it; so does a function that reads a copy of the parameter.',
      },
    ]);
  });
});

test('parameters that move the loss are used', () => {
  expect(found([alive, alive])).toEqual([]);
});
