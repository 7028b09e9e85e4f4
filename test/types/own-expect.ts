/** An `expect` of one's own, and matchers on top of these, typed by what the root exports alone. */

import {
  type AsymmetricGradientMatchers,
  checkGradients,
  checkJacobian,
  type FormatOptions,
  formatReport,
  type GradientMatcher,
  type GradientMatcherOptions,
  type GradientMatchers,
  type GradientReport,
  type JacobianReport,
  type JsonReport,
  jsonOf,
  type Kind,
  type MatcherContext,
  type MatcherResult,
  matchers,
  type Offender,
  type Palette,
  type ParameterReport,
  type Report,
  UsageError,
} from 'expect-gradients';
import { asyncLayer, asyncLoss, isExactly, layer, model } from './models.js';

/** Assertions that only say which ones there are. */
interface OwnAssertions<T> extends GradientMatchers<'asserted', T> {
  readonly not: GradientMatchers<'asserted', T>;
}

interface OwnExpect extends AsymmetricGradientMatchers<symbol> {
  <T>(received: T): OwnAssertions<T>;
  extend(added: Readonly<Record<string, GradientMatcher>>): void;
}

declare const expect: OwnExpect;
expect.extend(matchers);

isExactly<'asserted'>()(expect(model).toHaveCorrectGradients());
isExactly<'asserted'>()(expect(model).not.toHaveCorrectGradients(1e-7, 1e-7));
isExactly<'asserted'>()(expect(layer).toHaveCorrectJacobian({ artifacts: 'gradients' }));
isExactly<Promise<void>>()(expect(asyncLoss).toHaveCorrectGradients());
isExactly<Promise<void>>()(expect(asyncLayer).not.toHaveCorrectJacobian());
isExactly<symbol>()(expect.toHaveCorrectHessian({ worst: 3 }));
// @ts-expect-error an unknown option
expect(model).toHaveCorrectGradients({ epsilom: 1e-7 });

/** A matcher on top of one of these. */
function toBeALayer(
  this: MatcherContext,
  received: unknown,
  options?: GradientMatcherOptions,
): MatcherResult | Promise<MatcherResult> {
  return matchers.toHaveCorrectJacobian.call(this, received, { ...options, only: 'W' });
}
isExactly<MatcherResult | Promise<MatcherResult>>()(toBeALayer.call({ isNot: true }, layer));

/** Reports as text and JSON. */
const palette: Palette = { expected: (text) => `<${text}>`, dim: undefined };
const format: FormatOptions = { palette, negated: undefined };
const report: Report = checkGradients(model);
isExactly<string>()(formatReport(report, format));
const json: JsonReport = jsonOf(report);
isExactly<1>()(json.schema);
isExactly<number | 'NaN' | 'Infinity' | '-Infinity'>()(json.difference);
isExactly<Kind>()(report.kind);
isExactly<'gradients'>()(checkGradients(model).kind);
isExactly<'jacobian' | 'hessian'>()(checkJacobian(layer).kind);

/** A report narrows by its kind. */
declare const either: GradientReport | JacobianReport;
if (either.kind === 'gradients') isExactly<number>()(either.evaluations.loss);
else isExactly<'vjp' | 'jvp' | 'jacobian' | 'hessian' | 'hvp' | undefined>()(either.derivatives[0]);

declare const offender: Offender;
isExactly<readonly [low: number, high: number] | undefined>()(offender.subgradient);
declare const parameter: ParameterReport;
isExactly<{ readonly min: number; readonly max: number } | undefined>()(parameter.step);
// @ts-expect-error absent where nothing was taken
isExactly<number>()(parameter.step.min);

/** An error of use is told by its code. */
declare const error: unknown;
if (error instanceof UsageError) error.code satisfies 'ERR_EXPECT_GRADIENTS_USAGE';

/** Every option may be undefined, which is as good as leaving it out. */
declare const sometimes: boolean;
const options: GradientMatcherOptions = {
  epsilon: sometimes ? 1e-6 : undefined,
  tolerance: sometimes ? 1e-6 : undefined,
  method: sometimes ? 'directional' : undefined,
  only: sometimes ? 'W' : undefined,
  except: sometimes ? ['b'] : undefined,
  shard: sometimes ? '1/2' : undefined,
  kinks: sometimes ? 'reject' : undefined,
  seed: sometimes ? 7 : undefined,
  worst: sometimes ? 7 : undefined,
  maxEvaluations: sometimes ? 100 : undefined,
  timeLimit: sometimes ? 100 : undefined,
  onProgress: sometimes ? () => undefined : undefined,
  artifacts: sometimes ? 'gradients' : undefined,
};
isExactly<'asserted'>()(expect(model).toHaveCorrectGradients(options));
isExactly<'asserted'>()(expect(model).toHaveCorrectGradients(sometimes ? options : undefined));
