/** Losses and gradients that are not the same twice at one point. */

import { describe, expect, test } from 'vitest';
import { nondeterministicGradients } from '../../../../src/diagnoses/causes/calls/nondeterministic-gradients.js';
import { nondeterministicLoss } from '../../../../src/diagnoses/causes/calls/nondeterministic-loss.js';
import { wordsOf } from '../../../../src/diagnoses/words.js';
import type { Evidence, Preconditions } from '../../../../src/check/measurement.js';
import type { Finding } from '../../../../src/report.js';
import { evidenceOf, HESSIAN, JACOBIAN } from '../../evidence.js';

type Diagnosis = typeof nondeterministicLoss;

function found(
  diagnosis: Diagnosis,
  preconditions: Partial<Preconditions>,
  other: Partial<Evidence> = {},
): readonly Finding[] {
  const usual = evidenceOf([{ analytic: [1], numeric: [1] }], other);
  const evidence = { ...usual, preconditions: { ...usual.preconditions, ...preconditions } };
  return diagnosis(evidence, wordsOf(evidence));
}

describe('a loss', () => {
  const losses = (...values: number[]): Preconditions['losses'] => [{ by: 'loss', values }];
  const lossFinding = (values: Preconditions['losses'], other: Partial<Evidence> = {}): readonly Finding[] =>
    found(nondeterministicLoss, { losses: values }, other);

  test('that differs is told by its first two values', () => {
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
  ])('that %s is not', (_, values) => {
    expect(lossFinding(values)).toEqual([]);
  });

  test.each([
    ['becomes no number', losses(1, Number.NaN), '1 and then NaN'],
    ['becomes one', losses(Number.NaN, 1), 'NaN and then 1'],
  ])('that %s is', (_, values, said) => {
    expect(lossFinding(values)[0]?.title).toContain(said);
  });

  test('of several functions those are told that differ', () => {
    const titles = lossFinding([
      { by: 'loss', values: [1, 1] },
      { by: 'losses', values: [1, 2] },
    ]).map(({ title }) => title);
    expect(titles).toEqual(['losses() is not deterministic: it gave 1 and then 2 with the same parameters.']);
  });

  test('of other parameters may be another', () => {
    const change = { by: 'loss', parameters: [{ name: 'a', entries: 1 }] } as const;
    expect(found(nondeterministicLoss, { losses: losses(1, 2), change })).toEqual([]);
  });

  test.each([
    ['outputs()', JACOBIAN],
    ['gradients()', HESSIAN],
  ])('or %s, of which a sum was taken', (call, other) => {
    expect(lossFinding(losses(1, 2), other)[0]?.title).toBe(
      `${call} is not deterministic: a sum of its values with random signs was 1 and then 2 with the same parameters.`,
    );
  });
});

describe('gradients', () => {
  const claims = (...calls: number[][][]): Partial<Preconditions> => ({
    claims: calls.map((call) => call.map((array) => Float64Array.from(array))),
    names: ['a', 'b'],
  });

  test('that differ are told by the entry that does most', () => {
    expect(found(nondeterministicGradients, claims([[1, 2, 3], [4]], [[1, 2.5, 4], [4]]))).toEqual([
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
    expect(found(nondeterministicGradients, claims(...calls))[0]?.evidence).toEqual(evidence);
  });

  test('of several parameters name the first', () => {
    const [finding] = found(nondeterministicGradients, claims([[1], [4]], [[2], [5]]));
    expect(finding).not.toHaveProperty('parameter');
    expect(finding?.title).toContain('an entry of a was 1, then 2');
  });

  test('that are the same are none', () => {
    expect(found(nondeterministicGradients, claims([[1, Number.NaN]], [[1, Number.NaN]]))).toEqual([]);
  });

  test('of a layer have its names', () => {
    expect(found(nondeterministicGradients, claims([[1]], [[2]]), JACOBIAN)[0]).toMatchObject({
      title: expect.stringContaining('Two calls of vjp() at'),
      advice: expect.stringContaining('in the mode of the function, seed'),
    });
  });
});
