/**
 * The wrong parameters as the causes of errors see them. All gradients are divided by one common power of two, so that sums
 * of squares neither under- nor overflow; a cause multiplies by `unit` what it reports in the unit of the gradient.
 */

import { type Bounded } from '../numerics/fits.js';
import { squaringScale } from '../numerics/norms.js';
import type { Evidence, ParameterEvidence } from './evidence.js';

export interface Accused extends Bounded {
  /** Place of the parameter in the evidence. */
  readonly place: number;
  readonly name: string;
  readonly shape: readonly number[];
  readonly count: number;
  /** θ, the parameter's own values. */
  readonly values: Float64Array;
  /** The entries that are wrong by themselves. */
  readonly wrong: readonly number[];
  /** The entries that are not among the wrong ones are known to be right. */
  readonly othersRight: boolean;
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
  const { name, shape, count, values, wrong, tolerance, estimate } = parameter;
  const { analytic, numeric, uncertainty } = parameter;
  const inUnit = (array: Float64Array): Float64Array => (unit === 1 ? array : array.map((x) => x / unit));
  return {
    place,
    name,
    shape,
    count,
    values,
    wrong,
    othersRight: estimate?.complete !== false,
    affected: estimate?.widespread === true ? count : wrong.length,
    tolerance,
    analytic: inUnit(analytic),
    numeric: inUnit(numeric),
    uncertainty: inUnit(uncertainty),
  };
}

/** A few names as one would say them: `W1`, `W1 and b1`, `all 7 wrong parameters`. */
export function namesOf(group: readonly Pick<Accused, 'name'>[], what = 'wrong parameters'): string {
  const names = group.map(({ name }) => name);
  if (names.length > MOST_NAMES) return `all ${names.length} ${what}`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const MOST_NAMES = 4;
