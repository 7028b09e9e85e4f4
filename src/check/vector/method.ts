/** How what a role claims is checked: what is measured, and what is found. Types only. */

import type { VectorRequest } from '../../model/evaluate/requests.js';
import type { Role } from '../../model/vector-model.js';
import type { Offender, Stop } from '../../report.js';
import type { Contradiction } from '../measurement.js';
import type { Claim } from '../preconditions/repeated-calls.js';
import type { Arrays } from './products.js';
import type { Scalarization } from './scalarization.js';
import type { Together } from './join-rows.js';
import type { Layout } from './vector-report.js';

/** What a role claims for a random vector, at first. */
export interface Opening extends Scalarization, Claim {
  readonly role: Role;
  readonly vector: Arrays;
}

/** What was found out about a role. */
export interface Checked extends Together {
  readonly contradictions: readonly Contradiction[];
  /** The budget that ended it, if one did. */
  readonly stopped: Stop | undefined;
  /** An offender of the report, with the place that is to blame for it; none where each has its own. */
  readonly locate?: (offender: Offender) => Generator<VectorRequest, Offender, void>;
}

/** A way to check a role. */
export interface Method {
  readonly layout: Layout;
  /** How many random vectors stand in the place of all outputs, or of all entries; none where all are looked at. */
  readonly vectors?: number;
  check(opening: Opening): Generator<VectorRequest, Checked, void>;
}
