/** A clock that never jumps, there in browsers, Node, Bun and Deno; no library of types that they share has it. */
declare const performance: { now(): number };

/** The time in ms, from some beginning. */
export function now(): number {
  return performance.now();
}
