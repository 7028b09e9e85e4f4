/** A number → how a sentence says it. */

/** Digits of a number that is to be recognised rather than computed with. */
const DIGITS = 5;
/** More than these are rounding. */
const MOST_DIGITS = 12;

/** A number as it is said: 2, 0.33333, 1.2e-9; a minus is a minus sign. */
export function brief(value: number): string {
  return said(value, DIGITS);
}

function said(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)))
    .replace('-', '−')
    .replace('e−', 'e-');
}

/** A factor as it is said, with as many more digits as it takes to tell it from one. */
export function briefFactor(factor: number): string {
  const off = Math.abs(Math.abs(factor) - 1);
  const needed = Math.ceil(-Math.log10(off)) + 1;
  return said(factor, needed > MOST_DIGITS ? DIGITS : Math.max(DIGITS, needed + 1));
}

/** `1 entry`, `3 entries`. */
export function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}
