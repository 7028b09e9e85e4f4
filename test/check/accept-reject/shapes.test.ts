/** Parameters of every shape, and losses that can't be compared. */

import type { Model } from 'expect-gradients';
import { right, tabulate, unsure, wrong } from './table.js';

const { exp } = Math;

/** Σ exp over some tree of parameters, the gradient made by `claim`. */
const tree = <P>(
  parameters: P,
  numbers: (p: P) => number[],
  gradients: (p: P) => object | number,
): Model => ({
  parameters,
  loss: (p) => numbers(p as P).reduce((sum, v) => sum + exp(v), 0),
  gradients: (p) => gradients(p as P),
});

class Layer {
  readonly W = [
    [0.1, -0.4],
    [0.9, 0.2],
  ];
  readonly b = 0.5;
}

tabulate('shapes of parameters', [
  right(
    'a root number',
    tree(
      0.7,
      (v) => [v],
      (v) => exp(v),
    ),
  ),
  wrong(
    'a root number, twice',
    tree(
      0.7,
      (v) => [v],
      (v) => 2 * exp(v),
    ),
    ['parameters'],
  ),
  right(
    'whole numbers',
    tree(
      [1, 2, -3],
      (v) => v,
      (v) => v.map(exp),
    ),
  ),
  wrong(
    'whole numbers, sign',
    tree(
      [1, 2, -3],
      (v) => v,
      (v) => v.map((e, i) => (i === 1 ? -exp(e) : exp(e))),
    ),
    ['parameters', 1],
  ),
  right(
    'zero and minus zero',
    tree(
      [0, -0, 1],
      (v) => v,
      (v) => v.map(exp),
    ),
  ),
  right(
    'a Map',
    tree(
      new Map([
        ['w', [1, 2]],
        ['b', [0.5]],
      ]),
      (m) => [...m.values()].flat(),
      (m) => new Map([...m].map(([k, v]) => [k, v.map(exp)])),
    ),
  ),
  wrong(
    'a Map, one of its arrays zero',
    tree(
      new Map([
        ['w', [1, 2]],
        ['b', [0.5]],
      ]),
      (m) => [...m.values()].flat(),
      (m) => new Map([...m].map(([k, v]) => [k, v.map((e) => (k === 'b' ? 0 : exp(e)))])),
    ),
    ['b', 0],
  ),
  right(
    'nested arrays',
    tree(
      {
        W: [
          [
            [1, 2],
            [3, 4],
          ],
          [
            [0.1, 0.2],
            [0.3, 0.4],
          ],
        ],
      },
      ({ W }) => W.flat(2),
      ({ W }) => ({ W: W.map((a) => a.map((b) => b.map(exp))) }),
    ),
  ),
  wrong(
    'nested arrays, one deep down',
    tree(
      {
        W: [
          [
            [1, 2],
            [3, 4],
          ],
          [
            [0.1, 0.2],
            [0.3, 0.4],
          ],
        ],
      },
      ({ W }) => W.flat(2),
      ({ W }) => ({
        W: W.map((a, i) => a.map((b, j) => b.map((v, k) => exp(v) * (i + j + k === 3 ? 1.01 : 1)))),
      }),
    ),
    ['W', 1, 1, 1],
  ),
  right(
    'a class',
    tree(
      new Layer(),
      ({ W, b }) => [...W.flat(), b],
      ({ W, b }) => ({ W: W.map((row) => row.map(exp)), b: exp(b) }),
    ),
  ),
  wrong(
    'a class, transposed',
    tree(
      new Layer(),
      ({ W, b }) => [...W.flat(), b],
      ({ W, b }) => ({ W: W.map((row, i) => row.map((_, j) => exp(W[j]![i]!))), b: exp(b) }),
    ),
    ['W'],
  ),
  right(
    'dW for W',
    tree(
      { W1: [1, 2], b1: 0.3 },
      ({ W1, b1 }) => [...W1, b1],
      ({ W1, b1 }) => ({ dW1: W1.map(exp), db1: exp(b1) }),
    ),
  ),
  wrong(
    'layers in a list, the second swapped with the first',
    tree(
      { layers: [{ b: [0.1] }, { b: [0.9] }] },
      ({ layers }) => layers.flatMap(({ b }) => b),
      ({ layers }) => ({ layers: layers.toReversed().map(({ b }) => ({ b: b.map(exp) })) }),
    ),
    ['layers[1].b', 0],
  ),
  right(
    'a parameter that is not used, beside live ones',
    tree(
      { W: [1, 2], spare: [3] },
      ({ W }) => W,
      ({ W }) => ({ W: W.map(exp), spare: [0] }),
    ),
  ),
  wrong(
    'a slope for a parameter that is not used',
    tree(
      { W: [1, 2], spare: [3] },
      ({ W }) => W,
      ({ W }) => ({ W: W.map(exp), spare: [1e-3] }),
    ),
    ['spare', 0],
  ),
  unsure(
    'a copy that the loss reads',
    tree(
      { W: [1, 2] },
      () => [1, 2],
      ({ W }) => ({ W: W.map(exp) }),
    ),
    'unused-parameter',
  ),
  unsure(
    'a loss of NaN',
    tree(
      [-1],
      (v) => v.map(Math.log),
      () => [0],
    ),
    'non-finite-loss',
  ),
  unsure(
    'a loss of ∞',
    tree(
      [1e3],
      (v) => v,
      () => [Infinity],
    ),
    'non-finite-loss',
  ),
]);
