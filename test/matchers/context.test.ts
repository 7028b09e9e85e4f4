/** What is made of a runner's `this`: the hint, the colours, and whether an expected value is being compared. */

import { describe, expect, test } from 'vitest';
import { hintOf, isAsymmetric, type MatcherUtils, paletteOf } from '../../src/matchers/context.js';

const DIM_COLOR = (text: string): string => `dim ${text}`;
/** A hint that repeats what it was given. */
const matcherHint: MatcherUtils['matcherHint'] = (...given) => JSON.stringify(given);

describe('the hint', () => {
  test('is written out where the runner offers no helpers', () => {
    expect(hintOf('toBeRight', 'model', '1e-7', {})).toBe('expect(model).toBeRight(1e-7)');
    expect(hintOf('toBeRight', 'model', '', { isNot: true })).toBe('expect(model).not.toBeRight()');
    expect(hintOf('toBeRight', 'model', '', { isNot: false })).toBe('expect(model).toBeRight()');
  });

  test("is the runner's where it has all helpers, with `.not` and the promise", () => {
    const utils = { matcherHint, DIM_COLOR };
    expect(hintOf('toBeRight', 'model', '1e-7', { utils })).toBe(
      '["toBeRight","model","1e-7",{"isNot":false,"promise":""}]',
    );
    expect(hintOf('toBeRight', 'model', '', { utils, isNot: true, promise: 'resolves' })).toBe(
      '["toBeRight","model","",{"isNot":true,"promise":"resolves"}]',
    );
  });

  test.each<[what: string, utils: MatcherUtils]>([
    ['some helpers', { matcherHint }],
    ['all but the hint', { DIM_COLOR }],
    ['none', {}],
  ])('is left to a runner that has %s, as it prints one itself', (_, utils) => {
    expect(hintOf('toBeRight', 'model', '', { utils })).toBe('');
  });
});

describe('the palette', () => {
  const colour =
    (name: string) =>
    (text: string): string =>
      `${name} ${text}`;

  test('has each colour of the runner for its tone', () => {
    const utils = {
      EXPECTED_COLOR: colour('green'),
      RECEIVED_COLOR: colour('red'),
      DIM_COLOR,
      BOLD_WEIGHT: colour('bold'),
    };
    const palette = paletteOf({ utils });
    expect(Object.keys(palette)).toEqual(['expected', 'received', 'dim', 'bold']);
    expect(palette.expected?.('1')).toBe('green 1');
    expect(palette.received?.('1')).toBe('red 1');
    expect(palette.dim?.('1')).toBe('dim 1');
    expect(palette.bold?.('1')).toBe('bold 1');
  });

  test('leaves out what the runner has not', () => {
    expect(paletteOf({ utils: { DIM_COLOR } })).toEqual({ dim: DIM_COLOR });
  });

  test('is empty without the helpers of Jest', () => {
    expect(paletteOf({})).toEqual({});
    expect(paletteOf({ utils: { EXPECTED_COLOR: colour('quotes') } })).toEqual({});
  });
});

test.each([
  ['all helpers and no promise', { utils: { DIM_COLOR } }, true],
  ['all helpers and an empty promise', { utils: { DIM_COLOR }, promise: '' }, false],
  ['all helpers and a promise', { utils: { DIM_COLOR }, promise: 'resolves' }, false],
  ['some helpers', { utils: { matcherHint } }, false],
  ['nothing', {}, false],
] as const)('`this` with %s is that of an expected value: %s', (_, context, is) => {
  expect(isAsymmetric(context)).toBe(is);
});
