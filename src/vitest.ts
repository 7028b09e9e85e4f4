/** The door for Vitest 5: list it in `setupFiles`, or import it. Vitest 3.2 and 4 have their own, `vitest4`. */

import { useEndOfTest } from './matchers/awaited.js';
import { demandVitest } from './matchers/demand-runner.js';
import * as matchers from './matchers/matchers.js';
import type { GradientMatchers, GradientTaskMeta } from './matchers/types.js';

demandVitest('vitest', import.meta.url);
// Only then, as elsewhere there is none to import.
const { expect, onTestFinished } = await import('vitest');
expect.extend(matchers);
useEndOfTest(onTestFinished);

declare module 'vitest' {
  interface TaskMeta extends GradientTaskMeta {}
  interface Matchers<R, T> extends GradientMatchers<R, T> {}
}
