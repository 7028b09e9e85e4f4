/** Numbers compared bit for bit, 0 and −0 told apart; and what the tests of misuse and of restoring need besides. */

/** The bits of some numbers, as text that a failing test can show. */
export function bitsOf(numbers: Iterable<number>): string[] {
  const view = new DataView(new ArrayBuffer(8));
  return Array.from(numbers, (number) => {
    view.setFloat64(0, number);
    // Which NaN it is can't be seen from JavaScript's numbers, and engines change it as they like.
    return Number.isNaN(number) ? 'NaN' : `${number} (${view.getBigUint64(0).toString(16)})`;
  });
}

/** Every number within a value, however it is nested, in its own order; what can't hold numbers is passed over. */
export function numbersIn(value: unknown, seen: Set<object> = new Set()): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  if (value instanceof Map) return [...value.values()].flatMap((child) => numbersIn(child, seen));
  if (ArrayBuffer.isView(value) && 'length' in value)
    return Array.from(value as unknown as ArrayLike<unknown>, Number);
  return Object.values(value).flatMap((child) => numbersIn(child, seen));
}

/** What a function throws; a failure of its own when it throws nothing. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
