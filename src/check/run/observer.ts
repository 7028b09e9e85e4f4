/** Who follows a check as it runs. The check tells; what becomes of it is the observer's, who must not touch the model. */

import type { Progress } from '../options.js';

export interface CheckObserver {
  /** A function of the model is about to be called. Comes before every loss, so it has to be quick. */
  calling(): void;
  /**
   * How far the check is.
   * @param share of its work that is done, from 0 to 1: by entries, or by parameters where one takes as long as another
   */
  tell(progress: Progress, share: number): void;
  /** The check has ended, or has thrown. */
  end(): void;
}
