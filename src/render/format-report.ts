/** Lays a document out as text. Knows no terminal: what a tone looks like is the palette's, and the plain one leaves it. */

import type { Report } from '../report.js';
import type { SizesReport } from '../sizes-report.js';
import { documentOf } from './document.js';
import type { Tone } from './lines.js';
import { sizesDocument } from './sizes-document.js';
import { isOverSizes } from './sizes-sentences.js';

/**
 * How each tone is written, as functions from text to text; a tone left out is written as it is.
 *
 * @example
 * import { styleText } from 'node:util';
 * formatReport(report, { palette: { expected: (text) => styleText('green', text) } });
 */
export type Palette = { readonly [Key in Tone]?: ((text: string) => string) | undefined };

/** How a report is formatted. */
export interface FormatOptions {
  /**
   * Colours.
   *
   * @defaultValue none: plain text
   */
  readonly palette?: Palette | undefined;
  /**
   * The report answers a `.not`, which fails for want of a mistake.
   *
   * @defaultValue `false`
   */
  readonly negated?: boolean | undefined;
}

/**
 * The message of a report: a sentence, the worst entries as a diff, a line for each parameter, the causes. Of one over sizes a sentence, a
 * line for each combination, and the message of the smallest one that failed. No trailing newline.
 */
export function formatReport(
  report: Report | SizesReport,
  { palette = {}, negated = false }: FormatOptions = {},
): string {
  const blocks = isOverSizes(report) ? sizesDocument(report, { negated }) : documentOf(report, { negated });
  return blocks
    .map((block) =>
      block
        .map((line) =>
          line.map(({ text, tone }) => (text === '' ? '' : (palette[tone]?.(text) ?? text))).join(''),
        )
        .join('\n'),
    )
    .join('\n\n');
}
