/** A report → how its check was done, in sentences: by which paths and steps, with how many calls, and by which defaults that were set. */

import type { ParameterReport, Report } from '../report.js';
import { series } from './nouns.js';
import { counted, grouped, magnitude, plain } from './numbers.js';

/**
 * How the check was done.
 * @param withSeed whether nothing before it names the seed
 */
export function provenance(report: Report, withSeed = true): string {
  const { parameters, evaluations, seed, shard, against } = report;
  const calls = callsOf(evaluations);
  const random = withSeed ? `; the seed is ${seed}` : '';
  const part = shard === undefined ? '' : ` in part ${shard}`;
  if (against !== undefined)
    return `The gradients${part} were compared with those of the reference${pointsOf(report)}. ${calls}${random}.`;
  const steps = stepsOf(parameters);
  const how =
    steps === ''
      ? ''
      : `Central differences were taken${waysOf(report)}${part}${steps}${vectorsOf(report)}${pointsOf(report)}. `;
  return `${how}${calls}${random}.${unseenError(parameters)}`;
}

/** By which paths. */
function waysOf({ parameters }: Report): string {
  const directions = parameters.reduce((sum, { directions: own = 0 }) => sum + own, 0);
  return directions === 0
    ? ' entry by entry'
    : ` along ${counted(directions, 'random direction')} of up to ${counted(longestOf(parameters), 'entry', 'entries')}`;
}

function longestOf(parameters: readonly ParameterReport[]): number {
  return parameters.reduce((most, { longest = 0 }) => Math.max(most, longest), 0);
}

/** At how many points, and how many could not be evaluated. */
function pointsOf({ points }: Report): string {
  if (points === undefined || points.checked + points.skipped < 2) return '';
  const skipped = points.skipped === 0 ? '' : ` (${points.skipped} more could not be evaluated)`;
  return `, at ${counted(points.checked, 'point')}${skipped}`;
}

/** The steps that were taken, smallest to largest. */
function stepsOf(parameters: readonly ParameterReport[]): string {
  const steps = parameters.flatMap(({ step }) => (step === undefined ? [] : [step]));
  if (steps.length === 0) return '';
  const least = steps.reduce((own, { min }) => Math.min(own, min), Infinity).toExponential(1);
  const most = steps.reduce((own, { max }) => Math.max(own, max), 0).toExponential(1);
  return least === most ? ` with a step of ${least}` : ` with steps from ${least} to ${most}`;
}

/** What stands in the place of all outputs, or all entries. */
function vectorsOf({ vectors, parameters }: Report): string {
  if (vectors === undefined) return '';
  const kinds = new Set(
    parameters.map(({ derivative }) => (isForward(derivative) ? 'tangents' : 'cotangents')),
  );
  return `, for ${vectors} random ${[...kinds].join(' and ')}`;
}

function isForward(derivative: ParameterReport['derivative']): boolean {
  return derivative === 'jvp' || derivative === 'hvp';
}

/** The calls of the user's functions, with a verb. */
function callsOf(evaluations: Report['evaluations']): string {
  const { loss, gradients, reference, ...others } = evaluations;
  if (loss === 0)
    return `It took ${counted(gradients!, 'call')} of gradients()${reference === undefined ? '' : ` and ${grouped(reference)} of reference.gradients()`}`;
  if (loss !== undefined)
    return `It took ${counted(loss, 'loss', 'losses')} and ${counted(gradients!, 'call')} of gradients()`;
  const named = Object.entries({ ...(gradients === undefined ? {} : { gradients }), ...others }).map(
    ([name, count], k) => `${k === 0 ? counted(count, 'call') : grouped(count)} of ${name}()`,
  );
  return `It took ${series(named)}`;
}

/** What directions would have missed. */
function unseenError(parameters: readonly ParameterReport[]): string {
  const unseen = parameters.filter((parameter) => parameter.unseen !== undefined && parameter.unseen > 0);
  const [first, ...others] = unseen.toSorted((a, b) => b.unseen! - a.unseen!);
  if (first === undefined) return '';
  const where = others.length === 0 ? '' : `, less elsewhere`;
  return ` An error in one entry of up to ${magnitude(first.unseen!)} would not have shown in ${first.name}${where}.`;
}

/** Whether a default mattered, for those that don't always. */
const MATTERED: Readonly<Record<string, (report: Report) => boolean>> = {
  strict: ({ weaknesses }) => weaknesses !== undefined,
  maxEvaluations: ({ stopped }) => stopped === 'maxEvaluations',
  timeLimit: ({ stopped }) => stopped === 'timeLimit',
};

/** Which defaults the check went by, where there are any. */
export function configuredSentence(report: Report): string | undefined {
  const set = Object.entries(report.configured ?? {}).filter(([name]) => MATTERED[name]?.(report) ?? true);
  if (set.length === 0) return undefined;
  const shown = set.map(([name, value]) => `${name}: ${shownValue(value)}`);
  return `Set for all checks, by configureGradientChecks: { ${shown.join(', ')} }`;
}

function shownValue(value: string | number | boolean): string {
  return typeof value === 'number' ? plain(value) : typeof value === 'string' ? `'${value}'` : String(value);
}
