/**
 * The measurements of all outputs put together. Each output is measured and judged like a loss of its own, so that none hides behind a
 * larger one; told, and searched for causes, are blocks: one array of the outputs by one parameter.
 */

import type { ParameterEvidence } from '../diagnoses/evidence.js';
import type { Frame } from '../model/subject.js';
import { combinedNorms, rootMeanSquare } from '../numerics/norms.js';
import { judgeGroup } from './judge.js';
import { type Judgement, judgementOf } from './judgement.js';
import type { Measurement } from './measure.js';
import type { Settings } from './settings.js';
import type { Sweep } from './sweep.js';
import { tolerancesFor } from './tolerance.js';

/**
 * Rounding may leave a claim so far from zero for an output that does not depend on a parameter, relative to what is typical of that
 * parameter over all outputs.
 */
const CLAIM_ROUNDING: number = 2 ** -46;

/** All measurements as one, whose parameters are the model's for the first output, then for the second, and so on. */
export function joined(
  measurements: readonly Measurement[],
  analytic: readonly Float64Array[][],
): Measurement {
  const [first] = measurements as readonly [Measurement];
  const typical = first.sweeps.map((_, k) => {
    const sizes = measurements.map(({ sweeps }) => finiteSize(sweeps[k]!.numeric));
    return rootMeanSquare(Float64Array.from(sizes));
  });
  return {
    ...first,
    analytic: analytic.flat(),
    sweeps: measurements.flatMap(({ sweeps }) =>
      sweeps.map((sweep, k) => withFloor(sweep, CLAIM_ROUNDING * typical[k]!)),
    ),
    // An output that does not depend on a parameter is as it should be, as long as another does.
    alive: measurements.flatMap(() => first.alive.map((_, k) => measurements.some(({ alive }) => alive[k]!))),
    hidden: measurements.flatMap(({ hidden }) => hidden),
    noise: measurements.reduce((most, { noise }) => (noise > most ? noise : most), first.noise),
    chosenSteps: measurements.flatMap(({ chosenSteps }) => chosenSteps),
  };
}

function finiteSize(values: Float64Array): number {
  return rootMeanSquare(values.filter(Number.isFinite));
}

function withFloor(sweep: Sweep, least: number): Sweep {
  if (sweep.moved) return sweep;
  return { ...sweep, uncertainty: sweep.uncertainty.map((own) => (own < least ? least : own)) };
}

/** The judgement of each output by each parameter. */
export function judgeJoined(
  { parameters, saved, due }: Frame,
  outputs: number,
  settings: Settings,
  measurement: Measurement,
): Judgement {
  const times = <Item>(items: readonly Item[]): Item[] => Array.from({ length: outputs }, () => items).flat();
  const frame = {
    parameters: times(parameters),
    saved: times(saved),
    due: Array.from({ length: outputs }, (_, m) =>
      due.map((part) => ({ ...part, parameter: m * parameters.length + part.parameter })),
    ).flat(),
  };
  return judgementOf(frame, settings, measurement);
}

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
