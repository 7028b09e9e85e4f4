/**
 * Values at falling distances, each with a bound on its noise → the one that is known best, by Lepskii's balancing principle; values
 * extrapolated by Richardson from two neighbours compete with the others.
 */

/** A value with the bound on its error. */
export interface Bounded {
  readonly value: number;
  readonly uncertainty: number;
}

/** A value at a distance. */
export interface Point {
  readonly distance: number;
  readonly value: number;
  /** The bound on its noise. */
  readonly error: number;
  /** The bound on noise that it may have besides, and need not: by so much it may miss another value without a contradiction. 0 where left out. */
  readonly doubt?: number;
  /** What else it is known to be off by, other than by truncation. */
  readonly bias: number;
  /** That of it which one kink may do at most: another value is borne out as far as this. */
  readonly largest: number;
  /** What it may be off by besides, hidden in the noise. */
  readonly hidden: number;
}

/** The orders of the truncation error: of the values themselves, and of those extrapolated from two. */
export interface Orders {
  readonly own: number;
  readonly extrapolated: number;
  /** Truncation falls at least like the distance to this power: so it does where the second derivative jumps, as that of elu does; to one side, where it is infinite. */
  readonly slowest: number;
}
/** Of centred differences: J‴h²/6 and Richardson's h⁴. */
export const CENTRAL: Orders = { own: 2, extrapolated: 4, slowest: 1 };
/** Of one-sided differences: J″h/2 and Richardson's h². */
export const SIDED: Orders = { own: 1, extrapolated: 2, slowest: 1 / 2 };

/** An estimated truncation error is taken this many times. */
const TRUNCATION_CAUTION = 2;

/** At the last distance, which no smaller one bears out, a noise that was measured too small may not veto all others. */
const LAST_COVERAGE = 2;

/** The best known value, and the place of the distance that it comes from. */
export interface Balanced extends Bounded {
  readonly hidden: number;
  /** What noise may add that need not be there: of two values the one is taken that has less of it. */
  readonly doubt: number;
  readonly place: number;
}

/** @param points with falling distances; undefined where no two of them agree */
export function balance(
  points: readonly Point[],
  { own, extrapolated, slowest }: Orders,
): Balanced | undefined {
  const candidates = [
    ...candidatesOf(points, { order: own, slowest }, 0),
    ...candidatesOf(extrapolate(points, own), { order: extrapolated, slowest }, 1),
  ];
  const borneOut = candidates.filter((candidate) => isBorneOut(candidate, points));
  const unsure = ({ uncertainty, hidden, doubt }: Balanced): number => uncertainty + hidden + doubt;
  return borneOut.toSorted((a, b) => unsure(a) - unsure(b))[0];
}

/** Richardson extrapolation from each two neighbours: (r v(h/…) − v(h)) / (r − 1) with r the fall of the truncation error. */
function extrapolate(points: readonly Point[], order: number): Point[] {
  return points.slice(1).map(({ distance, value, error, bias, largest, hidden, doubt = 0 }, k) => {
    const above = points[k]!;
    const fall = (above.distance / distance) ** order;
    return {
      distance,
      value: value + (value - above.value) / (fall - 1),
      error: (fall * error + above.error) / (fall - 1),
      bias: (fall * bias + above.bias) / (fall - 1),
      largest: (fall * largest + above.largest) / (fall - 1),
      hidden: (fall * hidden + above.hidden) / (fall - 1),
      doubt: (fall * doubt + (above.doubt ?? 0)) / (fall - 1),
    };
  });
}

/** How fast truncation falls, as powers of the distance: where the function is smooth, and at least. */
interface Falls {
  readonly order: number;
  readonly slowest: number;
}

/** @param first place of the first of these among all distances */
function candidatesOf(points: readonly Point[], falls: Falls, first: number): Balanced[] {
  if (points.length < 2) return [];
  return points.map(({ value, error, bias, hidden, doubt = 0 }, k) => ({
    value,
    hidden,
    doubt,
    uncertainty: error + bias + truncationOf(points, k, falls),
    place: first + k,
  }));
}

/**
 * The truncation error of the k-th value. From distance to distance it falls by some ratio, which two changes tell where noise lets them,
 * between that of a smooth function and the slowest; then a value is off by the change before it times ratio / (1 − ratio).
 */
function truncationOf(points: readonly Point[], k: number, { order, slowest }: Falls): number {
  const change = (j: number): number => Math.abs(points[j]!.value - points[j - 1]!.value);
  const ratio = (j: number, power: number): number =>
    (points[j]!.distance / points[j - 1]!.distance) ** power;
  // The first value has none above it: it is off by the change after it, and by what that leaves.
  if (k === 0) return (change(1) + points[1]!.error) / (1 - ratio(1, slowest));
  if (k === 1) return truncation(change(1), ratio(1, slowest));
  const before = change(k - 1);
  const fastest = ratio(k, order);
  // Two values may agree by chance: a change falls no faster than that of a smooth function.
  const own = Math.max(change(k), fastest * before);
  const isSeen = before > points[k - 1]!.error + points[k - 2]!.error && own > points[k]!.error;
  return truncation(own, isSeen ? Math.max(own / before, fastest) : ratio(k, slowest));
}

function truncation(change: number, ratio: number): number {
  return ratio < 1 ? (TRUNCATION_CAUTION * change * ratio) / (1 - ratio) : Infinity;
}

/** Whether a value lies within reach of those at all smaller distances. */
function isBorneOut({ value, uncertainty, place }: Balanced, points: readonly Point[]): boolean {
  if (!(uncertainty < Infinity)) return false;
  for (let j = place + 1; j < points.length; j += 1) {
    const { value: other, error, bias, largest, doubt = 0 } = points[j]!;
    const coverage = j === points.length - 1 ? LAST_COVERAGE : 1;
    const off = Math.abs(value - other) - doubt;
    if (!(off <= uncertainty + Math.min(bias, largest) + coverage * error)) return false;
  }
  return true;
}
