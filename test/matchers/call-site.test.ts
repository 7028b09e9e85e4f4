import { failUnawaited } from 'expect-gradients';
import { toHaveCorrectGradients } from 'expect-gradients/matchers';
import { describe, expect, test, vi } from 'vitest';
import { misuse } from '../../src/errors.js';
import { errorAtCall, pointedTo } from '../../src/matchers/call-site.js';

/** An error of use points to the assertion: runners show the code around the first place that its stack names. */

const HERE = /call-site\.test\.ts/;
const firstPlace = (error: unknown): string | undefined => /^\s+at .*/m.exec((error as Error).stack!)?.[0];
const later = { parameters: [3], loss: async ([x]: number[]) => x! ** 2, gradients: () => [6] };

async function thrownBy(run: () => unknown): Promise<Error> {
  try {
    await run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

test.each<[string, () => unknown]>([
  ['no model', () => toHaveCorrectGradients.call({}, 1)],
  ['an option out of range', () => toHaveCorrectGradients.call({}, later, { epsilon: -1 })],
  ['one number', () => toHaveCorrectGradients.call({}, later, 1e-7 as never)],
  [
    'gradients of another shape',
    () => toHaveCorrectGradients.call({}, { ...later, loss: () => 1, gradients: () => [] }),
  ],
  ['the same, later', () => toHaveCorrectGradients.call({}, { ...later, gradients: async () => [] })],
])('%s is told with its place', async (_, run) => {
  const error = await thrownBy(run);
  expect(error).toBeInstanceOf(TypeError);
  expect(error.stack).toMatch(/^TypeError: expect-gradients: /);
  expect(firstPlace(error)).toMatch(HERE);
  expect(error.stack).not.toContain('src/');
});

test('a check that nothing waits for is told with its place', async () => {
  const check = toHaveCorrectGradients.call({}, later);
  const error = await thrownBy(() => failUnawaited());
  expect(firstPlace(error)).toMatch(HERE);
  expect(error.stack).not.toContain('src/');
  await check;
});

test("the places in Jest's expect that call a matcher are left out", async () => {
  // eslint-disable-next-line no-underscore-dangle
  function __EXTERNAL_MATCHER_TRAP__(): void {
    void toHaveCorrectGradients(1);
  }
  const throwingMatcher = (): void => __EXTERNAL_MATCHER_TRAP__();
  const error = await thrownBy(throwingMatcher);
  expect(error.stack!.split('\n')[1]).toMatch(HERE);
  expect(error.stack).not.toMatch(/TRAP|throwingMatcher/);
});

test.each([
  [
    'at once',
    (error: Error) => () => {
      throw error;
    },
  ],
  ['later', (error: Error) => async () => Promise.reject(error)],
])("an error of the model's own keeps its stack, %s", async (_, throwing) => {
  const own = new TypeError('mine');
  const { stack } = own;
  expect(await thrownBy(() => toHaveCorrectGradients.call({}, { ...later, loss: throwing(own) }))).toBe(own);
  expect(own.stack).toBe(stack);
});

describe('the stack of a misuse', () => {
  const place = Object.assign(new Error('first line\nsecond line'), {
    stack: 'Error: first line\nsecond line\n    at mine (/mine.test.js:1:2)\n    at run (/runner.js:3:4)',
  });

  test('is the head of the error, and the places of the assertion', () => {
    const error = pointedTo(misuse('W is frozen.'), place) as Error;
    expect(error.stack).toBe(
      'TypeError: expect-gradients: W is frozen.\n    at mine (/mine.test.js:1:2)\n    at run (/runner.js:3:4)',
    );
  });

  test.each<[what: string, stack: string | undefined]>([
    ['names no place', 'Error: first line'],
    ['is missing', undefined],
  ])('stays as it is where that of the assertion %s', (_, stack) => {
    const error = misuse('W is frozen.');
    const { stack: before } = error;
    expect(pointedTo(error, { name: 'Error', message: '', ...(stack && { stack }) })).toBe(error);
    expect(error.stack).toBe(before);
  });

  test('stays as it is of an error that is none', () => {
    const error = new RangeError('mine');
    const { stack: before } = error;
    expect(pointedTo(error, place)).toBe(error);
    expect(error.stack).toBe(before);
    expect(pointedTo('no error', place)).toBe('no error');
  });

  test('and of the place are as they are in engines that cut no stacks', async () => {
    const engine: { captureStackTrace?: unknown } = Error;
    const { captureStackTrace } = engine;
    try {
      engine.captureStackTrace = undefined;
      vi.resetModules();
      const copy = await import('../../src/matchers/call-site.js');
      const error = misuse('W is frozen.');
      const { stack: before } = error;
      expect(
        copy.pointedTo(
          error,
          copy.errorAtCall('', () => undefined),
        ),
      ).toBe(error);
      expect(error.stack).toBe(before);
    } finally {
      engine.captureStackTrace = captureStackTrace;
    }
  });
});

describe('an error at a call', () => {
  /** An error made in a function of this name, which is called as Jest calls a matcher. */
  function errorWithin(inner: string, outer: string): Error {
    const made: Error[] = [];
    const matcher = (): void => void made.push(errorAtCall('mine', matcher));
    const named = (name: string, call: () => void): (() => void) => ({ [name]: () => call() })[name]!;
    named(outer, named(inner, matcher))();
    return made[0]!;
  }

  test('has the message, and begins where the matcher is called', () => {
    const error = errorWithin('first', 'second');
    expect(error.message).toBe('mine');
    expect(error.stack).toMatch(/^Error: mine\n\s+at (?:Object\.)?first .*\n\s+at (?:Object\.)?second /);
  });

  test.each([
    ['__EXTERNAL_MATCHER_TRAP__', 'throwingMatcher', /^Error: mine\n\s+at errorWithin /],
    ['__EXTERNAL_MATCHER_TRAP__', 'other', /^Error: mine\n\s+at .*__EXTERNAL_MATCHER_TRAP__/],
    ['other', 'throwingMatcher', /^Error: mine\n\s+at .*other .*\n\s+at .*throwingMatcher/],
  ])('loses the two places of Jest, and only both: %s, %s', (inner, outer, stack) => {
    expect(errorWithin(inner, outer).stack).toMatch(stack);
  });
});
