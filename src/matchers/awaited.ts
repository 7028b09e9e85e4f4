/**
 * A check that is a promise → the same, which fails its test if that ends first: such a test has forgotten `await`, and would pass
 * whatever the check finds. Assumes that a test which awaits its checks ends after them.
 *
 * Who says that a test has ended: Vitest itself from 4.1 on, through the matcher's `this`; its older versions and the other
 * runners through a hook of their door. A check gives its result in a later turn of the event loop only, so that it always outlasts
 * a test that doesn't await it, however quick the model is. No runner says which of several tests that run at once an assertion belongs
 * to, so those are not failed. The rest of an abandoned check is quiet: its test has failed already.
 */

import { pointedTo } from './call-site.js';
import type { EndOfTest, MatcherContext } from './context.js';

/** A check that has not ended. */
interface RunningCheck {
  /** The name of the test, where the runner tells. */
  readonly test: string | undefined;
  /** What fails the test if it ends first. */
  readonly unawaited: Error;
  /** Ends the check for the runner, whatever the model still does. */
  abandon(this: void): void;
}

/** The message for a check by a matcher that was not awaited. */
export function unawaitedBy(matcher: string): string {
  return (
    'expect-gradients: an asynchronous check was still running when its test ended, so the test could not fail for what the ' +
    `check finds. Write await expect(model).${matcher}(), and give the test the time it takes.`
  );
}

const RUNNING = Symbol.for('expect-gradients.running');
/** Of all copies of this module: a test may require what its runner has imported. */
const running = ((globalThis as { [RUNNING]?: Set<RunningCheck> })[RUNNING] ??= new Set());
let endOfTest: EndOfTest | undefined;

/** Sets how a function gets called at the end of a test, where the matcher's `this` doesn't offer that. */
export function useEndOfTest(given: EndOfTest): void {
  endOfTest = given;
}

/**
 * The check, watched: fails its test if that ends first, and then has the result `quiet` at once, so that the runner counts
 * nothing of it in a later test.
 *
 * @param forgotten what fails the test, made where the assertion stands
 */
export function watched<Result>(
  check: Promise<Result>,
  context: MatcherContext,
  forgotten: Error,
  quiet: Result,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const own: RunningCheck = {
      test: context.currentConcurrentTestName?.() ?? context.currentTestName,
      unawaited: forgotten,
      abandon: () => resolve(quiet),
    };
    running.add(own);
    const endOfItsTest = context.task?.context.onTestFinished ?? endOfTest;
    try {
      endOfItsTest?.((info) => {
        const { concurrent, result } = info?.task ?? {};
        if (concurrent === true) return;
        const [first] = abandon([own]);
        if (first !== undefined && result?.state !== 'fail') throw first;
      });
    } catch {
      // Outside a test, as in beforeAll: there is none to fail.
    }
    void check
      .finally(laterTurn)
      .finally(() => running.delete(own))
      .then(resolve, (error: unknown) => reject(pointedTo(error, forgotten)));
  });
}

interface Port {
  addEventListener(type: 'message', listener: () => void): void;
  start(): void;
  postMessage(message: unknown): void;
  close(): void;
}

/** Resolves in a later turn of the event loop. Not by a timer: those are faked by tests, messages are not. */
function laterTurn(): Promise<void> {
  const { MessageChannel } = globalThis as unknown as {
    MessageChannel?: new () => { port1: Port; port2: Port };
  };
  return new Promise((resolve) => {
    // Some simulated browsers have none.
    if (MessageChannel === undefined) return resolve();
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}

/**
 * Throws an `Error` if an asynchronous check that was begun in a test still runs. For a hook after each test, in runners whose
 * door can't set it: `afterEach(() => failUnawaited())`. Not for tests that run at the same time.
 *
 * @param test the name of the test that has ended, where the runner tells it to matchers as `this.currentTestName`
 */
export function failUnawaited(test?: string): void {
  const [first] = abandon([...running].filter((check) => check.test === test));
  if (first !== undefined) throw first;
}

/** Ends those checks that still run, and gives what their tests fail with. */
function abandon(checks: readonly RunningCheck[]): Error[] {
  const left = checks.filter((check) => running.delete(check));
  for (const check of left) check.abandon();
  return left.map(({ unawaited: error }) => error);
}
