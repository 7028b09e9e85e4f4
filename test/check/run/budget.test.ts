/** Budgets: what is left unchecked is told, and nothing is called correct, or wrong without a second look, for want of losses. */

import { checkGradients, formatReport, type GradientCheckOptions } from 'expect-gradients';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { network } from '../directions/network.js';

// The clock of the check is the one from before the timers were faked; here it is to be that of the test.
vi.mock('../../../src/check/run/clock.js', () => ({ now: () => performance.now() }));

const SIZES = [10, 12, 6];

const model = (wrong = false) => {
  const sound = network({ sizes: SIZES, draw: 2, single: false });
  const gradients = () => {
    const claimed = sound.gradients();
    if (wrong) claimed['W1']![3]! += 0.5;
    return claimed;
  };
  return { ...sound, gradients };
};
const check = (options: GradientCheckOptions, wrong = false) => checkGradients(model(wrong), options);

describe.each(['exhaustive', 'directional'] as const)('%s, maxEvaluations', (method) => {
  const needed = check({ method }).evaluations.loss;

  test('as many as are needed change nothing', () => {
    const report = check({ method, maxEvaluations: needed });
    expect(report).toEqual(check({ method }));
  });

  test.each([5, 6, 11, 12, 13, 20, 22, 24, 26])('of %i are kept, and the verdict is not correct', (most) => {
    const report = check({ method, maxEvaluations: most, points: 1 });
    expect(report.evaluations.loss).toBeLessThanOrEqual(most);
    expect(report).toMatchObject({ verdict: 'inconclusive', stopped: 'maxEvaluations', offenders: [] });
    const unchecked = report.parameters.reduce((sum, { count, checked }) => sum + count - checked, 0);
    expect(unchecked).toBeGreaterThan(0);
    const message = formatReport(report).replaceAll('\n', ' ');
    expect(message).toContain(`stopped by maxEvaluations with ${unchecked} of 210 entries unchecked`);
  });

  test('never calls an entry wrong that it had no second look at', () => {
    const all = check({ method }, true).evaluations.loss;
    for (let most = 5; most < all; most += 23) {
      const report = check({ method, maxEvaluations: most }, true);
      expect(report.verdict).not.toBe('correct');
      for (const { parameter, index } of report.offenders)
        expect([parameter, ...index].join()).toMatch(/^W1,3$/);
    }
  });
});

test('a wrong entry that was found is told, with what was left unchecked', () => {
  const report = check({ maxEvaluations: 300, method: 'exhaustive' }, true);
  expect(report).toMatchObject({ verdict: 'wrong', stopped: 'maxEvaluations' });
  expect(formatReport(report)).toContain('unchecked');
});

test.each([
  [3, 120],
  [1000, 30_000],
])('with losses of %i ms, timeLimit: %i ends a check, to within a few losses or 50 ms', (cost, timeLimit) => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const slow = model();
  const loss = (): number => {
    vi.advanceTimersByTime(cost);
    return slow.loss();
  };
  const report = checkGradients({ ...slow, loss }, { timeLimit });
  expect(report).toMatchObject({ verdict: 'inconclusive', stopped: 'timeLimit' });
  expect(performance.now()).toBeGreaterThanOrEqual(timeLimit);
  expect(performance.now()).toBeLessThanOrEqual(timeLimit + 50 + 2 * cost);
});

test('parameters are restored when a budget ends the check', () => {
  const sound = model();
  const before = structuredClone(sound.parameters);
  checkGradients(sound, { maxEvaluations: 40 });
  expect(sound.parameters).toEqual(before);
});

test('onProgress is told of each parameter before and after its entries', () => {
  const seen = new Map<string, number[]>();
  check({
    onProgress: ({ done, parameter }) => seen.set(parameter, [...(seen.get(parameter) ?? []), done]),
  });
  const bounds = [...seen].map(([name, counts]) => [name, counts[0], counts.at(-1)]);
  expect(bounds).toEqual([
    ['W1', 0, 120],
    ['b1', 120, 132],
    ['W2', 132, 204],
    ['b2', 204, 210],
  ]);
});

test('onProgress is told how far the check is, in order, to the end', () => {
  const seen: [number, string][] = [];
  check({ onProgress: ({ done, total, parameter }) => seen.push([done / total, parameter]) });
  expect(seen.length).toBeGreaterThanOrEqual(4);
  expect(seen.map(([share]) => share)).toEqual(seen.map(([share]) => share).toSorted((a, b) => a - b));
  expect(seen.at(-1)).toEqual([1, 'b2']);
  expect(new Set(seen.map(([, name]) => name))).toEqual(new Set(['W1', 'b1', 'W2', 'b2']));
});
