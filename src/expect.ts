/** The door for the `expect` package, under node:test or any other runner: import it once beside your tests. */

import { expect } from 'expect';
import * as matchers from './matchers/matchers.js';
import type { AsymmetricGradientMatchers, GradientMatchers } from './matchers/types.js';

expect.extend(matchers);

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends GradientMatchers<R, T> {}
  interface AsymmetricMatchers extends AsymmetricGradientMatchers {}
}
