/** What repeated calls of `gradients` gave at the same point → the parameters, and the entries, that differ. */

/** The parameters whose gradients were not the same in every call; 0 and −0 are the same gradient, NaN twice the same failure. */
export function changedParameters(calls: readonly (readonly Float64Array[])[]): readonly number[] {
  const [first, ...others] = calls;
  return (first ?? []).flatMap((array, p) =>
    others.some((other) => firstChanged(array, other[p]!) !== undefined) ? [p] : [],
  );
}

/** The first entry in which two gradients differ. */
export function firstChanged(a: Float64Array, b: Float64Array): number | undefined {
  for (let i = 0; i < a.length; i += 1)
    if (a[i] !== b[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i]))) return i;
  return undefined;
}

/** The largest |aᵢ − bᵢ| relative to the largest |aᵢ| or |bᵢ|; 0 when both are zero, NaN when either is not finite. */
export function relativeDistance(a: Float64Array, b: Float64Array): number {
  let largest = 0;
  let apart = 0;
  for (let i = 0; i < a.length; i += 1) {
    largest = Math.max(largest, Math.abs(a[i]!), Math.abs(b[i]!));
    apart = Math.max(apart, Math.abs(a[i]! - b[i]!));
  }
  return largest === 0 ? 0 : apart / largest;
}
