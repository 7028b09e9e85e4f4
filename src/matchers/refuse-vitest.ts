/** Loaded in Vitest → the error of the door for `@jest/globals`, before that package, which can't be loaded there, throws its own. */

import { demandJest } from './demand-runner.js';

demandJest('jest-globals');
