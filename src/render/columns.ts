/** The numbers of a block → texts in one format, with the digits that their uncertainties support. */

/** A numeric value with its bound, and what is claimed in its place. */
export interface Pair {
  readonly numeric: number;
  readonly analytic: number;
  /** How far `numeric` may be off; zero or NaN where that is not known. */
  readonly uncertainty: number;
}

/** The same in words; the uncertainty is empty where it is not known. */
export type PairInWords = Readonly<Record<keyof Pair, string>>;

/** Significant digits: no more than every double has, and so many where nothing tells how many are known. */
const MOST_DIGITS = 15;
const USUAL_DIGITS = 6;
/** Digits of a difference that show it. */
const OF_DIFFERENCE = 2;

/** Without an exponent are read: so many decimals, and numbers of which the largest lies between these. */
const MOST_DECIMALS = 15;
const LARGEST_DECIMAL = 1e7;
const SMALLEST_DECIMAL = 1e-3;

/** Pairs that stand below each other: all without exponents, or all with them. A blank stands where a sign would. */
export function pairsInWords(pairs: readonly Pair[]): readonly PairInWords[] {
  const places = pairs.map(placeOf);
  const claimPlaces = pairs.map((pair, k) => claimPlaceOf(pair, places[k]!));
  const largest = Math.max(0, ...pairs.flatMap(sizesOf));
  const isDecimal =
    [...places, ...claimPlaces].every((place) => place >= -MOST_DECIMALS && 10 ** place < LARGEST_DECIMAL) &&
    (largest === 0 || (largest >= SMALLEST_DECIMAL && largest < LARGEST_DECIMAL));
  return pairs.map(({ numeric, analytic, uncertainty }, k) => {
    const place = places[k]!;
    const write = (value: number, last: number): string =>
      signed(isDecimal ? decimal(value, last) : scientific(value, last));
    const bound = isKnown(uncertainty) ? roundedUp(Math.max(uncertainty, 10 ** place)) : undefined;
    return {
      numeric: write(numeric, place),
      analytic: write(analytic, claimPlaces[k]!),
      uncertainty:
        bound === undefined ? '' : isDecimal ? decimal(bound, powerOf(bound)) : bound.toExponential(0),
    };
  });
}

function isKnown(uncertainty: number): boolean {
  return uncertainty > 0 && Number.isFinite(uncertainty);
}

function sizesOf({ numeric, analytic }: Pair): readonly number[] {
  return [numeric, analytic].filter((value) => Number.isFinite(value) && value !== 0).map(Math.abs);
}

/** The power of ten of the first digit. */
function powerOf(size: number): number {
  return Number(Math.abs(size).toExponential().split('e')[1]);
}

/** The power of ten of the last digit that is shown. */
function placeOf(pair: Pair): number {
  const { numeric, uncertainty } = pair;
  const powers = sizesOf(pair).map(powerOf);
  if (powers.length === 0) return isKnown(uncertainty) ? powerOf(roundedUp(uncertainty)) : 0;
  const largest = Math.max(...powers);
  const own = Number.isFinite(numeric) && numeric !== 0 ? powerOf(numeric) : largest;
  const place = isKnown(uncertainty) ? powerOf(roundedUp(uncertainty)) : usualPlace(pair, largest);
  return Math.max(place, own - MOST_DIGITS + 1);
}

/** The same of the claim: where the uncertainty hides both numbers it is known all the same, and its first digits are shown. */
function claimPlaceOf(pair: Pair, place: number): number {
  const { analytic } = pair;
  const isHidden = sizesOf(pair).every((size) => powerOf(size) < place);
  return isHidden && analytic !== 0 && Number.isFinite(analytic)
    ? powerOf(analytic) - OF_DIFFERENCE + 1
    : place;
}

/** Where no uncertainty is known: as many digits as show the difference. */
function usualPlace({ numeric, analytic }: Pair, largest: number): number {
  const apart = Math.abs(numeric - analytic);
  const usual = largest - USUAL_DIGITS + 1;
  return apart > 0 && Number.isFinite(apart) ? Math.min(usual, powerOf(apart) - OF_DIFFERENCE + 1) : usual;
}

/** A bound with one digit, never below the number. */
function roundedUp(size: number): number {
  const rounded = Number(size.toExponential(0));
  return rounded >= size ? rounded : Number((rounded + 10 ** powerOf(size)).toExponential(0));
}

function signed(text: string): string {
  return text.startsWith('-') ? text : ` ${text}`;
}

function decimal(value: number, place: number): string {
  if (!Number.isFinite(value)) return String(value);
  const rounded = place > 0 ? Math.round(value / 10 ** place) * 10 ** place : value;
  const text = rounded.toFixed(Math.max(0, -place));
  return Number(text) === 0 ? text.replace('-', '') : text;
}

function scientific(value: number, place: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) < 10 ** place / 2) return '0';
  const digits = Math.min(MOST_DIGITS - 1, powerOf(value) - place);
  return digits < 0 ? `${value < 0 ? '-' : ''}1e${place}` : value.toExponential(digits);
}

/** How relative numbers that stand together are written: with three digits, or all with an exponent. */
export function relativeFormat(values: readonly number[]): (value: number) => string {
  const isDecimal = values.every(
    (value) => value === 0 || !Number.isFinite(value) || (value >= SMALLEST_DECIMAL && value < 1e3),
  );
  return (value) => {
    if (value === 0 || !Number.isFinite(value)) return String(value);
    return isDecimal ? value.toPrecision(3) : value.toExponential(1);
  };
}
