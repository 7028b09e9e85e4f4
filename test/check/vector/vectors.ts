/** Layers and functions with many values that several tests check. */

import { Draws } from '../../../bench/detection/draws.js';

type Floats = Float64Array | Float32Array;

/** What is done to a layer to make it wrong. */
export type Fault =
  | 'none'
  | 'factor'
  | 'sign'
  | 'one output'
  | 'one entry'
  | 'ignored'
  | 'square'
  | 'added'
  | 'jvp entry';

interface DenseParameters {
  W: Floats;
  b: Floats;
  x: Floats;
}

interface Layer {
  readonly parameters: DenseParameters;
  readonly outputs: (parameters: DenseParameters) => Floats;
  readonly vjp: (parameters: DenseParameters, cotangent: Floats) => DenseParameters;
  readonly jvp: (parameters: DenseParameters, tangent: DenseParameters) => Floats;
}

/** y = tanh(W x + b) for a batch, with a hand-written backward and forward mode, both on what the forward pass cached. */
export function dense(
  [batch, inputs, outputs]: readonly [number, number, number],
  fault: Fault = 'none',
  single = false,
): Layer {
  const draws = new Draws(7);
  const floats = (count: number): Floats =>
    single ? Float32Array.from(draws.normals(count, 0.6)) : Float64Array.from(draws.normals(count, 0.6));
  const empty = (count: number): Floats => (single ? new Float32Array(count) : new Float64Array(count));
  const parameters = {
    W: floats(outputs * inputs),
    b: floats(outputs),
    x: floats(batch * inputs),
  };
  let y = empty(0);
  let cached = parameters;
  const forEach = (each: (n: number, o: number, k: number) => void): void => {
    for (let n = 0; n < batch; n += 1) for (let o = 0; o < outputs; o += 1) each(n, o, n * outputs + o);
  };
  const entry = (n: number, o: number, i: number): boolean => n === batch - 1 && o === 1 && i === inputs - 1;
  return {
    parameters,
    outputs({ W, b, x }) {
      y = empty(batch * outputs);
      cached = { W: W.slice(), b: b.slice(), x: x.slice() };
      forEach((n, o, k) => {
        let sum = b[o]!;
        for (let i = 0; i < inputs; i += 1) sum += W[o * inputs + i]! * x[n * inputs + i]!;
        y[k] = Math.tanh(sum);
      });
      return y.slice();
    },
    vjp(_, cotangent) {
      const [W, b, x] = [empty(outputs * inputs), empty(outputs), empty(batch * inputs)];
      forEach((n, o, k) => {
        const c = cotangent[k]!;
        const upstream = { ignored: 1, square: c * c, added: c + 1 }[fault as string] ?? c;
        const d = upstream * (1 - y[k]! ** 2) * (fault === 'one output' && k === 2 ? 1.5 : 1);
        b[o]! += d;
        for (let i = 0; i < inputs; i += 1) {
          W[o * inputs + i]! +=
            d * cached.x[n * inputs + i]! * (fault === 'one entry' && entry(n, o, i) ? 2 : 1);
          x[n * inputs + i]! += d * cached.W[o * inputs + i]!;
        }
      });
      const factor = { factor: 2, sign: -1 }[fault as string] ?? 1;
      return { W: W.map((value) => value * factor), b, x };
    },
    jvp(_, tangent) {
      const product = empty(batch * outputs);
      forEach((n, o, k) => {
        let sum = tangent.b[o]!;
        for (let i = 0; i < inputs; i += 1) {
          const own = fault === 'jvp entry' && entry(n, o, i) ? 2 : 1;
          sum += tangent.W[o * inputs + i]! * cached.x[n * inputs + i]! * own;
          sum += cached.W[o * inputs + i]! * tangent.x[n * inputs + i]!;
        }
        product[k] = (1 - y[k]! ** 2) * sum;
      });
      return product;
    },
  };
}

/** Σ cos xᵢ + 2 xᵢ xᵢ₊₁ around a circle: its gradient, and the product of its Hessian with a vector. */
export function circle(count: number, fault: 'none' | 'entry' | 'half' = 'none') {
  const x = new Draws(3).normals(count, 0.6);
  return {
    parameters: { x: Float64Array.from(x) },
    gradients: (p: { x: Float64Array }) => ({
      x: p.x.map((own, i) => -Math.sin(own) + 2 * (p.x[(i + 1) % count]! + p.x[(i + count - 1) % count]!)),
    }),
    hvp: (p: { x: Float64Array }, v: { x: Float64Array }) => ({
      x: v.x.map((own, i) => {
        const behind = fault === 'half' && i === 5 ? 0 : v.x[(i + count - 1) % count]!;
        const curvature = -Math.cos(p.x[i]!) * own * (fault === 'entry' && i === 7 ? 3 : 1);
        return curvature + 2 * (v.x[(i + 1) % count]! + behind);
      }),
    }),
  };
}
