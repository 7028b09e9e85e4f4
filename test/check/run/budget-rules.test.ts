/** What a budget allows, and how large requests may be: each rule, by a clock that the test sets. And who answers a procedure. */

import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Budget, MOST_ENTRIES } from '../../../src/check/run/budget.js';
import { answer } from '../../../src/check/run/drive.js';
import type { Evaluation } from '../../../src/model/evaluate/answer-losses.js';

const clock = vi.hoisted(() => ({ time: 0 }));
vi.mock('../../../src/check/run/clock.js', () => ({ now: () => clock.time }));

/** A request takes about so long, in ms, or so much of the limit of time where it is a batch. */
const [REQUEST_TIME, BATCH_SHARE] = [50, 1 / 16];

interface Options {
  readonly maxEvaluations?: number;
  readonly timeLimit?: number;
  readonly batched?: boolean;
}

const told: unknown[] = [];

function budgetWith({ maxEvaluations, timeLimit, batched = false }: Options = {}, started = 0) {
  const evaluations = { loss: 0, gradients: 0 };
  const settings = { maxEvaluations, timeLimit, onProgress: (...given: unknown[]) => void told.push(given) };
  const observer = {
    calling: () => undefined,
    end: () => undefined,
    tell: (...given: unknown[]) => void told.push(given),
  };
  const lossFunctions = batched ? (['losses', 'loss'] as const) : (['loss'] as const);
  const budget = new Budget(settings, { evaluations, lossFunctions }, observer, started);
  return { budget, evaluations };
}

beforeEach(() => {
  clock.time = 0;
  told.length = 0;
});

describe('a budget of losses', () => {
  test('keeps one for the end, and ends where no two are left', () => {
    const { budget, evaluations } = budgetWith({ maxEvaluations: 10 });
    const at = (loss: number): unknown => {
      evaluations.loss = loss;
      return [budget.stop(), budget.spent()];
    };
    expect([0, 7].map(at)).toEqual([
      [undefined, false],
      [undefined, false],
    ]);
    expect(at(8)).toEqual(['maxEvaluations', true]);
    // What was not refused may go on, as where losses were counted twice.
    expect(at(7)).toEqual([undefined, false]);
  });

  test('allows as many at once as are left but one; what it refuses ends the check', () => {
    const { budget, evaluations } = budgetWith({ maxEvaluations: 10 });
    evaluations.loss = 3;
    expect(budget.allows(6)).toBe(true);
    expect(budget.stop()).toBeUndefined();
    expect(budget.allows(7)).toBe(false);
    expect([budget.allows(1), budget.stop()]).toEqual([false, 'maxEvaluations']);
  });

  test('without a bound allows all', () => {
    const { budget, evaluations } = budgetWith();
    evaluations.loss = 1e9;
    expect([budget.allows(1e9), budget.spent(), budget.losses(1e6)]).toEqual([true, false, 1e6]);
  });

  test('leaves so many entries to a request, of two losses each', () => {
    const { budget, evaluations } = budgetWith({ maxEvaluations: 20 });
    for (let k = 0; k < 5; k += 1) budget.entries(2 ** k);
    evaluations.loss = 10;
    // Nine are left but one: four entries, though sixteen would do by time.
    expect(budget.entries(100)).toBe(4);
    evaluations.loss = 11;
    expect(budget.entries(100)).toBe(4);
    evaluations.loss = 12;
    expect(budget.entries(100)).toBe(3);
    evaluations.loss = 30;
    expect(budget.entries(100)).toBe(0);
  });
});

describe('a limit of time', () => {
  test('ends a check from that time on, as from its beginning', () => {
    const { budget } = budgetWith({ timeLimit: 100 }, 1000);
    const at = (time: number): unknown => {
      clock.time = time;
      return budget.stop();
    };
    expect([1000, 1099.9, 1100, 1200].map(at)).toEqual([undefined, undefined, 'timeLimit', 'timeLimit']);
    expect(budget.allows(1)).toBe(false);
  });

  test('keeps requests to as many losses as take about 50 ms', () => {
    const { budget, evaluations } = budgetWith({ timeLimit: 1000 });
    evaluations.loss = 20;
    clock.time = 80;
    expect([budget.losses(5), budget.losses(100)]).toEqual([5, Math.floor(REQUEST_TIME / 4)]);
    clock.time = 900;
    expect(budget.losses(100)).toBe(1);
    evaluations.loss = 0;
    clock.time = 10;
    expect(budget.losses(100)).toBe(5);
  });

  test('keeps batches to a sixteenth of it, where that is more', () => {
    const { budget, evaluations } = budgetWith({ timeLimit: 1600, batched: true });
    evaluations.loss = 10;
    clock.time = 100;
    expect(budget.losses(100)).toBe((1600 * BATCH_SHARE) / 10);
    const short = budgetWith({ timeLimit: 160, batched: true });
    short.evaluations.loss = 10;
    expect(short.budget.losses(100)).toBe(REQUEST_TIME / 10);
  });
});

describe('the entries of a request', () => {
  /** The sizes of requests, of which each took so long. */
  const sizes = (times: readonly number[], options?: Options, wanted = 10_000): number[] => {
    const { budget } = budgetWith(options);
    return [0, ...times].map((time) => {
      clock.time += time;
      return budget.entries(wanted);
    });
  };

  test('are twice as many where the last took less than half the time', () => {
    expect(sizes([0, 24.9, 25, 60, 1])).toEqual([1, 2, 4, 4, 4, 8]);
  });

  test('are 1024 at most', () => {
    expect(sizes(Array(12).fill(1)).slice(-3)).toEqual([1024, MOST_ENTRIES, MOST_ENTRIES]);
  });

  test('are as many as are wanted, and no more after a request that was cut short', () => {
    expect(sizes([1, 1], {}, 1)).toEqual([1, 1, 1]);
    const { budget } = budgetWith();
    expect([10, 10, 1, 10, 10].map((wanted) => budget.entries(wanted))).toEqual([1, 2, 1, 4, 8]);
  });

  test('of batches are as many as there may be, where no time is limited', () => {
    expect(sizes([], { batched: true })).toEqual([MOST_ENTRIES]);
    expect(sizes([], { batched: true, timeLimit: 1000 })).toEqual([1]);
  });
});

describe('whether there is time', () => {
  test('is told by the pace so far', () => {
    const { budget, evaluations } = budgetWith();
    evaluations.loss = 10;
    clock.time = 40;
    // Four ms for each.
    expect([15, 16].map((losses) => budget.hasTime(losses, 100))).toEqual([true, false]);
    evaluations.loss = 0;
    expect([1, 2].map((losses) => budget.hasTime(losses, 80))).toEqual([true, false]);
  });

  test('is not where there are no losses', () => {
    const { budget } = budgetWith({ maxEvaluations: 10 });
    expect(budget.hasTime(10, 100)).toBe(false);
  });
});

test('progress is told to both who follow, until there is silence', () => {
  const { budget } = budgetWith();
  const progress = { done: 1, total: 2, parameter: 'a' };
  budget.tell(progress, 0.5);
  expect(told).toEqual([[progress], [progress, 0.5]]);
  budget.silence();
  budget.tell(progress, 0.7);
  expect(told).toHaveLength(2);
});

describe('a procedure is answered', () => {
  /** An evaluation of a number of calls, each a value or a promise, which adds up what they give. */
  const evaluation = (calls: readonly unknown[], sums: number[]): Evaluation => {
    let next = 0;
    let sum = 0;
    return {
      accept: (value) => void (sum += value as number),
      run() {
        while (next < calls.length) {
          const own = calls[next++];
          if (own instanceof Promise) return own;
          if (own instanceof Error) throw own;
          sum += own as number;
        }
        sums.push(sum);
        return undefined;
      },
    };
  };
  const running = (requests: readonly (readonly unknown[])[], onPromise?: () => void) => {
    const sums: number[] = [];
    const procedure = function* (): Generator<readonly unknown[], unknown, void> {
      const thrown: string[] = [];
      for (const request of requests)
        try {
          yield request;
        } catch (error) {
          thrown.push((error as Error).message);
        }
      return { sums, thrown };
    };
    return answer(procedure(), (request) => evaluation(request, sums), onPromise);
  };

  test('at once, where nothing is a promise', () => {
    expect(running([[1, 2], [], [3]])).toEqual({ sums: [3, 0, 3], thrown: [] });
    expect(running([[1], [new Error('one')], [3], [new Error('two')]])).toEqual({
      sums: [1, 3],
      thrown: ['one', 'two'],
    });
  });

  test('later, from the first promise on', async () => {
    const found = running([[1, Promise.resolve(2), 4], [8], [Promise.resolve(16), Promise.resolve(32)]]);
    expect(found).toBeInstanceOf(Promise);
    expect(await found).toEqual({ sums: [7, 8, 48], thrown: [] });
  });

  test('with what is thrown, or rejected', async () => {
    const found = running([
      [Promise.reject(new Error('first'))],
      [new Error('second')],
      [Promise.resolve(1), new Error('third')],
      [Promise.reject(new Error('fourth'))],
      [Promise.resolve(5)],
    ]);
    expect(await found).toEqual({ sums: [5], thrown: ['first', 'second', 'third', 'fourth'] });
  });

  test('not by a promise that is refused, which then nobody hears of', () => {
    const refuse = (): void => {
      throw new Error('no promise');
    };
    expect(running([[Promise.reject(new Error('unheard'))], [2]], refuse)).toEqual({
      sums: [2],
      thrown: ['no promise'],
    });
  });

  test.each([false, true])('until it throws itself, later: %s', async (isLater) => {
    const procedure = function* (): Generator<readonly unknown[], void, void> {
      yield isLater ? [Promise.resolve(1)] : [1];
      throw new Error('its own');
    };
    const run = async (): Promise<unknown> => answer(procedure(), (request) => evaluation(request, []));
    await expect(run()).rejects.toThrow('its own');
  });
});
