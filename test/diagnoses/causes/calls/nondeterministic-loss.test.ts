import { expect, test } from 'vitest';
import { nondeterministicLoss } from '../../../../src/diagnoses/causes/calls/nondeterministic-loss.js';
import type { Evidence, Preconditions } from '../../../../src/check/measurement.js';
import type { Finding } from '../../../../src/report.js';
import { foundBy, HESSIAN, JACOBIAN, preconditionsOf } from '../../evidence.js';

const losses = (...values: number[]): Preconditions['losses'] => [{ by: 'loss', values }];
const lossFinding = (values: Preconditions['losses'], other: Partial<Evidence> = {}): readonly Finding[] =>
  foundBy(nondeterministicLoss, [], { ...preconditionsOf({ losses: values }), ...other });

test('a loss that differs is told by its first two values', () => {
  expect(lossFinding(losses(1, 1, 1.5, 7))).toEqual([
    {
      code: 'nondeterministic-loss',
      evidence: { first: 1, second: 1.5, change: 0.5 },
      title: 'loss() is not deterministic: it gave 1 and then 1.5 with the same parameters.',
      advice:
        'Turn off dropout, fix the batch and seed the random numbers, and keep running statistics from being updated while the gradients are checked.',
    },
  ]);
});

test.each([
  ['is the same', losses(1, 1)],
  ['is never a number', losses(Number.NaN, Number.NaN)],
])('a loss that %s is not', (_, values) => {
  expect(lossFinding(values)).toEqual([]);
});

test.each([
  ['becomes no number', losses(1, Number.NaN), '1 and then NaN'],
  ['becomes one', losses(Number.NaN, 1), 'NaN and then 1'],
])('a loss that %s is', (_, values, said) => {
  expect(lossFinding(values)[0]?.title).toContain(said);
});

test('of several functions those are told that differ', () => {
  const titles = lossFinding([
    { by: 'loss', values: [1, 1] },
    { by: 'losses', values: [1, 2] },
  ]).map(({ title }) => title);
  expect(titles).toEqual(['losses() is not deterministic: it gave 1 and then 2 with the same parameters.']);
});

test('a loss of other parameters may be another', () => {
  const change = { by: 'loss', parameters: [{ name: 'a', entries: 1 }], lost: [] } as const;
  const both = preconditionsOf({ losses: losses(1, 2), change });
  expect(foundBy(nondeterministicLoss, [], both)).toEqual([]);
});

test.each([
  ['outputs()', JACOBIAN],
  ['gradients()', HESSIAN],
])('%s, of which a sum was taken, too', (call, other) => {
  expect(lossFinding(losses(1, 2), other)[0]?.title).toBe(
    `${call} is not deterministic: a sum of its values with random signs was 1 and then 2 with the same parameters.`,
  );
});
