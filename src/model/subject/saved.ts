/** Parameters and the values that were saved of them → what changed since, and everything put back. */

import { misuse } from '../../errors.js';
import { isIntact, mend } from '../references.js';
import type { Parameter } from '../tree/parameters.js';

/** A parameter, and its values when they were saved. */
export interface Saved {
  readonly parameter: Parameter;
  readonly values: Float64Array;
}

/** Something of the user's that changed without our doing. */
export interface Change {
  readonly name: string;
  /** How many entries differ from what was saved; 0 when the whole array was replaced by another. */
  readonly entries: number;
}

export function save(parameter: Parameter): Saved {
  return { parameter, values: copyOf(parameter) };
}

/** The numbers of a parameter, as they stand. */
export function copyOf(parameter: Parameter): Float64Array {
  const copy = new Float64Array(parameter.count);
  parameter.values.read(copy);
  return copy;
}

/** The parameters that aren't as they were saved: other values, or else another array in their place. */
export function changesOf(all: readonly Saved[]): readonly Change[] {
  const changed: Change[] = [];
  const replaced: Change[] = [];
  for (const { parameter, values } of all) {
    const { name, references } = parameter;
    if (!references.every(isIntact)) replaced.push({ name, entries: 0 });
    else {
      const entries = countDifferent(copyOf(parameter), values);
      if (entries > 0) changed.push({ name, entries });
    }
  }
  return changed.length > 0 ? changed : replaced;
}

/** Entries of a parameter that will be written to. */
export interface Written {
  /** Place of the parameter among those checked. */
  readonly parameter: number;
  readonly entries: Uint32Array;
}

/** What of some entries is not as it was saved, whatever array they are in. */
export function changesAmong(
  written: readonly Written[],
  {
    parameters,
    saved,
  }: { readonly parameters: readonly Parameter[]; readonly saved: readonly Float64Array[] },
): readonly Change[] {
  return written.flatMap(({ parameter: p, entries }) => {
    const parameter = parameters[p]!;
    const { name, count } = parameter;
    const values = parameter.values.renew();
    const before = saved[p]!;
    // All are read at once, which is faster.
    if (entries.length === count && countDifferent(copyOf(parameter), before) === 0) return [];
    const changed = entries.filter((i) => !Object.is(values.get(i), before[i])).length;
    return changed > 0 ? [{ name, entries: changed }] : [];
  });
}

/** Some changes, and those of others that are of other parameters. */
export function unlike(changes: readonly Change[], others: readonly Change[]): readonly Change[] {
  return [...changes, ...others.filter(({ name }) => !changes.some((change) => change.name === name))];
}

/**
 * Puts every parameter back as it was saved, bit for bit: the arrays that were replaced, and, where those can't be put back, their
 * numbers in what stands there now. One that refuses keeps none of the others.
 * @returns the names of those that are not as they were
 */
export function putBack(all: readonly Saved[]): readonly string[] {
  for (const { parameter } of all)
    for (const reference of parameter.references) attempt(() => mend(reference));
  return all.flatMap(({ parameter, values }) => {
    let isBack = false;
    const look = (): void => {
      isBack = isAsSaved(parameter, values);
    };
    attempt(look);
    if (isBack) return [];
    attempt(() => {
      overwrite(parameter, values);
    });
    attempt(look);
    return isBack ? [] : [parameter.name];
  });
}

/** Whether a parameter has the values that were saved; the payload of a NaN may be another. */
function isAsSaved(parameter: Parameter, saved: Float64Array): boolean {
  const now = copyOf(parameter);
  return countDifferent(now, saved) === 0 || now.every((value, i) => Object.is(value, saved[i]));
}

/** Writing only what differs keeps the payload of a NaN that nobody touched, and trips no setter for nothing. */
function overwrite({ values: view, count }: Parameter, saved: Float64Array): void {
  view.renew();
  if (view.isWhole) view.write(saved);
  for (let i = 0; i < count; i += 1) if (!Object.is(view.get(i), saved[i])) view.set(i, saved[i]!);
}

/** Does what the user's code may refuse, a setter that throws or a field that is gone. */
function attempt(run: () => void): void {
  try {
    run();
  } catch {
    // What came of it is looked at by whoever asks.
  }
}

/** How many entries of two copies differ in their bits; compared as integers, as doubles would each be boxed at first. */
export function countDifferent(a: Float64Array, b: Float64Array): number {
  const left = new Int32Array(a.buffer);
  const right = new Int32Array(b.buffer);
  let different = 0;
  for (let i = 0; i < left.length; i += 2)
    if (left[i] !== right[i] || left[i + 1] !== right[i + 1]) different += 1;
  return different;
}

/**
 * Demands that everything was put back.
 * @param lost the names of what could not be
 * @throws TypeError that says so: what was handed over is no longer as it was
 */
export function demandBack(lost: readonly string[]): void {
  if (lost.length === 0) return;
  throw misuse(
    `${lost.join(', ')} could not be put back: what was written there is read as something else. ` +
      'Hand over what the setter stores, or leave it out with except.',
  );
}
