import { checkGradients } from 'expect-gradients';
import { expect, test } from 'vitest';

test('no claim is called a multiple of a gradient that is zero but for rounding', () => {
  // What is added to all logits alike does not change a softmax.
  const z = [0.3, -1.2, 0.8];
  const shift = [0.5, -0.4, 0.2, 0.9];
  const logits = (): number[] => z.map((logit) => logit + shift.reduce((sum, s) => sum + Math.exp(s), 0));
  const probabilities = (): number[] => {
    const powers = logits().map(Math.exp);
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / sum);
  };
  const { verdict, findings } = checkGradients({
    parameters: { z, shift },
    loss: () => -Math.log(probabilities()[0]!),
    gradients: () => ({
      z: probabilities().map((p, i) => p - (i === 0 ? 1 : 0)),
      shift: [0.3, -0.2, 0.1, 0.4],
    }),
  });
  expect(verdict).toBe('wrong');
  expect(findings.map(({ code, parameter, title }) => [code, parameter, title])).toEqual([
    [
      'unexplained',
      'shift',
      'The gradient of shift is claimed to be 0.54772 in size, but the loss shows no slope there.',
    ],
  ]);
});
