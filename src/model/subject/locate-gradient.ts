/**
 * Where the gradient of a parameter may stand → where it does: in what `gradients()` returned, by name; else beside the parameter; and
 * what is the parameter's own value only where there is nothing else. Two that fit and differ in the first call are a misuse; in later ones
 * what was returned is fresh, and the other one need not be.
 */

import { isFlat } from '../array/storage.js';
import { numbersOf, sameNumbers as isSame, valuesOf } from '../array/array-kinds.js';
import { sameLayout } from '../array/shape.js';
import { totalOf } from '../array/concat.js';
import { misuse } from '../../errors.js';
import { isPlain } from '../tree/children.js';
import type { Parameter } from '../tree/parameters.js';
import { readKey } from '../references.js';
import { objectsTo } from '../tree/path-view.js';
import { stepInto } from '../path.js';
import { type Candidate, candidatesFor, type Located } from './gradient-candidates.js';

/** What was returned, in words. */
export interface Source {
  /** The call that returned it: `gradients()`. */
  readonly call: string;
  /** What it holds for each name, with a space behind it: `the gradient of `; nothing where it holds what is named itself. */
  readonly of: string;
  /** Whether gradients may also stand beside their parameters. */
  readonly isGradient: boolean;
  /** Whether it is no first call, so that it is decided which of several places is meant. */
  readonly isDecided?: boolean;
  /** Why something has no gradient, a clause, where that is not plain. */
  readonly absent?: string;
  /** How to leave a parameter out that it holds nothing for, a sentence; nothing where it should hold it. */
  readonly wayOut?: (name: string) => string;
}

export const GRADIENTS: Source = { call: 'gradients()', of: 'the gradient of ', isGradient: true };

/** Something with a count, in the order of a tree. */
export interface Counted {
  readonly name: string;
  readonly count: number;
}

/**
 * Where each of some parameters has its gradient; undefined where none is claimed.
 * @param all everything in the tree that holds numbers, of which a flat array may have the gradients
 */
export function claimsFor(
  returned: unknown,
  parameters: readonly Parameter[],
  source: Source,
  all: () => readonly Counted[] = () => [],
): readonly (Located | undefined)[] {
  const claims = parameters.map((parameter) => claimFor(returned, parameter, source));
  const isWhole = claims.every((claim, p) => claim !== undefined && fits(claim.value, parameters[p]!));
  return isWhole || !isFlat(returned) ? claims : (partsOf(returned, parameters, all, source) ?? claims);
}

/** A flat array of all gradients, one parameter after the other, cut into its parts; undefined where it has not as many entries. */
function partsOf(
  flat: ArrayLike<number>,
  parameters: readonly Parameter[],
  all: () => readonly Counted[],
  { call }: Source,
): readonly Located[] | undefined {
  const isOfThese = totalOf(parameters) === flat.length;
  const listed: readonly Counted[] = isOfThese ? parameters : all();
  if (totalOf(listed) !== flat.length) return undefined;
  return parameters.map(({ name, count }) => {
    const place = listed.findIndex((one) => one.name === name);
    const from = totalOf(listed.slice(0, place));
    return { value: Array.from(flat).slice(from, from + count), place: `${call}[${from}…]` };
  });
}

/** Where a parameter has its gradient. */
export function claimFor(
  returned: unknown,
  parameter: Parameter,
  source: Source = GRADIENTS,
): Located | undefined {
  const found = candidatesFor(parameter, returned, source.call).filter(({ value }) => value !== undefined);
  const others = found.filter(({ isOwn }) => !isOwn);
  const named = others.filter(({ isNamed }) => isNamed);
  const beside = source.isGradient ? gradientsBeside(parameter) : [];
  return (
    fitting(named, parameter, source) ??
    named[0] ??
    bareOrBeside(
      others.filter(({ isNamed }) => !isNamed),
      beside,
      parameter,
      source,
    ) ??
    ownValue(found, parameter) ??
    beside[0] ??
    unwritten(parameter, source) ??
    others[0]
  );
}

/** What stands beside a parameter in its own tree, under the name of a gradient. */
function gradientsBeside(parameter: Parameter): readonly Candidate[] {
  const { root } = parameter;
  return candidatesFor(parameter, root.box.value, '').filter(({ isOwn, isGradient }) => isGradient && !isOwn);
}

/** What was returned without a name may be the gradient, or anything that a backward pass returns: that of its input, a loss. */
function bareOrBeside(
  bare: readonly Candidate[],
  beside: readonly Candidate[],
  parameter: Parameter,
  source: Source,
): Located | undefined {
  const stored = fitting(beside, parameter, source);
  const given = fitting(bare, parameter, source);
  if (stored === undefined || given === undefined) return stored ?? given;
  if (isBlank(stored.value)) return given;
  if (isBlank(given.value) || isSame(stored.value, given.value)) return stored;
  if (source.isDecided === true) return given;
  throw undecided(parameter, stored, given);
}

/** The misuse of two gradients for one parameter. */
function undecided({ name }: Parameter, one: Located, other: Located): TypeError {
  return misuse(
    `the gradient of ${name} may be ${one.place} or ${other.place}, which differ. Return it under one name only.`,
  );
}

/** The one that is an array of as many numbers. Zeros, as in a buffer that was never written, count only where there is nothing else. */
function fitting(
  candidates: readonly Candidate[],
  parameter: Parameter,
  { isDecided = false }: Source,
): Candidate | undefined {
  const fit = candidates.filter(({ value }) => fits(value, parameter));
  const written = fit.filter(({ value }) => !isBlank(value));
  const pool = written.length > 0 ? written : fit;
  const gradients = pool.filter(({ isGradient }) => parameter.inner !== undefined && isGradient);
  const [first, ...rest] = gradients.length > 0 ? gradients : pool;
  const other = rest.find(({ value }) => !isSame(value, first!.value));
  if (other !== undefined && !isDecided) throw undecided(parameter, first!, other);
  return first;
}

/** Of the parameter's own value: the gradient of ½θ² is θ. Not so where gradients stand beside it, nor in an object of a class. */
function ownValue(found: readonly Candidate[], parameter: Parameter): Located | undefined {
  return found.find(
    ({ isOwn, isBesideGradients, holder, value }) =>
      isOwn && !isBesideGradients && (holder === undefined || isPlain(holder)) && fits(value, parameter),
  );
}

/** The gradient of an object that carries one, which was not made. */
function unwritten({ pair, path, root, name }: Parameter, { isGradient }: Source): Located | undefined {
  const object = objectsTo(root, path)[path.length];
  if (!isGradient || pair === undefined || typeof object !== 'object' || object === null) return undefined;
  return { value: readKey(object, pair.gradient), place: stepInto(name, pair.gradient) };
}

/** Whether a value is a gradient of a parameter, by its kind, its count and its shape. */
export function fits(value: unknown, { count, shape }: Parameter): boolean {
  if (typeof value === 'number') return count === 1;
  const values = valuesOf(value);
  return values !== undefined && values.count === count && sameLayout(values.shape, shape);
}

function isBlank(value: unknown): boolean {
  return numbersOf(value).every((number) => number === 0);
}
