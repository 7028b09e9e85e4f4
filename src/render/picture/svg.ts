/** SVG as text: marks, words and cells. In ASCII, so that no reader can mistake its encoding, and without anything to load. */

import { lettersOf } from './style.js';

/** What XML can't hold, written in any way. */
// The point is to find control characters.
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|\p{Cs}/gu;
const SPECIAL = /[&<>"'\u0080-\u{10FFFF}]/gu;

/** A text as it stands between tags and within quotes. */
export function escaped(content: string): string {
  return content
    .replaceAll(FORBIDDEN, '?')
    .replaceAll(SPECIAL, (character) => `&#${character.codePointAt(0)};`);
}

/** An element; attributes are written in their order, and `content` is markup. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content?: string,
): string {
  const head = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return content === undefined
    ? `<${name}${head.join('')}/>`
    : `<${name}${head.join('')}>${content}</${name}>`;
}

/** A line of text; `of` is what it is, for the style. */
export function text(x: number, y: number, of: string, content: string): string {
  return element('text', { x, y, class: of, ...lettersOf(of) }, escaped(content));
}

/** A text of at most so many characters: what is too long loses its middle, as both ends of a path tell something. */
export function shortened(content: string, most: number): string {
  const characters = [...content];
  if (characters.length <= most) return content;
  const end = Math.ceil((most - 1) / 2);
  return [...characters.slice(0, most - 1 - end), '…', ...characters.slice(-end)].join('');
}

/**
 * Path data of the cells of a grid that a test picks, neighbours in a row as one.
 * @param side of a cell, in pixels
 */
export function cells(
  across: number,
  count: number,
  side: number,
  isPicked: (place: number) => boolean,
): string {
  const path: string[] = [];
  for (let place = 0; place < count; place += 1) {
    if (!isPicked(place)) continue;
    const column = place % across;
    let length = 1;
    while (column + length < across && place + length < count && isPicked(place + length)) length += 1;
    const width = length * side;
    path.push(`M${column * side} ${Math.floor(place / across) * side}h${width}v${side}h${-width}z`);
    place += length - 1;
  }
  return path.join('');
}

/** Something drawn, from 0 0 on. */
export interface Drawn {
  readonly height: number;
  readonly markup: string;
}
