/** The report on what one role claims: by blocks of one array of the outputs by one parameter, with the offenders of each output. */

import type { ParameterEvidence } from '../measurement.js';
import type { Role } from '../../model/vector-model.js';
import { unravel } from '../../model/array/shape.js';
import type { Frame } from '../../model/subject/subject.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import type { Derivative, ParameterReport, Report } from '../../report.js';
import { blocksOf } from './blocks.js';
import { conclude, type Findings } from '../report/build-report.js';
import { brokenNames } from './linearity.js';
import type { Settings } from '../settings.js';

/** The report on one role, and the evidence of its parameters, in their order. */
export interface Told {
  readonly report: Report;
  readonly evidence: readonly ParameterEvidence[];
}

/** What was found out about a role. */
export type Found = Required<Omit<Findings, 'groups' | 'stopped' | 'kind' | 'claim'>> &
  Pick<Findings, 'stopped'>;

/**
 * @param found the judgement of each output by each parameter that has entries due
 * @param measured the parameters and outputs that were measured, where not the function's own
 */
export function told(
  subject: VectorSubject,
  settings: Settings,
  role: Role,
  found: Found,
  { frame, outputs }: { readonly frame: Frame; readonly outputs: VectorSubject['outputs'] } = {
    frame: subject,
    outputs: subject.outputs,
  },
): Told {
  const derivative = subject.names.roles[role] as Derivative;
  const blocks = blocksOf(frame, outputs, settings, found.judgement);
  const places = outputs.flatMap(({ name, shape, count }) =>
    Array.from({ length: count }, (_, m) => ({ output: name, outputIndex: unravel(m, shape), derivative })),
  );
  const report = conclude(subject, settings, {
    ...found,
    kind: subject.names.kind,
    claim: derivative,
    judgement: {
      ...found.judgement,
      parameters: blocks.map(({ evidence, output, due }) => ({
        ...evidence,
        due: { ...evidence.due, parameter: frame.due[due]!.parameter },
        axes: {
          rows: outputs === subject.outputs ? { ...outputs[output]!, from: 0 } : undefined,
          columns:
            frame === subject
              ? { ...frame.parameters[frame.due[due]!.parameter]!, from: frame.due[due]!.from }
              : undefined,
        },
        ...(outputs.length === 1 ? {} : { output: outputs[output]!.name }),
      })),
    },
    followUp: {
      sharers: blocks.map(({ due }) => found.followUp.sharers[due]!),
      frozen: blocks.map(({ due }) => found.followUp.frozen[due]!),
    },
    groups: {
      all: found.judgement.parameters,
      about: (k) => places[Math.floor(k / frame.due.length)]!,
    },
  });
  const broken = brokenNames(found.contradictions);
  const parameters = report.parameters.map((parameter, b): ParameterReport => {
    const { output, due } = blocks[b]!;
    const { name, shape, count } = outputs[output]!;
    const own = frame.parameters[frame.due[due]!.parameter]!;
    const isBroken = broken.has(role === 'jvp' ? name : own.name);
    return {
      ...parameter,
      output: name,
      derivative,
      shape: [...shape, ...own.shape],
      count: count * own.count,
      verdict: isBroken ? 'wrong' : parameter.verdict,
    };
  });
  const evidence = blocks.map((block) => block.evidence);
  return { report: { ...report, parameters, evaluations: subject.calls }, evidence };
}
