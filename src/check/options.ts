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

/** The options of a check. All may be left out, or be `undefined`, which is the same. */
export interface GradientCheckOptions {
  /**
   * The step ε, a positive finite number in the unit of the parameters. Given: each entry is moved by exactly ±ε, and its numeric
   * gradient is (J(θ + ε eᵢ) − J(θ − ε eᵢ)) / 2ε. Not given: chosen for each parameter from its scale and the noise of the loss.
   *
   * @defaultValue chosen from the scale of the parameter and the noise of the loss
   * @example
   * checkGradients(model, { epsilon: 1e-5 });
   */
  readonly epsilon?: number | undefined;
  /**
   * The bound on the difference ‖g − n‖ / (‖g‖ + ‖n‖) of the analytic gradient g and the numeric one n, a positive finite number.
   * Given: never loosened.
   *
   * @defaultValue 1e-7, or as much more as the measured noise demands, at most 1e-2
   * @example
   * checkGradients(model, { tolerance: 1e-5 }); // single precision
   */
  readonly tolerance?: number | undefined;
  /**
   * `'exhaustive'`: every entry by itself, 2N losses for N entries. `'directional'`: each parameter along a few random directions of all
   * its entries, then straight to the wrong ones, some hundred losses for any N.
   *
   * @defaultValue `'exhaustive'` where 2N losses take about a second at most; else directions, refined until that second is over
   * @example
   * checkGradients(model, { method: 'directional' });
   */
  readonly method?: 'exhaustive' | 'directional' | undefined;
  /**
   * Check only these parameters: by name, by path prefix (`'encoder'` takes `encoder.W`) or by RegExp.
   *
   * @defaultValue all parameters
   * @example
   * checkGradients(model, { only: ['encoder', /bias$/] });
   */
  readonly only?: string | RegExp | readonly (string | RegExp)[] | undefined;
  /**
   * Check all parameters but these, named in the same way.
   *
   * @defaultValue none
   * @example
   * checkGradients(model, { except: 'layers[0].name' });
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
   * @example
   * checkGradients(model, { kinks: 'reject' });
   */
  readonly kinks?: 'subgradient' | 'reject' | undefined;
  /**
   * At how many points the gradients are checked, a whole number from 1 on: θ, and generic points beside it.
   *
   * @defaultValue 2
   * @example
   * checkGradients(model, { points: 4 });
   */
  readonly points?: number | undefined;
  /**
   * Whether a weak pass fails: its verdict is then `inconclusive`, and the message says what is weak. A pass is weak by mistakes that could
   * have shown at none of the points, parameters that are unused or known to less than a digit, kinks at which any claim between the slopes
   * would do, claims that were computed once, points that could not be evaluated, and a default tolerance that noise raised above 1e-4.
   *
   * @defaultValue `false`
   * @example
   * checkGradients(model, { strict: true });
   */
  readonly strict?: boolean | undefined;
  /**
   * Seed of the random directions, an integer from 0 to 2³² − 1.
   *
   * @defaultValue 1
   * @example
   * checkGradients(model, { seed: 7 });
   */
  readonly seed?: number | undefined;
  /**
   * How many offenders the report and the message show, a whole number from 1 on.
   *
   * @defaultValue 5
   * @example
   * checkGradients(model, { worst: 20 });
   */
  readonly worst?: number | undefined;
  /**
   * At most so many losses, a whole number from 5 on, each displacement given to `losses` being one. What is left unchecked is told, and
   * the verdict is then never `correct`.
   *
   * @defaultValue no limit
   * @example
   * checkGradients(model, { maxEvaluations: 10_000 });
   */
  readonly maxEvaluations?: number | undefined;
  /**
   * At most so many milliseconds, to within that of a loss or 50 ms; where the model offers `losses`, to within a sixteenth or a call.
   * What is left unchecked is told, and the verdict is then never `correct`.
   *
   * @defaultValue no limit
   * @example
   * checkGradients(model, { timeLimit: 5_000 });
   */
  readonly timeLimit?: number | undefined;
  /**
   * Called as each parameter begins and ends, and now and then; a long check then shows no line of its own on the terminal.
   *
   * @defaultValue none
   * @example
   * checkGradients(model, { onProgress: ({ done, total }) => bar.update(done / total) });
   */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
