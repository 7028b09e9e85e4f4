/** What was found of one role → its report: by blocks of one array of the outputs by one parameter, with the offenders of each output. */

import { ravel, unravel } from '../../model/array/shape.js';
import type { Frame } from '../../model/subject/subject.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import type { Role } from '../../model/vector-model.js';
import type { Derivative, Offender, ParameterReport, Report } from '../../report.js';
import type { ParameterEvidence } from '../measurement.js';
import { conclude, type Findings } from '../report/build-report.js';
import { type Block, blocksOf } from './blocks.js';
import { brokenNames } from './linearity.js';
import type { VectorTask } from './scalarization.js';

/** The report on one role, and the evidence of its parameters, in their order. */
export interface RoleReport {
  readonly report: Report;
  readonly evidence: readonly ParameterEvidence[];
}

/** What was found out about a role. */
export type Found = Required<Omit<Findings, 'groups' | 'stopped' | 'kind' | 'claim'>> &
  Pick<Findings, 'stopped'>;

/** What was measured: by which parameters, and which arrays the rows make up. */
export interface Layout {
  readonly frame: Frame;
  /** The function's own outputs, or what stands in their place. */
  readonly outputs: readonly Pick<VectorSubject['outputs'][number], 'name' | 'shape' | 'count'>[];
}

/** Sums of the outputs in their place, which have no places among these. */
export function sumsOf({ outputs }: VectorSubject, count: number): Layout['outputs'] {
  const name = outputs.length === 1 ? outputs[0]!.name : 'outputs';
  return [{ name, shape: count === 1 ? [] : [count], count }];
}

/** @param found the judgement of each row by each parameter that has entries due */
export function reportOf(
  { subject, settings }: Pick<VectorTask, 'subject' | 'settings'>,
  role: Role,
  found: Found,
  { frame, outputs }: Layout,
): RoleReport {
  const derivative = subject.names.roles[role] as Derivative;
  const isOwn = outputs === subject.outputs;
  // What is told of a sum of the outputs is told of each parameter as of a loss.
  const blocks =
    isOwn || frame !== subject
      ? blocksOf(frame.due.length, outputs, found.judgement)
      : found.judgement.parameters.map((evidence, due) => ({ evidence, output: 0, due }));
  const places = outputs.flatMap(({ name, shape, count }) =>
    Array.from({ length: count }, (_, m) => (isOwn ? { output: name, outputIndex: unravel(m, shape) } : {})),
  );
  const report = conclude(subject, settings, {
    ...found,
    kind: subject.names.kind,
    claim: derivative,
    judgement: {
      ...found.judgement,
      parameters: blocks.map((block) => evidenceOf(block, subject, { frame, outputs })),
    },
    followUp: {
      sharers: blocks.map(({ due }) => found.followUp.sharers[due]!),
      frozen: blocks.map(({ due }) => found.followUp.frozen[due]!),
    },
    groups: {
      all: found.judgement.parameters,
      about: (k) => ({ ...places[Math.floor(k / frame.due.length)]!, derivative }),
    },
  });
  const broken = brokenNames(found.contradictions);
  const parameters = report.parameters.map((parameter, b): ParameterReport => {
    const { output, due } = blocks[b]!;
    const { name, shape, count } = outputs[output]!;
    const own = subject.parameters[subject.due[due]!.parameter]!;
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

/** The evidence of a block, for the diagnoses: where it is of outputs by entries, with their names. */
function evidenceOf(
  { evidence, output, due }: Block,
  subject: VectorSubject,
  { frame, outputs }: Layout,
): ParameterEvidence {
  const { parameter, from } = frame.due[due]!;
  const isOwn = outputs === subject.outputs;
  if (!isOwn && frame === subject) return evidence;
  const rows = isOwn ? { ...outputs[output]!, from: 0 } : undefined;
  const columns = frame === subject ? { ...frame.parameters[parameter]!, from } : undefined;
  return {
    ...evidence,
    due: { ...evidence.due, parameter },
    axes: { rows, columns },
    ...(outputs.length === 1 ? {} : { output: outputs[output]!.name }),
  };
}

/** The m-th output by its array and index. */
export function outputPlace(
  { outputs }: VectorSubject,
  m: number,
): Required<Pick<Offender, 'output' | 'outputIndex'>> {
  let before = 0;
  for (const { name, shape, count } of outputs) {
    if (m < before + count) return { output: name, outputIndex: unravel(m - before, shape) };
    before += count;
  }
  throw new RangeError(`there is no output ${m}`);
}

/** The place among the flattened outputs of one by its array and index. */
export function flatPlace({ outputs }: VectorSubject, { output, outputIndex }: Offender): number {
  let before = 0;
  for (const { name, shape, count } of outputs) {
    if (name === output) return before + ravel(outputIndex!, shape);
    before += count;
  }
  throw new RangeError(`there is no output ${output}`);
}
