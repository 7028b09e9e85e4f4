/** A report → a line for each parameter, in the order of the model; of too many, those that matter most. */

import type { ParameterReport, Report } from '../report.js';
import { type Block, COLUMNS, type Line, span } from './lines.js';
import { labelOf } from './nouns.js';
import { counted, grouped, magnitude } from './numbers.js';

/**
 * The table of parameters.
 * @param most how many lines it may take, its header and the line for what is left out among them
 */
export function table(report: Pick<Report, 'parameters'>, most: number): Block {
  const parameters = report.parameters.map((parameter) => ({
    ...parameter,
    name: labelOf(parameter, report),
  }));
  const limit = nameLimit(parameters);
  const shown = chooseRows(parameters, most - 1, limit);
  const rows = shown.map(({ name }, k) => [name.length > limit ? '' : name, ...cellsOf(shown[k]!)]);
  const widths = HEADER.map((title, column) => longest([title, ...rows.map((row) => row[column]!)]));
  const lineOf = (cells: readonly string[]): string =>
    `  ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd();
  const lines: Line[] = [[span(lineOf(HEADER), 'dim')]];
  for (const [k, { name, verdict }] of shown.entries()) {
    const tone = verdict === 'wrong' ? 'bold' : 'plain';
    if (name.length > limit) lines.push([span(`  ${name}`, tone)]);
    lines.push([span(lineOf(rows[k]!), tone)]);
  }
  const hidden = parameters.length - shown.length;
  if (hidden > 0)
    lines.push([span(`  … and ${counted(hidden, 'more parameter')}${summary(parameters, shown)}`, 'dim')]);
  return lines;
}

/** The widest name that stands beside the other columns; a longer one takes a line of its own. */
const WIDEST_NAME = 32;

const HEADER: readonly string[] = ['parameter', 'shape', 'difference', 'resolution', 'verdict'];

/** All columns but the name. */
function cellsOf(parameter: ParameterReport): readonly string[] {
  const { shape, count, due, checked, difference, resolution } = parameter;
  const whole = shape.length === 0 ? 'scalar' : shape.join(' × ');
  return [
    due < count ? `${whole}, ${grouped(due)} due` : whole,
    checked === 0 ? '–' : magnitude(difference),
    checked === 0 ? '–' : magnitude(resolution),
    verdictOf(parameter),
  ];
}

/** How wide a name may be beside the other columns; a wider one takes a line of its own. */
function nameLimit(parameters: readonly ParameterReport[]): number {
  const cells = parameters.map(cellsOf);
  const others = HEADER.slice(1).map((title, column) =>
    longest([title, ...cells.map((row) => row[column]!)]),
  );
  const left = COLUMNS - others.reduce((sum, width) => sum + 2 + width, 2);
  return Math.min(WIDEST_NAME, Math.max(HEADER[0]!.length, left));
}

function longest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, text.length), 0);
}

function summary(all: readonly ParameterReport[], shown: readonly ParameterReport[]): string {
  const hidden = all.filter((parameter) => !shown.includes(parameter));
  const wrong = hidden.filter(({ verdict }) => verdict === 'wrong').length;
  if (wrong > 0) return `, ${wrong} of them wrong`;
  return hidden.every(({ verdict }) => verdict === 'correct') ? ', all correct' : '';
}

/**
 * The rows of the table: all, or as many as fit. The wrong come before the doubtful and those before the right; among the
 * wrong first the last of the model, which is the first counted from the output.
 */
function chooseRows(
  parameters: readonly ParameterReport[],
  lines: number,
  limit: number,
): readonly ParameterReport[] {
  const rowLines = (rows: readonly ParameterReport[]): number =>
    rows.reduce((sum, { name }) => sum + (name.length > limit ? 2 : 1), 0);
  if (rowLines(parameters) <= lines) return parameters;
  const nearest = parameters.filter(({ verdict }) => verdict === 'wrong').slice(-1);
  const ordered = (['wrong', 'inconclusive', 'correct'] as const).flatMap((verdict) =>
    parameters.filter((parameter) => parameter.verdict === verdict),
  );
  const chosen = new Set<ParameterReport>();
  let used = 1;
  for (const parameter of [...nearest, ...ordered]) {
    if (chosen.has(parameter)) continue;
    used += rowLines([parameter]);
    if (used > lines && chosen.size > 0) break;
    chosen.add(parameter);
  }
  return parameters.filter((parameter) => chosen.has(parameter));
}

/** Before a number of wrong entries. */
const HOW_MANY = { 'in all': '', 'at least': '≥ ', about: '≈ ' } as const;

function verdictOf({ verdict, wrong, wrongIs, due, checked }: ParameterReport): string {
  if (checked === 0) return 'not checked';
  if (verdict === 'wrong')
    return wrong > 0 && due > 1
      ? `wrong, ${HOW_MANY[wrongIs ?? 'in all']}${grouped(wrong)} of ${grouped(due)}`
      : 'wrong';
  return checked < due ? `${grouped(due - checked)} not compared` : verdict;
}
