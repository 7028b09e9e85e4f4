/**
 * An error of use → the same, whose stack begins where the assertion stands: runners show the code around the first line of a stack, and
 * what is wrong is there and not in this package. Assumes stacks as V8 and Bun write them; in other engines they stay as they are.
 */

import { isMisuse } from '../errors.js';

const { captureStackTrace } = Error as {
  captureStackTrace?: (error: Error, leftOut: (...inputs: never[]) => unknown) => void;
};

/** Where the lines of a stack begin that name places. */
const PLACES = /\n\s+at /;

/** The two places in which Jest's `expect` calls a matcher, by the names that it gives them. */
const TRAP = /\n\s+at [^\n]*__EXTERNAL_MATCHER_TRAP__[^\n]*\n\s+at [^\n]*throwingMatcher[^\n]*/;

/** An error whose stack begins where the assertion calls `matcher`. For use within that call. */
export function errorAtCall(message: string, matcher: (...inputs: never[]) => unknown): Error {
  const error = new Error(message);
  captureStackTrace?.(error, matcher);
  const { stack = '' } = error;
  if (TRAP.test(stack)) error.stack = stack.replace(TRAP, '');
  return error;
}

/** The error; if it tells of a misuse, with the stack of `place`. A stack of the user's own code stays. */
export function pointedTo(error: unknown, place: Error): unknown {
  const { stack = '' } = place;
  const start = stack.search(PLACES);
  if (captureStackTrace !== undefined && start >= 0 && isMisuse(error))
    error.stack = `${error.name}: ${error.message}${stack.slice(start)}`;
  return error;
}
