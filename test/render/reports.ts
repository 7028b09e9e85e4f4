/** Reports as a check could have made them, for what is said of them. */

import type { Finding, GradientReport, JacobianReport, Offender, ParameterReport } from 'expect-gradients';

/** A matrix of 2 × 3 that is correct. */
export const parameter = (name: string, more: Partial<ParameterReport> = {}): ParameterReport => ({
  name,
  shape: [2, 3],
  count: 6,
  due: more.count ?? 6,
  checked: 6,
  wrong: 0,
  verdict: 'correct',
  difference: 1.25e-10,
  resolution: 3e-10,
  analyticNorm: 1,
  numericNorm: 1,
  step: { min: 1e-6, max: 2e-6 },
  ...more,
});

/** An entry that is claimed to be 2 and is 1. */
export const offender = (
  parameterName: string,
  index: readonly number[],
  more: Partial<Offender> = {},
): Offender => ({
  parameter: parameterName,
  index,
  analytic: 2,
  numeric: 1,
  uncertainty: 1e-9,
  difference: 1 / 3,
  verdict: 'wrong',
  ...more,
});

export const finding = (
  code: Finding['code'],
  more: { parameter?: string; title?: string; advice?: string } = {},
) => ({ code, evidence: {}, title: 'A title.', advice: 'An advice.', ...more }) as unknown as Finding;

export const report = (more: Partial<GradientReport> = {}): GradientReport => ({
  schema: 1,
  kind: 'gradients',
  verdict: 'correct',
  points: { checked: 1, skipped: 0 },
  blindSpots: [],
  difference: 1.25e-10,
  tolerance: 1e-7,
  resolution: 3e-10,
  method: 'exhaustive',
  seed: 1,
  evaluations: { loss: 12345, gradients: 2 },
  parameters: [parameter('W1')],
  ignored: [],
  offenders: [],
  findings: [],
  ...more,
});

/** A report on a Jacobian of one array of outputs. */
export const jacobian = (more: Partial<JacobianReport> = {}): JacobianReport => ({
  ...report(),
  kind: 'jacobian',
  derivatives: ['vjp'],
  evaluations: { outputs: 30, vjp: 4 },
  parameters: [parameter('W', { output: 'y', derivative: 'vjp' })],
  ...more,
});

/** Parts with a mistake in one entry. */
export const wrong = { verdict: 'wrong', wrong: 1, difference: 0.5 } as const;
