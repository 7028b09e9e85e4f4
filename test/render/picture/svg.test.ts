/** SVG as text. */

import { describe, expect, test } from 'vitest';
import { cells, element, escaped, shortened, text } from '../../../src/render/picture/svg.js';

test.each([
  ['a b', 'a b'],
  ['<a href="x">&\'', '&#60;a href=&#34;x&#34;&#62;&#38;&#39;'],
  ['größe 🎲', 'gr&#246;&#223;e &#127922;'],
  ['\u0000\u001B\u007F\u009F\uFFFE\uD800', '??????'],
  ['\t\n\r', '\t\n\r'],
  ['\u00A0', '&#160;'],
])('%j is escaped to %j', (content, markup) => {
  expect(escaped(content)).toBe(markup);
});

describe('an element', () => {
  test('has its attributes in their order, escaped', () => {
    expect(element('rect', { x: 1, class: '<', y: 0.5 })).toBe('<rect x="1" class="&#60;" y="0.5"/>');
    expect(element('g', {})).toBe('<g/>');
  });

  test('has its content, which is markup, be it empty', () => {
    expect(element('g', { id: 'a' }, '<g/>')).toBe('<g id="a"><g/></g>');
    expect(element('g', {}, '')).toBe('<g></g>');
  });
});

test('a text is placed, has its style, and is escaped', () => {
  expect(text(1, 2, 'dim end', 'a < b')).toBe(
    '<text x="1" y="2" class="dim end" fill="#5c5c5c" font-size="13" text-anchor="end">a &#60; b</text>',
  );
});

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdefg', 6, 'ab…efg'],
  ['abcdefgh', 5, 'ab…gh'],
  ['🎲🎲🎲🎲', 4, '🎲🎲🎲🎲'],
  ['🎲a🎲b🎲', 4, '🎲…b🎲'],
])('%s of %i characters at most is %s', (content, most, shown) => {
  expect(shortened(content, most)).toBe(shown);
});

describe('cells', () => {
  const picked =
    (...places: number[]): ((place: number) => boolean) =>
    (place) =>
      places.includes(place);

  test('are squares in their places', () => {
    expect(cells(3, 6, 10, picked(0, 5))).toBe('M0 0h10v10h-10zM20 10h10v10h-10z');
    expect(cells(3, 6, 10, picked())).toBe('');
  });

  test('that are neighbours in a row are one, and never across rows', () => {
    expect(cells(3, 6, 10, picked(0, 1, 4, 5))).toBe('M0 0h20v10h-20zM10 10h20v10h-20z');
    expect(cells(3, 6, 10, picked(2, 3))).toBe('M20 0h10v10h-10zM0 10h10v10h-10z');
    expect(cells(3, 6, 10, () => true)).toBe('M0 0h30v10h-30zM0 10h30v10h-30z');
  });

  test('end where the grid does', () => {
    expect(cells(3, 4, 10, () => true)).toBe('M0 0h30v10h-30zM0 10h10v10h-10z');
  });
});
