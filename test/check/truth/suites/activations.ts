/** Activations and their slopes, and the places where their sides meet. */
import { cdf, pdf } from './special.js';

export type Activation = readonly [name: string, f: (x: number) => number, slope: (x: number) => number];

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const clip = (low: number, high: number) => (x: number) => Math.max(low, Math.min(high, x));
const within = (low: number, high: number) => (x: number) => (x > low && x < high ? 1 : 0);

export const ACTIVATIONS: readonly Activation[] = [
  ['gelu', (x) => x * cdf(x), (x) => cdf(x) + x * pdf(x)],
  [
    'gelu by tanh',
    (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
    (x) => {
      const u = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);
      const t = Math.tanh(u);
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
    },
  ],
  ['swish', (x) => x * sigmoid(x), (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x)))],
  [
    'mish',
    (x) => x * Math.tanh(Math.log1p(Math.exp(x))),
    (x) => {
      const t = Math.tanh(Math.log1p(Math.exp(x)));
      return t + x * (1 - t * t) * sigmoid(x);
    },
  ],
  [
    'selu',
    (x) => 1.0507 * (x > 0 ? x : 1.67326 * Math.expm1(x)),
    (x) => 1.0507 * (x > 0 ? 1 : 1.67326 * Math.exp(x)),
  ],
  ['celu', (x) => (x > 0 ? x : 2 * Math.expm1(x / 2)), (x) => (x > 0 ? 1 : Math.exp(x / 2))],
  ['softsign', (x) => x / (1 + Math.abs(x)), (x) => 1 / (1 + Math.abs(x)) ** 2],
  ['log sigmoid', (x) => -Math.log1p(Math.exp(-x)), (x) => sigmoid(-x)],
  ['tanh shrink', (x) => x - Math.tanh(x), (x) => Math.tanh(x) ** 2],
  ['soft shrink', (x) => Math.sign(x) * Math.max(0, Math.abs(x) - 0.5), (x) => (Math.abs(x) > 0.5 ? 1 : 0)],
  ['hard shrink', (x) => (Math.abs(x) > 0.5 ? x : 0), (x) => (Math.abs(x) > 0.5 ? 1 : 0)],
  ['hard tanh', clip(-1, 1), within(-1, 1)],
  ['hard sigmoid', (x) => clip(0, 1)(x / 6 + 0.5), (x) => within(-3, 3)(x) / 6],
  ['hard swish', (x) => (x * clip(0, 6)(x + 3)) / 6, (x) => (x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6)],
  ['relu to 6', clip(0, 6), within(0, 6)],
  ['relu squared', (x) => Math.max(x, 0) ** 2, (x) => 2 * Math.max(x, 0)],
];

/** Where the sides meet: a kink with one of its slopes, or a derivative after all. */
export const JOINTS: readonly (readonly [string, number, string | undefined])[] = [
  ['selu', 0, 'kink'],
  ['celu', 0, undefined],
  ['softsign', 0, undefined],
  ['soft shrink', 0.5, 'kink'],
  ['hard tanh', -1, 'kink'],
  ['hard sigmoid', 3, 'kink'],
  ['hard swish', 3, 'kink'],
  ['relu to 6', 6, 'kink'],
  ['relu squared', 0, undefined],
];
