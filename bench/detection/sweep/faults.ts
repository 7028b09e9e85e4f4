/** The faults of the sweep: what each makes of a right claim. */

import type { Draws } from '../draws.js';
import type { Numbers } from '../arithmetic.js';
import type { Arrays } from '../models/model.js';
import type { Place } from '../rules/rule.js';
import type { Subject } from './subject.js';

/** The right claim in, the wrong one out; what is changed is changed in the arrays, which nobody else holds. */
export type Spoil = (claim: Arrays) => void;

export interface Planted {
  readonly spoil: Spoil;
  /** The parameters that are wrong. */
  readonly parameters: readonly string[];
  /** Where it is one entry. */
  readonly place?: Place;
}

/** What a fault is drawn from. */
export interface Ground {
  readonly subject: Subject;
  readonly claim: Arrays;
  /** The parameters whose claims are known to a digit, so that a wrong one is wrong. */
  readonly known: readonly string[];
  readonly draws: Draws;
}

/** Nothing where the network has no place for it. */
type Fault = (ground: Ground) => Planted | undefined;

export const rms = (values: Numbers): number => Math.hypot(...values) / Math.sqrt(values.length);

/** Each entry of one parameter through a function. */
const ofOne =
  (change: (g: number, i: number, ground: Ground, name: string) => number): Fault =>
  (ground) => {
    if (ground.known.length === 0) return undefined;
    const name = ground.draws.pick(ground.known);
    const spoil: Spoil = (claim) => {
      const values = claim[name]!;
      for (let i = 0; i < values.length; i += 1) values[i] = change(values[i]!, i, ground, name);
    };
    return { spoil, parameters: [name] };
  };

/** Another order of the entries of a parameter that has rows and columns: entry i comes from `from(i)`. */
const reordered =
  (order: (shape: Subject['shapes'][string], draws: Draws) => (i: number) => number): Fault =>
  ({ subject, known, draws }) => {
    const matrices = known.filter(
      (name) => Math.min(subject.shapes[name]!.rows, subject.shapes[name]!.columns) > 1,
    );
    if (matrices.length === 0) return undefined;
    const name = draws.pick(matrices);
    const from = order(subject.shapes[name]!, draws);
    const spoil: Spoil = (claim) => {
      const before = claim[name]!.slice();
      for (let i = 0; i < before.length; i += 1) claim[name]![i] = before[from(i)]!;
    };
    return { spoil, parameters: [name] };
  };

/** Two different numbers below `count`. */
function two(draws: Draws, count: number): [number, number] {
  const first = draws.whole(0, count - 1);
  return [first, (first + draws.whole(1, count - 1)) % count];
}

const exchangedRows = reordered(({ rows, columns }, draws) => {
  const [a, b] = two(draws, rows);
  return (i) => {
    const row = Math.floor(i / columns);
    return (row === a ? b : row === b ? a : row) * columns + (i % columns);
  };
});

const transposed = reordered(
  ({ rows, columns }) =>
    (i) =>
      (i % rows) * columns + Math.floor(i / rows),
);

const leftOutRow: Fault = ({ subject, known, draws }) => {
  const tall = known.filter((name) => subject.shapes[name]!.rows > 1);
  if (tall.length === 0) return undefined;
  const name = draws.pick(tall);
  const { rows, columns } = subject.shapes[name]!;
  const row = draws.whole(0, rows - 1);
  return { spoil: (claim) => claim[name]!.fill(0, row * columns, (row + 1) * columns), parameters: [name] };
};

/** Two entries that differ by this many root mean squares at least are exchanged. */
const LEAST_DIFFERENCE = 0.5;
const MOST_TRIES = 50;

/** A change to two entries of a known parameter; not where the loss has a kink, as any slope between is right there. */
function ofTwo(
  isFit: (claim: Numbers, a: number, b: number) => boolean,
  change: (wrong: Numbers, a: number, b: number, unit: number) => void,
): Fault {
  return ({ subject, claim, known, draws }) => {
    const several = known.filter((name) => claim[name]!.length > 1);
    if (several.length === 0) return undefined;
    const name = draws.pick(several);
    const values = claim[name]!;
    const unit = rms(values);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const [a, b] = two(draws, values.length);
      const kinked = [a, b].some((entry) => subject.twin.hasKink({ parameter: name, entry }));
      if (kinked || !isFit(values, a, b)) continue;
      return { spoil: (wrong) => change(wrong[name]!, a, b, unit), parameters: [name] };
    }
    return undefined;
  };
}

export const exchangedEntries = ofTwo(
  (values, a, b) => Math.abs(values[a]! - values[b]!) >= LEAST_DIFFERENCE * rms(values),
  (wrong, a, b) => {
    [wrong[a], wrong[b]] = [wrong[b]!, wrong[a]!];
  },
);

/** One entry too large and one too small by the root mean square. */
const oppositeErrors = ofTwo(
  () => true,
  (wrong, a, b, unit) => {
    wrong[a]! += unit;
    wrong[b]! -= unit;
  },
);

const exchangedParameters: Fault = ({ claim, known, draws }) => {
  const pairs = known.flatMap((a, k) =>
    known.slice(k + 1).flatMap((b) => (claim[a]!.length === claim[b]!.length ? [[a, b] as const] : [])),
  );
  if (pairs.length === 0) return undefined;
  const [a, b] = draws.pick(pairs);
  const spoil: Spoil = (wrong) => {
    const before = wrong[a]!.slice();
    wrong[a]!.set(wrong[b]!);
    wrong[b]!.set(before);
  };
  return { spoil, parameters: [a, b] };
};

const missingPenalty: Fault = ({ subject, known, draws }) => {
  const names = Object.keys(subject.penalties()).filter((name) => known.includes(name));
  if (names.length === 0) return undefined;
  const name = draws.pick(names);
  const spoil: Spoil = (claim) => {
    const own = subject.penalties()[name]!;
    for (let i = 0; i < own.length; i += 1) claim[name]![i]! -= own[i]!;
  };
  return { spoil, parameters: [name] };
};

/** All gradients are of the sum over the batch in the place of its mean. */
const missingMean: Fault = ({ subject, known }) => ({
  spoil(claim) {
    for (const values of Object.values(claim))
      for (let i = 0; i < values.length; i += 1) values[i]! *= subject.samples;
  },
  parameters: known,
});

export const STRUCTURED: Readonly<Record<string, Fault>> = {
  negated: ofOne((g) => -g),
  doubled: ofOne((g) => 2 * g),
  tripled: ofOne((g) => 3 * g),
  halved: ofOne((g) => g / 2),
  forgotten: ofOne(() => 0),
  offset: ofOne((g, _, { claim }, name) => g + rms(claim[name]!)),
  transposed,
  'rows exchanged': exchangedRows,
  'row left out': leftOutRow,
  'entries exchanged': exchangedEntries,
  'opposite errors': oppositeErrors,
  'parameters exchanged': exchangedParameters,
  'missing penalty': missingPenalty,
  'missing mean': missingMean,
};

/** Whether an error stays the same wherever the gradient is asked for, or is in proportion to the entry. */
export type Growth = 'constant' | 'in proportion';

/** An error in proportion is put where the entry is this large against the root mean square. */
const LEAST_ENTRY = 0.1;

/** One entry that is off by so much of the norm of its parameter's claim; not at a kink either. */
export function oneEntry(
  { subject, claim, draws }: Ground,
  name: string,
  share: number,
  growth: Growth,
): Planted | undefined {
  const values = claim[name]!;
  const error = share * Math.hypot(...values) * draws.pick([-1, 1]);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const place: Place = { parameter: name, entry: draws.whole(0, values.length - 1) };
    const own = values[place.entry]!;
    if (subject.twin.hasKink(place)) continue;
    if (growth === 'in proportion' && !(Math.abs(own) >= LEAST_ENTRY * rms(values))) continue;
    const spoil: Spoil = (wrong) => {
      const now = wrong[name]!;
      now[place.entry]! += growth === 'constant' ? error : now[place.entry]! * (error / own);
    };
    return { spoil, parameters: [name], place };
  }
  return undefined;
}
