import type { Shard } from '../report.js';

/** How far a check is. */
export interface Progress {
  /** Entries that are done, and all of them; along random directions all entries of a parameter are done at once. */
  readonly done: number;
  readonly total: number;
  /** The parameter that is being checked. */
  readonly parameter: string;
}

/** The options of a check. */
export interface GradientCheckOptions {
  /**
   * The step ε, a positive finite number in the unit of the parameters. Given: exactly θ ± ε for every entry, as formula
   * (1) says. Not given: chosen from the parameter's scale.
   */
  readonly epsilon?: number;
  /** The bound on the difference (2), a positive finite number. Given: never loosened. Not given: 1e-7, or what the measured noise allows, at most 1e-2. */
  readonly tolerance?: number;
  /**
   * `'exhaustive'`: every entry by itself, 2N losses for N entries. `'directional'`: each parameter along a few random directions
   * of ±1, then bisection to the wrong entries, some hundred losses for any N. Default: exhaustive while 2N is at most 20 000.
   */
  readonly method?: 'exhaustive' | 'directional';
  /** Check only these parameters: by name, by path prefix (`'encoder'` takes `encoder.W`) or by RegExp. */
  readonly only?: string | RegExp | readonly (string | RegExp)[];
  /** Check all parameters but these. */
  readonly except?: string | RegExp | readonly (string | RegExp)[];
  /**
   * Check only one of equal parts of the entries, `'3/8'` the third of eight, so that several processes can split one check. Cut by
   * count from what `only` and `except` leave, in the order of the model. Where every part is `correct`, so is the whole.
   */
  readonly shard?: Shard | undefined;
  /**
   * What to do where the loss has a kink at the very point: `'subgradient'`, the default, accepts any value between the
   * one-sided slopes; `'reject'` compares with the centred difference all the same.
   */
  readonly kinks?: 'subgradient' | 'reject';
  /**
   * At how many points the gradients are checked, a whole number, at least 1: θ, and generic points beside it, along random directions.
   * Default 2.
   */
  readonly points?: number | undefined;
  /** Seed of the random directions, an integer from 0 to 2³² − 1. */
  readonly seed?: number;
  /** How many offenders the report and the message show. Default 5. */
  readonly worst?: number;
  /** At most so many losses, each displacement given to `losses` being one. What is left unchecked is told, and the verdict is then never `correct`. */
  readonly maxEvaluations?: number;
  /** At most so many milliseconds, to within that of a loss or 50 ms, likewise; where the model offers `losses`, to within a sixteenth or a call. */
  readonly timeLimit?: number;
  /** Called as each parameter begins and ends, and now and then; a long check then shows no line of its own on the terminal. */
  readonly onProgress?: (progress: Progress) => void;
}
