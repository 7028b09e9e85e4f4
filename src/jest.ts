/** The door for Jest with its global `expect`: list it in `setupFilesAfterEnv`. */

import { failUnawaited } from './matchers/awaited.js';
import { demandJest } from './matchers/demand-runner.js';
import * as matchers from './matchers/matchers.js';
import type { AsymmetricGradientMatchers, GradientMatchers } from './matchers/types.js';

interface Globals {
  readonly expect: {
    extend(added: typeof matchers): void;
    getState(): { readonly currentTestName?: string };
  };
  afterEach(hook: () => void): void;
}

demandJest('jest');
const { expect, afterEach } = globalThis as Partial<Globals>;
if (expect === undefined || afterEach === undefined)
  throw new Error(
    'expect-gradients/jest found no global `expect`. List it in `setupFilesAfterEnv`, not in `setupFiles`, ' +
      "or use expect-gradients/jest-globals where Jest's `injectGlobals` is off.",
  );
expect.extend(matchers);
afterEach(() => failUnawaited(expect.getState().currentTestName));

declare global {
  namespace jest {
    // The type parameters have to repeat those of @types/jest.
    // eslint-disable-next-line typescript/no-empty-object-type
    interface Matchers<R, T = {}> extends GradientMatchers<R, T> {}
    interface Expect extends AsymmetricGradientMatchers {}
    interface InverseAsymmetricMatchers extends AsymmetricGradientMatchers {}
  }
}
