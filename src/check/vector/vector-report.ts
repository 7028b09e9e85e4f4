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
  const isEach = frame === subject;
  const parameters = report.parameters.map((parameter, b): ParameterReport => {
    const { output, due, evidence } = blocks[b]!;
    const { name } = outputs[output]!;
    const isBroken = broken.has(role === 'jvp' ? name : parameter.name);
    const matrix = matrixOf(outputs === subject.outputs ? [outputs[output]!] : subject.outputs, subject, due);
    const rows = new Set(evidence.wrong.map((i) => Math.floor(i / frame.due[due]!.count))).size;
    // One entry that is wrong shows along each tangent, and in each sum of the outputs.
    const wrong = outputs === subject.outputs ? rows : Math.min(1, rows);
    return {
      ...(isEach ? { ...parameter, ...matrix, due: parameter.due } : byEntries(parameter, matrix, wrong)),
      output: name,
      derivative,
      verdict: isBroken ? 'wrong' : parameter.verdict,
    };
  });
  const evidence = blocks.map((block): ParameterEvidence =>
    isEach ? block.evidence : { ...block.evidence, along: 'tangents' },
  );
  return { report: { ...report, parameters, evaluations: subject.calls }, evidence };
}

/** The derivatives of some outputs by a parameter: their shape, how many there are, and how many of them are due. */
export type MatrixSize = Pick<ParameterReport, 'shape' | 'count' | 'due'>;

/** @param due place of the parameter among those with entries that are due */
export function matrixOf(outputs: VectorSubject['outputs'], subject: VectorSubject, due: number): MatrixSize {
  const { parameter, count } = subject.due[due]!;
  const own = subject.parameters[parameter]!;
  const rows = outputs.reduce((sum, output) => sum + output.count, 0);
  const shape = outputs.length === 1 ? outputs[0]!.shape : [rows];
  return { shape: [...shape, ...own.shape], count: rows * own.count, due: rows * count };
}

/**
 * The report on the entries of a matrix, from one on fewer numbers that stand for them: those of a sum of outputs, or derivatives along
 * tangents.
 * @param wrong how many entries are wrong at least, where any number is
 */
export function byEntries(parameter: ParameterReport, matrix: MatrixSize, wrong: number): ParameterReport {
  const checked = Math.floor((parameter.checked * matrix.due) / parameter.due);
  if (parameter.wrong === 0) return { ...parameter, ...matrix, checked };
  return { ...parameter, ...matrix, checked, wrong, wrongIs: 'at least' };
}
