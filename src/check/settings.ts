/** Turns a user's options into settings, refusing what can't be meant. Defaults are set here and nowhere else. */

import type { Shard } from '../model/tree/shard.js';
import { describe, edits, misuse } from '../errors.js';
import type { Pattern, Selection } from '../model/tree/select.js';
import type { Configured, Method } from '../report.js';
import { withDefaults } from './defaults.js';
import type { GradientCheckOptions, Progress } from './options.js';

/** Options with their defaults in place. */
export interface Settings {
  /** ε as the user gave it; undefined: chosen for each entry. */
  readonly epsilon: number | undefined;
  /** The bound as the user gave it; undefined: DEFAULT_TOLERANCE, or what the noise allows. */
  readonly tolerance: number | undefined;
  /** Undefined: by the size of the model. */
  readonly method: Method | undefined;
  readonly selection: Selection;
  readonly kinks: 'subgradient' | 'reject';
  readonly points: number;
  readonly strict: boolean;
  readonly seed: number;
  readonly worst: number;
  readonly maxEvaluations: number | undefined;
  readonly timeLimit: number | undefined;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  /** About how long the check may take by default, in ms, where it is one of several. */
  readonly checkTime?: number;
  /** What was not given, but set for all checks. */
  readonly configured: Configured;
}

/** Any number will do; the same one makes two checks of a model the same. */
const DEFAULT_SEED = 1;
/** θ, and one generic point beside it. */
const DEFAULT_POINTS = 2;
/** A seed has 32 bits. */
const LARGEST_SEED: number = 2 ** 32 - 1;
/** As many offenders fit on a screen beside the findings. */
const DEFAULT_WORST = 5;
/** Two losses at the beginning and one at the end, which see whether the loss is the same, and two beside θ. */
export const LEAST_EVALUATIONS = 5;

const KNOWN: readonly (keyof GradientCheckOptions)[] = [
  'epsilon',
  'tolerance',
  'method',
  'only',
  'except',
  'shard',
  'kinks',
  'points',
  'strict',
  'seed',
  'worst',
  'maxEvaluations',
  'timeLimit',
  'onProgress',
];

/** The option that is for matchers only, which take it out before they check. */
const MATCHERS_ONLY = 'artifacts';

/** The option that is for factories only; their check takes it out before it checks a model. */
const FACTORIES_ONLY = 'sizes';

/**
 * @param without options that have no meaning for this check, whose defaults are let be
 * @throws UsageError naming the option, what it must be and what it is
 */
export function readSettings(options: unknown, without: readonly string[] = []): Settings {
  const own = demandRecord(options);
  demandKnown(own);
  const { given, configured } = withDefaults(own, without);
  return { ...settingsOf(given), configured };
}

/** @throws UsageError where there is an option that a check does not have */
export function demandKnown(given: object): void {
  if (MATCHERS_ONLY in given)
    throw misuse(`options.${MATCHERS_ONLY} is an option of the matchers: a check by itself writes no files.`);
  if ((given as { readonly sizes?: unknown })[FACTORIES_ONLY] !== undefined)
    throw misuse(
      `options.${FACTORIES_ONLY} needs a factory, a function (sizes) => model: checkSizes(factory, { ${FACTORIES_ONLY} }).`,
    );
  for (const key of Object.keys(given))
    if (key !== FACTORIES_ONLY && !(KNOWN as readonly string[]).includes(key))
      throw misuse(
        `there is no option ${JSON.stringify(key)}; did you mean ${JSON.stringify(nearest(key))}?`,
      );
}

/** @throws UsageError where an option is what it can't be */
export function settingsOf(given: Given): Omit<Settings, 'configured'> {
  return {
    epsilon: positive('epsilon', given.epsilon),
    tolerance: positive('tolerance', given.tolerance),
    method: choice('method', given.method, ['exhaustive', 'directional']),
    selection: {
      only: patterns('only', given.only),
      except: patterns('except', given.except),
      shard: part('shard', given.shard),
    },
    kinks: choice('kinks', given.kinks, ['subgradient', 'reject']) ?? 'subgradient',
    points: whole('points', given.points, 1, Infinity) ?? DEFAULT_POINTS,
    strict: flag('strict', given.strict) ?? false,
    seed: whole('seed', given.seed, 0, LARGEST_SEED) ?? DEFAULT_SEED,
    worst: whole('worst', given.worst, 1, Infinity) ?? DEFAULT_WORST,
    maxEvaluations: whole('maxEvaluations', given.maxEvaluations, LEAST_EVALUATIONS, Infinity),
    timeLimit: positive('timeLimit', given.timeLimit),
    onProgress: callback('onProgress', given.onProgress),
  };
}

type Given = { readonly [Key in keyof GradientCheckOptions]?: unknown };

function demandRecord(options: unknown): Given {
  if (options === undefined) return {};
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw misuse(`options must be an object such as { epsilon, tolerance }, but it is ${describe(options)}.`);
  return options;
}

function positive(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !(value > 0) || value === Infinity)
    throw misuse(`options.${name} must be a positive finite number, but it is ${describe(value)}.`);
  return value;
}

function whole(name: string, value: unknown, least: number, most: number): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    const range = most === Infinity ? `, at least ${least}` : ` from ${least} to ${most}`;
    throw misuse(`options.${name} must be a whole number${range}, but it is ${describe(value)}.`);
  }
  return value;
}

function flag(name: string, value: unknown): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  throw misuse(`options.${name} must be true or false, but it is ${describe(value)}.`);
}

function callback(name: string, value: unknown): ((progress: Progress) => void) | undefined {
  if (value === undefined || typeof value === 'function') return value as (progress: Progress) => void;
  throw misuse(`options.${name} must be a function, but it is ${describe(value)}.`);
}

function choice<Choice extends string>(
  name: string,
  value: unknown,
  choices: readonly Choice[],
): Choice | undefined {
  if (value === undefined) return undefined;
  const chosen = choices.find((known) => known === value);
  if (chosen === undefined)
    throw misuse(
      `options.${name} must be ${choices.map((known) => `'${known}'`).join(' or ')}, but it is ${describe(value)}.`,
    );
  return chosen;
}

function patterns(name: string, value: unknown): readonly Pattern[] | undefined {
  if (value === undefined) return undefined;
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw misuse(`options.${name} is an empty array; name at least one parameter.`);
  for (const [i, pattern] of list.entries())
    if (typeof pattern !== 'string' && !(pattern instanceof RegExp)) {
      const found = list === value ? `[${i}] is` : 'it is';
      throw misuse(
        `options.${name} must be a name, a RegExp or an array of them, but ${found} ${describe(pattern)}.`,
      );
    }
  return list as readonly Pattern[];
}

/** `'3/8'`, in whole numbers without a leading zero, sign, exponent or space. */
const PART = /^([1-9]\d*)\/([1-9]\d*)$/;

function part(name: string, value: unknown): Shard | undefined {
  if (value === undefined) return undefined;
  const [, first, second] = (typeof value === 'string' ? PART.exec(value) : null) ?? [];
  const shard = { part: Number(first), of: Number(second) };
  if (!(shard.part <= shard.of && Number.isSafeInteger(shard.of)))
    throw misuse(
      `options.${name} must be one part of so many, from '1/8' to '8/8' for eight, but it is ${describe(value)}.`,
    );
  return shard;
}

/** What other checkers call it: SciPy, PyTorch, JAX, MATLAB. */
const ELSEWHERE: Readonly<Record<string, keyof GradientCheckOptions>> = {
  h: 'epsilon',
  step: 'epsilon',
  delta: 'epsilon',
  atol: 'tolerance',
  rtol: 'tolerance',
};

/** The known option that takes the fewest edits to reach for its length: `atol` is short for `tolerance`, and not `only`. */
function nearest(key: string): string {
  const meant = ELSEWHERE[key.toLowerCase()];
  if (meant !== undefined) return meant;
  const distance = (name: string): number => edits(key, name) / Math.max(key.length, name.length);
  let best: string = KNOWN[0]!;
  for (const name of [...KNOWN, MATCHERS_ONLY, FACTORIES_ONLY])
    if (distance(name) < distance(best)) best = name;
  return best;
}
