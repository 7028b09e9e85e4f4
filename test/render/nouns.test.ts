/** What a report is about, in words. */

import { describe, expect, test } from 'vitest';
import { claimsOf, labelOf, labelsOf, nounOf, series, valueOf } from '../../src/render/nouns.js';
import { parameter } from './reports.js';

test.each([
  ['gradients', { one: 'gradient', all: 'gradients', are: 'are' }, 'the loss'],
  ['jacobian', { one: 'Jacobian', all: 'Jacobian', are: 'is' }, 'outputs()'],
  ['hessian', { one: 'Hessian', all: 'Hessian', are: 'is' }, 'gradients()'],
] as const)('%s have a noun, and the function that is differentiated', (kind, noun, value) => {
  expect(nounOf({ kind })).toEqual(noun);
  expect(valueOf({ kind })).toBe(value);
});

test('a series has commas, and an and', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(series)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});

test('who claims what is shown is named once', () => {
  expect(claimsOf([{}, {}])).toBe('gradients()');
  expect(claimsOf([{ derivative: 'vjp' }, { derivative: 'jvp' }, { derivative: 'vjp' }])).toBe(
    'vjp() and jvp()',
  );
});

describe('the label of a line of the table', () => {
  test('is the name of the parameter', () => {
    const W = parameter('W');
    expect(labelOf(W, { parameters: [W, parameter('b')] })).toBe('W');
  });

  test('has the array of the outputs where there are several', () => {
    const parameters = [parameter('W', { output: 'y' }), parameter('W', { output: 'z' })];
    expect(labelsOf({ parameters }, () => true)).toEqual(['y by W', 'z by W']);
    expect(labelOf(parameters[0]!, { parameters: parameters.slice(0, 1) })).toBe('W');
  });

  test('has the function that claims it where there are several', () => {
    const parameters = [parameter('W', { derivative: 'vjp' }), parameter('W', { derivative: 'jvp' })];
    expect(labelsOf({ parameters }, ({ derivative }) => derivative === 'jvp')).toEqual(['W (jvp)']);
  });

  test('has both', () => {
    const parameters = [
      parameter('W', { output: 'y', derivative: 'vjp' }),
      parameter('W', { output: 'z', derivative: 'jvp' }),
    ];
    expect(labelsOf({ parameters }, () => true)).toEqual(['y by W (vjp)', 'z by W (jvp)']);
  });
});
