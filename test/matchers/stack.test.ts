/** How stacks are changed for a call: longer, or shorter by the frames between the test and whoever asks where it is. */

import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { asSeenFrom, withDeepStack } from '../../src/matchers/stack.js';

interface Stacks {
  stackTraceLimit: number;
  prepareStackTrace?: unknown;
}
const stacks = Error as unknown as Stacks;

/** Errors as a runner makes them to find the test: the places in their stacks. */
const placesOf = (error: Error): string[] => error.stack!.split('\n').slice(1);
const asking = (): string[] => placesOf(new Error('where'));

/** Calls a function from so many frames further away. */
function fromAfar<Result>(frames: number, act: () => Result): Result {
  return frames === 0 ? act() : fromAfar(frames - 1, act);
}

const HERE = fileURLToPath(import.meta.url);

test('a deep stack holds a hundred frames, and the limit is as it was after the call', () => {
  const { stackTraceLimit } = stacks;
  expect(fromAfar(200, () => withDeepStack(asking))).toHaveLength(100);
  expect(stacks.stackTraceLimit).toBe(stackTraceLimit);
});

test('what the call returns and throws passes', () => {
  const { stackTraceLimit } = stacks;
  expect(withDeepStack(() => 7)).toBe(7);
  const thrown = new Error('mine');
  expect(() =>
    withDeepStack(() => {
      throw thrown;
    }),
  ).toThrow(thrown);
  expect(stacks.stackTraceLimit).toBe(stackTraceLimit);
});

/** Frames as V8 hands them to `prepareStackTrace`. */
const site = (file: string | null, text: string) => ({ getFileName: () => file, toString: () => text });
const SITES = [
  site('/src/annotate.js', 'annotate (/src/annotate.js:1:1)'),
  site(null, 'native'),
  site('/src/matcher.js', 'matcher (/src/matcher.js:2:2)'),
  site('file:///a.test.js', 'test (file:///a.test.js:3:3)'),
  site('/runner.js', 'run (/runner.js:4:4)'),
];

/** The stack that an engine would make of these frames within a call, without a way of its own to write them. */
function prepared(file: string | undefined): unknown {
  const { prepareStackTrace } = stacks;
  stacks.prepareStackTrace = undefined;
  try {
    return asSeenFrom(file, () =>
      (stacks.prepareStackTrace as (error: Error, sites: unknown) => unknown)(new Error('where'), SITES),
    );
  } finally {
    stacks.prepareStackTrace = prepareStackTrace;
  }
}

test('whoever asks takes the frame above for the test, and finds it there', () => {
  expect(prepared('/a.test.js')).toBe(
    [
      'Error: where',
      '    at annotate (/src/annotate.js:1:1)',
      '    at test (file:///a.test.js:3:3)',
      '    at run (/runner.js:4:4)',
    ].join('\n'),
  );
});

test.each([['/b.test.js'], ['a.test.js'], [undefined]])(
  'where nothing of %s is on the stack, the place is nowhere',
  (file) => {
    expect(prepared(file)).toBe('Error: where\n    at <anonymous>\n    at <anonymous>');
  },
);

test("the runner's own way to write frames is used, and is in its place after the call", () => {
  const { prepareStackTrace } = stacks;
  const own = (error: Error, sites: readonly unknown[]): string => `${error.message}: ${sites.length} frames`;
  try {
    stacks.prepareStackTrace = own;
    const seen = asSeenFrom(HERE, () => String(new Error('where').stack));
    expect(seen).toMatch(/^where: \d+ frames$/);
    expect(stacks.prepareStackTrace).toBe(own);
  } finally {
    stacks.prepareStackTrace = prepareStackTrace;
  }
});
