/**
 * Which entries are to be checked: all those of the chosen parameters, or one of equal parts of them. Parts are cut by count, across
 * parameters in the order of the model, so that they are the same in every process.
 */

import { totalOf } from '../array/concat.js';
import { misuse } from '../../errors.js';

/** One part of so many. */
export interface Shard {
  /** From 1 on. */
  readonly part: number;
  readonly of: number;
}

/** The entries of one parameter that are to be checked; `to` is not among them. */
export interface EntryRange {
  /** Place of the parameter among those chosen. */
  readonly parameter: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The entries to check, by parameter; a parameter without any is left out. */
export function selectEntries(
  parameters: readonly { readonly count: number }[],
  shard: Shard | undefined,
): readonly EntryRange[] {
  const total = totalOf(parameters);
  const { part, of } = shard ?? { part: 1, of: 1 };
  if (of > total)
    throw misuse(
      `options.shard must leave each part an entry, so there can be at most ${total} ${total === 1 ? 'part' : 'parts'} here, but it is '${part}/${of}'.`,
    );
  const [first, end] = [boundary(part - 1, total, of), boundary(part, total, of)];
  let before = 0;
  return parameters.flatMap(({ count }, parameter) => {
    const [from, to] = [Math.max(first - before, 0), Math.min(end - before, count)];
    before += count;
    return from < to ? [{ parameter, from, to, count: to - from }] : [];
  });
}

/** ⌊k N / n⌋; as big integers, since k N may have more digits than a double. */
function boundary(k: number, total: number, of: number): number {
  return Number((BigInt(k) * BigInt(total)) / BigInt(of));
}
