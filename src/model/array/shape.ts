/** Shapes: sizes by dimension, `[]` for a scalar, `[n]` for a flat array. */

/** Whether two shapes are the same, dimension by dimension. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

/** The number of entries of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Whether `value` is a list of sizes, as in `shape: [2, 3]`. */
export function isShape(value: unknown): value is readonly number[] {
  if (!Array.isArray(value) && !(ArrayBuffer.isView(value) && 'length' in value)) return false;
  return Array.from(value as ArrayLike<unknown>).every(isSize);
}

/** Whether a value can be the size of something: whole, and not negative. */
export function isSize(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

/**
 * Whether two shapes of equal size lay their entries out alike: one is the other with neighbouring dimensions taken
 * together, as `[12]` and `[3, 4]`, `[5]` and `[5, 1]`, `[3, 16]` and `[3, 4, 4]` are; `[2, 3]` and `[3, 2]` are not.
 */
export function sameLayout(a: readonly number[], b: readonly number[]): boolean {
  return merges(a, b) || merges(b, a);
}

function merges(fine: readonly number[], coarse: readonly number[]): boolean {
  let k = 0;
  for (const size of coarse) {
    let product = 1;
    while (k < fine.length && (product < size || fine[k] === 1)) product *= fine[k++]!;
    if (product !== size) return false;
  }
  return k === fine.length;
}

/** A shape in words: `5 × 4`, or `scalar`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? 'scalar' : shape.join(' × ');
}

/** The index within `shape` of the i-th entry in row-major order; `[]` for a scalar. */
export function unravel(entry: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  let rest = entry;
  for (let k = shape.length - 1; k >= 0; k -= 1) {
    const size = shape[k]!;
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return index;
}

/** The place in row-major order of the entry with an index within `shape`. */
export function ravel(index: readonly number[], shape: readonly number[]): number {
  return index.reduce((place, own, axis) => place * shape[axis]! + own, 0);
}
