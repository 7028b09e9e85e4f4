import type { Model } from 'expect-gradients';
import { load, numbers, type Subject } from './subject.js';

/** Layouts of points in the plane, whose coordinates are the parameters. */

interface Descent {
  readonly x: number[][];
  readonly g: number[][];
  readonly locks: { add(node: number, place: number[]): void };
  computeStress(): number;
  computeDerivatives(x: number[][]): void;
}

/**
 * webcola 3.4.0: coordinates by axis and node, and a gradient buffer that the next call uses again. A node that is locked to a place is
 * drawn there by the gradient, where the stress knows nothing of it (dist/src/descent.js, the end of `computeDerivatives`): right for the descent, and
 * not the gradient of `computeStress`, by the coordinates of that node.
 */
function webcola(lock?: number): Model {
  const { Descent: DescentOf } = load('webcola') as {
    Descent: new (x: number[][], distances: number[][]) => Descent;
  };
  const nodes = 6;
  const distances = Array.from({ length: nodes }, (_, i) =>
    Array.from({ length: nodes }, (__, j) => (i === j ? 0 : 1 + (i + j) / 4)),
  );
  const descent = new DescentOf([numbers(nodes), numbers(nodes, nodes)], distances);
  if (lock !== undefined) descent.locks.add(lock, [0.5, 0.5]);
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

interface Tsne {
  iter: number;
  Y: number[][];
  initDataRaw(X: number[][]): void;
  costGrad(Y: number[][]): { readonly cost: number; readonly grad: number[][] };
}

/**
 * @keckelt/tsne 1.0.2. For the first 100 steps its gradient exaggerates P by 4 (lib/tsne.js, `pmul` in `costGrad`), and the cost that comes with it
 * does not; on purpose, and no gradient of that cost.
 */
function tsne(iteration: number): Model {
  const { TSNE } = load('@keckelt/tsne') as { TSNE: new (options: object) => Tsne };
  const embedding = new TSNE({ perplexity: 4, dim: 2 });
  embedding.initDataRaw(Array.from({ length: 12 }, (_, i) => numbers(4, 4 * i)));
  embedding.iter = iteration;
  embedding.Y = Array.from({ length: 12 }, (_, i) => numbers(2, 100 + 2 * i));
  return {
    parameters: { Y: embedding.Y },
    loss: () => embedding.costGrad(embedding.Y).cost,
    gradients: () => ({ Y: embedding.costGrad(embedding.Y).grad }),
  };
}

export const subjects: readonly Subject[] = [
  { name: 'stress', library: 'webcola 3.4.0', model: () => webcola(), wrong: [] },
  {
    name: 'stress with a node locked to a place',
    library: 'webcola 3.4.0',
    model: () => webcola(2),
    wrong: ['parameters'],
    cause: 'isolated-entries',
  },
  { name: 't-SNE after 100 steps', library: '@keckelt/tsne 1.0.2', model: () => tsne(100), wrong: [] },
  {
    name: 't-SNE in its first 100 steps',
    library: '@keckelt/tsne 1.0.2',
    model: () => tsne(0),
    wrong: ['Y'],
    cause: 'unexplained',
  },
  { name: 'TriMap', library: 'DruidJS 0.9.0', model: triMap, wrong: ['Y'], cause: 'scaled' },
];
