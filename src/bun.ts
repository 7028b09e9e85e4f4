/** The door for `bun test`: list it under `preload` in bunfig.toml, or import it. Bun itself waits for asynchronous matchers. */

import { expect } from 'bun:test';
import * as matchers from './matchers/index.js';
import type { AsymmetricGradientMatchers, GradientMatchers } from './matchers/types.js';

expect.extend(matchers);

declare module 'bun:test' {
  interface Matchers<T> extends GradientMatchers<void, T> {}
  interface AsymmetricMatchers extends AsymmetricGradientMatchers {}
}
