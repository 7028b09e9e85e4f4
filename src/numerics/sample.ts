/** What was seen of a function at two points beside one, as data. Types only. */

/** What was seen at one distance: the losses on both sides, and how far from θ they were really taken. */
export interface Sample {
  readonly above: number;
  readonly below: number;
  readonly forward: number;
  readonly backward: number;
  /** By how much the loss itself moved to the two sides, where `forward` and `backward` are the loss less what is claimed of it. */
  readonly moves?: readonly [ahead: number, behind: number];
  /** Standard deviation of the noise of these losses. */
  readonly noise: number;
}
