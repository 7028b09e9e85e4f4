import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../src/diagnoses/words.js';

const W = { name: 'W' };
const block = { name: 'W', output: 'y' };
const many = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name }));

describe('a loss and its gradients', () => {
  const words = wordsOf({ kind: 'gradients', claim: 'gradients' });

  test('are called so', () => {
    expect(words).toMatchObject({
      differentiated: 'loss()',
      claimant: 'gradients()',
      loss: 'loss',
      gave: 'it gave',
    });
  });

  test('are one gradient or several, of parameters', () => {
    expect(words.gradientOf([W])).toBe('gradient of W');
    expect(words.gradientsOf([W, { name: 'b' }])).toBe('gradients of W and b');
    expect(words.gradientOf(many)).toBe('gradient of all 5 wrong parameters');
    expect(words.gradientOf([{ ...W, isPart: true }])).toBe('gradient of the checked part of W');
  });

  test('come of the functions as they are', () => {
    expect((['loss', 'losses', 'gradients'] as const).map((by) => words.callOf(by))).toEqual([
      'loss()',
      'losses()',
      'gradients()',
    ]);
  });
});

describe.each([
  ['jacobian', 'vjp', 'Jacobian', 'outputs()'],
  ['jacobian', 'jvp', 'Jacobian', 'outputs()'],
  ['hessian', 'hvp', 'Hessian', 'gradients()'],
  ['hessian', 'hessian', 'Hessian', 'gradients()'],
] as const)('a %s by %s', (kind, claim, noun, differentiated) => {
  const words = wordsOf({ kind, claim });

  test('is that of a function, whose values are summed where one number is told', () => {
    expect(words).toMatchObject({
      differentiated,
      claimant: `${claim}()`,
      loss: 'function',
      gave: 'a sum of its values with random signs was',
    });
  });

  test('is by parameters, or of one of several outputs by them', () => {
    expect(words.gradientOf([W])).toBe(`${noun} by W`);
    expect(words.gradientOf([block])).toBe(`${noun} of y by W`);
    expect(words.gradientsOf([block, { ...block, output: 'z' }])).toBe(`${noun}s of y by W and z by W`);
    expect(words.gradientOf(many)).toBe(`${noun} by all 5 wrong parameters`);
    expect(words.gradientOf(many.map((one) => ({ ...one, output: 'y' })))).toBe(
      `${noun} of all 5 wrong blocks`,
    );
    expect(words.gradientOf([{ ...block, isPart: true }])).toBe(`${noun} of the checked part of y by W`);
  });

  test('comes of the functions by their own names', () => {
    expect((['loss', 'losses', 'gradients'] as const).map((by) => words.callOf(by))).toEqual([
      differentiated,
      'losses()',
      `${claim}()`,
    ]);
  });
});
