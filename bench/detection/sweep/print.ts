/** The sweep as tables, and its failures as text. */

import type { Table } from '../table.js';
import { type Counts, interval, type Share } from './counts.js';
import type { Judged, Outcome, Row } from './judge.js';

const NOTHING = '–';

const percent = (value: number): string => (100 * value).toFixed(1);

/** Count, total and the 95 % interval of the share in percent. */
function shareCell(share: Share): string {
  if (share.of === 0) return NOTHING;
  const [least, most] = interval(share);
  return `${share.count} of ${share.of} (${percent(least)}–${percent(most)} %)`;
}

/** A line for each group. */
export function countTable(first: string, rows: readonly Counts[]): Table {
  const header = [
    first,
    'false alarms',
    'inconclusive',
    'with clear claims',
    'faults that pass',
    'missed above twice',
    'called correct',
    'small errors missed',
    'misplaced',
    'evaluations / 2N',
  ];
  const lines = rows.map((row) => [
    row.name,
    shareCell(row.falseAlarms),
    shareCell(row.inconclusive),
    shareCell(row.needless),
    shareCell(row.passed),
    shareCell(row.missedAbove),
    shareCell(row.passedAbove),
    shareCell(row.missedEntries),
    shareCell(row.misplaced),
    Number.isFinite(row.cost) ? row.cost.toPrecision(3) : NOTHING,
  ]);
  // Columns that say nothing of these groups are left out.
  const isTold = (_: string, c: number): boolean => lines.some((line) => line[c] !== NOTHING);
  return { text: 1, rows: [header, ...lines].map((line) => line.filter(isTold)) };
}

/** What failed of a case; nothing where nothing did. */
function failureOf({ kind, verdict, above, misplaced }: Outcome): string | undefined {
  if (kind === 'right') {
    if (verdict === 'correct') return undefined;
    return verdict === 'inconclusive' ? 'inconclusive' : 'false alarm';
  }
  if (kind === 'structured' && verdict === 'correct') return 'passes';
  if (above && verdict !== 'wrong') return 'missed above twice (resolution + tolerance)';
  if (misplaced) return 'misplaced';
  return undefined;
}

const short = (value: number): string => value.toPrecision(3);

function rowText(row: Row): string {
  const numbers = [
    `difference ${short(row.difference)}`,
    `resolution ${short(row.resolution)}`,
    `claim ${short(row.claimNorm)}`,
    `numeric ${short(row.numericNorm)}`,
    `right claim off by ${short(row.claimError)}`,
  ];
  return `  ${row.wrong ? '*' : ' '} ${row.name} (${row.count}): ${row.verdict}, ${numbers.join(', ')}`;
}

/** A failure with all that reproduces it; nothing of what did not fail. */
export function failureText({ outcome, details: d }: Judged, seed: number): string | undefined {
  const failure = failureOf(outcome);
  if (failure === undefined) return undefined;
  return [
    `${failure}: ${outcome.name}, seed ${seed}, ${outcome.checker}`,
    `  fault ${outcome.fault} of size ${short(d.size)}; ${outcome.verdict}, difference ${short(d.difference)}, resolution ${short(d.resolution)}, tolerance ${short(d.tolerance)}, ${outcome.losses} losses for ${outcome.entries} entries`,
    ...(d.error === undefined ? [] : [`  ${d.error}`]),
    ...(d.findings.length === 0 ? [] : [`  findings: ${d.findings.join(', ')}`]),
    ...d.parameters.map(rowText),
  ].join('\n');
}
