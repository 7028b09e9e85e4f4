/** Which faults are planted in a case: those that its network has a place for, in what is known of its gradient. */

import type { Draws } from '../draws.js';
import type { Arrays } from '../models/model.js';
import { exchangedEntries, type Ground, oneEntry, type Planted, rms, STRUCTURED } from './faults.js';
import type { Subject } from './subject.js';
import type { Case, Drawn } from './sweep-cases.js';

/** A claim that is off by more than this of its norm shows no digit of the gradient. */
const DIGIT = 0.1;
/** The rounding of doubles, moved by which a gradient shows its own noise. */
const ROUNDING = 2 ** -52;
/** How many times that noise may be larger than this one look at it. */
const NOISE_ALLOWANCE = 8;

const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.hypot(...Array.from(a, (value, i) => value - b[i]!));

/**
 * Of each parameter, what its right claim is: known to a digit; zero, as far as doubles can tell; or neither, where the
 * arithmetic of the model leaves noise of it.
 */
export function statesOf({ twin }: Subject, claim: Arrays): Record<string, 'known' | 'zero' | 'noise'> {
  const [at, beside] = [twin.gradients(0), twin.gradients(ROUNDING)];
  const stateOf = (name: string): 'known' | 'zero' | 'noise' => {
    const noise = NOISE_ALLOWANCE * distance(at[name]!, beside[name]!);
    const norm = Math.hypot(...at[name]!);
    if (norm <= noise) return 'zero';
    return distance(claim[name]!, at[name]!) + noise <= DIGIT * norm ? 'known' : 'noise';
  };
  return Object.fromEntries(Object.keys(claim).map((name) => [name, stateOf(name)]));
}

/** The parameters in which a fault is one. */
export function knownOf(subject: Subject, claim: Arrays): string[] {
  const states = statesOf(subject, claim);
  return Object.keys(states).filter((name) => states[name] === 'known');
}

export interface Fault extends Planted {
  readonly kind: 'entry' | 'structured';
  readonly name: string;
  /** (2) between the wrong claim and the right one, the largest of all parameters. */
  readonly size: number;
}

/** (2) between two claims of one parameter. */
export const between = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  const apart = distance(a, b);
  return apart === 0 ? 0 : apart / (Math.hypot(...Array.from(a)) + Math.hypot(...Array.from(b)));
};

export function spoiled(subject: Subject, { spoil }: Planted): () => Arrays {
  return () => {
    const claim = Object.fromEntries(
      Object.entries(subject.gradients()).map(([name, values]) => [name, values.slice()]),
    );
    spoil(claim);
    return claim;
  };
}

/** A structured fault is at least so large in (2) of its parameter, or in one entry against its root mean square. */
const LEAST_SIZE = 0.2;
const LEAST_ENTRY = 0.5;

function isLarge(planted: Planted, wrong: Arrays, claim: Arrays): boolean {
  return planted.parameters.some((name) => {
    const [right, own] = [claim[name]!, wrong[name]!];
    const least = LEAST_ENTRY * rms(right);
    return between(own, right) >= LEAST_SIZE || own.some((g, i) => Math.abs(g - right[i]!) >= least);
  });
}

/** Sizes of errors of one entry, in root mean squares, where claims are in half precision. */
const HALF_PLANTED = 0.2;

function shuffled<Item>(items: readonly Item[], draws: Draws): Item[] {
  return items
    .map((item) => ({ item, at: draws.uniform() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Along directions what is hardest to see are two entries whose errors cancel. */
const EXCHANGES = 3;

/** One wrong entry, and one structured fault; along directions exchanged entries besides. */
export function faultsOf({ subject, draws }: Drawn, { regime, precision }: Case): Fault[] {
  const claim = subject.gradients();
  const known = knownOf(subject, claim);
  if (known.length === 0) return [];
  const ground: Ground = { subject, claim, known, draws };
  const faults: Fault[] = [];
  const add = (kind: Fault['kind'], name: string, planted: Planted | undefined): boolean => {
    if (planted === undefined) return false;
    const wrong = spoiled(subject, planted)();
    if (kind === 'structured' && !isLarge(planted, wrong, claim)) return false;
    const size = Math.max(...planted.parameters.map((at) => between(wrong[at]!, claim[at]!)));
    faults.push({ ...planted, kind, name, size });
    return true;
  };
  const at = draws.pick(known);
  const error = subject.half ? HALF_PLANTED : precision.planted;
  const growth = draws.pick(['constant', 'in proportion'] as const);
  const share = error / Math.sqrt(claim[at]!.length);
  add('entry', `one entry, ${growth}`, oneEntry(ground, at, share, growth));
  const names = shuffled(Object.keys(STRUCTURED), draws);
  // A penalty is what few networks have, and then it is small: it goes first where there is one.
  if (draws.uniform() < 1 / 2) names.unshift('missing penalty');
  names.some((name) => add('structured', name, STRUCTURED[name]!(ground)));
  if (regime.method === 'directional')
    for (let k = 0; k < EXCHANGES; k += 1) add('structured', 'entries exchanged', exchangedEntries(ground));
  return faults;
}
