/** Parameters → what a sentence calls them, where their numbers are from, and what a finding says that it is about. */

import type { FindingCode, FindingOf } from '../report.js';

/** What may be named: a parameter, or of a Jacobian the derivatives of one array of the outputs by it. */
export interface Named {
  readonly name: string;
  readonly output?: string | undefined;
  /** Not all of its entries were checked. */
  readonly isPart?: boolean;
}

/** More names than these are counted instead. */
const MOST_NAMES = 4;

/** What one of them is called in a sentence: `W1`, or `y by W1`. */
export function called({ name, output }: Named): string {
  return output === undefined ? name : `${output} by ${name}`;
}

/**
 * A few names as one would say them: `W1`, `W1 and b1`, `the checked part of W1`, `all 7 wrong parameters`.
 * @param what all of them are, where they are counted; of several arrays of outputs they are wrong blocks
 */
export function namesOf(group: readonly Named[], what = 'wrong parameters'): string {
  const names = group.map((one) =>
    one.isPart === true ? `the checked part of ${called(one)}` : called(one),
  );
  if (names.length > MOST_NAMES) return `all ${names.length} ${haveOutputs(group) ? 'wrong blocks' : what}`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Whether the names are those of blocks of a Jacobian, each of one of several arrays of outputs. */
export function haveOutputs(group: readonly Named[]): boolean {
  return group.some(({ output }) => output !== undefined);
}

/** The names in a finding. */
export type About = Pick<FindingOf<FindingCode>, 'parameter' | 'output'>;

/** What a finding about a parameter says that it is about. */
export function aboutOf({ name, output }: Named): About {
  return { parameter: name, ...(output === undefined ? {} : { output }) };
}

/** Where a parameter's numbers are from: θ, or a point beside it. */
export function placeOf({ point = 1 }: { readonly point?: number }): string {
  return point === 1 ? 'at this point' : `at point ${point}, beside the parameters as given,`;
}
