/** The entries that explain what directions show: least squares, the bound on what they leave, and the most of them. */

import { describe, expect, test } from 'vitest';
import { decode, type Shown } from '../../src/numerics/decode.js';

/** What is left may be this many times what is uncertain. */
const ROOM = 1.5;

const shown = (error: number, uncertainty: number, weights: readonly number[]): Shown => ({
  error,
  uncertainty,
  weight: (entry) => weights[entry]!,
});
const all = { from: 0, to: 3 };

describe('an entry explains what is shown', () => {
  test('where its weights fit, and no other does', () => {
    const found = decode([shown(4, 0.01, [1, 2, 3]), shown(-6, 0.01, [2, -3, 1])], all, 3);
    expect(found).toEqual([{ entry: 1, error: 2, misfit: expect.closeTo(0, 12) }]);
  });

  test('by the least squares of the directions, weighted by what is uncertain of them', () => {
    // Σ e w / u² = 1·1/1 + 2.2·1/4, Σ w² / u² = 1 + 1/4.
    const [found] = decode([shown(1, 1, [1]), shown(2.2, 2, [1])], { from: 0, to: 1 }, 1)!;
    expect(found!.error).toBeCloseTo((1 + 2.2 / 4) / (1 + 1 / 4), 14);
    expect(found).toMatchObject({ misfit: expect.closeTo(0.48, 14) });
  });

  test('up to one and a half times what is uncertain', () => {
    // Equal weights: half of the difference is left of each.
    const at = (off: number): unknown =>
      decode([shown(5, 1, [1]), shown(5 + off, 1, [1])], { from: 0, to: 1 }, 1);
    expect(at(2 * ROOM * 0.999)).toHaveLength(1);
    expect(at(2 * ROOM * 1.001)).toEqual([]);
  });

  test('not where the worst of them is more, whichever that is', () => {
    const [vague, sharp] = [shown(5, 1, [1]), shown(2, 0.01, [1])];
    expect(decode([vague, sharp], { from: 0, to: 1 }, 1)).toEqual([]);
    expect(decode([sharp, vague], { from: 0, to: 1 }, 1)).toEqual([]);
  });

  test('not where a direction that it has no weight in shows an error', () => {
    const two = (error: number): unknown =>
      decode([shown(4, 1, [2]), shown(error, 1, [0])], { from: 0, to: 1 }, 1);
    expect(two(1.4)).toHaveLength(1);
    expect(two(-1.6)).toEqual([]);
  });

  test('not where no direction moved it', () => {
    expect(decode([shown(0, 1, [0, 1, 0])], all, 3)).toEqual([{ entry: 1, error: 0, misfit: 0 }]);
  });

  test('not where what is shown is no number', () => {
    expect(decode([shown(Number.NaN, 1, [1, 1, 1])], all, 3)).toEqual([]);
    expect(decode([shown(Number.NaN, 1, [1, 1, 1]), shown(1, 1, [1, 1, 1])], all, 3)).toEqual([]);
    expect(decode([shown(1, 1, [1]), shown(Number.NaN, 1, [0])], { from: 0, to: 1 }, 3)).toEqual([]);
  });
});

describe('of several entries', () => {
  const both = [shown(4, 1, [1, 2, 1]), shown(4, 1, [1.5, 2, 1])];

  test('the best is the first', () => {
    expect(decode(both, all, 3)!.map(({ entry }) => entry)).toEqual([1, 2, 0]);
  });

  test('there may be so many, and no more', () => {
    expect(decode(both, all, 2)).toBeUndefined();
  });

  test('only those of the run are asked', () => {
    expect(decode(both, { from: 1, to: 3 }, 2)!.map(({ entry }) => entry)).toEqual([1, 2]);
    expect(decode(both, { from: 0, to: 2 }, 2)!.map(({ entry }) => entry)).toEqual([1, 0]);
  });
});
