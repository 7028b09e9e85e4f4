/** A report → the sentence about what was claimed and not checked, as there is no parameter for it. */

import type { Report } from '../report.js';
import { namesThatFit, series } from './nouns.js';

/** So many keys that no parameter is there for are named, and so many letters of them: two lines. */
const IGNORED_LISTED = 12;
const IGNORED_LETTERS = 90;

/** What was claimed and not checked, where there is any. */
export function ignoredSentence({ ignored = [] }: Partial<Pick<Report, 'ignored'>>): string | undefined {
  if (ignored.length === 0) return undefined;
  const shown = namesThatFit(ignored, IGNORED_LISTED, IGNORED_LETTERS);
  const more = ignored.length - shown.length;
  const names = more > 0 ? [...shown, `${more} more`] : shown;
  return `Not checked, as there is no parameter for ${ignored.length === 1 ? 'it' : 'them'}: ${series(names)}.`;
}
