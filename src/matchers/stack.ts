/**
 * A call of a runner's → the same call, with a stack in which the runner finds the assertion: that is how it knows where to annotate. V8
 * keeps ten frames, and between the test and that call there are more; and Vitest before 4.0 takes whoever called it for the test.
 * Elsewhere than in V8 nothing changes.
 */

interface Site {
  getFileName(): string | null | undefined;
  toString(): string;
}

type Prepare = (error: Error, sites: readonly Site[]) => unknown;

interface Stacks {
  stackTraceLimit?: number;
  prepareStackTrace?: Prepare | undefined;
}

const stacks: Stacks = Error as unknown as Stacks;

/** Frames from a test to its annotation, with room for helpers of the user's. */
const DEEP = 100;

/** A frame without a place. */
const NOWHERE = '    at <anonymous>';

/** Calls a function for which stacks are as long as it takes to see the test. */
export function withDeepStack<Result>(act: () => Result): Result {
  return withStacks({ stackTraceLimit: DEEP }, act);
}

/** Calls a function that takes the frame above it for the test, so that it finds the first one in `file` there, or none. */
export function asSeenFrom<Result>(file: string | undefined, act: () => Result): Result {
  const { prepareStackTrace = plainly } = stacks;
  const isThere = (site: Site): boolean =>
    file !== undefined && site.getFileName()?.replace(/^file:\/\//, '') === file;
  const prepare: Prepare = (error, sites) => {
    const first = sites.findIndex(isThere);
    // Where nothing of the test is left on the stack, better nowhere than in this file.
    return first < 0
      ? `${String(error)}\n${NOWHERE}\n${NOWHERE}`
      : prepareStackTrace(error, [sites[0]!, ...sites.slice(first)]);
  };
  return withStacks({ prepareStackTrace: prepare }, act);
}

function plainly(error: Error, sites: readonly Site[]): string {
  return [String(error), ...sites.map((site) => `    at ${site.toString()}`)].join('\n');
}

function withStacks<Result>(changed: Stacks, act: () => Result): Result {
  const before = Object.keys(changed).map((key) => [key, stacks[key as keyof Stacks]] as const);
  try {
    Object.assign(stacks, changed);
    return act();
  } finally {
    Object.assign(stacks, Object.fromEntries(before));
  }
}
