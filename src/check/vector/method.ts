/** How what a role claims is checked: what is measured, and what is found. Types only. */

import type { VectorRequest } from '../../model/evaluate/requests.js';
import type { Offender, Stop } from '../../report.js';
import type { Contradiction } from '../measurement.js';
import type { Wrong } from './locate-wrong.js';
import type { Opening } from './products.js';
import type { Together } from './join-rows.js';
import type { Layout } from './vector-report.js';

/** What was found out about a role. */
export interface Checked extends Together {
  readonly contradictions: readonly Contradiction[];
  /** The budget that ended it, if one did. */
  readonly stopped: Stop | undefined;
  /** What an offender of the report is about; none where it has a place of its own. */
  readonly wrongIn?: (offender: Offender) => Wrong;
}

/** A way to check a role. */
export interface Method {
  readonly layout: Layout;
  /** How many random vectors stand in the place of all outputs, or of all entries; none where all are looked at. */
  readonly vectors?: number;
  /** How many evaluations of the outputs it takes before anything is measured. */
  readonly opening: number;
  check(opening: Opening): Generator<VectorRequest, Checked, void>;
}
