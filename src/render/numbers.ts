/** Numbers → text, as a reader compares them: from 1e-300 to 1e300, with as many digits as the comparison needs and no more. */

/** Fewest and most significant digits shown; 17 is all that a double has. */
const FEWEST_DIGITS = 4;
const MOST_DIGITS = 17;

/** Digits shown beyond the first in which two numbers differ. */
const DIGITS_BEYOND = 3;

/** How many significant digits two numbers need so that a relative difference of `difference` between them shows. */
function digitsFor(difference: number): number {
  if (Number.isNaN(difference)) return FEWEST_DIGITS;
  if (difference === 0) return MOST_DIGITS;
  const digits = Math.ceil(-Math.log10(difference)) + DIGITS_BEYOND;
  return Math.min(Math.max(digits, FEWEST_DIGITS), MOST_DIGITS);
}

/** Magnitudes that are read more easily without an exponent. */
const SMALLEST_DECIMAL = 1e-3;
const LARGEST_DECIMAL = 1e6;

/**
 * Two values one above the other, with the digits that their relative difference needs: with the same decimals where both
 * are of ordinary size, else in scientific notation. A blank stands where the sign would.
 */
export function pairOfNumbers(a: number, b: number, difference: number): readonly [string, string] {
  const digits = digitsFor(difference);
  const sizes = [a, b].filter((value) => Number.isFinite(value) && value !== 0).map(Math.abs);
  const largest = Math.max(0, ...sizes);
  const decimal = sizes.every((size) => size >= SMALLEST_DECIMAL) && largest < LARGEST_DECIMAL;
  const decimals = largest === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(largest)));
  const write = (value: number): string => {
    if (!Number.isFinite(value)) return value < 0 ? String(value) : ` ${value}`;
    const text = decimal ? value.toFixed(decimals) : scientific(value, digits);
    return text.startsWith('-') ? text : ` ${text}`;
  };
  const [first, second] = [write(a), write(b)];
  const width = Math.max(first.length, second.length);
  return [first.padEnd(width), second.padEnd(width)];
}

/** Scientific notation with that many significant digits and at least two digits of exponent, so that columns align. */
function scientific(value: number, digits: number): string {
  return value.toExponential(digits - 1).replace(/e([+-])(\d)$/, 'e$10$2');
}

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
