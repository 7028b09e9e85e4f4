/** What was measured of the parts of a parameter, runs runs or entry by entry → what is known of all of it. */

import type { EntryRange } from '../../model/tree/shard.js';
import { combinedNorms, groupNorms } from '../../numerics/norms.js';
import type { RunEvidence, MeasuredParameter } from '../measurement.js';

/** A part of a parameter. */
export interface Part {
  readonly range: EntryRange;
  readonly measured: MeasuredParameter;
}

/** @param parts one after another, each with entries of its own */
export function joined(parts: readonly Part[], analytic: Float64Array): MeasuredParameter {
  const [first] = parts as readonly [Part];
  if (parts.length === 1) return first.measured;
  const all = parts.map(({ measured }) => measured);
  const sum = (of: (one: MeasuredParameter) => number): number =>
    all.reduce((total, one) => total + of(one), 0);
  const steps = all.flatMap(({ step }) => (step === undefined ? [] : [step]));
  return {
    numeric: joinedArray(parts, ({ numeric }) => numeric),
    uncertainty: joinedArray(parts, ({ uncertainty }) => uncertainty),
    step:
      steps.length === 0
        ? undefined
        : {
            min: Math.min(...steps.map(({ min }) => min)),
            max: Math.max(...steps.map(({ max }) => max)),
          },
    moved: all.some(({ moved }) => moved),
    kinks: new Map(all.flatMap(({ kinks }) => [...kinks])),
    differences: new Map(all.flatMap(({ differences }) => [...differences])),
    open: sum(({ open }) => open),
    singular: sum(({ singular }) => singular),
    unreached: sum(({ unreached }) => unreached),
    isStaircase: all.some(({ isStaircase }) => isStaircase),
    noise: Math.max(...all.map(({ noise }) => noise)),
    runs: joinedRuns(parts, analytic),
  };
}

function joinedArray(
  parts: readonly Part[],
  arrayOf: (measured: MeasuredParameter) => Float64Array,
): Float64Array {
  const all = new Float64Array(arrayOf(parts[0]!.measured).length).fill(Number.NaN);
  for (const { range, measured } of parts)
    all.set(arrayOf(measured).subarray(range.from, range.to), range.from);
  return all;
}

function joinedRuns(parts: readonly Part[], analytic: Float64Array): RunEvidence {
  const own = parts.map(({ range, measured }) => measured.runs ?? entriesAsRun(range, measured, analytic));
  return {
    norms: combinedNorms(own.map(({ norms }) => norms)),
    widespread: own.some(({ widespread }) => widespread),
    complete: own.every(({ complete }) => complete),
    isKinked: own.every(({ isKinked }) => isKinked),
    found: own.reduce((total, { found }) => total + found, 0),
    directions: own.reduce((total, { directions }) => total + directions, 0),
    near: own.find(({ near }) => near !== undefined)?.near,
    longest: Math.max(...own.map(({ longest }) => longest)),
    missed: Math.max(...own.map(({ missed }) => missed)),
    unseen: Math.max(...own.map(({ unseen }) => unseen)),
  };
}

/** Entries that were measured one by one, as runs of one. */
function entriesAsRun(
  { from, to }: EntryRange,
  measured: MeasuredParameter,
  analytic: Float64Array,
): RunEvidence {
  const [numeric, uncertainty] = [
    measured.numeric.subarray(from, to),
    measured.uncertainty.subarray(from, to),
  ];
  const norms = groupNorms({ analytic: analytic.subarray(from, to), numeric, uncertainty });
  const unseen = uncertainty.reduce((most, own) => Math.max(most, own), 0);
  const complete = norms.checked === to - from;
  return {
    norms,
    widespread: false,
    complete,
    isKinked: false,
    found: 0,
    directions: 0,
    longest: 1,
    missed: 0,
    unseen,
  };
}
