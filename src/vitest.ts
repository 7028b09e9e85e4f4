/** The door for Vitest 5: list it in `setupFiles`, or import it. Vitest 3.2 and 4 have their own, `vitest-legacy`. */

import { expect, onTestFinished } from 'vitest';
import { useEndOfTest } from './matchers/awaited.js';
import * as matchers from './matchers/matchers.js';
import type { GradientMatchers, GradientTaskMeta } from './matchers/types.js';

expect.extend(matchers);
useEndOfTest(onTestFinished);

declare module 'vitest' {
  interface TaskMeta extends GradientTaskMeta {}
  interface Matchers<R, T> extends GradientMatchers<R, T> {}
}
