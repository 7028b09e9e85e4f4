/**
 * Wrong parameters whose length the loss does not feel, n·θ = 0, as a whole or slice by slice, and whose error lies along θ → that the
 * backward pass leaves out the normalisation: of u = θ/|θ| with the gradient du, that of θ is (du − (du·u) u) / |θ|. And the reverse, g·θ = 0,
 * where the loss does not normalise.
 */

import { proportion, shareLeft } from '../../../numerics/fit.js';
import { dotProduct } from '../../../numerics/norms.js';
import type { Cause, Explanation } from '../../cause.js';
import { shareLeftDivided } from '../../expected.js';
import { type Slices, slicesAlong } from '../../layouts.js';
import type { Words } from '../../words.js';
import type { WrongParameter } from '../../wrong-parameter.js';

/** How likely the numeric gradient may be to lie across θ by chance. */
const LARGEST_CHANCE = 1 / 100;

export const missingNormalization: Cause<'missing-normalization'> = {
  code: 'missing-normalization',
  explain(group, { words, unit }) {
    const isLeft = group.map((parameter) => lambdasOf(parameter, 'analytic'));
    const isMade = group.map((parameter) => lambdasOf(parameter, 'numeric'));
    const [found, reversed] = [isLeft, isMade].map((lambdas) => areOfLengths(lambdas, unit));
    if (found !== true && reversed !== true) return undefined;
    const [analytic, numeric, values] = (['analytic', 'numeric', 'values'] as const).map((key) =>
      Float64Array.from(group.flatMap((parameter) => Array.from(parameter[key]))),
    );
    return {
      evidence: { analyticCosine: cosine(analytic!, values!), numericCosine: cosine(numeric!, values!) },
      ...textFor(group, found === true, words),
    };
  },
};

function textFor(
  group: readonly WrongParameter[],
  isLeftOut: boolean,
  words: Words,
): Pick<Explanation<'missing-normalization'>, 'title' | 'advice'> {
  const name = group.length === 1 ? group[0]!.name : 'the parameters';
  const { loss, differentiated, claimant } = words;
  if (!isLeftOut)
    return {
      title: `The ${words.gradientOf(group)} has no part along ${name}, which the true one has: the backward pass goes through a normalisation that the ${loss} does not make.`,
      advice: `Divide by the length in ${differentiated}, v/|v|, also where that is 1 already, or leave the projection out of ${claimant}.`,
    };
  return {
    title: `The ${words.gradientOf(group)} has a part along ${name}, which the true one has not: the ${loss} does not change with the length, and the backward pass leaves a normalisation out.`,
    advice:
      'Of u = v/|v| with the gradient du, the gradient of v is (du − (du·u) u)/|v|. ' +
      `Where ${differentiated} normalises nothing by its length, ${claimant} has a penalty on the parameters that it should not have.`,
  };
}

/** The same where only the length is left out: the claim lies across θ as the true gradient does, and is that one times the length. */
export const lengthLeftOut: Cause<'missing-normalization'> = {
  code: 'missing-normalization',
  explain(group, { words }) {
    if (!group.every((parameter) => slicesOf(parameter).some((slices) => isUndivided(parameter, slices))))
      return undefined;
    const name = group.length === 1 ? group[0]!.name : 'the parameters';
    const plural = group.length === 1 ? name : 'each';
    return {
      evidence: { analyticCosine: 0, numericCosine: 0 },
      title: `The ${words.gradientOf(group)} is the true one times the length of ${plural}: the ${words.loss} divides by that length, and the backward pass does not.`,
      advice: `Of u = v/|v| with the gradient du, the gradient of v is (du − (du·u) u)/|v|: divide by |v| what ${words.claimant} returns for ${name}.`,
    };
  },
};

function isUndivided(parameter: WrongParameter, slices: Slices): boolean {
  const { analytic, values } = parameter;
  if (!isAcross(parameter, slices, 'numeric') || !isAcross(parameter, slices, 'analytic')) return false;
  const squares = sumsOf(parameter, slices, (i) => values[i]! ** 2);
  const divided = analytic.map((g, i) => g / Math.sqrt(squares[slices.of(i)]!));
  return shareLeft([parameter], [divided]) !== undefined;
}

/** What the error is along θ, in units of θ, for each slice of each parameter: not one number for all, or a round one, as a penalty's is. */
function areOfLengths(lambdas: readonly (Float64Array | undefined)[], unit: number): boolean {
  if (lambdas.includes(undefined)) return false;
  const all = lambdas.flatMap((own) => Array.from(own!));
  const isOne = all.every((lambda) => Math.abs(lambda - all[0]!) <= SAME_WITHIN * Math.abs(all[0]!));
  const size = Math.abs(all[0]! * unit);
  const isRound = Math.abs(size - Number(size.toPrecision(2))) <= SAME_WITHIN * size;
  return !(isOne && (all.length > 1 || isRound));
}

/** Two penalties have one λ, and one is a number that people write, where they are this close. */
const SAME_WITHIN = 1e-5;

/** The slices that may be normalised by themselves: all entries; the slices along an axis; the rows that a flat array may hold. */
function* candidates({ shape, size }: WrongParameter): Generator<Slices, void, void> {
  yield slicesAlong([1, size], 0);
  if (shape.length > 1) for (const axis of shape.keys()) yield slicesAlong(shape, axis);
  else
    for (let rows = 2; rows <= size / 2; rows += 1)
      if (size % rows === 0) yield slicesAlong([rows, size / rows], 0);
}

function slicesOf(parameter: WrongParameter): Slices[] {
  const isWhole = parameter.heldEntries === undefined && !parameter.hasRows;
  return isWhole ? [...candidates(parameter)].filter(({ size }) => 2 * size <= parameter.size) : [];
}

/**
 * Where one of the gradients lies across every slice of θ, and the other is that one but for a part along θ, or besides for |θ|: this part,
 * slice by slice, in units of θ.
 * @param along which has that part
 */
function lambdasOf(parameter: WrongParameter, along: 'analytic' | 'numeric'): Float64Array | undefined {
  for (const slices of slicesOf(parameter)) {
    const lambdas = partAlong(parameter, slices, along);
    if (lambdas !== undefined) return lambdas;
  }
  return undefined;
}

function partAlong(
  parameter: WrongParameter,
  slices: Slices,
  along: 'analytic' | 'numeric',
): Float64Array | undefined {
  const { values, analytic } = parameter;
  const squares = sumsOf(parameter, slices, (i) => values[i]! ** 2);
  const isClaim = along === 'analytic';
  if (!isAcross(parameter, slices, isClaim ? 'numeric' : 'analytic')) return undefined;
  const lambdas = sumsOf(parameter, slices, (i) => parameter[along][i]! * values[i]!).map(
    (sum, k) => sum / squares[k]!,
  );
  const added = (i: number): number => lambdas[slices.of(i)]! * values[i]!;
  const lengthAt = (i: number): number => Math.sqrt(squares[slices.of(i)]!);
  const corrections = isClaim
    ? [analytic.map((g, i) => g - added(i)), analytic.map((g, i) => (g - added(i)) / lengthAt(i))]
    : [analytic.map((g, i) => g + added(i)), analytic.map((g, i) => g * lengthAt(i) + added(i))];
  const isLeft =
    corrections.some((corrected) => shareLeft([parameter], [corrected]) !== undefined) ||
    (isClaim && isRescaled(parameter, slices, corrections[0]!));
  return isLeft ? lambdas : undefined;
}

/** So many entries of a slice leave two directions across it, so that a factor can be fitted to them. */
const LEAST_FITTED = 3;

/** Less of a claim than this is rounding of its projection, no part along θ. */
const LEAST_ALONG: number = 2 ** -10;

/** Whether a claim without its part along θ is the true one by the factor that fits best: what else is left out with a length, as that of another vector. */
function isRescaled(parameter: WrongParameter, slices: Slices, across: Float64Array): boolean {
  const { analytic, numeric, size } = parameter;
  if (size < LEAST_FITTED * slices.size) return false;
  const along = analytic.map((g, i) => g - across[i]!);
  if (!(dotProduct(along, along) > LEAST_ALONG ** 2 * dotProduct(analytic, analytic))) return false;
  const factor = proportion([across], [numeric]);
  const rest = { ...parameter, analytic: across };
  return shareLeftDivided([rest], [across.map((g) => factor * g)], 1 / factor) !== undefined;
}

function sumsOf({ values }: WrongParameter, slices: Slices, of: (i: number) => number): Float64Array {
  const all = new Float64Array(slices.size);
  for (let i = 0; i < values.length; i += 1) all[slices.of(i)]! += of(i);
  return all;
}

/** Whether a gradient lies across every slice of θ, and hardly by chance; what is claimed is known but for rounding. */
function isAcross(parameter: WrongParameter, slices: Slices, key: 'analytic' | 'numeric'): boolean {
  const { uncertainty, values, tolerance } = parameter;
  const gradient = parameter[key];
  const squares = sumsOf(parameter, slices, (i) => values[i]! ** 2);
  const across = sumsOf(parameter, slices, (i) => gradient[i]! * values[i]!);
  const uncertain = sumsOf(parameter, slices, (i) => (uncertainty[i]! * values[i]!) ** 2);
  const sizes = sumsOf(parameter, slices, (i) => gradient[i]! ** 2).map((square, k) =>
    Math.sqrt(square * squares[k]!),
  );
  let chance = 1;
  for (const [k, size] of sizes.entries()) {
    const bound = (key === 'numeric' ? Math.sqrt(uncertain[k]!) : 0) + 2 * tolerance * size;
    if (!(squares[k]! > 0) || !(Math.abs(across[k]!) <= bound)) return false;
    chance *= size > bound ? bound / size : 1;
  }
  return chance <= LARGEST_CHANCE;
}

function cosine(a: Float64Array, b: Float64Array): number {
  return dotProduct(a, b) / Math.sqrt(dotProduct(a, a) * dotProduct(b, b));
}
