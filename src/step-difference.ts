/** The losses on both sides of θ at one step → what they show of a derivative. Types only, as in `report.ts`. */

/** What the losses at θ ± h showed of one entry; NaN where a loss was not finite. */
export interface StepDifference {
  /** h, half the distance between the two points as stored, in the unit of the parameter. */
  readonly step: number;
  /** The centred difference (J(θ + h) − J(θ − h)) / 2h, in the unit of the loss over that of the parameter. */
  readonly numeric: number;
  /** How far the noise of the losses may put it off: a bound, in the same unit; curvature is not in it. */
  readonly uncertainty: number;
  /** The slopes to either side, (J(θ + h) − J(θ)) / h and (J(θ) − J(θ − h)) / h: at a kink they stay apart as h falls. */
  readonly forward: number;
  readonly backward: number;
}
