/** Numbers and counts in the sentences of the findings. */

/** Digits of a number that is to be recognised rather than computed with. */
const DIGITS = 5;

/** A number as it is said: 2, 0.33333, 1.2e-9; a minus is a minus sign. */
export function brief(value: number): string {
  return String(Number(value.toPrecision(DIGITS)))
    .replace('-', '−')
    .replace('e−', 'e-');
}

/** `1 entry`, `3 entries`. */
export function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}
