/** expect-gradients: `checkGradients` finds out, `formatReport` says it, `matchers` ask it of a test. Imports no runner. */

export type { GradientCheckOptions, Progress } from './check/options.js';
export * as matchers from './matchers/index.js';
export type { GradientMatcherOptions, GradientTaskMeta } from './matchers/types.js';
export type { Displacement, Gradients, Model, PlainModel } from './model/model.js';
export { failUnawaited } from './matchers/awaited.js';
export { formatReport } from './render/format-report.js';
export type { BriefReport, JsonNumber, JsonReport } from './render/json.js';
export type {
  Finding,
  FindingCode,
  GradientReport,
  Method,
  Offender,
  ParameterReport,
  Shard,
  Stop,
  Verdict,
} from './report.js';
export { checkGradients, type Checked } from './terminal/check-gradients.js';
