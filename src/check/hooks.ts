/** What a check calls back while it runs. None of it changes what the check finds. */

import type { ParameterEvidence } from './measurement.js';
import type { CheckObserver } from './run/observer.js';

/** Told what was measured of the parameters, in the order of the report and right before it; not where nothing could be measured. */
export type OnEvidence = (evidence: readonly ParameterEvidence[]) => void;

export interface CheckHooks {
  /** Told how the check goes, unless the option `onProgress` names another. */
  readonly observer?: CheckObserver | undefined;
  /** Called when a function of the model first returns a promise; what it throws ends the check. */
  readonly onPromise?: (() => void) | undefined;
  /** For a picture, which a report has no numbers for; of a part of a Jacobian there is none. */
  readonly onEvidence?: OnEvidence | undefined;
}
