/**
 * The `this` that a runner calls a matcher with -> hint, colours, and whether an expected value is being compared. By shape: Jest and
 * Vitest have all of it, Bun some, a direct call none. Each thing is tested for before it is used; without colours and hint the message
 * is the same text.
 */

import type { Palette } from '../render/format-report.js';
import type { GradientCheckArguments, GradientSizesOptions } from './types.js';

/** What a matcher gives back to the runner. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
  /**
   * For a failing positive assertion: the analytic and the numeric values of the worst entries, by name. Absent where the runner prints a
   * diff of them, as they stand in the message.
   */
  readonly actual?: Readonly<Record<string, number>>;
  readonly expected?: Readonly<Record<string, number>>;
}

/** A matcher, as the `expect.extend` of any runner takes it; called by itself it needs no `this`. */
export type GradientMatcher = (
  this: MatcherContext | undefined | void,
  model: unknown,
  ...check: GradientCheckArguments<GradientSizesOptions>
) => MatcherResult | Promise<MatcherResult>;

/** A matcher that holds a model against a reference; as wide in its types as one that takes options only, so that both are in one record. */
export type ReferenceMatcher = (
  this: MatcherContext | undefined | void,
  model: unknown,
  reference?: unknown,
  options?: unknown,
) => MatcherResult | Promise<MatcherResult>;

/** The runner's helpers for messages, as far as they are used here. */
export interface MatcherUtils {
  readonly matcherHint?: (
    name: string,
    received?: string,
    expected?: string,
    options?: { readonly isNot?: boolean; readonly promise?: string },
  ) => string;
  readonly EXPECTED_COLOR?: (text: string) => string;
  readonly RECEIVED_COLOR?: (text: string) => string;
  readonly DIM_COLOR?: (text: string) => string;
  readonly BOLD_WEIGHT?: (text: string) => string;
}

/** What Vitest tells of a test that has ended, as far as it is used here. */
export interface TestInfo {
  readonly task?: {
    readonly concurrent?: boolean | undefined;
    readonly result?: { readonly state: string } | undefined;
  };
}

/** Has a function called when the test that runs now has ended, which can then still fail it by throwing. */
export type EndOfTest = (ended: (info?: TestInfo) => void) => unknown;

/** A test of Vitest's, as far as it is used here. */
export interface VitestTask {
  /** What the reporters are given with the test. */
  readonly meta?: object;
  /** Whether it runs beside others. */
  readonly concurrent?: boolean | undefined;
  readonly context: {
    readonly onTestFinished: EndOfTest;
    readonly annotate?: (
      message: string,
      type: string,
      attachment?: { readonly contentType: string; readonly body: string },
    ) => Promise<unknown>;
  };
}

/** The `this` of a matcher. */
export interface MatcherContext {
  readonly isNot?: boolean;
  readonly promise?: string;
  readonly utils?: MatcherUtils;
  /** The running test: its name, in Jest also of one that runs beside others; in Vitest from 4.1 on the test itself. */
  readonly currentTestName?: string;
  readonly currentConcurrentTestName?: () => string | undefined;
  /** Of the package `expect` only, which Jest, Playwright and others use. */
  readonly dontThrow?: () => void;
  readonly task?: VitestTask;
  /** The path of the test's file. */
  readonly testPath?: string;
}

/** The line that repeats the assertion, in the runner's own style; empty where the runner prints one itself. */
export function hintOf(name: string, received: string, expected: string, context: MatcherContext): string {
  const { utils, isNot = false, promise = '' } = context;
  if (utils === undefined) return `expect(${received})${isNot ? '.not' : ''}.${name}(${expected})`;
  if (typeof utils.matcherHint !== 'function' || !isComplete(utils)) return '';
  return utils.matcherHint(name, received, expected, { isNot, promise });
}

/** The runner's colours as a palette: what was expected is the numeric value, what was received the claimed one. */
export function paletteOf({ utils }: MatcherContext): Palette {
  if (!isComplete(utils)) return {};
  return {
    ...(utils.EXPECTED_COLOR && { expected: utils.EXPECTED_COLOR }),
    ...(utils.RECEIVED_COLOR && { received: utils.RECEIVED_COLOR }),
    ...(utils.DIM_COLOR && { dim: utils.DIM_COLOR }),
    ...(utils.BOLD_WEIGHT && { bold: utils.BOLD_WEIGHT }),
  };
}

/**
 * Whether the runner prints a diff of `actual` and `expected` below the message, and shows it in the place of the message in editors, as Vitest
 * does. The package `expect` hands them to editors and prints nothing.
 */
export function printsDiff({ utils, dontThrow }: MatcherContext): boolean {
  return isComplete(utils) && dontThrow === undefined;
}

/**
 * Whether the matcher runs inside an expected value, as `expect.toHaveCorrectGradients()` does: the runners that have all of
 * Jest's helpers set `promise` for every assertion, and leave it out there.
 */
export function isAsymmetric({ utils, promise }: MatcherContext): boolean {
  return isComplete(utils) && promise === undefined;
}

/**
 * Whether the runner has all of Jest's helpers. Bun has not, and what it has under their names does other things: its colours
 * put text in quotes, its hint leaves out the arguments and appends them below.
 */
function isComplete(utils: MatcherUtils | undefined): utils is MatcherUtils {
  return typeof utils?.DIM_COLOR === 'function';
}
