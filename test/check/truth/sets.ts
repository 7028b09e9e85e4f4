/** The sets of cases: the first is the project's test, the second has the same kinds from other draws. */
import type { TruthCase } from './case.js';
import * as absolute from './kinds/absolute.js';
import * as converged from './kinds/converged.js';
import * as kinks from './kinds/kinks.js';
import * as sure from './kinds/sure.js';

interface Module {
  files?(): TruthCase[];
  relatives(seed: number): TruthCase[];
}

const MODULES: readonly Module[] = [converged, sure, kinks, absolute];

export const firstSet = (): TruthCase[] =>
  MODULES.flatMap((module) => [...(module.files?.() ?? []), ...module.relatives(1)]);

export const secondSet = (): TruthCase[] => MODULES.flatMap((module) => [...module.relatives(2), ...module.relatives(3)]);
