import 'expect-gradients/vitest4';
import { toHaveCorrectGradients } from 'expect-gradients/matchers';
import { describe, expect, test } from 'vitest';
import { stripVTControlCharacters } from 'node:util';

/** J = Σ w² + 3 b, whose gradient is 2 w and 3; `slope` is what is claimed for b. */
const quadratic = (slope: number) => ({
  parameters: {
    W: [
      [1, -2],
      [0.5, 4],
    ],
    b: 0.25,
  },
  loss: ({ W, b }: { W: number[][]; b: number }): number =>
    W.flat().reduce((sum, w) => sum + w * w, 0) + 3 * b,
  gradients: ({ W }: { W: number[][] }) => ({ dW: W.map((row) => row.map((w) => 2 * w)), db: slope }),
});

const right = quadratic(3);
const wrong = quadratic(-3);
/** Not even inconclusive by accident: the loss never reads what is perturbed. */
const dead = { ...quadratic(3), loss: () => 1 };
const later = <M extends typeof right>(model: M) => ({
  ...model,
  loss: async (p: M['parameters']) => Promise.resolve(model.loss(p)),
});

/** The message with which an assertion fails, without colours; the test fails if the assertion doesn't. */
function messageOf(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return stripVTControlCharacters((error as Error).message);
  }
  throw new Error('the assertion passed');
}

describe('a synchronous model', () => {
  test('passes when the gradients are right', () => {
    expect(right).toHaveCorrectGradients();
    expect(right).toHaveCorrectGradients({ epsilon: 1e-5, tolerance: 1e-7 });
    expect(right).toHaveCorrectGradients(1e-5, 1e-7);
  });

  test('passes under .not when they are wrong', () => {
    expect(wrong).not.toHaveCorrectGradients();
  });

  test('fails when they are wrong, and says where', () => {
    expect(messageOf(() => expect(wrong).toHaveCorrectGradients({ epsilon: 0.5, tolerance: 1e-7 }))).toBe(
      `\
expect(model).toHaveCorrectGradients({ epsilon: 0.5, tolerance: 1e-7 })

The gradients are wrong in 1 of 5 entries: b.

The difference is 3.1e-1, uncertain by 2.9e-9; the tolerance is 1e-7.

- numeric, from the loss   + analytic, from gradients()

  b  -  3.00000000  ± 0.00000006
     + -3.00000000  difference 1.00

  parameter  shape   difference  uncertain by  verdict
  W          2 × 2   0           1.3e-15       correct
  b          scalar  above       9.5e-9        wrong

sign-flipped
  The gradient of b has the wrong sign: it is the true one times −1.
  Look for target − output where output − target is meant, a lost minus of a
  negative log-likelihood, or a gradient that was already negated for a descent
  step.
  See node_modules/expect-gradients/docs/diagnoses/sign-flipped.md

To check only b again, pass { only: ['b'], seed: 1 }.

Central differences were taken entry by entry with a step of 5.0e-1. It took 53
losses and 14 calls of gradients().`,
    );
  });

  test('fails under .not when they are right, and says so', () => {
    expect(messageOf(() => expect(right).not.toHaveCorrectGradients({ epsilon: 0.5 }))).toContain(
      `\
expect(model).not.toHaveCorrectGradients({ epsilon: 0.5 })

Expected a wrong gradient, but all 5 checked entries agree with the loss.`,
    );
  });

  test('fails both ways when it can not be told', () => {
    const reason = "Inconclusive: the check can't tell whether the gradients are right, so";
    expect(messageOf(() => expect(dead).toHaveCorrectGradients())).toContain(reason);
    expect(messageOf(() => expect(dead).not.toHaveCorrectGradients())).toContain(reason);
    expect(messageOf(() => expect(dead).not.toHaveCorrectGradients())).toContain('unused-parameter');
  });

  test('carries the worst entries for the runner to diff, and only for a failing positive assertion', () => {
    expect(toHaveCorrectGradients.call(undefined, wrong)).toMatchObject({
      pass: false,
      actual: { b: -3 },
      expected: { b: expect.closeTo(3, 6) },
    });
    expect(toHaveCorrectGradients.call(undefined, right)).not.toHaveProperty('actual');
    expect(toHaveCorrectGradients.call({ isNot: true }, right)).not.toHaveProperty('actual');
    expect(toHaveCorrectGradients.call({ isNot: true }, wrong)).not.toHaveProperty('actual');
    expect(toHaveCorrectGradients.call(undefined, dead)).not.toHaveProperty('actual');
  });

  test('leaves nothing for Vitest to print below the message', () => {
    const thrown = (): unknown => {
      try {
        expect(wrong).toHaveCorrectGradients();
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(thrown()).toMatchObject({ actual: undefined, expected: undefined });
  });

  test('works in expect.soft, in poll, in resolves and as an asymmetric matcher', async () => {
    await expect(Promise.resolve(right)).resolves.toHaveCorrectGradients();
    expect({ model: right }).toEqual({ model: expect.toHaveCorrectGradients() });
    expect({ model: wrong }).toEqual({ model: expect.not.toHaveCorrectGradients() });
    expect({ model: wrong }).not.toEqual({ model: expect.toHaveCorrectGradients() });
  });
});

describe('an asynchronous model', () => {
  test('passes when right, fails when wrong, and the other way round under .not', async () => {
    await expect(later(right)).toHaveCorrectGradients();
    await expect(later(wrong)).not.toHaveCorrectGradients();
    await expect(expect(later(wrong)).toHaveCorrectGradients()).rejects.toThrow(
      'The gradients are wrong in 1 of 5 entries: b.',
    );
    await expect(expect(later(right)).not.toHaveCorrectGradients()).rejects.toThrow(
      'Expected a wrong gradient',
    );
  });

  test('gives the same report as the synchronous one, to the bit', async () => {
    const { message: sync } = toHaveCorrectGradients.call(undefined, wrong) as { message: () => string };
    const { message } = await toHaveCorrectGradients.call(undefined, later(wrong));
    expect(message()).toBe(sync());
  });

  test('is refused inside an expected value, where no runner would wait for it', () => {
    const message =
      "expect-gradients: toHaveCorrectGradients is asynchronous for this model, so it can't stand inside an " +
      'expected value; write await expect(model).toHaveCorrectGradients().';
    expect(() => expect({ m: later(right) }).toEqual({ m: expect.toHaveCorrectGradients() })).toThrow(
      message,
    );
    expect(() => expect({ m: later(right) }).toEqual({ m: expect.not.toHaveCorrectGradients() })).toThrow(
      message,
    );
  });

  test('is asynchronous when only gradients() is', async () => {
    const model = {
      ...right,
      gradients: async (p: typeof right.parameters) => Promise.resolve(right.gradients(p)),
    };
    const assertion: unknown = expect(model).toHaveCorrectGradients();
    expect(assertion).toBeInstanceOf(Promise);
    await assertion;
  });
});

describe('misuse is a TypeError at once, under .not too', () => {
  test.each([
    [
      // @ts-expect-error a number is no model
      () => expect(3).toHaveCorrectGradients(),
      'expect-gradients: expect(model) needs an object { parameters, loss, gradients }, but it got 3.',
    ],
    [
      // @ts-expect-error nor is it under .not
      () => expect(3).not.toHaveCorrectGradients(),
      'expect-gradients: expect(model) needs an object { parameters, loss, gradients }, but it got 3.',
    ],
    [
      // @ts-expect-error one number alone could be either
      () => expect(right).toHaveCorrectGradients(1e-7),
      'expect-gradients: toHaveCorrectGradients takes an options object or two numbers, epsilon and tolerance, but not one: write toHaveCorrectGradients({ tolerance: 1e-7 }) or toHaveCorrectGradients({ epsilon: 1e-7 }).',
    ],
    [
      () => expect(right).toHaveCorrectGradients({ epsilon: -1 }),
      'expect-gradients: options.epsilon must be a positive finite number, but it is -1.',
    ],
    [
      () => expect(right).not.toHaveCorrectGradients(1e-7, 0),
      'expect-gradients: options.tolerance must be a positive finite number, but it is 0.',
    ],
  ])('%#', (assertion, message) => {
    let caught: unknown;
    try {
      assertion();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(TypeError);
    expect((caught as TypeError).message).toBe(message);
  });
});

describe("without a runner's help", () => {
  test('the message is the same text, with a hint of its own', () => {
    const { message } = toHaveCorrectGradients.call(undefined, wrong, 0.5, 1e-7) as { message: () => string };
    expect(message().split('\n')[0]).toBe('expect(model).toHaveCorrectGradients(0.5, 1e-7)');
  });

  test("there is neither hint nor colour where the runner has but some of Jest's helpers, as Bun does", () => {
    const utils = {
      matcherHint: () => 'a hint that repeats itself',
      EXPECTED_COLOR: (text: string) => `"${text}"`,
    };
    const { message } = toHaveCorrectGradients.call({ utils }, wrong) as { message: () => string };
    expect(message()).not.toContain('a hint');
    expect(message()).toContain('b  -  3.00000000  ± ');
  });

  test('there are colours where it has them', () => {
    const utils = { EXPECTED_COLOR: (text: string) => `<${text}>`, DIM_COLOR: (text: string) => text };
    const { message } = toHaveCorrectGradients.call({ utils }, wrong) as { message: () => string };
    expect(message()).toContain('<-  3.00000000>');
  });
});
