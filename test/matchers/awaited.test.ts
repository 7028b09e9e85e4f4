import { failUnawaited } from 'expect-gradients';
import { toHaveCorrectGradients } from 'expect-gradients/matchers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useEndOfTest } from '../../src/matchers/awaited.js';
import type { MatcherContext, TestInfo } from '../../src/matchers/context.js';

/** A test that ends before the asynchronous check that it began; what real runners do then is in test/runners. */

const UNAWAITED = 'an asynchronous check was still running when its test ended';

/** J = x², whose gradient is 2x; `slope` is what is claimed. Nothing in it takes longer than a microtask. */
const quick = (slope: number) => ({
  parameters: [3],
  loss: async ([x]: number[]): Promise<number> => Promise.resolve(x! ** 2),
  gradients: ([x]: number[]) => [slope * x!],
});
const broken = {
  ...quick(2),
  loss: async (): Promise<number> => {
    throw new Error('out of memory');
  },
};

/** What has been asked to be called when the test that runs now ends. */
let ends: ((info?: TestInfo) => void)[] = [];
const onTestFinished = (ended: (info?: TestInfo) => void): unknown => ends.push(ended);
const endTest = (task: TestInfo['task'] = {}): void => {
  for (const ended of ends) ended({ task });
};
beforeEach(() => {
  ends = [];
});

const begin = async (context: MatcherContext, model: object = quick(2)) =>
  toHaveCorrectGradients.call(context, model);

describe.each<[string, MatcherContext, (() => void) | undefined]>([
  ["that the matcher's `this` tells of", { task: { context: { onTestFinished } } }, undefined],
  ['that the door tells of', {}, () => useEndOfTest(onTestFinished)],
])('a test %s', (_, context, open) => {
  beforeEach(() => open?.());
  afterEach(() => useEndOfTest(() => undefined));

  test('fails when it ends before its check, however quick the model', async () => {
    const check = begin(context);
    for (let turn = 0; turn < 1000; turn++) await Promise.resolve();
    expect(() => endTest()).toThrow(UNAWAITED);
    await check;
  });

  test('does not fail when it awaits its check', async () => {
    await begin(context);
    expect(() => endTest()).not.toThrow();
  });

  test('does not fail when it awaits a check that fails, or throws', async () => {
    expect(await begin(context, quick(-2))).toMatchObject({ pass: false });
    await expect(begin(context, broken)).rejects.toThrow('out of memory');
    expect(() => endTest()).not.toThrow();
  });

  test('is let be when it runs beside others', async () => {
    const check = begin(context);
    expect(() => endTest({ concurrent: true })).not.toThrow();
    await check;
  });

  test('is told nothing more when it has failed already, as by its timeout', async () => {
    const check = begin(context);
    expect(() => endTest({ result: { state: 'fail' } })).not.toThrow();
    await check;
  });
});

describe('the rest of an abandoned check', () => {
  test.each([
    ['a wrong model', {}, quick(-2)],
    ['a right model under .not', { isNot: true }, quick(2)],
    ['a model that throws', {}, broken],
  ])('is quiet for %s', async (_, modifiers, model) => {
    const check = begin({ task: { context: { onTestFinished } }, ...modifiers }, model);
    expect(() => endTest()).toThrow(UNAWAITED);
    const isNot = 'isNot' in modifiers;
    expect(await check).toMatchObject({ pass: !isNot });
  });
});

test('an abandoned check ends at once, so that the runner counts it in its own test', async () => {
  const silent = { ...quick(2), loss: async () => new Promise<number>(() => undefined) };
  const check = begin({}, silent);
  expect(() => failUnawaited()).toThrow(UNAWAITED);
  expect(await check).toMatchObject({ pass: true });
});

test('a check ends where there are no messages between ports', async () => {
  vi.stubGlobal('MessageChannel', undefined);
  try {
    expect(await begin({})).toMatchObject({ pass: true });
  } finally {
    vi.unstubAllGlobals();
  }
});

describe('outside a test', () => {
  test('a check runs, though the runner refuses to tell of an end', async () => {
    const refusing = (): never => {
      throw new Error('can only be called inside a test');
    };
    expect(await begin({ task: { context: { onTestFinished: refusing } } })).toMatchObject({ pass: true });
  });
});

describe('failUnawaited', () => {
  test('throws while a check runs, once', async () => {
    const check = begin({});
    expect(() => failUnawaited()).toThrow(UNAWAITED);
    expect(() => failUnawaited()).not.toThrow();
    await check;
  });

  test('says what happened, and what to write', async () => {
    const check = begin({});
    expect(() => failUnawaited()).toThrow(
      new Error(
        'expect-gradients: an asynchronous check was still running when its test ended, so the test could not fail for what the ' +
          'check finds. Write await expect(model).toHaveCorrectGradients(), and give the test the time it takes.',
      ),
    );
    await check;
  });

  test('throws not when every check has ended', async () => {
    await begin({});
    expect(() => failUnawaited()).not.toThrow();
  });

  test('finds those that another copy of this module began', async () => {
    vi.resetModules();
    const copy = (await import('expect-gradients')) as { failUnawaited: typeof failUnawaited };
    expect(copy.failUnawaited).not.toBe(failUnawaited);
    const check = begin({});
    expect(() => copy.failUnawaited()).toThrow(UNAWAITED);
    await check;
  });

  test('asks only for the checks of the test that has ended', async () => {
    const checks = [
      begin({ currentTestName: 'one' }),
      begin({ currentTestName: 'one', currentConcurrentTestName: () => 'two' }),
    ];
    expect(() => failUnawaited('three')).not.toThrow();
    expect(() => failUnawaited('one')).toThrow(UNAWAITED);
    expect(() => failUnawaited('one')).not.toThrow();
    expect(() => failUnawaited('two')).toThrow(UNAWAITED);
    await Promise.all(checks);
  });
});
