/**
 * Rows of a Jacobian, each judged like the gradient of a loss of its own → the judgement of all of them: what a row leaves open that is nothing
 * beside the others of its array, and what a parameter does not move, is decided here.
 */

import type { Frame } from '../../model/subject/subject.js';
import { finiteRootMeanSquare, groupNorms, rootMeanSquare } from '../../numerics/norms.js';
import { couldMatter, reachOf } from '../../verdict/parameter.js';
import type { Measurement, ParameterEvidence } from '../measurement.js';
import { type Counts, judgedTogether, type Judgement, largestSlope } from '../report/judge.js';
import type { Settings } from '../settings.js';

/** A row as it was measured, and what that says of each parameter. */
export interface JudgedRow {
  readonly measurement: Measurement;
  readonly parameters: readonly ParameterEvidence[];
}

/** All rows as one, whose parameters are those of the first row, then of the second, and so on. */
export interface Together {
  readonly measurement: Measurement;
  readonly judgement: Judgement;
  /** σ of a random sum of them, in the unit of the outputs. */
  readonly sumNoise: number;
}

/** Weights of random sums are at most so large. */
const LARGEST_WEIGHT = 2;

/** @param outputs the arrays that the rows make up */
export function joinRows(
  frame: Frame,
  settings: Settings,
  each: readonly JudgedRow[],
  outputs: readonly { readonly count: number }[],
): Together {
  const measurements = each.map(({ measurement }) => measurement);
  const [first] = measurements as unknown as readonly [Measurement];
  const measurement = {
    ...first,
    analytic: measurements.flatMap(({ analytic }) => analytic),
    noise: measurements.reduce((most, { noise }) => (noise > most ? noise : most), first.noise),
    chosenSteps: measurements.flatMap(({ chosenSteps }) => chosenSteps),
  };
  const parameters = withoutTrifles(withoutResting(frame, each), measurements, outputs).flat();
  const judgement = judgedTogether(repeated(frame, each.length), settings, measurement.analytic, parameters);
  const noise = rootMeanSquare(Float64Array.from(measurements, (own) => own.noise));
  return { measurement, judgement, sumNoise: LARGEST_WEIGHT * noise * Math.sqrt(each.length) };
}

/** For each row what was found of each parameter. */
type Evidence = readonly (readonly ParameterEvidence[])[];

/**
 * Rounding may leave a claim so far from zero for an output that does not depend on a parameter, relative to what is typical of that
 * parameter over all outputs.
 */
const CLAIM_ROUNDING: number = 2 ** -46;

/** An output that does not depend on a parameter is as it should be, as long as another does. */
function withoutResting(frame: Frame, each: readonly JudgedRow[]): Evidence {
  const moves = frame.due.map((_, k) => each.some(({ parameters }) => parameters[k]!.moved));
  const least = frame.due.map((_, k) => {
    const sizes = each.map(({ parameters }) => finiteRootMeanSquare(parameters[k]!.numeric));
    return CLAIM_ROUNDING * rootMeanSquare(Float64Array.from(sizes));
  });
  return each.map(({ parameters, measurement }) =>
    parameters.map((evidence, k) =>
      evidence.moved || !moves[k]! ? evidence : atRest(evidence, least[k]!, measurement.claimsZero[k]!),
    ),
  );
}

/** What a parameter does not move at all has a derivative of zero by it: a claim is right where it is zero but for rounding. */
function atRest(evidence: ParameterEvidence, least: number, claimsZero: boolean): ParameterEvidence {
  const { analytic, numeric, due } = evidence;
  const wrong: number[] = [];
  for (let i = due.from; i < due.to; i += 1)
    if (!claimsZero && !(Math.abs(analytic[i]!) <= least)) wrong.push(i);
  const uncertainty = numeric.map((value) => (Number.isNaN(value) ? Number.NaN : least));
  const norms = groupNorms({ analytic, numeric, uncertainty }, due.count);
  const isZero = wrong.length === 0;
  return {
    ...evidence,
    uncertainty,
    norms,
    wrong,
    verdict: isZero ? 'correct' : 'wrong',
    isZero,
    moved: true,
  };
}

/**
 * As of an entry beside the others of its parameter, of a row less than a digit may be known where all that could hide there is nothing beside the
 * other rows of its array, which have the same unit.
 */
function withoutTrifles(
  rows: Evidence,
  measurements: readonly Measurement[],
  outputs: readonly { readonly count: number }[],
): Evidence {
  let end = 0;
  return outputs.flatMap(({ count }) => {
    const from = end;
    const own = rows.slice(from, (end += count));
    const numbers = own.map((row, m) =>
      row.map(({ norms, due, isStaircase, kinks }, k) => ({
        norms,
        scale: measurements[from + m]!.scales[k]!,
        isComplete: norms.checked === due.count && !isStaircase,
        kinked: largestSlope(kinks.values()),
      })),
    );
    const reach = numbers.reduce(
      (most, row) => row.reduce((more, group) => Math.max(more, reachOf(group)), most),
      0,
    );
    return own.map((row, m) =>
      row.map((evidence, k): ParameterEvidence => {
        const group = numbers[m]![k]!;
        const isTrifle =
          evidence.verdict === 'inconclusive' && group.isComplete && !couldMatter(group, reach);
        return isTrifle ? { ...evidence, verdict: 'correct' } : evidence;
      }),
    );
  });
}

/** The parameters of a frame once for each row. */
function repeated({ parameters, due }: Frame, rows: number): Counts {
  const times = <Item>(items: readonly Item[]): Item[] => Array.from({ length: rows }, () => items).flat();
  return { parameters: times(parameters), due: times(due) };
}
