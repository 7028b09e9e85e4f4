/** The options of a check, as users write them. `settings.ts` reads them and has the defaults. */

import type { Shard } from '../report.js';

/** How far a check is. */
export interface Progress {
  /** Entries that are done, and all of them; along random directions all entries of a parameter are done at once. */
  readonly done: number;
  readonly total: number;
  /** The parameter that is being checked. */
  readonly parameter: string;
}

/**
 * The options of a check. All may be left out, or be `undefined`, which is the same.
 *
 * @example
 * checkGradients(model, { epsilon: 1e-5, tolerance: 1e-7 });
 * checkGradients(model, { only: ['encoder', /bias$/], method: 'directional', timeLimit: 10_000 });
 */
export interface GradientCheckOptions {
  /**
   * The step ε, a positive finite number in the unit of the parameters. Given: each entry is moved by exactly ±ε, and its numeric
   * gradient is (J(θ + ε eᵢ) − J(θ − ε eᵢ)) / 2ε. Not given: chosen for each parameter from its scale and the noise of the loss.
   *
   * @defaultValue chosen from the scale of the parameter and the noise of the loss
   */
  readonly epsilon?: number | undefined;
  /**
   * The bound on the difference ‖g − n‖ / (‖g‖ + ‖n‖) of the analytic gradient g and the numeric one n, a positive finite number.
   * Given: never loosened.
   *
   * @defaultValue 1e-7, or as much more as the measured noise demands, at most 1e-2
   */
  readonly tolerance?: number | undefined;
  /**
   * `'exhaustive'`: every entry by itself, 2N losses for N entries. `'directional'`: each parameter along a few random directions
   * of ±1, then bisection to the wrong entries, some hundred losses for any N.
   *
   * @defaultValue `'exhaustive'` while 2N is at most 20 000
   */
  readonly method?: 'exhaustive' | 'directional' | undefined;
  /**
   * Check only these parameters: by name, by path prefix (`'encoder'` takes `encoder.W`) or by RegExp.
   *
   * @defaultValue all parameters
   */
  readonly only?: string | RegExp | readonly (string | RegExp)[] | undefined;
  /**
   * Check all parameters but these, named in the same way.
   *
   * @defaultValue none
   */
  readonly except?: string | RegExp | readonly (string | RegExp)[] | undefined;
  /**
   * Check only one of equal parts of the entries, `'3/8'` the third of eight, so that several processes can split one check. Cut by
   * count from what `only` and `except` leave, in the order of the model. Where every part is `correct`, so is the whole.
   *
   * @defaultValue all entries
   * @example
   * expect(model).toHaveCorrectGradients({ shard: `${index}/${total}` });
   */
  readonly shard?: Shard | undefined;
  /**
   * What to do where the loss has a kink at the very point: `'subgradient'` accepts any value between the one-sided slopes;
   * `'reject'` compares with the centred difference, their mean, all the same.
   *
   * @defaultValue `'subgradient'`
   */
  readonly kinks?: 'subgradient' | 'reject' | undefined;
  /**
   * At how many points the gradients are checked, a whole number from 1 on: θ, and generic points beside it.
   *
   * @defaultValue 2
   */
  readonly points?: number | undefined;
  /**
   * Seed of the random directions, an integer from 0 to 2³² − 1.
   *
   * @defaultValue 1
   */
  readonly seed?: number | undefined;
  /**
   * How many offenders the report and the message show, a whole number from 1 on.
   *
   * @defaultValue 5
   */
  readonly worst?: number | undefined;
  /**
   * At most so many losses, a whole number from 5 on, each displacement given to `losses` being one. What is left unchecked is told, and
   * the verdict is then never `correct`.
   *
   * @defaultValue no limit
   */
  readonly maxEvaluations?: number | undefined;
  /**
   * At most so many milliseconds, to within that of a loss or 50 ms; where the model offers `losses`, to within a sixteenth or a call.
   * What is left unchecked is told, and the verdict is then never `correct`.
   *
   * @defaultValue no limit
   */
  readonly timeLimit?: number | undefined;
  /**
   * Called as each parameter begins and ends, and now and then; a long check then shows no line of its own on the terminal.
   *
   * @defaultValue none
   */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
