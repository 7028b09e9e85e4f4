/** What the functions of a model may return, throw and do: what stands for a number, `reset()`, errors beside θ, arrays that are replaced. */

import { describe, expect, it } from 'vitest';
import { checkGradients, checkHessian, checkJacobian, type GradientReport } from 'expect-gradients';
import { bitsOf, thrownBy } from '../../bits.js';
import { checked, outcomeOf, right, wrongIn } from './outcome.js';

const check = checkGradients as (model: unknown, options?: unknown) => GradientReport;

describe('what stands for one number', () => {
  const w = [0.3, 0.4];
  const modelOf = (wrap: (loss: number) => unknown): object => ({
    parameters: { w },
    loss: () => wrap(w[0]! * w[1]!),
    gradients: () => ({ w: [w[1], w[0]] }),
  });

  class Scalar {
    readonly #x: number;
    constructor(x: number) {
      this.#x = x;
    }
    item(): number {
      return this.#x;
    }
  }
  class Wrapped {
    readonly #x: number;
    constructor(x: number) {
      this.#x = x;
    }
    valueOf(): number {
      return this.#x;
    }
  }

  it.each<[string, (x: number) => unknown]>([
    ['an array of one', (x) => [x]],
    ['rows of one', (x) => [[x]]],
    ['a typed array of one', (x) => Float64Array.of(x)],
    ['a tensor without dimensions', (x) => ({ data: [x], shape: [] })],
    ['a matrix of one', (x) => ({ rows: 1, cols: 1, data: [x] })],
    ['item()', (x) => new Scalar(x)],
    ['item() of an array of one', (x) => ({ item: () => [x] })],
    ['dataSync()', (x) => ({ shape: [], dataSync: () => Float64Array.of(x) })],
    ['arraySync()', (x) => ({ arraySync: () => x })],
    ['valueOf()', (x) => new Wrapped(x)],
    ['a Number', (x) => new Number(x)],
  ])('%s', (_, wrap) => {
    expect(outcomeOf(modelOf(wrap))).toEqual(right('w'));
    expect(outcomeOf({ ...modelOf(wrap), gradients: () => ({ w: [w[1], 2 * w[0]!] }) })).toEqual(
      wrongIn(['w']),
    );
  });

  it.each<[string, (x: number) => unknown, string]>([
    ['several numbers', (x) => [x, x], 'an array of 2. Sum or average it.'],
    ['a column', (x) => [[x], [x]], 'an array of 2. Sum or average it.'],
    ['none', () => [], 'an empty array.'],
    ['text', (x) => String(x), 'the string "0.12".'],
    ['an object that is none', () => ({}), 'an empty object.'],
    ['a tensor of several', (x) => ({ dataSync: () => [x, x] }), 'an object with the keys dataSync.'],
    ['item() of text', () => ({ item: () => '1' }), 'an object with the keys item.'],
    ['valueOf() of text', () => ({ valueOf: () => '1' }), 'an object with the keys valueOf.'],
    [
      'a value with its gradient',
      (x) => ({ data: x, grad: 1 }),
      'an object with the keys data, grad. Return its data.',
    ],
    ['a value in an array', (x) => ({ value: [x] }), 'an object with the keys value. Return its value.'],
    [
      'the loss and more',
      (x) => ({ loss: x, grads: [1] }),
      'an object with the keys loss, grads. Return its loss.',
    ],
  ])('is not %s', (_, wrap, found) => {
    expect(checked(modelOf(wrap)).message).toBe(
      `expect-gradients: loss() must return a number, but it returned ${found}`,
    );
  });

  it('may be promised', async () => {
    const later = { ...modelOf(() => 0), loss: async () => Promise.resolve([w[0]! * w[1]!]) };
    expect((await checkGradients(later as never)).verdict).toBe('correct');
  });
});

describe('reset()', () => {
  /** A loss with dropout, whose masks come of a generator. */
  class Dropout {
    readonly w = [0.3, 0.4, 0.9];
    seed = 1;
    calls: string[] = [];
    mask(): number[] {
      return this.w.map(() => {
        this.seed = (this.seed * 16_807) % 2_147_483_647;
        return this.seed % 2 === 0 ? 0 : 2;
      });
    }
    model(reset: (() => unknown) | undefined): object {
      return {
        parameters: { w: this.w },
        ...(reset === undefined ? {} : { reset }),
        loss: () => {
          this.calls.push('loss');
          return this.mask().reduce((sum, m, i) => sum + m * this.w[i]! ** 2, 0);
        },
        gradients: () => {
          this.calls.push('gradients');
          return { w: this.mask().map((m, i) => 2 * m * this.w[i]!) };
        },
      };
    }
  }

  it('makes a function of a random loss, called before each call of another', () => {
    const net = new Dropout();
    const model = net.model(() => {
      net.calls.push('reset');
      net.seed = 7;
    });
    expect(outcomeOf(model)).toEqual(right('w'));
    expect(net.calls.length).toBeGreaterThan(20);
    expect(net.calls.every((call, k) => (k % 2 === 0) === (call === 'reset'))).toBe(true);
    expect(outcomeOf(new Dropout().model(undefined)).verdict).toBe('inconclusive');
  });

  it('is waited for', async () => {
    const net = new Dropout();
    const model = net.model(async () => {
      await Promise.resolve();
      net.seed = 7;
    });
    expect((await (check(model) as unknown as Promise<GradientReport>)).verdict).toBe('correct');
  });

  it('is a method, and a function where it is there', () => {
    class Model {
      readonly parameters = [0.5];
      count = 0;
      reset(): void {
        this.count += 1;
      }
      loss(): number {
        return this.parameters[0]! ** 2;
      }
      gradients(): number[] {
        return [2 * this.parameters[0]!];
      }
    }
    const model = new Model();
    const { evaluations } = check(model);
    expect(model.count).toBe(evaluations.loss + evaluations.gradients);
    expect(
      checked({ ...model, parameters: [1], loss: () => 1, gradients: () => [1], reset: 3 }).message,
    ).toBe('expect-gradients: model.reset must be a function, where there is one, but it is 3.');
  });

  it('is called before losses of many points, outputs and derivatives too', () => {
    const calls: string[] = [];
    const noted = <Result>(name: string, result: Result): Result => {
      calls.push(name);
      return result;
    };
    const x = [0.5, 2];
    const reset = (): void => noted('reset', undefined);
    void check({
      parameters: { x },
      reset,
      loss: () => noted('loss', x[0]! * x[1]!),
      losses: (points: readonly Record<string, number[]>[]) =>
        noted(
          'losses',
          points.map(({ x: d = [0, 0] }) => (x[0]! + d[0]!) * (x[1]! + d[1]!)),
        ),
      gradients: () => noted('gradients', { x: [x[1], x[0]] }),
    });
    void checkJacobian({
      parameters: { x },
      reset,
      outputs: () => noted('outputs', [x[0]! * x[1]!]),
      vjp: (_: unknown, [c]: number[]) => noted('vjp', { x: [c! * x[1]!, c! * x[0]!] }),
    } as never);
    void checkHessian({
      parameters: { x },
      reset,
      gradients: () => noted('gradients', { x: [x[1], x[0]] }),
      hessian: () =>
        noted('hessian', [
          [0, 1],
          [1, 0],
        ]),
    } as never);
    expect(new Set(calls)).toEqual(
      new Set(['reset', 'loss', 'losses', 'gradients', 'outputs', 'vjp', 'hessian']),
    );
    expect(calls.every((call, k) => (k % 2 === 0) === (call === 'reset'))).toBe(true);
  });
});

describe('an error of the user’s code beside θ', () => {
  class Own extends Error {
    readonly code = 7;
  }

  const moving = (
    thrown: () => unknown,
    parameters: Record<string, unknown> = { k: 0.8, dt: 0.25 },
  ): object => {
    const before = JSON.stringify(parameters);
    return {
      parameters,
      loss: () => {
        if (JSON.stringify(parameters) !== before) throw thrown();
        return 1;
      },
      gradients: () =>
        Object.fromEntries(
          Object.entries(parameters).map(([key, value]) => [
            key,
            Array.isArray(value) ? value.map(() => 1) : 1,
          ]),
        ),
    };
  };
  const causeOf = (model: object, options?: unknown): string => {
    const error = thrownBy(() => check(model, options)) as Error;
    return String(error.cause);
  };

  it('is the very error, with a cause that says what had been moved, from what to what', () => {
    const own = new Own('whole steps only');
    const error = thrownBy(() => check(moving(() => own))) as Own;
    expect(error).toBe(own);
    expect([error.message, error.code, error.constructor]).toEqual(['whole steps only', 7, Own]);
    expect(error.cause).toBeInstanceOf(Error);
    const number = String.raw`(?:0\.\d+|1|\d\.\d+e-\d+)`;
    expect(String(error.cause)).toMatch(
      new RegExp(
        `^Error: expect-gradients had moved k from 0\\.8 to ${number}, dt from 0\\.25 to ${number} when this was thrown$`,
      ),
    );
    expect(Object.keys(error)).toEqual(['code']);
  });

  it('names a single entry by its index, and few of many', () => {
    const single = causeOf(
      moving(() => new Own('moved'), { W: [0.5] }),
      { epsilon: 0.25 },
    );
    expect(single).toMatch(/had moved W\[0\] from 0\.5 to /);
    const W = [
      [0.5, 1.5],
      [2.5, 3.5],
    ];
    const many = causeOf(moving(() => new Own('moved'), { a: W[0], b: W[1], c: 1.25 }));
    expect(many).toMatch(
      /^Error: expect-gradients had moved a\[0\] from 0\.5 to \S+, a\[1\] from 1\.5 to \S+, b\[0\] from 2\.5 to \S+ and 2 more when/,
    );
  });

  it('names the step of a sweep to both sides, exactly as it was written', () => {
    for (const sign of [1, -1]) {
      const p = { t: 0.5, u: 1.5 };
      const model = {
        parameters: p,
        loss: () => {
          if (p.t === 0.5 + sign * 0.25 && p.u === 1.5) throw new Own('here');
          return p.t ** 2 + p.u;
        },
        gradients: () => ({ t: 2 * p.t, u: 1 }),
      };
      expect(causeOf(model, { epsilon: 0.25 })).toBe(
        `Error: expect-gradients had moved t from 0.5 to ${0.5 + sign * 0.25} when this was thrown`,
      );
      expect(p).toEqual({ t: 0.5, u: 1.5 });
    }
  });

  it('says it of directions, of rejections, and of functions with many values', async () => {
    const along = moving(() => new Own('moved'), { W: [0.5, 1.5, 2.5, 3.5] });
    expect(causeOf(along, { method: 'directional', epsilon: 0.125 })).toMatch(
      /W\[0\] from 0\.5 to .* and 1 more/,
    );
    const p = { t: 0.5 };
    const later = {
      parameters: p,
      loss: async () => (p.t === 0.5 ? Promise.resolve(1) : Promise.reject(new Own('later'))),
      gradients: () => ({ t: 1 }),
    };
    const rejected = (await (check(later) as unknown as Promise<never>).catch(
      (error: unknown) => error,
    )) as Own;
    expect(String(rejected.cause)).toMatch(/had moved t from 0\.5 to /);
    const outputs = (): number[] => {
      if (p.t !== 0.5) throw new Own('outputs');
      return [1];
    };
    for (const model of [
      { parameters: p, outputs, vjp: () => ({ t: 1 }) },
      { parameters: p, outputs, jvp: () => [1] },
      { parameters: p, outputs, jacobian: () => [1] },
    ]) {
      const error = thrownBy(() => checkJacobian(model as never)) as Own;
      expect(String(error.cause)).toMatch(/had moved t from 0\.5 to /);
    }
  });

  it('says it of the gradients, and of a promise of them', async () => {
    const p = { t: 0.5 };
    const squared = { parameters: p, outputs: () => [p.t ** 2], loss: () => p.t ** 2 };
    const vjp = (): object => {
      if (p.t !== 0.5) throw new Own('claim');
      return { t: 2 };
    };
    // The claim beside θ is only asked for when it is wrong, and its error gives up that look alone.
    expect(outcomeOf({ ...squared, gradients: vjp })).toEqual(wrongIn(['t']));
    const later = { ...squared, gradients: async () => Promise.resolve().then(vjp) };
    expect((await (check(later) as unknown as Promise<GradientReport>)).verdict).toBe('wrong');
  });

  it.each<[string, () => unknown, unknown]>([
    ['has a cause', () => new Own('x', { cause: 'mine' }), 'mine'],
    ['has one that is no error', () => Object.assign(new Own('x'), { cause: 0 }), 0],
    ['can’t take one', () => Object.freeze(new Own('x')), undefined],
  ])('is left as it is where it %s', (_, make, cause) => {
    const error = thrownBy(() => check(moving(make))) as Error;
    expect(error.cause).toBe(cause);
  });

  it.each<unknown>(['text', 3, null, undefined])('is left as it is where it is none: %s', (thrown) => {
    let seen: unknown = 'nothing';
    try {
      check(moving(() => thrown));
    } catch (error) {
      seen = error;
    }
    expect(seen).toBe(thrown);
  });

  it('has no cause at θ, nor has a misuse', () => {
    const p = { t: 0.5 };
    const own = new Own('always');
    expect(
      (
        thrownBy(() =>
          check({
            parameters: p,
            loss: () => {
              throw own;
            },
            gradients: () => ({ t: 1 }),
          }),
        ) as Error
      ).cause,
    ).toBeUndefined();
    const misuse = thrownBy(() =>
      check({ parameters: p, loss: () => (p.t === 0.5 ? 1 : 'x'), gradients: () => ({ t: 1 }) }),
    ) as Error;
    expect(misuse.message).toBe(
      'expect-gradients: loss() must return a number, but it returned the string "x".',
    );
    expect(misuse.cause).toBeUndefined();
  });
});

describe('a further look that throws', () => {
  it.each([
    ['a loss that refuses what is far away', (w: number) => Math.abs(w - 0.5) > 1e-3],
    ['a loss that refuses all that no step needs', (w: number) => Math.abs(w - 0.5) > 1e-4],
  ] as const)('costs no report: %s', (_, isFar) => {
    const w = [0.5];
    const loss = (): number => {
      if (isFar(w[0]!)) throw new Error('too far');
      return w[0]! ** 3;
    };
    expect(outcomeOf({ parameters: { w }, loss, gradients: () => ({ w: [w[0]! ** 2] }) })).toEqual(
      wrongIn(['w']),
    );
    expect(w).toEqual([0.5]);
  });

  it('is none that finds the functions of a model to differ', () => {
    const w = [0.5];
    const losses = (points: readonly { w?: number[] }[]): number[] =>
      points.map(({ w: d = [0] }) => (Math.abs(d[0]!) > 1e-3 ? 99 : (w[0]! + d[0]!) ** 3));
    const model = {
      parameters: { w },
      loss: () => w[0]! ** 3,
      losses,
      gradients: () => ({ w: [w[0]! ** 2] }),
    };
    expect(checked(model).message).toMatch(
      /^expect-gradients: losses\(\) must be loss\(\) at the displaced parameters/,
    );
  });
});

describe('arrays that the model’s own code replaces', () => {
  it('are followed where a getter gives what is held elsewhere', () => {
    let held = [0.6, 0.8];
    const parameters = {
      get W() {
        return held;
      },
    };
    const loss = (): number => {
      held = held.slice();
      return held[0]! * held[1]! ** 2;
    };
    const gradients = (factor: number) => () => ({ W: [held[1]! ** 2, factor * 2 * held[0]! * held[1]!] });
    expect(outcomeOf({ parameters, loss, gradients: gradients(1) })).toEqual(right('W'));
    expect(outcomeOf({ parameters, loss, gradients: gradients(2) })).toEqual(wrongIn(['W']));
    expect(bitsOf(held)).toEqual(bitsOf([0.6, 0.8]));
  });

  it('are put back where they were held, and told', () => {
    const layer = { W: [[0.6, 0.8]] };
    const [row] = layer.W;
    const loss = (): number => {
      layer.W[0] = layer.W[0]!.slice();
      return layer.W[0][0]! * layer.W[0][1]!;
    };
    const { verdict, message } = checked({ parameters: layer, loss, gradients: () => ({ W: [[0.8, 0.6]] }) });
    expect(verdict).toBe('inconclusive');
    expect(message).toContain(
      'loss() changed the parameters: after a call it had put another array in its place (W).',
    );
    expect(message).toContain('They have been put back as they were.');
    expect(layer.W[0]).toBe(row);
  });

  it('are not said to be put back where they could not be', () => {
    class Worn {
      #w = 0.5;
      get w(): number {
        return this.#w;
      }
      set w(value: number) {
        this.#w = Math.min(value, this.#w);
      }
    }
    const unit = new Worn();
    const loss = (): number => {
      unit.w = 0.25;
      return unit.w;
    };
    const { message } = checked({ parameters: unit, loss, gradients: () => ({ w: 1 }) });
    expect(message).toContain(
      'loss() changed the parameters: after a call it had changed 1 of its entries (w).',
    );
    expect(message).toContain('What it did to w could not be undone.');
    expect(message).not.toContain('put back as they were');
  });
});
