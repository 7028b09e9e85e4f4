/** Where slices belong: told by their signatures where these are distinct, else by trying what people do. */

import { describe, expect, test } from 'vitest';
import { slicesAlong } from '../../src/diagnoses/layouts.js';
import { matchSlices, rearranged, usualOrders } from '../../src/diagnoses/matching.js';
import { generic, type Numbers, wrongParameter } from './evidence.js';

/** What is found where each slice along an axis was put into another's place. */
function found(
  numeric: readonly number[],
  shape: readonly number[],
  order: readonly number[],
  other: Partial<Numbers> = {},
): readonly number[] | undefined {
  const slices = slicesAlong(shape, 0);
  // The slice that belongs at order[k] stands at k.
  const back = order.map((_, to) => order.indexOf(to));
  const analytic = [...rearranged(Float64Array.from(numeric), slices, back)];
  return matchSlices(wrongParameter({ analytic, numeric, shape, ...other }), slices);
}

/** Three of five exchanged in turn: nobody's usual mistake, so that only signatures can tell it. */
const TURN = [1, 2, 0, 3, 4];

describe('slices in any order are found', () => {
  test.each([
    ['entries', [10, 20, 30, 40, 50], [5]],
    ['rows', generic(15), [5, 3]],
    ['rows of the same sum', [1, 2, 3, 3, 2, 1, 2, 1, 3, 1, 3, 2, 3, 1, 2], [5, 3]],
    ['slices of more axes', generic(30), [5, 2, 3]],
  ])('%s', (_, numeric, shape) => {
    expect(found(numeric, shape, TURN)).toEqual(TURN);
  });

  test('where zeros among them stay what they are', () => {
    const numeric = [3, 0, 5, 7, 0, 9, 0];
    const analytic = [0, 0, 7, 9, 0, 5, 3];
    const slices = slicesAlong([7], 0);
    expect(matchSlices(wrongParameter({ analytic, numeric }), slices)).toEqual([6, 1, 3, 5, 4, 2, 0]);
  });

  test('not where one was changed besides', () => {
    const numeric = [10, 20, 30, 40, 50];
    const analytic = [20, 30, 10, 40, 51];
    expect(matchSlices(wrongParameter({ analytic, numeric }), slicesAlong([5], 0))).toBeUndefined();
  });
});

describe('signatures are distinct that are two uncertainties apart', () => {
  const five = (x: number): number[] => Array.from({ length: 5 }, () => x);

  test.each([
    [2.4, TURN],
    [2.6, undefined],
  ])('10 apart, each uncertain to %d', (uncertainty, order) => {
    expect(found([10, 20, 30, 40, 50], [5], TURN, { uncertainty: five(uncertainty) })).toEqual(order);
  });

  test.each([
    [0.0215, TURN],
    [0.022, undefined],
  ])('and to a share of %d of about 100', (tolerance, order) => {
    const numeric = [100, 110, 120, 130, 140];
    expect(found(numeric, [5], TURN, { tolerance })).toEqual(order);
    const negative = numeric.map((n) => -n);
    expect(found(negative, [5], TURN, { tolerance })).toEqual(order);
  });

  test.each([0, 1])(
    'whichever of two columns is uncertain, as no weight is twice another: column %d',
    (column) => {
      const numeric = [1, 2, 3, 4, 5].flatMap((n) => (column === 0 ? [0, n] : [n, 0]));
      const uncertainty = numeric.map((_, i) => (i % 2 === column ? 0.12 : 0));
      expect(found(numeric, [5, 2], TURN, { uncertainty })).toEqual(TURN);
    },
  );

  test('half of those that moved must be', () => {
    // The last two are near each other, for how uncertain they are.
    const order = [2, 3, 1, 0];
    expect(found([0, 1000, 2000, 2010], [4], order, { uncertainty: [0, 0, 3, 3] })).toEqual(order);
  });

  test('two of six are too few', () => {
    const order = [2, 3, 4, 5, 1, 0];
    const numeric = [0, 1000, 2000, 2010, 3000, 3010];
    expect(found(numeric, [6], order)).toEqual(order);
    expect(found(numeric, [6], order, { uncertainty: [0, 0, 3, 3, 3, 3] })).toBeUndefined();
  });
});

describe('where signatures tell nothing, usual orders are tried', () => {
  test('as of entries one of which could not be measured', () => {
    const all = generic(10);
    const shift = [2, 3, 4, 0, 1];
    const numeric = all.with(3, Number.NaN);
    expect(found(all, [5, 2], shift, { numeric })).toEqual(shift);
    expect(found(all, [5, 2], TURN, { numeric })).toBeUndefined();
    const last = [10, 20, 30, 40, Number.NaN];
    expect(found([10, 20, 30, 40, 50], [5], TURN, { numeric: last })).toBeUndefined();
  });

  test('as of one that is badly known', () => {
    const uncertainty = [0, 0, 0, 9, 0];
    expect(found([10, 20, 30, 35, 50], [5], [1, 0, 2, 3, 4], { uncertainty })).toEqual([1, 0, 2, 3, 4]);
  });
});

test('one slice has no other place', () => {
  expect(matchSlices(wrongParameter({ analytic: [2], numeric: [1] }), slicesAlong([1], 0))).toBeUndefined();
});

describe('the usual orders', () => {
  const REVERSED = [3, 2, 1, 0];
  const SHIFTED = [
    [1, 2, 3, 0],
    [3, 0, 1, 2],
    [2, 3, 0, 1],
  ];
  const EXCHANGED = [
    [1, 0, 2, 3],
    [0, 2, 1, 3],
    [0, 1, 3, 2],
    [2, 1, 0, 3],
    [0, 3, 2, 1],
    [3, 1, 2, 0],
  ];

  test('are all reversed, all shifted, and two exchanged, neighbours first', () => {
    expect([...usualOrders(4, 4)]).toEqual([REVERSED, ...SHIFTED, ...EXCHANGED]);
  });

  test('are as many as make 2^17 entries move', () => {
    const ordersFor = (count: number): number => [...usualOrders(4, count)].length;
    // One more than fits is not begun.
    const counts = [2 ** 17 + 1, 2 ** 17, 2 ** 16, 43_690, 2 ** 15, 2 ** 14];
    expect(counts.map(ordersFor)).toEqual([0, 1, 1, 3, 3, 7]);
    expect([...usualOrders(4, 2 ** 15)]).toEqual([REVERSED, ...SHIFTED.slice(0, 2)]);
  });

  test('of one are none, of two the one exchange by three names', () => {
    expect([...usualOrders(1, 1)]).toEqual([]);
    expect([...usualOrders(2, 2)]).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
  });
});

test('slices are put where they belong with all their entries in order', () => {
  const array = Float64Array.of(1, 2, 3, 4, 5, 6);
  expect(rearranged(array, slicesAlong([3, 2], 0), [1, 2, 0])).toEqual(Float64Array.of(5, 6, 1, 2, 3, 4));
  expect(rearranged(array, slicesAlong([2, 3], 1), [1, 0, 2])).toEqual(Float64Array.of(2, 1, 3, 5, 4, 6));
});
