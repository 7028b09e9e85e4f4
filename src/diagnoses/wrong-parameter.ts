/**
 * The wrong parameters as the causes of errors see them. All gradients are divided by one common power of two, so that sums
 * of squares neither under- nor overflow; a cause multiplies by `unit` what it reports in the unit of the gradient.
 */

import type { EntryRange } from '../model/tree/shard.js';
import { type Bounded, measuredEntries } from '../numerics/fit.js';
import { squaringScale } from '../numerics/norms.js';
import type { Finding } from '../report.js';
import type { Evidence, ParameterEvidence } from '../check/measurement.js';

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
  /** How many of them were to be checked. */
  readonly due: number;
  /** The first of these. */
  readonly from: number;
  /** Not all entries were to be checked, so that nothing may be said of the others. */
  readonly isPart: boolean;
  /** The arrays hold no more than a sample of the entries that were to be checked. */
  readonly isSample: boolean;
  /** Which entries the arrays hold, where not all. */
  readonly places: readonly number[] | undefined;
  /** The claim for all entries. */
  readonly whole: Float64Array;
  /** θ, the parameter's own values. */
  readonly values: Float64Array;
  /** The entries that are wrong by themselves. */
  readonly wrong: readonly number[];
  /** The entries that are not among the wrong ones are known to be right. */
  readonly othersRight: boolean;
  /** Few entries are wrong, found by a search; the others stand as claimed and were not measured. */
  readonly few: boolean;
  /** How many entries are wrong: all, where a sample of them says so. */
  readonly affected: number;
}

/** What the causes may know besides the wrong parameters. */
export interface Context {
  readonly evidence: Evidence;
  /** All parameters, the right ones too, by their places, with gradients in the same unit. */
  readonly allOnes: readonly WrongParameter[];
  /** The wrong ones among them. */
  readonly wrongOnes: readonly WrongParameter[];
  /** The unit of all gradients here, a power of two. */
  readonly unit: number;
}

/** All parameters in a common unit. */
export function contextOf(evidence: Evidence): Context {
  const unit = squaringScale(
    evidence.parameters.reduce((most, { norms }) => {
      const size =
        Math.max(norms.numeric, Number.isFinite(norms.analytic) ? norms.analytic : 0) * norms.scale;
      return size > most ? size : most;
    }, 0),
  );
  const allOnes = evidence.parameters.map((parameter, place) => wrongParameterOf(parameter, place, unit));
  return { evidence, allOnes, wrongOnes: allOnes.filter((_, p) => isWrongParameter(evidence, p)), unit };
}

/** A wrong parameter whose numbers can be compared: it is alive, and its claim finite. */
function isWrongParameter({ parameters, comparable }: Evidence, p: number): boolean {
  const { verdict, moved, norms } = parameters[p]!;
  return comparable && verdict === 'wrong' && moved && Number.isFinite(norms.analytic);
}

function wrongParameterOf(parameter: ParameterEvidence, place: number, unit: number): WrongParameter {
  const { name, output, shape, count: size, due, wrong, tolerance, along } = parameter;
  const isSample = along?.widespread === true;
  const isPart = due.count < size;
  const places = isSample ? measuredEntries(parameter) : isPart ? entriesOf(due) : undefined;
  const inUnit = (array: Float64Array): Float64Array => (unit === 1 ? array : array.map((x) => x / unit));
  const taken = (array: Float64Array): Float64Array =>
    inUnit(places === undefined ? array : Float64Array.from(places, (i) => array[i]!));
  return {
    place,
    name,
    output,
    shape,
    hasRows: parameter.hasRows === true,
    axes: parameter.axes,
    count: places?.length ?? size,
    size,
    due: due.count,
    from: due.from,
    isPart,
    isSample,
    places,
    whole: inUnit(parameter.analytic),
    values: places === undefined ? parameter.values : Float64Array.from(places, (i) => parameter.values[i]!),
    wrong,
    othersRight: along?.complete !== false,
    few: along !== undefined && !isSample,
    affected: isSample ? due.count : wrong.length,
    tolerance,
    analytic: taken(parameter.analytic),
    numeric: taken(parameter.numeric),
    uncertainty: taken(parameter.uncertainty),
  };
}

function entriesOf({ from, count }: EntryRange): number[] {
  return Array.from({ length: count }, (_, k) => from + k);
}

/** Fewer numbers of a part may stand where they should by chance, as zeros do. */
const LEAST_DISTINCT = 4;

/** Whether what was checked of a parameter can tell where its numbers belong: of a part, if enough wrong ones differ. */
export function tellsPlaces({ isPart, isSample, from, numeric, wrong }: WrongParameter): boolean {
  return !isPart || isSample || new Set(wrong.map((i) => numeric[i - from])).size >= LEAST_DISTINCT;
}

/** What `source` claims, at the entries of `parameter` that were measured. */
export function claimFor(parameter: WrongParameter, { whole }: Pick<WrongParameter, 'whole'>): Float64Array {
  const { places } = parameter;
  return places === undefined ? whole : Float64Array.from(places, (i) => whole[i]!);
}

/** What may be named: a parameter, or of a Jacobian the derivatives of one array of the outputs by it. */
interface Named {
  readonly name: string;
  readonly output?: string | undefined;
}

/** What one of them is called in a sentence: `W1`, or `y by W1`. */
export function called({ name, output }: Named): string {
  return output === undefined ? name : `${output} by ${name}`;
}

/** What a finding about it says that it is about. */
export function aboutOf({ name, output }: Named): Pick<Finding, 'parameter' | 'output'> {
  return { parameter: name, ...(output === undefined ? {} : { output }) };
}

/** A few names as one would say them: `W1`, `W1 and b1`, `the checked part of W1`, `all 7 wrong parameters`. */
export function namesOf(
  group: readonly (Named & { readonly isPart?: boolean })[],
  what = 'wrong parameters',
): string {
  const names = group.map((one) =>
    one.isPart === true ? `the checked part of ${called(one)}` : called(one),
  );
  if (names.length > MOST_NAMES)
    return `all ${names.length} ${group.some(({ output }) => output !== undefined) ? 'wrong blocks' : what}`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const MOST_NAMES = 4;
