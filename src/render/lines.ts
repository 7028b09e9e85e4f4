/** Lines of text before any colour: spans with a tone, blocks of lines, and how a sentence is broken into them. */

/** What a piece of text is, for a palette to colour. */
export type Tone = 'plain' | 'expected' | 'received' | 'dim' | 'bold';

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** A line of spans; a block is lines that belong together, and blocks are set apart by an empty line. */
export type Line = readonly Span[];
export type Block = readonly Line[];

/** Text columns that a sentence may take. */
export const COLUMNS = 80;

export function span(text: string, tone: Tone = 'plain'): Span {
  return { text, tone };
}

/** The length of the longest of some texts. */
export function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

/** Breaks a text into lines of at most COLUMNS characters. */
export function wrapped(text: string, tone: Tone, indent = ''): Line[] {
  return broken(text, COLUMNS - indent.length).map((line) => [span(indent + line, tone)]);
}

/** The blanks at which a text may be broken: those that are not between braces, as options to be copied are. */
const BLANK = / (?![^{]*\})/;

/** Breaks a text at its blanks into lines of at most so many characters; a word that is longer, after its dots and brackets. */
export function broken(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  const parts = text
    .split(BLANK)
    .flatMap((word) => pieces(word, columns).map((piece, k) => (k === 0 ? ` ${piece}` : piece)));
  for (const part of parts) {
    if (line !== '' && line.length + part.length > columns) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? part.trimStart() : part;
  }
  return [...lines, line];
}

/** The pieces of a word that are no longer than a line. */
function pieces(word: string, columns: number): readonly string[] {
  if (word.length <= columns) return [word];
  const cut = Math.max(...['.', '/', ']', '[', ','].map((mark) => word.lastIndexOf(mark, columns - 1))) + 1;
  const length = cut > columns / 2 ? cut : columns;
  return [word.slice(0, length), ...pieces(word.slice(length), columns)];
}
