import { describe, expect, it } from 'vitest';
import { isNumeric, numbersOf, sameNumbers, valuesOf } from '../../../src/model/array/array-kinds.js';
import {
  coarsestSpacing,
  isFlat,
  isNumberRow,
  isTypedArray,
  PLAIN_SPACING,
} from '../../../src/model/array/storage.js';
import {
  AccessedValues,
  fieldValues,
  NestedValues,
  RunValues,
  type Values,
} from '../../../src/model/array/values.js';

const numbersIn = (values: Values): number[] => {
  const copy = new Float64Array(values.count);
  values.read(copy);
  return [...copy];
};

describe('storage', () => {
  it('is a typed array or a row of numbers', () => {
    expect([[1, 2], Float64Array.of(1), Int8Array.of(1), []].map(isFlat)).toEqual([true, true, true, true]);
    expect([[1, '2'], [[1]], 1, null, { 0: 1, length: 1 }, BigInt64Array.of(1n)].map(isFlat)).toEqual(
      Array.from({ length: 6 }, () => false),
    );
    expect([BigUint64Array.of(1n), new DataView(new ArrayBuffer(8)), [1]].map(isTypedArray)).toEqual([
      false,
      false,
      false,
    ]);
    expect(
      [
        [1, 2],
        [1, undefined],
        ['1', 2],
        [1, 2, '3'],
      ].map(isNumberRow),
    ).toEqual([true, false, false, false]);
  });

  it('is as coarse as its coarsest part, and none where one part is of integers', () => {
    expect(PLAIN_SPACING).toBe(2 ** -52);
    expect(coarsestSpacing([])).toBe(2 ** -52);
    expect(coarsestSpacing([[1], Float32Array.of(1), Float64Array.of(1)])).toBe(2 ** -23);
    expect(coarsestSpacing([Float32Array.of(1), Uint8Array.of(1), Float64Array.of(1)])).toBe(0);
  });
});

describe('what is numeric', () => {
  it('is a number, or an array of them', () => {
    expect([1, [1], [[1]], Float32Array.of(1), { data: [1], shape: [1] }].every(isNumeric)).toBe(true);
    expect([null, '1', { a: 1 }, [{}], undefined].some(isNumeric)).toBe(false);
  });

  it('has numbers that are copied', () => {
    const row = [1, 2];
    const numbers = numbersOf([row, [3, 4]]);
    row[0] = 9;
    expect(numbers).toEqual(Float64Array.of(1, 2, 3, 4));
    expect(numbersOf(-0)).toEqual(Float64Array.of(-0));
  });

  it.each<[unknown, unknown, boolean]>([
    [1, [1], true],
    [[1, 2], [[1], [2]], true],
    [[1, 2], [1, 3], false],
    [[1, 2], [2, 2], false],
    [[1, 2], [1, 2, 3], false],
    [[0], [-0], false],
    [[Number.NaN], [Number.NaN], true],
  ])('has the numbers of another: %o and %o, %o', (a, b, same) => {
    expect(sameNumbers(a, b)).toBe(same);
  });

  it('has its own numbers whatever it is', () => {
    const object = {};
    expect(sameNumbers(object, object)).toBe(true);
  });
});

describe('a part of a row', () => {
  it.each([[[9, 1, 2, 3, 9]], [Float64Array.of(9, 1, 2, 3, 9)]])('is read and written alone: %o', (row) => {
    const values = new RunValues(row, 1, 3, [3], []);
    expect([values.get(0), values.get(2)]).toEqual([1, 3]);
    expect(numbersIn(values)).toEqual([1, 2, 3]);
    values.set(1, -2);
    values.write(Float64Array.of(4, 5, 6));
    expect([...row]).toEqual([9, 4, 5, 6, 9]);
    expect(values.isWhole).toBe(false);
  });

  it('is read alone at the beginning of a longer row', () => {
    expect(numbersIn(new RunValues([1, 2, 3], 0, 2, [2], []))).toEqual([1, 2]);
  });
});

describe('rows in rows', () => {
  const cube = (): number[][][] => [
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    [
      [7, 8],
      [9, 10],
      [11, 12],
    ],
  ];
  const twelve = Array.from({ length: 12 }, (_, i) => i + 1);

  it('are read in their order', () => {
    const values = valuesOf(cube())!;
    expect(values).toBeInstanceOf(NestedValues);
    expect(values).toMatchObject({ shape: [2, 3, 2], count: 12 });
    expect(twelve.map((_, i) => values.get(i))).toEqual(twelve);
    expect(numbersIn(values)).toEqual(twelve);
  });

  it('are written each to its place', () => {
    const value = cube();
    const values = valuesOf(value)!;
    values.set(9, -10);
    expect(value[1]![1]).toEqual([9, -10]);
    values.write(Float64Array.from(twelve, (number) => 2 * number));
    expect(value[0]![2]).toEqual([10, 12]);
    expect(value[1]).toEqual([
      [14, 16],
      [18, 20],
      [22, 24],
    ]);
  });

  it('are those that stand there now', () => {
    const value = cube();
    const values = valuesOf(value)!;
    const row = [0, -1];
    value[1]![0] = row;
    expect([values.get(6), values.get(7), values.get(8)]).toEqual([0, -1, 9]);
    values.set(7, 5);
    expect(row).toEqual([0, 5]);
    expect(numbersIn(values).slice(5, 8)).toEqual([6, 0, 5]);
    values.write(Float64Array.from(twelve));
    expect(row).toEqual([7, 8]);
  });

  it('may be longer by now, and are read no further', () => {
    const value = [
      [1, 2],
      [3, 4],
    ];
    const values = valuesOf(value)!;
    value[0]!.push(9);
    expect(numbersIn(values)).toEqual([1, 2, 3, 4]);
    values.write(Float64Array.of(5, 6, 7, 8));
    expect(value).toEqual([
      [5, 6, 9],
      [7, 8],
    ]);
  });

  it('tell where each was found', () => {
    const value = [
      [1, 2],
      [3, 4],
    ];
    expect(valuesOf(value)!.references).toEqual([
      { holder: value, key: 0, held: value[0], isHeld: true },
      { holder: value, key: 1, held: value[1], isHeld: true },
    ]);
  });
});

describe('a field', () => {
  it.each([
    ['an object', { a: 3 }, (holder: object) => (holder as { a: number }).a],
    ['a Map', new Map([['a', 3]]), (holder: object) => (holder as Map<string, number>).get('a')],
  ])('of %s', (_, holder, now) => {
    const values = fieldValues(holder, 'a');
    expect(values).toBeInstanceOf(AccessedValues);
    expect(values).toMatchObject({ shape: [], count: 1, spacing: 2 ** -52, references: [] });
    expect(values.get(0)).toBe(3);
    values.set(0, 4);
    expect(now(holder)).toBe(4);
    values.write(Float64Array.of(5));
    expect(numbersIn(values)).toEqual([5]);
  });
});
