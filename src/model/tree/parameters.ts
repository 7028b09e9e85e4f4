/**
 * A user's tree of parameters → a flat list of named views, each of which reads and writes by the path of its owner, whatever stands
 * there at the moment.
 */

import { misuse } from '../../errors.js';
import { ROOT, type Segment } from '../path.js';
import type { Reference } from '../references.js';
import type { Values } from '../array/values.js';
import { findLeaves, type Leaf } from './leaves.js';
import { LiveValues } from './live-values.js';
import { EVERYTHING, Selector } from './select.js';
import { type Root, viewAt } from './path-view.js';
import type { PairNames } from './value-gradient-pair.js';
import { refusal } from './way-out.js';

/** One named array of numbers, perturbed in place. */
export interface Parameter {
  readonly name: string;
  readonly values: Values;
  readonly shape: readonly number[];
  readonly count: number;
  readonly path: readonly Segment[];
  /** The names of value and gradient, of an object that carries both. */
  readonly pair: PairNames | undefined;
  /** The key under which an object that is an array has its numbers. */
  readonly inner: string | undefined;
  /** Whether it is the only value in its container. */
  readonly isSingle: boolean;
  /** Where the tree hangs that the path begins in. */
  readonly root: Root;
  /** Where each object on the way from the model to the numbers was found. */
  readonly references: readonly Reference[];
}

export function parameterOf(root: Root, leaf: Leaf): Parameter {
  const { name, path, pair, inner, isSingle, view } = leaf;
  const values = new LiveValues(view, () => viewAt(root, leaf));
  const { shape, count, references } = values;
  return { name, values, shape, count, path, pair, inner, isSingle, root, references };
}

/**
 * Every number that a function returned, or that a tree holds, in its order.
 * @param root what it is called, and what holds it
 * @throws TypeError when it holds anything else
 */
export function listParameters(root: Root, isResult: boolean = root.name !== ROOT): Parameter[] {
  const selector = new Selector(EVERYTHING);
  const { leaves, misfits } = findLeaves(root, { selector, isResult });
  if (misfits.length > 0) throw misuse(refusal(misfits, { root, leaves, selector }));
  return leaves.filter(({ gradientOf }) => gradientOf === undefined).map((leaf) => parameterOf(root, leaf));
}
