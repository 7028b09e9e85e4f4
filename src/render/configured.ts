/** A report → the sentence about the defaults of `configureGradientChecks` that mattered to it. */

import type { Report } from '../report.js';
import { plain } from './numbers.js';

/** Whether a default mattered, for those that don't always. */
const MATTERED: Readonly<Record<string, (report: Report) => boolean>> = {
  strict: ({ weaknesses }) => weaknesses !== undefined,
  maxEvaluations: ({ stopped }) => stopped === 'maxEvaluations',
  timeLimit: ({ stopped }) => stopped === 'timeLimit',
};

/** Which defaults the check went by, where there are any. */
export function configuredSentence(report: Report): string | undefined {
  const set = Object.entries(report.configured ?? {}).filter(([name]) => MATTERED[name]?.(report) ?? true);
  if (set.length === 0) return undefined;
  const shown = set.map(([name, value]) => `${name}: ${shownValue(value)}`);
  return `Set for all checks, by configureGradientChecks: { ${shown.join(', ')} }`;
}

function shownValue(value: string | number | boolean): string {
  return typeof value === 'number' ? plain(value) : typeof value === 'string' ? `'${value}'` : String(value);
}
