/** A number that stands by itself, a size or a count → text. */

/** Magnitudes that are read more easily without an exponent. */
const SMALLEST_DECIMAL = 1e-3;
const LARGEST_DECIMAL = 1e6;

/** A size that has no sign and whose magnitude is what matters, a difference, a norm or an uncertainty, to three digits. */
export function magnitude(value: number): string {
  if (!Number.isFinite(value) || value === 0) return String(value);
  return value >= SMALLEST_DECIMAL && value < LARGEST_DECIMAL / 1e3
    ? value.toPrecision(3)
    : value.toExponential(2);
}

/** A number that the user wrote, or one that is meant to be copied, to at most three digits. */
export function plain(exact: number): string {
  const value = Number(exact.toPrecision(3));
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential();
  return String(value);
}

/** A count with its noun: `1 entry`, `2,000 entries`. */
export function counted(count: number, singular: string, plural: string = `${singular}s`): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}

/** A whole number with its thousands set apart. */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
}
