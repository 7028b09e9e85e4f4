/** Every other runner for real: node:test with the `expect` package, Playwright's, Bun's and Deno's. */

import { RUNNERS } from './runners.js';
import { describeRunner } from './suite.js';

for (const runner of RUNNERS.others) await describeRunner(runner);
