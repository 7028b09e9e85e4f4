/**
 * Some entries of a parameter are wrong and the others right. Where the wrong ones make a row, a column, a slice, a diagonal
 * or come at every k-th place, that is told, and so is what was done to them, where it is one thing.
 */

import { placeOn } from '../../../model/array/axis.js';
import type { Finding } from '../../../report.js';
import { type WrongParameter, namesOf } from '../../wrong-parameter.js';
import type { Cause, Explanation } from '../../cause.js';
import { slicesAlong } from '../../layouts.js';
import { type Pattern, patternOf } from '../../patterns.js';
import { factorOf } from './scaled.js';
import { briefFactor, entries } from '../../words.js';

/** Without a pattern, more wrong entries than this share of all are no exceptions. */
const LARGEST_SHARE = 1 / 2;

export const isolatedEntries: Cause = {
  code: 'isolated-entries',
  few: true,
  explain(group) {
    if (group.length > 1) return oneOutput(group);
    const [parameter] = group as [WrongParameter];
    const { wrong, count, othersRight, isSample } = parameter;
    const telling = parameter.hasRows ? notZero(parameter) : count;
    if (wrong.length === 0 || wrong.length === count || isSample) return undefined;
    const pattern = patternOf(parameter);
    if (pattern === undefined && wrong.length > LARGEST_SHARE * telling) return undefined;
    const which = pattern?.text ?? `${entries(wrong.length)} of ${count}`;
    const treatment = treatmentOf(group);
    const are = `${which} of the gradient of ${namesOf(group)} ${pattern?.single === true ? 'is' : 'are'} wrong${treatment?.text ?? ''}`;
    return {
      evidence: { entries: wrong.length, ...pattern?.evidence, ...treatment?.evidence },
      title: othersRight
        ? `Only ${are}; the others are right.`
        : `Some entries are wrong: ${are}, and the others were not all looked at.`,
      advice: adviceFor(pattern, wrong.length),
    };
  },
};

/** How many entries are not zero by both accounts: in a Jacobian most may be, as of samples that have nothing to do with each other. */
function notZero({ analytic, numeric, uncertainty }: WrongParameter): number {
  return analytic.reduce(
    (sum, claim, i) => sum + Number(claim !== 0 || !(Math.abs(numeric[i]!) <= uncertainty[i]!)),
    0,
  );
}

/** Of a Jacobian: all that is wrong is in the derivatives of one output, by whatever parameter. */
function oneOutput(group: readonly WrongParameter[]): Explanation | undefined {
  const [{ axes, output }] = group as [WrongParameter];
  const rows = axes?.rows;
  if (rows === undefined) return undefined;
  const hit = new Set<number>();
  for (const one of group) {
    if (!one.hasRows || one.output !== output || one.isSample || !one.othersRight) return undefined;
    const slices = slicesAlong(one.shape, 0);
    for (const i of one.wrong) hit.add(slices.of(i));
  }
  const [row] = hit;
  if (hit.size !== 1) return undefined;
  const treatment = treatmentOf(group);
  return {
    evidence: { row: row!, ...treatment?.evidence },
    title: `Only the derivatives of ${placeOn(rows, row!)} are wrong, those by ${namesOf(group.map(({ name }) => ({ name })))}${treatment?.text ?? ''}; those of the other outputs are right.`,
    advice:
      'Look for what treats this one output differently: the first or last turn of a loop, a mask, an index that is skipped or written twice.',
  };
}

/** What was done to the wrong entries, where it is one thing. */
function treatmentOf(
  group: readonly WrongParameter[],
): { readonly text: string; readonly evidence: Finding['evidence'] } | undefined {
  const some = group.map(wrongOnly);
  if (some.every(({ analytic }) => analytic.every((value) => value === 0)))
    return { text: ', claimed to be zero', evidence: { factor: 0 } };
  const factor = factorOf(some);
  if (factor === undefined) return undefined;
  return { text: `, by a factor of ${briefFactor(factor)}`, evidence: { factor } };
}

/** A parameter as if its wrong entries were all it has. */
function wrongOnly(parameter: WrongParameter): WrongParameter {
  const { analytic, numeric, uncertainty, values, wrong } = parameter;
  const pick = (array: Float64Array): Float64Array =>
    Float64Array.from(wrong, (i) => array[i - parameter.from]!);
  return {
    ...parameter,
    shape: [wrong.length],
    count: wrong.length,
    values: pick(values),
    analytic: pick(analytic),
    numeric: pick(numeric),
    uncertainty: pick(uncertainty),
  };
}

function adviceFor(pattern: Pattern | undefined, wrong: number): string {
  if (pattern?.advice !== undefined) return pattern.advice;
  return wrong === 1
    ? 'Look for what treats this one entry differently: the first or last turn of a loop, an index written twice, a special case.'
    : 'Look for what these entries share: a branch, a mask, an index that is written twice or skipped.';
}
