/** A report → the sentences of its message: what came of the check, where to begin, how to run it again. */

import type { ParameterReport, Report } from '../report.js';
import { type PairInWords, pairsInWords } from './columns.js';
import { entryName } from './diff.js';
import { labelsOf, listed, namesThatFit, nounOf, type Noun, numericOf, series, valueOf } from './nouns.js';
import { counted, grouped } from './numbers.js';
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
  if (checked === 1) return `the only checked entry${part} agrees with ${value}.`;
  const all = checked === 2 ? 'both' : `all ${grouped(checked)}`;
  return `${all} checked entries${part} agree with ${value}.`;
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
  // A cause says by itself where to begin; of a part, or along outputs, the order of the parameters says less.
  const isOrdered = report.shard === undefined && report.kind === 'gradients';
  const place = isOrdered && report.findings.length === 0 ? nearestToOutput(parameters) : '';
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
  return report.stopped === undefined
    ? `Inconclusive: the check can't tell whether the ${noun.all}${partOf(report)} ${noun.are} right, so the test fails, ${EITHER_WAY}.`
    : `Inconclusive, so the test fails, ${EITHER_WAY}.${unchecked(report)}`;
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
    const [{ numeric, analytic }] = pairsInWords([worst]) as [PairInWords];
    const side = `${numericOf(report)} ${numeric.trim()}`;
    parts.push(`The worst entry is ${entryName(worst)}: ${side}, analytic ${analytic.trim()}.`);
  }
  if (finding !== undefined) parts.push(`${finding.code}: ${finding.title}`);
  if (report.weaknesses !== undefined) parts.push(`The check is weak: ${weaknessesIn(report).join('; ')}.`);
  return parts.join(' ');
}

/** How the number of wrong entries is to be read. */
function precision(parameters: readonly ParameterReport[]): string {
  if (parameters.some(({ wrongIs }) => wrongIs === 'about')) return 'about ';
  return parameters.some(({ wrongIs }) => wrongIs === 'at least') ? 'at least ' : '';
}

/** What is said of a verdict that passes neither way. */
export const EITHER_WAY = 'with or without .not';

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

/** How the options are given again, with the one that narrows the check. */
function passing(option: string, seed: number): string {
  return `pass { ${option}, seed: ${seed} }.`;
}

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
    return `To check this part again, with all else as it is, ${passing(`shard: '${shard}'`, seed)}`;
  if (verdict !== 'wrong' || wrong.length === 0 || wrong.length === all.size) return undefined;
  const fit = namesThatFit(wrong).length === wrong.length;
  const names = (fit ? wrong : wrong.slice(-1)).map((name) => `'${name}'`);
  const what = fit ? series(wrong) : `${wrong.at(-1)!}, the one nearest the output,`;
  return `To check only ${what} again, ${passing(`only: [${names.join(', ')}]`, seed)}`;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
