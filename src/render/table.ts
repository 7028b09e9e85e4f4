/** A report → a line for each parameter, in the order of the model; of too many, those that matter most. */

import type { ParameterReport, Report } from '../report.js';
import { relativeFormat } from './columns.js';
import { type Block, broken, COLUMNS, type Line, longest, span } from './lines.js';
import { labelOf } from './nouns.js';
import { counted, grouped } from './numbers.js';

/** A line of the table. */
interface Row {
  readonly name: string;
  readonly parameter: ParameterReport;
  /** All columns but the name. */
  readonly cells: readonly string[];
}

/**
 * The table of parameters.
 * @param most how many lines it may take, its header and the line for what is left out among them
 * @param isShown whether the entry of a parameter of one entry stands above, with its difference
 */
export function table(
  report: Pick<Report, 'parameters'>,
  most: number,
  isShown: (parameter: ParameterReport) => boolean = () => false,
): Block {
  const all = rowsOf(report, isShown);
  const limit = nameLimit(all);
  const shown = chooseRows(all, most - 1, limit);
  const cells = shown.map((row) => [row.name.length > limit ? '' : row.name, ...row.cells]);
  const widths = HEADER.map((title, column) => longest([title, ...cells.map((row) => row[column]!)]));
  const lineOf = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd();
  const lines: Line[] = [[span(lineOf(HEADER), 'dim')]];
  for (const [k, { name, parameter }] of shown.entries()) {
    const tone = parameter.verdict === 'wrong' ? 'bold' : 'plain';
    if (name.length > limit)
      lines.push(...broken(name, COLUMNS - 2).map((text) => [span(`  ${text}`, tone)]));
    lines.push([span(lineOf(cells[k]!), tone)]);
  }
  const hidden = all.length - shown.length;
  if (hidden > 0)
    lines.push([span(`  … and ${counted(hidden, 'more parameter')}${summary(all, shown)}`, 'dim')]);
  return lines;
}

/** The widest name that stands beside the other columns; a longer one takes lines of its own. */
const WIDEST_NAME = 32;

const HEADER: readonly string[] = ['parameter', 'shape', 'difference', 'uncertain by', 'verdict'];

/** In the place of a difference that stands above. */
const ABOVE = 'above';

/** All lines, the relative numbers in one format. */
function rowsOf(
  report: Pick<Report, 'parameters'>,
  isShown: (parameter: ParameterReport) => boolean,
): readonly Row[] {
  const compared = report.parameters.filter(({ checked }) => checked > 0);
  const differences = compared.filter((parameter) => !isShown(parameter));
  const relative = relativeFormat([
    ...differences.map(({ difference }) => difference),
    ...compared.map(({ resolution }) => resolution),
  ]);
  const isAlone = report.parameters.length === 1;
  return report.parameters.map((parameter) => {
    const { checked, difference, resolution } = parameter;
    const cells = [
      shapeOf(parameter),
      checked === 0 ? '–' : isShown(parameter) ? ABOVE : relative(difference),
      checked === 0 ? '–' : relative(resolution),
      verdictOf(parameter, isAlone),
    ];
    return { name: labelOf(parameter, report), parameter, cells };
  });
}

/** A shape, or a verdict, of more characters is said with fewer. */
const WIDEST_SHAPE = 22;
const WIDEST_VERDICT = 20;

function shapeOf({ shape, count, due }: ParameterReport): string {
  const whole = shape.length === 0 ? 'scalar' : shape.join(' × ');
  const text = due < count ? `${whole}, ${grouped(due)} due` : whole;
  if (text.length <= WIDEST_SHAPE) return text;
  return due < count ? `${grouped(due)} of ${grouped(count)}` : grouped(count);
}

/** How wide a name may be beside the other columns; a wider one takes lines of its own. */
function nameLimit(rows: readonly Row[]): number {
  const others = HEADER.slice(1).map((title, column) =>
    longest([title, ...rows.map(({ cells }) => cells[column]!)]),
  );
  const left = COLUMNS - others.reduce((sum, width) => sum + 2 + width, 2);
  return Math.min(WIDEST_NAME, Math.max(HEADER[0]!.length, left));
}

function summary(all: readonly Row[], shown: readonly Row[]): string {
  const hidden = all.filter((row) => !shown.includes(row)).map(({ parameter }) => parameter);
  const wrong = hidden.filter(({ verdict }) => verdict === 'wrong').length;
  if (wrong === hidden.length) return ', all wrong';
  if (wrong > 0) return `, ${grouped(wrong)} of them wrong`;
  return hidden.every(({ verdict }) => verdict === 'correct') ? ', all correct' : '';
}

/**
 * The rows of the table: all, or as many as fit. The wrong come before the doubtful and those before the right; among the
 * wrong first the last of the model, which is the first counted from the output.
 */
function chooseRows(rows: readonly Row[], lines: number, limit: number): readonly Row[] {
  const linesFor = (some: readonly Row[]): number =>
    some.reduce((sum, { name }) => sum + (name.length > limit ? 1 + broken(name, COLUMNS - 2).length : 1), 0);
  if (linesFor(rows) <= lines) return rows;
  const having = (verdict: ParameterReport['verdict']): readonly Row[] =>
    rows.filter(({ parameter }) => parameter.verdict === verdict);
  const ordered = (['wrong', 'inconclusive', 'correct'] as const).flatMap(having);
  const chosen = new Set<Row>();
  let used = 1;
  for (const row of [...having('wrong').slice(-1), ...ordered]) {
    if (chosen.has(row)) continue;
    used += linesFor([row]);
    if (used > lines && chosen.size > 0) break;
    chosen.add(row);
  }
  return rows.filter((row) => chosen.has(row));
}

/** Before a number of wrong entries. */
const HOW_MANY = { 'in all': '', 'at least': '≥ ', about: '≈ ' } as const;

/** @param isAlone whether it is the only line, whose number of wrong entries the first sentence says */
function verdictOf(parameter: ParameterReport, isAlone: boolean): string {
  const { verdict, due, checked } = parameter;
  if (checked === 0) return 'not checked';
  if (verdict === 'wrong') return isAlone ? 'wrong' : wrongOf(parameter);
  return checked < due ? `${grouped(due - checked)} not compared` : verdict;
}

function wrongOf({ wrong, wrongIs, due }: ParameterReport): string {
  if (wrong === 0 || due === 1) return 'wrong';
  if (wrong === due) return `wrong, all ${grouped(due)}`;
  const text = `wrong, ${HOW_MANY[wrongIs ?? 'in all']}${grouped(wrong)}`;
  const whole = `${text} of ${grouped(due)}`;
  return whole.length <= WIDEST_VERDICT ? whole : text;
}
