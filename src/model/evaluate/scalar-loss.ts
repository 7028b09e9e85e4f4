/** What `loss()` returned → the number that it stands for: itself, the one entry of an array, `item()`, or `valueOf()`. */

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
  const { item, valueOf } = value as { item?: unknown; valueOf?: unknown };
  const found: unknown = typeof item === 'function' ? item.call(value) : undefined;
  if (typeof found === 'number') return found;
  return typeof valueOf === 'function' ? asNumber(valueOf.call(value)) : undefined;
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
