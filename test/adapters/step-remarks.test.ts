/** What a step does that does not go with its rate, or does to more than the parameters: findings of their own words. */

import { checkGradients, formatReport, type GradientReport, UsageError } from 'expect-gradients';
import { fields, fromStep } from 'expect-gradients/adapters';
import { describe, expect, test } from 'vitest';
import { bitsOf } from './laws.js';

/** A line through three points, which keeps more than its parameters. */
class Fit {
  w = [0.7, -0.2];
  b = 0.1;
  readonly name = 'fit';
  inputs = 2;
  steps = 0;
  last = [0, 0];
  /** What a step does to the weights besides: what they are multiplied by. */
  keeps = 1;
  rateOf = (rate: number): number => rate;

  errors(): number[] {
    return [
      [1, 2, 0.5],
      [0.5, -1, 1],
      [-1, 0.3, -0.4],
    ].map(([p, q, y]) => this.w[0]! * p! + this.w[1]! * q! + this.b - y!);
  }
  loss(): number {
    return this.errors().reduce((sum, e) => sum + (e * e) / 2, 0);
  }
  train(asked: number): void {
    const rate = this.rateOf(asked);
    const errors = this.errors();
    this.steps += 1;
    this.last = [1, 2];
    const slopes = [
      errors[0]! + 0.5 * errors[1]! - errors[2]!,
      2 * errors[0]! - errors[1]! + 0.3 * errors[2]!,
    ];
    this.w = this.w.map((v, j) => this.keeps * v - rate * slopes[j]!);
    this.b -= rate * errors.reduce((sum, e) => sum + e, 0);
  }
}

const modelOf = (fit: Fit, more: object = {}) =>
  fromStep({ parameters: fit, loss: () => fit.loss(), step: (rate: number) => fit.train(rate), ...more });
const check = (model: unknown, options?: object): GradientReport =>
  checkGradients(model as never, options) as GradientReport;
const wrongIn = (report: GradientReport): string[] =>
  report.parameters.filter(({ verdict }) => verdict === 'wrong').map(({ name }) => name);
const numbersOf = (fit: Fit): string => bitsOf([...fit.w, fit.b, fit.steps, ...fit.last, fit.inputs]);

describe('an object that is trained', () => {
  test('is checked by its weights alone, and all its numbers are put back', () => {
    const fit = new Fit();
    const before = numbersOf(fit);
    expect(check(modelOf(fit), { only: ['w', 'b'] })).toMatchObject({ verdict: 'correct', ignored: [] });
    expect(check(modelOf(fit), { except: ['name', 'inputs', 'steps', 'last', 'keeps'] }).verdict).toBe(
      'correct',
    );
    expect(numbersOf(fit)).toBe(before);
  });

  test('is refused with what a step leaves as it is, or moves whatever the rate', () => {
    const fit = new Fit();
    expect(() => check(modelOf(fit), { except: ['name', 'keeps'] })).toThrow(
      new UsageError(
        'expect-gradients: step() shows no gradient of inputs: it leaves it as it is, or moves it by as much at any rate, or sets it to the rate. ' +
          "If inputs, which is 2, is no parameter: leave it out with { except: ['name', 'keeps', 'inputs'] }, or with all 3 that have to be: " +
          "{ except: ['name', 'keeps', 'inputs', 'steps', 'last'] }.",
      ),
    );
  });

  test('may keep what grows with each step', () => {
    class Logged extends Fit {
      readonly history: number[] = [];
      override train(rate: number): void {
        super.train(rate);
        this.history.push(this.loss());
      }
    }
    expect(check(modelOf(new Logged()), { only: ['w', 'b'] }).verdict).toBe('correct');
  });

  test('is wrong where a parameter is', () => {
    class Twice extends Fit {
      override train(rate: number): void {
        const { b } = this;
        super.train(rate);
        this.b += this.b - b;
      }
    }
    const report = check(modelOf(new Twice()), { only: ['w', 'b'] });
    expect(wrongIn(report)).toEqual(['b']);
    expect(report.findings).toMatchObject([
      { code: 'scaled', parameter: 'b', evidence: { factor: expect.closeTo(2, 6) } },
    ]);
  });

  test('is reset before each of its steps and losses, where it can be', () => {
    const p = { w: [0.7, 0.1] };
    let velocity = [0, 0];
    const slope = (): number[] => [2 * p.w[0]!, 4 * p.w[1]! ** 3];
    const model = {
      parameters: p,
      loss: () => p.w[0]! ** 2 + p.w[1]! ** 4,
      step: (rate: number) => {
        velocity = velocity.map((v, i) => 0.9 * v + rate * slope()[i]!);
        p.w.forEach((w, i) => (p.w[i] = w - velocity[i]!));
      },
    };
    const reset = (): void => {
      velocity = [0, 0];
    };
    expect(check(fromStep({ ...model, reset })).verdict).toBe('correct');
    expect(
      check(fromStep({ ...model, reset: async () => Promise.resolve().then(reset) })).verdict,
    ).toBeUndefined();
    const report = check(fromStep(model));
    expect(report.verdict).toBe('inconclusive');
    expect(report.findings.map(({ title }) => title)).toEqual([
      'step() moves w by a part that is the same at every rate, beside the rate times a gradient.',
      expect.stringContaining('gradients()'),
    ]);
  });
});

describe('a rate that is ignored', () => {
  test.each([0.25, 0.0625, 0])('is told, and no factor of the gradient: at the rate %d', (rate) => {
    const fit = new Fit();
    fit.rateOf = () => 0.05;
    const report = check(modelOf(fit, { rate }), { only: ['w', 'b'] });
    expect(report.verdict).toBe('wrong');
    expect(report.findings).toHaveLength(1);
    const [finding] = report.findings;
    const [whole, half] = rate > 0 ? [rate, rate / 2] : [2 ** -14, 2 ** -15];
    expect(finding).toEqual({
      code: 'scaled',
      evidence: expect.objectContaining({ rate: whole }),
      title: `What step() moves does not depend on its rate: w and b are moved by as much at the rate ${half} as at ${whole}.`,
      advice:
        'Make step() multiply the gradient by the rate that it is given; where it has a rate of its own, give that one to fromStep.',
    });
    // At the limit of small rates it is extrapolated: 2 · 0.05 / half − 0.05 / whole.
    const { factor } = finding!.evidence as { factor: number };
    expect(factor / (0.05 / whole)).toBeCloseTo(rate > 0 ? 1 : 3, 9);
    expect(formatReport(report)).not.toContain('times what it should be');
  });

  test('is right where the rate that it has is the one that is handed over', () => {
    const fit = new Fit();
    fit.rateOf = () => 0.05;
    expect(check(modelOf(fit, { rate: 0.05 }), { only: ['w', 'b'] })).toMatchObject({
      verdict: 'correct',
      findings: [],
    });
  });

  test('of one parameter is told of it', () => {
    const p = { w: [0.7, 0.1], b: [0.3] };
    const model = fromStep({
      parameters: p,
      loss: () => p.w[0]! ** 2 + p.w[1]! ** 4 + p.b[0]! ** 2,
      step: (rate) => {
        p.w[0]! -= rate * 2 * p.w[0]!;
        p.w[1]! -= rate * 4 * p.w[1]! ** 3;
        p.b[0]! -= 0.01 * 2 * p.b[0]!;
      },
    });
    const report = check(model);
    expect(wrongIn(report)).toEqual(['b']);
    expect(report.findings).toMatchObject([
      {
        code: 'scaled',
        parameter: 'b',
        title:
          'What step() moves does not depend on its rate: b is moved by as much at the rate 0.0625 as at 0.125.',
      },
    ]);
  });
});

describe('a decay outside of the rate', () => {
  test.each([
    [0.97, 0.125, 'takes 0.03·θ from w', 0.24],
    [0.97, 0.5, 'takes 0.03·θ from w', 0.06],
    [1.01, 0.125, 'adds 0.01·θ to w', -0.08],
  ])(
    'is told, not a penalty of its size by the rate: weights times %d at the rate %d',
    (keeps, rate, words, lambda) => {
      const fit = new Fit();
      fit.keeps = keeps;
      const report = check(modelOf(fit, { rate }), { only: ['w', 'b'] });
      expect(wrongIn(report)).toEqual(['w']);
      expect(report.findings).toHaveLength(1);
      expect(report.findings[0]).toMatchObject({
        code: 'missing-regularization',
        parameter: 'w',
        title: `step() ${words} at every rate: a decay that is not multiplied by the rate.`,
        advice:
          `Multiply it by the rate, and give the loss its penalty ½ λ ‖θ‖², which at the rate ${rate} is λ = ${lambda}; ` +
          'or leave it out of step() while the gradient is checked.',
      });
      expect(report.findings[0]!.evidence).toEqual({
        lambda: expect.closeTo((keeps - 1) / rate, 6),
        power: 2,
        decay: expect.closeTo(1 - keeps, 9),
        rate,
      });
    },
  );

  test('that is no multiple of the weights is told as what is the same at every rate', () => {
    const p = { w: [0.7, -0.1, 0.4] };
    const model = fromStep({
      parameters: p,
      loss: () => p.w.reduce((sum, w) => sum + w ** 2, 0),
      step: (rate) => p.w.forEach((w, i) => (p.w[i] = w - rate * 2 * w - 0.01 * Math.sign(w))),
    });
    expect(check(model).findings).toMatchObject([
      {
        code: 'unexplained',
        title: 'step() moves w by a part that is the same at every rate, beside the rate times a gradient.',
      },
    ]);
  });

  test('that is within rounding is none', () => {
    const fit = new Fit();
    fit.keeps = 1 - 2 ** -40;
    const report = check(modelOf(fit), { only: ['w', 'b'], tolerance: 1e-14 });
    expect(report.findings.map(({ title }) => title).join(' ')).not.toContain('at every rate');
  });
});

describe('weights that change while they are still read', () => {
  const p = { v: [0.9], w: 0.7, u: 0.3 };
  const hidden = (): number => Math.tanh(1.5 * p.w + p.u);
  const error = (): number => p.v[0]! * hidden() - 0.4;
  const early = (rate: number): void => {
    const [e, h] = [error(), hidden()];
    p.v[0]! -= rate * e * h;
    const delta = e * p.v[0]! * (1 - h * h);
    p.w -= rate * delta * 1.5;
    p.u -= rate * delta;
  };

  test('are told by those whose gradient depends on the rate', () => {
    const report = check(fromStep({ parameters: p, loss: () => error() ** 2 / 2, step: early }));
    expect(wrongIn(report)).toEqual(['w', 'u']);
    expect(report.findings).toEqual([
      {
        code: 'unexplained',
        evidence: { rate: 0.125, entries: 2 },
        title:
          'The gradients of w and u in step() depend on the rate: weights are changed that are read again, or changed twice.',
        advice:
          'Compute all gradients before the first weight is changed, and make one update in a step. With { rate: 0 } fromStep checks the ' +
          'limit of small rates, where that does not matter.',
      },
    ]);
    expect(p).toEqual({ v: [0.9], w: 0.7, u: 0.3 });
  });

  test('are right in the limit of small rates', () => {
    expect(
      check(fromStep({ parameters: p, loss: () => error() ** 2 / 2, step: early, rate: 0 })).verdict,
    ).toBe('correct');
  });

  test('are not told in that limit, where another mistake is', () => {
    const halved = (rate: number): void => {
      const [w, u] = [p.w, p.u];
      early(rate);
      [p.w, p.u] = [(w + p.w) / 2, (u + p.u) / 2];
    };
    const model = fromStep({ parameters: p, loss: () => error() ** 2 / 2, step: halved, rate: 0 });
    expect(check(model).findings).toMatchObject([
      { code: 'scaled', title: 'The gradient of w and u is 0.5 times what it should be.' },
    ]);
  });

  test('are as good as two updates in a step', () => {
    const twice = (rate: number): void => {
      for (let k = 0; k < 2; k += 1) p.w -= rate * error() * p.v[0]! * (1 - hidden() ** 2) * 1.5;
    };
    const report = check(fromStep({ parameters: { p }, loss: () => error() ** 2 / 2, step: twice }), {
      only: 'p.w',
    });
    expect(report.findings).toMatchObject([
      {
        code: 'unexplained',
        parameter: 'p.w',
        title: expect.stringContaining('The gradient of p.w in step() depends on the rate'),
      },
    ]);
  });
});

describe('a step that changes more than it can put back', () => {
  const retrained = () => ({
    W: [0.4, 0.2],
    b: [0.1],
    error() {
      return this.W[0]! * 2 + this.W[1]! + this.b[0]! - 1;
    },
  });

  test('is told of arrays that it put in the place of those that were handed over', () => {
    const m = retrained();
    const step = (rate: number): void => {
      const d = 2 * rate * m.error();
      m.W = [m.W[0]! - 2 * d, m.W[1]! - d];
      m.b = [m.b[0]! - d];
    };
    const loss = (): number => m.error() ** 2;
    const report = check(fromStep({ parameters: { W: m.W, b: m.b }, loss, step }));
    expect(report.verdict).toBe('inconclusive');
    expect(report.findings).toHaveLength(1);
    const [finding] = report.findings;
    expect(finding!.code).toBe('mutated-parameters');
    expect(finding!.title).toMatch(
      /^step\(\) put other arrays in the place of W and b: those that were handed over are as before, and the loss went from 0\.0\S+ to 0\.0\S+\.$/,
    );
    expect(finding!.advice).toBe(
      'What stands there now could not be reached, and the model is as step() left it. Hand over the object that holds W and b, as in ' +
        "fromStep({ parameters: model, … }) with { only: ['W'] }.",
    );
    expect(formatReport(report)).not.toMatch(/dropout|put back as|gradients\(\) /);
    expect(check(fromStep({ parameters: m, loss, step }), { only: ['W', 'b'] }).verdict).toBe('correct');
  });

  test('is told of the one of two', () => {
    const m = retrained();
    const step = (rate: number): void => {
      const d = 2 * rate * m.error();
      m.W = [m.W[0]! - 2 * d, m.W[1]! - d];
      m.b[0]! -= d;
    };
    const report = check(fromStep({ parameters: { W: m.W, b: m.b }, loss: () => m.error() ** 2, step }));
    expect(report.findings[0]!.title).toMatch(
      /^step\(\) put another array in the place of W: the one that was handed over is as before/,
    );
  });

  test('behind a getter is followed, and its numbers are put back', () => {
    const m = retrained();
    const step = (rate: number): void => {
      const d = 2 * rate * m.error();
      m.W = [m.W[0]! - 2 * d, m.W[1]! - d];
    };
    const parameters = {
      get W() {
        return m.W;
      },
    };
    expect(check(fromStep({ parameters, loss: () => m.error() ** 2, step })).verdict).toBe('correct');
    expect(bitsOf(m.W)).toBe(bitsOf([0.4, 0.2]));
  });

  test('is told of what else it changed', () => {
    const p = { w: [0.7] };
    let mean = 0;
    const model = {
      parameters: p,
      loss: () => (p.w[0]! - mean) ** 2,
      step: (rate: number) => {
        p.w[0]! -= rate * 2 * (p.w[0]! - mean);
        mean = 0.9 * mean + 0.1;
      },
    };
    const report = check(fromStep(model));
    expect(report.verdict).toBe('inconclusive');
    expect(report.findings).toMatchObject([
      {
        code: 'mutated-parameters',
        title: expect.stringMatching(
          /^step\(\) changes more than the parameters: the loss was 0\.\d+ before it and 0\.\d+ after it, with the same parameters\.$/,
        ),
      },
    ]);
    expect(report.findings[0]!.advice).toContain('give the model a reset()');
    mean = 0;
    expect(check(fromStep({ ...model, reset: () => (mean = 0) })).verdict).toBe('correct');
  });

  test('is not blamed for a loss that is random anyway', () => {
    const p = { w: [0.7] };
    let calls = 0;
    const model = fromStep({
      parameters: p,
      loss: () => p.w[0]! ** 2 + (calls += 1),
      step: (rate) => void (p.w[0]! -= rate * 2 * p.w[0]!),
    });
    expect(check(model).findings).toMatchObject([{ code: 'nondeterministic-loss' }]);
  });
});

test('what looks are for the message alone may throw', () => {
  const p = { w: [0.7] };
  const step = (rate: number): void => {
    if (rate !== 1 / 8) throw new Error('only that rate');
    p.w[0]! -= rate * 2 * p.w[0]!;
  };
  expect(check(fromStep({ parameters: p, loss: () => p.w[0]! ** 2, step })).verdict).toBe('correct');
  expect(check(fromStep({ parameters: p, loss: () => 2 * p.w[0]! ** 2, step })).findings).toMatchObject([
    { code: 'scaled', evidence: { factor: expect.closeTo(0.5, 6) } },
  ]);
  expect(p.w).toEqual([0.7]);
});

test('numbers that are whole and moved by whole numbers are counts', () => {
  const p = { w: [0.7], steps: 3, units: 2 };
  const step = (rate: number): void => {
    p.steps += 1;
    p.w[0]! -= rate * 2 * p.w[0]!;
  };
  const model = () => fromStep({ parameters: p, loss: () => p.w[0]! ** 2, step });
  expect(() => check(model())).toThrow(
    /step\(\) shows no gradient of steps: .* \{ except: \['steps', 'units'\] \}\.$/,
  );
  expect(check(model(), { only: 'w' }).verdict).toBe('correct');
  expect(p).toEqual({ w: [0.7], steps: 3, units: 2 });
});

test('what is handed over and not moved is claimed to have a gradient of zero', () => {
  const p = { w: [0.7], b: [0.2], c: 0.5 };
  const step = (rate: number): void => void (p.w[0]! -= rate * 2 * p.w[0]! * p.b[0]! * p.c);
  const report = check(fromStep({ parameters: p, loss: () => p.w[0]! ** 2 * p.b[0]! * p.c, step }));
  expect(wrongIn(report)).toEqual(['b', 'c']);
  expect(report.findings).toMatchObject([{ code: 'zero-gradient' }]);
});

test('fields of a graph are one parameter, whatever else its objects hold', () => {
  const links = [
    { weight: 0.3, from: 'a', age: 1 },
    { weight: -0.4, from: 'b', age: 2 },
  ];
  const [p, q] = [links[0]!, links[1]!];
  const step = (rate: number): void => {
    const [a, b] = [p.weight, q.weight];
    p.weight -= rate * 2 * a * b;
    q.weight -= rate * a * a;
  };
  const model = fromStep({
    parameters: { weights: fields(links, 'weight') },
    loss: () => p.weight ** 2 * q.weight,
    step,
  });
  expect(check(model).verdict).toBe('correct');
});

describe('what a step changes behind getters', () => {
  class Hidden {
    #w = [0.7, -0.4];
    #layers = [{ v: [0.3] }];
    factor = 1;
    get w(): readonly number[] {
      return this.#w;
    }
    get layers(): readonly { v: number[] }[] {
      return this.#layers;
    }
    get first(): object {
      return this.#layers[0]!;
    }
    get all(): readonly number[][] {
      return [this.#w, this.#layers[0]!.v];
    }
    get next(): Hidden {
      return new Hidden();
    }
    get broken(): never {
      throw new Error('not yet');
    }
    loss(): number {
      return this.#w[0]! ** 2 * this.#w[1]! * this.#layers[0]!.v[0]!;
    }
    train(rate: number): void {
      const [[a, b], [v]] = [this.#w, this.#layers[0]!.v] as [[number, number], [number]];
      this.#w = [a - rate * 2 * a * b * v, b - rate * a * a * v];
      this.#layers[0]!.v = [v - rate * this.factor * a * a * b];
    }
  }
  const hiddenModel = (hidden: Hidden): ReturnType<typeof fromStep> =>
    fromStep({ parameters: hidden, loss: () => hidden.loss(), step: (rate) => hidden.train(rate) });

  test.each([1, 2])('is checked and put back, the last gradient times %d', (factor) => {
    const hidden = new Hidden();
    hidden.factor = factor;
    const report = check(hiddenModel(hidden), { except: 'factor' });
    expect(report.parameters.map(({ name }) => name)).toEqual(['w', 'layers[0].v']);
    expect(wrongIn(report)).toEqual(factor === 1 ? [] : ['layers[0].v']);
    expect([hidden.w, hidden.layers]).toEqual([[0.7, -0.4], [{ v: [0.3] }]]);
  });

  test('is refused before the first step where nothing of it can be seen', () => {
    let w = 0.7;
    let steps = 0;
    class Closed {
      train(rate: number): void {
        steps += 1;
        w -= rate * 2 * w;
      }
    }
    const closed = new Closed();
    const model = fromStep({
      parameters: closed,
      loss: () => w ** 2,
      step: (rate) => closed.train(rate),
    });
    expect(() => check(model)).toThrow(
      'fromStep needs parameters that hold numbers, but it got a Closed in which none can be seen.',
    );
    expect([w, steps]).toEqual([0.7, 0]);
  });
});

describe('a field that is set to the rate', () => {
  class Learner {
    learningRate = 0.1;
    w = [0.7, -0.4];
    loss(): number {
      return this.w[0]! ** 2 * this.w[1]!;
    }
    train(): void {
      const [a, b] = this.w as [number, number];
      this.w = [a - this.learningRate * 2 * a * b, b - this.learningRate * a * a];
    }
  }
  const learner = new Learner();
  const model = fromStep({
    parameters: learner,
    loss: () => learner.loss(),
    step: (rate) => {
      learner.learningRate = rate;
      learner.train();
    },
  });

  test('is no parameter', () => {
    expect(() => check(model)).toThrow(
      "step() shows no gradient of learningRate: it leaves it as it is, or moves it by as much at any rate, or sets it to the rate. If learningRate, which is 0.1, is no parameter: leave it out with { except: 'learningRate' }.",
    );
    expect(check(model, { except: 'learningRate' })).toMatchObject({
      verdict: 'correct',
      parameters: [{ name: 'w' }],
    });
    expect([learner.learningRate, learner.w]).toEqual([0.1, [0.7, -0.4]]);
  });
});
