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
  const lines: Line[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length > indent.length && line.length + 1 + word.length > COLUMNS) {
      lines.push([span(line, tone)]);
      line = indent;
    }
    line += line.length > indent.length ? ` ${word}` : word;
  }
  lines.push([span(line, tone)]);
  return lines;
}
