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

/** Breaks a text into lines of at most COLUMNS characters. */
export function wrapped(text: string, tone: Tone, indent = ''): Line[] {
  return broken(text, COLUMNS - indent.length).map((line) => [span(indent + line, tone)]);
}

/** Breaks a text at its blanks into lines of at most so many characters; a word that is longer stands by itself. */
export function broken(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}
