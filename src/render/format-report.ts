/** Lays a document out as text. Knows no terminal: what a tone looks like is the palette's, and the plain one leaves it. */

import type { Report } from '../report.js';
import { documentOf } from './document.js';
import type { Tone } from './lines.js';

/** How each tone is written, as functions from text to text; a tone left out is written as it is. */
export type Palette = { readonly [Key in Tone]?: (text: string) => string };

export interface FormatOptions {
  /** Colours; without it the text is plain. */
  readonly palette?: Palette;
  /** The report answers a `.not`. Default false. */
  readonly negated?: boolean;
}

/** The message of a report: a sentence, the worst entries as a diff, a line for each parameter, the causes. No trailing newline. */
export function formatReport(report: Report, { palette = {}, negated = false }: FormatOptions = {}): string {
  return documentOf(report, { negated })
    .map((block) =>
      block
        .map((line) =>
          line.map(({ text, tone }) => (text === '' ? '' : (palette[tone]?.(text) ?? text))).join(''),
        )
        .join('\n'),
    )
    .join('\n\n');
}
