import { checkGradients, formatReport, type GradientReport } from 'expect-gradients';

/** What came of a check, in short: of a misuse its message, else the verdict with the names of the parameters. */
export interface Outcome {
  readonly verdict: string;
  /** The parameters, and those of them that are wrong. */
  readonly names?: readonly string[];
  readonly wrong?: readonly string[];
  readonly ignored?: readonly string[];
}

const check = checkGradients as (model: unknown, options?: unknown) => GradientReport;

/** The outcome of a check, and all that it says. */
export function checked(model: unknown, options?: unknown): Outcome & { readonly message: string } {
  try {
    const report = check(model, options);
    const names = report.parameters.map(({ name }) => name);
    const wrong = report.parameters.filter(({ verdict }) => verdict === 'wrong').map(({ name }) => name);
    const message = formatReport(report).replaceAll(/\s+/g, ' ');
    return { verdict: report.verdict, names, wrong, ignored: report.ignored, message };
  } catch (error) {
    return { verdict: (error as Error).name, message: (error as Error).message };
  }
}

/** The outcome of a check without what it says. */
export function outcomeOf(model: unknown, options?: unknown): Outcome {
  const { message: _, ...outcome } = checked(model, options);
  return outcome;
}

/** A right check of these parameters. */
export const right = (...names: readonly string[]): Outcome => ({
  verdict: 'correct',
  names,
  wrong: [],
  ignored: [],
});

/** A check that finds one of these parameters wrong, the last unless it is named. */
export const wrongIn = (names: readonly string[], ...wrong: readonly string[]): Outcome => ({
  verdict: 'wrong',
  names,
  wrong: wrong.length === 0 ? names.slice(-1) : wrong,
  ignored: [],
});
