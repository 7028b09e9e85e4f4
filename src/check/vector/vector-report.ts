/** What was found of each role → its report, by blocks of one array of the outputs by one parameter; and one report of all of them. */

import { totalOf } from '../../model/array/concat.js';
import { ravel, unravel } from '../../model/array/shape.js';
import type { Frame } from '../../model/subject/subject.js';
import type { VectorSubject } from '../../model/subject/vector-subject.js';
import type { Role } from '../../model/vector-model.js';
import type {
  Derivative,
  Finding,
  FindingCode,
  JacobianReport,
  Offender,
  ParameterReport,
  Report,
} from '../../report.js';
import type { ParameterEvidence } from '../measurement.js';
import { weighed } from '../report/weaknesses.js';
import { conclude, type Findings } from '../report/build-report.js';
import type { Settings } from '../settings.js';
import { type Block, blocksOf, WORST_FIRST } from './blocks.js';
import { brokenNames } from './laws.js';
import { outputsOf } from './products.js';
import type { VectorTask } from './scalarization.js';

/** The report on one role, and the evidence of its parameters, in their order. */
export interface RoleReport {
  readonly report: Report;
  readonly evidence: readonly ParameterEvidence[];
}

/** What was found out about a role. */
export type Found = Required<
  Omit<Findings, 'groups' | 'stopped' | 'points' | 'seen' | 'kind' | 'claim' | 'against'>
> &
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
    const { output, due, evidence } = blocks[b]!;
    const { name } = outputs[output]!;
    const matrix = matrixOf(subject, due, isOwn ? [subject.outputs[output]!] : subject.outputs);
    const isBroken = broken.has(
      role === 'jvp' ? name : subject.parameters[subject.due[due]!.parameter]!.name,
    );
    const isEach = frame === subject && (isOwn || outputsOf(subject) === 1);
    return {
      ...parameter,
      ...matrix,
      ...(isEach ? {} : standIns(parameter, matrix, leastWrong(evidence, { frame, outputs }, subject))),
      output: name,
      derivative,
      verdict: isBroken ? 'wrong' : parameter.verdict,
    };
  });
  const evidence = blocks.map((block): ParameterEvidence => {
    if (isOwn && frame === subject) return block.evidence;
    return { ...block.evidence, along: frame === subject ? 'cotangent' : 'tangents' };
  });
  // However the sums of the outputs were looked at.
  const method = isOwn && frame === subject ? 'exhaustive' : 'directional';
  return { report: { ...report, method, parameters, evaluations: subject.calls }, evidence };
}

/** The derivatives of some outputs by a parameter: their shape, how many there are, and how many of them are due. */
type MatrixSize = Pick<ParameterReport, 'shape' | 'count' | 'due'>;

/** @param due place of the parameter among those with entries that are due */
function matrixOf(subject: VectorSubject, due: number, outputs: VectorSubject['outputs']): MatrixSize {
  const { parameter, count } = subject.due[due]!;
  const own = subject.parameters[parameter]!;
  const rows = totalOf(outputs);
  const shape = outputs.length === 1 ? outputs[0]!.shape : [rows];
  return { shape: [...shape, ...own.shape], count: rows * own.count, due: rows * count };
}

/** How many entries of the matrix are wrong at least. One that is wrong shows along each tangent, and in each sum of the outputs. */
function leastWrong(
  { wrong, hasRows, shape, count }: ParameterEvidence,
  { frame, outputs }: Layout,
  subject: VectorSubject,
): number {
  if (frame === subject) return wrong.length;
  const columns = hasRows === true ? count / shape[0]! : count;
  const rows = new Set(wrong.map((i) => Math.floor(i / columns))).size;
  return outputs === subject.outputs ? rows : Math.min(1, rows);
}

/** What numbers that stand for the entries of a matrix, those of a sum of outputs or derivatives along tangents, say of these. */
function standIns(
  { checked, due, wrong: seen }: ParameterReport,
  matrix: MatrixSize,
  wrong: number,
): Partial<ParameterReport> {
  const counted = { checked: Math.floor((checked * matrix.due) / due) };
  return seen === 0 ? counted : { ...counted, wrong, wrongIs: 'at least' };
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

/** One report of those on several claims of the same derivatives: the worst of them, with what was found of all. */
export function mergedReport(
  subject: VectorSubject,
  settings: Settings,
  reports: readonly Report[],
): JacobianReport {
  const ordered = reports.toSorted((a, b) => WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict));
  const [worst] = ordered as [Report];
  const findings = ordered.flatMap((report) => report.findings);
  const along = reports.find(({ method }) => method === 'directional');
  const merged: JacobianReport = {
    ...worst,
    kind: subject.names.kind,
    method: along === undefined ? 'exhaustive' : 'directional',
    ...(along?.vectors === undefined ? {} : { vectors: along.vectors }),
    derivatives: subject.roles.map((role) => subject.names.roles[role] as Derivative),
    evaluations: { ...subject.calls },
    parameters: reports.flatMap(({ parameters }) => parameters),
    offenders: ordered
      .flatMap(({ offenders, verdict }) => (verdict === worst.verdict ? offenders : []))
      .slice(0, settings.worst),
    // What is not about a claim was found with each of them.
    findings: findings.filter((finding, k) => findings.findIndex((other) => areSame(finding, other)) === k),
  };
  return weighed(merged, settings);
}

/** What is told of the outputs with numbers that differ from one look at them to the next. */
const OF_OUTPUTS: ReadonlySet<FindingCode> = new Set<FindingCode>(['nondeterministic-loss', 'noisy-loss']);

function areSame(a: Finding, b: Finding): boolean {
  return a.code === b.code && (a.title === b.title || OF_OUTPUTS.has(a.code));
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
