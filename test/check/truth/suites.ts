/** The third set: what the suites of other checkers check (their mathematics, none of their code). It is for measuring, not a test of the project. */
import type { TruthCase } from './case.js';
import { densities } from './suites/densities.js';
import { elementary } from './suites/elementary.js';
import { layers } from './suites/layers.js';
import { losses } from './suites/losses.js';
import { matrices } from './suites/matrices.js';
import { optimisation } from './suites/optimisation.js';
import { residuals } from './suites/residuals.js';

export const thirdSet = (): TruthCase[] => [
  ...elementary(),
  ...losses(),
  ...layers(),
  ...densities(),
  ...matrices(),
  ...optimisation(),
  ...residuals(),
];
