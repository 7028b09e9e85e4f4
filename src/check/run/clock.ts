/**
 * A clock that never jumps, there in browsers, Node, Bun and Deno; no library of types that they share has it. Taken as it is when
 * this loads: a test that has fake timers stops its own clock, and a limit of time would then never be reached.
 */
declare const performance: { now(): number };

/** The time in ms, from some beginning. */
export const now: () => number = performance.now.bind(performance);
