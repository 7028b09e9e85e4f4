/**
 * What a picture of a failed check shows: for each parameter that it is about, the errors of the entries in rows and columns, of
 * large ones the largest in each cell, so that no wrong entry vanishes. Made from the evidence, and only where it is asked for.
 */

import type { ParameterEvidence } from '../measurement.js';
import { unravel } from '../../model/array/shape.js';
import type { Offender, Report, ParameterReport } from '../../report.js';
import { excessOf } from '../../verdict/ranking.js';
import { measured } from '../../verdict/rules.js';

/** The errors of one parameter's entries, in rows and columns of cells: what a picture of them shows. */
export interface ErrorMap {
  readonly parameter: ParameterReport;
  /** Sizes by dimension of what is drawn: the parameter's, but where its derivatives were taken along random vectors. */
  readonly shape: readonly number[];
  readonly along: ParameterEvidence['along'];
  /** What stands in the place of numeric derivatives, where these are no differences. */
  readonly against?: Report['against'] | undefined;
  /**
   * What is known of the entries: each by itself; along random directions a sample of them, those that were located, or these and that
   * the others agree.
   */
  readonly known: 'each' | 'sample' | 'located' | 'together';
  /**
   * The entries in their order, so many in a row: a matrix as it is; of more dimensions the first by all the others; a vector that
   * is too long for one row like lines of text, of which the last may be shorter by some cells.
   */
  readonly rows: number;
  readonly columns: number;
  /** How many rows and columns of entries share a cell. */
  readonly cell: { readonly rows: number; readonly columns: number };
  /**
   * Cell by cell, row by row, the largest error of its entries beyond their uncertainty, relative to their size, in multiples of the
   * tolerance: above 1 an entry is wrong. Infinity where a claim is not finite, NaN where no entry was compared.
   */
  readonly errors: Float64Array;
  /**
   * What is claimed of the entry with that error over what was measured: negative where the sign is wrong, 2 where it is twice as large.
   * Infinity where there is nothing but noise to measure, NaN where no entry was compared or a claim is not finite.
   */
  readonly ratios: Float64Array;
  /** The entry with the largest error, where the check found the gradients wrong and compared any entry. */
  readonly worst:
    | Pick<
        Offender,
        'parameter' | 'index' | 'output' | 'outputIndex' | 'analytic' | 'numeric' | 'uncertainty'
      >
    | undefined;
}

/** Pictures of a check that did not find the gradients correct. */
export interface ErrorPicture {
  /** In the order of the model; none where there is nothing to see. */
  readonly maps: readonly ErrorMap[];
  /** How many more parameters would have had a map. */
  readonly more: number;
  /**
   * The errors that colours are for, the same in all maps: from the tolerance, or less where none is above it, to the largest that is
   * finite. None where nothing was found wrong, and only what was compared is to be seen.
   */
  readonly range: { readonly from: number; readonly to: number } | undefined;
}

/** More maps than these nobody looks through. */
const MOST_MAPS = 4;
/** Cells along a side: still four pixels wide in a picture that stands beside text. */
const MOST_CELLS = 64;
/** Colours are for a factor of so much at least, or noise would have as many as the error. */
const LEAST_RANGE = 10;

/** A parameter, as it was measured and as it is reported. */
interface Pair {
  readonly evidence: ParameterEvidence;
  readonly parameter: ParameterReport;
}

/**
 * The picture of a check.
 * @param evidence that of the parameters in the report, in their order
 */
export function pictureOf(evidence: readonly ParameterEvidence[], report: Report): ErrorPicture {
  const pairs = report.parameters.map((parameter, k) => ({ evidence: evidence[k]!, parameter }));
  const all = subjectsOf(pairs, report).map((pair) => mapOf(pair, report));
  // The one nearest to the output is where to begin, whatever the others' errors are.
  const others = all.slice(0, -1).toSorted((a, b) => compare(largestOf(b), largestOf(a)));
  const chosen = new Set([...all.slice(-1), ...others].slice(0, MOST_MAPS));
  const maps = all.filter((map) => chosen.has(map));
  return {
    maps,
    more: all.length - maps.length,
    range: report.verdict === 'wrong' ? rangeOf(maps) : undefined,
  };
}

function rangeOf(maps: readonly ErrorMap[]): ErrorPicture['range'] {
  const largest = Math.max(0, ...maps.map(({ errors }) => largestIn(errors.filter(Number.isFinite))));
  const from = largest > 1 || largest === 0 ? 1 : largest / LEAST_RANGE;
  return { from, to: Math.max(largest, from * LEAST_RANGE) };
}

function largestOf({ errors }: ErrorMap): number {
  return largestIn(errors);
}

function largestIn(errors: Float64Array): number {
  return errors.reduce((most, error) => (error > most ? error : most), 0);
}

function compare(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * The parameters that a picture is about: the wrong ones, or all, where they are wrong only together; of an inconclusive check those
 * that were compared in part, as the place of what could not be compared tells something.
 */
function subjectsOf(all: readonly Pair[], { verdict }: Report): readonly Pair[] {
  const compared = all.filter(({ parameter }) => parameter.checked > 0);
  if (verdict !== 'wrong')
    return compared.filter(
      ({ parameter }) => verdict === 'inconclusive' && parameter.checked < parameter.due,
    );
  const wrong = all.filter(({ parameter }) => parameter.verdict === 'wrong');
  return wrong.length === 0 ? compared : wrong;
}

function mapOf(pair: Pair, report: Report): ErrorMap {
  const { evidence, parameter } = pair;
  const group = measured(evidence, evidence.norms, evidence.due);
  const drawn = evidence.along === undefined ? parameter : evidence;
  const { cells, ...layout } = layoutOf(drawn);
  const { columns, cell } = layout;
  const across = Math.ceil(columns / cell.columns);
  const errors = new Float64Array(cells).fill(Number.NaN);
  const ratios = errors.slice();
  const isKnown = knownOf(evidence);
  let worst: number | undefined;
  let most = -1;
  for (let i = evidence.due.from; i < evidence.due.to; i += 1) {
    const error = isKnown(i) ? excessOf(group, i) / evidence.tolerance : Number.NaN;
    if (Number.isNaN(error)) continue;
    const row = Math.floor(i / columns / cell.rows);
    const place = row * across + Math.floor((i % columns) / cell.columns);
    if (!(errors[place]! >= error)) {
      errors[place] = error;
      ratios[place] = ratioOf(evidence, i);
    }
    if (error > most) [worst, most] = [i, error];
  }
  return {
    parameter,
    shape: drawn.shape,
    along: evidence.along,
    against: report.against,
    known: knowledgeOf(pair),
    ...layout,
    errors,
    ratios,
    worst: worst === undefined || report.verdict !== 'wrong' ? undefined : worstOf(pair, worst, report),
  };
}

function ratioOf({ analytic, numeric, uncertainty }: ParameterEvidence, i: number): number {
  const [claimed, measuredAs] = [analytic[i]!, numeric[i]!];
  if (!Number.isFinite(claimed)) return Number.NaN;
  return Math.abs(measuredAs) > uncertainty[i]! ? claimed / measuredAs : Infinity;
}

function knowledgeOf({ evidence: { runs }, parameter: { directions } }: Pair): ErrorMap['known'] {
  if (runs === undefined || directions === undefined) return 'each';
  if (runs.complete) return directions > 0 ? 'together' : 'each';
  return runs.widespread ? 'sample' : 'located';
}

/** The entry at a place; where what was measured are no entries, the one that was located for the report. */
function worstOf(pair: Pair, i: number, { offenders, parameters }: Report): ErrorMap['worst'] {
  const { evidence, parameter } = pair;
  if (evidence.along === undefined) return entryOf(pair, i);
  const isOf = (name: string, derivative: Offender['derivative']): boolean =>
    name === parameter.name && derivative === parameter.derivative;
  const isAlone = parameters.filter((one) => isOf(one.name, one.derivative)).length === 1;
  return offenders.find(
    (one) => isOf(one.parameter, one.derivative) && (isAlone || one.output === parameter.output),
  );
}

function entryOf({ evidence, parameter }: Pair, i: number): ErrorMap['worst'] {
  const { name, shape, analytic, numeric, uncertainty, kinks, hasRows } = evidence;
  const [claimed, measuredAs] = [analytic[i]!, kinks.get(i)?.central ?? numeric[i]!];
  const index = unravel(i, shape);
  const outputs = parameter.shape.slice(0, 1 + parameter.shape.length - shape.length);
  return {
    parameter: name,
    index: hasRows === true ? index.slice(1) : index,
    ...(hasRows === true && parameter.output !== undefined
      ? { output: parameter.output, outputIndex: unravel(index[0]!, outputs) }
      : {}),
    analytic: claimed,
    numeric: measuredAs,
    uncertainty: uncertainty[i]!,
  };
}

/**
 * Which entries are known. Along random directions the claim stands in for all that were not measured by themselves; where the search
 * was not complete that says nothing of them.
 */
function knownOf({ runs, wrong }: ParameterEvidence): (entry: number) => boolean {
  if (runs === undefined || runs.complete || runs.widespread) return () => true;
  const found = new Set(wrong);
  return (entry) => found.has(entry);
}

/** How the entries of a shape lie in a picture, and how many cells they take. */
function layoutOf({ shape, count }: Pick<ParameterReport, 'shape' | 'count'>): Pick<
  ErrorMap,
  'rows' | 'columns' | 'cell'
> & {
  readonly cells: number;
} {
  if (shape.length < 2) {
    // Lines of whole cells: a cell never holds entries of two lines.
    const each = Math.ceil(count / MOST_CELLS ** 2);
    const columns = count <= MOST_CELLS ? count : each * lineOf(count);
    const cells = Math.ceil(count / each);
    return { rows: Math.ceil(count / columns), columns, cell: { rows: 1, columns: each }, cells };
  }
  const rows = shape[0]!;
  const columns = count / rows;
  const cell = { rows: Math.ceil(rows / MOST_CELLS), columns: Math.ceil(columns / MOST_CELLS) };
  return { rows, columns, cell, cells: Math.ceil(rows / cell.rows) * Math.ceil(columns / cell.columns) };
}

/** Cells in a line of a long vector: a power of two, for about as many lines. */
function lineOf(count: number): number {
  return Math.min(MOST_CELLS, 2 ** Math.ceil(Math.log2(Math.sqrt(count))));
}
