/** What is told of the rows of a Jacobian, and searched for causes: blocks of one array of the outputs by one parameter. */

import type { ParameterEvidence } from '../measurement.js';
import type { Frame } from '../../model/subject/subject.js';
import { combinedNorms } from '../../numerics/norms.js';
import { judgeGroup } from '../../verdict/rules.js';
import type { Judgement } from '../report/judge.js';
import type { Settings } from '../settings.js';
import { tolerancesFor } from '../../verdict/tolerance.js';

/** One array of the outputs by one parameter. */
export interface Block {
  readonly evidence: ParameterEvidence;
  /** Places of the array among the outputs, and of the parameter among those with entries that are due. */
  readonly output: number;
  readonly due: number;
}

/** The blocks of a judgement of all outputs, for each array of the outputs those by all parameters. */
export function blocksOf(
  { due }: Frame,
  outputs: readonly { readonly count: number }[],
  settings: Settings,
  { parameters: groups }: Judgement,
): Block[] {
  const blocks: Block[] = [];
  let before = 0;
  for (const [output, { count }] of outputs.entries()) {
    for (const k of due.keys()) {
      const rows = Array.from({ length: count }, (_, m) => groups[(before + m) * due.length + k]!);
      blocks.push({ evidence: blockOf(rows, settings), output, due: k });
    }
    before += count;
  }
  return blocks;
}

/** What was found of several outputs by one parameter, as of one array with a row for each. */
function blockOf(rows: readonly ParameterEvidence[], settings: Settings): ParameterEvidence {
  const [first] = rows as readonly [ParameterEvidence];
  const { from, to, count: width } = first.due;
  const joinedArrays = (arrayOf: (row: ParameterEvidence) => Float64Array): Float64Array => {
    const all = new Float64Array(rows.length * width);
    for (const [m, row] of rows.entries()) all.set(arrayOf(row).subarray(from, to), m * width);
    return all;
  };
  const combined = combinedNorms(rows.map(({ norms }) => norms));
  const norms = { ...combined, share: first.norms.share };
  const tolerance = rows.reduce((most, row) => Math.max(most, row.tolerance), 0);
  const some = (of: (row: ParameterEvidence) => boolean): boolean => rows.some(of);
  const sum = (of: (row: ParameterEvidence) => number): number =>
    rows.reduce((total, row) => total + of(row), 0);
  const moves = some((row) => row.movedBeyondNoise) && !some((row) => row.hidden);
  const isWhole = width === first.count;
  const shape = isWhole ? first.shape : [width];
  const count = rows.length * width;
  const compared = {
    analytic: joinedArrays((row) => row.analytic),
    numeric: joinedArrays((row) => row.numeric),
    uncertainty: joinedArrays((row) => row.uncertainty),
  };
  const within = Math.max(tolerance, tolerancesFor(settings, compared, norms).correct);
  const verdict = some((row) => row.verdict === 'wrong')
    ? 'wrong'
    : norms.checked < count
      ? 'inconclusive'
      : rows.every((row) => row.verdict === 'correct')
        ? 'correct'
        : judgeGroup(norms, { wrong: within, correct: within }, moves);
  return {
    ...first,
    shape: rows.length === 1 ? shape : [rows.length, ...shape],
    hasRows: rows.length > 1,
    count,
    due: { parameter: first.due.parameter, from: 0, to: count, count },
    ...compared,
    values: joinedArrays((row) => row.values),
    norms,
    tolerance,
    verdict,
    wrong: rows.flatMap((row, m) => row.wrong.map((i) => m * width + i - from)),
    moved: some((row) => row.moved),
    movedBeyondNoise: some((row) => row.movedBeyondNoise),
    hidden: some((row) => row.hidden),
    kinks: sum((row) => row.kinks),
    unreached: sum((row) => row.unreached),
    step: {
      min: rows.reduce((least, { step }) => Math.min(least, step.min), Infinity),
      max: rows.reduce((most, { step }) => Math.max(most, step.max), 0),
    },
  };
}
