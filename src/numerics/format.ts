/**
 * The numbers of some claims → the floating-point format that they were rounded to, by the bits that they need. The array that holds them says
 * nothing of it: float32 results lie in arrays of doubles, and those of half precision in either.
 */

/** A format: its significant bits, and the spacing of its smallest numbers (IEEE 754; bfloat16 is the upper half of a float32). */
export interface Format {
  readonly bits: number;
  readonly least: number;
}
export const DOUBLE: Format = { bits: 53, least: 2 ** -1074 };
export const FLOAT32: Format = { bits: 24, least: 2 ** -149 };
export const FLOAT16: Format = { bits: 11, least: 2 ** -24 };
export const BFLOAT16: Format = { bits: 8, least: 2 ** -133 };

/** Numbers that need no more bits than this are too round to tell float32 from a coarser format, or from what a user wrote down. */
const ROUND_BITS = 12;

/** Numbers of half precision are few bits from round ones: so many different ones have to say so; and no more than so many are asked. */
const LEAST_VALUES = 3;
const MOST_VALUES = 4096;

/** Of numbers that were rounded three quarters need all bits, or all but one; one in so many has to. */
const FULL_SHARE = 3;

/** The format of each of some claims of one model: that of its own numbers, or of all together, whichever is the coarser. */
export function formatsOf(claims: readonly Float64Array[]): readonly Format[] {
  const whole = formatOf(claims);
  return claims.map((claim) => {
    const own = formatOf([claim]);
    return own.bits < whole.bits ? own : whole;
  });
}

/** The coarsest format that all of some numbers fit in, as far as they tell; DOUBLE where they don't. */
export function formatOf(arrays: readonly Float64Array[]): Format {
  let most = 0;
  for (const values of arrays)
    for (const value of values) {
      most = Math.max(most, bitsOf(value));
      if (most > FLOAT32.bits) return DOUBLE;
    }
  if (most > ROUND_BITS) return FLOAT32;
  const half = most <= BFLOAT16.bits ? BFLOAT16 : FLOAT16;
  return fills(arrays, half) ? half : DOUBLE;
}

/** How many significant bits a number needs; as many as a double has where it is not finite. */
export function bitsOf(value: number): number {
  if (value === 0) return 0;
  if (!Number.isFinite(value)) return DOUBLE.bits;
  let digits = Math.abs(value) / 2 ** (exponentOf(value) + 1 - DOUBLE.bits);
  let bits = DOUBLE.bits;
  while (bits > 1 && digits % 2 === 0) {
    digits /= 2;
    bits -= 1;
  }
  return bits;
}

function exponentOf(value: number): number {
  return Math.floor(Math.log2(Math.abs(value)));
}

/**
 * Whether numbers look rounded to a format: all fit, and many need all bits that it has at their size, or all but one; and the smaller are
 * known finer than the largest, which counts and numbers with fixed decimals are not.
 */
function fills(arrays: readonly Float64Array[], { bits, least }: Format): boolean {
  const different = new Set<number>();
  for (const values of arrays)
    for (const value of values) {
      if (value !== 0) different.add(Math.abs(value));
      if (different.size === MOST_VALUES) break;
    }
  if (different.size < LEAST_VALUES) return false;
  const spacingAt = (value: number): number => Math.max(2 ** (exponentOf(value) + 1 - bits), least);
  const coarsest = spacingAt(Math.max(...different));
  let [full, finer] = [0, false];
  for (const value of different) {
    const own = 2 ** (exponentOf(value) + 1 - bitsOf(value));
    if (own < spacingAt(value)) return false;
    full += Number(own <= 2 * spacingAt(value));
    finer ||= own < coarsest;
  }
  return FULL_SHARE * full >= different.size && finer;
}
