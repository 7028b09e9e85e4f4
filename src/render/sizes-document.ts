/**
 * A report over sizes → the blocks of its message: the verdict with the law or the condition, a line for each combination of sizes, and the
 * one with the smallest sizes that failed, in full.
 */

import { worstCase } from '../check/report/worst-case.js';
import type { SizesCase, SizesReport } from '../sizes-report.js';
import { relativeFormat } from './columns.js';
import { documentOf, type Wanted } from './document.js';
import { type Block, type Line, span, wrapped } from './lines.js';
import { counted } from './numbers.js';
import { sizesInWords, sizesSentence } from './sizes-sentences.js';

/** Lines of the table at most, its header and the line for what is left out among them. */
const MOST_LINES = 18;

export function sizesDocument(report: SizesReport, wanted: Wanted): readonly Block[] {
  const opening: Block[] = [wrapped(sizesSentence(report, wanted.negated), 'plain')];
  const worst = worstCase(report.cases);
  if (worst === undefined) return opening;
  opening.push(sizesTable(report.cases));
  if (report.verdict === 'correct') return [...opening, wrapped(provenance(report.cases), 'dim')];
  return [
    ...opening,
    [[span(`At ${sizesInWords(worst.sizes)}:`, 'bold')]],
    ...documentOf(worst.report, { negated: false }),
  ];
}

function provenance(cases: readonly SizesCase[]): string {
  const calls = (of: 'loss' | 'gradients'): number =>
    cases.reduce((sum, { report }) => sum + report.evaluations[of], 0);
  const { seed } = cases[0]!.report;
  const losses = counted(calls('loss'), 'loss', 'losses');
  return `The ${counted(cases.length, 'check')} took ${losses} and ${counted(calls('gradients'), 'call')} of gradients(); the seed is ${seed}.`;
}

/** A line for each combination of sizes; of too many, the wrong ones before the others. */
function sizesTable(cases: readonly SizesCase[]): Block {
  const names = Object.keys(cases[0]!.sizes);
  const shown = casesThatFit(cases);
  const header = [...names, 'verdict', 'difference', 'cause'];
  const relative = relativeFormat(shown.map(({ report }) => report.difference));
  const rows = shown.map(({ sizes, report }) => [
    ...names.map((name) => String(sizes[name])),
    report.verdict,
    relative(report.difference),
    report.verdict === 'correct' ? '' : (report.findings[0]?.code ?? ''),
  ]);
  const widths = header.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]!.length)));
  const lineOf = (cells: readonly string[]): string =>
    `  ${cells.map((cell, c) => (c < names.length ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!))).join('  ')}`.trimEnd();
  const lines: Line[] = [[span(lineOf(header), 'dim')]];
  for (const [k, { report }] of shown.entries())
    lines.push([span(lineOf(rows[k]!), report.verdict === 'wrong' ? 'bold' : 'plain')]);
  const hidden = cases.filter((one) => !shown.includes(one));
  const wrong = hidden.filter(({ report }) => report.verdict === 'wrong').length;
  if (hidden.length > 0)
    lines.push([
      span(
        `  … and ${counted(hidden.length, 'more size')}${wrong > 0 ? `, ${wrong} of them wrong` : ''}`,
        'dim',
      ),
    ]);
  return lines;
}

/** As many as there is room for, in their order: half of the room is for what is wrong, as the others say where it isn't. */
function casesThatFit(cases: readonly SizesCase[]): readonly SizesCase[] {
  const room = MOST_LINES - 1;
  if (cases.length <= room) return cases;
  const wrong = cases.filter(({ report }) => report.verdict === 'wrong');
  const others = cases.filter(({ report }) => report.verdict !== 'wrong');
  const least = Math.floor((room - 1) / 2);
  const most = Math.max(least, room - 1 - others.length);
  const chosen = wrong.slice(0, most);
  const beside = new Set([...chosen, ...others.slice(0, room - 1 - chosen.length)]);
  return cases.filter((one) => beside.has(one));
}
