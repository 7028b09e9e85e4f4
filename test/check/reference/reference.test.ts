/** What a reference is, what it claims, and what two claims say of each other: each number. */

import { describe, expect, test } from 'vitest';
import { comparison, noiseOfClaims } from '../../../src/check/reference/compared-gradients.js';
import {
  demandReference,
  isSound,
  Reference,
  type ReferenceClaim,
} from '../../../src/check/reference/reference.js';
import { Budget } from '../../../src/check/run/budget.js';
import { now } from '../../../src/check/run/clock.js';
import { answer, type Procedure } from '../../../src/check/run/drive.js';
import { evaluationOf } from '../../../src/model/evaluate/answer-losses.js';
import type { Request } from '../../../src/model/evaluate/requests.js';
import { GradientSubject } from '../../../src/model/subject/gradient-subject.js';
import type { Shard } from '../../../src/model/tree/shard.js';
import { DOUBLE, FLOAT32 } from '../../../src/numerics/format.js';

const model = () => {
  const parameters = { a: [3, -4], b: [0, 0, 0] };
  return { parameters, loss: () => 0, gradients: () => ({ a: [1, 2], b: [3, 4, 5] }) };
};

const subjectOf = (of: ReturnType<typeof model>, shard?: Shard): GradientSubject =>
  new GradientSubject(of, { only: undefined, except: undefined, shard });

const answered = <Found>(procedure: Procedure<Request, Found>, subject: GradientSubject): Found =>
  answer(procedure, (request) => evaluationOf(request, subject)) as Found;

function referenceOf(received: unknown, of = model()) {
  const subject = subjectOf(of);
  const reference = new Reference(received, of, subject);
  return { reference, of, subject, here: () => answered(reference.here(), reference.subject) };
}

const lists = ({ claims }: Pick<ReferenceClaim, 'claims'>): number[][] => claims.map((own) => [...own]);

describe('a reference', () => {
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['nothing', null],
    ['text', 'gradients'],
    ['a function', () => ({ a: 1 })],
    ['parameters with gradients that are no function', { parameters: { a: 1 }, gradients: 7 }],
  ])('is not %s', (_, received) => {
    expect(() => {
      demandReference(received);
    }).toThrow(/reference/);
  });

  test.each<[string, unknown, boolean]>([
    ['a tree of numbers', { a: [1, 2], b: [3, 4, 5] }, true],
    ['another implementation', { gradients: () => ({ a: [1, 2], b: [3, 4, 5] }) }, false],
    [
      'another implementation with parameters of its own, in another order',
      { parameters: { b: [9, 9, 9], c: 7, a: [9, 9] }, gradients: () => ({ c: 9, b: [3, 4, 5], a: [1, 2] }) },
      false,
    ],
  ])('is %s: its claims are in the order of the model', (_, received, isFixed) => {
    demandReference(received);
    const { reference, here } = referenceOf(received);
    expect(reference.isFixed).toBe(isFixed);
    const found = here();
    expect(lists(found)).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
    expect(isSound(found)).toBe(true);
    reference.restore();
  });

  test('has the values of the model while it is asked, where it is, and its own at the end', () => {
    const own = { a: [9, 8], b: [7, 6, 5] };
    const seen: string[] = [];
    const received = {
      parameters: own,
      gradients: (p: typeof own) => {
        seen.push(JSON.stringify(p));
        return p;
      },
    };
    const { reference, of, here } = referenceOf(received);
    expect(lists(here())).toEqual([
      [3, -4],
      [0, 0, 0],
    ]);
    of.parameters.a[1] = 6;
    const there = answered(reference.there(), reference.subject);
    expect(there.map((numbers) => [...numbers])).toEqual([
      [3, 6],
      [0, 0, 0],
    ]);
    reference.restore();
    expect(own).toEqual({ a: [9, 8], b: [7, 6, 5] });
    expect(seen.at(-1)).toBe('{"a":[3,6],"b":[0,0,0]}');
  });

  test('without parameters is given those of the model', () => {
    const received = {
      gradients: (p: { a: number[]; b: number[] }) => ({ a: p.a.map((x) => 2 * x), b: p.b }),
    };
    expect(lists(referenceOf(received).here())).toEqual([
      [6, -8],
      [0, 0, 0],
    ]);
  });

  test('knows nothing of what is not finite', () => {
    const { here } = referenceOf({ a: [Infinity, 2], b: [Number.NaN, -Infinity, 5] });
    expect(lists(here())).toEqual([
      [Number.NaN, 2],
      [Number.NaN, Number.NaN, 5],
    ]);
  });

  test('is not sound where its claims differ from call to call', () => {
    let call = 0;
    expect(isSound(referenceOf({ gradients: () => ({ a: [call++, 2], b: [3, 4, 5] }) }).here())).toBe(false);
  });

  test.each([
    ['without a parameter', { a: [1, 2] }, 'the reference has no parameter b, which the model has.'],
    [
      'with one of another shape',
      {
        a: [1, 2],
        b: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      },
      'b of the reference must have the shape',
    ],
    ['with a longer one', { a: [1, 2], b: [1, 2, 3, 4] }, 'b of the reference must have the shape'],
  ])('is refused %s', (_, parameters, message) => {
    expect(() => referenceOf({ parameters, gradients: () => parameters })).toThrow(message);
  });

  test('has noise by the places of the model', () => {
    const { reference, here } = referenceOf({
      parameters: { b: [9, 9, 9], a: [9, 9] },
      gradients: () => ({ b: [3, 4, 5], a: [1, 2] }),
    });
    here();
    const [a, b] = [Float64Array.of(1), Float64Array.of(2)];
    expect(reference.boundsOf([b, a])).toEqual([a, b]);
  });
});

describe('two claims', () => {
  const claims = {
    analytic: [Float64Array.of(1, 2), Float64Array.of(0, 0.01, 0)],
    reference: [Float64Array.of(1, Number.NaN), Float64Array.of(3, 4, 5)],
    analyticBounds: [Float64Array.of(0.1, 0.2), Float64Array.of(0.01, 0, 0)],
    referenceBounds: [Float64Array.of(0.5, 0.5), Float64Array.of(1, 2, 3)],
  };

  test('are compared as if the other had been measured, as uncertain as both', () => {
    const found = comparison(subjectOf(model()), claims);
    expect(found).toMatchObject({
      method: 'exhaustive',
      analytic: claims.analytic,
      alive: [true, true],
      claimsZero: [false, true],
      farChange: undefined,
      noise: 0,
      chosenSteps: [],
    });
    expect(found.scales).toEqual([expect.closeTo(Math.sqrt(12.5), 12), 1]);
    expect(found.parameters.map(({ numeric }) => [...numeric])).toEqual([
      [1, Number.NaN],
      [3, 4, 5],
    ]);
    expect(found.parameters.map(({ uncertainty }) => [...uncertainty])).toEqual([
      [0.6, 0.7],
      [1.01, 2, 3],
    ]);
    const nothing = {
      open: 0,
      singular: 0,
      unreached: 0,
      isStaircase: false,
      noise: 0,
      moved: true,
      step: undefined,
    };
    for (const parameter of found.parameters)
      expect(parameter).toMatchObject({ ...nothing, kinks: new Map() });
  });

  test('are so where that is due', () => {
    // The third of five entries.
    const found = comparison(subjectOf(model(), { part: 3, of: 5 }), claims);
    expect(found.parameters.map(({ numeric }) => [...numeric])).toEqual([[3, Number.NaN, Number.NaN]]);
    expect(found.parameters.map(({ uncertainty }) => [...uncertainty])).toEqual([
      [1.01, Number.NaN, Number.NaN],
    ]);
    expect([found.scales, found.claimsZero]).toEqual([[1], [true]]);
    const next = comparison(subjectOf(model(), { part: 4, of: 5 }), claims);
    expect(next.claimsZero).toEqual([false]);
  });

  test('have the format of the coarser', () => {
    const double = [0.1, 0.3];
    const singles = double.map(Math.fround);
    const formatsOf = (analytic: number[], reference: number[]): unknown =>
      comparison(subjectOf(model()), {
        ...claims,
        analytic: [analytic, analytic].map((own) => Float64Array.from(own)),
        reference: [reference, reference].map((own) => Float64Array.from(own)),
      }).formats[0];
    expect(formatsOf(double, double)).toEqual(DOUBLE);
    expect(formatsOf(double, singles)).toEqual(FLOAT32);
    expect(formatsOf(singles, double)).toEqual(FLOAT32);
  });

  test('are as noisy as each is close to the parameters', () => {
    const own = { ...model(), parameters: { a: [3, -4], b: [1, 1, 1] } };
    const noisy = {
      ...own,
      gradients: () => ({ a: own.parameters.a.map((x) => Math.fround(x / 3)), b: [3, 4, 5] }),
    };
    const frame = subjectOf(noisy);
    const settings = { maxEvaluations: undefined, timeLimit: undefined, onProgress: undefined, seed: 1 };
    const budget = new Budget(settings, frame, undefined, now());
    const single = [Float64Array.from([3, -4], (x) => Math.fround(x / 3)), Float64Array.of(3, 4, 5)];
    const [a, b] = answered(noiseOfClaims({ frame, claims: single, settings, budget }), frame);
    expect(Math.max(...a!)).toBeGreaterThan(2 ** -26);
    expect(Math.max(...a!)).toBeLessThan(2 ** -18);
    expect([...b!]).toEqual([0, 0, 0]);
  });
});
