/** Vitest 3.2, 4 and 5 for real, and 5 in a browser. */

import { RUNNERS } from './runners.js';
import { describeRunner } from './suite.js';

for (const runner of RUNNERS.vitest) await describeRunner(runner);
