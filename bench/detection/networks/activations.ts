/** Functions of each entry, with their derivatives, every result rounded in the network's arithmetic. */

import { type Arithmetic, map, zip } from '../arithmetic.js';
import type { Layer, Setting } from './layer.js';

interface Activation {
  readonly of: (x: number) => number;
  readonly slope: (x: number) => number;
}

const LEAK = 0.1;
/** GELU in its tanh form (Hendrycks and Gimpel, arXiv:1606.08415): x (1 + tanh(c (x + a x³))) / 2, c = √(2/π). */
const GELU_SCALE = Math.sqrt(2 / Math.PI);
const GELU_CUBIC = 0.044715;

function sigmoidOf({ round }: Arithmetic): (x: number) => number {
  return (x) => round(1 / round(1 + round(Math.exp(-x))));
}

const KINDS = {
  tanh: ({ round }) => ({
    of: Math.tanh,
    slope: (x) => {
      const y = round(Math.tanh(x));
      return 1 - round(y * y);
    },
  }),
  relu: () => ({ of: (x) => (x > 0 ? x : 0), slope: (x) => (x > 0 ? 1 : 0) }),
  leaky: ({ round }) => {
    const leak = round(LEAK);
    return { of: (x) => (x > 0 ? x : leak * x), slope: (x) => (x > 0 ? 1 : leak) };
  },
  sigmoid: (arithmetic) => {
    const of = sigmoidOf(arithmetic);
    return {
      of,
      slope: (x) => {
        const y = of(x);
        return y * arithmetic.round(1 - y);
      },
    };
  },
  elu: ({ round }) => ({
    of: (x) => (x > 0 ? x : Math.expm1(x)),
    slope: (x) => (x > 0 ? 1 : round(Math.exp(x))),
  }),
  gelu: ({ round }) => {
    const scale = round(GELU_SCALE);
    const cubic = round(GELU_CUBIC);
    const bend = (x: number): number =>
      round(Math.tanh(round(scale * round(x + round(cubic * round(x * round(x * x)))))));
    return {
      of: (x) => round(x / 2) * round(1 + bend(x)),
      slope: (x) => {
        const t = bend(x);
        const inner = round(scale * round(1 + round(3 * round(cubic * round(x * x)))));
        return round(round(1 + t) / 2) + round(round(x / 2) * round(round(1 - round(t * t)) * inner));
      },
    };
  },
} satisfies Record<string, (arithmetic: Arithmetic) => Activation>;

export type ActivationKind = keyof typeof KINDS;

export const ACTIVATION_KINDS = Object.keys(KINDS) as ActivationKind[];

/** Those whose first or second derivative jumps at zero. */
export const KINKED_KINDS: readonly ActivationKind[] = ['relu', 'leaky', 'elu'];

export function activation({ arithmetic }: Setting, kind: ActivationKind): Layer {
  const { of, slope } = KINDS[kind](arithmetic);
  const { round } = arithmetic;
  return {
    parameters: {},
    forward: (input) => ({
      output: map(input, of, arithmetic),
      back: (slopes) => zip(slopes, input, (d, x) => d * round(slope(x)), arithmetic),
    }),
  };
}
