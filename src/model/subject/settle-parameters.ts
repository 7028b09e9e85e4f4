/**
 * The numbers of a tree, and what the first call of `gradients()` returned → the parameters, which are those that a gradient is claimed
 * for. Any other number or array is one that was forgotten, or that has to be left out: a misuse either way.
 */

import { describe, misuse } from '../../errors.js';
import type { Segment } from '../path.js';
import { readKey } from '../references.js';
import { isPlain } from '../tree/children.js';
import type { Found, Leaf } from '../tree/leaves.js';
import { type Parameter, parameterOf } from '../tree/parameters.js';
import type { Root } from '../tree/path-view.js';
import { type Around, refusal, wayOut } from '../tree/way-out.js';
import { type Candidate, candidatesFor, type Located } from './gradient-candidates.js';
import { claimsFor, type Counted, fits, type Source } from './locate-gradient.js';
import { absence } from './read-gradients.js';

/** A place that holds numbers, and where its gradient is claimed. */
interface Claimed {
  readonly leaf: Leaf;
  readonly parameter: Parameter;
  readonly claim: Located | undefined;
}

/** What was claimed, and of what. */
export interface Settled {
  readonly parameters: readonly Parameter[];
  /** Whether any gradient stands in what was returned. */
  readonly isUsed: boolean;
}

/** A tree, and everything in it that is chosen. */
export interface Chosen extends Around, Found {
  readonly leaves: readonly Leaf[];
  readonly root: Root;
}

/**
 * @param all everything in the tree that holds numbers, left out or not
 * @throws TypeError naming what has no gradient, and how to leave it out
 */
export function settle(
  returned: unknown,
  { leaves, misfits, root, selector }: Chosen,
  source: Source,
  all: () => readonly Counted[],
): Settled {
  const isChecked = (leaf: Leaf): boolean =>
    leaf.gradientOf === undefined || isOfTheSameTree(returned, leaf, leaves, root);
  const checked = leaves.filter(isChecked);
  const parameters = checked.map((leaf) => parameterOf(root, leaf));
  const claims = claimsFor(returned, parameters, source, all);
  const found = checked.map((leaf, p): Claimed => ({ leaf, parameter: parameters[p]!, claim: claims[p] }));
  const claimed = withoutTwins(
    found.filter(({ claim }) => claim !== undefined),
    source,
  );
  const forgotten = [
    ...found.filter((one) => one.claim === undefined && !claimed.some((other) => isSameThing(one, other))),
    ...unusedNames(leaves, found, root),
  ];
  const [first] = forgotten;
  const around = { root, selector, leaves: claimed.map(named) };
  if (misfits.length > 0)
    throw misuse(refusal(misfits, around, claimed.length === 0 ? [] : forgotten.map(named)));
  if (first !== undefined && claimed.length === 0)
    throw misuse(`${absence(returned, first.parameter, source)}.`);
  if (first !== undefined)
    throw misuse(`${unclaimed(first, returned, source)} ${wayOut(forgotten.map(named), around)}`);
  return {
    parameters: claimed.map(({ parameter }) => parameter),
    isUsed: claimed.some(({ claim }) => claim!.place.startsWith(source.call)),
  };
}

const named = ({ leaf: { name } }: Claimed): { readonly name: string } => ({ name });

/** The sentences about what has no gradient, up to how to leave it out. */
function unclaimed({ leaf, parameter }: Claimed, returned: unknown, source: Source): string {
  const { name, holder, path } = leaf;
  const found = describe(readKey(holder, path.at(-1) ?? 'value'));
  const missing =
    source.absent === undefined
      ? absence(returned, parameter, source)
      : `${source.call} shows no gradient of ${name}: ${source.absent}`;
  return `${missing}. If ${name}, which is ${found}, is no parameter:`;
}

/** Whether what is the gradient of another by its name has a gradient itself, beside that of the other, in what was returned. */
function isOfTheSameTree(returned: unknown, leaf: Leaf, leaves: readonly Leaf[], root: Root): boolean {
  const value = leaves.find(({ holder, path }) => holder === leaf.holder && path.at(-1) === leaf.gradientOf);
  const isReturned = (one: Leaf): boolean => {
    const parameter = parameterOf(root, one);
    const isOwnName = ({ isNamed, isGradient, isOwn, value: found }: Candidate): boolean =>
      isNamed && !isGradient && !isOwn && fits(found, parameter);
    return candidatesFor(parameter, returned, '').some(isOwnName);
  };
  return value !== undefined && isReturned(leaf) && isReturned(value);
}

/** Names that may mean a gradient or something else, and were used for none. */
function unusedNames(leaves: readonly Leaf[], found: readonly Claimed[], root: Root): readonly Claimed[] {
  return leaves
    .filter((leaf) => leaf.isWeak && found.every((one) => one.leaf !== leaf))
    .filter((leaf) => {
      const number = leaf.view.values.get(0);
      const value = found.find(
        (one) => one.leaf.holder === leaf.holder && one.leaf.path.at(-1) === leaf.gradientOf,
      );
      return number !== 0 && value?.claim !== undefined && value.claim.value !== number;
    })
    .map((leaf) => ({ leaf, parameter: parameterOf(root, leaf), claim: undefined }));
}

/** All but those that are another under a second name: with the very same gradient, or behind an accessor of that name. */
function withoutTwins(claimed: readonly Claimed[], { call }: Source): readonly Claimed[] {
  // Of two names the one is kept that was returned, else the public one, else the first.
  const rank = ({ leaf, claim }: Claimed): number =>
    2 * Number(!claim!.place.startsWith(call)) + Number(/^[_$]/.test(String(leaf.path.at(-1))));
  return claimed.filter((one, k) =>
    claimed.every((other, j) => {
      if (other === one || !isSameThing(one, other)) return true;
      if (!isSecondName(one, other) && !Object.is(one.claim!.value, other.claim!.value)) return true;
      return rank(one) === rank(other) ? k < j : rank(one) < rank(other);
    }),
  );
}

/** Whether two places are one: the same array or field by two ways, or an accessor and the field behind it. */
function isSameThing(one: Claimed, other: Claimed): boolean {
  const held = heldBy(one.leaf);
  if (typeof held === 'object' && held !== null) return held === heldBy(other.leaf);
  const isSameField =
    one.leaf.holder === other.leaf.holder && one.leaf.path.at(-1) === other.leaf.path.at(-1);
  return isSameField || (isSecondName(one, other) && Object.is(held, heldBy(other.leaf)));
}

/** Whether two names in one object are those of an accessor and the field behind it: `p` and `_p`. */
function isSecondName({ leaf: one }: Claimed, { leaf: other }: Claimed): boolean {
  const [key, otherKey] = [one.path.at(-1), other.path.at(-1)];
  return one.holder === other.holder && key !== otherKey && plainName(key) === plainName(otherKey);
}

function heldBy({ holder, path }: Leaf): unknown {
  return readKey(holder, path.at(-1) ?? 'value');
}

function plainName(key: Segment | undefined): string {
  return String(key).replace(/^[_$]+|[_$]+$/g, '');
}

/** Whether what a getter of a class gives is claimed to have a gradient, by a name that can't be the getter's own. */
export function isClaimedIn(returned: unknown, root: Root, path: readonly Segment[]): boolean {
  const sought = { root, path, inner: undefined, isSingle: false, count: Number.NaN } as unknown as Parameter;
  const isClaim = ({ isNamed, isGradient, isOwn, holder }: Candidate): boolean =>
    isNamed && !isOwn && (isGradient || (holder !== undefined && isPlain(holder)));
  try {
    return [...candidatesFor(sought, returned, ''), ...candidatesFor(sought, root.box.value, '')].some(
      isClaim,
    );
  } catch {
    // It may not be ready, and nobody asked for it.
    return false;
  }
}
