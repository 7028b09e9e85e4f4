import { describe, expect, it } from 'vitest';
import { selectEntries } from '../../../src/model/tree/shard.js';
import { thrownBy } from '../../bits.js';

const parameters = [{ count: 3 }, { count: 0 }, { count: 4 }];
const ranges = (part: number, of: number): unknown[] =>
  selectEntries(parameters, { part, of }).map(({ parameter, from, to, count }) => [
    parameter,
    from,
    to,
    count,
  ]);

describe('the entries to check', () => {
  it('are all, by parameter', () => {
    expect(selectEntries(parameters, undefined)).toEqual([
      { parameter: 0, from: 0, to: 3, count: 3 },
      { parameter: 2, from: 0, to: 4, count: 4 },
    ]);
  });

  it('are one of equal parts of them', () => {
    expect([ranges(1, 2), ranges(2, 2)]).toEqual([[[0, 0, 3, 3]], [[2, 0, 4, 4]]]);
    expect([ranges(1, 3), ranges(2, 3), ranges(3, 3)]).toEqual([
      [[0, 0, 2, 2]],
      [
        [0, 2, 3, 1],
        [2, 0, 1, 1],
      ],
      [[2, 1, 4, 3]],
    ]);
    expect(Array.from({ length: 7 }, (_, k) => ranges(k + 1, 7)[0])).toEqual([
      [0, 0, 1, 1],
      [0, 1, 2, 1],
      [0, 2, 3, 1],
      [2, 0, 1, 1],
      [2, 1, 2, 1],
      [2, 2, 3, 1],
      [2, 3, 4, 1],
    ]);
  });

  it('are cut exactly where their number times that of the parts has more digits than a double', () => {
    const total = 2 ** 53 - 1;
    const [range] = selectEntries([{ count: total }], { part: 3, of: 7 });
    expect([range!.from, range!.to].map(BigInt)).toEqual([
      (2n * BigInt(total)) / 7n,
      (3n * BigInt(total)) / 7n,
    ]);
  });

  it.each<[number, string]>([
    [7, 'there can be at most 7 parts here'],
    [1, 'there can be at most 1 part here'],
  ])('leave no part without one of %i', (count, text) => {
    const error = thrownBy(() => selectEntries([{ count }], { part: 2, of: 9 })) as Error;
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(`${text}, but it is '2/9'.`);
  });
});
