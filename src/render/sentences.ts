/** The sentences of a message: what came of the check, where to begin, how to run it again, how it was done. */

import type { GradientReport, ParameterReport } from '../report.js';
import { entryName } from './diff.js';
import { counted, grouped, magnitude, pairOfNumbers } from './numbers.js';

/** How many names a sentence lists, and how many characters of them, one name in any case. */
const NAMES_LISTED = 4;
const LETTERS_LISTED = 60;

/** The first of some names that a sentence has room for. */
function namesThatFit(names: readonly string[]): readonly string[] {
  let letters = 0;
  return names
    .slice(0, NAMES_LISTED)
    .filter((name, k) => (letters += name.length) <= LETTERS_LISTED || k === 0);
}

export function sentence(report: GradientReport, negated: boolean): string {
  const total = sum(report.parameters, ({ due }) => due);
  const part = report.shard === undefined ? '' : ` of part ${report.shard}`;
  switch (report.verdict) {
    case 'correct': {
      const agree = agreement(
        sum(report.parameters, ({ checked }) => checked),
        negated ? part : '',
      );
      return negated
        ? `Expected a wrong gradient, but ${agree}`
        : `The gradients${part} are correct: ${agree}`;
    }
    case 'wrong': {
      const wrong = sum(report.parameters, (parameter) => parameter.wrong);
      const names = report.parameters.filter(({ verdict }) => verdict === 'wrong').map(({ name }) => name);
      const share =
        wrong === 0
          ? `by many small errors${part === '' ? '' : ` in the entries${part}`}`
          : `in ${reckoned(report.parameters)}${grouped(wrong)} of ${counted(total, 'entry', 'entries')}${part}`;
      return total === 1
        ? `The gradient${part} is wrong: ${names.join('')}.`
        : `The gradients are wrong ${share}: ${listed(names)}.${part === '' ? place(report.parameters) : ''}${cut(report, total)}`;
    }
    case 'inconclusive':
      if (report.stopped !== undefined)
        return `Inconclusive, so this neither passes nor passes under .not.${cut(report, total)}`;
      return `Inconclusive: whether the gradients${part} are right could not be told, so this neither passes nor passes under .not.`;
  }
}

/** What came of a check that did not find the gradients correct, in a line: for lists of what is wrong in many tests. */
export function noteOf(report: GradientReport): string {
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
function cut({ stopped, parameters }: GradientReport, total: number): string {
  if (stopped === undefined) return '';
  const left = total - sum(parameters, ({ checked }) => checked);
  return ` The check was stopped by ${stopped} with ${grouped(left)} of ${counted(total, 'entry', 'entries')} unchecked.`;
}

function agreement(checked: number, part: string): string {
  return checked === 1
    ? `the only checked entry${part} agrees with the loss.`
    : `all ${grouped(checked)} checked entries${part} agree with the loss.`;
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
export function rerun({ parameters, verdict, seed, shard }: GradientReport): string | undefined {
  const wrong = parameters.filter((parameter) => parameter.verdict === 'wrong').map(({ name }) => name);
  if (verdict === 'wrong' && shard !== undefined)
    return `To check this part again, all else as it is: { shard: '${shard}', seed: ${seed} }`;
  if (verdict !== 'wrong' || wrong.length === 0 || wrong.length === parameters.length) return undefined;
  const all = namesThatFit(wrong).length === wrong.length;
  const names = (all ? wrong : wrong.slice(-1)).map((name) => `'${name}'`);
  const what = all ? (wrong.length === 1 ? 'it' : 'these') : 'the one nearest the output';
  return `To check only ${what} again: { only: [${names.join(', ')}], seed: ${seed} }`;
}

function listed(names: readonly string[]): string {
  const shown = namesThatFit(names);
  if (shown.length < names.length) return `${shown.join(', ')} and ${names.length - shown.length} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** How the check was done. */
export function provenance({ method, parameters, evaluations, seed, shard }: GradientReport): string {
  const least = parameters.reduce((min, { step }) => Math.min(min, step.min), Infinity);
  const most = parameters.reduce((max, { step }) => Math.max(max, step.max), 0);
  const [low, high] = [least.toExponential(1), most.toExponential(1)];
  const steps = low === high ? low : `${low} to ${high}`;
  const taken = most > 0 ? `, step ${steps}` : '';
  const calls = `${counted(evaluations.loss, 'loss', 'losses')} and ${counted(evaluations.gradients, 'gradients', 'gradients')} evaluated`;
  const part = shard === undefined ? '' : `, part ${shard} of the entries`;
  const directions = sum(parameters, (parameter) => parameter.directions ?? 0);
  const how =
    directions === 0
      ? `, ${method}`
      : ` along ${counted(directions, 'random direction', 'random directions')} of ±1`;
  return `Central differences${how}${part}${taken}; ${calls}; seed ${seed}.${blindness(parameters)}`;
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
