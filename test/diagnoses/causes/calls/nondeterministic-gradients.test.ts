import { expect, test } from 'vitest';
import { nondeterministicGradients } from '../../../../src/diagnoses/causes/calls/nondeterministic-gradients.js';
import type { Evidence } from '../../../../src/check/measurement.js';
import type { Finding } from '../../../../src/report.js';
import { foundBy, JACOBIAN, preconditionsOf } from '../../evidence.js';

/** What is found where calls gave these gradients of `a` and `b`. */
function found(calls: readonly (readonly number[][])[], other: Partial<Evidence> = {}): readonly Finding[] {
  const claims = calls.map((call) => call.map((array) => Float64Array.from(array)));
  return foundBy(nondeterministicGradients, [], {
    ...preconditionsOf({ claims, names: ['a', 'b'] }),
    ...other,
  });
}

test('gradients that differ are told by the entry that does most', () => {
  expect(
    found([
      [[1, 2, 3], [4]],
      [[1, 2.5, 4], [4]],
    ]),
  ).toEqual([
    {
      code: 'nondeterministic-gradients',
      parameter: 'a',
      evidence: { entries: 2, first: 3, second: 4 },
      title: 'Two calls of gradients() at the same parameters differ: an entry of a was 3, then 4.',
      advice:
        'Make the backward pass deterministic: leave dropout off and the model in the mode of the loss, seed random numbers, and let no call leave anything behind.',
    },
  ]);
});

test.each([
  ['the largest is before others', [[[1, 5, 2]], [[1, 1, 3]]], { entries: 2, first: 5, second: 1 }],
  [
    'an entry becomes no number',
    [[[1, 5, 2]], [[1, 1, Number.NaN]]],
    { entries: 2, first: 2, second: Number.NaN },
  ],
  ['another never was one', [[[Number.NaN, 5]], [[Number.NaN, 6]]], { entries: 1, first: 5, second: 6 }],
])('where %s', (_, calls, evidence) => {
  expect(found(calls)[0]?.evidence).toEqual(evidence);
});

test('of several parameters gradients name the first', () => {
  const [finding] = found([
    [[1], [4]],
    [[2], [5]],
  ]);
  expect(finding).not.toHaveProperty('parameter');
  expect(finding?.title).toContain('an entry of a was 1, then 2');
});

test('gradients that are the same are none', () => {
  expect(found([[[1, Number.NaN]], [[1, Number.NaN]]])).toEqual([]);
});

test('gradients of a layer have its names', () => {
  expect(found([[[1]], [[2]]], JACOBIAN)[0]).toMatchObject({
    title: expect.stringContaining('Two calls of vjp() at'),
    advice: expect.stringContaining('in the mode of the function, seed'),
  });
});
