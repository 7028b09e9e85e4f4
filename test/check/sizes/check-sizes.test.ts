/** Factories whose models are wrong at some sizes, or at all of them, and what is told of that. */

import {
  checkSizes,
  type GradientCheckOptions,
  type Model,
  type Sizes,
  type SizesReport,
} from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import * as factories from './factories.js';
import type { SyncModel } from './factories.js';

/** The law, the condition, and the sizes that failed. */
function found(report: SizesReport): object {
  const wrong = report.cases.filter(({ report: own }) => own.verdict === 'wrong');
  return {
    verdict: report.verdict,
    law: report.law?.exponents,
    predictor: report.predictor,
    wrong: wrong.length,
    of: report.cases.length,
  };
}

describe('a mistake', () => {
  test('by a mean over the wrong axis follows a law, which is right where both are equally long', () => {
    const report = checkSizes(factories.wrongMean, { sizes: { samples: [2, 3, 6], features: [1, 3, 4] } });
    expect(found(report)).toEqual({
      verdict: 'wrong',
      law: { samples: 1, features: -1 },
      predictor: undefined,
      wrong: 8,
      of: 9,
    });
  });

  test('by a mean over the wrong axis follows it also for many entries, where these are measured together', () => {
    const sizes = { samples: [2, 5, 10], features: [10, 40, 300] };
    for (const method of ['exhaustive', 'directional'] as const)
      expect(found(checkSizes(factories.wrongMean, { sizes, method }))).toMatchObject({
        law: { samples: 1, features: -1 },
        wrong: 8,
      });
  });

  test('in the axis that is told by its length shows where both are equally long', () => {
    const sizes = { rows: [2, 3, 5], columns: [2, 3, 4] };
    expect(found(checkSizes(factories.axisByLength, { sizes }))).toEqual({
      verdict: 'wrong',
      law: undefined,
      predictor: 'rows = columns',
      wrong: 2,
      of: 9,
    });
  });

  test('in the last of an even number of channels shows where it is even', () => {
    const sizes = { channels: [1, 2, 3, 4, 5], width: [2, 3] };
    expect(found(checkSizes(factories.evenChannels, { sizes }))).toEqual({
      verdict: 'wrong',
      law: undefined,
      predictor: 'channels is even',
      wrong: 4,
      of: 10,
    });
  });

  test('in two options together shows where both are on, and where there is no model nothing is checked', () => {
    const sizes = { taps: [1, 2, 3], stride: [1, 2, 3], dilation: [1, 2, 3] };
    expect(found(checkSizes(factories.dilatedAndStrided, { sizes }))).toEqual({
      verdict: 'wrong',
      law: undefined,
      predictor: 'stride > 1 and dilation > 1',
      wrong: 8,
      of: 18,
    });
  });

  test('with one sample shows there', () => {
    const sizes = { samples: [1, 2, 3], features: [2, 3, 5] };
    expect(found(checkSizes(factories.oneSample, { sizes }))).toEqual({
      verdict: 'wrong',
      law: undefined,
      predictor: 'samples = 1',
      wrong: 3,
      of: 9,
    });
  });

  test('by a sum over steps in the place of their mean follows a law but for a constant', () => {
    const sizes = { steps: [1, 2, 3, 5], units: [1, 2, 3] };
    expect(found(checkSizes(factories.perStep, { sizes }))).toEqual({
      verdict: 'wrong',
      law: { steps: 1, units: 0 },
      predictor: undefined,
      wrong: 12,
      of: 12,
    });
  });

  /** A right gradient times what depends on the sizes. */
  const times =
    (factor: (a: number, b: number) => number) =>
    ({ a, b }: Record<'a' | 'b', number>): SyncModel<number[]> => {
      const w = Array.from({ length: a + b }, (_, i) => Math.cos(3 * i + 1));
      return {
        parameters: w,
        loss: () => w.reduce((sum, v, i) => sum + (i + 1) * v * v * v, 0),
        gradients: () => w.map((v, i) => factor(a, b) * 3 * (i + 1) * v * v),
      };
    };
  const lists = { a: [1, 2, 3, 4], b: [1, 2, 4] };

  test.each<[name: string, factor: (a: number, b: number) => number, expected: object]>([
    ['is a square of a size', (a) => a * a, { law: { a: 2, b: 0 }, predictor: undefined }],
    ['is one over the root of one', (_, b) => 1 / Math.sqrt(b), { law: { a: 0, b: -0.5 } }],
    ['has a sign', (a) => -a, { law: { a: 1, b: 0 }, wrong: 12 }],
    [
      'is one constant at some sizes',
      (a) => (a % 2 === 0 ? 2 : 1),
      { law: { a: 0, b: 0 }, predictor: 'a is even' },
    ],
    ['is no power of the sizes', (a, b) => a + b, { law: undefined, predictor: undefined, wrong: 12 }],
    ['is zero', (a) => (a > 1 ? 0 : 1), { law: undefined, predictor: 'a > 1' }],
    ['is none', () => 1, { verdict: 'correct', law: undefined, predictor: undefined, wrong: 0 }],
  ])('that is a factor which %s', (_, factor, expected) => {
    expect(found(checkSizes(times(factor), { sizes: lists }))).toMatchObject(expected);
  });

  test('follows a law in single precision, too', () => {
    const single = ({ a, b }: Record<'a' | 'b', number>): SyncModel<Float32Array> => {
      const w = Float32Array.from({ length: a + b }, (_, i) => Math.cos(3 * i + 1));
      return {
        parameters: w,
        loss: () => w.reduce((sum, v, i) => Math.fround(sum + Math.fround((i + 1) * v * v)), 0),
        gradients: () => w.map((v, i) => a * 2 * (i + 1) * v),
      };
    };
    expect(found(checkSizes(single, { sizes: lists }))).toMatchObject({ law: { a: 1, b: 0 }, wrong: 9 });
  });

  test('that is a factor of some entries, and another of the others, follows no law', () => {
    const mixed = ({ a }: Record<'a', number>): SyncModel<number[]> => {
      const w = [1, 2, 3, 4];
      return {
        parameters: w,
        loss: () => w.reduce((sum, v) => sum + v * v * v, 0),
        gradients: () => w.map((v, i) => a * (1 + (i % 2)) * 3 * v * v),
      };
    };
    const report = checkSizes(mixed, { sizes: { a: [2, 3, 5] } });
    expect(found(report)).toMatchObject({ law: undefined, predictor: undefined, wrong: 3 });
  });

  test('that is a factor of one parameter, and another of another, follows no law', () => {
    const two = ({ a, b }: Record<'a' | 'b', number>): SyncModel => {
      const [u, v] = [
        [1, 2, 3],
        [4, 5, 6],
      ];
      return {
        parameters: { u, v },
        loss: () => u.reduce((sum, x, i) => sum + x * x * v[i]!, 0),
        gradients: () => ({ u: u.map((x, i) => a * 2 * x * v[i]!), v: u.map((x) => b * x * x) }),
      };
    };
    expect(checkSizes(two, { sizes: lists }).law).toBeUndefined();
  });
});

describe('the verdict', () => {
  const sizes = { n: [1, 2] };
  const square = (factor: number, loss = (w: number) => w * w): SyncModel<number> => ({
    parameters: 1.5,
    loss,
    gradients: (w) => 2 * w * factor,
  });

  test('is inconclusive where nothing was checked, or a case could not be told and none is wrong', () => {
    expect(checkSizes(() => null, { sizes })).toEqual({ verdict: 'inconclusive', cases: [] });
    expect(checkSizes(() => undefined, { sizes })).toEqual({ verdict: 'inconclusive', cases: [] });
    const open = checkSizes(({ n }) => (n === 1 ? square(1) : square(0, () => 1)), { sizes });
    expect(open.verdict).toBe('inconclusive');
    expect(open.predictor).toBeUndefined();
    expect(checkSizes(({ n }) => (n === 1 ? square(3) : square(0, () => 1)), { sizes }).verdict).toBe(
      'wrong',
    );
    expect(checkSizes(() => square(1), { sizes }).verdict).toBe('correct');
  });

  test('comes with the report of each case, and the sizes of it', () => {
    const { cases } = checkSizes(({ n }) => square(n), { sizes: { n: [2, 1, 2] } });
    expect(cases.map(({ sizes: own, report }) => [own, report.verdict])).toEqual([
      [{ n: 2 }, 'wrong'],
      [{ n: 1 }, 'correct'],
    ]);
  });
});

describe('the options', () => {
  const square = (): SyncModel<number> => ({ parameters: 1.5, loss: (w) => w * w, gradients: (w) => 2 * w });

  test('are those of each check', () => {
    const { cases } = checkSizes(square, { sizes: { n: [1, 2] }, points: 3, seed: 5, tolerance: 1e-6 });
    for (const { report } of cases)
      expect(report).toMatchObject({ points: { checked: 3 }, seed: 5, tolerance: 1e-6 });
  });

  test('share a budget of losses among the cases, and none is correct that it cut', () => {
    const whole = checkSizes(square, { sizes: { n: [1, 2, 3] } });
    const losses = ({ cases }: SizesReport): number =>
      cases.reduce((sum, { report }) => sum + report.evaluations.loss, 0);
    const cut = checkSizes(square, { sizes: { n: [1, 2, 3] }, maxEvaluations: 30 });
    expect(losses(whole)).toBeGreaterThan(30);
    expect(losses(cut)).toBeLessThanOrEqual(30);
    expect(cut.verdict).toBe('inconclusive');
  });

  test('keep a limit of time for all cases together', () => {
    const slow = (): SyncModel<number[]> => ({
      parameters: [1, 2, 3],
      loss: ([x, y, z]) => {
        const until = performance.now() + 2;
        while (performance.now() < until);
        return x! * y! * z!;
      },
      gradients: ([x, y, z]) => [y! * z!, x! * z!, x! * y!],
    });
    const started = performance.now();
    const { verdict } = checkSizes(slow, { sizes: { n: [1, 2, 3, 4, 5, 6] }, timeLimit: 100 });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(verdict).toBe('inconclusive');
  });
});

describe('promises', () => {
  const sizes = { n: [1, 2, 3] };

  test.each<[name: string, factory: (n: number) => Model<number> | PromiseLike<Model<number> | null>]>([
    [
      'of a loss',
      (n) => ({ parameters: 1.5, loss: (w) => Promise.resolve(w * w), gradients: (w) => 2 * w * n }),
    ],
    [
      'of gradients',
      (n) => ({ parameters: 1.5, loss: (w) => w * w, gradients: (w) => Promise.resolve(2 * w * n) }),
    ],
    [
      'of a model',
      (n) => Promise.resolve({ parameters: 1.5, loss: (w) => w * w, gradients: (w) => 2 * w * n }),
    ],
  ])('%s are awaited, and the report is that of a factory without', async (_, factory) => {
    const later = checkSizes(({ n }) => factory(n) as Model<number>, { sizes }) as unknown;
    expect(later).toBeInstanceOf(Promise);
    const report = (await later) as SizesReport;
    expect(report.law).toEqual({ exponents: { n: 1 } });
    expect(report.cases.map(({ report: own }) => own.verdict)).toEqual(['correct', 'wrong', 'wrong']);
  });
});

describe('what goes wrong', () => {
  const model: SyncModel<number> = { parameters: 1, loss: (w) => w, gradients: () => 1 };
  const factory = (): SyncModel<number> => model;

  test.each<[name: string, received: unknown, options: unknown, message: string]>([
    [
      'a model',
      model,
      { sizes: { n: [1] } },
      'must be a factory, a function (sizes) => model, but it is an object',
    ],
    ['no options', factory, undefined, 'options.sizes is missing'],
    ['no sizes', factory, { points: 2 }, 'options.sizes is missing'],
    ['none of them', factory, { sizes: {} }, 'options.sizes must be an object of lists'],
    ['a list of sizes', factory, { sizes: [1, 2] }, 'options.sizes must be an object of lists'],
    [
      'an empty list',
      factory,
      { sizes: { n: [] } },
      'options.sizes.n must be a list of one or more whole numbers',
    ],
    ['a number for a list', factory, { sizes: { n: 3 } }, 'options.sizes.n must be a list'],
    [
      'a fraction',
      factory,
      { sizes: { n: [1, 1.5] } },
      'options.sizes.n[1] must be a whole number, at least 0, but it is 1.5',
    ],
    [
      'a negative size',
      factory,
      { sizes: { n: [-1] } },
      'options.sizes.n[0] must be a whole number, at least 0, but it is -1',
    ],
    ['a text', factory, { sizes: { n: ['1'] } }, 'options.sizes.n[0] must be a whole number'],
    ['an unknown option', factory, { sizes: { n: [1] }, point: 2 }, 'did you mean "points"?'],
    [
      'too few losses',
      factory,
      { sizes: { n: [1, 2] }, maxEvaluations: 8 },
      'less than 5 losses for each of 2 cases',
    ],
  ])('is a misuse: %s', (_, received, options, message) => {
    const check = checkSizes as unknown as (received: unknown, options: unknown) => unknown;
    expect(() => check(received, options)).toThrow(TypeError);
    expect(() => check(received, options)).toThrow(message);
  });

  test('in a model is told with the sizes', () => {
    const broken = (): SyncModel => ({ parameters: 'none' }) as unknown as SyncModel;
    expect(() => checkSizes(broken, { sizes: { batch: [2], units: [3] } })).toThrow(
      'This is at the sizes { batch: 2, units: 3 }.',
    );
  });

  test('in the factory, or in a loss, passes on as it is, with the sizes as the last of its causes', () => {
    const own = new RangeError('own', { cause: new Error('inner') });
    const failing: readonly (() => SyncModel<number>)[] = [
      () => {
        throw own;
      },
      () => ({
        ...model,
        loss: () => {
          throw own;
        },
      }),
    ];
    for (const fail of failing) {
      expect(() => checkSizes(fail, { sizes: { batch: [2] } })).toThrow(own);
      expect(own.message).toBe('own');
    }
    const { cause } = own.cause as Error;
    expect((cause as Error).message).toBe('expect-gradients was at the sizes { batch: 2 }');
  });

  test('leaves the parameters as they were, bit for bit', () => {
    const w = Float64Array.of(0.1, -0, 3);
    const before = w.slice();
    let calls = 0;
    const failing = (): SyncModel => ({
      parameters: w,
      loss: () => {
        calls += 1;
        if (calls > 9) throw new Error('late');
        return w[0]! * w[2]! + w[1]!;
      },
      gradients: () => [w[2], 1, w[0]],
    });
    expect(() => checkSizes(failing, { sizes: { n: [1] } })).toThrow('late');
    expect([...new BigInt64Array(w.buffer)]).toEqual([...new BigInt64Array(before.buffer)]);
  });
});

test("checkSizes tells its options from a matcher's", () => {
  const options: GradientCheckOptions & { readonly sizes: Sizes } = { sizes: { n: [1] } };
  const given = { ...options, artifacts: 'here' } as typeof options;
  expect(() => checkSizes(() => null, given)).toThrow('options.artifacts is an option of the matchers');
});
