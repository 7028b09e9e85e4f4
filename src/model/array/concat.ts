/** Several arrays as one, one after the other, and one as several. */

/** What has so many entries. */
interface Counted {
  readonly count: number;
}

/** How many entries some arrays have together. */
export function totalOf(arrays: readonly Counted[]): number {
  return arrays.reduce((sum, { count }) => sum + count, 0);
}

/** Some arrays one after the other. */
export function flattened(arrays: readonly Float64Array[]): Float64Array {
  const flat = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const array of arrays) {
    flat.set(array, from);
    from += array.length;
  }
  return flat;
}

/** The parts of such an array, as views of it. */
export function split(flat: Float64Array, arrays: readonly Counted[]): readonly Float64Array[] {
  let from = 0;
  return arrays.map(({ count }) => flat.subarray(from, (from += count)));
}
