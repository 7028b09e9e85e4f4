import { describe, expect, it } from 'vitest';
import type { Displacement, LossFunction } from '../../../src/model/gradient-model.js';
import { GradientSubject } from '../../../src/model/subject/gradient-subject.js';
import type { Segment } from '../../../src/model/evaluate/requests.js';
import { evaluationOf } from '../../../src/model/evaluate/answer-losses.js';

/** What a path moves of the first parameter: each entry by so much. */
const along = (weights: Float64Array): Segment => ({
  parameter: 0,
  from: 0,
  to: weights.length,
  weights: { key: String(weights.length), at: (i) => weights[i]! },
});

/** Walks a path of so many points by one way; the sizes of the calls of `losses`, the calls of `loss`, and the answers. */
function walk(points: number, entries: number, using?: LossFunction) {
  const sizes: number[] = [];
  let singles = 0;
  const x = new Float64Array(entries);
  const model = {
    parameters: { x },
    loss: () => {
      singles += 1;
      return x[0];
    },
    losses: (displacements: readonly Displacement[]) => {
      sizes.push(displacements.length);
      return displacements.map((d) => d['x']?.[0] ?? 0);
    },
    gradients: () => undefined,
  };
  let told = 0;
  const subject = new GradientSubject(model, { only: undefined, except: undefined, shard: undefined }, () => {
    told += 1;
  });
  const losses = new Float64Array(points);
  const multiples = losses.map((_, i) => i + 1);
  const request = {
    kind: 'path',
    path: [along(new Float64Array(entries).fill(1))],
    multiples,
    losses,
    ...(using === undefined ? {} : { using }),
  } as const;
  expect(evaluationOf(request, subject).run()).toBeUndefined();
  expect(losses).toEqual(multiples);
  expect(subject.evaluations.loss).toBe(points);
  expect(told).toBe(sizes.length + singles);
  return { sizes, singles };
}

describe('a walk along many points', () => {
  it('hands them over 2048 at a time, the rest last', () => {
    expect(walk(5000, 1)).toEqual({ sizes: [2048, 2048, 904], singles: 0 });
  });

  it('hands over fewer where they would take more than 2²² numbers', () => {
    expect(walk(10, 2 ** 20)).toEqual({ sizes: [4, 4, 2], singles: 0 });
    expect(walk(5, 2 ** 20 + 1)).toEqual({ sizes: [2, 2, 1], singles: 0 });
  });

  it('hands over {} for the parameters themselves', () => {
    const given: Displacement[] = [];
    const model = {
      parameters: { x: [1, 2] },
      loss: () => 0,
      losses: (displacements: readonly Displacement[]) => displacements.map((d) => given.push(d)),
      gradients: () => undefined,
    };
    const subject = new GradientSubject(model, { only: undefined, except: undefined, shard: undefined });
    const path = [along(Float64Array.of(3, 4))];
    const multiples = Float64Array.of(1, 0);
    evaluationOf({ kind: 'path', path, multiples, losses: new Float64Array(2) }, subject).run();
    expect(given).toEqual([{ x: Float64Array.of(3, 4) }, {}]);
  });

  it('asks for them one by one where a request wants the loss itself', () => {
    expect(walk(5, 1, 'loss')).toEqual({ sizes: [], singles: 5 });
  });
});
