/** The results as a table: aligned for a terminal, or as Markdown. */

import type { Rule } from './rules/rule.js';
import type { Tally } from './tally.js';

/** A table's cells, the header first; all but the first `text` columns are numbers and set flush right. */
export interface Table {
  readonly text: number;
  readonly rows: readonly (readonly string[])[];
}

export interface Group {
  readonly name: string;
  readonly tallies: readonly { readonly rule: Rule; readonly tally: Tally }[];
}

const NOT_APPLICABLE = '–';

const share = (count: number, of: number): string =>
  count === 0 ? '0' : `${count} (${((100 * count) / of).toFixed(1)} %)`;

/** A line for each rule in each group. */
export function ruleTable(groups: readonly Group[]): Table {
  const header = [
    'models',
    'rule',
    'false alarms',
    'inconclusive',
    'missed',
    'misplaced',
    'evaluations / 2N',
  ];
  const lines = groups.flatMap(({ name, tallies }) =>
    tallies.map(({ rule, tally }, i) => [
      i === 0 ? `${name} (${tally.models})` : '',
      rule.name,
      share(tally.falseAlarms, tally.models),
      rule.canBeInconclusive ? share(tally.inconclusive, tally.models) : NOT_APPLICABLE,
      share(tally.missed, tally.models),
      rule.namesEntries ? share(tally.misplaced, tally.models) : NOT_APPLICABLE,
      (tally.losses / tally.twiceEntries).toPrecision(3),
    ]),
  );
  return { text: 2, rows: [header, ...lines] };
}

/** Columns padded to their widest cells. */
export function plain({ text, rows }: Table): string {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, c) => (c < text ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function markdown({ text, rows }: Table): string {
  const [header, ...lines] = rows as [readonly string[], ...(readonly string[])[]];
  const rule = header.map((_, c) => (c < text ? '---' : '---:'));
  return [header, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
