/** The parameters as causes see them: in one unit, with the entries that were measured. */

import { describe, expect, test } from 'vitest';
import {
  analyticFor,
  showsPlaces,
  type WrongParameter,
  wrongEntriesOnly,
} from '../../src/diagnoses/wrong-parameter.js';
import { runEvidence, contextFor, type Numbers, wrongParameter } from './evidence.js';

const array = (...values: number[]): Float64Array => Float64Array.from(values);

describe('all of a parameter', () => {
  const whole: Numbers = {
    name: 'W',
    shape: [2, 2],
    analytic: [1, 2, 3, 4],
    numeric: [1, 5, 3, 6],
    values: [5, 6, 7, 8],
  };

  test('is as it was measured', () => {
    expect(wrongParameter(whole)).toEqual({
      place: 0,
      name: 'W',
      output: undefined,
      shape: [2, 2],
      hasRows: false,
      axes: undefined,
      count: 4,
      size: 4,
      due: { parameter: 0, from: 0, to: 4, count: 4 },
      isPart: false,
      isSample: false,
      heldEntries: undefined,
      fullAnalytic: array(1, 2, 3, 4),
      values: array(5, 6, 7, 8),
      wrongEntries: [1, 3],
      othersRight: true,
      sparse: false,
      wrongCount: 2,
      tolerance: 1e-7,
      analytic: array(1, 2, 3, 4),
      numeric: array(1, 5, 3, 6),
      uncertainty: array(0, 0, 0, 0),
    });
  });

  test('of a Jacobian has its axes and output', () => {
    const axes = { rows: { name: 'y', shape: [2], from: 0 } };
    expect(wrongParameter({ ...whole, hasRows: true, axes, output: 'y' })).toMatchObject({
      hasRows: true,
      axes,
      output: 'y',
    });
  });
});

test('of a part the arrays hold the entries that were to be checked', () => {
  const part = wrongParameter({
    analytic: [1, 2, 3, 4],
    numeric: [0, 5, 3, 0],
    uncertainty: [9, 1e-3, 2e-3, 9],
    values: [5, 6, 7, 8],
    due: [1, 3],
  });
  expect(part).toMatchObject({
    count: 2,
    size: 4,
    isPart: true,
    isSample: false,
    heldEntries: [1, 2],
    fullAnalytic: array(1, 2, 3, 4),
    analytic: array(2, 3),
    numeric: array(5, 3),
    uncertainty: array(1e-3, 2e-3),
    values: array(6, 7),
    wrongEntries: [1],
    wrongCount: 1,
  });
});

describe('where directions were taken', () => {
  const runs = runEvidence({ widespread: false, complete: true, unseen: 1e-5 });
  const measured: Numbers = { analytic: [1, 2, 3, 4], numeric: [1, 5, 3, Number.NaN] };

  test('few entries are wrong, and the others right or not looked at', () => {
    const few = { sparse: true, isSample: false, heldEntries: undefined, wrongCount: 1 };
    expect(wrongParameter({ ...measured, runs })).toMatchObject({ ...few, othersRight: true });
    expect(wrongParameter({ ...measured, runs: { ...runs, complete: false } })).toMatchObject({
      ...few,
      othersRight: false,
    });
  });

  test('or most are, as a sample of them tells', () => {
    const widespread = { ...runs, widespread: true, complete: false };
    expect(wrongParameter({ ...measured, runs: widespread })).toMatchObject({
      sparse: false,
      isSample: true,
      isPart: false,
      heldEntries: [0, 1, 2],
      count: 3,
      size: 4,
      analytic: array(1, 2, 3),
      wrongCount: 4,
    });
  });
});

describe('all gradients are in one unit', () => {
  test('which is one where their squares are ordinary numbers', () => {
    const { unit, evidence, parameters } = contextFor([{ analytic: [1e100], numeric: [2] }]);
    expect(unit).toBe(1);
    // And no copies are made of them.
    expect(parameters[0]!.analytic).toBe(evidence.parameters[0]!.analytic);
  });

  test.each([
    ['large', 2 ** 600],
    ['small', 2 ** -600],
  ])('of %s numbers', (_, size) => {
    const { unit, parameters } = contextFor([
      { analytic: [size, 0], numeric: [0, 0.5 * size], uncertainty: [0, size / 1024] },
      { analytic: [size / 4], numeric: [size / 8] },
    ]);
    expect(unit).toBe(size);
    expect(parameters[0]).toMatchObject({
      analytic: array(1, 0),
      numeric: array(0, 0.5),
      uncertainty: array(0, 1 / 1024),
      fullAnalytic: array(1, 0),
      // The parameter's own values are in their own.
      values: array(1, 2),
    });
    expect(parameters[1]).toMatchObject({ analytic: array(1 / 4), numeric: array(1 / 8) });
  });

  test('which is that of the largest of either gradient', () => {
    const [small, large] = [2 ** -500, 2 ** 500];
    expect(
      contextFor([
        { analytic: [small], numeric: [large] },
        { analytic: [1], numeric: [1] },
      ]).unit,
    ).toBe(large);
    expect(
      contextFor([
        { analytic: [1], numeric: [1] },
        { analytic: [large], numeric: [small] },
      ]).unit,
    ).toBe(large);
  });

  test('whatever is not finite among them', () => {
    expect(contextFor([{ analytic: [Infinity], numeric: [2 ** -600] }]).unit).toBe(2 ** -600);
    expect(contextFor([{ analytic: [Number.NaN], numeric: [2 ** -600] }]).unit).toBe(2 ** -600);
    const small = { analytic: [2 ** -600], numeric: [2 ** -600] };
    expect(contextFor([{ analytic: [Infinity], numeric: [0] }, small]).unit).toBe(2 ** -600);
  });
});

describe('wrong ones can be explained', () => {
  const wrong: Numbers = { analytic: [1, 2], numeric: [2, 1] };
  const namesOf = (...parameters: Numbers[]): string[] =>
    contextFor(parameters).wrong.map(({ name }) => name);

  test('that are alive and finite', () => {
    expect(
      namesOf(
        wrong,
        { ...wrong, moved: false },
        { analytic: [1, Infinity], numeric: [2, 1] },
        { analytic: [1, Number.NaN], numeric: [2, 1] },
        { analytic: [1, 2], numeric: [1, 2] },
        { ...wrong, verdict: 'inconclusive' },
        wrong,
      ),
    ).toEqual(['a', 'g']);
  });

  test('where the numbers can be compared', () => {
    expect(contextFor([wrong], { comparable: false })).toMatchObject({
      wrong: [],
      parameters: [{ name: 'a' }],
    });
  });
});

test('the gradient of another is taken at the entries that were measured', () => {
  const other = array(5, 6, 7, 8);
  expect(analyticFor(wrongParameter({ analytic: [1, 2, 3, 4], numeric: [1, 2, 3, 4] }), other)).toBe(other);
  expect(
    analyticFor(wrongParameter({ analytic: [1, 2, 3, 4], numeric: [1, 2, 3, 4], due: [1, 3] }), other),
  ).toEqual(array(6, 7));
});

test('the wrong entries alone make a parameter', () => {
  const numbers: Numbers = {
    shape: [2, 3],
    analytic: [1, 2, 3, 4, 5, 6],
    numeric: [1, 5, 3, 6, 5, 6],
    uncertainty: [1e-9, 2e-9, 3e-9, 4e-9, 0, 0],
  };
  const expected = {
    shape: [2],
    count: 2,
    analytic: array(2, 4),
    numeric: array(5, 6),
    uncertainty: array(2e-9, 4e-9),
    values: array(2, 4),
  };
  expect(wrongEntriesOnly(wrongParameter(numbers))).toMatchObject(expected);
  expect(wrongEntriesOnly(wrongParameter({ ...numbers, due: [1, 5] }))).toMatchObject(expected);
});

describe('where numbers belong is shown', () => {
  const shows = (other: Partial<Numbers>): boolean => {
    const parameter: WrongParameter = wrongParameter({
      analytic: [0, 0, 0, 0, 0, 0],
      numeric: [1, 2, 3, 4, 4, 0],
      ...other,
    });
    return showsPlaces(parameter);
  };

  test.each([
    ['by all of a parameter', {}, true],
    ['by a part with four different wrong numbers', { due: [0, 5] as const }, true],
    ['not by a part with three', { due: [1, 5] as const }, false],
    [
      'by a sample',
      {
        numeric: [1, 2, 2, 2, 2, Number.NaN],
        runs: runEvidence({ widespread: true, complete: false, unseen: 0 }),
      },
      true,
    ],
  ])('%s', (_, other, expected) => {
    expect(shows(other)).toBe(expected);
  });
});
