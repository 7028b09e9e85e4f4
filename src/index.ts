/** expect-gradients: `checkGradients`, `checkJacobian` and `checkHessian` find out, `formatReport` says it, `matchers` ask it of a test. Imports no runner. */

export type { GradientCheckOptions, Progress } from './check/options.js';
export * as matchers from './matchers/matchers.js';
export type { GradientMatcherOptions, GradientTaskMeta } from './matchers/types.js';
export type {
  AnyModel,
  Displacement,
  GradientName,
  Gradients,
  GradientsOf,
  Model,
  PlainModel,
} from './model/gradient-model.js';
export type { CurvedModel, Matrix, Outputs, VectorModel } from './model/vector-model.js';
export { failUnawaited } from './matchers/awaited.js';
export { formatReport } from './render/format-report.js';
export type { BriefReport, JsonNumber, JsonReport } from './render/json.js';
export type {
  Calls,
  Derivative,
  Finding,
  FindingCode,
  GradientReport,
  JacobianReport,
  Method,
  Offender,
  ParameterReport,
  Report,
  Shard,
  Stop,
  Verdict,
} from './report.js';
export { checkGradients, type Checked } from './api/check-gradients.js';
export { checkHessian, checkJacobian } from './api/check-jacobian.js';
