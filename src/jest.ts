/** The door for Jest with its global `expect`: list it in `setupFilesAfterEnv`. */

import * as matchers from './matchers/index.js';
import type { AsymmetricGradientMatchers, GradientMatchers } from './matchers/types.js';

const { expect } = globalThis as { expect?: { extend(added: typeof matchers): void } };
if (expect === undefined)
  throw new Error(
    'expect-gradients/jest found no global `expect`. List it in `setupFilesAfterEnv`, not in `setupFiles`, ' +
      "or use expect-gradients/jest-globals where Jest's `injectGlobals` is off.",
  );
expect.extend(matchers);

declare global {
  namespace jest {
    // The type parameters have to repeat those of @types/jest.
    // eslint-disable-next-line typescript/no-empty-object-type
    interface Matchers<R, T = {}> extends GradientMatchers<R, T> {}
    interface Expect extends AsymmetricGradientMatchers {}
    interface InverseAsymmetricMatchers extends AsymmetricGradientMatchers {}
  }
}
