import { checkGradients, type Model, UsageError } from 'expect-gradients';
import { fields, fromScalars, type Scalar } from 'expect-gradients/adapters';
import { describe, expect, test } from 'vitest';
import { bitsOf, laws } from './laws.js';

/** A weight that can only be reached by its methods. */
class Weight {
  #value: number;
  slope = 0;

  constructor(value: number) {
    this.#value = value;
  }
  get(): number {
    return this.#value;
  }
  set(value: number): void {
    this.#value = value;
  }
  gradient(): number {
    return this.slope;
  }
}

let last: Weight[] = [];

/** J = tanh(p q) + r², of weights p and q and a bias r. */
function graph(
  factor: number,
  error?: Error,
): { scalars: Record<string, Scalar[]>; loss(): number; backward(): void } {
  const [p, q, r] = [new Weight(0.7), new Weight(-0.4), new Weight(0.3)] as const;
  last = [p, q, r];
  let calls = 0;
  return {
    scalars: { weights: [p, q], biases: [r] },
    loss: () => {
      calls += 1;
      if (error !== undefined && calls >= 4) throw error;
      return Math.tanh(p.get() * q.get()) + r.get() ** 2;
    },
    backward: () => {
      const slope = 1 - Math.tanh(p.get() * q.get()) ** 2;
      p.slope = slope * q.get();
      q.slope = slope * p.get();
      r.slope = factor * r.get();
    },
  };
}
const common = {
  parameters: ['weights', 'biases'],
  blamed: 'biases',
  bits: () => bitsOf(last.map((weight) => weight.get())),
};

laws({
  name: 'scalars',
  ...common,
  right: () => fromScalars(graph(2)),
  wrong: () => fromScalars(graph(1)),
  throwing: (error) => fromScalars(graph(2, error)),
});

const later = (factor: number, error?: Error): Model => {
  const one = graph(factor, error);
  return fromScalars({
    ...one,
    backward: async () => {
      await Promise.resolve();
      one.backward();
    },
  });
};
laws({
  name: 'scalars whose derivatives are waited for',
  ...common,
  right: () => later(2),
  wrong: () => later(1),
  throwing: (error) => later(2, error),
});

describe('fields', () => {
  test('are parameters and gradients, written in place and put back', () => {
    const references = [
      { weight: 2, slope: 0 },
      { weight: -1, slope: 0 },
    ];
    const report = checkGradients({
      parameters: { weights: fields(references, 'weight') },
      loss: () => references[0]!.weight ** 2 * references[1]!.weight,
      gradients: () => {
        references[0]!.slope = 2 * references[0]!.weight * references[1]!.weight;
        references[1]!.slope = -(references[0]!.weight ** 2);
        return { weights: fields(references, 'slope') };
      },
    });
    expect(report.offenders.map(({ parameter, index }) => [parameter, index])).toStrictEqual([
      ['weights', [1]],
    ]);
    expect(references.map(({ weight }) => weight)).toStrictEqual([2, -1]);
  });

  test.each([
    [[{ weight: 1 }, { weight: '2' }], 'that of object 1 is the string "2"'],
    [[{ weight: 1 }, {}], 'that of object 1 is undefined'],
    [[null], 'object 0 is null'],
  ])('of %o are a TypeError', (objects, found) => {
    expect(() => fields(objects as never[], 'weight')).toThrow(
      new UsageError(`expect-gradients: fields needs objects with a number "weight", but ${found}.`),
    );
  });
});

test('a scalar without a method is a TypeError', () => {
  const half = {
    scalars: { weights: [{ get: () => 1, set: () => undefined }] },
    loss: () => 1,
    backward: () => undefined,
  };
  expect(() => fromScalars(half as never)).toThrow(
    new UsageError('expect-gradients: scalars.weights[0] needs a function gradient, but it is undefined.'),
  );
  expect(() => fromScalars({ ...graph(2), backward: undefined } as never)).toThrow(
    new UsageError('expect-gradients: fromScalars needs a function backward, but it is undefined.'),
  );
});
