/**
 * Where an assertion stands: runners show the code around the first line of an error's stack, and what is wrong is there and not
 * in this package. Assumes stacks as V8 and Bun write them; in other engines they stay as they are.
 */

import { isMisuse } from '../model/misuse.js';

const { captureStackTrace } = Error as {
  captureStackTrace?: (error: Error, leftOut: (...inputs: never[]) => unknown) => void;
};

/** Where the lines of a stack begin that name places. */
const PLACES = /\n\s+at /;

/** An error whose stack begins where `matcher` was called. For use within that call. */
export function errorAtCall(message: string, matcher: (...inputs: never[]) => unknown): Error {
  const error = new Error(message);
  captureStackTrace?.(error, matcher);
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
