/** Draws -> nets of other architectures: recurrent, convolutional, normalised, factorised, gated, and with attention. */
import type { Draws } from './draws.js';
import { type Leaves, type Net, squares } from './net.js';
import { ACTIVATIONS, type ActivationName, crossEntropy, dense, softmax } from './nets.js';
import type { Node, Tape } from './tape.js';

const constants = (tape: Tape, row: readonly number[]): Node[] => row.map((x) => tape.leaf(tape.round(x)));
const misses = (tape: Tape, outputs: readonly Node[], targets: readonly number[]): Node[] =>
  outputs.map((y, j) => tape.shift(y, -tape.round(targets[j]!)));

/** h ← tanh(x U + h V + b), so many steps; the last state times `out` against a target for each sequence. */
export function recurrent(draws: Draws, hidden: number, steps: number, sequences: number): Net {
  const inputs = 2;
  const X = Array.from({ length: sequences }, () => draws.rows(steps, inputs, 1.2));
  const Y = draws.rows(sequences, 1);
  return squares(
    {
      U: draws.list(inputs * hidden, 0.8),
      V: draws.list(hidden * hidden, 1.2 / Math.sqrt(hidden)),
      b: draws.list(hidden, 0.2),
      out: draws.list(hidden, 0.9),
    },
    (tape, { U, V, b, out }) =>
      X.flatMap((sequence, s) => {
        let h = constants(
          tape,
          Array.from({ length: hidden }, () => 0),
        );
        for (const x of sequence) {
          const inner = dense(tape, h, V!, b!);
          h = dense(tape, constants(tape, x), U!, inner).map((z) => ACTIVATIONS.tanh(tape, z));
        }
        return misses(tape, [tape.dot(h, out!)], Y[s]!);
      }),
  );
}

/** A convolution of one channel to several, an activation, the mean over places or the largest, and a layer. */
export function convolution(
  draws: Draws,
  channels: number,
  kernel: number,
  activation: ActivationName,
  pooling: 'mean' | 'max' = 'mean',
): Net {
  const length = kernel + draws.integer(4, 7);
  const X = draws.rows(3, length, 1.3);
  const Y = draws.rows(3, 2);
  return squares(
    {
      filters: draws.list(channels * kernel, 0.9),
      shifts: draws.list(channels, 0.3),
      V: draws.list(channels * 2, 0.9),
      c: draws.list(2, 0.3),
    },
    (tape, { filters, shifts, V, c }) =>
      X.flatMap((row, i) => {
        const x = constants(tape, row);
        const pooled = Array.from({ length: channels }, (_, k) => {
          const filter = filters!.slice(k * kernel, (k + 1) * kernel);
          const places = Array.from({ length: length - kernel + 1 }, (_p, place) =>
            ACTIVATIONS[activation](tape, tape.dot(filter, x.slice(place, place + kernel), shifts![k])),
          );
          return pooling === 'max' ? tape.max(places) : tape.scale(tape.sum(places), 1 / places.length);
        });
        return misses(tape, dense(tape, pooled, V!, c!), Y[i]!);
      }),
  );
}

/** gain · (z − mean) / √(variance + small) + shift. */
export function normalised(
  tape: Tape,
  z: readonly Node[],
  gain: readonly Node[],
  shift: readonly Node[],
): Node[] {
  const mean = tape.scale(tape.sum(z), 1 / z.length);
  const centred = z.map((node) => tape.subtract(node, mean));
  const variance = tape.scale(tape.dot(centred, centred), 1 / z.length);
  const deviation = tape.sqrt(tape.shift(variance, 1e-5));
  return centred.map((node, j) =>
    tape.add(tape.multiply(tape.divide(node, deviation), gain[j % gain.length]!), shift[j % shift.length]!),
  );
}

/**
 * A layer, a normalisation over the rows of each unit (batch) or over the units of each row (layer), an activation, a layer. The bias before the
 * normalisation over rows has no effect at all: its gradient is zero, and what is computed of it rounding.
 */
export function normalisedNet(
  draws: Draws,
  over: 'rows' | 'units',
  hidden: number,
  activation: ActivationName,
): Net {
  const inputs = draws.integer(2, 4);
  const rows = draws.integer(4, 6);
  const X = draws.rows(rows, inputs, 1.4);
  const Y = draws.rows(rows, 1, 1.2);
  return squares(
    {
      W: draws.list(inputs * hidden, 1),
      b: draws.list(over === 'rows' ? hidden : 1, 0.5),
      gain: Array.from({ length: hidden }, () => draws.uniform(0.6, 1.5)),
      shift: draws.list(hidden, 0.4),
      V: draws.list(hidden, 0.9),
      c: draws.list(1, 0.4),
    },
    (tape, { W, b, gain, shift, V, c }) => {
      const biases = Array.from({ length: hidden }, (_, j) => b![j % b!.length]!);
      let Z = X.map((row) => dense(tape, constants(tape, row), W!, biases));
      if (over === 'rows') {
        const columns = biases.map((_, j) =>
          normalised(
            tape,
            Z.map((row) => row[j]!),
            [gain![j]!],
            [shift![j]!],
          ),
        );
        Z = Z.map((_, i) => columns.map((column) => column[i]!));
      } else Z = Z.map((row) => normalised(tape, row, gain!, shift!));
      return Z.flatMap((row, i) =>
        misses(
          tape,
          dense(
            tape,
            row.map((z) => ACTIVATIONS[activation](tape, z)),
            V!,
            c!,
          ),
          Y[i]!,
        ),
      );
    },
  );
}

/** ‖M − left right‖², over the entries of M that are known. */
export function factorised(
  draws: Draws,
  rows: number,
  columns: number,
  rank: number,
  scale = 1,
  rightScale = scale,
): Net {
  const M = draws.rows(rows, columns, 1.5);
  return squares(
    { left: draws.list(rows * rank, scale), right: draws.list(rank * columns, rightScale) },
    (tape, { left, right }) =>
      M.flatMap((row, i) =>
        row.map((m, j) =>
          tape.shift(
            tape.dot(
              left!.slice(i * rank, (i + 1) * rank),
              Array.from({ length: rank }, (_, k) => right![k * columns + j]!),
            ),
            -tape.round(m),
          ),
        ),
      ),
  );
}

/** (x A) ∘ σ(x B) C against labels. */
export function gated(draws: Draws, inputs: number, hidden: number, classes: number): Net {
  const X = draws.rows(4, inputs, 1.4);
  const labels = X.map(() => draws.integer(0, classes - 1));
  return {
    parameters: {
      A: draws.list(inputs * hidden, 0.9),
      B: draws.list(inputs * hidden, 0.9),
      C: draws.list(hidden * classes, 0.9),
    },
    terms: (tape, { A, B, C }) =>
      X.map((row, i) => {
        const x = constants(tape, row);
        const gates = dense(tape, x, B!, []).map((z) => ACTIVATIONS.sigmoid(tape, z));
        const h = dense(tape, x, A!, []).map((z, j) => tape.multiply(z, gates[j]!));
        return crossEntropy(tape, dense(tape, h, C!, []), labels[i]!);
      }),
  };
}

export interface AttentionShape {
  readonly tokens: number;
  readonly width: number;
  /** Scale of the projections: queries and keys, values, output. */
  readonly scales?: readonly [number, number, number];
  /** Whether the keys have a bias: the softmax doesn't see it, so that its gradient is zero. */
  readonly biases?: boolean;
  readonly residual?: boolean;
}

/** One head of self-attention, with or without a residual path, then the squared error. */
export function attention(draws: Draws, shape: AttentionShape): Net {
  const { tokens, width, scales: [match, carry, out] = [0.8, 0.8, 0.8], biases = true, residual } = shape;
  const X = draws.rows(tokens, width, 1.3);
  const Y = draws.rows(tokens, width);
  const square = (scale: number): number[] => draws.list(width * width, scale);
  const parameters: Record<string, number[]> = {
    Q: square(match),
    K: square(match),
    V: square(carry),
    O: square(out),
  };
  if (biases) {
    parameters['q'] = draws.list(width, 0.4);
    parameters['k'] = draws.list(width, 0.4);
    parameters['v'] = draws.list(width, 0.4);
  }
  const attend = (tape: Tape, leaves: Leaves, xs: readonly Node[][]): Node[][] => {
    const project = (W: string, b: string): Node[][] =>
      xs.map((x) => dense(tape, x, leaves[W]!, leaves[b] ?? []));
    const [q, k, v] = [project('Q', 'q'), project('K', 'k'), project('V', 'v')];
    return q.map((query) => {
      const scores = k.map((key) => tape.scale(tape.dot(query, key), 1 / Math.sqrt(width)));
      const shares = softmax(tape, scores);
      const mixed = query.map((_, j) =>
        tape.dot(
          shares,
          v.map((row) => row[j]!),
        ),
      );
      return dense(tape, mixed, leaves['O']!, []);
    });
  };
  return squares(parameters, (tape, leaves) => {
    const xs = X.map((row) => constants(tape, row));
    return attend(tape, leaves, xs).flatMap((row, i) =>
      misses(tape, residual === true ? row.map((y, j) => tape.add(y, xs[i]![j]!)) : row, Y[i]!),
    );
  });
}
