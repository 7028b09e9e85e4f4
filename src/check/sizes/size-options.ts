/** The options of a check over sizes → the lists of sizes, and the options of the checks. Refuses what can't be meant. */

import { describe, misuse } from '../../errors.js';
import type { Sizes } from '../../sizes-report.js';

/** A function of sizes that returns a model. */
export type Factory = (sizes: Readonly<Record<string, number>>) => unknown;

/** What is checked, at which sizes, and how. */
export interface SizesTask {
  readonly factory: Factory;
  readonly sizes: Sizes;
  /** The options of each check, which are still to be read. */
  readonly options: object;
}

/** @throws UsageError naming what it must be and what it is */
export function readSizes(factory: unknown, options: unknown): SizesTask {
  if (options !== undefined && (typeof options !== 'object' || options === null || Array.isArray(options)))
    throw misuse(`options must be an object such as { sizes: ${EXAMPLE} }, but it is ${describe(options)}.`);
  if (typeof factory !== 'function')
    throw misuse(
      `with options.sizes what is checked must be a factory, a function (sizes) => model, but it is ${describe(factory)}.`,
    );
  const { sizes, ...others } = (options ?? {}) as { readonly sizes?: unknown };
  return { factory: factory as Factory, sizes: demandSizes(sizes), options: others };
}

const EXAMPLE = '{ batch: [1, 2, 5], units: [1, 3, 4] }';

function demandSizes(sizes: unknown): Sizes {
  if (sizes === undefined)
    throw misuse(`options.sizes is missing: a factory is checked at sizes such as ${EXAMPLE}.`);
  if (typeof sizes !== 'object' || sizes === null || Array.isArray(sizes) || Object.keys(sizes).length === 0)
    throw misuse(
      `options.sizes must be an object of lists such as ${EXAMPLE}, but it is ${describe(sizes)}.`,
    );
  return Object.fromEntries(Object.entries(sizes).map(([name, list]) => [name, demandList(name, list)]));
}

/** The different sizes of a list, in its order. */
function demandList(name: string, list: unknown): readonly number[] {
  if (!Array.isArray(list) || list.length === 0)
    throw misuse(
      `options.sizes.${name} must be a list of one or more whole numbers, but it is ${describe(list)}.`,
    );
  for (const [i, size] of (list as readonly unknown[]).entries())
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
      throw misuse(
        `options.sizes.${name}[${i}] must be a whole number, at least 0, but it is ${describe(size)}.`,
      );
  return [...new Set(list as readonly number[])];
}
