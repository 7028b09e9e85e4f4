/** A factor of one parameter's claim -> a net in whose other parameter the loss rounds, the claim passing straight through. */
import type { Claimed } from '../models/net.js';

/** float32 parameters, one of which the loss rounds to bfloat16, which is 2⁻⁹ of it (a file of the cases). */
export function castBias(factor: number): Claimed {
  const toBrain = (v: number): number => v * (2 ** 45 + 1) - (v * (2 ** 45 + 1) - v);
  const W = Float32Array.of(0.6, -0.8, 1.1, 0.4, -0.3, 0.9);
  const b = Float32Array.of(0.21, -0.47, 0.33);
  const X = [
    [1, 0.5],
    [-0.5, 1],
    [0.25, -1],
    [0.75, 0.125],
  ];
  const outputs = (): number[][] =>
    X.map((x) => [0, 1, 2].map((j) => Math.tanh(x[0]! * W[j]! + x[1]! * W[3 + j]! + toBrain(b[j]!))));
  return {
    parameters: { W, b },
    loss: () =>
      outputs()
        .flat()
        .reduce((sum, y) => sum + y * y, 0) / 4,
    gradients: () => {
      const slopes = outputs().map((y) => y.map((v) => (v * (1 - v * v)) / 2));
      return {
        W: W.map((_, k) => factor * slopes.reduce((sum, d, s) => sum + d[k % 3]! * X[s]![k < 3 ? 0 : 1]!, 0)),
        b: b.map((_, j) => slopes.reduce((sum, d) => sum + d[j]!, 0)),
      };
    },
  };
}
