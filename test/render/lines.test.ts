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

test('a word that is longer stands by itself', () => {
  expect(broken('a longword b', 4)).toEqual(['a', 'longword', 'b']);
  expect(broken('longword', 4)).toEqual(['longword']);
});

test('no word is lost, and no line is longer but for a single word', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
  fc.assert(
    fc.property(words, fc.integer({ min: 3, max: 20 }), (list, columns) => {
      const lines = broken(list.join(' '), columns);
      expect(lines.join(' ')).toBe(list.join(' '));
      for (const line of lines.filter((one) => one.length > columns)) expect(line).not.toContain(' ');
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
