/** The one line that a long check shows: which parameter, how many entries, how long still. No colour, and never wider than asked. */

import { grouped } from './numbers.js';

/** How a check stands; times in ms. */
export interface Standing {
  /** Undefined before the first entry. */
  readonly at: { readonly parameter: string; readonly done: number; readonly total: number } | undefined;
  readonly elapsed: number;
  /** Estimated; undefined where nothing is known. */
  readonly left: number | undefined;
}

/** A name of fewer columns tells nothing; rather than that the end of the line is cut off. */
const LEAST_NAME = 8;

/** The line, of at most so many columns. Where they are few, words go first, then the beginning of the parameter's name. */
export function progressLine({ at, elapsed, left }: Standing, columns: number): string {
  const time = left === undefined ? `${duration(elapsed)} so far` : `${duration(left)} left`;
  if (at === undefined) return cutEnd(`expect-gradients: preparing, ${time}`, columns);
  const name = at.parameter.replaceAll(/\p{C}/gu, '?');
  const about = left === undefined ? '' : 'about ';
  const last = at.done === at.total ? ', last looks' : '';
  const count = `${grouped(at.done)} of ${grouped(at.total)}`;
  const whole = `expect-gradients: ${name}, ${count} entries${last}, ${about}${time}`;
  if (columnsOf(whole) <= columns) return whole;
  const rest = `, ${count}${last}, ${time}`;
  return cutEnd(cutStart(name, Math.max(LEAST_NAME, columns - columnsOf(rest))) + rest, columns);
}

/** In ms. */
const SECOND = 1000;
const MINUTE: number = 60 * SECOND;
const HOUR: number = 60 * MINUTE;

function duration(time: number): string {
  if (time < MINUTE - SECOND / 2) return `${Math.max(1, Math.round(time / SECOND))} s`;
  const minutes = Math.round(time / MINUTE);
  if (time < HOUR - MINUTE / 2) return `${minutes} min`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 ? `${grouped(hours)} h` : `${grouped(hours)} h ${rest} min`;
}

/** From the Hangul letters on characters may be two columns wide; all are taken to be. */
const FIRST_WIDE = 0x1100;

function width(character: string): number {
  return character.codePointAt(0)! < FIRST_WIDE ? 1 : 2;
}

/** The columns that some characters take at most. */
function columnsOf(characters: Iterable<string>): number {
  let sum = 0;
  for (const character of characters) sum += width(character);
  return sum;
}

const ELLIPSIS = '…';

/** The text, or as much of its beginning as fits beside an ellipsis; its end, where the characters come in reverse. */
function cut(characters: readonly string[], columns: number): readonly string[] {
  if (columnsOf(characters) <= columns) return characters;
  let left = columns - width(ELLIPSIS);
  const kept = characters.findIndex((character) => (left -= width(character)) < 0);
  return [...characters.slice(0, kept), ELLIPSIS];
}

function cutEnd(text: string, columns: number): string {
  return cut([...text], columns).join('');
}

function cutStart(text: string, columns: number): string {
  return cut([...text].toReversed(), columns)
    .toReversed()
    .join('');
}
