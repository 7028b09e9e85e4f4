/** The door for Vitest 3.2 and 4: list it in `setupFiles`, or import it. The code is that of the door for Vitest 5, the types differ. */

import { expect, onTestFinished } from 'vitest';
import { useEndOfTest } from './matchers/awaited.js';
import * as matchers from './matchers/index.js';
import type { GradientMatchers } from './matchers/types.js';

expect.extend(matchers);
useEndOfTest(onTestFinished);

declare module 'vitest' {
  // The type parameters have to repeat the runner's, `any` included.
  // eslint-disable-next-line typescript/no-explicit-any
  interface Matchers<T = any> extends GradientMatchers<void, T> {}
  // For `expect.not`. The members of both are members of `expect` too, so they have to agree.
  interface AsymmetricMatchersContaining extends GradientMatchers<void, unknown> {}
}
