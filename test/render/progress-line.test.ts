/** The words of the line that a long check shows, and that they fit the terminal whatever a parameter is called. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { progressLine } from '../../src/render/progress-line.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const at = { parameter: 'encoder.layers[3].attention.W', done: 1204, total: 20_000 };

describe('where there is room', () => {
  test.each([
    [{ at, elapsed: 9 * SECOND, left: 2 * MINUTE }, '1,204 of 20,000 entries, about 2 min left'],
    [{ at, elapsed: 9 * SECOND, left: undefined }, '1,204 of 20,000 entries, 9 s so far'],
    [
      { at: { ...at, done: 20_000 }, elapsed: 9 * SECOND, left: undefined },
      '20,000 of 20,000 entries, last looks, 9 s so far',
    ],
  ])('%j', (standing, words) => {
    expect(progressLine(standing, 100)).toBe(`expect-gradients: encoder.layers[3].attention.W, ${words}`);
  });

  test('before the first entry', () => {
    expect(progressLine({ at: undefined, elapsed: 2 * SECOND, left: undefined }, 100)).toBe(
      'expect-gradients: preparing, 2 s so far',
    );
  });

  test.each([
    [0, '1 s'],
    [59.4 * SECOND, '59 s'],
    [59.5 * SECOND, '1 min'],
    [89 * SECOND, '1 min'],
    [59.4 * MINUTE, '59 min'],
    [59.5 * MINUTE, '1 h'],
    [100 * MINUTE, '1 h 40 min'],
    [1500 * HOUR, '1,500 h'],
  ])('%i ms left are said as %s', (left, words) => {
    expect(progressLine({ at, elapsed: 0, left }, 100)).toMatch(new RegExp(`, about ${words} left$`));
  });
});

describe('where there is little', () => {
  test.each([
    [90, 'expect-gradients: encoder.layers[3].attention.W, 1,204 of 20,000 entries, about 2 min left'],
    [89, 'encoder.layers[3].attention.W, 1,204 of 20,000, 2 min left'],
    [58, 'encoder.layers[3].attention.W, 1,204 of 20,000, 2 min left'],
    [57, '…oder.layers[3].attention.W, 1,204 of 20,000, 2 min left'],
    [40, '…tention.W, 1,204 of 20,000, 2 min left'],
    [30, '…tion.W, 1,204 of 20,000, 2…'],
    [10, '…tion.W…'],
  ])('in %i columns', (columns, line) => {
    expect(progressLine({ at, elapsed: 0, left: 2 * MINUTE }, columns)).toBe(line);
  });

  test('what a name could tell the terminal to do is not told', () => {
    const parameter = 'a["\u009B2J\u007F"]';
    expect(progressLine({ at: { ...at, parameter }, elapsed: 0, left: undefined }, 80)).toContain(
      'a["?2J?"]',
    );
  });
});

test('a line is never wider than asked, with every character from U+1100 on counted as two columns', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
  const size = fc.integer({ min: 1, max: 10_000_000 });
  fc.assert(
    fc.property(name, size, size, fc.integer({ min: 4, max: 120 }), (parameter, done, total, columns) => {
      const line = progressLine({ at: { parameter, done, total }, elapsed: 0, left: done }, columns);
      const wide = [...line].filter((character) => character >= '\u1100').length;
      expect([...line].length + wide).toBeLessThanOrEqual(columns);
    }),
  );
});
