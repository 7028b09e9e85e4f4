import { checkGradients } from 'expect-gradients';
import { expect, onTestFinished, test, vi } from 'vitest';
import { now } from '../../../src/check/run/clock.js';

test('a limit of time is kept while the timers of the test are faked', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const started = performance.now();
  const w = Float64Array.from({ length: 50 }, (_, i) => i);
  const loss = (): number => {
    // 100 of them take longer than the limit, on any machine.
    for (const begun = now(); now() - begun < 1;);
    return w.reduce((sum, x) => sum + x * x, 0);
  };
  const report = checkGradients(
    { parameters: { w }, loss, gradients: () => ({ w: w.map((x) => 2 * x) }) },
    { timeLimit: 60 },
  );
  expect(report).toMatchObject({ verdict: 'inconclusive', stopped: 'timeLimit' });
  expect(performance.now()).toBe(started);
});
