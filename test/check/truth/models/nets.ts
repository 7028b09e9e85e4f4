/** Draws -> nets of several architectures, small, each with a loss over a few rows. */
import type { Draws } from './draws.js';
import { type Net, squares } from './net.js';
import type { Node, Tape } from './tape.js';

export type Activation = (tape: Tape, a: Node) => Node;

const logistic = (z: number): number => 1 / (1 + Math.exp(-z));

export const ACTIVATIONS = {
  tanh: (tape, a) => {
    const y = tape.round(Math.tanh(tape.value(a)));
    return tape.unary(a, y, 1 - tape.round(y * y));
  },
  sigmoid: (tape, a) => {
    const y = tape.round(logistic(tape.value(a)));
    return tape.unary(a, y, y * tape.round(1 - y));
  },
  relu: (tape, a) => {
    const z = tape.value(a);
    return tape.unary(a, Math.max(z, 0), z > 0 ? 1 : 0);
  },
  leaky: (tape, a) => {
    const z = tape.value(a);
    return tape.unary(a, z > 0 ? z : 0.2 * z, z > 0 ? 1 : 0.2);
  },
  elu: (tape, a) => {
    const z = tape.value(a);
    return tape.unary(a, z > 0 ? z : Math.expm1(z), z > 0 ? 1 : Math.exp(z));
  },
  softplus: (tape, a) => {
    const z = tape.value(a);
    return tape.unary(a, Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))), logistic(z));
  },
  silu: (tape, a) => {
    const z = tape.value(a);
    const s = tape.round(logistic(z));
    return tape.unary(a, z * s, s + tape.round(z * s) * (1 - s));
  },
  sine: (tape, a) => tape.unary(a, Math.sin(tape.value(a)), Math.cos(tape.value(a))),
} satisfies Record<string, Activation>;

export type ActivationName = keyof typeof ACTIVATIONS;
export const SMOOTH: readonly ActivationName[] = ['tanh', 'sigmoid', 'softplus', 'silu', 'sine'];
export const KINKED: readonly ActivationName[] = ['relu', 'leaky'];

/** b + x W, W row-major with a row for each input. */
export function dense(tape: Tape, x: readonly Node[], W: readonly Node[], b: readonly Node[]): Node[] {
  const width = W.length / x.length;
  return Array.from({ length: width }, (_, j) =>
    tape.dot(
      x,
      x.map((_x, k) => W[k * width + j]!),
      b.length === 0 ? undefined : b[j]!,
    ),
  );
}

/** −log softmax(z)[label], with the slopes p − 1 and p as they are computed. */
export function crossEntropy(tape: Tape, z: readonly Node[], label: number): Node {
  const { round } = tape;
  const values = z.map((node) => tape.value(node));
  const top = Math.max(...values);
  const powers = values.map((v) => round(Math.exp(round(v - top))));
  const total = powers.reduce((sum, p) => round(sum + p), 0);
  const shares = powers.map((p) => round(p / total));
  return tape.custom(
    round(round(Math.log(total)) - round(values[label]! - top)),
    z,
    shares.map((p, k) => (k === label ? round(p - 1) : p)),
  );
}

/** The softmax of a row of scores. */
export function softmax(tape: Tape, z: readonly Node[]): Node[] {
  const { round } = tape;
  const values = z.map((node) => tape.value(node));
  const top = Math.max(...values);
  const powers = values.map((v) => round(Math.exp(round(v - top))));
  const total = powers.reduce((sum, p) => round(sum + p), 0);
  const shares = powers.map((p) => round(p / total));
  return shares.map((p, i) =>
    tape.custom(
      p,
      z,
      shares.map((q, k) => round(p * round((i === k ? 1 : 0) - q))),
    ),
  );
}

export interface PerceptronShape {
  readonly widths: readonly number[];
  readonly activation: ActivationName;
  readonly rows: number;
  /** Of the biases; 0 for none but zeros. */
  readonly bias?: number;
  /** How many of the rows are all zero. */
  readonly blank?: number;
  /** Of the weights, in 1/√inputs. */
  readonly gain?: number;
  readonly classes?: boolean;
  /** Of the targets. */
  readonly target?: number;
}

/** A multilayer perceptron under the squared error, or under the cross-entropy. */
export function perceptron(draws: Draws, shape: PerceptronShape): Net {
  const { widths, rows, bias = 0.3, blank = 0, gain = 1, target = 1 } = shape;
  const activation = ACTIVATIONS[shape.activation];
  const X = draws.rows(rows, widths[0]!, 1.5).map((row, i) => (i < blank ? row.map(() => 0) : row));
  const parameters: Record<string, number[]> = {};
  const depth = widths.length - 1;
  for (let l = 0; l < depth; l += 1) {
    parameters[`W${l}`] = draws.list(widths[l]! * widths[l + 1]!, gain * Math.sqrt(3 / widths[l]!));
    parameters[`b${l}`] = draws.list(widths[l + 1]!, bias);
  }
  const outputs = (tape: Tape, leaves: Readonly<Record<string, readonly Node[]>>, row: number[]): Node[] => {
    let h = row.map((x) => tape.leaf(tape.round(x)));
    for (let l = 0; l < depth; l += 1) {
      h = dense(tape, h, leaves[`W${l}`]!, leaves[`b${l}`]!);
      if (l < depth - 1) h = h.map((z) => activation(tape, z));
    }
    return h;
  };
  const labels = X.map(() => draws.integer(0, widths[depth]! - 1));
  const Y = draws.rows(rows, widths[depth]!, target);
  if (shape.classes === true)
    return {
      parameters,
      terms: (tape, leaves) => X.map((row, i) => crossEntropy(tape, outputs(tape, leaves, row), labels[i]!)),
    };
  return squares(parameters, (tape, leaves) =>
    X.flatMap((row, i) => outputs(tape, leaves, row).map((y, j) => tape.shift(y, -tape.round(Y[i]![j]!)))),
  );
}

/** X w − y with more weights than rows, or fewer. */
export function linear(draws: Draws, rows: number, columns: number, scale = 1): Net {
  const X = draws.rows(rows, columns, 1.5);
  const y = draws.list(rows, 1.5);
  return squares({ w: draws.list(columns, scale) }, (tape, { w }) =>
    X.map((row, i) =>
      tape.shift(
        tape.dot(
          row.map((x) => tape.leaf(tape.round(x))),
          w!,
        ),
        -tape.round(y[i]!),
      ),
    ),
  );
}
