/**
 * The test that a check is made in, as far as a runner tells, and what can be kept with it beside pass and fail. Vitest from 4.1 on
 * tells a matcher through its `this`, its older versions and Playwright tell their door. Keeping something is a kindness: whatever
 * goes wrong there is let be, as the message of the check must come through.
 */

import type { BriefReport, JsonReport } from '../render/json.js';
import { isAsymmetric, type MatcherContext, type VitestTask } from './context.js';
import { asSeenFrom, withDeepStack } from './stack.js';
import type { GradientTaskMeta } from './types.js';

/** A test of Playwright's, as far as it is used here. */
export interface PlaywrightTest {
  readonly titlePath: readonly string[];
  readonly file: string;
  attach(name: string, attachment: { readonly contentType: string; readonly body: string }): Promise<unknown>;
}

/** What is kept of a failed check. */
export interface Kept {
  /** What came of it, in a few sentences without line breaks. */
  readonly note: string;
  /** An SVG, where there is something to see. */
  readonly picture: string | undefined;
  readonly report: JsonReport;
}

/** A test, by what can be kept with it. */
export interface RunningTest {
  /** Its name and file, where the runner tells. */
  readonly name: string | undefined;
  readonly file: string | undefined;
  /** Whether it takes anything of a failed check. */
  readonly keeps: boolean;
  /** Adds the report of a check to what is told of the test. */
  tell(report: () => BriefReport): void;
  /** Keeps what came of a failed check. */
  keep(kept: Kept): void;
}

const SVG = 'image/svg+xml';
const JSON_TYPE = 'application/json';

let findTask: () => VitestTask | undefined = () => undefined;
let findTest: () => PlaywrightTest | undefined = () => undefined;

/** Tells how Vitest's current test is found, where the matcher's `this` doesn't tell. */
export function useTask(find: () => VitestTask | undefined): void {
  findTask = find;
}

/** Tells how Playwright's current test is found; may throw outside of one. */
export function useTestInfo(find: () => PlaywrightTest): void {
  findTest = find;
}

/** The test that runs as a matcher is called. Within an expected value a check is part of another assertion, and there is none. */
export function runningTest(context: MatcherContext): RunningTest {
  const name = context.currentConcurrentTestName?.() ?? context.currentTestName;
  const place = { name: name === '' ? undefined : name, file: context.testPath };
  const none = { ...place, keeps: false, tell: () => undefined, keep: () => undefined };
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
  return {
    ...place,
    keeps: context.annotate !== undefined,
    tell: (report) => attempt(() => ((meta as GradientTaskMeta).gradients ??= []).push(report())),
    keep: ({ note, picture }) =>
      attempt(() => {
        const attachment = picture === undefined ? undefined : { contentType: SVG, body: base64(picture) };
        const annotated = located(() => context.annotate?.(note, 'warning', attachment))?.catch(
          () => undefined,
        );
        // Vitest waits for what was begun only where the test doesn't throw, but for these always.
        context.onTestFinished(() => annotated);
      }),
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
    keeps: true,
    tell: () => undefined,
    keep: ({ picture, report }) => {
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
