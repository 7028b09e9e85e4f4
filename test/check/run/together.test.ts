/** Procedures side by side: what they are answered, in how many requests, and what they are told of errors. */

import { checkGradients, type Displacement } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { together } from '../../../src/check/run/together.js';
import type { GradientsRequest, LossRequest, PathRequest } from '../../../src/model/evaluate/requests.js';
import { network } from '../directions/network.js';

type Asked = LossRequest | GradientsRequest;

function request(multiple: number, using?: 'loss'): PathRequest {
  const room = { multiples: Float64Array.of(multiple), losses: new Float64Array(1) };
  return { kind: 'path', path: [], ...room, ...(using && { using }) };
}

/** Asks for a loss at each of some multiples, one after another, and returns them. */
function* asking(...multiples: number[]): Generator<Asked, readonly number[], void> {
  const found: number[] = [];
  for (const multiple of multiples) {
    const own = request(multiple);
    try {
      yield own;
      found.push(own.losses[0]!);
    } catch {
      found.push(Number.NaN);
    }
  }
  return found;
}

/** Runs a procedure with the loss 2t; what it asked for at once. */
function run<Result>(
  procedure: Generator<Asked, Result, void>,
  throwsAt = Number.NaN,
): { readonly result: Result; readonly asked: readonly number[] } {
  const asked: number[] = [];
  let turn = procedure.next();
  while (turn.done !== true) {
    const { value } = turn;
    const of = (value.kind === 'joint' ? value.of : [value]) as readonly PathRequest[];
    asked.push(of.length);
    if (of.some(({ multiples }) => multiples[0] === throwsAt)) turn = procedure.throw(new Error('beside'));
    else {
      for (const { multiples, losses } of of) losses[0] = 2 * multiples[0]!;
      turn = procedure.next();
    }
  }
  return { result: turn.value, asked };
}

describe('procedures side by side', () => {
  test('ask at once, and have their own results', () => {
    const { result, asked } = run(together([asking(1, 2, 3), asking(4), asking(5, 6)]));
    expect(result).toEqual([[2, 4, 6], [8], [10, 12]]);
    expect(asked).toEqual([3, 2, 1]);
  });

  test('are told of an error by their own request only', () => {
    const { result, asked } = run(together([asking(1, 2), asking(4, 5)]), 4);
    expect(result).toEqual([
      [2, 4],
      [Number.NaN, 10],
    ]);
    expect(asked).toEqual([2, 1, 1, 2]);
  });

  test('ask by themselves where a function is named', () => {
    const named = function* (): Generator<Asked, void, void> {
      yield request(1, 'loss');
    };
    expect(run(together([named(), named()])).asked).toEqual([1, 1]);
  });

  test('are none where there are none', () => {
    expect(run(together([]))).toEqual({ result: [], asked: [] });
  });
});

test('the looks of all parameters are one call of losses', () => {
  const model = network({ sizes: [10, 12, 6], draw: 2, single: false });
  const calls: number[] = [];
  const losses = (displacements: readonly Displacement[]): number[] => {
    calls.push(displacements.length);
    return displacements.map((displacement) => {
      const before = structuredClone(model.parameters);
      for (const [name, deltas] of Object.entries(displacement))
        for (const [i, delta] of (deltas as Float64Array).entries()) model.parameters[name]![i]! += delta;
      const loss = model.loss();
      for (const [name, values] of Object.entries(before)) model.parameters[name]!.set(values);
      return loss;
    });
  };
  const one = checkGradients(model, { method: 'directional' });
  const many = checkGradients({ ...model, losses }, { method: 'directional' });
  expect(many).toEqual(one);
  // Two for θ, the noise at each point, two looks for each of four parameters, one beside θ, and θ once more.
  expect(calls).toEqual([1, 1, 9, 16, 9, 8, 1]);
});
