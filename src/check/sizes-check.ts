/**
 * The check over a table of sizes: a factory is asked for a model at each combination, and each is checked as any model; what the cases
 * have in common is then told. Together they take about as long as one check.
 */

import { noteSizes } from '../errors.js';
import { type Evaluation, evaluationOf } from '../model/evaluate/answer-losses.js';
import type { Request } from '../model/evaluate/requests.js';
import { GradientSubject } from '../model/subject/gradient-subject.js';
import type { GradientReport } from '../report.js';
import type { SizesReport } from '../sizes-report.js';
import { gradientProcedure } from './gradient-check.js';
import type { CheckHooks } from './hooks.js';
import type { ParameterEvidence } from './measurement.js';
import { worstCase } from './report/worst-case.js';
import { answer } from './run/drive.js';
import { now } from './run/clock.js';
import type { CheckObserver } from './run/observer.js';
import { readSettings, type Settings } from './settings.js';
import { commonFactor, FACTOR_LOSSES } from './sizes/common-factor.js';
import { ModelEvaluation } from './sizes/model-evaluation.js';
import { shareOf } from './sizes/share-of-budget.js';
import { casesOf, type SizesHere } from './sizes/size-cases.js';
import { type Factory, readSizes } from './sizes/size-options.js';
import { type CheckedCase, sizesReport } from './sizes/summarize.js';

/** Asks for the model of a combination of sizes. */
interface ModelRequest {
  readonly kind: 'model';
  readonly sizes: SizesHere;
  /** Out: what the factory gave. */
  readonly take: (model: unknown) => void;
}

/** What the check is about, while it runs. */
interface Table {
  readonly factory: Factory;
  readonly cases: readonly SizesHere[];
  readonly settings: Settings;
  readonly hooks: CheckHooks;
  readonly observer: CheckObserver | undefined;
  /** The model that requests for losses and gradients are about. */
  subject: GradientSubject | undefined;
}

/** Checks anything that claims to be a factory of models. */
export function runSizesCheck(
  factory: unknown,
  options: unknown,
  hooks: CheckHooks = {},
): SizesReport | Promise<SizesReport> {
  const task = readSizes(factory, options);
  const settings = readSettings(task.options);
  const table: Table = {
    factory: task.factory,
    cases: casesOf(task.sizes, settings.seed),
    settings,
    hooks,
    observer: settings.onProgress === undefined ? hooks.observer : undefined,
    subject: undefined,
  };
  return answer(
    procedure(table),
    (request): Evaluation =>
      request.kind === 'model'
        ? new ModelEvaluation(() => table.factory({ ...request.sizes }), request.take)
        : evaluationOf(request, table.subject!),
    hooks.onPromise,
  );
}

function* procedure(table: Table): Generator<ModelRequest | Request, SizesReport, void> {
  const { cases, settings, hooks, observer } = table;
  const started = now();
  const checked: CheckedCase[] = [];
  let shown: { readonly of: CheckedCase; readonly evidence: readonly ParameterEvidence[] } | undefined;
  try {
    for (const [k, sizes] of cases.entries()) {
      const begun = now();
      const share = shareOf(settings, { elapsed: now() - started, left: cases.length - k, checked });
      try {
        let evidence: readonly ParameterEvidence[] = [];
        const report = yield* checkOne(table, sizes, {
          settings: share,
          observer: observer && shareOfLine(observer, k, cases.length),
          onEvidence: (given) => {
            evidence = given;
          },
        });
        if (report === undefined) continue;
        const subject = table.subject!;
        const isLimited = isSpent(share, subject, now() - begun);
        const factor = yield* commonFactor(subject, evidence, { isLimited, seed: settings.seed });
        const own = { sizes, report: { ...report, evaluations: { ...subject.evaluations } }, factor };
        checked.push(own);
        if (shown === undefined || worstCase([shown.of, own]) === own) shown = { of: own, evidence };
      } catch (error) {
        throw noteSizes(error, sizes);
      }
    }
    hooks.onEvidence?.(shown?.evidence ?? []);
    return sizesReport(checked);
  } finally {
    observer?.end();
  }
}

/** Checks the model of a case; undefined where there is none. */
function* checkOne(
  table: Table,
  sizes: SizesHere,
  how: Pick<CheckHooks, 'observer' | 'onEvidence'> & { readonly settings: Settings },
): Generator<ModelRequest | Request, GradientReport | undefined, void> {
  let model: unknown;
  yield {
    kind: 'model',
    sizes,
    take: (given) => {
      model = given;
    },
  };
  if (model === null || model === undefined) return undefined;
  const { settings, observer, onEvidence } = how;
  table.subject = new GradientSubject(model, settings.selection, observer && (() => observer.calling()));
  return yield* gradientProcedure(table.subject, settings, observer, onEvidence);
}

/** Whether a case has no losses, or no time, left of its share to measure a factor with. */
function isSpent(
  { maxEvaluations = Infinity, timeLimit = Infinity }: Settings,
  { evaluations }: GradientSubject,
  elapsed: number,
): boolean {
  return evaluations.loss + FACTOR_LOSSES > maxEvaluations || elapsed >= timeLimit;
}

/** The line of a check that is the k-th of some. */
function shareOfLine(observer: CheckObserver, k: number, count: number): CheckObserver {
  return {
    calling: () => observer.calling(),
    tell: (progress, share) => observer.tell(progress, (k + share) / count),
    end: () => undefined,
  };
}
