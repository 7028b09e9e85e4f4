/**
 * A check -> a matcher: it passes by the three outcomes. `expect` passes only when the claim is right, `.not` only when it is
 * proved wrong, and what can't be told fails both ways; misuse and errors of the user's own code are thrown, under `.not` too.
 */

import { defaults } from '../check/defaults.js';
import type { CheckHooks } from '../check/hooks.js';
import { worstCase } from '../check/report/worst-case.js';
import { isPromiseLike, misuse } from '../errors.js';
import { entryNames } from '../render/document.js';
import { formatReport } from '../render/format-report.js';
import { plain } from '../render/numbers.js';
import { isOverSizes } from '../render/sizes-sentences.js';
import type { Report } from '../report.js';
import type { SizesReport } from '../sizes-report.js';
import { liveLine } from '../terminal/live-line.js';
import { Artifacts } from './artifacts.js';
import { unawaitedBy, watched } from './awaited.js';
import { errorAtCall, pointedTo } from './call-site.js';
import {
  type GradientMatcher,
  hintOf,
  isAsymmetric,
  type MatcherContext,
  type MatcherResult,
  paletteOf,
  printsDiff,
  type ReferenceMatcher,
} from './context.js';
import type { GradientCheckArguments, GradientMatcherOptions } from './types.js';

/** What a check found: of a model, or of the models of a factory. */
type Found = Report | SizesReport;

/** A check of what claims to be a model, or a factory of models. */
type Check = (received: unknown, options: unknown, hooks: CheckHooks) => Found | Promise<Found>;

/** The same against a reference. */
type CheckAgainst = (
  received: unknown,
  reference: unknown,
  options: unknown,
  hooks: CheckHooks,
) => Found | Promise<Found>;

/** One call of a matcher. */
interface Call {
  /** The matcher's name, and itself: above it an error's stack has nothing of the user's. */
  readonly name: string;
  readonly matcher: (...inputs: never[]) => unknown;
  readonly context: MatcherContext;
  /** What stands between its parentheses before the options. */
  readonly before: string;
}

/** The matcher of this name that makes a check; a function of its own for each, as stacks are cut where it is called. */
export function matcherOf(name: string, check: Check): GradientMatcher {
  const matcher: GradientMatcher = {
    [name](this: MatcherContext | undefined | void, model: unknown, ...given: GradientCheckArguments) {
      return guarded({ name, matcher, context: this ?? {}, before: '' }, check, model, given);
    },
  }[name]!;
  return matcher;
}

/** The same of a check against a reference, which the matcher's first argument is. */
export function matcherAgainst(name: string, check: CheckAgainst): ReferenceMatcher {
  const matcher: ReferenceMatcher = {
    [name](this: MatcherContext | undefined | void, model: unknown, reference?: unknown, options?: unknown) {
      const call = { name, matcher, context: this ?? {}, before: 'reference' };
      const against: Check = (received, own, hooks) => check(received, reference, own, hooks);
      return guarded(call, against, model, [options as GradientMatcherOptions | undefined]);
    },
  }[name]!;
  return matcher;
}

/** The result of a check; a misuse points at the assertion. */
function guarded(
  call: Call,
  check: Check,
  model: unknown,
  given: GradientCheckArguments,
): MatcherResult | Promise<MatcherResult> {
  try {
    return resultOfCheck(call, check, model, given);
  } catch (error) {
    throw pointedTo(error, errorAtCall('', call.matcher));
  }
}

function resultOfCheck(
  call: Call,
  check: Check,
  model: unknown,
  given: GradientCheckArguments,
): MatcherResult | Promise<MatcherResult> {
  const { name, matcher, context, before } = call;
  const { options, folder } = divided(optionsOf(name, given));
  const artifacts = new Artifacts(context, folder);
  const onPromise = (): void => {
    if (isAsymmetric(context)) throw misuse(unawaitable(name));
  };
  const { onEvidence } = artifacts;
  const report = check(model, options, { observer: liveLine(), onPromise, onEvidence });
  const result = (settled: Found): MatcherResult =>
    resultOf(
      settled,
      call,
      [before, argumentsText(given)].filter(Boolean).join(', '),
      artifacts.save(settled, shownOf(settled)),
    );
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

/** The options, by either way of giving them. */
function optionsOf(name: string, [options, tolerance]: GradientCheckArguments): unknown {
  if (typeof options !== 'number' && tolerance === undefined) return options;
  if (typeof options === 'number' && tolerance === undefined) {
    const one = plain(options);
    throw misuse(
      `${name} takes an options object or two numbers, epsilon and tolerance, but not one: write ` +
        `${name}({ tolerance: ${one} }) or ${name}({ epsilon: ${one} }).`,
    );
  }
  if (typeof options !== 'number')
    throw misuse(`${name} takes an options object or two numbers, epsilon and tolerance.`);
  return { epsilon: options, tolerance };
}

/** What the check takes, and the folder that it knows nothing of. What is no record the check refuses. */
function divided(given: unknown): { readonly options: unknown; readonly folder?: unknown } {
  const byDefault = defaults().artifacts;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { options: given, folder: byDefault };
  const { artifacts = byDefault, ...options }: GradientMatcherOptions = given;
  return { options, folder: artifacts };
}

/**
 * The result for the runner.
 * @param given what stands between the matcher's parentheses
 * @param remarks what the message has to say of the artifacts, in lines
 */
function resultOf(
  report: Found,
  { name, context }: Call,
  given: string,
  remarks: readonly string[],
): MatcherResult {
  const negated = context.isNot === true;
  // The runner turns `pass` round under `.not`; an inconclusive check has to fail either way.
  const pass = negated ? report.verdict !== 'wrong' : report.verdict === 'correct';
  const message = (): string =>
    [
      hintOf(name, isOverSizes(report) ? 'factory' : 'model', given, context),
      formatReport(report, { palette: paletteOf(context), negated }),
      remarks.join('\n'),
    ]
      .filter((part) => part !== '')
      .join('\n\n');
  const told = shownOf(report);
  const isPlain = negated || report.verdict !== 'wrong' || told === undefined || printsDiff(context);
  const entries = isPlain ? {} : { actual: worstOf(told, 'analytic'), expected: worstOf(told, 'numeric') };
  return { pass, message, ...entries, ...INSPECTED };
}

/**
 * The package `expect` hangs a copy of the result on the error that it throws, and node:test prints errors with all that hangs on them: this is
 * what it prints there, in the place of the whole message once more.
 */
const INSPECTED: object = { [Symbol.for('nodejs.util.inspect.custom')]: () => 'as above' };

/** The report that the message tells in full. */
function shownOf(report: Found): Report | undefined {
  return isOverSizes(report) ? worstCase(report.cases)?.report : report;
}

/** The worst entries by their names, for the runner's own diff. */
function worstOf({ offenders }: Report, side: 'analytic' | 'numeric'): Record<string, number> {
  const names = entryNames(offenders);
  return Object.fromEntries(offenders.map((offender, k) => [names[k]!, offender[side]]));
}

/** The arguments as the user could have written them; an option that is undefined is as good as left out. */
function argumentsText([options, tolerance]: GradientCheckArguments): string {
  if (typeof options === 'number') return [options, tolerance].map(shown).join(', ');
  return recordText(options ?? {});
}

function recordText(record: object): string {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  const parts = entries.map(([key, value]) => `${key}: ${shown(value)}`);
  return parts.length === 0 ? '' : `{ ${parts.join(', ')} }`;
}

function shown(value: unknown): string {
  if (typeof value === 'number') return plain(value);
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (Object.prototype.toString.call(value) === '[object Object]') return recordText(value as object);
  return typeof value === 'string' ? `'${value}'` : String(value);
}
