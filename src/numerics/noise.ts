/**
 * Losses at jittered points of a short ray → the standard deviation of their noise, which is rounding for the most part.
 *
 * Along a ray that is short enough the loss is a polynomial of low degree, and its noise is what the polynomial leaves. The points
 * are jittered, because rounding repeats on equally spaced ones: a loss that climbs by one quantum from point to point shows no noise
 * in any of its differences. Least squares take the place of the differences of Moré and Wild ("Estimating computational noise",
 * SIAM J. Sci. Comput. 33 (2011), 1292–1314); their rule for accepting a level stays: two neighbouring degrees must agree on it.
 */

/** Points of a ray. Polynomials of degree three to six leave five to two degrees of freedom. */
export const NOISE_POINTS = 9;
/** Along a short ray a loss is a polynomial of at least this degree. */
const LOWEST_DEGREE = 3;
/** Beyond this degree too few degrees of freedom are left to tell a deviation. */
const HIGHEST_DEGREE = 6;

/** The standard deviation of rounding to whole units: 1/√12. */
export const ROUNDING_DEVIATION: number = Math.sqrt(1 / 12);

/** The standard deviation of rounding to multiples of a quantum. */
export function roundingNoise(quantum: number): number {
  // Of the smallest doubles it is no smaller double itself.
  return quantum > 0 ? Math.max(ROUNDING_DEVIATION * quantum, Number.MIN_VALUE) : 0;
}

/** Points of a ray lie on a grid of its length / 64, in its outer half, so that few bits are needed to store them. */
const RAY_GRID = 64;

/** With so many equal neighbours a loss climbs by steps, and rounds to these at least. */
const LEAST_EQUAL = 3;

/** A residual that falls by more than this from the lowest to the highest degree is structure, and not noise. */
const LARGEST_FALL = 8;

/** So is one above this share of the loss's range along the ray: a slope does not show beside it. */
const LARGEST_SHARE: number = 2 ** -6;

export interface NoiseEstimate {
  /** Standard deviation in the unit of the loss, never below what rounding to the quantum of the values makes; NaN where one is not finite. */
  readonly level: number;
  /** Whether all values are the same: the points say nothing of the noise then. */
  readonly isStill: boolean;
  /** Whether the residuals may be more than noise: the loss may oscillate along the ray, and a shorter one has to tell. */
  readonly isDoubtful: boolean;
}

/**
 * The points of a ray, ascending, as shares of its length: one at random in each ninth of its outer half. The inner half stays free, so
 * that a kink at the origin, which biases of zero make common, is not among them.
 * @param integers uniform on 0 … 2³² − 1
 */
export function rayPoints(integers: () => number): Float64Array {
  const half = RAY_GRID / 2;
  return Float64Array.from({ length: NOISE_POINTS }, (_, j) => {
    // Whole places of its own, so that no two points are the same.
    const first = Math.floor((j * half) / NOISE_POINTS);
    const places = Math.floor(((j + 1) * half) / NOISE_POINTS) - first;
    return (half + 1 + first + Math.floor((integers() / 2 ** 32) * places)) / RAY_GRID;
  });
}

/**
 * Estimates the noise of a loss along a ray.
 * @param points where the values were taken, distinct, in any unit
 * @param values the losses there, as many as NOISE_POINTS
 */
export function estimateNoise(points: Float64Array, values: Float64Array): NoiseEstimate {
  return noiseAlong(points)(values);
}

/** The same for values of many functions at the same points, in turn. */
export function noiseAlong(points: Float64Array): (values: Float64Array) => NoiseEstimate {
  const basis = basisOf(points);
  const rest = new Float64Array(points.length);
  const residuals = new Float64Array(HIGHEST_DEGREE + 1);
  return (values) => {
    const [first] = values as unknown as [number];
    let [least, most] = [0, 0];
    for (const [i, value] of values.entries()) {
      if (!Number.isFinite(value)) return { level: Number.NaN, isStill: false, isDoubtful: false };
      const change = value - first;
      rest[i] = change;
      if (change < least) least = change;
      if (change > most) most = change;
    }
    const range = most - least;
    const floor = roundingNoise(quantumOf(values));
    if (range === 0) return { level: floor, isStill: true, isDoubtful: false };
    // In units of the range, so that no square overflows.
    for (let i = 0; i < rest.length; i += 1) rest[i]! /= range;
    for (const [degree, unit] of basis.entries()) {
      subtract(rest, unit, dot(rest, unit));
      residuals[degree] = range * Math.sqrt(dot(rest, rest) / (rest.length - 1 - degree));
    }
    let level = Infinity;
    for (let degree = LOWEST_DEGREE; degree < HIGHEST_DEGREE; degree += 1)
      level = Math.min(level, Math.max(residuals[degree]!, residuals[degree + 1]!));
    const falls = residuals[LOWEST_DEGREE]! > LARGEST_FALL * Math.max(residuals[HIGHEST_DEGREE]!, floor);
    return {
      level: Math.max(level, floor, roundingNoise(stepOf(values))),
      isStill: false,
      isDoubtful: falls || level > LARGEST_SHARE * range,
    };
  };
}

/** The noise of some losses: its standard deviation where it was measured, and the largest magnitude of a loss there. */
export interface NoiseLevel {
  readonly level: number;
  readonly size: number;
}

/** The noise of two losses: rounding is relative, so that larger losses than those it was measured of have more of it. */
export function noiseAt({ level, size }: NoiseLevel, one: number, other: number): number {
  const larger = Math.max(Math.abs(one), Math.abs(other));
  return larger > size && larger < Infinity ? level * (larger / size) : level;
}

/** Polynomials of each degree that are orthonormal on the points, by modified Gram–Schmidt. */
function basisOf(points: Float64Array): readonly Float64Array[] {
  const low = Math.min(...points);
  const high = Math.max(...points);
  const basis: Float64Array[] = [];
  for (let degree = 0; degree <= HIGHEST_DEGREE; degree += 1) {
    const column = points.map((point) => ((2 * (point - low)) / (high - low) - 1) ** degree);
    for (const other of basis) subtract(column, other, dot(column, other));
    const norm = Math.sqrt(dot(column, column));
    basis.push(column.map((value) => value / norm));
  }
  return basis;
}

function subtract(from: Float64Array, unit: Float64Array, factor: number): void {
  for (let i = 0; i < from.length; i += 1) from[i]! -= factor * unit[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

/** The least difference of neighbours, where enough of them are equal; 0 where the loss does not climb by steps. */
function stepOf(values: Float64Array): number {
  const steps = Array.from(values.subarray(1), (value, i) => Math.abs(value - values[i]!));
  const moving = steps.filter((step) => step > 0);
  return steps.length - moving.length < LEAST_EQUAL ? 0 : Math.min(...moving);
}

/** Significant bits of a double (IEEE 754 binary64). */
const BITS = 53;

/** The spacing of the smallest doubles, which rounds all losses below 2^-1022 (IEEE 754 binary64). */
const LEAST_SPACING = Number.MIN_VALUE;

/**
 * The quantum of some numbers: the largest power of two that divides them all. It is the spacing of the format that they were rounded to,
 * be it float64, float32, float16 or an integer; no format is asked for. 0 where all are zero.
 */
export function quantumOf(values: Iterable<number>): number {
  let quantum = Infinity;
  for (const value of values) {
    if (value === 0) continue;
    const spacing = Math.max(2 ** (Math.floor(Math.log2(Math.abs(value))) + 1 - BITS), LEAST_SPACING);
    let digits = Math.abs(value) / spacing;
    let own = spacing;
    while (digits % 2 === 0) {
      digits /= 2;
      own *= 2;
    }
    quantum = Math.min(quantum, own);
  }
  return quantum === Infinity ? 0 : quantum;
}
