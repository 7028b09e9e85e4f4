/** The sentences of a message: what came of the check, where to begin, how to run it again, how it was done. */

import type { ParameterReport, Report } from '../report.js';
import { entryName } from './diff.js';
import { labelsOf, nounOf, type Noun, series, valueOf } from './nouns.js';
import { counted, grouped, magnitude, pairOfNumbers } from './numbers.js';

/** How many names a sentence lists, and how many characters of them, one name in any case. */
const NAMES_LISTED = 4;
const LETTERS_LISTED = 60;

/** The first of some names that a sentence has room for. */
function namesThatFit(
  names: readonly string[],
  most: number = NAMES_LISTED,
  mostLetters: number = LETTERS_LISTED,
): readonly string[] {
  let letters = 0;
  return names.slice(0, most).filter((name, k) => (letters += name.length) <= mostLetters || k === 0);
}

export function sentence(report: Report, negated: boolean): string {
  const total = sum(report.parameters, ({ due }) => due);
  const part = report.shard === undefined ? '' : ` of part ${report.shard}`;
  const noun = nounOf(report);
  switch (report.verdict) {
    case 'correct': {
      const agree = agreement(
        sum(report.parameters, ({ checked }) => checked),
        `${negated ? part : ''}${report.vectors === undefined ? '' : ' along random vectors'}`,
        valueOf(report),
      );
      return negated
        ? `Expected a wrong ${noun.one}, but ${agree}`
        : `The ${noun.all}${part} ${noun.are} correct: ${agree}`;
    }
    case 'wrong': {
      const wrong = sum(report.parameters, (parameter) => parameter.wrong);
      const names = labelsOf(report, ({ verdict }) => verdict === 'wrong');
      const law = brokenLaw(report, wrong, noun);
      if (law !== undefined) return law;
      const share =
        report.vectors !== undefined
          ? 'along random vectors'
          : wrong === 0
            ? `by many small errors${part === '' ? '' : ` in the entries${part}`}`
            : `in ${reckoned(report.parameters)}${grouped(wrong)} of ${counted(total, 'entry', 'entries')}${part}`;
      return total === 1
        ? `The ${noun.one}${part} is wrong: ${names.join('')}.`
        : `The ${noun.all} ${noun.are} wrong ${share}: ${listed(names)}.${part === '' && noun.are === 'are' ? place(report.parameters) : ''}${cut(report, total)}`;
    }
    case 'inconclusive':
      if (report.stopped !== undefined)
        return `Inconclusive, so this neither passes nor passes under .not.${cut(report, total)}`;
      return `Inconclusive: whether the ${noun.all}${part} ${noun.are} right could not be told, so this neither passes nor passes under .not.`;
  }
}

/** Where no entry is wrong by itself, the law that the claims break. */
function brokenLaw({ findings }: Report, wrong: number, noun: Noun): string | undefined {
  if (wrong > 0) return undefined;
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
    parts.push(`Worst is ${entryName(worst)}: numeric ${numeric.trim()}, analytic ${analytic.trim()}.`);
  }
  if (finding !== undefined) parts.push(`${finding.code}: ${finding.title}`);
  return parts.join(' ');
}

/** How the number of wrong entries is to be read. */
function reckoned(parameters: readonly ParameterReport[]): string {
  if (parameters.some(({ wrongIs }) => wrongIs === 'about')) return 'about ';
  return parameters.some(({ wrongIs }) => wrongIs === 'at least') ? 'at least ' : '';
}

/** What a budget left unchecked. */
function cut({ stopped, parameters }: Report, total: number): string {
  if (stopped === undefined) return '';
  const left = total - sum(parameters, ({ checked }) => checked);
  return ` The check was stopped by ${stopped} with ${grouped(left)} of ${counted(total, 'entry', 'entries')} unchecked.`;
}

function agreement(checked: number, part: string, value: string): string {
  return checked === 1
    ? `the only checked entry${part} agrees with ${value}.`
    : `all ${grouped(checked)} checked entries${part} agree with ${value}.`;
}

/**
 * Where in the model: a mistake makes everything upstream of it wrong and leaves everything downstream right, so that with
 * several wrong parameters the one nearest to the output is the place to begin, as models list them from input to output.
 */
function place(parameters: readonly ParameterReport[]): string {
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
  const isHessian = nounOf(report).one === 'Hessian';
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

/** So many keys that no parameter is there for are named, and so many letters of them: two lines. */
const IGNORED_LISTED = 12;
const IGNORED_LETTERS = 90;

/** What was claimed and not checked, where there is any. */
export function unchecked({ ignored = [] }: Partial<Pick<Report, 'ignored'>>): string | undefined {
  if (ignored.length === 0) return undefined;
  const shown = namesThatFit(ignored, IGNORED_LISTED, IGNORED_LETTERS);
  const more = ignored.length - shown.length;
  const names = more > 0 ? [...shown, `${more} more`] : shown;
  return `Not checked, as there is no parameter for ${ignored.length === 1 ? 'it' : 'them'}: ${series(names)}.`;
}

function listed(names: readonly string[]): string {
  const shown = namesThatFit(names);
  if (shown.length < names.length) return `${shown.join(', ')} and ${names.length - shown.length} more`;
  return series(names);
}

/** How the check was done. */
export function provenance(report: Report): string {
  const { method, parameters, evaluations, seed, shard } = report;
  const least = parameters.reduce((min, { step }) => Math.min(min, step.min), Infinity);
  const most = parameters.reduce((max, { step }) => Math.max(max, step.max), 0);
  const [low, high] = [least.toExponential(1), most.toExponential(1)];
  const steps = low === high ? low : `${low} to ${high}`;
  const taken = most > 0 ? `, step ${steps}` : '';
  const calls = callsOf(evaluations);
  const part = shard === undefined ? '' : `, part ${shard} of the entries`;
  const directions = sum(parameters, (parameter) => parameter.directions ?? 0);
  const how =
    directions === 0
      ? `, ${method}`
      : ` along ${counted(directions, 'random direction', 'random directions')} of ±1`;
  return `Central differences${how}${part}${taken}${instead(report)}; ${calls}; seed ${seed}.${blindness(parameters)}`;
}

/** What stands in the place of all outputs, or all entries. */
function instead({ vectors, parameters }: Report): string {
  if (vectors === undefined) return '';
  const kinds = new Set(
    parameters.map(({ derivative }) => (isForward(derivative) ? 'tangents' : 'cotangents')),
  );
  return `, along ${vectors} random ${[...kinds].join(' and ')} of ±1`;
}

function isForward(derivative: ParameterReport['derivative']): boolean {
  return derivative === 'jvp' || derivative === 'hvp';
}

function callsOf(evaluations: Report['evaluations']): string {
  const { loss, gradients, ...others } = evaluations;
  if (loss !== undefined)
    return `${counted(loss, 'loss', 'losses')} and ${counted(gradients!, 'gradients', 'gradients')} evaluated`;
  const named = Object.entries({ ...(gradients === undefined ? {} : { gradients }), ...others }).map(
    ([name, count], k) => `${k === 0 ? counted(count, 'call') : grouped(count)} of ${name}()`,
  );
  return series(named);
}

/** What directions would have missed. */
function blindness(parameters: readonly ParameterReport[]): string {
  const unseen = parameters.filter((parameter) => parameter.unseen !== undefined && parameter.unseen > 0);
  const [first, ...others] = unseen.toSorted((a, b) => b.unseen! - a.unseen!);
  if (first === undefined) return '';
  const where = others.length === 0 ? '' : `, less elsewhere`;
  return ` An error in one entry of up to ${magnitude(first.unseen!)} would not have shown in ${first.name}${where}.`;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
