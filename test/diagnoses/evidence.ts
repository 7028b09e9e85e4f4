/** Evidence made of a few numbers, as a check would have measured it: whatever is left out is as it is in a sound check. */

import type { Cause, Explanation } from '../../src/diagnoses/cause.js';
import { diagnose } from '../../src/diagnoses/diagnose.js';
import { type Words, wordsOf } from '../../src/diagnoses/words.js';
import { type Context, contextOf, type WrongParameter } from '../../src/diagnoses/wrong-parameter.js';
import type { Evidence, ParameterEvidence, Preconditions, RunEvidence } from '../../src/check/measurement.js';
import { combinedNorms, groupNorms } from '../../src/numerics/norms.js';
import type { Finding, FindingCode } from '../../src/report.js';

const TOLERANCE = 1e-7;

type Arrays = 'analytic' | 'numeric' | 'uncertainty' | 'values' | 'due';

/** One parameter: its gradients, and what is not as usual. */
export interface Numbers extends Partial<Omit<ParameterEvidence, Arrays>> {
  readonly analytic: readonly number[];
  readonly numeric: readonly number[];
  /** 0, where left out. */
  readonly uncertainty?: readonly number[];
  /** 1, 2, 3 and so on, where left out. */
  readonly values?: readonly number[];
  /** The place of the parameter among the claims, as of several blocks of a Jacobian by it; that among all here, where left out. */
  readonly claim?: number;
  /** The entries that were to be checked, from the first to the one before the last; all, where left out. The others lose their numeric derivative. */
  readonly due?: readonly [number, number];
}

/** The names of parameters that have none. */
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

function parameterEvidence(numbers: Numbers, place: number): ParameterEvidence {
  const {
    analytic: g,
    numeric: n,
    tolerance = TOLERANCE,
    claim = place,
    due: [from, to] = [0, g.length],
    ...rest
  } = numbers;
  const isDue = (i: number): boolean => i >= from && i < to;
  const analytic = Float64Array.from(g);
  const numeric = Float64Array.from(n, (value, i) => (isDue(i) ? value : Number.NaN));
  const uncertainty = Float64Array.from(g, (_, i) => numbers.uncertainty?.[i] ?? 0);
  const isWrong = (i: number): boolean =>
    Math.abs(analytic[i]! - numeric[i]!) >
    tolerance * (Math.abs(analytic[i]!) + Math.abs(numeric[i]!)) + uncertainty[i]!;
  const wrong = numbers.wrong ?? g.flatMap((_, i) => (isWrong(i) ? [i] : []));
  return {
    name: NAMES[place]!,
    shape: [g.length],
    count: g.length,
    norms: groupNorms({ analytic, numeric, uncertainty }, to - from),
    verdict: wrong.length > 0 ? 'wrong' : 'correct',
    moved: true,
    kinks: new Map(),
    differences: new Map(),
    open: 0,
    singular: 0,
    isStaircase: false,
    isZero: false,
    noise: 1e-15,
    step: { min: 1e-6, max: 1e-5 },
    unreached: 0,
    ...rest,
    due: { parameter: claim, from, to, count: to - from },
    tolerance,
    tolerances: { wrong: tolerance, correct: tolerance },
    analytic,
    numeric,
    uncertainty,
    values: Float64Array.from(numbers.values ?? g.map((_, i) => i + 1)),
    wrong,
  };
}

/** What directions of a parameter told of it. */
export function runEvidence(told: Pick<RunEvidence, 'widespread' | 'complete' | 'unseen'>): RunEvidence {
  const nothing = groupNorms({
    analytic: new Float64Array(0),
    numeric: new Float64Array(0),
    uncertainty: new Float64Array(0),
  });
  return { ...told, norms: nothing, isKinked: false, found: 0, directions: 8, longest: 1000, missed: 0 };
}

/** Kinks in so many entries. */
export function kinksIn(count: number): ParameterEvidence['kinks'] {
  return new Map(Array.from({ length: count }, (_, i) => [i, { low: -1, high: 1, central: 0 }]));
}

/** The evidence of a check of some parameters. */
export function evidenceOf(all: readonly Numbers[], other: Partial<Evidence> = {}): Evidence {
  const parameters = all.map(parameterEvidence);
  const names: string[] = [];
  const claims: Float64Array[] = [];
  for (const { name, analytic, due } of parameters) {
    names[due.parameter] = name;
    claims[due.parameter] = analytic;
  }
  const norms = combinedNorms(parameters.map((parameter) => parameter.norms));
  return {
    preconditions: {
      losses: [{ by: 'loss', values: [1.5, 1.5] }],
      change: undefined,
      names,
      claims: [claims, claims],
    },
    comparable: true,
    noise: 1e-15,
    tolerance: TOLERANCE,
    epsilon: undefined,
    chosenStep: 1e-5,
    verdict: parameters.some(({ verdict }) => verdict === 'wrong') ? 'wrong' : 'correct',
    parameters,
    norms: parameters.some(({ due, count }) => due.count < count) ? { ...norms, share: 0.5 } : norms,
    followUp: { sharers: parameters.map(() => []), frozen: parameters.map(() => false) },
    sizes: [],
    contradictions: [],
    farChange: undefined,
    kind: 'gradients',
    claim: 'gradients',
    ...other,
  };
}

/** What repeated calls gave, where it is not as usual, of a model with the parameter `a`. */
export function preconditionsOf(some: Partial<Preconditions>): Partial<Evidence> {
  return { preconditions: { ...evidenceOf([{ analytic: [1], numeric: [1] }]).preconditions, ...some } };
}

/** What the causes may know of a check of some parameters. */
export function contextFor(all: readonly Numbers[], other: Partial<Evidence> = {}): Context {
  const evidence = evidenceOf(all, other);
  return contextOf(evidence, wordsOf(evidence));
}

/** One parameter as the causes see it. */
export function wrongParameter(numbers: Numbers): WrongParameter {
  return contextFor([numbers]).parameters[0]!;
}

/** What a cause says of all wrong parameters together. */
export function explanation<Code extends FindingCode>(
  cause: Cause<Code>,
  all: readonly Numbers[],
  other: Partial<Evidence> = {},
): Explanation<Code> | undefined {
  const context = contextFor(all, other);
  return cause.explain(context.wrong, context);
}

/** What one diagnosis finds in a check of some parameters. */
export function foundBy(
  diagnosis: (evidence: Evidence, words: Words) => readonly Finding[],
  all: readonly Numbers[],
  other: Partial<Evidence> = {},
): readonly Finding[] {
  const evidence = evidenceOf(all, other);
  return diagnosis(evidence, wordsOf(evidence));
}

/** The findings of a check of some parameters. */
export function findings(all: readonly Numbers[], other: Partial<Evidence> = {}): readonly Finding[] {
  return diagnose(evidenceOf(all, other));
}

/** The codes of the findings, and the parameter that each is about. */
export function codes(
  all: readonly Numbers[],
  other: Partial<Evidence> = {},
): (readonly [FindingCode, string | undefined])[] {
  return findings(all, other).map(({ code, parameter }) => [code, parameter]);
}

/** Numbers without a pattern: no two are alike, and no one is another's simple multiple. */
export function generic(count: number, seed = 1): number[] {
  return Array.from({ length: count }, (_, k) => {
    const at = Math.sin(12.9898 * (k + 1) + 78.233 * seed) * 43758.5453;
    return 4 * (at - Math.floor(at)) - 2;
  });
}

/** The Jacobian of some arrays of outputs. */
export const JACOBIAN: Partial<Evidence> = { kind: 'jacobian', claim: 'vjp' };

/** The Hessian. */
export const HESSIAN: Partial<Evidence> = { kind: 'hessian', claim: 'hvp' };
