/**
 * The matcher: a check, and its report as pass or fail with a message. Knows a runner only by what its `this` may offer.
 * `expect` passes on `correct`, `.not` on `wrong`; `inconclusive` fails both.
 */

import { runCheck } from '../check/check-gradients.js';
import { isPromiseLike, misuse } from '../model/misuse.js';
import { entryName } from '../render/document.js';
import { formatReport } from '../render/format-report.js';
import { plain } from '../render/numbers.js';
import type { GradientReport } from '../report.js';
import { Artifacts } from './artifacts.js';
import { UNAWAITED, watched } from './awaited.js';
import { errorAtCall, pointedTo } from './call-site.js';
import { liveLine } from '../terminal/live-line.js';
import { hintOf, isAsymmetric, type MatcherContext, paletteOf } from './context.js';
import type { GradientMatcherOptions } from './types.js';

/** What a matcher gives back to the runner. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
  /** For a failing positive assertion: the analytic and the numeric values of the worst entries, by name. */
  readonly actual?: Readonly<Record<string, number>>;
  readonly expected?: Readonly<Record<string, number>>;
}

const NAME = 'toHaveCorrectGradients';

/** Inside an expected value no runner waits: a promise would always fail there, and always pass under `.not`. */
const UNAWAITABLE =
  `${NAME} is asynchronous for this model, so it can't stand inside an expected value; ` +
  'write await expect(model).toHaveCorrectGradients().';

/**
 * Passes when the gradients that `model` claims are those of its loss.
 *
 * @param model `{ parameters, loss(parameters), gradients(parameters) }`, and `losses(displacements, parameters)` where it has that
 * @param options the options, or ε followed by `tolerance`
 * @returns the result, or a promise of it when a function of the model returns a promise
 */
export function toHaveCorrectGradients(
  this: MatcherContext | undefined | void,
  model: unknown,
  options?: GradientMatcherOptions | number,
  tolerance?: number,
): MatcherResult | Promise<MatcherResult> {
  try {
    return matched(this ?? {}, model, options, tolerance);
  } catch (error) {
    throw pointedTo(error, errorAtCall('', toHaveCorrectGradients));
  }
}

function matched(
  context: MatcherContext,
  model: unknown,
  options: GradientMatcherOptions | number | undefined,
  tolerance: number | undefined,
): MatcherResult | Promise<MatcherResult> {
  const given = optionsOf(options, tolerance);
  const { checked, folder } = divided(given);
  const artifacts = new Artifacts(context, folder);
  const onPromise = (): void => {
    if (isAsymmetric(context)) throw misuse(UNAWAITABLE);
  };
  const report = runCheck(model, checked, liveLine(), onPromise, artifacts.onEvidence);
  const call = typeof options === 'number' ? [options, tolerance].map(shown).join(', ') : optionsText(given);
  if (!isPromiseLike(report)) return resultOf(report, context, call, artifacts.keep(report));
  const check = Promise.resolve(report).then((settled) =>
    resultOf(settled, context, call, artifacts.keep(settled)),
  );
  const unawaited = errorAtCall(UNAWAITED, toHaveCorrectGradients);
  return watched(check, context, unawaited, { pass: context.isNot !== true, message: () => '' });
}

function optionsOf(
  options: GradientMatcherOptions | number | undefined,
  tolerance: number | undefined,
): GradientMatcherOptions | undefined {
  if (typeof options !== 'number' && tolerance === undefined) return options;
  if (typeof options !== 'number' || tolerance === undefined)
    throw misuse(`${NAME} takes an options object or two numbers, epsilon and tolerance.`);
  return { epsilon: options, tolerance };
}

/** What the check takes, and the folder that it knows nothing of. What is no record the check refuses. */
function divided(options: GradientMatcherOptions | undefined): { checked: unknown; folder?: unknown } {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return { checked: options };
  const { artifacts, ...checked } = options;
  return { checked, folder: artifacts };
}

/** @param remarks what the message has to say of what was kept, in lines */
function resultOf(
  report: GradientReport,
  context: MatcherContext,
  call: string,
  remarks: readonly string[],
): MatcherResult {
  const negated = context.isNot === true;
  // The runner turns `pass` round under `.not`; an inconclusive check has to fail either way.
  const pass = negated ? report.verdict !== 'wrong' : report.verdict === 'correct';
  const message = (): string =>
    [
      hintOf(NAME, 'model', call, context),
      formatReport(report, { palette: paletteOf(context), negated }),
      remarks.join('\n'),
    ]
      .filter((part) => part !== '')
      .join('\n\n');
  if (negated || report.verdict !== 'wrong') return { pass, message };
  return {
    pass,
    message,
    actual: named(report, 'analytic'),
    expected: named(report, 'numeric'),
  };
}

function named({ offenders }: GradientReport, side: 'analytic' | 'numeric'): Record<string, number> {
  return Object.fromEntries(offenders.map((offender) => [entryName(offender), offender[side]]));
}

function optionsText(options: GradientMatcherOptions | undefined): string {
  const parts = Object.entries(options ?? {}).map(([key, value]) => `${key}: ${shown(value)}`);
  return parts.length === 0 ? '' : `{ ${parts.join(', ')} }`;
}

function shown(value: unknown): string {
  if (typeof value === 'number') return plain(value);
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}
