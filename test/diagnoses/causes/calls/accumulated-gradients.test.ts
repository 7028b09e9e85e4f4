import { describe, expect, test } from 'vitest';
import { accumulatedGradients } from '../../../../src/diagnoses/causes/calls/accumulated-gradients.js';
import type { Evidence } from '../../../../src/check/measurement.js';
import type { Finding } from '../../../../src/report.js';
import { foundBy, HESSIAN, preconditionsOf } from '../../evidence.js';

type Calls = readonly (readonly number[])[];

/** What is found where each of some parameters was claimed so by three calls. */
function found(parameters: readonly Calls[], other: Partial<Evidence> = {}): readonly Finding[] {
  const claims = parameters[0]!.map((_, call) => parameters.map((calls) => Float64Array.from(calls[call]!)));
  const names = ['a', 'b', 'c'].slice(0, parameters.length);
  return foundBy(accumulatedGradients, [], { ...preconditionsOf({ claims, names }), ...other });
}

const adding: Calls = [
  [3, 4],
  [6, 8],
  [9, 12],
];
const same: Calls = [[1], [1], [1]];

describe('gradients that are added to what was there', () => {
  test('of the only parameter', () => {
    expect(found([adding])).toEqual([
      {
        code: 'accumulated-gradients',
        parameter: 'a',
        evidence: { calls: 3, ratio: 2 },
        title:
          'Each call of gradients() adds to the gradient of a: a second call at the same point gave 2 times the first.',
        advice:
          'Zero the gradient buffers at the beginning of gradients(), before the backward pass adds to them.',
      },
    ]);
  });

  test.each([
    ['of one of two', [same, adding], 'b', 'gradient of b'],
    ['of two of three', [adding, same, adding], undefined, 'gradient of a, c'],
    ['of all', [adding, adding], undefined, 'gradients'],
  ])('%s', (_, parameters, parameter, noun) => {
    const [finding] = found(parameters);
    expect(finding?.parameter).toBe(parameter);
    expect(finding?.title).toContain(`adds to the ${noun}: a second call`);
  });

  test('by a Hessian', () => {
    expect(found([adding], HESSIAN)[0]).toMatchObject({
      title:
        'Each call of hvp() adds to the Hessian by a: a second call at the same point gave 2 times the first.',
      advice: 'Zero the gradient buffers at the beginning of hvp(), before the backward pass adds to them.',
    });
  });

  test('by how much is told of all that change together', () => {
    const [finding] = found([adding, [[0], [12], [24]], same]);
    expect(finding).toMatchObject({ evidence: { ratio: expect.closeTo(Math.hypot(6, 8, 12) / 5, 12) } });
    expect(finding?.title).toContain('gave 3.12 times the first');
  });

  test('at any magnitude', () => {
    const large = adding.map((call) => call.map((g) => g * 1e200));
    expect(found([large])[0]?.evidence).toMatchObject({ ratio: expect.closeTo(2, 12) });
  });
});

describe('gradients that are not', () => {
  test.each([
    ['two calls are the same', [[[1], [1]]]],
    ['one of those that change does not add', [adding, [[1], [2], [4]]]],
    ['the third is the second', [[[1], [2], [2]]]],
  ] as [string, Calls[]][])('where %s', (_, parameters) => {
    expect(found(parameters)).toEqual([]);
  });

  test.each([
    [0.9e-3, 1],
    [1.1e-3, 0],
  ])('the same is added to 1e-3: %d', (off, count) => {
    expect(found([[[1], [2], [3 - off]]])).toHaveLength(count);
  });
});

describe('what is kept between calls', () => {
  const growing = (...factors: number[]): Calls => factors.map((factor) => [factor * 3, factor * -0.7]);

  test.each([
    ['in nodes between', growing(1, 3, 6), 'each call adds 1.5 times what the one before it added'],
    ['in two nodes between', growing(1, 4, 10), 'each call adds 2 times'],
    ['as a share', growing(1, 1.9, 2.71), 'Each call keeps 0.9 of what the call before it gave'],
  ])('%s', (_, calls, text) => {
    expect(found([calls])[0]?.advice).toContain(text);
  });

  test('is not told of other numbers, nor of one', () => {
    expect(found([growing(1, 3, 5.8)])).toEqual([]);
    expect(found([growing(1, 0.4, 1.3)])).toEqual([]);
    expect(found([[[1], [3], [6]]])).toEqual([]);
  });
});
