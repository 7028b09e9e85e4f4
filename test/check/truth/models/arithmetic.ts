/** The arithmetics of the models: a number -> the nearest one that the arithmetic has, and the arrays that parameters and claims stand in. */

/** What is used of a typed array, whichever it is. */
export interface Numbers extends Iterable<number> {
  readonly length: number;
  [index: number]: number;
  readonly buffer: ArrayBufferLike;
  keys(): IterableIterator<number>;
  entries(): IterableIterator<[number, number]>;
  indexOf(value: number): number;
  set(values: ArrayLike<number>): void;
  slice(begin?: number, end?: number): Numbers;
  map(change: (value: number, index: number) => number): Numbers;
  reduce(add: (sum: number, value: number, index: number) => number, start: number): number;
}

export interface Storage {
  readonly name: string;
  from(values: ArrayLike<number>, change?: (value: number, index: number) => number): Numbers;
}

export type Round = (value: number) => number;

export interface Arithmetic {
  readonly name: string;
  /** Of every result of an operation. */
  readonly round: Round;
  readonly storage: Storage;
  /** Of the sum over samples and of the loss, where they are computed in another arithmetic. */
  readonly roundLoss?: Round;
}

const same: Round = (value) => value;

/** To the nearest of so many significant bits, ties to even, with an exponent of at least `least` and no largest one. */
export function roundTo(bits: number, least: number): Round {
  return (value) => {
    if (!Number.isFinite(value) || value === 0) return value;
    const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), least);
    const unit = 2 ** (exponent - bits + 1);
    const scaled = value / unit;
    const below = Math.floor(scaled);
    const rest = scaled - below;
    const up = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
    return (up ? below + 1 : below) * unit;
  };
}

/** IEEE 754 binary16: 11 bits, normal from 2⁻¹⁴, infinite from 65520. */
const rounded16 = roundTo(11, -14);
export const float16: Round = (value) => {
  const rounded = rounded16(value);
  return Math.abs(rounded) > 65504 ? Math.sign(value) * Infinity : rounded;
};

/** bfloat16: 8 bits and the exponents of float32. */
export const bfloat16: Round = roundTo(8, -126);

/** To so many decimal places. */
export const decimals =
  (places: number): Round =>
  (value) =>
    Number(value.toFixed(places));

export const float64: Arithmetic = { name: 'float64', round: same, storage: Float64Array };
export const float32: Arithmetic = { name: 'float32', round: Math.fround, storage: Float32Array };
/** Doubles throughout, but the parameters stand in a Float32Array. */
export const stored32: Arithmetic = {
  name: 'float64 in Float32Array',
  round: same,
  storage: Float32Array,
};
/** A float32 network whose loss is summed in doubles. */
export const summed64: Arithmetic = {
  name: 'float32, summed in doubles',
  round: Math.fround,
  storage: Float32Array,
  roundLoss: same,
};
/** A double-precision interface over a float32 computation. */
export const inside32: Arithmetic = {
  name: 'float32 in Float64Array',
  round: Math.fround,
  storage: Float64Array,
};
