/**
 * Every assertion: checks, and passes by the three outcomes. `expect` passes only when the claim is right, `.not` only when it is
 * proved wrong, and what can't be told fails both ways; misuse and errors of the user's own code are thrown, under `.not` too.
 */

import type { CheckObserver } from '../check/run/observer.js';
import type { OnEvidence } from '../check/gradient-check.js';
import { isPromiseLike, misuse } from '../errors.js';
import { entryNames } from '../render/document.js';
import { formatReport } from '../render/format-report.js';
import { plain } from '../render/numbers.js';
import type { Report } from '../report.js';
import { liveLine } from '../terminal/live-line.js';
import { Artifacts } from './artifacts.js';
import { unawaitedBy, watched } from './awaited.js';
import { errorAtCall, pointedTo } from './call-site.js';
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

/** A matcher, and the check that it makes. */
export interface Assertion {
  readonly name: string;
  readonly check: (
    model: unknown,
    options: unknown,
    observer: CheckObserver | undefined,
    onPromise: () => void,
    onEvidence: OnEvidence,
  ) => Report | Promise<Report>;
}

/** What a matcher is called with behind the model. */
export type Arguments = readonly [options?: GradientMatcherOptions | number, tolerance?: number];

/** The matcher itself, above which an error's stack has nothing of the user's. */
type Matcher = (...inputs: never[]) => unknown;

/**
 * Makes an assertion about a model.
 * @param given the options, or ε followed by `tolerance`
 * @returns the result, or a promise of it when a function of the model returns a promise
 */
export function assertThat(
  assertion: Assertion,
  context: MatcherContext,
  model: unknown,
  given: Arguments,
  matcher: Matcher,
): MatcherResult | Promise<MatcherResult> {
  try {
    return asserted(assertion, context, model, given, matcher);
  } catch (error) {
    throw pointedTo(error, errorAtCall('', matcher));
  }
}

function asserted(
  { name, check }: Assertion,
  context: MatcherContext,
  model: unknown,
  [options, tolerance]: Arguments,
  matcher: Matcher,
): MatcherResult | Promise<MatcherResult> {
  const given = optionsOf(name, options, tolerance);
  const { checked, folder } = divided(given);
  const artifacts = new Artifacts(context, folder);
  const onPromise = (): void => {
    if (isAsymmetric(context)) throw misuse(unawaitable(name));
  };
  const report = check(model, checked, liveLine(), onPromise, artifacts.onEvidence);
  const call = typeof options === 'number' ? [options, tolerance].map(shown).join(', ') : optionsText(given);
  const result = (settled: Report): MatcherResult =>
    resultOf(settled, context, { name, call, remarks: artifacts.keep(settled) });
  if (!isPromiseLike(report)) return result(report);
  const later = Promise.resolve(report).then(result);
  const quiet = { pass: context.isNot !== true, message: () => '' };
  return watched(later, context, errorAtCall(unawaitedBy(name), matcher), quiet);
}

/** Inside an expected value no runner waits: a promise would always fail there, and always pass under `.not`. */
function unawaitable(name: string): string {
  return (
    `${name} is asynchronous for this model, so it can't stand inside an expected value; ` +
    `write await expect(model).${name}().`
  );
}

function optionsOf(
  name: string,
  options: GradientMatcherOptions | number | undefined,
  tolerance: number | undefined,
): GradientMatcherOptions | undefined {
  if (typeof options !== 'number' && tolerance === undefined) return options;
  if (typeof options !== 'number' || tolerance === undefined)
    throw misuse(`${name} takes an options object or two numbers, epsilon and tolerance.`);
  return { epsilon: options, tolerance };
}

/** What the check takes, and the folder that it knows nothing of. What is no record the check refuses. */
function divided(options: GradientMatcherOptions | undefined): { checked: unknown; folder?: unknown } {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return { checked: options };
  const { artifacts, ...checked } = options;
  return { checked, folder: artifacts };
}

/** How an assertion is said. */
interface Said {
  readonly name: string;
  /** What stands between its parentheses. */
  readonly call: string;
  /** What the message has to say of what was kept, in lines. */
  readonly remarks: readonly string[];
}

function resultOf(report: Report, context: MatcherContext, { name, call, remarks }: Said): MatcherResult {
  const negated = context.isNot === true;
  // The runner turns `pass` round under `.not`; an inconclusive check has to fail either way.
  const pass = negated ? report.verdict !== 'wrong' : report.verdict === 'correct';
  const message = (): string =>
    [
      hintOf(name, 'model', call, context),
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

function named({ offenders }: Report, side: 'analytic' | 'numeric'): Record<string, number> {
  const names = entryNames(offenders);
  return Object.fromEntries(offenders.map((offender, k) => [names[k]!, offender[side]]));
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
