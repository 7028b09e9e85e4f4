/**
 * Some numbers → the floating-point format that they were rounded to, by the bits that they need. The array that holds them says nothing
 * of it: float32 results lie in arrays of doubles, and those of half precision in either.
 */

/** Significant bits: of a double, of float32, float16 and bfloat16 (IEEE 754; bfloat16 is the upper half of a float32). */
const DOUBLE_BITS = 53;
const FLOAT32_BITS = 24;
const HALF_FORMATS: readonly number[] = [8, 11];

/** Numbers that need no more bits than this are too round to tell float32 from a coarser format, or from what a user wrote down. */
const ROUND_BITS = 12;

/** Numbers of half precision are few bits from round ones: so many different ones have to say so. */
const LEAST_VALUES = 3;

/**
 * The relative spacing of the coarsest format that all of some numbers fit in, as far as they tell: 2^-52 for doubles, 2^-23 for float32,
 * 2^-10 for float16, 2^-7 for bfloat16.
 */
export function formatSpacing(values: Float64Array): number {
  let most = 0;
  for (const value of values) {
    most = Math.max(most, bitsOf(value));
    if (most > FLOAT32_BITS) return spacingOf(DOUBLE_BITS);
  }
  if (most > ROUND_BITS) return spacingOf(FLOAT32_BITS);
  const half = HALF_FORMATS.find((bits) => most <= bits);
  return half !== undefined && fills(values, half) ? spacingOf(half) : spacingOf(DOUBLE_BITS);
}

function spacingOf(bits: number): number {
  return 2 ** (1 - bits);
}

/** How many significant bits a number needs; as many as a double has where it is not finite. */
export function bitsOf(value: number): number {
  if (value === 0) return 0;
  if (!Number.isFinite(value)) return DOUBLE_BITS;
  let digits = Math.abs(value) / 2 ** (Math.floor(Math.log2(Math.abs(value))) + 1 - DOUBLE_BITS);
  let bits = DOUBLE_BITS;
  while (bits > 1 && digits % 2 === 0) {
    digits /= 2;
    bits -= 1;
  }
  return bits;
}

/**
 * Whether numbers look rounded to so many bits: most of them need all of them, or all but one; and the smaller are known finer than the
 * largest, which counts and numbers with fixed decimals are not.
 */
function fills(values: Float64Array, bits: number): boolean {
  const different = [...new Set(Array.from(values, Math.abs))].filter((value) => value > 0);
  if (different.length < LEAST_VALUES) return false;
  const full = different.filter((value) => bitsOf(value) >= bits - 1);
  const lowest = (value: number): number => 2 ** (Math.floor(Math.log2(value)) + 1 - bitsOf(value));
  const coarsest = 2 ** (Math.floor(Math.log2(Math.max(...different))) + 1 - bits);
  return 2 * full.length >= different.length && different.some((value) => lowest(value) < coarsest);
}
