/**
 * What a message says, before any layout or colour: blocks of lines made of toned spans. Built from the report alone; nothing
 * is computed here that the report does not hold.
 */

import type { Finding, GradientReport, Offender, ParameterReport } from '../report.js';
import { counted, grouped, magnitude, pairOfNumbers, plain } from './numbers.js';

/** What a piece of text is, for a palette to colour. */
export type Tone = 'plain' | 'expected' | 'received' | 'dim' | 'bold';

export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** A line of spans; a block is lines that belong together, and blocks are set apart by an empty line. */
export type Line = readonly Span[];
export type Block = readonly Line[];

/** How the report is asked for. */
export interface Wanted {
  /** The assertion was `.not`: it is the absence of a mistake that has to be told. */
  readonly negated: boolean;
}

/** Lines that the table of parameters may take; beyond it those that are right are left out first. */
const TABLE_LINES = 12;

/** The widest name that the table and the diff still align to. */
const WIDEST_NAME = 32;

/** Text columns that a sentence may take. */
const COLUMNS = 80;

/** The blocks of a report's message. */
export function documentOf(report: GradientReport, { negated }: Wanted): readonly Block[] {
  const blocks: Block[] = [wrapped(sentence(report, negated), 'plain')];
  const checked = report.parameters.some((parameter) => parameter.checked > 0);
  if (checked) blocks.push([tellRule(report)]);
  if (report.offenders.length > 0) blocks.push(diff(report));
  // Where no check was made there are no numbers to tabulate.
  if (checked) blocks.push(table(report.parameters));
  for (const finding of report.findings) blocks.push(cause(finding));
  const again = rerun(report);
  if (again !== undefined) blocks.push(again);
  blocks.push(wrapped(provenance(report), 'dim'));
  return blocks;
}

function span(text: string, tone: Tone = 'plain'): Span {
  return { text, tone };
}

function sentence(report: GradientReport, negated: boolean): string {
  const total = sum(report.parameters, ({ count }) => count);
  switch (report.verdict) {
    case 'correct': {
      const agree = agreement(sum(report.parameters, ({ checked }) => checked));
      return negated ? `Expected a wrong gradient, but ${agree}` : `The gradients are correct: ${agree}`;
    }
    case 'wrong': {
      const wrong = sum(report.parameters, (parameter) => parameter.wrong);
      const names = report.parameters.filter(({ verdict }) => verdict === 'wrong').map(({ name }) => name);
      const share =
        wrong === 0
          ? 'by many small errors'
          : `in ${grouped(wrong)} of ${counted(total, 'entry', 'entries')}`;
      return total === 1
        ? `The gradient is wrong: ${names.join('')}.`
        : `The gradients are wrong ${share}: ${listed(names)}.`;
    }
    case 'inconclusive':
      return 'Inconclusive: whether the gradients are right could not be told, so this neither passes nor passes under .not.';
  }
}

function agreement(checked: number): string {
  return checked === 1
    ? 'the only checked entry agrees with the loss.'
    : `all ${grouped(checked)} checked entries agree with the loss.`;
}

function tellRule({ difference, tolerance, resolution }: GradientReport): Line {
  return [
    span(
      `difference ${magnitude(difference)}, tolerance ${plain(tolerance)}, numeric resolution ${magnitude(resolution)}`,
    ),
  ];
}

/** How many names a sentence lists. */
const NAMES_LISTED = 4;

function listed(names: readonly string[]): string {
  if (names.length > NAMES_LISTED)
    return `${names.slice(0, NAMES_LISTED).join(', ')} and ${names.length - NAMES_LISTED} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** An entry as a user would write it: `W1[0, 2]`, or just the name of a scalar. */
export function entryName({ parameter, index }: Pick<Offender, 'parameter' | 'index'>): string {
  return index.length === 0 ? parameter : `${parameter}[${index.join(', ')}]`;
}

function diff({ offenders }: GradientReport): Block {
  const names = offenders.map(entryName);
  const width = widest(names);
  const lines: Line[] = [
    [
      span('- numeric, from the loss', 'expected'),
      span('   '),
      span('+ analytic, from gradients()', 'received'),
    ],
    [],
  ];
  for (const [k, offender] of offenders.entries()) {
    const { analytic, numeric, uncertainty, difference } = offender;
    const [expected, received] = pairOfNumbers(numeric, analytic, difference);
    const name = names[k]!;
    // A name too long to align to gets a line of its own.
    if (name.length > width) lines.push([span(`  ${name}`)]);
    const first = name.length > width ? '' : name;
    const error = Number.isNaN(uncertainty) ? '' : `  ± ${magnitude(uncertainty)}`;
    lines.push(
      [
        span(`  ${first.padEnd(width)}  `),
        span(Number.isNaN(numeric) ? '-  could not be measured' : `- ${expected}`, 'expected'),
        span(error, 'dim'),
      ],
      [
        span(`  ${''.padEnd(width)}  `),
        span(`+ ${Number.isNaN(difference) ? received.trimEnd() : received}`, 'received'),
        span(Number.isNaN(difference) ? '' : `  difference ${magnitude(difference)}`),
      ],
    );
  }
  return lines;
}

function table(parameters: readonly ParameterReport[]): Block {
  const shown = chooseRows(parameters);
  const rows = shown.map((parameter) => [
    parameter.name,
    parameter.shape.length === 0 ? 'scalar' : parameter.shape.join(' × '),
    parameter.checked === 0 ? '–' : magnitude(parameter.difference),
    parameter.checked === 0 ? '–' : magnitude(parameter.resolution),
    state(parameter),
  ]);
  const header = ['parameter', 'shape', 'difference', 'resolution', 'verdict'];
  const widths = header.map((title, column) => widest([title, ...rows.map((row) => row[column]!)]));
  const lineOf = (cells: readonly string[]): string =>
    `  ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd();
  const lines: Line[] = [[span(lineOf(header), 'dim')]];
  for (const [k, [name = '', ...cells]] of rows.entries()) {
    const tone = shown[k]!.verdict === 'wrong' ? 'bold' : 'plain';
    const apart = name.length > widths[0]!;
    if (apart) lines.push([span(`  ${name}`, tone)]);
    lines.push([span(lineOf([apart ? '' : name, ...cells]), tone)]);
  }
  const hidden = parameters.length - shown.length;
  if (hidden > 0)
    lines.push([span(`  … and ${counted(hidden, 'more parameter')}${summary(parameters, shown)}`, 'dim')]);
  return lines;
}

function summary(all: readonly ParameterReport[], shown: readonly ParameterReport[]): string {
  const hidden = all.filter((parameter) => !shown.includes(parameter));
  const wrong = hidden.filter(({ verdict }) => verdict === 'wrong').length;
  if (wrong > 0) return `, ${wrong} of them wrong`;
  return hidden.every(({ verdict }) => verdict === 'correct') ? ', all correct' : '';
}

/** The rows of the table, in the order of the model: all, or as many as fit, the wrong before the doubtful. */
function chooseRows(parameters: readonly ParameterReport[]): readonly ParameterReport[] {
  if (parameters.length <= TABLE_LINES) return parameters;
  const chosen = new Set<ParameterReport>();
  for (const verdict of ['wrong', 'inconclusive', 'correct'] as const)
    for (const parameter of parameters)
      if (parameter.verdict === verdict && chosen.size < TABLE_LINES) chosen.add(parameter);
  return parameters.filter((parameter) => chosen.has(parameter));
}

function state({ verdict, wrong, count, checked }: ParameterReport): string {
  if (checked === 0) return 'not checked';
  if (verdict === 'wrong')
    return wrong > 0 && count > 1 ? `wrong, ${grouped(wrong)} of ${grouped(count)}` : 'wrong';
  return checked < count ? `${verdict}, ${grouped(checked)} of ${grouped(count)} compared` : verdict;
}

function cause({ code, title, advice }: Finding): Block {
  return [[span(code, 'bold')], ...wrapped(title, 'plain', '  '), ...wrapped(advice, 'dim', '  ')];
}

/** How to check the wrong parameters alone, where that leaves any out. */
function rerun({ parameters, verdict }: GradientReport): Block | undefined {
  const wrong = parameters.filter((parameter) => parameter.verdict === 'wrong').map(({ name }) => name);
  if (verdict !== 'wrong' || wrong.length === parameters.length || wrong.length > NAMES_LISTED)
    return undefined;
  const names = wrong.map((name) => `'${name}'`).join(', ');
  return wrapped(`To check only ${wrong.length === 1 ? 'it' : 'these'} again: { only: [${names}] }`, 'dim');
}

function provenance({ method, parameters, evaluations, seed }: GradientReport): string {
  const least = parameters.reduce((min, { step }) => Math.min(min, step.min), Infinity);
  const most = parameters.reduce((max, { step }) => Math.max(max, step.max), 0);
  const [low, high] = [least.toExponential(1), most.toExponential(1)];
  const steps = low === high ? low : `${low} to ${high}`;
  const taken = most > 0 ? `, step ${steps}` : '';
  const calls = `${counted(evaluations.loss, 'loss', 'losses')} and ${counted(evaluations.gradients, 'gradients', 'gradients')} evaluated`;
  return `Central differences, ${method}${taken}; ${calls}; seed ${seed}.`;
}

function widest(texts: readonly string[]): number {
  return texts.reduce(
    (width, text) => (text.length <= WIDEST_NAME ? Math.max(width, text.length) : width),
    0,
  );
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

/** Breaks a text into lines of at most COLUMNS characters. */
function wrapped(text: string, tone: Tone, indent = ''): Line[] {
  const lines: Line[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length > indent.length && line.length + 1 + word.length > COLUMNS) {
      lines.push([span(line, tone)]);
      line = indent;
    }
    line += line.length > indent.length ? ` ${word}` : word;
  }
  lines.push([span(line, tone)]);
  return lines;
}
