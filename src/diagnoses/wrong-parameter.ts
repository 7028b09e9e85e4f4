/**
 * The evidence of a check → its parameters as the causes of errors see them. All gradients are divided by one common power of two,
 * so that sums of squares neither under- nor overflow; a cause multiplies by `unit` what it reports in the unit of the gradient.
 */

import type { EntryRange } from '../model/tree/shard.js';
import { type Bounded, measuredEntries } from '../numerics/fit.js';
import { squaringScale } from '../numerics/norms.js';
import type { Evidence, ParameterEvidence } from '../check/measurement.js';
import type { Words } from './words.js';

export interface WrongParameter extends Bounded {
  /** Place of the parameter in the evidence. */
  readonly place: number;
  readonly name: string;
  /** Of a Jacobian of several arrays of outputs: the one whose derivatives by the parameter these are. */
  readonly output?: string | undefined;
  readonly shape: readonly number[];
  /** The first axis of the shape is that of the outputs, the others are the parameter's. */
  readonly hasRows: boolean;
  /** The outputs of these rows, and the entries of these columns. */
  readonly axes: ParameterEvidence['axes'];
  /** How many entries the arrays here hold: all, those that were to be checked, or a sample of them. */
  readonly count: number;
  /** How many entries the parameter has. */
  readonly size: number;
  /** Those of them that were to be checked. */
  readonly due: EntryRange;
  /** Not all entries were to be checked, so that nothing may be said of the others. */
  readonly isPart: boolean;
  /** The arrays hold no more than a sample of the entries that were to be checked. */
  readonly isSample: boolean;
  /** Which entries the arrays hold, where not all. */
  readonly heldEntries: readonly number[] | undefined;
  /** The analytic gradient of all entries. */
  readonly fullAnalytic: Float64Array;
  /** θ, the parameter's own values. */
  readonly values: Float64Array;
  /** The entries that are wrong by themselves. */
  readonly wrongEntries: readonly number[];
  /** The entries that are not among the wrong ones are known to be right. */
  readonly othersRight: boolean;
  /** Few entries are wrong, found by a search; for the others the analytic gradient stands in the place of the numeric one. */
  readonly sparse: boolean;
  /** How many entries are wrong: all, where a sample of them says so. */
  readonly wrongCount: number;
}

/** What the causes may know besides the wrong parameters that they are asked about. */
export interface Context {
  readonly evidence: Evidence;
  readonly words: Words;
  /** All parameters, the right ones too, by their places, with gradients in the same unit. */
  readonly parameters: readonly WrongParameter[];
  /** The wrong ones among them. */
  readonly wrong: readonly WrongParameter[];
  /** The unit of all gradients here, a power of two. */
  readonly unit: number;
}

/** All parameters in a common unit. */
export function contextOf(evidence: Evidence, words: Words): Context {
  const unit = squaringScale(
    evidence.parameters.reduce((most, { norms }) => {
      const size = Math.max(finite(norms.numeric), finite(norms.analytic));
      return Math.max(most, size * norms.scale);
    }, 0),
  );
  const parameters = evidence.parameters.map((parameter, place) => wrongParameterOf(parameter, place, unit));
  const wrong = parameters.filter((_, place) => isWrongParameter(evidence, place));
  return { evidence, words, parameters, wrong, unit };
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

/** A wrong parameter whose numbers can be compared: it is alive, and its analytic gradient finite. */
function isWrongParameter({ parameters, comparable }: Evidence, place: number): boolean {
  const { verdict, moved, norms } = parameters[place]!;
  return comparable && verdict === 'wrong' && moved && Number.isFinite(norms.analytic);
}

function wrongParameterOf(parameter: ParameterEvidence, place: number, unit: number): WrongParameter {
  const { name, output, shape, count: size, due, wrong, tolerance, runs } = parameter;
  const isSample = runs?.widespread === true;
  const isPart = due.count < size;
  const held = isSample ? measuredEntries(parameter) : isPart ? entriesIn(due) : undefined;
  const inUnit = (array: Float64Array): Float64Array => (unit === 1 ? array : array.map((x) => x / unit));
  return {
    place,
    name,
    output,
    shape,
    hasRows: parameter.hasRows === true,
    axes: parameter.axes,
    count: held?.length ?? size,
    size,
    due,
    isPart,
    isSample,
    heldEntries: held,
    fullAnalytic: inUnit(parameter.analytic),
    values: picked(parameter.values, held),
    wrongEntries: wrong,
    othersRight: runs?.complete !== false,
    sparse: runs !== undefined && !isSample,
    wrongCount: isSample ? due.count : wrong.length,
    tolerance,
    analytic: inUnit(picked(parameter.analytic, held)),
    numeric: inUnit(picked(parameter.numeric, held)),
    uncertainty: inUnit(picked(parameter.uncertainty, held)),
  };
}

function entriesIn({ from, count }: EntryRange): number[] {
  return Array.from({ length: count }, (_, k) => from + k);
}

/** Some entries of an array; all, where left out. */
function picked(array: Float64Array, entries: readonly number[] | undefined): Float64Array {
  return entries === undefined ? array : Float64Array.from(entries, (i) => array[i]!);
}

/** What an analytic gradient of as many entries says of those that were measured of `parameter`. */
export function analyticFor({ heldEntries }: WrongParameter, fullAnalytic: Float64Array): Float64Array {
  return picked(fullAnalytic, heldEntries);
}

/** A parameter as if its wrong entries were all it has. */
export function wrongEntriesOnly(parameter: WrongParameter): WrongParameter {
  const { analytic, numeric, uncertainty, values, wrongEntries, due } = parameter;
  const held = wrongEntries.map((entry) => entry - due.from);
  return {
    ...parameter,
    shape: [held.length],
    count: held.length,
    values: picked(values, held),
    analytic: picked(analytic, held),
    numeric: picked(numeric, held),
    uncertainty: picked(uncertainty, held),
  };
}

/** Fewer different numbers of a part may stand in the places of others by chance, as zeros do. */
const LEAST_DIFFERENT = 4;

/** Whether what was checked of a parameter can show where its numbers belong: of a part, if enough wrong ones differ. */
export function showsPlaces({ isPart, isSample, due, numeric, wrongEntries }: WrongParameter): boolean {
  return (
    !isPart || isSample || new Set(wrongEntries.map((i) => numeric[i - due.from])).size >= LEAST_DIFFERENT
  );
}
