/** Points that the model chooses itself: a direction of length 1, a point of a simplex. */

import {
  checkGradients,
  type Displacement,
  type GradientReport,
  type Model,
  type UsageError,
} from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { thrownBy } from '../../bits.js';

const light = [0.3, -1.2];
/** The axis that the wrong backward pass has written into it. */
const start = [0.6, 0.8];

type Randomize = (parameters: { u: number[] }, random: () => number) => void;

const turned: Randomize = ({ u }, random) => {
  const angle = 2 * Math.PI * random();
  u[0] = Math.cos(angle);
  u[1] = Math.sin(angle);
};

/** A loss by a direction in the plane, with a backward pass that relies on its length. */
function direction(randomize: Randomize | undefined, axis?: readonly number[]) {
  return {
    parameters: { u: [...start] },
    loss: ({ u }: { u: number[] }) =>
      Math.exp((light[0]! * u[0]! + light[1]! * u[1]!) / Math.hypot(u[0]!, u[1]!)),
    gradients: ({ u }: { u: number[] }) => {
      const along = light[0]! * u[0]! + light[1]! * u[1]!;
      return { u: light.map((l, i) => Math.exp(along) * (l - along * (axis ?? u)[i]!)) };
    },
    ...(randomize === undefined ? {} : { randomize }),
  };
}

/** What a check of a model that can't be checked says. */
function misuseOf(model: Model): string {
  const error = thrownBy(() => checkGradients(model)) as UsageError;
  expect(error.code).toBe('ERR_EXPECT_GRADIENTS_USAGE');
  return error.message.replace('expect-gradients: ', '');
}

describe('a model that says what its points are', () => {
  test('is checked at them alone', () => {
    expect(checkGradients(direction(undefined)).verdict).toBe('wrong');
    const { verdict, points } = checkGradients(direction(turned), { points: 3 });
    expect({ verdict, points }).toEqual({ verdict: 'correct', points: { checked: 3, skipped: 0 } });
  });

  test('is wrong where it is right at the parameters as given only', () => {
    const { verdict, points } = checkGradients(direction(turned, start), { points: 3 });
    expect({ verdict, points }).toEqual({
      verdict: 'wrong',
      points: { checked: 3, skipped: 0, wrongAt: 2 },
    });
  });

  test('is given the same numbers for the same seed, from 0 to below 1, and others at each point', () => {
    const drawn = (seed: number): number[] => {
      const numbers: number[] = [];
      const noting: Randomize = (parameters, random) => {
        turned(parameters, () => {
          const number = random();
          numbers.push(number);
          return number;
        });
      };
      checkGradients(direction(noting), { points: 4, seed });
      return numbers;
    };
    const numbers = drawn(1);
    expect(drawn(1)).toEqual(numbers);
    expect(drawn(2)).not.toEqual(numbers);
    expect(new Set(numbers).size).toBe(3);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  });

  test('has its parameters moved that are not checked, and put back', () => {
    const parameters = { p: [0.5, 0.5], scale: 2, none: -0 };
    const seen: number[] = [];
    const { points } = checkGradients(
      {
        parameters,
        loss: ({ p, scale }) => {
          seen.push(scale);
          return p[0]! ** 2 * scale + p[1]!;
        },
        gradients: ({ p, scale }) => ({ p: [2 * p[0]! * scale, 1] }),
        randomize: (moving, random) => {
          moving.p[0] = random();
          moving.p[1] = 1 - moving.p[0];
          moving.scale = 3;
          moving.none = 0;
        },
      },
      { only: 'p' },
    );
    expect(points.checked).toBe(2);
    expect(seen).toContain(3);
    expect(parameters).toEqual({ p: [0.5, 0.5], scale: 2, none: -0 });
  });

  test('has the point skipped that it never leaves, or where the loss is no number', () => {
    const points = (randomize: Randomize): GradientReport['points'] =>
      checkGradients(direction(randomize)).points;
    expect(points(() => undefined)).toEqual({ checked: 1, skipped: 1 });
    expect(points(({ u }) => void u.fill(Number.NaN))).toEqual({ checked: 1, skipped: 1 });
  });

  test('has another try where the loss is no number', () => {
    let tries = 0;
    const { points } = checkGradients(
      direction((parameters, random) => {
        turned(parameters, random);
        if ((tries += 1) === 1) parameters.u[0] = Number.NaN;
      }),
    );
    expect([tries, points]).toEqual([2, { checked: 2, skipped: 0 }]);
  });
});

describe('a model that is asynchronous, or takes many points at once', () => {
  const promised = (axis?: readonly number[]) => {
    const model = direction(turned, axis);
    return {
      ...model,
      loss: async (parameters: { u: number[] }) => Promise.resolve(model.loss(parameters)),
      gradients: async (parameters: { u: number[] }) => Promise.resolve(model.gradients(parameters)),
    };
  };

  test('is moved in the same way', async () => {
    const model = promised();
    expect(await checkGradients(model, { points: 3 })).toMatchObject({
      verdict: 'correct',
      points: { checked: 3, skipped: 0 },
    });
    expect(model.parameters).toEqual({ u: [0.6, 0.8] });
    expect(await checkGradients(promised(start))).toMatchObject({ verdict: 'wrong', points: { wrongAt: 2 } });
  });

  test('and its displacements are from where it was moved to', () => {
    const batched = (axis?: readonly number[]) => {
      const model = direction(turned, axis);
      return {
        ...model,
        losses: (displacements: readonly Displacement[], { u }: { u: number[] }) =>
          displacements.map((by) => model.loss({ u: u.map((v, i) => v + (by['u']?.[i] ?? 0)) })),
      };
    };
    expect(checkGradients(batched(), { points: 3 })).toMatchObject({
      verdict: 'correct',
      points: { checked: 3 },
    });
    expect(checkGradients(batched(start))).toMatchObject({ verdict: 'wrong', points: { wrongAt: 2 } });
  });

  test('an error of randomize rejects', async () => {
    const own = new RangeError("the user's own");
    const model = {
      ...promised(),
      randomize: ({ u }: { u: number[] }) => {
        u[0] = 7;
        throw own;
      },
    };
    await expect(checkGradients(model)).rejects.toBe(own);
    expect(model.parameters).toEqual({ u: [0.6, 0.8] });
  });
});

describe('the parameters are as before, to the bit, where randomize', () => {
  const own = new RangeError("the user's own");
  const misdeeds: Readonly<Record<string, readonly [Randomize, string]>> = {
    'puts another array in': [
      (parameters) => void (parameters.u = [1, 0]),
      'put another array or object in the place of u',
    ],
    'makes the array longer': [({ u }) => void u.push(3), 'changed the length of u from 2 to 3'],
    'makes the array shorter': [({ u }) => void u.pop(), 'changed the length of u from 2 to 1'],
    'takes the array out': [
      (parameters) => void delete (parameters as Partial<typeof parameters>).u,
      'took u out of parameters',
    ],
    'gives a promise': [() => Promise.resolve(), 'returned a promise'],
  };

  test.each(Object.entries(misdeeds))('%s: an error that names the place', (_, [randomize, said]) => {
    const model = direction(randomize);
    const { u } = model.parameters;
    expect(misuseOf(model)).toBe(`model.randomize must move the parameters in place, but it ${said}.`);
    expect(model.parameters).toEqual({ u: [0.6, 0.8] });
    expect(model.parameters.u).toBe(u);
  });

  test('throws: the error passes through', () => {
    const model = direction(({ u }) => {
      u[0] = 7;
      u.push(9);
      throw own;
    });
    expect(() => checkGradients(model)).toThrow(own);
    expect(model.parameters).toEqual({ u: [0.6, 0.8] });
  });

  test('adds a row, or exchanges two, or takes one out of a Map', () => {
    const rows = [new Float64Array([1, -0]), new Float64Array([3, 4])];
    const byName = new Map([['b', [5]]]);
    const parameters = { rows, byName };
    const model = (randomize: (moving: typeof parameters) => unknown) => ({
      parameters,
      loss: () => rows[0]![0]! ** 2 * rows[1]![1]! + byName.get('b')![0]! ** 2,
      gradients: () => ({
        rows: [
          [2 * rows[0]![0]! * rows[1]![1]!, 0],
          [0, rows[0]![0]! ** 2],
        ],
        byName: new Map([['b', [2 * byName.get('b')![0]!]]]),
      }),
      randomize: (moving: typeof parameters) => void randomize(moving),
    });
    const [first, second] = rows;
    const b = byName.get('b');
    for (const [randomize, said] of [
      [(moving) => moving.rows.push(new Float64Array([1, 1])), 'the length of rows from 2 to 3'],
      [(moving) => moving.rows.push(moving.rows.shift()!), 'the place of rows'],
      [(moving) => moving.byName.delete('b'), 'took b out of byName'],
    ] as readonly [(moving: typeof parameters) => unknown, string][]) {
      expect(() => checkGradients(model(randomize))).toThrow(said);
      expect(parameters).toEqual({
        rows: [new Float64Array([1, -0]), new Float64Array([3, 4])],
        byName: new Map([['b', [5]]]),
      });
      expect([rows[0], rows[1], byName.get('b')]).toEqual([first, second, b]);
      expect(rows[0]).toBe(first);
      expect(byName.get('b')).toBe(b);
    }
  });
});

test('a number that is all there is can not be moved in place', () => {
  const model = {
    parameters: 3,
    loss: (x: number) => x * x,
    gradients: (x: number) => 2 * x,
    randomize: () => undefined,
  };
  expect(misuseOf(model)).toBe("model.randomize can't move parameters in place, as it is 3.");
});

test('what is no function is a misuse', () => {
  const model = { ...direction(undefined), randomize: 5 } as never;
  expect(misuseOf(model)).toBe('model.randomize must be a function, where there is one, but it is 5.');
});
