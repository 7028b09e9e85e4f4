/** What a procedure asks for is counted, and answered as without. */

import { expect, test } from 'vitest';
import { counted } from '../../../src/check/run/counted.js';
import type {
  GradientsRequest,
  LossRequest,
  PathRequest,
  SweepRequest,
} from '../../../src/model/evaluate/requests.js';

const path = (count: number): PathRequest => ({
  kind: 'path',
  path: [],
  multiples: new Float64Array(count),
  losses: new Float64Array(count),
});
const numbers = new Float64Array(8);
const sweep: SweepRequest = {
  kind: 'sweep',
  parameter: 0,
  count: 3,
  entries: new Uint32Array(8),
  steps: numbers,
  above: numbers,
  below: numbers,
  forward: numbers,
  backward: numbers,
};
const gradients: GradientsRequest = { kind: 'gradients', path: [], multiple: 1, into: [] };

type Asks = Generator<LossRequest | GradientsRequest, string, void>;

test('the losses of each request, and none for gradients', () => {
  const asked = { losses: 0 };
  const seen: number[] = [];
  const procedure = function* (): Asks {
    for (const request of [path(4), sweep, gradients, { kind: 'joint', of: [path(2), sweep] } as const]) {
      yield request;
      seen.push(asked.losses);
    }
    return 'done';
  };
  const turns = counted(procedure(), asked);
  const requests = [];
  let turn = turns.next();
  for (; turn.done !== true; turn = turns.next()) requests.push(turn.value.kind);
  expect(turn.value).toBe('done');
  expect(requests).toEqual(['path', 'sweep', 'gradients', 'joint']);
  expect(seen).toEqual([4, 10, 10, 18]);
});

test('an error reaches the procedure that asked', () => {
  const procedure = function* (): Asks {
    try {
      yield path(1);
    } catch (error) {
      return (error as Error).message;
    }
    return 'no error';
  };
  const turns = counted(procedure(), { losses: 0 });
  turns.next();
  expect(turns.throw(new Error('thrown')).value).toBe('thrown');
});
