/** A tree is copied with other numbers in it: classes, kinds of arrays and shared places stay. */

import { describe, expect, it } from 'vitest';
import { listParameters } from '../../../src/model/tree/parameters.js';
import { Template } from '../../../src/model/tree/template.js';
import { rootOf } from '../../trees.js';
import { thrownBy } from '../../bits.js';

const cast = (tree: unknown, ...numbers: readonly number[][]): unknown => {
  const filled = listParameters(rootOf(tree));
  return new Template(tree, 'parameters').cast(
    filled,
    numbers.map((some) => Float64Array.from(some)),
  );
};

describe('a copy with other numbers', () => {
  it('has the structure of the tree, and leaves it alone', () => {
    const tree = {
      W: [
        [1, 2],
        [3, 4],
      ],
      b: Float32Array.of(5),
      c: 6,
      m: new Map([['g', 7]]),
    };
    const copy = cast(tree, [10, 20, 30, 40], [50], [60], [70]);
    expect(copy).toEqual({
      W: [
        [10, 20],
        [30, 40],
      ],
      b: Float32Array.of(50),
      c: 60,
      m: new Map([['g', 70]]),
    });
    expect(tree).toEqual({
      W: [
        [1, 2],
        [3, 4],
      ],
      b: Float32Array.of(5),
      c: 6,
      m: new Map([['g', 7]]),
    });
  });

  it('is fresh each time', () => {
    const template = new Template([1, 2], 'outputs');
    const filled = template.outputs();
    const one = template.cast(filled, [Float64Array.of(3, 4)]);
    expect(template.cast(filled, [Float64Array.of(5, 6)])).toEqual([5, 6]);
    expect(one).toEqual([3, 4]);
  });

  it('may be a number', () => {
    expect(cast(3, [4])).toBe(4);
  });

  it('keeps classes, getters, symbols, holes and what is not numbers', () => {
    const mark = Symbol('mark');
    class Unit {
      w = [1];
      name = 'unit';
      readonly size = 2;
      [mark] = 'kept';
      get first(): number {
        return this.w[0]!;
      }
    }
    const unit = Object.defineProperty(new Unit(), 'own', { get: () => 9, enumerable: false });
    const [parameter] = listParameters(rootOf({ w: unit.w }));
    const copy = new Template(unit, 'parameters').cast([parameter!], [Float64Array.of(5)]) as Unit & {
      own: number;
    };
    expect(copy).toBeInstanceOf(Unit);
    expect([copy.w, copy.name, copy[mark], copy.first, copy.own]).toEqual([[5], 'unit', 'kept', 5, 9]);
    // What nobody asked for is zero, sizes and counters too.
    expect(copy.size).toBe(0);
    expect(unit.w).toEqual([1]);
    class List extends Array<number> {}
    const list = List.from([1, 2]) as List;
    expect(cast({ list }, [3, 4])).toEqual({ list: List.from([3, 4]) });
    expect((cast({ list }, [3, 4]) as { list: List }).list).toBeInstanceOf(List);
  });

  it('writes to what is read-only or frozen in the tree', () => {
    const tree = Object.freeze({ W: [1], c: 2 });
    const { W } = tree;
    const filled = [{ path: ['W'] }, { path: ['c'] }];
    const copy = new Template(tree, 'parameters').cast(filled, [Float64Array.of(3), Float64Array.of(4)]);
    expect(copy).toEqual({ W: [3], c: 4 });
    expect(W).toEqual([1]);
  });

  it('makes doubles of integers', () => {
    const template = new Template({ n: Int8Array.of(1, 2) }, 'outputs');
    const copy = template.cast([{ path: ['n'] }], [Float64Array.of(0.5, 0.25)]);
    expect(copy).toEqual({ n: Float64Array.of(0.5, 0.25) });
  });

  it('holds one object where the tree does, also where it comes back to itself', () => {
    const W = [1, 2];
    const tree: Record<string, unknown> = { a: { W }, b: { W } };
    const copy = cast(tree, [3, 4], [3, 4]) as { a: { W: unknown }; b: { W: unknown } };
    expect(copy.a.W).toBe(copy.b.W);
    tree['self'] = tree;
    const ring = new Template(tree, 'parameters').cast([{ path: ['a', 'W'] }], [Float64Array.of(5, 6)]) as {
      self: unknown;
      a: { W: unknown };
    };
    expect(ring.self).toBe(ring);
    expect(ring.a.W).toEqual([5, 6]);
  });

  it('is zero in all that is not asked for, where that can be', () => {
    const tree = { W: [1], b: [2, 3], c: 4, name: 'x', cache: null };
    const copy = new Template(tree, 'parameters').cast([{ path: ['W'] }], [Float64Array.of(9)]);
    expect(copy).toEqual({ W: [9], b: [0, 0], c: 0, name: 'x', cache: null });
    const stubborn = {
      W: [1],
      get c(): number {
        return 4;
      },
      set c(_: number) {
        throw new Error('never');
      },
    };
    expect(new Template(stubborn, 'parameters').cast([{ path: ['W'] }], [Float64Array.of(9)])).toMatchObject({
      W: [9],
      c: 4,
    });
  });

  it('fills the value of a pair and leaves its gradient', () => {
    const copy = cast({ p: { value: 3, grad: 7 } }, [5]);
    expect(copy).toEqual({ p: { value: 5, grad: 7 } });
  });
});

describe('outputs', () => {
  it('are the arrays of a tree in its order, a tensor’s by its value', () => {
    const outputs = new Template({ y: [1, 2], dy: 3, t: { data: [4], grad: [5] } }, 'outputs').outputs();
    expect(outputs.map(({ name, count, pair }) => [name, count, pair])).toEqual([
      ['y', 2, undefined],
      ['dy', 1, undefined],
      ['t', 1, undefined],
    ]);
  });

  it('keep the numbers that they had when they were copied', () => {
    const y = [1, 2];
    const template = new Template(y, 'outputs');
    y[0] = 9;
    expect(template.outputs()[0]!.values.get(0)).toBe(1);
  });
});

describe('what can’t be copied', () => {
  class Private {
    #w = 1;
    get w(): number {
      return this.#w;
    }
    set w(value: number) {
      this.#w = value;
    }
  }
  const filled = [{ path: ['u', 'w'] }];

  it('is told with the error of its class', () => {
    class Broken {
      #w = [1];
      length = 1;
      get(i: number): number {
        return this.#w[i]!;
      }
      set(i: number, value: number): void {
        this.#w[i] = value;
      }
    }
    const list = { u: new Broken() };
    const error = thrownBy(() => {
      new Template(list, 'parameters').try([{ path: ['u'] }]);
    }) as Error;
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(
      /^expect-gradients: parameters can't be copied, as a vector for a product with derivatives must be: TypeError: .* Use arrays, or objects without private fields\.$/,
    );
  });

  it('matters only where it is to be filled', () => {
    const template = new Template({ u: new Private(), W: [1] }, 'parameters');
    template.try([{ path: ['W'] }]);
    expect(template.cast([{ path: ['W'] }], [Float64Array.of(2)])).toMatchObject({
      W: [2],
    });
    expect(filled).toHaveLength(1);
  });

  it('is a misuse of its own where it says so', () => {
    const error = thrownBy(() => new Template({ y: [1], name: 'x' }, 'outputs').outputs()) as Error;
    expect(error.message).toContain('name in outputs must be a number');
  });
});
