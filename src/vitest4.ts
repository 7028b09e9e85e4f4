/** The door for Vitest 3.2 and 4: list it in `setupFiles`, or import it. The code is that of the door for Vitest 5, the types differ. */

import { useEndOfTest } from './matchers/awaited.js';
import { demandVitest } from './matchers/demand-runner.js';
import * as matchers from './matchers/matchers.js';
import { useCurrentTest } from './matchers/running-test.js';
import type { GradientMatchers } from './matchers/types.js';

demandVitest('vitest4', import.meta.url);
// Only then, as elsewhere there is none to import.
const vitest = await import('vitest');
const { expect, onTestFinished } = vitest;
expect.extend(matchers);
useEndOfTest(onTestFinished);
// Before 4.1 Vitest tells no matcher which test it runs in, but has an entry that does, which came to be deprecated and is gone in 5. So
// its name is none that Vite may look for.
if (!('TestRunner' in vitest)) {
  const entry = (name: string): Promise<object> => import(/* @vite-ignore */ `vitest/${name}`);
  await useCurrentTest(entry);
}

declare module 'vitest' {
  // The type parameters have to repeat the runner's, `any` included.
  // eslint-disable-next-line typescript/no-explicit-any
  interface Matchers<T = any> extends GradientMatchers<void, T> {}
  // For `expect.not`. The members of both are members of `expect` too, so they have to agree.
  interface AsymmetricMatchersContaining extends GradientMatchers<void, unknown> {}
}
