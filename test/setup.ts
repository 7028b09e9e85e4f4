/** Before each test file: what tests draw, the same in each run. `SEED=2 npm test` draws others. */

import { configureGlobal } from 'fast-check';
import { beforeEach } from 'vitest';
import { randomNumbers } from '../src/numerics/random.js';

const seed = Number(process.env.SEED ?? 1);

configureGlobal({ seed });
Math.random = randomNumbers(seed);
beforeEach(() => {
  Math.random = randomNumbers(seed);
});
