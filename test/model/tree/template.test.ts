/** Copies of a user's tree that hold other numbers, and what can't be copied. */

import { checkJacobian, UsageError, type VectorModel } from 'expect-gradients';
import { describe, expect, test } from 'vitest';

/** A list whose numbers nobody but its own methods can reach. */
class PrivateList {
  readonly #values: number[];
  constructor(values: number[]) {
    this.#values = values;
  }
  get length(): number {
    return this.#values.length;
  }
  get(i: number): number {
    return this.#values[i]!;
  }
  set(i: number, value: number): void {
    this.#values[i] = value;
  }
}

const errorOf = (model: VectorModel): unknown => {
  try {
    return checkJacobian(model);
  } catch (error) {
    return error;
  }
};

describe('what has private fields', () => {
  const parameters = (): { v: PrivateList } => ({ v: new PrivateList([1, 2]) });
  const because =
    "can't be copied, as a vector for a product with derivatives must be: TypeError: Cannot read private member " +
    '#values from an object whose class did not declare it. Use arrays, or objects without private fields.';

  test('can’t be a tangent', () => {
    const model = { parameters: parameters(), outputs: () => [1], jvp: () => [1] };
    expect(errorOf(model)).toEqual(new UsageError(`expect-gradients: parameters ${because}`));
  });

  test('can’t be a cotangent', () => {
    const model = { parameters: [1, 2], outputs: () => new PrivateList([3]), vjp: () => [0, 0] };
    expect(errorOf(model)).toEqual(new UsageError(`expect-gradients: outputs ${because}`));
  });

  test('can be parameters of a backward pass', () => {
    const report = checkJacobian({
      parameters: parameters(),
      outputs: ({ v }) => [v.get(0) * v.get(1)],
      vjp: ({ v }, [c]: number[]) => ({ v: [c! * v.get(1), c! * v.get(0)] }),
    });
    expect(report.verdict).toBe('correct');
  });
});

test.each([
  [
    'a string',
    { y: [1], name: 'k' },
    'name in outputs',
    'the string "k". Return only what is differentiated.',
  ],
  ['null', { y: [1], cache: { x: null } }, 'cache.x in outputs', 'null. Return only what is differentiated.'],
])('outputs with %s among them are told by where it is', (_, returned, place, found) => {
  const error = errorOf({ parameters: [1, 2], outputs: () => returned, jacobian: () => [0, 0] });
  expect(error).toEqual(
    new UsageError(
      `expect-gradients: ${place} must be a number, an array of numbers, or an object, array or Map of those, but it is ${found}`,
    ),
  );
});
