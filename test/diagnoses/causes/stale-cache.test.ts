/** Gradients that were written down as numbers don't change with the parameters either, and are no stale cache for that. */

import { checkGradients } from 'expect-gradients';
import { expect, test } from 'vitest';

const W = [0.4, -0.9, 1.3, 0.7];
const loss = (p: { W: number[] }): number => p.W.reduce((sum, w) => sum + w ** 4 + Math.exp(w), 0);
const right = W.map((w) => 4 * w ** 3 + Math.exp(w));

const leading = (written: readonly number[]): string | undefined =>
  checkGradients({ parameters: { W: [...W] }, loss, gradients: () => ({ W: [...written] }) }).findings[0]
    ?.code;

test.each([
  ['right', right, undefined],
  ['doubled', right.map((g) => 2 * g), 'scaled'],
  ['with the other sign', right.map((g) => -g), 'sign-flipped'],
  ['with one entry off', right.with(1, 5), 'isolated-entries'],
  ['for another point', W.map((w) => 4 * (w + 0.3) ** 3 + Math.exp(w + 0.3)), 'stale-cache'],
] as const)('numbers that are %s', (_, written, code) => {
  expect(leading(written)).toBe(code);
});
