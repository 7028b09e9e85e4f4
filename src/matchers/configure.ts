/** What a setup file wants of all checks → their defaults. */

import { type GradientCheckDefaults, setDefaults } from '../check/defaults.js';
import { demandKnown, settingsOf } from '../check/settings.js';
import { describe, misuse } from '../errors.js';
import { demandFolder } from './folder.js';

/** What names parts of one model. */
const OF_ONE_MODEL = ['only', 'except', 'shard', 'sizes'];

/**
 * Sets defaults of the options, for a process or, where a runner gives each test file a global object of its own, as Vitest and Jest do, for
 * the files whose setup calls it. What a check is given itself comes first. A later call adds to an earlier one; `undefined` puts back the
 * package's own default. A message says which of these defaults mattered.
 *
 * @throws UsageError naming the option, what it must be and what it is; nothing is set then
 * @example
 * // setup.ts
 * import { configureGradientChecks } from 'expect-gradients';
 *
 * configureGradientChecks({ strict: true, artifacts: 'gradients' });
 */
export function configureGradientChecks(options: GradientCheckDefaults): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw misuse(
      `configureGradientChecks takes an object such as { tolerance: 1e-6 }, but it is given ${describe(options)}.`,
    );
  const { artifacts, ...checked } = options;
  const refused = OF_ONE_MODEL.find((name) => name in checked);
  if (refused !== undefined)
    throw misuse(
      `configureGradientChecks takes no option ${JSON.stringify(refused)}, which names parts of one model: give it to the check of that model.`,
    );
  demandKnown(checked);
  settingsOf(checked);
  if (artifacts !== undefined) demandFolder(artifacts);
  setDefaults(options);
}
