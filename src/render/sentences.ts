/** The sentences of a message: what came of the check, where to begin, how to run it again, how it was done. */

import type { ParameterReport, Report } from '../report.js';
import { entryName } from './diff.js';
import { labelsOf, listed, namesThatFit, nounOf, type Noun, numericOf, series, valueOf } from './nouns.js';
import { counted, grouped, magnitude, pairOfNumbers } from './numbers.js';
import { weakSentence, weaknessesIn } from './weak-pass.js';

/** The first sentences of a message: the verdict, and of what. */
export function sentence(report: Report, negated: boolean): string {
  switch (report.verdict) {
    case 'correct':
      return correctSentence(report, negated);
    case 'wrong':
      return wrongSentence(report);
    case 'inconclusive':
      return inconclusiveSentence(report);
  }
}

/** The part of the entries that was checked, where it was one. */
function partOf({ shard }: Report): string {
  return shard === undefined ? '' : ` of part ${shard}`;
}

function correctSentence(report: Report, negated: boolean): string {
  const noun = nounOf(report);
  const part = partOf(report);
  const vectors = report.vectors === undefined ? '' : ' along random vectors';
  const checked = sum(report.parameters, (parameter) => parameter.checked);
  const agree = agreement(checked, (negated ? part : '') + vectors, valueOf(report));
  return negated
    ? `Expected a wrong ${noun.one}, but ${agree}`
    : `The ${noun.all}${part} ${noun.are} correct: ${agree}`;
}

function agreement(checked: number, part: string, value: string): string {
  return checked === 1
    ? `the only checked entry${part} agrees with ${value}.`
    : `all ${grouped(checked)} checked entries${part} agree with ${value}.`;
}

function wrongSentence(report: Report): string {
  const { parameters } = report;
  const noun = nounOf(report);
  const law = brokenLaw(report, noun);
  if (law !== undefined) return law;
  const names = labelsOf(report, ({ verdict }) => verdict === 'wrong');
  const total = dueIn(report);
  if (total === 1)
    return `The ${noun.one}${partOf(report)} is wrong: ${names.join('')}.${beside(report, 'It agrees')}`;
  // Of a part, or along outputs, the order of the parameters says less.
  const place = report.shard === undefined && report.kind === 'gradients' ? nearestToOutput(parameters) : '';
  return `The ${noun.all} ${noun.are} wrong ${extent(report, total)}: ${listed(names)}.${place}${beside(report, 'They agree')}${unchecked(report)}`;
}

/** Where the mistake shows, if it does not at θ: then θ hides it, or what `loss` reads was computed once. */
function beside({ points, kind, against }: Report, agree: string): string {
  if (points?.wrongAt === undefined || points.wrongAt === 1) return '';
  return (
    ` ${agree} with ${valueOf({ kind, against })} at the parameters as given, and not at a point beside them: either that point hides the mistake, ` +
    'or gradients() uses what was computed there, before the check.'
  );
}

/** How much of it is wrong. */
function extent(report: Report, total: number): string {
  if (report.vectors !== undefined) return 'along random vectors';
  const { parameters } = report;
  const part = partOf(report);
  const wrong = sum(parameters, (parameter) => parameter.wrong);
  if (wrong === 0) return `by many small errors${part === '' ? '' : ` in the entries${part}`}`;
  return `in ${precision(parameters)}${grouped(wrong)} of ${counted(total, 'entry', 'entries')}${part}`;
}

function inconclusiveSentence(report: Report): string {
  if (report.weaknesses !== undefined) return weakSentence(report);
  const noun = nounOf(report);
  const neither = 'so this neither passes nor passes under .not.';
  return report.stopped === undefined
    ? `Inconclusive: whether the ${noun.all}${partOf(report)} ${noun.are} right could not be told, ${neither}`
    : `Inconclusive, ${neither}${unchecked(report)}`;
}

function dueIn({ parameters }: Report): number {
  return sum(parameters, ({ due }) => due);
}

/** Where no entry is wrong by itself, the law that the claims break. */
function brokenLaw({ findings, parameters }: Report, noun: Noun): string | undefined {
  if (parameters.some(({ wrong }) => wrong > 0)) return undefined;
  const law = findings.find(({ code }) => code === 'not-linear' || code === 'not-symmetric');
  if (law === undefined) return undefined;
  return `The ${noun.all} ${noun.are} wrong, though no entry is by itself: what is claimed is not ${law.code.slice('not-'.length)}.`;
}

/** What came of a check that did not find the gradients correct, in a line: for lists of what is wrong in many tests. */
export function noteOf(report: Report): string {
  const [worst] = report.offenders;
  const [finding] = report.findings;
  const parts = [sentence(report, false)];
  if (worst !== undefined && report.verdict === 'wrong') {
    const [numeric, analytic] = pairOfNumbers(worst.numeric, worst.analytic, worst.difference);
    const side = `${numericOf(report)} ${numeric.trim()}`;
    parts.push(`Worst is ${entryName(worst)}: ${side}, analytic ${analytic.trim()}.`);
  }
  if (finding !== undefined) parts.push(`${finding.code}: ${finding.title}`);
  if (report.weaknesses !== undefined) parts.push(`It is weak: ${weaknessesIn(report).join('; ')}.`);
  return parts.join(' ');
}

/** How the number of wrong entries is to be read. */
function precision(parameters: readonly ParameterReport[]): string {
  if (parameters.some(({ wrongIs }) => wrongIs === 'about')) return 'about ';
  return parameters.some(({ wrongIs }) => wrongIs === 'at least') ? 'at least ' : '';
}

/** What a budget left unchecked. */
function unchecked(report: Report): string {
  const { stopped, parameters } = report;
  if (stopped === undefined) return '';
  const total = dueIn(report);
  const left = total - sum(parameters, ({ checked }) => checked);
  if (left === 0)
    return ` The check was stopped by ${stopped} before it looked at a point beside the parameters.`;
  return ` The check was stopped by ${stopped} with ${grouped(left)} of ${counted(total, 'entry', 'entries')} unchecked.`;
}

/**
 * Where in the model: a mistake makes everything upstream of it wrong and leaves everything downstream right, so that with
 * several wrong parameters the one nearest to the output is the place to begin, as models list them from input to output.
 */
function nearestToOutput(parameters: readonly ParameterReport[]): string {
  const wrong = parameters.filter(({ verdict }) => verdict === 'wrong');
  const nearest = wrong.at(-1);
  if (wrong.length < 2 || nearest === undefined) return '';
  const after = parameters.slice(parameters.indexOf(nearest) + 1);
  if (after.length === 0 || after.some(({ verdict }) => verdict !== 'correct')) return '';
  const names = after.length > AFTER_LISTED ? `the ${after.length}` : listed(after.map(({ name }) => name));
  const right = `${names} after it ${after.length === 1 ? 'is' : 'are'} right`;
  return ` Counted from the output ${nearest.name} is the first that is wrong: ${right}.`;
}

/** How many right parameters are named after the wrong one nearest the output. */
const AFTER_LISTED = 2;

/** How to check the wrong parameters alone, where that leaves any out; or the same part, as `only` would cut other parts. */
export function rerun(report: Report): string | undefined {
  const { parameters, verdict, seed, shard } = report;
  const all = new Set(parameters.map(({ name }) => name));
  // Of a Hessian, what is checked only is the block of rows and columns by these.
  const isHessian = report.kind === 'hessian';
  const namesIn = ({ name, output }: ParameterReport): string[] =>
    isHessian && output !== undefined && all.has(output) ? [output, name] : [name];
  const wrong = [...new Set(parameters.filter(({ verdict: own }) => own === 'wrong').flatMap(namesIn))];
  if (verdict === 'wrong' && shard !== undefined)
    return `To check this part again, all else as it is: { shard: '${shard}', seed: ${seed} }`;
  if (verdict !== 'wrong' || wrong.length === 0 || wrong.length === all.size) return undefined;
  const fit = namesThatFit(wrong).length === wrong.length;
  const names = (fit ? wrong : wrong.slice(-1)).map((name) => `'${name}'`);
  const what = fit ? (wrong.length === 1 ? 'it' : 'these') : 'the one nearest the output';
  return `To check only ${what} again: { only: [${names.join(', ')}], seed: ${seed} }`;
}

/** How the check was done. */
export function provenance(report: Report): string {
  const { method, parameters, evaluations, seed, shard, against } = report;
  const calls = callsOf(evaluations);
  const part = shard === undefined ? '' : `, part ${shard} of the entries`;
  if (against !== undefined)
    return `Held against the reference${part}${pointsOf(report)}; ${calls}; seed ${seed}.`;
  const directions = sum(parameters, (parameter) => parameter.directions ?? 0);
  const how =
    directions === 0
      ? `, ${method}`
      : ` along ${counted(directions, 'random direction')} of up to ${counted(longestOf(parameters), 'entry', 'entries')}`;
  return `Central differences${how}${part}${stepsOf(parameters)}${vectorsOf(report)}${pointsOf(report)}; ${calls}; seed ${seed}.${unseenError(parameters)}`;
}

function longestOf(parameters: readonly ParameterReport[]): number {
  return parameters.reduce((most, { longest = 0 }) => Math.max(most, longest), 0);
}

/** At how many points, and how many could not be evaluated. */
function pointsOf({ points }: Report): string {
  if (points === undefined || points.checked + points.skipped < 2) return '';
  const skipped = points.skipped === 0 ? '' : `, ${points.skipped} more could not be evaluated`;
  return `, at ${counted(points.checked, 'point')}${skipped}`;
}

/** The steps that were taken, smallest to largest. */
function stepsOf(parameters: readonly ParameterReport[]): string {
  const steps = parameters.flatMap(({ step }) => (step === undefined ? [] : [step]));
  if (steps.length === 0) return '';
  const least = steps.reduce((own, { min }) => Math.min(own, min), Infinity).toExponential(1);
  const most = steps.reduce((own, { max }) => Math.max(own, max), 0).toExponential(1);
  return `, step ${least === most ? least : `${least} to ${most}`}`;
}

/** What stands in the place of all outputs, or all entries. */
function vectorsOf({ vectors, parameters }: Report): string {
  if (vectors === undefined) return '';
  const kinds = new Set(
    parameters.map(({ derivative }) => (isForward(derivative) ? 'tangents' : 'cotangents')),
  );
  return `, along ${vectors} random ${[...kinds].join(' and ')}`;
}

function isForward(derivative: ParameterReport['derivative']): boolean {
  return derivative === 'jvp' || derivative === 'hvp';
}

function callsOf(evaluations: Report['evaluations']): string {
  const { loss, gradients, reference, ...others } = evaluations;
  if (loss === 0)
    return `${counted(gradients!, 'call')} of gradients()${reference === undefined ? '' : ` and ${grouped(reference)} of reference.gradients()`}`;
  if (loss !== undefined)
    return `${counted(loss, 'loss', 'losses')} and ${counted(gradients!, 'gradients', 'gradients')} evaluated`;
  const named = Object.entries({ ...(gradients === undefined ? {} : { gradients }), ...others }).map(
    ([name, count], k) => `${k === 0 ? counted(count, 'call') : grouped(count)} of ${name}()`,
  );
  return series(named);
}

/** What directions would have missed. */
function unseenError(parameters: readonly ParameterReport[]): string {
  const unseen = parameters.filter((parameter) => parameter.unseen !== undefined && parameter.unseen > 0);
  const [first, ...others] = unseen.toSorted((a, b) => b.unseen! - a.unseen!);
  if (first === undefined) return '';
  const where = others.length === 0 ? '' : `, less elsewhere`;
  return ` An error in one entry of up to ${magnitude(first.unseen!)} would not have shown in ${first.name}${where}.`;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
