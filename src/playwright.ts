/** The door for Playwright's test runner: import `test` and `expect` from it, or merge them with `mergeTests`, `mergeExpects`. */

import { expect as baseExpect, test as baseTest, type Expect } from '@playwright/test';
import { failUnawaited } from './matchers/awaited.js';
import * as matchers from './matchers/matchers.js';
import { useTestInfo } from './matchers/running-test.js';
import type { AsymmetricGradientMatchers, GradientMatchers } from './matchers/types.js';

useTestInfo(() => baseTest.info());

/** Playwright's `expect` with the matchers. */
export const expect: Expect & AsymmetricGradientMatchers & { readonly not: AsymmetricGradientMatchers } =
  baseExpect.extend(matchers) as typeof expect;

/** Playwright's `test`, in which an asynchronous check without `await` fails its test. */
export const test: typeof baseTest = baseTest.extend<{ awaitedChecks: void }>({
  awaitedChecks: [
    // Playwright reads the names of the fixtures that it needs from the text of the function: none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      await use();
      failUnawaited();
    },
    { auto: true, box: true },
  ],
});

declare global {
  namespace PlaywrightTest {
    interface Matchers<R, T = unknown> extends GradientMatchers<R, T> {}
  }
}
