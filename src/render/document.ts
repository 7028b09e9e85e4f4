/**
 * A report → the blocks of its message, before any layout or colour, in the order of a debugging session: the verdict, the worst
 * entries, a line for each parameter, the cause and what to do, how to run it again. Nothing is computed here that the report does not
 * hold.
 */

import type { Finding, Report } from '../report.js';
import { configuredSentence } from './configured.js';
import { diff } from './diff.js';
import { ignoredSentence } from './ignored.js';
import { type Block, type Line, span, wrapped } from './lines.js';
import { valueOf } from './nouns.js';
import { counted, magnitude, plain } from './numbers.js';
import { provenance, rerun, sentence } from './sentences.js';
import { table } from './table.js';
import { weakBlocks } from './weak-pass.js';

export { entryNames } from './diff.js';

/** How the report is asked for. */
export interface Wanted {
  /** The assertion was `.not`: it is the absence of a mistake that has to be told. */
  readonly negated: boolean;
}

/** A message has at most so many lines, the runner's hint and the empty line after it among them, unless more entries are asked for. */
const MOST_LINES = 40;
const HINT_LINES = 2;
const USUAL_WORST = 5;
const ENTRY_LINES = 2;

/** The table of parameters has so many lines at most, and so many at least, whatever else there is to say. */
const MOST_TABLE_LINES = 14;
const LEAST_TABLE_LINES = 5;

/** The blocks of a report's message. */
export function documentOf(report: Report, wanted: Wanted): readonly Block[] {
  const { length } = report.offenders;
  const most = MOST_LINES - HINT_LINES;
  // Who asks for more of the worst entries gets them.
  if (length > USUAL_WORST) return blocksFor(report, wanted, length, most + ENTRY_LINES * length);
  let shown = length;
  let blocks = blocksFor(report, wanted, shown, most);
  while (linesOf(blocks) > most && shown > 1) blocks = blocksFor(report, wanted, (shown -= 1), most);
  return blocks;
}

/** The blocks with so many of the worst entries. */
function blocksFor(report: Report, { negated }: Wanted, shown: number, most: number): readonly Block[] {
  // Where no check was made there are no numbers to tabulate.
  const checked = report.parameters.some((parameter) => parameter.checked > 0);
  const opening: Block[] = [wrapped(sentence(report, negated), 'plain')];
  if (checked) opening.push([ruleLine(report)]);
  if (shown > 0)
    opening.push(diff(report.offenders.slice(0, shown), valueOf(report), report.against !== undefined));
  const ignored = ignoredSentence(report);
  const again = rerun(report);
  const configured = configuredSentence(report);
  const closing: Block[] = [
    ...(ignored === undefined ? [] : [wrapped(ignored, 'plain')]),
    ...(again === undefined ? [] : [wrapped(again, 'dim')]),
    ...(configured === undefined ? [] : [wrapped(configured, 'dim')]),
    wrapped(provenance(report), 'dim'),
  ];
  const room = most - linesOf([...opening, ...closing]) - 1;
  const least = checked ? linesOf([table(report, LEAST_TABLE_LINES)]) + 1 : 0;
  const causes = causesWithin([...weakBlocks(report), ...causesOf(report.findings)], room - least);
  const lines = Math.min(MOST_TABLE_LINES, room - (causes.length === 0 ? 0 : linesOf(causes) + 1));
  const tables = checked ? [table(report, Math.max(LEAST_TABLE_LINES, lines))] : [];
  return [...opening, ...tables, ...causes, ...closing];
}

/** The lines of some blocks, with the empty ones between them. */
function linesOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + block.length + 1, 0) - 1;
}

/** As many causes as there is room for, the first in any case; a line says that there are more. */
function causesWithin(causes: readonly Block[], room: number): readonly Block[] {
  if (linesOf(causes) <= room) return causes;
  const shown: Block[] = causes.slice(0, 1);
  for (const block of causes.slice(1))
    if (linesOf([...shown, block, MORE]) <= room) shown.push(block);
    else break;
  return shown.length === causes.length ? shown : [...shown, MORE];
}

/** The line where some are left out. */
const MORE: Block = [[span('… and more in the report', 'dim')]];

function ruleLine({ difference, tolerance, resolution, against }: Report): Line {
  return [
    span(
      `difference ${magnitude(difference)}, tolerance ${plain(tolerance)}, ${against === undefined ? 'numeric ' : ''}resolution ${magnitude(resolution)}`,
    ),
  ];
}

/** Where the page about a cause lies, as seen from the reader's project. */
const PAGES = 'node_modules/expect-gradients/docs/diagnoses';

/** A block for each cause; with several parameters of the same cause and advice, this stands once, and those beyond the first are counted. */
function causesOf(findings: readonly Finding[]): readonly Block[] {
  const keyOf = ({ code, advice }: Finding): string => `${code}: ${advice}`;
  const keys = [...new Set(findings.map(keyOf))];
  return keys.map((key) => cause(findings.filter((finding) => keyOf(finding) === key)));
}

/** So many parameters with the same cause are named one by one. */
const MOST_ALIKE = 2;

/** Whether the titles have the same numbers, but for those in names. */
function areAlike(alike: readonly Finding[]): boolean {
  const numbersOf = ({ title, parameter, output }: Finding): string => {
    const names = [parameter, output].filter((name) => name !== undefined);
    const bare = names.reduce((text, name) => text.replaceAll(` ${name} `, ' '), title);
    return bare.match(/[−-]?\d[\d.]*(?:e-?\d+)?/g)?.join(' ') ?? '';
  };
  return new Set(alike.map(numbersOf)).size === 1;
}

function cause(alike: readonly Finding[]): Block {
  const [{ code, advice }] = alike as [Finding];
  const more = alike.length - MOST_ALIKE;
  return [
    [span(code, 'bold')],
    ...alike.slice(0, MOST_ALIKE).flatMap(({ title }) => wrapped(title, 'plain', '  ')),
    ...(more > 0
      ? [
          [
            span(
              `  … and ${counted(more, 'more parameter')} ${areAlike(alike) ? 'likewise' : 'with other numbers'}`,
            ),
          ],
        ]
      : []),
    ...wrapped(`${advice} See ${PAGES}/${code}.md`, 'dim', '  '),
  ];
}
