/** The door for `bun test`: list it under `preload` in bunfig.toml, or import it. Bun itself waits for asynchronous matchers. */

import { expect } from 'bun:test';
import * as matchers from './matchers/matchers.js';
import type { AsymmetricGradientMatchers, GradientMatchers } from './matchers/types.js';

expect.extend(matchers);

declare module 'bun:test' {
  interface Matchers<T> extends GradientMatchers<void, T> {}
  // Bun types expected values by what was received, so only `any` can stand within one; its own matchers are `any` too.
  // eslint-disable-next-line typescript/no-explicit-any
  interface AsymmetricMatchers extends AsymmetricGradientMatchers<any> {}
}
