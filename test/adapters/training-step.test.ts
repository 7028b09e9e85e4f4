import { checkGradients, type Model, type PlainModel, UsageError } from 'expect-gradients';
import { fromStep } from 'expect-gradients/adapters';
import { describe, expect, test } from 'vitest';
import { bitsOf, laws } from './laws.js';

/** A unit upon a unit, J = ½ (v tanh(1.5 w + b) − 0.4)², that is only trained. */
class Trained {
  readonly weights = { hidden: { w: 0.7, b: -0.2 }, v: [0.9] };
  /** By what the step of w is too long. */
  factor = 1;
  /** Whether v changes before the hidden unit takes its error through it. */
  early = false;

  get #hidden(): number {
    const { w, b } = this.weights.hidden;
    return Math.tanh(1.5 * w + b);
  }

  loss(): number {
    return (this.weights.v[0]! * this.#hidden - 0.4) ** 2 / 2;
  }

  step(rate: number): void {
    const { weights } = this;
    const h = this.#hidden;
    const [old] = weights.v as [number];
    const error = old * h - 0.4;
    // Another array, as a matrix library would put there.
    weights.v = [old - rate * error * h];
    const delta = error * (this.early ? weights.v[0]! : old) * (1 - h * h);
    weights.hidden.w -= rate * this.factor * delta * 1.5;
    weights.hidden.b -= rate * delta;
  }
}

let last = new Trained();

/** Checks a network in the way that is asked for. */
function trained(given: Partial<Trained>, more: { rate?: number; error?: Error } = {}): Model {
  const network = Object.assign(new Trained(), given);
  last = network;
  let calls = 0;
  return fromStep({
    parameters: network.weights,
    loss: () => network.loss(),
    step: (rate: number) => {
      calls += 1;
      network.step(rate);
      if (more.error !== undefined && calls >= 2) throw more.error;
    },
    ...(more.rate === undefined ? {} : { rate: more.rate }),
  });
}

const bits = (): string => bitsOf([last.weights.hidden.w, last.weights.hidden.b, last.weights.v[0]!]);
const common = { parameters: ['hidden.w', 'hidden.b', 'v'], blamed: 'hidden.w', bits };

laws({
  name: 'a step at a training rate',
  ...common,
  right: () => trained({}),
  wrong: () => trained({ factor: 2 }),
  throwing: (error) => trained({}, { error }),
});

laws({
  name: 'a step in the limit of small rates',
  ...common,
  right: () => trained({}, { rate: 0 }),
  wrong: () => trained({ factor: 2 }, { rate: 0 }),
  throwing: (error) => trained({}, { rate: 0, error }),
});

/** The same with a step that is only done in the next turn. */
const later = (given: Partial<Trained>, more: { rate?: number; error?: Error } = {}): Model => {
  const network = Object.assign(new Trained(), given);
  last = network;
  let calls = 0;
  return fromStep({
    parameters: network.weights,
    loss: () => network.loss(),
    step: async (rate: number) => {
      calls += 1;
      network.step(rate);
      await Promise.resolve();
      if (more.error !== undefined && calls >= 2) throw more.error;
    },
    ...(more.rate === undefined ? {} : { rate: more.rate }),
  });
};

laws({
  name: 'a step that is waited for',
  ...common,
  right: () => later({}, { rate: 0 }),
  wrong: () => later({ factor: 2 }),
  throwing: (error) => later({}, { error }),
});

describe('weights that change before the error has gone through them', () => {
  test('are wrong at a training rate, before the weight that changed too early', () => {
    const report = checkGradients(
      trained({ early: true }) as PlainModel & { loss(): number; gradients(): object },
    );
    const wrong = report.parameters.filter(({ verdict }) => verdict === 'wrong').map(({ name }) => name);
    expect(wrong).toStrictEqual(['hidden.w', 'hidden.b']);
  });

  test('are right in the limit of small rates', () => {
    const report = checkGradients(
      trained({ early: true }, { rate: 0 }) as PlainModel & { loss(): number; gradients(): object },
    );
    expect(report.verdict).toBe('correct');
  });
});

test('the step keeps its this', () => {
  class Self {
    readonly parameters = { x: [3] };
    loss(): number {
      return this.parameters.x[0]! ** 2;
    }
    step(rate: number): void {
      this.parameters.x[0]! -= rate * 2 * this.parameters.x[0]!;
    }
  }
  expect(checkGradients(fromStep(new Self())).verdict).toBe('correct');
});

test('a root array, and pairs of value and gradient, are parameters too', () => {
  const x = [3, 4];
  const root = fromStep({
    parameters: x,
    loss: () => x[0]! ** 2 * x[1]!,
    step: (rate) => {
      const [a, b] = x as [number, number];
      x[0] = a - rate * 2 * a * b;
      x[1] = b - rate * a ** 2;
    },
  });
  expect(checkGradients(root).verdict).toBe('correct');
  const pair = { w: [3], dw: [0] };
  const side = fromStep({
    parameters: { pair },
    loss: () => pair.w[0]! ** 2,
    step: (rate) => {
      pair.w[0]! -= rate * 2 * pair.w[0]!;
    },
  });
  expect(checkGradients(side).verdict).toBe('correct');
});

describe('in Float32Array storage', () => {
  const stored = (rate?: number) => {
    const w = Float32Array.from([0.8, -0.3, 0.5]);
    const slope = (x: number): number => 3 * x ** 2 - 1;
    return fromStep({
      parameters: { w },
      loss: () => w.reduce((sum, x) => sum + x ** 3 - x, 0),
      step: (r) => {
        for (const [i, x] of w.entries()) w[i] = x - r * slope(x);
      },
      ...(rate === undefined ? {} : { rate }),
    });
  };

  test.each([undefined, 1 / 128, 1])('a right step is correct at the rate %s', (rate) => {
    expect(checkGradients(stored(rate)).verdict).not.toBe('wrong');
  });

  test.each([0, 1e-3])('the rate %s is refused, as rounding leaves too little of the step', (rate) => {
    expect(() => checkGradients(stored(rate))).toThrow(
      new UsageError(
        `expect-gradients: fromStep can't tell the gradient of w from a step at the rate ${rate || 2 ** -14}, which its storage rounds away: take a rate of 0.0078125 or more.`,
      ),
    );
  });
});

describe('misuse is a TypeError', () => {
  const parameters = { x: 1 };
  const loss = (): number => 1;
  test.each([-1, Infinity, Number.NaN, '1' as unknown as number])('the rate %s', (rate) => {
    expect(() => fromStep({ parameters, loss, step: () => undefined, rate })).toThrow(
      /^expect-gradients: fromStep needs a rate that is 0 or a positive finite number, but it is /,
    );
  });

  test('no step', () => {
    expect(() => fromStep({ parameters, loss } as never)).toThrow(
      new UsageError('expect-gradients: fromStep needs a function step, but it is undefined.'),
    );
  });

  test('a step that leaves another number of weights', () => {
    const grown = { x: [1] };
    const model = fromStep({
      parameters: grown,
      loss: () => grown.x[0]! ** 2,
      step: () => {
        grown.x = [1, 2];
      },
    });
    expect(() => checkGradients(model)).toThrow(
      new UsageError('expect-gradients: step() must leave x with as many entries as it had, 1.'),
    );
    expect(grown.x).toStrictEqual([1]);
  });
});
