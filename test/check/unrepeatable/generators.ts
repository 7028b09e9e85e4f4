/** Models with what graphics devices do to them: losses and claims that round otherwise on every call, and such as are wrong now and then. */

/** Random numbers of a seed. */
export interface Random {
  /** Uniform on −1 … 1. */
  uniform(): number;
  /** Normal, of deviation 1. */
  gaussian(): number;
  /** Whether something of this probability happens. */
  chance(probability: number): boolean;
  /** A whole number below `most`. */
  below(most: number): number;
}

export function randomOf(seed: number): Random {
  let state = seed % 2147483647;
  const next = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  return {
    uniform: () => 2 * next() - 1,
    gaussian: () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next()),
    chance: (probability) => next() < probability,
    below: (most) => Math.floor(next() * most),
  };
}

/** A model of numbers in one array. */
export interface Plain {
  readonly x: Float64Array | Float32Array;
  readonly loss: () => number;
  readonly slope: () => Float64Array;
}

export const MODELS: Readonly<Record<string, () => Plain>> = {
  sines() {
    const x = Float64Array.of(0.4, -1.2, 0.9, 2.1, -0.3, 1.6, 0.8, -0.5, 1.3, 0.1);
    return {
      x,
      loss: () => x.reduce((sum, v, i) => sum + Math.sin(v + i) + (v * v) / 8, 9),
      slope: () => Float64Array.from(x, (v, i) => Math.cos(v + i) + v / 4),
    };
  },
  exponentials() {
    const x = Float64Array.of(0.5, 1.1, -0.7, 1.9, 0.2, -1.4, 0.9, 0.3);
    return {
      x,
      loss: () => x.reduce((sum, v, i) => sum + Math.exp(v / 2) * (i + 1), 0),
      slope: () => Float64Array.from(x, (v, i) => (Math.exp(v / 2) * (i + 1)) / 2),
    };
  },
  'float32 parameters'() {
    const x = Float32Array.from({ length: 24 }, (_, i) => Math.sin(i + 1));
    return {
      x,
      loss: () => x.reduce((sum, v, i) => sum + Math.tanh(v + i / 24) ** 2, 1),
      slope: () => {
        const y = Array.from(x, (v, i) => Math.tanh(v + i / 24));
        return Float64Array.from(y, (v) => 2 * v * (1 - v * v));
      },
    };
  },
  /** What is left of terms that are ten thousand times as large. */
  'a loss near zero'() {
    const x = Float64Array.of(0.4, -1.2, 0.9, 2.1, -0.3, 1.6);
    const loss = (): number => x.reduce((sum, v, i) => sum + Math.sin(v + i) + (v * v) / 8, 0);
    const most = loss() - 1e-4;
    return {
      x,
      loss: () => loss() - most,
      slope: () => Float64Array.from(x, (v, i) => Math.cos(v + i) + v / 4),
    };
  },
};

export const CLAIMS: Readonly<Record<string, (slope: Float64Array) => Float64Array>> = {
  right: (slope) => slope,
  doubled: (slope) => slope.map((v) => 2 * v),
  zero: (slope) => slope.map(() => 0),
  'one entry off': (slope) => slope.map((v, i) => (i === 2 ? 1.2 * v + 0.1 : v)),
};

/** What becomes of a number at a call. */
export type Jitter = (value: number, random: Random) => number;

export const JITTERS: Readonly<Record<string, (size: number) => Jitter>> = {
  'a share, uniform': (size) => (v, random) => v * (1 + size * random.uniform()),
  'a share, normal': (size) => (v, random) => v * (1 + size * random.gaussian()),
  'an amount, uniform': (size) => (v, random) => v + size * random.uniform(),
  'an amount, normal': (size) => (v, random) => v + size * random.gaussian(),
};

/** A model of it. */
export interface PlainModel {
  readonly parameters: { readonly x: Float64Array | Float32Array };
  readonly loss: () => number;
  readonly gradients: () => { readonly x: Float64Array };
}

/** @param claim made of the slope */
export function modelOf(
  { x, loss, slope }: Plain,
  claim: (slope: Float64Array) => Float64Array,
  {
    onLoss = (v) => v,
    onClaim = (v) => v,
  }: { readonly onLoss?: (v: number) => number; readonly onClaim?: (v: number) => number } = {},
): PlainModel {
  return {
    parameters: { x },
    loss: () => onLoss(loss()),
    gradients: () => ({ x: claim(slope()).map((v) => onClaim(v)) }),
  };
}
