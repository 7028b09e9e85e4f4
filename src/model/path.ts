/**
 * Names of places in a tree of parameters. A name is the path by which a user would reach the value in code, without the
 * leading `parameters` where a key follows it: `W1`, `layers[1].W`, `parameters[0]`, `encoder["a b"]`.
 */

/** One step down: a key of an object or Map, or an index of an array. */
export type Segment = string | number;

/** The name of the root itself. */
export const ROOT = 'parameters';

/** Keys printed as they are: identifiers, and what libraries use, as in `dense_Dense1/kernel` and `0.weight`. */
const PLAIN_KEY = /^[\w$][\w$./:-]*$/;

/** The name of a path; that of the root for the empty one. */
export function nameOf(path: readonly Segment[], root: string = ROOT): string {
  const [first, ...rest] = path;
  if (typeof first !== 'string' || !PLAIN_KEY.test(first)) return path.reduce(stepInto, root);
  return rest.reduce(stepInto, first);
}

/** The name of the place one step below another. */
export function stepInto(place: string, segment: Segment): string {
  if (typeof segment === 'number') return `${place}[${segment}]`;
  return PLAIN_KEY.test(segment) ? `${place}.${segment}` : `${place}[${JSON.stringify(segment)}]`;
}
