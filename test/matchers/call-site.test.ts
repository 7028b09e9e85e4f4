import { failUnawaited } from 'expect-gradients';
import { toHaveCorrectGradients } from 'expect-gradients/matchers';
import { expect, test } from 'vitest';

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
  expect(firstPlace(error)).toMatch(HERE);
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
