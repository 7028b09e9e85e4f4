/** Changes to a subject's loss, claim or units that know nothing of the network. */

import type { Arithmetic, Precision } from '../arithmetic.js';
import type { Draws } from '../draws.js';
import { type Arrays, stored } from '../models/model.js';
import type { Shape, Subject } from './subject.js';

export function offsetBy(subject: Subject, offset: number, { round }: Arithmetic): Subject {
  const added = round(offset);
  return { ...subject, loss: () => round(subject.loss() + added) };
}

const mapped = (arrays: Arrays, change: (value: number, i: number, name: string) => number): Arrays =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, values]) => {
      const copy = values.slice();
      for (let i = 0; i < copy.length; i += 1) copy[i] = change(values[i]!, i, name);
      return [name, copy];
    }),
  );

/** Bits of the significand and least exponent of the formats (IEEE 754-2019, table 3.5; bfloat16 has the exponents of float32). */
const FORMATS = {
  float16: { bits: 11, least: -14 },
  bfloat16: { bits: 8, least: -126 },
} as const;
export type Format = keyof typeof FORMATS;

/** The nearest number of the format, ties to even. */
export function roundTo(
  { bits, least }: { readonly bits: number; readonly least: number },
  x: number,
): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(x))), least);
  const unit = 2 ** (exponent - bits + 1);
  const scaled = x / unit;
  const below = Math.floor(scaled);
  const rest = scaled - below;
  return unit * (rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below);
}

/** The largest claimed gradient is scaled to about this before it is rounded, as mixed-precision training scales its loss. */
const LARGEST_EXPONENT = 8;

/** Claims rounded to a format of 16 bits, under a power of two that keeps float16 from underflowing. */
export function inHalfPrecision(subject: Subject, format: Format): Subject {
  const sizes = Object.values(subject.gradients()).flatMap((values) => Array.from(values, Math.abs));
  const largest = Math.max(...sizes);
  const scale = largest > 0 ? 2 ** (LARGEST_EXPONENT - Math.floor(Math.log2(largest))) : 1;
  return {
    ...subject,
    half: true,
    gradients: () => mapped(subject.gradients(), (g) => roundTo(FORMATS[format], g * scale) / scale),
  };
}

const MOST_DECIMALS = 6;
const LEAST_DECIMALS = 2;

export function withRoundedLoss(subject: Subject, draws: Draws): Subject {
  const kind = draws.pick(['float32', 'float16', 'bfloat16', 'decimal'] as const);
  const unit = 10 ** draws.whole(LEAST_DECIMALS, MOST_DECIMALS);
  const rounded = (loss: number): number =>
    kind === 'decimal'
      ? Math.round(loss * unit) / unit
      : kind === 'float32'
        ? Math.fround(loss)
        : roundTo(FORMATS[kind], loss);
  return { ...subject, loss: () => rounded(subject.loss()) };
}

/** Powers of two, so that no rounding comes of the change of units. */
const MOST_EXPONENT = 17;

/** Each entry θ = s φ in a unit of its own, or each column: the parameters are φ, the gradients s g. */
export function unlikeScales(subject: Subject, draws: Draws, { storage }: Precision): Subject {
  const byColumn = draws.uniform() < 0.5;
  const unit = (): number => 2 ** draws.whole(-MOST_EXPONENT, MOST_EXPONENT);
  const units = Object.fromEntries(
    Object.entries(subject.shapes).map(([name, { rows, columns }]: [string, Shape]) => {
      const drawn = Array.from({ length: byColumn ? columns : rows * columns }, unit);
      return [name, Float64Array.from({ length: rows * columns }, (_, i) => drawn[i % drawn.length]!)];
    }),
  );
  const parameters = Object.fromEntries(
    Object.entries(subject.parameters).map(([name, values]) => [
      name,
      stored(
        Float64Array.from(values, (value, i) => value / units[name]![i]!),
        storage,
      ),
    ]),
  );
  const put = (): void => {
    for (const [name, values] of Object.entries(parameters))
      for (let i = 0; i < values.length; i += 1) subject.parameters[name]![i] = values[i]! * units[name]![i]!;
  };
  const inUnits =
    (of: (moved: number) => Arrays) =>
    (moved = 0): Arrays => {
      put();
      return mapped(of(moved), (g, i, name) => g * units[name]![i]!);
    };
  return {
    ...subject,
    parameters,
    loss() {
      put();
      return subject.loss();
    },
    gradients: inUnits(subject.gradients),
    penalties: inUnits(subject.penalties),
    twin: {
      gradients: inUnits(subject.twin.gradients),
      hasKink(place) {
        put();
        return subject.twin.hasKink(place);
      },
    },
  };
}
