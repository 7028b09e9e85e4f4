/** Mistakes of every size, in one entry and in many. */

import { claiming, each, type Flat, right, tabulate, wrong } from './table.js';

const { exp } = Math;
const off = { control: false };
const many = (count: number): Flat =>
  each(
    Float64Array.from({ length: count }, (_, i) => Math.cos(i) + i / count),
    exp,
    exp,
  );
const few = (): Flat => each([0.3, -1.1, 0.8, 1.7], exp, exp);
/** Another claim for the whole gradient. */
const rewriting = (model: Flat, change: (right: number[]) => number[]): Flat => ({
  ...model,
  gradients(parameters) {
    const { x } = model.gradients(parameters) as { x: number[] };
    return { x: change(x) };
  },
});

tabulate('one entry', [
  wrong(
    'among a thousand missing',
    claiming(many(1000), 617, () => 0),
    ['x', 617],
  ),
  wrong(
    'among a thousand off by 1e-6',
    claiming(many(1000), 998, (g) => g * (1 + 1e-6)),
    ['x', 998],
  ),
  wrong(
    'first',
    claiming(many(300), 0, (g) => 1.01 * g),
    ['x', 0],
  ),
  wrong(
    'last',
    claiming(many(300), 299, (g) => 1.01 * g),
    ['x', 299],
  ),
  wrong(
    'twice',
    claiming(few(), 1, (g) => 2 * g),
    ['x', 1],
  ),
  wrong(
    'half',
    claiming(few(), 2, (g) => g / 2),
    ['x', 2],
  ),
  wrong(
    'sign',
    claiming(few(), 3, (g) => -g),
    ['x', 3],
  ),
  wrong(
    'off by 1e-6',
    claiming(few(), 3, (g) => g * (1 + 1e-6)),
    ['x', 3],
  ),
  right(
    'off by 1e-9',
    claiming(few(), 3, (g) => g * (1 + 1e-9)),
    off,
  ),
  wrong(
    'huge',
    claiming(few(), 0, () => 1e300),
    ['x', 0],
  ),
  wrong(
    'NaN',
    claiming(few(), 0, () => Number.NaN),
    ['x', 0],
    { code: 'non-finite-gradient' },
  ),
  wrong(
    '∞',
    claiming(few(), 2, () => Infinity),
    ['x', 2],
    { code: 'non-finite-gradient' },
  ),
]);

tabulate('several entries', [
  wrong(
    'equal and opposite errors',
    rewriting(few(), ([a, b, c, d]) => [a! + 0.1, b! - 0.1, c!, d!]),
    ['x'],
  ),
  // Swapped values 1.35 and 0.33 leave ±1.02, the same for both.
  wrong(
    'two swapped',
    rewriting(few(), ([a, b, c, d]) => [b!, a!, c!, d!]),
    ['x'],
  ),
  wrong(
    'shifted by one',
    rewriting(few(), (x) => [...x.slice(1), x[0]!]),
    ['x', 3],
  ),
  wrong(
    'reversed',
    rewriting(few(), (x) => x.toReversed()),
    ['x'],
  ),
  wrong(
    'all twice',
    rewriting(many(200), (x) => x.map((g) => 2 * g)),
    ['x'],
  ),
  wrong(
    'all off by 1e-6',
    rewriting(many(200), (x) => x.map((g) => g * (1 + 1e-6))),
    ['x'],
  ),
  wrong(
    'all zero',
    rewriting(many(200), (x) => x.map(() => 0)),
    ['x'],
  ),
  wrong(
    'all of the loss’s value',
    rewriting(few(), (x) => x.map(() => 1)),
    ['x', 3],
  ),
  wrong(
    'averaged',
    rewriting(few(), (x) => x.map((g) => g / x.length)),
    ['x', 3],
  ),
  wrong(
    'clipped at 2',
    rewriting(few(), (x) => x.map((g) => Math.min(g, 2))),
    ['x', 3],
  ),
  wrong(
    'normalised to 1',
    rewriting(few(), (x) => x.map((g) => g / Math.hypot(...x))),
    ['x', 3],
  ),
  wrong(
    'every second missing',
    rewriting(many(50), (x) => x.map((g, i) => (i % 2 === 0 ? g : 0))),
    ['x'],
  ),
]);
