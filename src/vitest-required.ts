/** The doors for Vitest, where something requires them: nothing that could use them does, as Vitest itself can't be required. */

import { requiredDoor } from './matchers/demand-runner.js';

throw requiredDoor();
