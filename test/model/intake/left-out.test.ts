/** What stands beside the parameters and is none: sizes, names, caches, counters, state of an optimiser. Refused with the way out, or left out. */

import { describe, expect, it } from 'vitest';
import { checked, outcomeOf, right, wrongIn } from './outcome.js';

class Unit {
  w = [0.9, -0.35];
  dw = [0, 0];
}

/** A linear unit that is a parameter w, and more that stands beside it; the gradient of w[1] times a factor. */
function unitWith(more: object, factor = 1, returns: 'record' | 'unit' | 'nothing' = 'record'): object {
  const unit = Object.assign(new Unit(), more);
  const error = (): number => unit.w[0]! * 0.5 + unit.w[1]! * 1.5 - 1;
  return {
    parameters: unit,
    loss: () => error() ** 4,
    gradients: () => {
      const d = 4 * error() ** 3;
      unit.dw = [0.5 * d, factor * 1.5 * d];
      return { record: { w: unit.dw }, unit, nothing: undefined }[returns];
    },
  };
}

const TREE = 'must be a number, an array of numbers, or an object, array or Map of those, but it is';

describe('a field without a gradient', () => {
  it.each<[kind: string, value: unknown, found: string]>([
    ['a size', 2, '2'],
    ['a rate', 0.01, '0.01'],
    ['a cached input', [1, 2], 'an array of 2'],
    ['a typed cache', Float32Array.of(1, 2, 3), 'a Float32Array of 3'],
    [
      'a table of samples',
      [
        [1, 2],
        [3, 4],
      ],
      'an array of 2',
    ],
    ['a matrix', { rows: 1, cols: 2, data: [1, 2] }, 'an object with the keys rows, cols, data'],
    ['a value with a gradient that is null', { data: [1], grad: null }, ''],
  ])('is refused at the first claim, with what it is: %s', (_, value, found) => {
    const { verdict, message } = checked(unitWith({ extra: value }));
    expect(verdict).toBe('TypeError');
    expect(message).toBe(
      found === ''
        ? 'expect-gradients: the gradient of extra must be numbers, but extra.grad is null.'
        : 'expect-gradients: gradients() must return the gradient of extra under "extra" or "dExtra", but it returned an object ' +
            `with the keys w. If extra, which is ${found}, is no parameter: leave it out with { except: 'extra' }.`,
    );
  });

  it.each<[kind: string, value: unknown, found: string]>([
    ['a name', 'head', 'the string "head"'],
    ['a switch', true, 'the boolean true'],
    ['a big integer', 3n, 'the bigint 3n'],
    ['a set', new Set([1]), 'a Set'],
    ['a date', new Date(0), 'a Date'],
  ])('is refused before any call, where it can be none: %s', (_, value, found) => {
    let calls = 0;
    const model = { ...unitWith({ extra: value }), loss: () => (calls += 1) };
    expect(checked(model).message).toBe(
      `expect-gradients: extra ${TREE} ${found}. Leave it out with { except: 'extra' }.`,
    );
    expect(calls).toBe(0);
  });

  it.each<[kind: string, value: unknown, found: string]>([
    ['null', null, 'null'],
    ['nothing', undefined, 'undefined'],
  ])('is refused after the first call, which may have filled it in: %s', (_, value, found) => {
    expect(checked(unitWith({ extra: value })).message).toBe(
      `expect-gradients: extra ${TREE} ${found}. Leave it out with { except: 'extra' }.`,
    );
  });

  it.each([
    ['integers', Int32Array.of(1, 2), 'is stored in an Int32Array of 2'],
    ['a frozen array', Object.freeze([1, 2]), 'is frozen'],
    ['a frozen row', [[1], Object.freeze([2])], 'a row of extra is frozen'],
  ])('is refused before any call: %s', (_, value, found) => {
    const { message } = checked(unitWith({ extra: value }));
    expect(message).toContain(found);
    expect(message).toContain("eave it out with { except: 'extra' }");
  });

  it.each<unknown>([
    2,
    0.01,
    [1, 2],
    Float32Array.of(1),
    'head',
    true,
    3n,
    new Set(),
    new Date(0),
    null,
    undefined,
    Int32Array.of(1),
    Object.freeze([1, 2]),
    Object.freeze({ lr: 0.1, sizes: Object.freeze([1]), name: 'x' }),
    { deep: { er: 'x', n: null } },
    () => 1,
    new Map([[{}, 1]]),
    Promise.resolve(1),
  ])('is not read where it is left out: %o', (value) => {
    for (const options of [{ except: 'extra' }, { only: 'w' }, { only: [/^w$/], except: 'extra' }]) {
      expect(outcomeOf(unitWith({ extra: value }), options)).toEqual(right('w'));
      expect(outcomeOf(unitWith({ extra: value }, 2, 'unit'), options)).toEqual(wrongIn(['w']));
    }
  });

  it('is not read where its getter throws, or counts', () => {
    let reads = 0;
    const unit = {
      get counted() {
        reads += 1;
        return 1;
      },
      get broken(): never {
        throw new Error('not ready');
      },
    };
    const model = (): object => {
      const made = unitWith({}) as { parameters: object };
      Object.defineProperties(made.parameters, Object.getOwnPropertyDescriptors(unit));
      return made;
    };
    expect(outcomeOf(model(), { except: ['counted', 'broken'] })).toEqual(right('w'));
    expect(outcomeOf(model(), { only: 'w' })).toEqual(right('w'));
    expect(reads).toBe(0);
    expect(checked(model()).message).toBe('not ready');
  });
});

describe('several fields without a gradient', () => {
  it('are told in one line, with the options that leave them all out', () => {
    expect(checked(unitWith({ inputs: 2, outputs: 1, last: [0, 0] })).message).toBe(
      'expect-gradients: gradients() must return the gradient of inputs under "inputs" or "dInputs", but it returned an object with the keys ' +
        "w. If inputs, which is 2, is no parameter: leave it out with { except: 'inputs' }, or with all 3 that have to be: " +
        "{ except: ['inputs', 'outputs', 'last'] }.",
    );
    expect(checked(unitWith({ name: 'a', tag: 'b', inputs: 2 })).message).toContain(
      "Leave it out with { except: 'name' }, or with all 2 that have to be: { except: ['name', 'tag'] }.",
    );
    expect(checked(unitWith({ cache: null, inputs: 2 })).message).toContain(
      "{ except: ['cache', 'inputs'] }",
    );
  });

  it('are told with what is left out already, so that the options can be pasted', () => {
    const unit = unitWith({ label: 'head', tag: 't', inputs: 2, outputs: 1 });
    expect(checked(unit, { except: ['label', /^tag$/] }).message).toContain(
      "leave it out with { except: ['label', /^tag$/, 'inputs'] }, or with all 2 that have to be: { except: ['label', /^tag$/, 'inputs', 'outputs'] }.",
    );
    expect(outcomeOf(unit, { except: ['label', /^tag$/, 'inputs', 'outputs'] })).toEqual(right('w'));
  });

  it('are told by what is around them, where nothing else is in there', () => {
    expect(checked(unitWith({ cache: { x: [1], a: { z: [2] } } })).message).toContain(
      "{ except: 'cache.x' }, or with all 2 that have to be: { except: 'cache' }",
    );
    expect(checked(unitWith({ 'my cache': { x: [1], y: 2 } })).message).toContain(
      `{ except: 'parameters["my cache"]' }`,
    );
  });

  it('are told by a pattern, where they are the same fields of many objects', () => {
    const layer = (k: number): object => ({ w: [0.3, k], units: 3, rate: 0.1 });
    const layers = [layer(1), layer(2), layer(3)] as { w: number[] }[];
    const model = {
      parameters: { layers },
      loss: () => layers.reduce((sum, { w }) => sum + w[0]! * w[1]!, 0),
      gradients: () => ({ layers: layers.map(({ w }) => ({ w: [w[1], w[0]] })) }),
    };
    expect(checked(model).message).toContain(
      "{ except: 'layers[0].units' }, or with all 6 that have to be: { except: [/\\.units$/, /\\.rate$/] }.",
    );
    expect(outcomeOf(model, { except: [/\.units$/, /\.rate$/] })).toEqual(
      right(...[0, 1, 2].map((k) => `layers[${k}].w`)),
    );
    expect(outcomeOf(model, { only: /\.w$/ })).toEqual(right(...[0, 1, 2].map((k) => `layers[${k}].w`)));
  });

  it.each(["it's", 'say "x"', 'a b', 'é'])('are quoted whatever they are called: %s', (key) => {
    const { message } = checked(unitWith({ [key]: 0.5 }));
    const [, options] = /leave it out with \{ except: (.*) \}\.$/.exec(message) ?? [];
    // eslint-disable-next-line no-eval -- what is printed is to be pasted
    const except: unknown = eval(options!);
    expect(outcomeOf(unitWith({ [key]: 0.5 }), { except })).toEqual(right('w'));
  });
});

describe('a layer that keeps what it saw', () => {
  class Layer {
    V = [
      [0.3, 0.1, -0.6],
      [0.8, -0.2, 0.4],
    ];
    c = [0.15, -0.25];
    last: number[] | null = null;
    cache: Record<string, unknown> = {};
    calls = 0;
    forward(x: number[]): number[] {
      this.last = x.slice();
      this.calls += 1;
      this.cache['z'] = this.V.map((row, i) => row.reduce((sum, v, j) => sum + v * x[j]!, this.c[i]!));
      return this.cache['z'] as number[];
    }
    backward(above: number[]): object {
      return { V: above.map((d) => this.last!.map((v) => d * v)), c: above };
    }
  }
  const x = [1.1, -0.4, 0.7];
  const modelOf = (layer: Layer, factor: number): object => ({
    parameters: layer,
    loss: () => layer.forward(x).reduce((sum, y) => sum + Math.cosh(y), 0),
    gradients: () => layer.backward(layer.forward(x).map((y) => factor * Math.sinh(y))),
  });

  it.each([{ only: ['V', 'c'] }, { except: ['last', 'cache', 'calls'] }, { only: /^[Vc]$/ }])(
    'with %o',
    (options) => {
      const layer = new Layer();
      expect(outcomeOf(modelOf(layer, 1), options)).toEqual(right('V', 'c'));
      expect(outcomeOf(modelOf(layer, 2), options)).toEqual(wrongIn(['V', 'c'], 'V', 'c'));
      // What is left out is the layer's own: neither looked at nor put back.
      expect(layer.last).toEqual(x);
      expect(layer.calls).toBeGreaterThan(20);
    },
  );

  it('is told what it keeps, before and after its first call', () => {
    const layer = new Layer();
    const message = `last, which is an array of 3, is no parameter: leave it out with { except: 'last' }, or with all 3 that have to be: { except: ['last', 'cache.z', 'calls'] }.`;
    expect(checked(modelOf(layer, 1)).message).toContain(message);
    expect(checked(modelOf(layer, 1)).message).toContain(message);
  });

  it('may make its weights at the first call', () => {
    class Lazy {
      W: number[] | null = null;
      dW: number[] | null = null;
      forward(): number {
        this.W ??= [0.3, 0.4];
        return this.W[0]! * this.W[1]!;
      }
      backward(): void {
        this.dW = [this.W![1]!, this.W![0]!];
      }
    }
    const lazy = new Lazy();
    expect(
      outcomeOf({ parameters: lazy, loss: () => lazy.forward(), gradients: () => lazy.backward() }),
    ).toEqual(right('W'));
  });
});

describe('the options', () => {
  const p = { W: [0.5], b: [0.2], name: 'x' };
  const model = {
    parameters: p,
    loss: () => p.W[0]! ** 2 * p.b[0]!,
    gradients: () => ({ W: [2 * p.W[0]! * p.b[0]!], b: [p.W[0]! ** 2] }),
  };

  it.each([
    [{ only: 'w' }, 'options.only: no parameter matches "w"; the parameters are W, b.'],
    [{ except: ['name', 'c'] }, 'options.except: no parameter matches "c"; the parameters are W, b.'],
    [{ except: [/./] }, 'options.only and options.except leave none to check of the parameters W, b.'],
    [
      { only: 'W', except: /W/ },
      'options.only and options.except leave none to check of the parameters W, b.',
    ],
  ])('%o are refused', (options, message) => {
    expect(checked(model, options).message).toBe(`expect-gradients: ${message}`);
  });

  it('may name what holds no parameter, a gradient, and what only a call makes', () => {
    const layer = { W: [0.5], dW: [0], seen: undefined as unknown };
    const made = {
      parameters: layer,
      loss: () => {
        Object.assign(layer, { x: [1, 2] });
        return layer.W[0]! ** 2;
      },
      gradients: () => {
        layer.dW = [2 * layer.W[0]!];
      },
    };
    expect(outcomeOf(made, { except: ['dW', 'seen', 'x'] })).toEqual(right('W'));
    expect(outcomeOf(model, { except: 'name' })).toEqual(right('W', 'b'));
  });
});
