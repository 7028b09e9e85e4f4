/** The sizes that failed, and those that did not, and the condition that tells them apart. */

import { describe, expect, test } from 'vitest';
import { casesOf } from '../../../src/check/sizes/size-cases.js';
import { conditionFor } from '../../../src/check/sizes/size-conditions.js';
import type { Sizes } from '../../../src/sizes-report.js';

type Here = Record<string, number>;

/** The condition for what fails where `fails` says so. */
function conditionOver(sizes: Sizes, fails: (here: never) => boolean): string | undefined {
  const cases = casesOf(sizes, 1) as readonly Here[];
  const isFailed = fails as (here: Here) => boolean;
  return conditionFor(
    cases.filter(isFailed),
    cases.filter((here) => !isFailed(here)),
  );
}

const PAIR = { rows: [1, 2, 3, 4, 5, 8], columns: [1, 2, 3, 4, 5, 6] };
type Pair = Record<'rows' | 'columns', number>;

describe('the condition', () => {
  test.each<[condition: string, fails: (here: Pair) => boolean]>([
    ['rows = 1', ({ rows }) => rows === 1],
    ['rows > 1', ({ rows }) => rows !== 1],
    ['columns is even', ({ columns }) => columns % 2 === 0],
    ['columns is odd', ({ columns }) => columns % 2 === 1],
    ['rows = columns', ({ rows, columns }) => rows === columns],
    ['rows ≠ columns', ({ rows, columns }) => rows !== columns],
    ['rows > columns', ({ rows, columns }) => rows > columns],
    ['rows < columns', ({ rows, columns }) => rows < columns],
    ['rows > 4', ({ rows }) => rows > 4],
    ['rows < 4', ({ rows }) => rows < 4],
    ['rows = 3', ({ rows }) => rows === 3],
    ['rows ≠ 3', ({ rows }) => rows !== 3],
    ['rows is divisible by columns', ({ rows, columns }) => rows % columns === 0],
    ['columns is not divisible by rows', ({ rows, columns }) => columns % rows !== 0],
    ['rows is no power of two', ({ rows }) => rows === 3 || rows === 5],
    ['columns is divisible by 3', ({ columns }) => columns % 3 === 0],
    ['columns is not divisible by 3', ({ columns }) => columns % 3 !== 0],
    ['rows is a power of two', ({ rows }) => rows !== 3 && rows !== 5],
    ['rows ≥ columns', ({ rows, columns }) => rows >= columns],
    ['rows ≤ columns', ({ rows, columns }) => rows <= columns],
    ['rows is not divisible by columns', ({ rows, columns }) => rows % columns !== 0],
    ['columns is divisible by rows', ({ rows, columns }) => columns % rows === 0],
    ['rows > 1 and columns > 1', ({ rows, columns }) => rows > 1 && columns > 1],
    ['rows > 2 and columns is even', ({ rows, columns }) => rows > 2 && columns % 2 === 0],
  ])('is %s', (condition, fails) => {
    const found = conditionOver(PAIR, fails);
    expect(found?.split(' and ').toSorted()).toEqual(condition.split(' and ').toSorted());
  });

  test('is of two the pair that one would try first', () => {
    // Also rows > 1 and columns = 2, whose ranks are one and seven; parity is two, and a threshold five.
    const sizes = { rows: [1, 2, 3], columns: [1, 2, 3] };
    expect(conditionOver(sizes, ({ rows, columns }: Pair) => rows > 1 && columns === 2)).toBe(
      'rows > 1 and columns is even',
    );
  });

  test('is compared with the first 32 sizes of a list', () => {
    const above = (count: number): string | undefined => {
      // Multiples of seven and three, that no other condition tells apart; the last seven fail, and come first.
      const sizes = Array.from({ length: count }, (_, k) => ({ n: 7 * k + 3 }));
      return conditionFor(sizes.slice(-7), sizes.slice(0, -7));
    };
    expect(above(32)).toBe('n > 171');
    expect(above(33)).toBeUndefined();
  });

  test('names no size that has nothing to do with it, however many there are', () => {
    const sizes = { a: [1, 2, 3], b: [1, 2, 3], c: [1, 2, 3], d: [1, 2] };
    expect(conditionOver(sizes, ({ a, c }: Record<'a' | 'c', number>) => a > 1 && c > 1)).toBe(
      'a > 1 and c > 1',
    );
  });

  test('is not there where nothing failed, or everything, or no one or two conditions say it', () => {
    expect(conditionOver(PAIR, () => false)).toBeUndefined();
    expect(conditionOver(PAIR, () => true)).toBeUndefined();
    const odd = ({ rows, columns }: Pair): boolean => (rows * 7 + columns * 3) % 5 === 0;
    expect(conditionOver(PAIR, odd)).toBeUndefined();
  });

  test('says nothing of a size that never changes', () => {
    expect(conditionOver({ n: [1, 2], k: [1] }, ({ n }: Record<'n', number>) => n === 2)).toBe('n > 1');
  });
});
