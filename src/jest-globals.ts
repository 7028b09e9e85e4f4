/** The door for Jest with `import { expect } from '@jest/globals'`: list it in `setupFilesAfterEnv`, or import it. */

import './matchers/refuse-vitest.js';
import { afterEach, expect } from '@jest/globals';
import { failUnawaited } from './matchers/awaited.js';
import * as matchers from './matchers/matchers.js';
import type { AsymmetricGradientMatchers, GradientMatchers } from './matchers/types.js';

expect.extend(matchers);
afterEach(() => failUnawaited(expect.getState().currentTestName));

declare module '@jest/expect' {
  interface Matchers<R extends void | Promise<void>, T> extends GradientMatchers<R, T> {}
  interface AsymmetricMatchers extends AsymmetricGradientMatchers {}
}
