/** How a text is broken into lines. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { broken, COLUMNS, span, wrapped } from '../../src/render/lines.js';

test('a text is broken at its blanks, as late as it fits', () => {
  expect(broken('a bb ccc dddd', 6)).toEqual(['a bb', 'ccc', 'dddd']);
  expect(broken('a bb ccc dddd', 8)).toEqual(['a bb ccc', 'dddd']);
  expect(broken('a bb', 4)).toEqual(['a bb']);
  expect(broken('', 4)).toEqual(['']);
});

test('a word that is longer is broken, after a dot or a bracket where that leaves half a line', () => {
  expect(broken('a longword b', 4)).toEqual(['a', 'long', 'word', 'b']);
  expect(broken('layers[0].weights', 12)).toEqual(['layers[0].', 'weights']);
  expect(broken('a.longword', 6)).toEqual(['a.long', 'word']);
});

test('options that are to be copied stay on one line', () => {
  expect(broken("pass { only: ['a'], seed: 1 } to it", 26)).toEqual([
    'pass',
    "{ only: ['a'], seed: 1 }",
    'to it',
  ]);
});

test('no letter is lost, and no line is longer', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
  fc.assert(
    fc.property(words, fc.integer({ min: 3, max: 20 }), (list, columns) => {
      const lines = broken(list.join(' '), columns);
      expect(lines.join('').replaceAll(' ', '')).toBe(list.join(''));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    }),
  );
});

describe('a wrapped text', () => {
  test('has at most 80 columns, with its indent, in one tone', () => {
    const word = 'x'.repeat(39);
    expect(COLUMNS).toBe(80);
    expect(wrapped(`${word} ${word}x y`, 'dim')).toEqual([
      [{ text: `${word} ${word}x`, tone: 'dim' }],
      [{ text: 'y', tone: 'dim' }],
    ]);
    expect(wrapped(`${word} ${word}x y`, 'bold', '  ')).toEqual([
      [{ text: `  ${word}`, tone: 'bold' }],
      [{ text: `  ${word}x y`, tone: 'bold' }],
    ]);
  });
});

test('a span is plain where nothing else is said', () => {
  expect(span('a')).toEqual({ text: 'a', tone: 'plain' });
  expect(span('a', 'expected')).toEqual({ text: 'a', tone: 'expected' });
});
