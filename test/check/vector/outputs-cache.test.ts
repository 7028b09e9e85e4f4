/** What a cache of outputs evaluates, and what it remembers. */

import { describe, expect, test } from 'vitest';
import { MOST_NUMBERS, OutputsCache } from '../../../src/check/vector/outputs-cache.js';
import type { OutputsRequest, PathRequest, SweepRequest } from '../../../src/model/evaluate/requests.js';
import type { Frame } from '../../../src/model/subject/subject.js';

const frame = (): Frame => ({}) as Frame;

const sweep = (entries: readonly number[], steps: readonly number[], parameter = 0): SweepRequest => {
  const empty = (): Float64Array => new Float64Array(entries.length + 1);
  return {
    kind: 'sweep',
    parameter,
    count: entries.length,
    entries: Uint32Array.of(...entries, 99),
    steps: Float64Array.of(...steps, 99),
    above: empty(),
    below: empty(),
    forward: empty(),
    backward: empty(),
  };
};

const path = (multiples: readonly number[], more: Partial<PathRequest> = {}, key = 'v'): PathRequest => ({
  kind: 'path',
  path: [{ parameter: 0, from: 0, to: 2, weights: { key, at: () => 1 } }],
  multiples: Float64Array.from(multiples),
  losses: new Float64Array(multiples.length),
  ...more,
});

/** A cache, and which of the points of each request were evaluated; the outputs are two numbers that count all of them. */
function counting(length = 2) {
  const cache = new OutputsCache();
  let count = 0;
  const asked: number[][] = [];
  const outputsOf = (first: number): Float64Array => {
    const outputs = new Float64Array(length);
    outputs.set([first, first + 100]);
    return outputs;
  };
  const answer = (
    of: Frame,
    request: SweepRequest | PathRequest,
    value = (y: Float64Array) => y[0]!,
  ): void => {
    const turns = cache.answer(of, request, value);
    for (let turn = turns.next(); turn.done !== true; turn = turns.next()) {
      const { into, at, frame: asking } = turn.value satisfies OutputsRequest;
      expect([asking, at]).toEqual([of, request]);
      asked.push([...into.keys()].filter((k) => into[k] === undefined));
      for (const [k, known] of into.entries()) {
        count += known === undefined ? 1 : 0;
        into[k] ??= outputsOf(count);
      }
      if (at.kind === 'sweep')
        for (let k = 0; k < at.count; k += 1) {
          at.above[k] = 2 * at.steps[k]!;
          at.below[k] = 3 * at.steps[k]!;
        }
    }
  };
  return { answer, asked };
}

describe('a sweep', () => {
  test('is answered by the value of the outputs on both sides', () => {
    const { answer } = counting();
    const request = sweep([0, 1], [0.5, 0.25]);
    answer(frame(), request, (y) => y[0]! + y[1]!);
    expect([request.forward, request.backward]).toEqual([
      Float64Array.of(102, 106, 0),
      Float64Array.of(104, 108, 0),
    ]);
  });

  test('is evaluated once, and then told with the distances as stored', () => {
    const { answer, asked } = counting();
    const own = frame();
    answer(own, sweep([0, 1], [0.5, 0.25]));
    const again = sweep([1, 0], [0.25, 0.5]);
    answer(own, again, (y) => y[1]!);
    expect(asked).toEqual([[0, 1, 2, 3]]);
    expect(again).toEqual({
      ...sweep([1, 0], [0.25, 0.5]),
      above: Float64Array.of(0.5, 1, 0),
      below: Float64Array.of(0.75, 1.5, 0),
      forward: Float64Array.of(103, 101, 0),
      backward: Float64Array.of(104, 102, 0),
    });
  });

  test('is evaluated where it is not known', () => {
    const { answer, asked } = counting();
    const own = frame();
    answer(own, sweep([0], [0.5]));
    const more = sweep([0, 2], [0.5, 0.5]);
    answer(own, more);
    expect(asked[1]).toEqual([2, 3]);
    expect([...more.forward]).toEqual([1, 3, 0]);
    answer(own, more);
    expect(asked.length).toBe(2);
  });

  test.each([
    ['of another entry', sweep([1], [0.5])],
    ['at another step', sweep([0], [0.25])],
    ['of another parameter', sweep([0], [0.5], 1)],
  ])('%s is another', (_, other) => {
    const { answer, asked } = counting();
    const own = frame();
    answer(own, sweep([0], [0.5]));
    answer(own, other);
    expect(asked).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  test('of another frame is another', () => {
    const { answer, asked } = counting();
    const [one, other] = [frame(), frame()];
    for (const own of [one, other, one, other]) answer(own, sweep([0], [0.5]));
    expect(asked.length).toBe(2);
  });
});

describe('a path', () => {
  test('is answered at each multiple, and evaluated once', () => {
    const { answer, asked } = counting();
    const own = frame();
    answer(own, path([0.5, -0.5]));
    const again = path([-0.5, 0.5]);
    answer(own, again);
    expect(asked).toEqual([[0, 1]]);
    expect([...again.losses]).toEqual([2, 1]);
  });

  test.each([
    ['along other weights', path([0.5], {}, 'w')],
    ['at another multiple', path([0.25])],
    ['of other entries', path([0.5], { path: [{ ...path([]).path[0]!, from: 1 }] })],
    ['of fewer entries', path([0.5], { path: [{ ...path([]).path[0]!, to: 1 }] })],
    ['of another parameter', path([0.5], { path: [{ ...path([]).path[0]!, parameter: 1 }] })],
    ['of two parameters', path([0.5], { path: [path([]).path[0]!, { ...path([]).path[0]!, parameter: 1 }] })],
    // Backward passes read what a fresh evaluation cached.
    ['by a named function', path([0.5], { using: 'loss' })],
    ['at the parameters themselves', path([0])],
    ['without a direction', path([0.5], { path: [] })],
  ])('%s is evaluated', (_, other) => {
    const { answer, asked } = counting();
    const own = frame();
    answer(own, path([0.5]));
    answer(own, other);
    expect(asked).toEqual([[0], [0]]);
  });

  test.each([
    ['by a named function', path([0.5], { using: 'loss' })],
    ['at the parameters themselves', path([0])],
    ['without a direction', path([0.5], { path: [] })],
  ])('%s is evaluated anew each time', (_, request) => {
    const { answer, asked } = counting();
    const own = frame();
    answer(own, request);
    answer(own, request);
    expect(asked).toEqual([[0], [0]]);
  });

  test('whose products with the displacements are asked for moves again, with what is known', () => {
    const { answer, asked } = counting();
    const own = frame();
    answer(own, path([0.5]));
    const request = path([0.5], { products: new Float64Array(1) });
    answer(own, request);
    expect(asked).toEqual([[0], []]);
    expect([...request.losses]).toEqual([1]);
  });
});

test('no more numbers are kept than there is room for', () => {
  expect(Float64Array.BYTES_PER_ELEMENT * MOST_NUMBERS).toBe(128 * 2 ** 20);
  const { answer, asked } = counting(MOST_NUMBERS / 4);
  const own = frame();
  // Two of them, and two more; for the next there is none.
  answer(own, path([1, 2]));
  answer(own, path([3, 4]));
  answer(own, path([5]));
  answer(own, path([1, 2, 3, 4, 5]));
  expect(asked).toEqual([[0, 1], [0, 1], [0], [4]]);
});
