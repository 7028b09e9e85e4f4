/** A point beside θ: how far it is, what is the same whenever it is asked for, and what becomes of losses that are not finite there. */

import { describe, expect, test } from 'vitest';
import { evaluated, genericPoint, type GenericPoint } from '../../../src/check/points/generic-point.js';
import { answer, type Procedure } from '../../../src/check/run/drive.js';
import { evaluationOf } from '../../../src/model/evaluate/answer-losses.js';
import type { Request } from '../../../src/model/evaluate/requests.js';
import { GradientSubject } from '../../../src/model/subject/gradient-subject.js';

/** θ is moved by this share of its scale, or up to twice that; by so much less where the loss is not finite; and so often. */
const [DISTANCE, NEARER, MOST_TRIES] = [1 / 12, 1 / 8, 4];

interface Moved {
  readonly found: GenericPoint | undefined;
  /** How far each entry was moved, in units of the scales. */
  readonly moved: readonly number[];
  readonly calls: number;
  readonly subject: GradientSubject;
}

/** The first claim settles which parameters there are, before any point is asked for. */
function* afterFirstClaim<Found>(procedure: Procedure<Request, Found>): Procedure<Request, Found> {
  yield { kind: 'gradients', into: [], path: [], multiple: 0 };
  return yield* procedure;
}

function pointOf(
  loss: (a: Float64Array, b: Float64Array, call: number) => number,
  { point = 2, seed = 1, b = [0, 0, 0] }: { point?: number; seed?: number; b?: readonly number[] } = {},
): Moved {
  const parameters = { a: Float64Array.of(3, -4, 5), b: Float64Array.from(b) };
  let calls = 0;
  const subject = new GradientSubject(
    {
      parameters,
      loss: () => loss(parameters.a, parameters.b, (calls += 1)),
      gradients: () => ({ a: parameters.a.map((value) => 2 * value), b: new Float64Array(3) }),
    },
    { only: undefined, except: undefined, shard: undefined },
  );
  const answerTo = (request: Request) => evaluationOf(request, subject);
  const found = answer(afterFirstClaim(genericPoint(subject, point, seed, evaluated)), answerTo);
  if (found instanceof Promise) throw new Error('a loss that is a number is no promise');
  // The scale of a, and of b, which has none of its own.
  const scale = Math.sqrt(50 / 3);
  const moved = [
    parameters.a.map((value, i) => value - [3, -4, 5][i]!),
    parameters.b.map((value, i) => value - b[i]!),
  ];
  return {
    found,
    moved: moved.flatMap((array) => Array.from(array, (value) => value / scale)),
    calls,
    subject,
  };
}

const squares = (a: Float64Array): number => a.reduce((sum, value) => sum + value ** 2, 0);

describe('a generic point', () => {
  test('is an eighth of the scales away, of what is zero as of others', () => {
    const { moved, found, subject } = pointOf(squares);
    for (const by of moved) {
      expect(Math.abs(by)).toBeGreaterThanOrEqual(DISTANCE * 0.999);
      expect(Math.abs(by)).toBeLessThan(2 * DISTANCE);
    }
    expect(new Set(moved.map(Math.abs)).size).toBe(6);
    // The subject is there, and what it claims is claimed there.
    expect(found!.loss).toBe(squares(subject.saved[0]!));
    expect([...found!.analytic[0]!]).toEqual(Array.from(subject.saved[0]!, (value) => 2 * value));
    subject.restore();
    expect([...subject.saved[0]!]).toEqual([3, -4, 5]);
  });

  test('is the same for its number and seed', () => {
    const at = (point: number, seed: number): readonly number[] => pointOf(squares, { point, seed }).moved;
    expect(at(2, 1)).toEqual(at(2, 1));
    expect(at(2, 1)).not.toEqual(at(3, 1));
    expect(at(2, 1)).not.toEqual(at(2, 2));
  });

  test('is at the scale of each parameter that has one', () => {
    const { moved } = pointOf(squares, { b: [4000, 3000, -5000] });
    for (const by of moved.slice(3)) {
      expect(Math.abs(by) / 1000).toBeGreaterThanOrEqual(DISTANCE * 0.999);
      expect(Math.abs(by) / 1000).toBeLessThan(2 * DISTANCE);
    }
  });

  test.each([
    ['is not finite', () => Number.NaN],
    ['is infinite', () => Infinity],
    [
      'throws',
      (): number => {
        throw new RangeError('beyond the domain');
      },
    ],
  ])('is nearer where the loss %s', (_, fail) => {
    const { moved, calls, found } = pointOf((a, _b, call) => (call <= 2 ? fail() : squares(a)));
    expect(found).toBeDefined();
    expect(calls).toBe(3);
    for (const by of moved) {
      expect(Math.abs(by)).toBeGreaterThanOrEqual(DISTANCE * NEARER ** 2 * 0.999);
      expect(Math.abs(by)).toBeLessThan(2 * DISTANCE * NEARER ** 2);
    }
  });

  test('is none where the loss never is, and θ is as it was', () => {
    const { found, calls, moved } = pointOf(() => Number.NaN);
    expect(found).toBeUndefined();
    expect(calls).toBe(MOST_TRIES);
    expect(moved).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('passes on what is misuse', () => {
    expect(() => pointOf(() => 'no number' as unknown as number)).toThrow('loss() must return a number');
  });
});
