/**
 * What several random directions show of an error → the single entries that would explain all of them.
 *
 * If one entry is off by e, the direction with the weights w shows e w of its place. Each further direction leaves of the places only those
 * whose weight fits, a share of about its uncertainty over what it shows: real weights tell one place in tens of thousands from all others by
 * two or three directions. It is the decoding of group tests with a matrix of one column for each place (Atia and Saligrama, IEEE Trans. Inf.
 * Theory 58 (2012), 1880–1901), with numbers in the place of yes and no.
 */

/** What one direction shows. */
export interface Shown {
  /** The error along it, and what is uncertain of that. */
  readonly error: number;
  readonly uncertainty: number;
  /** The weight of an entry. */
  weight(entry: number): number;
}

/** An entry that would explain all directions, and how far it would be off. */
export interface Culprit {
  readonly entry: number;
  readonly error: number;
}

/** Uncertainties are bounds, and those of several directions need not be exceeded at once: some room beyond them. */
const ROOM = 1.5;

/**
 * The entries from `from` to before `to` each of which would explain all that is shown, the best first; undefined where there are more than
 * `most` of them.
 */
export function decode(
  shown: readonly Shown[],
  { from, to }: { readonly from: number; readonly to: number },
  most: number,
): Culprit[] | undefined {
  const found: (Culprit & { readonly misfit: number })[] = [];
  for (let entry = from; entry < to; entry += 1) {
    // What no direction moved can't be to blame.
    if (shown.every((one) => one.weight(entry) === 0)) continue;
    const error = fitted(shown, entry);
    const misfit = misfitOf(shown, entry, error);
    if (!(misfit <= ROOM)) continue;
    if (found.length === most) return undefined;
    found.push({ entry, error, misfit });
  }
  return found.toSorted((a, b) => a.misfit - b.misfit);
}

/** The weighted least squares of error ≈ e w. */
function fitted(shown: readonly Shown[], entry: number): number {
  let [products, squares] = [0, 0];
  for (const one of shown) {
    const weight = one.weight(entry) / one.uncertainty;
    products += (one.error / one.uncertainty) * weight;
    squares += weight * weight;
  }
  return products / squares;
}

/** The largest of what is left, in units of what is uncertain. */
function misfitOf(shown: readonly Shown[], entry: number, error: number): number {
  let most = 0;
  for (const one of shown) {
    const rest = Math.abs(one.error - error * one.weight(entry)) / one.uncertainty;
    if (!(rest <= most)) most = rest;
  }
  return most;
}
