/**
 * Factors at some sizes → the exponents of a law factor = constant · Π size^exponent that fits all of them, if there is one: least squares
 * in logarithms, with as few sizes as will do.
 */

/** A factor, and the sizes that it was found at. */
export interface SizedFactor {
  readonly sizes: readonly number[];
  readonly factor: number;
  /** How far the factor may be off, relatively. */
  readonly within: number;
}

/** More sizes no law has. */
const MOST_SIZES = 4;

/** An exponent is told where it is known to this. */
const EXPONENT_STEP = 0.05;
/** Steps of an exponent in 1. */
const STEPS: number = 1 / EXPONENT_STEP;

/** A law with as many numbers as there are factors fits any; then only multiples of this are believed. */
const SIMPLE = 1 / 2;

/** Rounding of logarithms and sums. */
const ROUNDING: number = 2 ** -40;

/**
 * The exponents of the law, one for each size, rounded to 0.05; undefined where there is none, or too few factors to tell.
 * @param factors two or more, for a law of which anything can be told
 */
export function powerLaw(factors: readonly SizedFactor[]): readonly number[] | undefined {
  const [first] = factors;
  if (first === undefined || factors.length < 2) return undefined;
  const sign = Math.sign(first.factor);
  const isLawful = ({ sizes, factor }: SizedFactor): boolean =>
    Math.sign(factor) === sign && Number.isFinite(factor) && factor !== 0 && !sizes.includes(0);
  if (!factors.every(isLawful)) return undefined;
  const columns = first.sizes.map((_, s) => factors.map(({ sizes }) => Math.log(sizes[s]!)));
  const logs = factors.map(({ factor }) => Math.log(Math.abs(factor)));
  const bounds = factors.map(({ within }) => within + ROUNDING);
  for (const subset of subsetsOf(columns.length)) {
    const found = fitted(
      subset.map((s) => columns[s]!),
      logs,
      bounds,
    );
    if (found !== undefined) return columns.map((_, s) => found[subset.indexOf(s)] ?? 0);
  }
  return undefined;
}

/** The sets of places below `count`, the smaller before the larger. */
function subsetsOf(count: number): readonly (readonly number[])[] {
  const ofSize = (size: number, from: number): readonly (readonly number[])[] =>
    size === 0
      ? [[]]
      : Array.from({ length: Math.max(0, count - from) }, (_, k) => from + k).flatMap((s) =>
          ofSize(size - 1, s + 1).map((rest) => [s, ...rest]),
        );
  return Array.from({ length: Math.min(count, MOST_SIZES) + 1 }, (_, size) => ofSize(size, 0)).flat();
}

/** The exponents of least squares; undefined where they don't fit within the bounds, or are not known well enough. */
function fitted(
  columns: readonly (readonly number[])[],
  logs: readonly number[],
  bounds: readonly number[],
): readonly number[] | undefined {
  const rows = logs.map((_, i) => [1, ...columns.map((column) => column[i]!)]);
  const solver = pseudoInverse(rows);
  if (solver === undefined) return undefined;
  const [constant, ...exponents] = solver.map((row) => dot(row, logs)) as [number, ...number[]];
  // If a law holds with each factor within its bound, least squares are off by no more than this.
  const errors = solver.map((row) => row.reduce((sum, weight, i) => sum + Math.abs(weight) * bounds[i]!, 0));
  const fits = rows.every((row, i) => {
    const through = row.reduce((sum, x, c) => sum + Math.abs(x) * errors[c]!, bounds[i]!);
    return Math.abs(dot(row, [constant, ...exponents]) - logs[i]!) <= through;
  });
  const isKnown = errors.slice(1).every((error) => error <= EXPONENT_STEP);
  const isTested = logs.length > rows[0]!.length;
  if (!fits || !isKnown) return undefined;
  if (!isTested && !exponents.every((exponent, c) => isSimple(exponent, errors[c + 1]!))) return undefined;
  return exponents.map(rounded);
}

function isSimple(exponent: number, error: number): boolean {
  return Math.abs(exponent - SIMPLE * Math.round(exponent / SIMPLE)) <= error;
}

/** To the step of exponents, as people write it, and never −0. */
function rounded(exponent: number): number {
  return Number((Math.round(exponent * STEPS) / STEPS).toFixed(2)) + 0;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

/** Columns are taken for dependent where no more than this is left of one beside the others. */
const LEAST_PIVOT: number = 2 ** -30;

/** (XᵀX)⁻¹ Xᵀ, by Gauss and Jordan; undefined where the columns of X are dependent. */
function pseudoInverse(rows: readonly (readonly number[])[]): readonly (readonly number[])[] | undefined {
  const width = rows[0]!.length;
  const columnOf = (c: number): number[] => rows.map((row) => row[c]!);
  const columns = Array.from({ length: width }, (_, c) => columnOf(c));
  // On the left XᵀX, on the right Xᵀ.
  const system = columns.map((column) => [...columns.map((other) => dot(column, other)), ...column]);
  for (let c = 0; c < width; c += 1) {
    const largest = system.slice(c).reduce((best, row) => Math.max(best, Math.abs(row[c]!)), 0);
    const p = system.findIndex((row, r) => r >= c && Math.abs(row[c]!) === largest);
    if (!(largest > LEAST_PIVOT * dot(columns[c]!, columns[c]!))) return undefined;
    [system[c], system[p]] = [system[p]!, system[c]!];
    const pivot = system[c]!.map((x) => x / system[c]![c]!);
    for (const [r, row] of system.entries())
      system[r] = r === c ? pivot : row.map((x, k) => x - row[c]! * pivot[k]!);
  }
  return system.map((row) => row.slice(width));
}
