/** What is handed to a checker, and what the bench knows about it beside. */

import type { Arrays, BenchModel } from '../models/model.js';
import type { Network } from '../networks/network.js';
import type { Drawing } from './drawing.js';
import { type Twin, twinOf } from './twin.js';

export interface Shape {
  readonly rows: number;
  readonly columns: number;
}

export interface Subject extends BenchModel {
  readonly shapes: Readonly<Record<string, Shape>>;
  /** Samples in the batch. */
  readonly samples: number;
  /** What a penalty adds to the gradients, of the parameters that have one. */
  readonly penalties: () => Arrays;
  readonly twin: Twin;
  /** Whether gradients are claimed in half precision. */
  readonly half: boolean;
}

export function subjectOf(of: Network, drawing: Drawing): Subject {
  const entries = Object.entries(of.parameters);
  return {
    parameters: Object.fromEntries(entries.map(([name, { data }]) => [name, data])),
    shapes: Object.fromEntries(entries),
    samples: of.design.samples,
    half: false,
    loss: of.loss,
    gradients: of.gradients,
    penalties: of.penalties,
    twin: twinOf(of, drawing),
  };
}
