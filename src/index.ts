/**
 * expect-gradients: `checkGradients`, `checkJacobian` and `checkHessian` give a report, `formatReport` and `jsonOf` write it down, `matchers`
 * ask it of a test. Imports no runner.
 */

export { checkGradients, type Checked, type ReportOf, type Synchrony } from './api/check-gradients.js';
export { checkHessian, checkJacobian } from './api/check-jacobian.js';
export { compareGradients } from './api/compare-gradients.js';
export { checkSizes, type MadeModel } from './api/check-sizes.js';
export type { GradientCheckDefaults } from './check/defaults.js';
export type { GradientCheckOptions, Progress } from './check/options.js';
export { UsageError } from './errors.js';
export { configureGradientChecks } from './matchers/configure.js';
export { failUnawaited } from './matchers/awaited.js';
export type {
  EndOfTest,
  GradientMatcher,
  MatcherContext,
  MatcherResult,
  MatcherUtils,
  ReferenceMatcher,
  TestInfo,
  VitestTask,
} from './matchers/context.js';
export * as matchers from './matchers/matchers.js';
export type {
  AsymmetricGradientMatcher,
  AsymmetricGradientMatchers,
  CheckOf,
  GradientCheckArguments,
  GradientMatcherOptions,
  GradientMatchers,
  GradientModel,
  GradientSizesOptions,
  GradientTaskMeta,
  HessianModel,
  JacobianModel,
  KnownModel,
  MadeBy,
  MatcherReturn,
  ModelFunction,
  SizesCheckOf,
} from './matchers/types.js';
export type {
  AnyModel,
  Claim,
  ClaimOf,
  Displacement,
  GradientName,
  Gradients,
  GradientsOf,
  HasGradients,
  Loose,
  Model,
  NamedModel,
  PlainModel,
  RecordOfGradients,
  ValueNames,
} from './model/gradient-model.js';
export type { CurvedModel, Matrix, Outputs, VectorModel } from './model/vector-model.js';
export { type FormatOptions, formatReport, type Palette } from './render/format-report.js';
export {
  type BriefReport,
  type Json,
  type JsonNumber,
  jsonOf,
  type JsonReport,
  type JsonSizesReport,
} from './render/json.js';
export type { Tone } from './render/lines.js';
export type {
  BlindSpot,
  Calls,
  Configured,
  Derivative,
  Finding,
  FindingCode,
  FindingEvidence,
  FindingOf,
  GradientReport,
  JacobianReport,
  Kind,
  Method,
  Offender,
  ParameterReport,
  PenaltyEvidence,
  Points,
  Report,
  Shard,
  StepDifference,
  Stop,
  Verdict,
  Weakness,
} from './report.js';
export type { LimitEvidence } from './limit-evidence.js';
export type { Sizes, SizesCase, SizesOf, SizesReport } from './sizes-report.js';
