/**
 * A report → the blocks of its message, before any layout or colour, in the order of a debugging session: the verdict, the worst
 * entries, a line for each parameter, the cause and what to do, how to run it again. Nothing is computed here that the report does not
 * hold.
 */

import type { Finding, Offender, ParameterReport, Report } from '../report.js';
import { relativeFormat } from './columns.js';
import { diff } from './diff.js';
import { ignoredSentence } from './ignored.js';
import { type Block, span, wrapped } from './lines.js';
import { valueOf } from './nouns.js';
import { counted, plain } from './numbers.js';
import { configuredSentence, provenance } from './provenance.js';
import { rerun, sentence } from './sentences.js';
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
  const offenders = report.offenders.slice(0, shown);
  const isShown = (parameter: ParameterReport): boolean => isAbove(parameter, offenders);
  // Of a single number all that the table has stands above it.
  const isTabulated = checked && !(report.parameters.length === 1 && report.parameters.every(isShown));
  const opening: Block[] = [wrapped(sentence(report, negated), 'plain')];
  if (checked) opening.push(wrapped(ruleSentence(report), 'plain'));
  if (shown > 0) opening.push(diff(offenders, valueOf(report), report.against !== undefined));
  const ignored = ignoredSentence(report);
  const again = rerun(report);
  const configured = configuredSentence(report);
  const closing: Block[] = [
    ...(ignored === undefined ? [] : [wrapped(ignored, 'plain')]),
    ...(again === undefined ? [] : [wrapped(again, 'dim')]),
    ...(configured === undefined ? [] : [wrapped(configured, 'dim')]),
    wrapped(provenance(report, again === undefined), 'dim'),
  ];
  const room = most - linesOf([...opening, ...closing]) - 1;
  const tableOf = (lines: number): readonly Block[] => (isTabulated ? [table(report, lines, isShown)] : []);
  const least = isTabulated ? linesOf(tableOf(LEAST_TABLE_LINES)) + 1 : 0;
  const causes = causesFor(report, room - least);
  const lines = Math.min(MOST_TABLE_LINES, room - (causes.length === 0 ? 0 : linesOf(causes) + 1));
  return [...opening, ...tableOf(Math.max(LEAST_TABLE_LINES, lines)), ...causes, ...closing];
}

/** What is weak, and the causes, with as many advices of each as there is room for. */
function causesFor(report: Report, room: number): readonly Block[] {
  const of = (advices: number): readonly Block[] =>
    causesWithin([...weakBlocks(report), ...causesOf(report.findings, advices)], room);
  const all = of(MOST_ADVICES);
  return linesOf(all) <= room ? all : of(1);
}

/** Whether a parameter of one entry has that shown among the worst: then its difference need not stand twice. */
function isAbove({ name, output, derivative, due }: ParameterReport, shown: readonly Offender[]): boolean {
  return (
    due === 1 &&
    shown.some(
      (entry) =>
        entry.parameter === name &&
        entry.derivative === derivative &&
        (output === undefined || entry.output === output),
    )
  );
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

/** What the verdict was made by; of one parameter the table has the numbers. */
function ruleSentence({ difference, tolerance, resolution, parameters }: Report): string {
  if (parameters.length === 1 || Number.isNaN(difference)) return `The tolerance is ${plain(tolerance)}.`;
  const relative = relativeFormat([difference, resolution, tolerance]);
  return `The difference is ${relative(difference)}, uncertain by ${relative(resolution)}; the tolerance is ${plain(tolerance)}.`;
}

/** Where the page about a cause lies, as seen from the reader's project. */
const PAGES = 'node_modules/expect-gradients/docs/diagnoses';

/** A block for each cause. */
function causesOf(findings: readonly Finding[], mostAdvices: number): readonly Block[] {
  const codes = [...new Set(findings.map(({ code }) => code))];
  return codes.map((code) =>
    cause(
      findings.filter((finding) => finding.code === code),
      mostAdvices,
    ),
  );
}

/** So many different advices of one cause are given, where there is room. */
const MOST_ADVICES = 2;

/** The findings of one cause, those with the same advice together; the page stands once. */
function cause(findings: readonly Finding[], mostAdvices: number): Block {
  const [{ code }] = findings as [Finding];
  const advices = [...new Set(findings.map(({ advice }) => advice))];
  const shown = advices.slice(0, mostAdvices);
  const more = findings.filter(({ advice }) => !shown.includes(advice)).length;
  return [
    [span(code, 'bold')],
    ...shown.flatMap((advice) => advised(findings.filter((finding) => finding.advice === advice))),
    ...(more > 0 ? wrapped(`… and ${counted(more, 'more parameter')} in other ways.`, 'plain', '  ') : []),
    ...wrapped(`See ${PAGES}/${code}.md`, 'dim', '  '),
  ];
}

/** So many parameters with the same cause are named one by one. */
const MOST_NAMED = 2;

/** Whether the titles have the same numbers, but for those in names. */
function areAlike(alike: readonly Finding[]): boolean {
  const numbersOf = ({ title, parameter, output }: Finding): string => {
    const names = [parameter, output].filter((name) => name !== undefined);
    const bare = names.reduce((text, name) => text.replaceAll(` ${name} `, ' '), title);
    return bare.match(/[−-]?\d[\d.]*(?:e-?\d+)?/g)?.join(' ') ?? '';
  };
  return new Set(alike.map(numbersOf)).size === 1;
}

/** Findings with one advice: the first ones, how many more there are, and the advice. */
function advised(findings: readonly Finding[]): Block {
  const [{ advice }] = findings as [Finding];
  const alike = areAlike(findings);
  const named = findings.length > MOST_NAMED && alike ? 1 : MOST_NAMED;
  const more = findings.length - named;
  const likewise = `… and ${counted(more, 'more parameter')} ${alike ? 'likewise' : 'with other numbers'}.`;
  return [
    ...findings.slice(0, named).flatMap(({ title }) => wrapped(title, 'plain', '  ')),
    ...(more > 0 ? wrapped(likewise, 'plain', '  ') : []),
    ...wrapped(advice, 'dim', '  '),
  ];
}
