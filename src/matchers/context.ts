/**
 * What a runner offers a matcher as `this`, by shape: Jest and Vitest have all of it, Bun some, a direct call none. Each
 * thing is tested for before it is used; without colours and hint the message is the same text.
 */

import type { Palette } from '../render/format-report.js';

type Colour = (text: string) => string;

/** The runner's helpers for messages, as far as they are used here. */
export interface MatcherUtils {
  readonly matcherHint?: (
    name: string,
    received?: string,
    expected?: string,
    options?: { readonly isNot?: boolean; readonly promise?: string },
  ) => string;
  readonly EXPECTED_COLOR?: Colour;
  readonly RECEIVED_COLOR?: Colour;
  readonly DIM_COLOR?: Colour;
  readonly BOLD_WEIGHT?: Colour;
}

/** The `this` of a matcher. */
export interface MatcherContext {
  readonly isNot?: boolean;
  readonly promise?: string;
  readonly utils?: MatcherUtils;
}

/** The line that repeats the assertion, in the runner's own style; empty where the runner prints one itself. */
export function hintOf(name: string, received: string, expected: string, context: MatcherContext): string {
  const { utils, isNot = false, promise = '' } = context;
  if (utils === undefined) return `expect(${received})${isNot ? '.not' : ''}.${name}(${expected})`;
  // Bun's hint, told by its missing colours, ignores the arguments and appends them again below.
  if (typeof utils.matcherHint !== 'function' || typeof utils.DIM_COLOR !== 'function') return '';
  return utils.matcherHint(name, received, expected, { isNot, promise });
}

/** The runner's colours as a palette: what was expected is the numeric value, what was received the claimed one. */
export function paletteOf({ utils = {} }: MatcherContext): Palette {
  return {
    ...(utils.EXPECTED_COLOR && { expected: utils.EXPECTED_COLOR }),
    ...(utils.RECEIVED_COLOR && { received: utils.RECEIVED_COLOR }),
    ...(utils.DIM_COLOR && { dim: utils.DIM_COLOR }),
    ...(utils.BOLD_WEIGHT && { bold: utils.BOLD_WEIGHT }),
  };
}

/**
 * Whether the matcher runs inside an expected value, as `expect.toHaveCorrectGradients()` does: the runners that have all of
 * Jest's helpers set `promise` for every assertion, and leave it out there.
 */
export function isAsymmetric({ utils, promise }: MatcherContext): boolean {
  return typeof utils?.DIM_COLOR === 'function' && promise === undefined;
}
