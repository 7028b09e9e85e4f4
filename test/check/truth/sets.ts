/** The sets of cases: the first is the project's test, the second has the same kinds from other draws. */
import type { TruthCase } from './case.js';
import * as absolute from './kinds/absolute.js';
import * as coarse from './kinds/coarse.js';
import * as converged from './kinds/converged.js';
import * as kinks from './kinds/kinks.js';
import * as stairs from './kinds/stairs.js';
import * as slopes from './kinds/slopes.js';
import * as sure from './kinds/sure.js';
import * as units from './kinds/units.js';
import * as unknown from './kinds/unknown.js';

interface Module {
  files?(): TruthCase[];
  relatives(seed: number): TruthCase[];
}

const MODULES: readonly Module[] = [converged, sure, kinks, absolute, stairs, coarse, slopes, unknown, units];

export const firstSet = (): TruthCase[] =>
  MODULES.flatMap((module) => [...(module.files?.() ?? []), ...module.relatives(1)]);

export const secondSet = (): TruthCase[] => MODULES.flatMap((module) => [...module.relatives(2), ...module.relatives(3)]);
