/**
 * Three layers with hand-written backward passes, each by itself: no network and no loss around them. What a layer's `backward` gives
 * for the gradient that comes from above is the product of that with the Jacobian: it is checked for every output.
 */

import type { VectorModel } from 'expect-gradients';
import type { Example } from './example.js';
import { dot, map, type Matrix, scale, sum, sumRows, transpose, zip } from './matrix.js';

/** Numbers that look random and are the same every time. */
const matrix = (rows: number, columns: number, start: number): Matrix =>
  Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_column, j) => Math.sin(start + 3 * i * columns + 3 * j)),
  );

const plus = (x: number, y: number): number => x + y;
const times = (x: number, y: number): number => x * y;
const mean = (values: readonly number[]): number => sum(values) / values.length;

type Dense = Record<'W' | 'b' | 'x', Matrix>;

/** A dense layer with tanh, for samples in the rows of x. It keeps its activations for the way back. */
class DenseLayer {
  readonly parameters: Dense = { W: matrix(4, 3, 1), b: matrix(1, 3, 2), x: matrix(2, 4, 3) };
  private A: Matrix = [];

  outputs({ W, b, x }: Dense): Matrix {
    const B = x.map(() => b[0]!);
    this.A = map(zip(dot(x, W), B, plus), Math.tanh);
    return this.A;
  }

  vjp({ W, x }: Dense, above: Matrix): Dense {
    const dZ = zip(above, this.A, (d, a) => d * (1 - a ** 2));
    return { W: dot(transpose(x), dZ), b: transpose(sumRows(transpose(dZ))), x: dot(dZ, transpose(W)) };
  }
}

/** The same, and it takes the mean over the samples for b, as one would in a loss. */
class BrokenDenseLayer extends DenseLayer {
  override vjp(parameters: Dense, above: Matrix): Dense {
    const { W, b, x } = super.vjp(parameters, above);
    return { W, b: scale(1 / above.length, b), x };
  }
}

interface Norm {
  gamma: number[];
  beta: number[];
  x: Matrix;
}

const EPS = 1e-5;

function normalized(row: readonly number[]): { sigma: number; z: number[] } {
  const mu = mean(row);
  const sigma = Math.sqrt(mean(row.map((v) => (v - mu) ** 2)) + EPS);
  return { sigma, z: row.map((v) => (v - mu) / sigma) };
}

/** Layer normalization. `back` takes the gradient by z to that by the row, of which z are the normalized values. */
const layerNorm = (back: (dz: number[], z: number[]) => number[]): VectorModel<Norm, Matrix> => ({
  parameters: { gamma: [1.1, 0.8, 1.3], beta: [0.1, -0.2, 0.3], x: matrix(2, 3, 4) },
  outputs: ({ gamma, beta, x }) => x.map((row) => normalized(row).z.map((v, j) => gamma[j]! * v + beta[j]!)),
  vjp: ({ gamma, x }, above) => {
    const rows = x.map(normalized);
    const columns = (of: Matrix): number[] => sumRows(transpose(of)).flat();
    return {
      gamma: columns(
        zip(
          above,
          rows.map(({ z }) => z),
          times,
        ),
      ),
      beta: columns(above),
      x: rows.map(({ sigma, z }, n) =>
        back(
          above[n]!.map((d, j) => d * gamma[j]!),
          z,
        ).map((d) => d / sigma),
      ),
    };
  },
});

const rightNorm = layerNorm((dz, z) => {
  const along = mean(dz.map((d, j) => d * z[j]!));
  return dz.map((d, j) => d - mean(dz) - along * z[j]!);
});

/** The deviation σ depends on the row too: without its part the gradient looks plausible, and training goes on. */
const brokenNorm = layerNorm((dz) => dz.map((d) => d - mean(dz)));

type Attention = Record<'Wq' | 'Wk' | 'Wv' | 'x', Matrix>;

function softmax(row: number[]): number[] {
  const powers = row.map(Math.exp);
  return powers.map((power) => power / sum(powers));
}

/** One head of self-attention; `back` is the backward pass of the softmax, for one row of shares. */
const attention = (back: (above: number[], shares: number[]) => number[]): VectorModel<Attention, Matrix> => {
  const forward = ({ Wq, Wk, Wv, x }: Attention): Record<'q' | 'k' | 'v' | 'shares', Matrix> => {
    const [q, k, v] = [dot(x, Wq), dot(x, Wk), dot(x, Wv)];
    return { q, k, v, shares: scale(1 / Math.sqrt(Wq[0]!.length), dot(q, transpose(k))).map(softmax) };
  };
  return {
    parameters: { Wq: matrix(3, 2, 5), Wk: matrix(3, 2, 6), Wv: matrix(3, 2, 7), x: matrix(4, 3, 8) },
    outputs: (parameters) => {
      const { shares, v } = forward(parameters);
      return dot(shares, v);
    },
    vjp: (parameters, above) => {
      const { Wq, Wk, Wv, x } = parameters;
      const { q, k, v, shares } = forward(parameters);
      const dShares = dot(above, transpose(v));
      const dScores = scale(
        1 / Math.sqrt(q[0]!.length),
        dShares.map((row, i) => back(row, shares[i]!)),
      );
      const [dq, dk, dv] = [dot(dScores, k), dot(transpose(dScores), q), dot(transpose(shares), above)];
      const [bq, bk, bv] = [dot(dq, transpose(Wq)), dot(dk, transpose(Wk)), dot(dv, transpose(Wv))];
      const [Dq, Dk, Dv] = [dq, dk, dv].map((d) => dot(transpose(x), d)) as [Matrix, Matrix, Matrix];
      return { Wq: Dq, Wk: Dk, Wv: Dv, x: zip(zip(bq, bk, plus), bv, plus) };
    },
  };
};

const rightAttention = attention((above, shares) => {
  const along = sum(zip([above], [shares], times)[0]!);
  return above.map((d, j) => shares[j]! * (d - along));
});

/** Only the diagonal of the softmax's Jacobian: s (1 − s), as of a sigmoid. */
const brokenAttention = attention((above, shares) => above.map((d, j) => shares[j]! * (1 - shares[j]!) * d));

const options = {};

export const example: Example = {
  title: '05 Layers by themselves: dense, layer normalization, attention',
  cases: [
    { name: 'dense', label: 'correct', model: new DenseLayer(), options, wrong: [] },
    {
      name: 'dense, mean for b',
      label: 'wrong',
      model: new BrokenDenseLayer(),
      options,
      wrong: ['b'],
      cause: 'The Jacobian by b is 0.5 times what it should be.',
    },
    { name: 'layer norm', label: 'correct', model: rightNorm, options, wrong: [] },
    {
      name: 'layer norm, σ constant',
      label: 'wrong',
      model: brokenNorm,
      options,
      wrong: ['x'],
      cause:
        'The Jacobian by x is wrong in no simple way: its direction agrees with the true one to a cosine of 0.7896, its size is 1.2665 times the true one.',
    },
    { name: 'attention', label: 'correct', model: rightAttention, options, wrong: [] },
    {
      name: 'attention, as sigmoids',
      label: 'wrong',
      model: brokenAttention,
      options,
      wrong: ['Wq', 'Wk', 'x'],
    },
  ],
};
