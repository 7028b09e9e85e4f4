/** What a check leaves with its test and in a folder; and that nothing which goes wrong there takes the place of the message. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BriefReport, type GradientMatcherOptions, UsageError } from 'expect-gradients';
import { toHaveCorrectGradients, toHaveCorrectJacobian } from 'expect-gradients/matchers';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished as afterTest,
  test,
  vi,
} from 'vitest';
import type { MatcherContext } from '../../src/matchers/context.js';
import { useTestInfo } from '../../src/matchers/running-test.js';
import type { MatcherResult } from '../../src/matchers/context.js';
import { modelOf, type Spoil } from '../pages/pictured.js';

const right = modelOf({ W: [2, 3] });
const wrong = modelOf({ W: [2, 3] }, (derivative, entry) => (entry === 4 ? -derivative : derivative));
const deaf = { ...right, loss: () => 1 };
const NOTE =
  /^The gradients are wrong in 1 of 6 entries: W\. The worst entry is W\[1, 1\]: numeric [\d.]+, analytic -[\d.]+\. .+: .+$/;

interface Annotation {
  readonly message: string;
  readonly type: string;
  readonly attachment: { readonly contentType: string; readonly body: string } | undefined;
}

/** Vitest's side of a test. */
function task(annotate?: (annotation: Annotation) => Promise<unknown>) {
  const meta: { gradients?: BriefReport[] } = {};
  const ended: (() => unknown)[] = [];
  return {
    meta,
    ended,
    task: {
      meta,
      context: {
        onTestFinished: (end: () => unknown) => ended.push(end),
        ...(annotate && {
          annotate: async (message: string, type: string, attachment?: Annotation['attachment']) =>
            annotate({ message, type, attachment }),
        }),
      },
    },
  };
}

function annotated() {
  const annotations: Annotation[] = [];
  return {
    annotations,
    ...task(async (annotation) => {
      await Promise.resolve();
      annotations.push(annotation);
    }),
  };
}

function check(context: MatcherContext, model: object, options?: GradientMatcherOptions): MatcherResult {
  return toHaveCorrectGradients.call(context, model, options) as MatcherResult;
}

/** The same of a model whose loss is a promise. */
async function checkLater(context: MatcherContext, model: object): Promise<MatcherResult> {
  const { loss } = model as { readonly loss: () => number };
  return toHaveCorrectGradients.call(context, { ...model, loss: async () => Promise.resolve(loss()) });
}

describe('in Vitest', () => {
  test('the report of every check goes into the meta of its test, right or wrong, negated or not', () => {
    const vitest = annotated();
    for (const model of [right, wrong, deaf]) check(vitest, model);
    check({ ...vitest, isNot: true }, wrong);
    const verdicts = vitest.meta.gradients?.map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['correct', 'wrong', 'inconclusive', 'wrong']);
    expect(vitest.meta.gradients?.[1]).toMatchObject({
      parameters: [{ name: 'W', wrong: 1 }],
      offenders: [{ parameter: 'W', index: [1, 1] }],
      findings: [{}],
    });
  });

  test('the meta outlives a structured clone and JSON, whatever was claimed', () => {
    const vitest = task();
    check(
      vitest,
      modelOf({ W: [2] }, (_, entry) => [Number.NaN, Infinity][entry]!),
    );
    const { gradients } = vitest.meta;
    expect(gradients?.[0]?.offenders.map(({ analytic }) => analytic)).toEqual(['NaN', 'Infinity']);
    expect(structuredClone(gradients)).toEqual(gradients);
    expect(JSON.parse(JSON.stringify(gradients))).toEqual(gradients);
  });

  test('the meta of a large model is brief, has what is wrong first, and says what it leaves out', () => {
    const vitest = task();
    const shapes = Object.fromEntries(Array.from({ length: 300 }, (_, k) => [`W${k}`, [2]]));
    const spoil: Spoil = (derivative, _, name) =>
      name === 'W250' || name === 'W299' ? 2 * derivative : derivative;
    check(vitest, modelOf(shapes, spoil), { worst: 100 });
    const [brief] = vitest.meta.gradients!;
    expect(brief?.parameters).toHaveLength(32);
    expect(brief?.parameters.filter(({ verdict }) => verdict === 'wrong').map(({ name }) => name)).toEqual([
      'W250',
      'W299',
    ]);
    expect(brief?.omitted).toEqual({ parameters: 268, offenders: 0, findings: 0 });
    expect(JSON.stringify(brief).length).toBeLessThan(20_000);
    check(vitest, wrong);
    expect(vitest.meta.gradients?.[1]).not.toHaveProperty('omitted');
  });

  test('a failed check annotates its test with a picture, as a warning', async () => {
    const vitest = annotated();
    check(vitest, wrong);
    await Promise.all(vitest.ended.map((end) => end()));
    expect(vitest.annotations).toEqual([
      {
        message: expect.stringMatching(NOTE),
        type: 'warning',
        attachment: { contentType: 'image/svg+xml', body: expect.any(String) },
      },
    ]);
    expect(atob(vitest.annotations[0]!.attachment!.body)).toMatch(/^<svg .*<\/svg>$/s);
  });

  test('a weak pass annotates its test with a notice', async () => {
    const vitest = annotated();
    const symmetric = {
      parameters: { A: [1, 2, 3, 5].map((a) => a / 4) },
      loss: ({ A }: { A: number[] }) => Math.exp(A[0]! + A[1]!) + A[2]! ** 2 * A[3]!,
      gradients: ({ A }: { A: number[] }) => {
        const both = Math.exp(A[0]! + A[1]!);
        return { A: [both, both, 2 * A[2]! * A[3]!, A[2]! ** 2] };
      },
    };
    expect(check(vitest, symmetric).pass).toBe(true);
    check({ ...vitest, isNot: true }, symmetric);
    await vitest.ended[0]!();
    expect(vitest.annotations).toEqual([
      {
        message:
          'The gradients agree with the loss, but the check is weak: 1 mistake could not have shown at either point; ' +
          "entries 0 and 1 of the gradient of A are equal: entries in each other's places.",
        type: 'notice',
        attachment: undefined,
      },
    ]);
  });

  test('an inconclusive one annotates it without a picture, where all entries were alike', async () => {
    const vitest = annotated();
    check(vitest, deaf);
    await Promise.all(vitest.ended.map((end) => end()));
    expect(vitest.annotations).toEqual([
      {
        message: expect.stringMatching(/^Inconclusive: .* unused-parameter: /),
        type: 'warning',
        attachment: undefined,
      },
    ]);
  });

  test('an asynchronous one does too', async () => {
    const vitest = annotated();
    await checkLater(vitest, wrong);
    await Promise.all(vitest.ended.map((end) => end()));
    expect(vitest.annotations).toHaveLength(1);
  });

  test.each([
    ['a right one', {}, right],
    ['a right one under .not', { isNot: true }, right],
    ['a wrong one under .not', { isNot: true }, wrong],
  ])('%s annotates nothing', async (_, context, model) => {
    const vitest = annotated();
    check({ ...vitest, ...context }, model);
    await Promise.all(vitest.ended.map((end) => end()));
    expect(vitest.annotations).toEqual([]);
  });

  test('a check within an expected value leaves nothing, as it may be made many times', () => {
    const vitest = annotated();
    const utils = { DIM_COLOR: (text: string) => text };
    check({ ...vitest, utils }, wrong);
    expect(vitest.meta).toEqual({});
    expect(vitest.ended).toEqual([]);
    check({ ...vitest, utils, promise: '' }, wrong);
    expect(vitest.meta.gradients).toHaveLength(1);
  });

  test('Vitest is made to wait for the annotation before the test is over', async () => {
    let finish: (() => void) | undefined;
    const vitest = task(() => new Promise<void>((resolve) => (finish = resolve)));
    check(vitest, wrong);
    let isOver = false;
    const over = Promise.all(vitest.ended.map((end) => end())).then(() => (isOver = true));
    await Promise.resolve();
    expect(isOver).toBe(false);
    finish!();
    await over;
    expect(isOver).toBe(true);
  });

  test('a version without annotations has the meta alone', () => {
    const vitest = task();
    expect(check(vitest, wrong).pass).toBe(false);
    expect(vitest.meta.gradients).toHaveLength(1);
    expect(vitest.ended).toEqual([]);
  });
});

describe('whatever goes wrong', () => {
  const noop = (): void => undefined;
  const refuses = (): never => {
    throw new Error('refused');
  };
  let message: string;
  beforeAll(() => {
    message = check({}, wrong).message();
  });
  const unhandled = vi.fn<(reason: unknown) => void>();
  beforeEach(() => void process.on('unhandledRejection', unhandled));
  afterEach(() => void process.off('unhandledRejection', unhandled));

  test.each([
    ['an annotation that throws', { meta: {}, context: { onTestFinished: noop, annotate: refuses } }],
    [
      'an annotation that is rejected',
      {
        meta: {},
        context: { onTestFinished: noop, annotate: async () => Promise.reject(new Error('refused')) },
      },
    ],
    [
      'an annotation that is no promise',
      { meta: {}, context: { onTestFinished: noop, annotate: () => undefined } },
    ],
    [
      'a hook that throws',
      {
        meta: {},
        context: { onTestFinished: refuses, annotate: async () => Promise.reject(new Error('refused')) },
      },
    ],
    ['a meta that is frozen', { meta: Object.freeze({}), context: { onTestFinished: noop } }],
    ['a meta that is not there', { context: { onTestFinished: noop } }],
  ])('the message comes through %s', async (_, broken) => {
    const result = check({ task: broken as never }, wrong);
    expect(result.pass).toBe(false);
    expect(result.message()).toBe(message);
    await new Promise((resolve) => void setTimeout(resolve));
    expect(unhandled).not.toHaveBeenCalled();
  });

  test('and so does that of an asynchronous check', async () => {
    const broken = { meta: {}, context: { onTestFinished: refuses, annotate: refuses } };
    const result = await checkLater({ task: broken }, wrong);
    expect(result.pass).toBe(false);
    expect(result.message()).toBe(message);
  });

  test('stacks are as they were', () => {
    const stacks = Error as { stackTraceLimit: number; prepareStackTrace?: unknown };
    const { stackTraceLimit } = stacks;
    const seen: number[] = [];
    const annotate = (): never => {
      seen.push(stacks.stackTraceLimit);
      return refuses();
    };
    try {
      stacks.stackTraceLimit = 7;
      check({ task: { context: { onTestFinished: noop, annotate } } }, wrong);
      expect(seen).toEqual([100]);
      expect(stacks.stackTraceLimit).toBe(7);
    } finally {
      stacks.stackTraceLimit = stackTraceLimit;
    }
  });

  test('the message comes through a picture that can not be drawn, and tells of it', async () => {
    vi.resetModules();
    vi.doMock('../../src/render/picture/error-picture.js', () => ({ errorPicture: refuses }));
    try {
      const again = (await import('expect-gradients/matchers')).toHaveCorrectGradients;
      const vitest = annotated();
      const result = again.call(vitest, wrong) as MatcherResult;
      expect(result.message()).toBe(`${message}\n\nThe picture could not be drawn: Error: refused`);
      await Promise.all(vitest.ended.map((end) => end()));
      expect(vitest.annotations).toHaveLength(1);
    } finally {
      vi.doUnmock('../../src/render/picture/error-picture.js');
    }
  });
});

describe("in Playwright's runner", () => {
  afterEach(() => useTestInfo(() => undefined as never));

  test('a failed check attaches its picture and its report', () => {
    const attached: unknown[] = [];
    const attach = async (name: string, { contentType, body }: { contentType: string; body: string }) => {
      attached.push([name, contentType, body.slice(0, 5)]);
      await Promise.resolve();
    };
    useTestInfo(() => ({ titlePath: ['a.spec.ts', 'layer', 'is right'], file: '/a.spec.ts', attach }));
    check({}, right);
    check({ isNot: true }, right);
    expect(attached).toEqual([]);
    check({}, wrong);
    expect(attached).toEqual([
      ['gradients.svg', 'image/svg+xml', '<svg '],
      ['gradients.json', 'application/json', '{\n  "'],
    ]);
  });

  test('outside of a test the check is as ever', () => {
    useTestInfo(() => {
      throw new Error('test.info() can only be called while test is running');
    });
    expect(check({}, wrong).pass).toBe(false);
  });
});

describe('the folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'artifacts-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let own = 0;
  /** A folder of its own for each test, that isn't there yet. */
  const fresh = (): string => join(folder, String((own += 1)), 'deep');

  test('holds the picture and the report, and the message names them', () => {
    const artifacts = fresh();
    const result = check({ currentTestName: 'a layer > is <right>', testPath: '/x/a.test.ts' }, wrong, {
      artifacts,
    });
    const [json, svg] = readdirSync(artifacts).toSorted();
    expect(json).toMatch(/^a-layer-is-right-[\da-f]{8}\.json$/);
    expect(svg).toBe(json!.replace('.json', '.svg'));
    expect(result.message()).toMatch(
      `the seed is 1.\n\nPicture: ${artifacts}/${svg}\nReport: ${artifacts}/${json}`,
    );
    expect(readFileSync(join(artifacts, svg!), 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s);
    expect(JSON.parse(readFileSync(join(artifacts, json!), 'utf8'))).toMatchObject({ verdict: 'wrong' });
  });

  test('is not made for a check that passes, nor for one under .not', () => {
    const artifacts = fresh();
    check({ currentTestName: 't' }, right, { artifacts });
    check({ currentTestName: 't', isNot: true }, right, { artifacts });
    check({ currentTestName: 't', isNot: true }, wrong, { artifacts });
    expect(() => readdirSync(artifacts)).toThrow('ENOENT');
  });

  test('has other names for another test, another file, and another check of a test', () => {
    const artifacts = `${fresh()}/`;
    const contexts = [
      { currentTestName: 'a', testPath: '/1' },
      { currentTestName: 'b', testPath: '/1' },
      { currentTestName: 'a', testPath: '/2' },
      { currentTestName: 'a', testPath: '/1' },
      { currentTestName: 'a?', testPath: '/1' },
      { currentTestName: 'ignored', currentConcurrentTestName: () => 'c', testPath: '/1' },
    ];
    const paths = contexts.map(
      (context) => /Report: (.*)/.exec(check(context, wrong, { artifacts }).message())![1],
    );
    expect(new Set(paths).size).toBe(6);
    expect(paths[3]).toBe(paths[0]!.replace('.json', '-2.json'));
    expect(paths[5]).toMatch(/\/c-[^/]*$/);
    expect(readdirSync(artifacts)).toHaveLength(12);
  });

  test('has its names from where the project lies', () => {
    const artifacts = fresh();
    check({ currentTestName: 'same', testPath: `${process.cwd()}/a.test.ts` }, wrong, { artifacts });
    const names = readdirSync(artifacts);
    vi.spyOn(process, 'cwd').mockReturnValueOnce('/elsewhere');
    check({ currentTestName: 'same', testPath: '/elsewhere/a.test.ts' }, wrong, { artifacts });
    expect(readdirSync(artifacts)).toHaveLength(4);
    expect(names.map((name) => name.replace('.', '-2.'))).toEqual(
      readdirSync(artifacts).filter((name) => name.includes('-2.')),
    );
  });

  test('never replaces anything where the runner tells no name', () => {
    const artifacts = fresh();
    const reports = [wrong, deaf, wrong].map((model) =>
      check({}, model, { artifacts }).message().split('\n').at(-1),
    );
    expect(reports).toEqual([1, 2, 3].map((k) => `Report: ${artifacts}/gradients-${k}.json`));
    expect(readdirSync(artifacts).toSorted()).toEqual([
      'gradients-1.json',
      'gradients-1.svg',
      'gradients-2.json',
      'gradients-3.json',
      'gradients-3.svg',
    ]);
  });

  test('keeps no picture of an earlier run beside the report of a check that has none', () => {
    const artifacts = fresh();
    const path = /Report: (.*)\.json/.exec(
      check({ currentTestName: 'x' }, deaf, { artifacts }).message(),
    )![1]!;
    writeFileSync(`${path}-2.svg`, 'old');
    check({ currentTestName: 'x' }, deaf, { artifacts });
    expect(readdirSync(artifacts).filter((name) => name.endsWith('.svg'))).toEqual([]);
  });

  test('that is a file is told of below the message, which stays', () => {
    const artifacts = join(folder, 'file');
    writeFileSync(artifacts, '');
    const plain = check({}, wrong).message().replace(/.*\n/, '');
    const message = check({}, wrong, { artifacts }).message().replace(/.*\n/, '');
    expect(message.startsWith(plain)).toBe(true);
    expect(message.slice(plain.length)).toMatch(
      /^\n\nThe artifacts could not be written to ".*file": EEXIST: file already exists, mkdir '.*file'$/,
    );
  });

  test.each([[7], [''], ['  '], [null], [['a']]])('must be a path, and not %j', (artifacts) => {
    expect(() => check({}, right, { artifacts } as never)).toThrow(TypeError);
    expect(() => check({ isNot: true }, wrong, { artifacts } as never)).toThrow(
      'expect-gradients: options.artifacts must be the path of a folder, but it is',
    );
  });

  test('is refused where there is no file system', () => {
    vi.stubGlobal('process', undefined);
    try {
      expect(() => check({}, right, { artifacts: 'x' })).toThrow(
        new UsageError(
          'expect-gradients: options.artifacts is given, but there is no file system here to write to: browsers have none, and ' +
            'Node gives one from 20.16 on (process.getBuiltinModule).',
        ),
      );
      expect(check({}, wrong).pass).toBe(false);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test('is repeated in the hint of the message', () => {
    const artifacts = fresh();
    expect(check({}, wrong, { artifacts }).message()).toMatch(
      `expect(model).toHaveCorrectGradients({ artifacts: '${artifacts}' })\n`,
    );
  });
});

test('a Jacobian has its picture too, with the worst entry by its output', () => {
  const folder = mkdtempSync(join(tmpdir(), 'artifacts-'));
  afterTest(() => {
    rmSync(folder, { recursive: true });
  });
  const model = {
    parameters: { W: [[1, 2]] },
    outputs: ({ W: [[u = 0, v = 0] = []] }: { W: number[][] }) => [u * v, u, v],
    jacobian: ({ W: [[u = 0, v = 0] = []] }: { W: number[][] }) => [v, u, 1, 0, 0, 1.5],
  };
  const { message } = toHaveCorrectJacobian.call({ currentTestName: 'arm' }, model, {
    artifacts: folder,
  }) as MatcherResult;
  expect(message()).toContain('outputs[2] by W[0, 1]');
  const picture = readdirSync(folder).find((name) => name.endsWith('.svg'))!;
  const svg = readFileSync(join(folder, picture), 'utf8');
  expect(svg).toContain('<title>The Jacobian is wrong in 1 of 6 entries: W.</title>');
  expect(svg).toContain('outputs[2] by W[0, 1]');
  expect(svg).not.toContain('from the loss');
});
