/**
 * A table of cases: a model, the options, and the verdict that is right whatever the checker thinks. Expected verdicts come from
 * calculus; where the derivative is not obvious, the case derives it.
 */

import {
  checkGradients,
  type Finding,
  type FindingCode,
  type GradientCheckOptions,
  type GradientReport,
  type Model,
  type Verdict,
} from 'expect-gradients';
import { describe, expect, test } from 'vitest';

type Numbers = number[] | Float32Array | Float64Array;
type Loss = (...x: number[]) => number;
type Slope = (...x: number[]) => ArrayLike<number>;

/** A loss of a few numbers with the gradient that is claimed for it. */
export type Flat = Model<{ x: Numbers }>;

/** A model whose loss and gradient take the entries as arguments. */
export const of = (x: Numbers, loss: Loss, slope: Slope): Flat => ({
  parameters: { x },
  loss: () => loss(...x),
  gradients: () => ({ x: Array.from(slope(...x)) }),
});

/** Σ f(xᵢ), with the slope of f. */
export const each = (x: Numbers, f: (v: number) => number, slope: (v: number) => number): Flat =>
  of(
    x,
    (...values) => values.reduce((sum, v) => sum + f(v), 0),
    (...values) => values.map(slope),
  );

/** The same model, with another claim for one entry. */
export const claiming = (model: Flat, entry: number, claim: (right: number) => number): Flat => ({
  ...model,
  gradients(parameters) {
    const { x } = model.gradients(parameters) as { x: number[] };
    return { x: x.map((right, i) => (i === entry ? claim(right) : right)) };
  },
});

export interface Case {
  readonly name: string;
  readonly model: Model;
  readonly options: GradientCheckOptions;
  readonly verdict: Verdict;
  /** Name and index of the entry that must come first among the offenders; of the index as much as is certain. */
  readonly place?: readonly [parameter: string, ...index: number[]];
  /** The first finding. */
  readonly code?: FindingCode;
  /** Whether an error planted into each entry must be found. */
  readonly control?: boolean;
  /** Why the checker's verdict is not this one yet. */
  readonly todo?: string;
}

type More = Partial<Pick<Case, 'options' | 'code' | 'todo' | 'control'>>;

/** A right gradient, which must pass; 5 % more or less in any entry must not (`control: false`: not asked). */
export const right = (name: string, model: Model, more: More = {}): Case => ({
  name,
  model,
  options: {},
  verdict: 'correct',
  control: true,
  ...more,
});

/** A wrong gradient, and where it is wrong worst. */
export const wrong = (
  name: string,
  model: Model,
  place: NonNullable<Case['place']>,
  more: More = {},
): Case => ({ name, model, options: {}, verdict: 'wrong', place, ...more });

/** What can't be told, and why. */
export const unsure = (name: string, model: Model, code?: FindingCode, more: More = {}): Case => ({
  name,
  model,
  options: {},
  verdict: 'inconclusive',
  ...(code === undefined ? {} : { code }),
  ...more,
});

/** Makes a test of each case. */
export function tabulate(theme: string, cases: readonly Case[]): void {
  describe(`${theme}:`, () => {
    for (const entry of cases)
      (entry.todo === undefined ? test : test.fails)(`${entry.name}: ${entry.verdict}`, () =>
        expectOf(entry),
      );
  });
}

/** Many claims are numbers that are right at one point only. */
const AT_ONE_POINT = { points: 1 };

function expectOf({ model, options, verdict, place, code, control }: Case): void {
  const report = checkGradients(model, { ...AT_ONE_POINT, ...options }) as GradientReport;
  expect(verdictAndPlace(report, place?.length)).toEqual([verdict, place]);
  if (code !== undefined) expect(report.findings[0]?.code).toBe(code);
  if (verdict === 'correct') expect(report.offenders).toEqual([]);
  expect(
    report.findings.filter(({ code: kind, evidence }) => kind !== 'non-finite-loss' && !isMeasured(evidence)),
  ).toEqual([]);
  if (control !== true) return;
  const planted = spoiled(model);
  const reports = planted.map(
    (other) => checkGradients(other, { ...AT_ONE_POINT, ...options }) as GradientReport,
  );
  expect(reports.map((other) => verdictAndPlace(other))).toEqual(
    planted.map((_, entry) => ['wrong', ['x', entry]]),
  );
}

/** Whether evidence is numbers that were measured; a loss that is not finite is itself the evidence. */
function isMeasured(evidence: Finding['evidence']): boolean {
  const numbers = Object.values(evidence);
  return numbers.length > 0 && numbers.every(Number.isFinite);
}

function verdictAndPlace(
  { verdict, offenders: [worst] }: GradientReport,
  depth?: number,
): [Verdict, Case['place']] {
  if (worst === undefined || verdict !== 'wrong') return [verdict, undefined];
  return [verdict, [worst.parameter, ...worst.index.slice(0, depth === undefined ? undefined : depth - 1)]];
}

const PLANTED = 0.05;
/** Entries of one model into which errors are planted. */
const MOST_PLANTED = 6;

/** Models with an error in one entry, of 5 % of its own size or of the root mean square where that is larger. */
function spoiled(model: Model): Flat[] {
  if (!isFlat(model)) return [];
  const { x } = model.gradients(model.parameters) as { x: number[] };
  const largest = Math.max(...x.map(Math.abs));
  if (largest === 0 || !Number.isFinite(largest)) return [];
  const typical = (Math.hypot(...x.map((g) => g / largest)) / Math.sqrt(x.length)) * largest;
  return x.slice(0, MOST_PLANTED).map((g, i) => {
    const error = PLANTED * Math.max(Math.abs(g), typical);
    return claiming(model, i, () => (i % 2 === 0 ? g + error : g - error));
  });
}

function isFlat(model: Model): model is Flat {
  const { parameters } = model as Partial<Model<{ x?: unknown }>>;
  return Array.isArray(parameters?.x) || ArrayBuffer.isView(parameters?.x);
}
