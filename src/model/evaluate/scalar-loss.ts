/** What `loss()` returned → the number that it stands for: itself, the one entry of an array, `item()`, `dataSync()`, or `valueOf()`. */

import { describe, misuse } from '../../errors.js';
import { valuesOf } from '../array/array-kinds.js';

/** The loss as a number; NaN and the infinities are numbers, and judged later. */
export function demandLoss(value: unknown): number {
  if (typeof value === 'number') return value;
  const number = numberIn(value);
  if (number !== undefined) return number;
  throw misuse(`loss() must return a number, but it returned ${describe(value)}.${adviceFor(value)}`);
}

function numberIn(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const values = valuesOf(value);
  if (values !== undefined) return values.count === 1 ? asNumber(values.get(0)) : undefined;
  for (const name of READERS) {
    const read: unknown = Reflect.get(value, name);
    const found = typeof read === 'function' ? onlyNumber(read.call(value)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Methods by which tensors give what they hold. */
const READERS: readonly string[] = ['item', 'dataSync', 'arraySync', 'valueOf'];

/** A number, or the one entry of an array. */
function onlyNumber(value: unknown): number | undefined {
  const values = valuesOf(value);
  return asNumber(values?.count === 1 ? values.get(0) : value);
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Of several numbers, that they have to be one; of an object that has its number in a field, which. */
function adviceFor(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const { count = 0 } = valuesOf(value) ?? {};
  if (count > 1) return ' Sum or average it.';
  const field = ['data', 'value', 'val', 'loss', 'cost'].find((key) => {
    const held: unknown = Reflect.get(value, key);
    return typeof held === 'number' || valuesOf(held)?.count === 1;
  });
  return field === undefined ? '' : ` Return its ${field}.`;
}
