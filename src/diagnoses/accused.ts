/**
 * The wrong parameters as the causes of errors see them. All gradients are divided by one common power of two, so that sums
 * of squares neither under- nor overflow; a cause multiplies by `unit` what it reports in the unit of the gradient.
 */

import { type Bounded, measuredEntries } from '../numerics/fits.js';
import { squaringScale } from '../numerics/norms.js';
import type { Evidence, ParameterEvidence } from './evidence.js';

export interface Accused extends Bounded {
  /** Place of the parameter in the evidence. */
  readonly place: number;
  readonly name: string;
  readonly shape: readonly number[];
  /** How many entries the arrays here hold: all, or a sample of them. */
  readonly count: number;
  /** How many entries the parameter has. */
  readonly size: number;
  /** Which entries the arrays hold, where they are a sample. */
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
export interface Surroundings {
  readonly evidence: Evidence;
  /** All parameters, the right ones too, by their places, with gradients in the same unit. */
  readonly everyone: readonly Accused[];
  /** The wrong ones among them. */
  readonly accused: readonly Accused[];
  /** The unit of all gradients here, a power of two. */
  readonly unit: number;
}

/** All parameters in a common unit. */
export function surroundingsOf(evidence: Evidence): Surroundings {
  const unit = squaringScale(
    evidence.parameters.reduce((most, { norms }) => {
      const size =
        Math.max(norms.numeric, Number.isFinite(norms.analytic) ? norms.analytic : 0) * norms.scale;
      return size > most ? size : most;
    }, 0),
  );
  const everyone = evidence.parameters.map((parameter, place) => accusedOf(parameter, place, unit));
  return { evidence, everyone, accused: everyone.filter((_, p) => isAccused(evidence, p)), unit };
}

/** A wrong parameter whose numbers can be compared: it is alive, and its claim finite. */
function isAccused({ parameters, comparable }: Evidence, p: number): boolean {
  const { verdict, moved, norms } = parameters[p]!;
  return comparable && verdict === 'wrong' && moved && Number.isFinite(norms.analytic);
}

function accusedOf(parameter: ParameterEvidence, place: number, unit: number): Accused {
  const { name, shape, count: size, wrong, tolerance, estimate } = parameter;
  const isSample = estimate?.widespread === true;
  const places = isSample ? measuredEntries(parameter) : undefined;
  const inUnit = (array: Float64Array): Float64Array => (unit === 1 ? array : array.map((x) => x / unit));
  const taken = (array: Float64Array): Float64Array =>
    inUnit(places === undefined ? array : Float64Array.from(places, (i) => array[i]!));
  return {
    place,
    name,
    shape,
    count: places?.length ?? size,
    size,
    places,
    whole: inUnit(parameter.analytic),
    values: places === undefined ? parameter.values : Float64Array.from(places, (i) => parameter.values[i]!),
    wrong,
    othersRight: estimate?.complete !== false,
    few: estimate !== undefined && !isSample,
    affected: isSample ? size : wrong.length,
    tolerance,
    analytic: taken(parameter.analytic),
    numeric: taken(parameter.numeric),
    uncertainty: taken(parameter.uncertainty),
  };
}

/** What `source` claims, at the entries of `parameter` that were measured. */
export function claimFor(parameter: Accused, { whole }: Accused): Float64Array {
  const { places } = parameter;
  return places === undefined ? whole : Float64Array.from(places, (i) => whole[i]!);
}

/** A few names as one would say them: `W1`, `W1 and b1`, `all 7 wrong parameters`. */
export function namesOf(group: readonly Pick<Accused, 'name'>[], what = 'wrong parameters'): string {
  const names = group.map(({ name }) => name);
  if (names.length > MOST_NAMES) return `all ${names.length} ${what}`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const MOST_NAMES = 4;
