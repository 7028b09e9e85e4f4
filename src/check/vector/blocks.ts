/** Rows of a Jacobian, each by every parameter → blocks of one array of the outputs by one parameter, as they are reported and searched for causes. */

import { combinedNorms } from '../../numerics/norms.js';
import type { Verdict } from '../../report.js';
import type { ParameterEvidence } from '../measurement.js';
import type { Judgement } from '../report/judge.js';

/** One array of the outputs by one parameter. */
export interface Block {
  readonly evidence: ParameterEvidence;
  /** Places of the array among the outputs, and of the parameter among those with entries that are due. */
  readonly output: number;
  readonly due: number;
}

/** The blocks of a judgement of all outputs, for each array of the outputs those by all parameters. */
export function blocksOf(
  parameters: number,
  outputs: readonly { readonly count: number }[],
  { parameters: groups }: Judgement,
): Block[] {
  const blocks: Block[] = [];
  let before = 0;
  for (const [output, { count }] of outputs.entries()) {
    for (let k = 0; k < parameters; k += 1) {
      const rows = Array.from({ length: count }, (_, m) => groups[(before + m) * parameters + k]!);
      blocks.push({ evidence: blockOf(rows), output, due: k });
    }
    before += count;
  }
  return blocks;
}

/** Verdicts, worst first. */
export const WORST_FIRST: readonly Verdict[] = ['wrong', 'inconclusive', 'correct'];

/** What was found of several outputs by one parameter, as of one array with a row for each. */
function blockOf(rows: readonly ParameterEvidence[]): ParameterEvidence {
  const [first] = rows as readonly [ParameterEvidence];
  const { from, to, count: width } = first.due;
  const joined = (of: (row: ParameterEvidence) => Float64Array): Float64Array => {
    const all = new Float64Array(rows.length * width);
    for (const [m, row] of rows.entries()) all.set(of(row).subarray(from, to), m * width);
    return all;
  };
  const some = (of: (row: ParameterEvidence) => boolean): boolean => rows.some(of);
  const sum = (of: (row: ParameterEvidence) => number): number =>
    rows.reduce((total, row) => total + of(row), 0);
  const most = (of: (row: ParameterEvidence) => number): number =>
    rows.reduce((largest, row) => Math.max(largest, of(row)), 0);
  const norms = { ...combinedNorms(rows.map((row) => row.norms)), share: first.norms.share };
  const shape = width === first.count ? first.shape : [width];
  const count = rows.length * width;
  return {
    ...first,
    shape: rows.length === 1 ? shape : [rows.length, ...shape],
    hasRows: rows.length > 1,
    count,
    due: { parameter: first.due.parameter, from: 0, to: count, count },
    analytic: joined((row) => row.analytic),
    numeric: joined((row) => row.numeric),
    uncertainty: joined((row) => row.uncertainty),
    values: joined((row) => row.values),
    norms,
    tolerance: most((row) => row.tolerance),
    tolerances: {
      wrong: most((row) => row.tolerances.wrong),
      correct: most((row) => row.tolerances.correct),
    },
    verdict: WORST_FIRST.find((verdict) => some((row) => row.verdict === verdict))!,
    isZero: rows.every((row) => row.isZero),
    wrong: rows.flatMap((row, m) => row.wrong.map((i) => m * width + i - from)),
    moved: some((row) => row.moved),
    kinks: joinedEntries(rows, ({ kinks }) => kinks),
    differences: joinedEntries(rows, ({ differences }) => differences),
    open: sum((row) => row.open),
    singular: sum((row) => row.singular),
    unreached: sum((row) => row.unreached),
    isStaircase: some((row) => row.isStaircase),
    noise: most((row) => row.noise),
    step: joinedSteps(rows),
  };
}

/** What is known of some entries of the rows, by their places in all of them. */
function joinedEntries<Known>(
  rows: readonly ParameterEvidence[],
  of: (row: ParameterEvidence) => ReadonlyMap<number, Known>,
): ReadonlyMap<number, Known> {
  return new Map(
    rows.flatMap((row, m) =>
      [...of(row)].map(([i, known]) => [m * row.due.count + i - row.due.from, known] as const),
    ),
  );
}

function joinedSteps(rows: readonly ParameterEvidence[]): ParameterEvidence['step'] {
  const steps = rows.flatMap(({ step }) => (step === undefined ? [] : [step]));
  if (steps.length === 0) return undefined;
  return {
    min: steps.reduce((least, { min }) => Math.min(least, min), Infinity),
    max: steps.reduce((most, { max }) => Math.max(most, max), 0),
  };
}
