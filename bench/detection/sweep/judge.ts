/** One case of the sweep: a right model, and the same with faults, each put to every checker. */

import type { GradientReport } from '../../../src/index.js';
import { seedFor } from '../../../src/numerics/random.js';
import { Draws } from '../draws.js';
import type { Arrays } from '../models/model.js';
import type { Checker } from './checkers.js';
import { oneEntry } from './faults.js';
import { between, type Fault, faultsOf, knownOf, spoiled, statesOf } from './planting.js';
import { type Case, drawCase, type Drawn, nameOf } from './sweep-cases.js';

export type Kind = 'right' | 'entry' | 'limit' | 'structured';

/** What one checker said of one claim. */
export interface Outcome {
  readonly checker: string;
  readonly name: string;
  readonly architecture: string;
  readonly regime: string;
  readonly precision: string;
  readonly kind: Kind;
  readonly fault: string;
  readonly entries: number;
  readonly losses: number;
  readonly verdict: GradientReport['verdict'] | 'error';
  /** Whether no parameter's right claim is noise. */
  readonly clear: boolean;
  /** Whether, by what was printed, the error is above twice (resolution + tolerance) in some parameter. */
  readonly above: boolean;
  /** Whether the entry, or the parameter, that is put first is another than the wrong one. */
  readonly misplaced: boolean;
}

export interface Judged {
  readonly outcome: Outcome;
  readonly details: Details;
}

/** What is needed to see why. */
export interface Details {
  readonly difference: number;
  readonly resolution: number;
  readonly tolerance: number;
  /** (2) between the wrong claim and the right one, the largest of all parameters. */
  readonly size: number;
  readonly error?: string;
  readonly findings: readonly string[];
  readonly parameters: readonly Row[];
}

export interface Row {
  readonly name: string;
  readonly count: number;
  readonly verdict: string;
  readonly difference: number;
  readonly resolution: number;
  readonly claimNorm: number;
  readonly numericNorm: number;
  /** The right claim's distance from the gradient in doubles, in the unit of `difference`. */
  readonly claimError: number;
  readonly wrong: boolean;
}

/** A fault of this size, in units of what the report of the right model says can be seen, has to be found. */
const LIMIT = 2.2;

const FAILED: Pick<GradientReport, 'difference' | 'resolution' | 'tolerance' | 'findings' | 'parameters'> = {
  difference: Number.NaN,
  resolution: Number.NaN,
  tolerance: Number.NaN,
  findings: [],
  parameters: [],
};

export function judge(one: Case, seed: number, checkers: readonly Checker[]): Judged[] {
  const drawn = drawCase(one, seed);
  const faults = faultsOf(drawn, one);
  return checkers.flatMap((checker) => {
    const right = ask(checker, one, drawn);
    const limit = limitOf({ subject: drawn.subject, draws: new Draws(seedFor(nameOf(one), seed)) }, right);
    const wrong = [...faults, ...limit].map((fault) => ask(checker, one, drawn, fault));
    // Where the right model is called wrong, what is put first says nothing.
    if (right.outcome.verdict !== 'wrong') return [right, ...wrong];
    return [right, ...wrong.map((own) => ({ ...own, outcome: { ...own.outcome, misplaced: false } }))];
  });
}

type Asked = Omit<Fault, 'kind'> & { readonly kind: Kind };

/** One entry of a known parameter, off by LIMIT times what can be seen. */
function limitOf({ subject, draws }: Drawn, { outcome: { verdict }, details }: Judged): Asked[] {
  const claim = subject.gradients();
  const rows = details.parameters.filter(({ name }) => knownOf(subject, claim).includes(name));
  if (verdict === 'error' || verdict === 'wrong' || rows.length === 0) return [];
  const { name, resolution } = draws.pick(rows);
  // (2) is half of the share for small errors.
  const size = 2 * LIMIT * (resolution + details.tolerance);
  if (!(size < 1 / 2)) return [];
  const growth = draws.pick(['constant', 'in proportion'] as const);
  const planted = oneEntry({ subject, claim, known: [name], draws }, name, 2 * size, growth);
  return planted === undefined ? [] : [{ ...planted, kind: 'limit', name: `at the limit, ${growth}`, size }];
}

function ask(checker: Checker, one: Case, { subject }: Drawn, fault?: Asked): Judged {
  const gradients = fault === undefined ? subject.gradients : spoiled(subject, fault);
  let losses = 0;
  const loss = (): number => {
    losses += 1;
    return subject.loss();
  };
  const { method } = one.regime;
  let report: GradientReport | undefined;
  let error: string | undefined;
  try {
    report = checker.check(
      { parameters: subject.parameters, loss, gradients },
      method === undefined ? { method: 'exhaustive' } : { method },
    );
  } catch (thrown) {
    error = String(thrown);
  }
  const { difference, resolution, tolerance, findings, parameters } = report ?? FAILED;
  const [right, wrong, truth] = [subject.gradients(), gradients(), subject.twin.gradients(0)];
  const sizeOf = (name: string): number => between(right[name]!, wrong[name]!);
  const outcome: Outcome = {
    checker: checker.name,
    name: nameOf(one),
    architecture: one.architecture,
    regime: one.regime.name,
    precision: one.precision.name,
    kind: fault?.kind ?? 'right',
    fault: fault?.name ?? 'none',
    entries: entriesOf(subject.parameters),
    losses,
    verdict: report?.verdict ?? 'error',
    clear: !Object.values(statesOf(subject, right)).includes('noise'),
    above: parameters.some((p) => sizeOf(p.name) > 2 * (p.resolution + tolerance)),
    misplaced: report?.verdict === 'wrong' && fault !== undefined && isMisplaced(report, fault),
  };
  const details: Details = {
    difference,
    resolution,
    tolerance,
    size: fault?.size ?? 0,
    ...(error === undefined ? {} : { error }),
    findings: findings.map(({ code, parameter }) => [code, parameter].filter(Boolean).join(' ')),
    parameters: parameters.map((p) => ({
      name: p.name,
      count: p.count,
      verdict: p.verdict,
      difference: p.difference,
      resolution: p.resolution,
      claimNorm: p.analyticNorm,
      numericNorm: p.numericNorm,
      claimError: between(right[p.name]!, truth[p.name]!),
      wrong: fault?.parameters.includes(p.name) ?? false,
    })),
  };
  return { outcome, details };
}

function isMisplaced({ offenders: [first] }: GradientReport, { place, parameters }: Asked): boolean {
  if (first === undefined) return true;
  if (place === undefined) return !parameters.includes(first.parameter);
  return first.parameter !== place.parameter || first.index[0] !== place.entry;
}

const entriesOf = (arrays: Arrays): number =>
  Object.values(arrays).reduce((total, { length }) => total + length, 0);
