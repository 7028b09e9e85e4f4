/** The sets of cases: the first is the project's test, the second has the same kinds from other draws. */
import type { TruthCase } from './case.js';
import * as absolute from './kinds/absolute.js';
import * as atKinksOnly from './kinds/at-kinks-only.js';
import * as coarse from './kinds/coarse.js';
import * as converged from './kinds/converged.js';
import * as directional from './kinds/directional.js';
import * as fineGrids from './kinds/fine-grids.js';
import * as half from './kinds/half.js';
import * as jitter from './kinds/jitter.js';
import * as kinks from './kinds/kinks.js';
import * as ordinary from './kinds/ordinary.js';
import * as oscillating from './kinds/oscillating.js';
import * as scales from './kinds/scales.js';
import * as singular from './kinds/singular.js';
import * as slopes from './kinds/slopes.js';
import * as stairs from './kinds/stairs.js';
import * as sure from './kinds/sure.js';
import * as trulyZero from './kinds/truly-zero.js';
import * as units from './kinds/units.js';
import * as unknown from './kinds/unknown.js';
import * as zeroStart from './kinds/zero-start.js';

interface Module {
  /** Inputs that are given as files, to the letter. */
  files?(): TruthCase[];
  /** Others of the kind, drawn from a seed. */
  relatives(seed: number): TruthCase[];
}

const MODULES: readonly Module[] = [
  converged,
  sure,
  kinks,
  atKinksOnly,
  absolute,
  stairs,
  fineGrids,
  coarse,
  slopes,
  unknown,
  units,
  directional,
  singular,
  zeroStart,
  half,
  oscillating,
  trulyZero,
  jitter,
  scales,
  ordinary,
];

export const relativesOf = (seed: number): TruthCase[] => MODULES.flatMap((module) => module.relatives(seed));

export const firstSet = (): TruthCase[] =>
  MODULES.flatMap((module) => [...(module.files?.() ?? []), ...module.relatives(1)]);

export const secondSet = (): TruthCase[] => relativesOf(2);
