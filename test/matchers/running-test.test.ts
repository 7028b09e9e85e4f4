/** Which test a check runs in, and what is kept with it, by the runners. */

import { afterEach, describe, expect, test, vi } from 'vitest';
import { jsonOf, type Report } from 'expect-gradients';
import type { VitestTask } from '../../src/matchers/context.js';
import {
  type FailedCheck,
  type PlaywrightTest,
  runningTest,
  useTask,
  useTestInfo,
} from '../../src/matchers/running-test.js';
import { briefOf } from '../../src/render/json.js';

const report: Report = {
  schema: 1,
  kind: 'gradients',
  verdict: 'wrong',
  difference: 0.5,
  tolerance: 1e-7,
  resolution: 1e-10,
  method: 'exhaustive',
  seed: 1,
  evaluations: { loss: 2, gradients: 1 },
  parameters: [],
  ignored: [],
  offenders: [],
  findings: [],
};
const check: FailedCheck = { note: 'It is wrong.', picture: '<svg/>', report: jsonOf(report) };

const noTest = (): never => {
  throw new Error('no test runs');
};
afterEach(() => {
  useTask(() => undefined);
  useTestInfo(noTest);
});

/** A task that notes what it is asked for. */
function taskOf(more: Partial<VitestTask> = {}) {
  const asked: unknown[] = [];
  const ends: (() => unknown)[] = [];
  const promise = Promise.resolve();
  const task: VitestTask = {
    meta: {},
    context: {
      onTestFinished: (ended) => ends.push(ended),
      annotate: async (...given) => {
        asked.push(given);
        return promise;
      },
    },
    ...more,
  };
  return { task, asked, ends };
}

describe('without a runner that is known', () => {
  test.each([
    ['a name', { currentTestName: 'a > b', testPath: '/a.test.ts' }, 'a > b', '/a.test.ts'],
    [
      'the name of one that runs beside others',
      { currentConcurrentTestName: (): string => 'c' },
      'c',
      undefined,
    ],
    [
      'no concurrent one',
      { currentTestName: 'a', currentConcurrentTestName: (): undefined => undefined },
      'a',
      undefined,
    ],
    ['an empty name, outside of tests', { currentTestName: '' }, undefined, undefined],
    ['nothing', {}, undefined, undefined],
  ] as const)('a test has what `this` names: %s', (_, context, name, file) => {
    const own = runningTest(context);
    expect([own.name, own.file, own.takesArtifacts]).toEqual([name, file, false]);
    expect(own.addReport(() => briefOf(report))).toBeUndefined();
    expect(own.addArtifacts(check)).toBeUndefined();
    expect(own.addNotice('It is weak.')).toBeUndefined();
  });
});

describe('in Vitest', () => {
  test('a test has its name and file, takes reports in its order, and a note with a picture', async () => {
    const { task, asked, ends } = taskOf();
    const own = runningTest({ task, currentTestName: 'a', testPath: '/a.test.ts' });
    expect([own.name, own.file, own.takesArtifacts]).toEqual(['a', '/a.test.ts', true]);
    own.addReport(() => briefOf(report));
    own.addReport(() => briefOf({ ...report, seed: 2 }));
    expect(task.meta).toMatchObject({ gradients: [{ seed: 1 }, { seed: 2 }] });
    own.addArtifacts(check);
    expect(asked).toEqual([
      ['It is wrong.', 'warning', { contentType: 'image/svg+xml', body: btoa('<svg/>') }],
    ]);
    expect(ends).toHaveLength(1);
    expect(ends[0]!()).toBeInstanceOf(Promise);
    own.addArtifacts({ ...check, picture: undefined });
    expect(asked[1]).toEqual(['It is wrong.', 'warning', undefined]);
  });

  test('a test takes a notice, which is waited for', () => {
    const { task, asked, ends } = taskOf();
    runningTest({ task }).addNotice('It is weak.');
    expect(asked).toEqual([['It is weak.', 'notice', undefined]]);
    expect(ends[0]!()).toBeInstanceOf(Promise);
  });

  test('without annotations a test takes reports alone', () => {
    const { task, ends } = taskOf({ context: { onTestFinished: vi.fn<() => void>() } });
    const own = runningTest({ task });
    expect(own.takesArtifacts).toBe(false);
    own.addArtifacts(check);
    expect(ends).toEqual([]);
  });

  test('within an expected value there is no test', () => {
    const { task, asked } = taskOf();
    const own = runningTest({ task, utils: { DIM_COLOR: (text) => text } });
    own.addReport(() => briefOf(report));
    own.addArtifacts(check);
    expect([own.takesArtifacts, task.meta, asked]).toEqual([false, {}, []]);
  });

  test('before 4.1 the door finds the task, and the annotation is where the file of the test is', () => {
    const places: string[] = [];
    const { task } = taskOf({
      context: {
        onTestFinished: () => undefined,
        annotate: async () => {
          places.push(new Error('where').stack!.split('\n')[2]!);
          await Promise.resolve();
        },
      },
    });
    useTask(() => task);
    const own = runningTest({ testPath: '/elsewhere.test.ts' });
    expect(own.takesArtifacts).toBe(true);
    own.addReport(() => briefOf(report));
    expect(task.meta).toMatchObject({ gradients: [{ seed: 1 }] });
    own.addArtifacts(check);
    expect(places).toEqual(['    at <anonymous>']);
  });

  test('a task that runs beside others may be the task of another test, and gets nothing', () => {
    const { task, asked } = taskOf({ concurrent: true });
    useTask(() => task);
    const own = runningTest({});
    own.addReport(() => briefOf(report));
    own.addArtifacts(check);
    expect([own.takesArtifacts, task.meta, asked]).toEqual([false, {}, []]);
    const { task: alone } = taskOf({ concurrent: false });
    useTask(() => alone);
    expect(runningTest({}).takesArtifacts).toBe(true);
  });

  test('a door that can not find the task is as good as none', () => {
    useTask(noTest);
    expect(runningTest({}).takesArtifacts).toBe(false);
  });
});

describe('in Playwright', () => {
  const attached: unknown[] = [];
  const info: PlaywrightTest = {
    titlePath: ['a.spec.ts', 'a layer', 'is right'],
    file: '/a.spec.ts',
    attach: async (...given) => {
      attached.push(given);
      throw new Error('refused');
    },
  };
  afterEach(() => void attached.splice(0));

  test('a test has its titles and file, and takes the report and the picture', () => {
    useTestInfo(() => info);
    const own = runningTest({ currentTestName: 'of expect' });
    expect([own.name, own.file, own.takesArtifacts]).toEqual(['a layer is right', '/a.spec.ts', true]);
    expect(own.addReport(() => briefOf(report))).toBeUndefined();
    own.addArtifacts(check);
    expect(attached).toEqual([
      ['gradients.svg', { contentType: 'image/svg+xml', body: '<svg/>' }],
      [
        'gradients.json',
        { contentType: 'application/json', body: JSON.stringify(check.report, undefined, 2) },
      ],
    ]);
  });

  test('without a picture the report is alone', () => {
    useTestInfo(() => info);
    runningTest({}).addArtifacts({ ...check, picture: undefined });
    expect(attached).toMatchObject([['gradients.json', {}]]);
  });

  test('a task of Vitest goes first', () => {
    useTestInfo(() => info);
    const { task } = taskOf();
    useTask(() => task);
    expect(runningTest({ currentTestName: 'a' }).name).toBe('a');
  });
});
