/**
 * The numbers of some claims → the floating-point format that they were rounded to, by the bits that they need. The array that holds them says
 * nothing of it: float32 results lie in arrays of doubles, and those of half precision in either.
 */

/** A format: its significant bits, and the spacing of its smallest numbers. */
export interface Format {
  readonly bits: number;
  readonly least: number;
}
/** binary64 of IEEE 754. */
export const DOUBLE: Format = { bits: 53, least: 2 ** -1074 };
/** binary32 of IEEE 754. */
export const FLOAT32: Format = { bits: 24, least: 2 ** -149 };
/** binary16 of IEEE 754. */
export const FLOAT16: Format = { bits: 11, least: 2 ** -24 };
/** The upper half of a binary32 of IEEE 754. */
export const BFLOAT16: Format = { bits: 8, least: 2 ** -133 };

/** Numbers that need no more bits than this are too round to tell float32 from a coarser format, or from what a user wrote down. */
const ROUND_BITS = 12;

/** Numbers of half precision are few bits from round ones: so many different ones have to say so. */
const LEAST_VALUES = 3;

/** No more different numbers than these are asked for their format. */
const MOST_VALUES = 4096;

/** Of numbers that were rounded three quarters need all bits, or all but one; one in so many has to. */
const FULL_SHARE = 3;

/** The format of each of some claims of one model: that of its own numbers, or of all together, whichever is the coarser. */
export function formatsOf(claims: readonly Float64Array[]): readonly Format[] {
  return formatsOfEach(claims.map((claim) => [claim]));
}

/** The same of claims each of which lies in several arrays. */
function formatsOfEach(claims: readonly (readonly Float64Array[])[]): readonly Format[] {
  const whole = formatOf(claims.flat());
  return claims.map((claim) => coarser(formatOf(claim), whole));
}

/**
 * The same of claims that were asked for at several points. A parameter of one entry claims one number at each. Numbers that change from point to
 * point, and stay as round as half precision is, were rounded: those written down do not change, and exact ones to no finer numbers.
 * @param points the claims at each point, θ first
 */
export function formatsAlong(points: readonly (readonly Float64Array[])[]): readonly Format[] {
  const [here] = points as readonly [readonly Float64Array[]];
  const along = here.map((_, p) => claimsAt(points, p));
  const pooled = formatsOfEach(along);
  return formatsOf(here).map((told, p) => {
    const format = pooled[p]!;
    if (!fitsAll(along[p]!, told)) return format;
    // Single precision is told by one number: those at θ would have, and what is left of larger numbers may have as many bits elsewhere.
    return format.bits < FLOAT32.bits ? coarser(told, format) : told;
  });
}

/** Whether a claim changes along points, and may be of half precision as far as its bits say, but does not tell yet. */
export function isOpenAlong(points: readonly (readonly Float64Array[])[], p: number): boolean {
  const along = claimsAt(points, p);
  if (!fitsAll(along, FLOAT16) || formatOf(along) !== DOUBLE) return false;
  // What is left of larger numbers, as where a sum is zero but for its rounding, has lost half of its bits.
  if (fitsAll(along, { bits: BFLOAT16.bits / 2 })) return false;
  const [here] = points as readonly [readonly Float64Array[]];
  return points.some((claims) => claims[p]!.some((value, i) => value !== here[p]![i]));
}

/** What is claimed of a parameter at each of some points. */
function claimsAt(points: readonly (readonly Float64Array[])[], p: number): readonly Float64Array[] {
  return points.map((claims) => claims[p]!);
}

/** Whether all numbers, as far as they are finite, need no more bits than a format has. */
function fitsAll(arrays: readonly Float64Array[], { bits }: Pick<Format, 'bits'>): boolean {
  return bits === DOUBLE.bits || mostBits(arrays, bits) <= bits;
}

/** The bits that the finite ones of some numbers need; looking ends at the first that needs more than `enough`. */
function mostBits(arrays: readonly Float64Array[], enough: number): number {
  let most = 1;
  let isZero = true;
  for (const values of arrays)
    for (let i = 0; i < values.length && most <= enough; i += 1) {
      const value = values[i]!;
      if (value === 0 || !Number.isFinite(value)) continue;
      isZero = false;
      if (!fits(value, most)) most = bitsOf(value);
    }
  return isZero ? 0 : most;
}

/** Whether rounding to so many bits leaves a number as it is (Veltkamp's splitting; Dekker, Numer. Math. 18 (1971), 224–242). False where that overflows. */
function fits(value: number, bits: number): boolean {
  const product = value * (2 ** (DOUBLE.bits - bits) + 1);
  return product - (product - value) === value;
}

/** The spacing of numbers of the coarsest of some formats, relative to their size. */
export function coarsestSpacingOf(formats: readonly Format[]): number {
  return Math.max(...formats.map(({ bits }) => 2 ** (1 - bits)));
}

/** The coarser of two formats. */
export function coarser(a: Format, b: Format): Format {
  return a.bits < b.bits ? a : b;
}

/** The coarsest format that all of some numbers fit in, as far as they tell; DOUBLE where they don't. What is not finite tells nothing. */
export function formatOf(arrays: readonly Float64Array[]): Format {
  const most = mostBits(arrays, FLOAT32.bits);
  if (most > FLOAT32.bits) return DOUBLE;
  if (most > ROUND_BITS) return FLOAT32;
  // Those of float16 that are below its normal ones have as few bits as bfloat16, and a least spacing, which bfloat16 has not.
  const halves = most <= BFLOAT16.bits ? [BFLOAT16, FLOAT16] : [FLOAT16];
  return halves.find((half) => fills(arrays, half)) ?? DOUBLE;
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
 * known finer than the largest, or all as fine as the format goes, which counts and numbers with fixed decimals are not.
 */
function fills(arrays: readonly Float64Array[], { bits, least }: Format): boolean {
  const different = new Set<number>();
  for (const values of arrays)
    for (const value of values) {
      if (value !== 0 && Number.isFinite(value)) different.add(Math.abs(value));
      if (different.size === MOST_VALUES) break;
    }
  if (different.size < LEAST_VALUES) return false;
  const spacingAt = (value: number): number => Math.max(2 ** (exponentOf(value) + 1 - bits), least);
  const coarsest = spacingAt(Math.max(...different));
  let [full, finer] = [0, coarsest === least];
  for (const value of different) {
    const own = 2 ** (exponentOf(value) + 1 - bitsOf(value));
    if (own < spacingAt(value)) return false;
    full += Number(own <= 2 * spacingAt(value));
    finer ||= own < coarsest;
  }
  return FULL_SHARE * full >= different.size && finer;
}
