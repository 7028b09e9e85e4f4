/** What a model with wrong gradients is asked, and what is held against each other before and after a check. */

import { describe, expect, test } from 'vitest';
import type { FollowUp, Preconditions } from '../../../src/check/measurement.js';
import {
  askFollowUp,
  displacementAlong,
  followUpGivenUp,
  noFollowUp,
} from '../../../src/check/preconditions/follow-up.js';
import {
  demandSame,
  demandSameBeside,
  lossesByEach,
} from '../../../src/check/preconditions/loss-functions.js';
import { scaleOf } from '../../../src/check/preconditions/parameter-scale.js';
import { randomPath } from '../../../src/check/preconditions/random-path.js';
import { changeDuring, claim, closing, hold } from '../../../src/check/preconditions/repeated-calls.js';
import { answer, type Procedure } from '../../../src/check/run/drive.js';
import { evaluationOf } from '../../../src/model/evaluate/answer-losses.js';
import type { Request } from '../../../src/model/evaluate/requests.js';
import { GradientSubject } from '../../../src/model/subject/gradient-subject.js';
import type { Shard } from '../../../src/model/tree/shard.js';
import { DOUBLE } from '../../../src/numerics/format.js';

interface Two {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

interface TwoModel {
  readonly loss: (parameters: Two) => number;
  readonly gradients?: (parameters: Two) => object;
  readonly losses?: (all: readonly Partial<Two>[], parameters: Two) => number[];
}

const subjectOf = (
  { loss, gradients = () => ({ x: [0, 0], y: [0] }), losses }: TwoModel,
  parameters: Two = { x: Float64Array.of(1, 2), y: Float64Array.of(3) },
  shard?: Shard,
) => {
  const subject = new GradientSubject(
    {
      parameters,
      loss: () => loss(parameters),
      gradients: () => gradients(parameters),
      ...(losses && { losses: (all: readonly Partial<Two>[]) => losses(all, parameters) }),
    },
    { only: undefined, except: undefined, shard },
  );
  const run = <Result>(procedure: Procedure<Request, Result>): Result =>
    answer(procedure, (request) => evaluationOf(request, subject)) as Result;
  return { subject, run, parameters };
};

/** How far away the other point is, in scales of each parameter. */
const DISPLACEMENT = 2 ** -7;

describe('a model with wrong gradients is asked', () => {
  const claimed = (x: readonly number[], y: number): Float64Array[] => [
    Float64Array.from(x),
    Float64Array.of(y),
  ];
  const asked = (
    model: TwoModel,
    {
      analytic = claimed([1, 2], 3),
      noise = 1e-12,
      shard,
    }: { analytic?: Float64Array[]; noise?: number; shard?: Shard } = {},
    parameters?: Two,
  ): FollowUp => {
    const made = subjectOf(model, parameters, shard);
    const found = made.run(
      askFollowUp(
        made.subject,
        model.loss(made.parameters),
        { analytic, noise, formats: analytic.map(() => DOUBLE) },
        1,
      ),
    );
    made.subject.restore();
    return found;
  };
  const bent = ({ x, y }: Two): number => x[0]! ** 2 + x[1]! ** 2 + y[0]! ** 2;
  const straight = ({ x, y }: Two): number => 5 * x[0]! + 2 * x[1]! - 3 * y[0]!;
  const inX = ({ x, y }: Two): number => x[0]! ** 2 + x[1]! ** 2 + 3 * y[0]!;
  const same = (): object => ({ x: [1, 2], y: [3] });
  const sameY = ({ x }: Two): object => ({ x, y: [3] });

  test.each([
    ['all are the same, and the loss bends: frozen', bent, same, [true, true]],
    ['all are the same, and so is the slope: as they should be', straight, same, [false, false]],
    ['one changes, and the loss bends along the other: that is frozen', bent, sameY, [false, true]],
    ['one changes, and the loss does not bend along the other', inX, sameY, [false, false]],
    ['all change', bent, ({ x, y }: Two): object => ({ x, y: [y[0]!] }), [false, false]],
    [
      'an entry of each changes',
      bent,
      ({ x, y }: Two): object => ({ x: [1, x[1]], y: [y[0]!] }),
      [false, false],
    ],
  ] as const)('whether its claims change: %s', (_, loss, gradients, frozen) => {
    expect(asked({ loss, gradients }).frozen).toEqual(frozen);
  });

  test('whether they change farther away: signs do, and nothing is known where the loss ends', () => {
    const signs = ({ x, y }: Two): object => ({ x: x.map(Math.sign), y: y.map(Math.sign) });
    const analytic = claimed([1, 1], 1);
    expect(asked({ loss: bent, gradients: signs }, { analytic }).frozen).toEqual([false, false]);
    const ones = (): object => ({ x: [1, 1], y: [1] });
    const near =
      (end: () => number) =>
      (p: Two): number =>
        p.x[0]! > 0.9 && p.x[0]! < 1.1 ? bent(p) : end();
    const throwing = (): never => {
      throw new RangeError('out of range');
    };
    for (const gradients of [signs, ones])
      for (const end of [() => Number.NaN, throwing])
        expect(asked({ loss: near(end), gradients }, { analytic }).frozen).toEqual([true, true]);
  });

  test('not by a claim that is that of the call before', () => {
    let last = { x: [1, 2], y: [3] };
    const before = ({ x, y }: Two): object => {
      const own = last;
      last = { x: [...x], y: [...y] };
      return own;
    };
    expect(asked({ loss: bent, gradients: before }).frozen).toEqual([true, true]);
  });

  test('not of what is zero: that may be no claim at all', () => {
    const zero = (): object => ({ x: [1, 2], y: [0] });
    expect(asked({ loss: bent, gradients: zero }, { analytic: claimed([1, 2], 0) }).frozen).toEqual([
      true,
      false,
    ]);
    const none = (): object => ({ x: [0, 0], y: [0] });
    expect(asked({ loss: bent, gradients: none }, { analytic: claimed([0, 0], 0) }).frozen).toEqual([
      false,
      false,
    ]);
    const some = (): object => ({ x: [0, 2], y: [3] });
    expect(asked({ loss: bent, gradients: some }, { analytic: claimed([0, 2], 3) }).frozen).toEqual([
      true,
      true,
    ]);
  });

  test('of those that are due', () => {
    const shard = { part: 2, of: 3 };
    // The second of three entries.
    expect(asked({ loss: bent, gradients: sameY }, { shard })).toEqual({ sharers: [[]], frozen: [false] });
    expect(asked({ loss: bent, gradients: sameY }, { shard: { part: 3, of: 3 } }).frozen).toEqual([true]);
  });

  test('whether the loss bends by more than its noise', () => {
    const { subject } = subjectOf({ loss: bent });
    const path = randomPath(subject, subject.saved.map(scaleOf), 1);
    const squares = displacementAlong(path)
      .flatMap((far) => [...far])
      .reduce((sum, far) => sum + far * far, 0);
    // Half of J(θ + h) − 2 J(θ) + J(θ − h), beside 6 √6 σ / 2.
    const level = squares / (3 * Math.sqrt(6));
    const frozen = (noise: number): readonly boolean[] =>
      asked({ loss: bent, gradients: same }, { noise }).frozen;
    expect(frozen(0.99 * level)).toEqual([true, true]);
    expect(frozen(1.01 * level)).toEqual([false, false]);
  });

  test('right after a loss at the same point, 2^-7 of the scales away', () => {
    const calls: [string, ...number[]][] = [];
    const noted = (name: string, { x, y }: Two): void => void calls.push([name, ...x, ...y]);
    asked({
      loss: (p) => {
        noted('loss', p);
        return bent(p);
      },
      gradients: (p) => {
        noted('gradients', p);
        return { x: p.x, y: p.y };
      },
    });
    const { subject } = subjectOf({ loss: bent });
    const path = randomPath(subject, subject.saved.map(scaleOf), 1);
    const [x, y] = path.map(({ weights }) => weights);
    const there = [1 + DISPLACEMENT * x!.at(0), 2 + DISPLACEMENT * x!.at(1), 3 + DISPLACEMENT * y!.at(0)];
    // The first of the losses is that at θ.
    expect(calls.slice(1, 3)).toEqual([
      ['loss', ...there],
      ['gradients', ...there],
    ]);
    expect(displacementAlong(path).map((far) => [...far])).toEqual([
      [DISPLACEMENT * x!.at(0), DISPLACEMENT * x!.at(1)],
      [DISPLACEMENT * y!.at(0)],
    ]);
  });

  test('whether parameters share their storage', () => {
    const storage = Float64Array.of(1, 2, 3);
    const sharing = { x: storage.subarray(0, 2), y: storage.subarray(1, 2) };
    const own = { loss: bent, gradients: ({ x, y }: Two) => ({ x, y }) };
    expect(asked(own, {}, sharing).sharers).toEqual([[1], [0]]);
    expect(asked(own).sharers).toEqual([[], []]);
  });

  test('nothing, where it is not wrong, or throws', () => {
    const { subject, parameters } = subjectOf({ loss: bent });
    expect(noFollowUp(subject)).toEqual({ sharers: [[], []], frozen: [false, false] });
    parameters.x[0] = 9;
    expect(followUpGivenUp(subject)).toEqual({ sharers: [[], []], frozen: [false, false] });
    expect(parameters.x[0]).toBe(1);
  });
});

describe('two ways to evaluate a loss', () => {
  /** What float32 leaves of a number. */
  const SINGLE = 2 ** -17;
  const { subject } = subjectOf({ loss: () => 0 });
  const NOTHING = [new Float64Array(2), new Float64Array(1)];
  const refuses = (losses: number[], analytic: readonly Float64Array[] = NOTHING): boolean => {
    try {
      demandSame(subject, analytic, losses);
      return false;
    } catch {
      return true;
    }
  };
  const scale = Math.sqrt((1 + 4) / 2);
  const steep = [Float64Array.of(300, 400), new Float64Array(1)];

  test.each<[string, number[], Float64Array[], boolean]>([
    ['are the same', [2, 2], NOTHING, false],
    ['are one', [2], NOTHING, false],
    ['are apart by what single precision leaves of the larger', [1, 1 - SINGLE], NOTHING, false],
    ['are apart by more', [1, 1 - 1.01 * SINGLE], NOTHING, true],
    ['are apart by more of the smaller, whichever it is', [1 - SINGLE, 1], NOTHING, false],
    [
      'are apart by what the gradients make of the parameters',
      [0, 0.99 * 500 * scale * SINGLE],
      steep,
      false,
    ],
    ['are apart by more than the gradients make of them', [0, 1.01 * 500 * scale * SINGLE], steep, true],
    ['fail alike', [Number.NaN, Number.NaN], NOTHING, false],
    ['fail in one', [Number.NaN, 1], NOTHING, true],
    ['overflow in one', [1, Infinity], NOTHING, true],
  ])('that %s', (_, losses, analytic, expected) => {
    expect(refuses(losses, analytic)).toBe(expected);
  });

  test('are compared at each point beside θ where both are finite', () => {
    const refusesBeside = (many: number[], one?: number[]): boolean => {
      try {
        demandSameBeside(subject, NOTHING, [
          Float64Array.from(many),
          ...(one ? [Float64Array.from(one)] : []),
        ]);
        return false;
      } catch {
        return true;
      }
    };
    expect(refusesBeside([1, 2], [1, 2])).toBe(false);
    expect(refusesBeside([1, 2], [1, 3])).toBe(true);
    expect(refusesBeside([Number.NaN, 2], [1, Infinity])).toBe(false);
    expect(refusesBeside([1, 2])).toBe(false);
  });

  test('are asked about the same points, the loss last, and a point is counted once', () => {
    const calls: string[] = [];
    const both = subjectOf({
      loss({ x }) {
        calls.push('loss');
        return x[0]!;
      },
      losses(all) {
        calls.push(`losses ${all.length}`);
        return all.map(() => 7);
      },
    });
    const places = { path: [], multiples: new Float64Array(2) };
    const found = both.run(lossesByEach(both.subject, places));
    expect(found.map((losses) => [...losses])).toEqual([
      [7, 7],
      [1, 1],
    ]);
    expect(calls.at(-1)).toBe('loss');
    expect(both.subject.evaluations.loss).toBe(2);
  });
});

describe('preconditions', () => {
  const sound: Preconditions = {
    losses: [{ by: 'loss', values: [2, 2] }],
    change: undefined,
    names: ['x'],
    claims: [[Float64Array.of(1, Number.NaN)], [Float64Array.of(1, Number.NaN)]],
  };

  test.each<[string, Partial<Preconditions>, boolean]>([
    ['hold where everything is the same', {}, true],
    ['hold of a claim that is −0 and 0', { claims: [[Float64Array.of(0)], [Float64Array.of(-0)]] }, true],
    ['do not where a loss differs', { losses: [{ by: 'loss', values: [2, 2, 3] }] }, false],
    ['do not where a loss is not finite', { losses: [{ by: 'loss', values: [Infinity, Infinity] }] }, false],
    [
      'do not where a loss is no number',
      { losses: [{ by: 'loss', values: [Number.NaN, Number.NaN] }] },
      false,
    ],
    [
      'do not where one of two is not',
      {
        losses: [
          { by: 'losses', values: [1, 1] },
          { by: 'loss', values: [1, 2] },
        ],
      },
      false,
    ],
    ['do not where claims differ', { claims: [[Float64Array.of(1)], [Float64Array.of(2)]] }, false],
    ['do not where a call changed something', { change: { by: 'loss', parameters: [], lost: [] } }, false],
  ])('%s', (_, given, expected) => {
    expect(hold({ ...sound, ...given })).toBe(expected);
  });

  test.each([
    ['twice', [1, 1, 1], 2],
    ['a third time where the two differ', [1, 2, 1], 3],
    ['no fourth time', [1, 2, 3, 4], 3],
  ])('are seen by calling each %s, the loss first', (_, values, expected) => {
    const calls: string[] = [];
    let call = 0;
    const { subject, run } = subjectOf({
      loss() {
        calls.push('loss');
        return 5;
      },
      gradients() {
        calls.push('gradients');
        return { x: [values[call++], 0], y: [7] };
      },
    });
    const { analytic, preconditions, lossTime } = run(claim(subject));
    expect(calls).toEqual(Array.from({ length: expected }, () => ['loss', 'gradients']).flat());
    expect(analytic).toEqual([Float64Array.of(values[0]!, 0), Float64Array.of(7)]);
    expect(preconditions.names).toEqual(['x', 'y']);
    expect(preconditions.losses).toEqual([{ by: 'loss', values: Array(expected).fill(5) }]);
    expect(preconditions.claims.map(([x]) => x![0])).toEqual(values.slice(0, expected));
    expect(lossTime).toBeLessThan(Infinity);
  });

  test.each(['loss', 'gradients'] as const)('tell what %s changes, after putting it back', (by) => {
    let call = 0;
    const change = ({ x }: Two): void => {
      if (call++ === 1) x.set([8, 9]);
    };
    const { subject, run, parameters } = subjectOf({
      loss(p) {
        if (by === 'loss') change(p);
        return 5;
      },
      gradients(p) {
        if (by === 'gradients') change(p);
        return { x: [0, 0], y: [0] };
      },
    });
    const { preconditions } = run(claim(subject));
    expect(preconditions.change).toEqual({ by, parameters: [{ name: 'x', entries: 2 }], lost: [] });
    expect([...parameters.x]).toEqual([1, 2]);
  });

  test('at the end tell what was changed on the way, and before what the last loss changes', () => {
    const ended = (options: {
      during?: boolean;
      last?: boolean;
      before?: Preconditions['change'];
    }): Preconditions => {
      let isLast = false;
      const { subject, run, parameters } = subjectOf({
        loss({ y }) {
          if (isLast && options.last) y[0] = 9;
          return isLast ? 6 : 5;
        },
      });
      const { preconditions } = run(claim(subject));
      if (options.during) parameters.x[0] = 9;
      isLast = true;
      const found = run(closing(subject, preconditions, options.before));
      expect([...parameters.x, ...parameters.y]).toEqual([1, 2, 3]);
      return found;
    };
    const changed = (name: string): Preconditions['change'] => ({
      by: 'loss',
      parameters: [{ name, entries: 1 }],
      lost: [],
    });
    expect(ended({}).change).toBeUndefined();
    expect(ended({}).losses).toEqual([{ by: 'loss', values: [5, 5, 6] }]);
    expect(ended({ during: true }).change).toEqual(changed('x'));
    expect(ended({ last: true }).change).toEqual(changed('y'));
    expect(ended({ during: true, last: true }).change).toEqual(changed('x'));
    expect(ended({ last: true, before: changed('z') }).change).toEqual(changed('z'));
  });

  test('tell of a change since the last look, once', () => {
    const { subject, run, parameters } = subjectOf({ loss: () => 5 });
    run(claim(subject));
    expect(changeDuring(subject)).toBeUndefined();
    parameters.y[0] = 9;
    expect(changeDuring(subject)).toEqual({ by: 'loss', parameters: [{ name: 'y', entries: 1 }], lost: [] });
    expect(changeDuring(subject)).toBeUndefined();
  });
});

test.each([
  ['is its root mean square', [3, -4], Math.sqrt(12.5)],
  ['is that of what is finite of it', [3, Infinity, -4, Number.NaN], Math.sqrt(12.5)],
  ['is 1 where it is zero', [0, 0], 1],
  ['is 1 where nothing is finite', [Number.NaN], 1],
])('the scale of a parameter %s', (_, values, expected) => {
  expect(scaleOf(Float64Array.from(values))).toBeCloseTo(expected, 12);
});
