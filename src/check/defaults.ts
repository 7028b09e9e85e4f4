/**
 * Defaults as a setup file sets them → the options of a check with those in the place of what it leaves out, and which these are. They are
 * of the global object, and so of all copies of this module: a setup file may import what a test requires, and where a runner gives each test
 * file a global object of its own, as Vitest and Jest do, they are that file's.
 */

import type { Configured } from '../report.js';
import type { GradientCheckOptions } from './options.js';

/** Options that a check may leave to the setup file: all but what names parts of one model. */
export interface GradientCheckDefaults extends Omit<GradientCheckOptions, 'only' | 'except' | 'shard'> {
  /**
   * As the matchers' option of this name: a folder for the pictures and reports of checks that fail.
   *
   * @defaultValue none
   * @example
   * configureGradientChecks({ artifacts: 'gradients' });
   */
  readonly artifacts?: string | undefined;
}

const DEFAULTS = Symbol.for('expect-gradients.defaults');
const world = globalThis as { [DEFAULTS]?: GradientCheckDefaults };

/** The defaults that are set. */
export function defaults(): GradientCheckDefaults {
  return world[DEFAULTS] ?? {};
}

/** Sets defaults beside those that are set; `undefined` takes one away. */
export function setDefaults(given: GradientCheckDefaults): void {
  world[DEFAULTS] = Object.fromEntries(
    Object.entries({ ...defaults(), ...given }).filter(([, value]) => value !== undefined),
  );
}

/** Options of which the verdict may depend. */
const OF_THE_VERDICT = [
  'epsilon',
  'tolerance',
  'method',
  'kinks',
  'points',
  'strict',
  'seed',
  'maxEvaluations',
  'timeLimit',
] as const satisfies readonly (keyof GradientCheckDefaults)[];

/**
 * The options with the defaults in the place of what they leave out, and those that the verdict may depend on.
 * @param without options that have no meaning for this check
 */
export function withDefaults<Given extends object>(
  own: Given,
  without: readonly string[],
): { readonly given: Given & GradientCheckDefaults; readonly configured: Configured } {
  const { artifacts: _, ...set } = defaults();
  const left = Object.entries(set).filter(
    ([name]) => (own as Readonly<Record<string, unknown>>)[name] === undefined && !without.includes(name),
  );
  const inForce = Object.fromEntries(left) as GradientCheckDefaults;
  const told = OF_THE_VERDICT.flatMap((name) => {
    const value = inForce[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { given: { ...own, ...inForce }, configured: Object.fromEntries(told) };
}
