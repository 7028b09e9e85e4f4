import type { Model } from 'expect-gradients';
import { load, numbers, type Subject } from './subject.js';

/** Layouts of points in the plane, whose coordinates are the parameters. */

interface Descent {
  readonly x: number[][];
  readonly g: number[][];
  computeStress(): number;
  computeDerivatives(x: number[][]): void;
}

/** webcola 3.4.0: coordinates by axis and node, and a gradient buffer that the next call uses again. */
function webcola(): Model {
  const { Descent: DescentOf } = load('webcola') as {
    Descent: new (x: number[][], distances: number[][]) => Descent;
  };
  const nodes = 6;
  const distances = Array.from({ length: nodes }, (_, i) =>
    Array.from({ length: nodes }, (__, j) => (i === j ? 0 : 1 + (i + j) / 4)),
  );
  const descent = new DescentOf([numbers(nodes), numbers(nodes, nodes)], distances);
  return {
    parameters: descent.x,
    loss: () => descent.computeStress(),
    gradients: () => {
      descent.computeDerivatives(descent.x);
      return descent.g;
    },
  };
}

/** The method that its training calls. */
const GRADIENT = '_grad';

interface Embedding {
  readonly Y: { readonly values: Float64Array; set_entry(row: number, column: number, value: number): void };
  init(): void;
  [GRADIENT](Y: Embedding['Y']): { readonly grad: { readonly values: Float64Array }; readonly loss: number };
}

/**
 * DruidJS 0.9.0, TriMap. The loss is Σ w d_ij / (d_ij + d_ik), where d_ij = 1 + ‖y_i − y_j‖², so that ∂d_ij/∂y_i = 2 (y_i − y_j) and
 * the part of the gradient by y_i is 2 w ((y_i − y_j) d_ik − (y_i − y_k) d_ij) / (d_ij + d_ik)². `_grad` leaves out the 2
 * (src/dimred/TriMap.js, `gs` and `go`), and so does its WebAssembly kernel: the direction is right, the length is half.
 */
function triMap(): Model {
  const { TriMap } = load('@saehrimnir/druidjs') as {
    TriMap: new (X: number[][], options: { c: number; d: number; seed: number }) => Embedding;
  };
  const points = 30;
  const X = Array.from({ length: points }, (_, i) => numbers(4, 4 * i));
  const embedding = new TriMap(X, { c: 3, d: 2, seed: 1 });
  embedding.init();
  for (const [i, value] of numbers(2 * points).entries()) embedding.Y.set_entry(i >> 1, i & 1, value);
  return {
    parameters: { Y: embedding.Y.values },
    loss: () => embedding[GRADIENT](embedding.Y).loss,
    gradients: () => ({ Y: embedding[GRADIENT](embedding.Y).grad.values }),
  };
}

export const subjects: readonly Subject[] = [
  { name: 'stress', library: 'webcola 3.4.0', model: webcola, wrong: [] },
  { name: 'TriMap', library: 'DruidJS 0.9.0', model: triMap, wrong: ['Y'], cause: 'scaled' },
];
