/**
 * The `this` of a matcher → the test that runs, and what a runner keeps with it beside pass and fail: reports and pictures. Vitest from
 * 4.1 on names its test through `this`, its older versions and Playwright through their door. Whatever goes wrong here is ignored, as
 * the message of the check must come through.
 */

import type { BriefReport, JsonReport, JsonSizesReport } from '../render/json.js';
import { isAsymmetric, type MatcherContext, type VitestTask } from './context.js';
import { asSeenFrom, withDeepStack } from './stack.js';
import type { GradientTaskMeta } from './types.js';

/** A test of Playwright's, as far as it is used here. */
export interface PlaywrightTest {
  readonly titlePath: readonly string[];
  readonly file: string;
  attach(name: string, attachment: { readonly contentType: string; readonly body: string }): Promise<unknown>;
}

/** What others than the reader of its message get of a failed check. */
export interface FailedCheck {
  /** Its result in a few sentences, without line breaks. */
  readonly note: string;
  /** An SVG, where there is something to see. */
  readonly picture: string | undefined;
  readonly report: JsonReport | JsonSizesReport;
}

/** A test, by what it takes. */
export interface RunningTest {
  /** Its name and file, where the runner tells. */
  readonly name: string | undefined;
  readonly file: string | undefined;
  /** Whether it takes anything of a failed check. */
  readonly takesArtifacts: boolean;
  /** Adds the report of a check to what reporters get of the test. */
  addReport(report: () => BriefReport): void;
  addArtifacts(check: FailedCheck): void;
  /** Says something beside a test that passes, where the runner has a place for it. */
  addNotice(note: string): void;
}

interface Attachment {
  readonly contentType: string;
  readonly body: string;
}

const SVG = 'image/svg+xml';
const JSON_TYPE = 'application/json';

let findTask: () => VitestTask | undefined = () => undefined;
let findTest: () => PlaywrightTest | undefined = () => undefined;

/** Sets how Vitest's current test is found, where the matcher's `this` doesn't name it. */
export function useTask(find: () => VitestTask | undefined): void {
  findTask = find;
}

/** The same by an entry of Vitest's own, where it has that. */
export async function useCurrentTest(load: (entry: string) => Promise<object>): Promise<void> {
  const { getCurrentTest } = (await load('suite').catch(() => ({}))) as { readonly getCurrentTest?: unknown };
  if (typeof getCurrentTest === 'function') useTask(getCurrentTest as typeof findTask);
}

/** Sets how Playwright's current test is found; `find` may throw outside of one. */
export function useTestInfo(find: () => PlaywrightTest): void {
  findTest = find;
}

/** The test that runs as a matcher is called. Within an expected value a check is part of another assertion, and there is none. */
export function runningTest(context: MatcherContext): RunningTest {
  const name = context.currentConcurrentTestName?.() ?? context.currentTestName;
  const place = { name: name === '' ? undefined : name, file: context.testPath };
  const nothing = (): undefined => undefined;
  const none = {
    ...place,
    takesArtifacts: false,
    addReport: nothing,
    addArtifacts: nothing,
    addNotice: nothing,
  };
  if (isAsymmetric(context)) return none;
  if (context.task !== undefined) return inVitest(context.task, place, withDeepStack);
  const task = attempt(findTask);
  // Of tests that run at once the one that is found may be another than the check's.
  if (task?.concurrent === true) return none;
  if (task !== undefined)
    return inVitest(task, place, (act) => withDeepStack(() => asSeenFrom(place.file, act)));
  const test = attempt(findTest);
  return test === undefined ? none : inPlaywright(test);
}

/** @param located calls a function that finds the assertion by the stack */
function inVitest(
  { meta, context }: VitestTask,
  place: Pick<RunningTest, 'name' | 'file'>,
  located: <Result>(act: () => Result) => Result,
): RunningTest {
  const annotate = (note: string, type: string, attachment?: Attachment): unknown =>
    attempt(() => {
      const annotated = located(() => context.annotate?.(note, type, attachment))?.catch(() => undefined);
      // Vitest waits for what was begun only where the test doesn't throw, but for these always.
      context.onTestFinished(() => annotated);
    });
  return {
    ...place,
    takesArtifacts: context.annotate !== undefined,
    addReport: (report) => attempt(() => ((meta as GradientTaskMeta).gradients ??= []).push(report())),
    addArtifacts: ({ note, picture }) =>
      attempt(() =>
        annotate(
          note,
          'warning',
          picture === undefined ? undefined : { contentType: SVG, body: base64(picture) },
        ),
      ),
    addNotice: (note) => annotate(note, 'notice'),
  };
}

/** Of a text in ASCII. */
function base64(text: string): string {
  return (globalThis as unknown as { btoa(bytes: string): string }).btoa(text);
}

function inPlaywright(test: PlaywrightTest): RunningTest {
  const attach = (name: string, contentType: string, body: string): void => {
    attempt(() => void test.attach(name, { contentType, body }).catch(() => undefined));
  };
  return {
    name: test.titlePath.slice(1).join(' '),
    file: test.file,
    takesArtifacts: true,
    addReport: () => undefined,
    addNotice: () => undefined,
    addArtifacts: ({ picture, report }) => {
      if (picture !== undefined) attach('gradients.svg', SVG, picture);
      attach('gradients.json', JSON_TYPE, JSON.stringify(report, undefined, 2));
    },
  };
}

function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
