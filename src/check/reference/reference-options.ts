/** The options of a comparison of two claims → settings; options that are about losses, which there are none of, are refused. */

import { misuse } from '../../errors.js';
import type { GradientCheckOptions } from '../options.js';
import { readSettings, type Settings } from '../settings.js';

/** What is about the losses of a check: how they are taken, how many, and how long that takes. */
const OF_LOSSES: readonly (keyof GradientCheckOptions)[] = [
  'epsilon',
  'method',
  'kinks',
  'maxEvaluations',
  'timeLimit',
  'onProgress',
];

/** @throws UsageError naming the option */
export function readComparison(options: unknown): Settings {
  const settings = readSettings(options, OF_LOSSES);
  const given = (options ?? {}) as GradientCheckOptions;
  const refused = OF_LOSSES.find((name) => given[name] !== undefined);
  if (refused !== undefined)
    throw misuse(
      `options.${refused} is about the losses of a check, but gradients are compared with a reference without any.`,
    );
  return settings;
}
