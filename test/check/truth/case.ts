/**
 * A case: a model, and the verdicts that the rules of the design allow for its claim, whatever the checker thinks; and a report -> what it makes of it.
 * Allowed verdicts, best first: where the first alone is there, it is demanded.
 */
import type { GradientCheckOptions, GradientReport, Model, Verdict } from 'expect-gradients';

export interface TruthCase {
  readonly kind: string;
  readonly name: string;
  readonly model: () => Model;
  readonly options?: GradientCheckOptions;
  readonly right: readonly Verdict[];
  /** A code that must be among the findings where the verdict is the best of those allowed. */
  readonly finding?: string;
  /** A code that must not be there, whatever the verdict. */
  readonly noFinding?: string;
  /** The only parameters that may be called wrong, one of which must be where the verdict is `wrong`. */
  readonly wrongIn?: readonly string[];
}

export const CORRECT: readonly Verdict[] = ['correct'];
export const WRONG: readonly Verdict[] = ['wrong'];
export const UNSURE: readonly Verdict[] = ['inconclusive'];
/** Where less than a digit is known, or may not be: the other verdict is what is excluded. */
export const NOT_WRONG: readonly Verdict[] = ['correct', 'inconclusive'];
export const NOT_CORRECT: readonly Verdict[] = ['wrong', 'inconclusive'];
/** Where a derivative does not exist: `wrong` is as true as `inconclusive`. */
export const UNSURE_OR_WRONG: readonly Verdict[] = ['inconclusive', 'wrong'];

export type Outcome =
  | 'right'
  | 'false alarm'
  | 'silent pass'
  | 'inconclusive'
  | 'missing finding'
  | 'unwanted finding'
  | 'misplaced';

/** What is to be said of a report, worst first. */
export function outcomeOf(
  truth: TruthCase,
  { verdict, findings, parameters }: Pick<GradientReport, 'verdict' | 'findings' | 'parameters'>,
): Outcome {
  const { right, wrongIn, finding, noFinding } = truth;
  if (!right.includes(verdict))
    return verdict === 'wrong' ? 'false alarm' : verdict === 'correct' ? 'silent pass' : 'inconclusive';
  const wrong = parameters.filter((parameter) => parameter.verdict === 'wrong').map(({ name }) => name);
  if (wrongIn !== undefined && verdict === 'wrong')
    if (wrong.some((name) => !wrongIn.includes(name)) || !wrongIn.some((name) => wrong.includes(name)))
      return 'misplaced';
  const codes = new Set(findings.map(({ code }) => code as string));
  if (finding !== undefined && verdict === right[0] && !codes.has(finding)) return 'missing finding';
  if (noFinding !== undefined && codes.has(noFinding)) return 'unwanted finding';
  return 'right';
}

type More = Partial<Pick<TruthCase, 'options' | 'finding' | 'noFinding'>> & {
  readonly wrongIn?: string | readonly string[];
};

/** Collects the cases of one kind. */
export class Kind {
  readonly kind: string;
  readonly cases: TruthCase[] = [];

  constructor(kind: string) {
    this.kind = kind;
  }

  add(name: string, model: () => Model, right: readonly Verdict[], more: More = {}): void {
    const { wrongIn, ...rest } = more;
    this.cases.push({
      kind: this.kind,
      name,
      model,
      right,
      ...rest,
      ...(wrongIn === undefined ? {} : { wrongIn: typeof wrongIn === 'string' ? [wrongIn] : wrongIn }),
    });
  }
}
