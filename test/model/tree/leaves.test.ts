import { describe, expect, it } from 'vitest';
import { type Found, findLeaves, type Rules } from '../../../src/model/tree/leaves.js';
import type { Pattern } from '../../../src/model/tree/select.js';
import { Selector } from '../../../src/model/tree/select.js';
import { rootOf } from '../../trees.js';

function foundIn(
  value: unknown,
  more: Partial<Rules> = {},
  only?: readonly Pattern[],
  except?: readonly Pattern[],
): Found {
  return findLeaves(rootOf(value), { selector: new Selector({ only, except }), ...more });
}

const namesIn = (...inputs: Parameters<typeof foundIn>): string[] =>
  foundIn(...inputs).leaves.map(({ name }) => name);
const misfitsIn = (...inputs: Parameters<typeof foundIn>): unknown[] =>
  foundIn(...inputs).misfits.map(({ name, isCertain, canBeLeftOut }) => [name, isCertain, canBeLeftOut]);

class Unit {
  W = [1];
  dW: unknown = null;
  cache: unknown = null;
}

describe('the places that hold numbers', () => {
  it('know whose gradient they are by their names', () => {
    const { leaves } = foundIn({
      W: [1],
      dW: [0],
      grads: { W: [0] },
      damp: 1,
      amp: 2,
      list: [{ w: 1, dw: 2 }],
    });
    expect(leaves.map(({ name, gradientOf, isWeak }) => [name, gradientOf, isWeak])).toEqual([
      ['W', undefined, false],
      ['dW', 'W', false],
      ['grads.W', 'W', false],
      ['damp', 'amp', true],
      ['amp', undefined, false],
      ['list[0]', undefined, false],
    ]);
  });

  it('are sure of a short name where it is an array', () => {
    const [first] = foundIn({ damp: [1], amp: [2] }).leaves;
    expect(first).toMatchObject({ name: 'damp', gradientOf: 'amp', isWeak: false });
  });

  it('know whether they are the only value in their container', () => {
    const { leaves } = foundIn({ one: { theta: [1], grad: [0] }, two: { a: 1, b: 2 } });
    expect(leaves.map(({ name, isSingle }) => [name, isSingle])).toEqual([
      ['one.theta', true],
      ['one.grad', false],
      ['two.a', false],
      ['two.b', false],
    ]);
    expect(foundIn([1, 2]).leaves[0]!.isSingle).toBe(true);
  });

  it('have the key of their numbers where they are objects', () => {
    const { leaves } = foundIn({
      M: { rows: 1, cols: 2, data: [1, 2] },
      p: { value: 3, grad: 0 },
      W: [1],
      t: Float64Array.of(1),
      c: 4,
    });
    expect(leaves.map(({ name, inner, field }) => [name, inner, field])).toEqual([
      ['M', 'data', undefined],
      ['p', 'value', 'value'],
      ['W', undefined, undefined],
      ['t', undefined, undefined],
      ['c', undefined, undefined],
    ]);
  });

  it('stand in a holder', () => {
    const inner = { w: [1] };
    expect(foundIn({ inner }).leaves[0]!.holder).toBe(inner);
  });

  it('are none of the sizes beside an array, unless they are what a function returned', () => {
    const matrix = { rows: 1, cols: 2, W: [1, 2] };
    expect(namesIn(matrix)).toEqual(['W']);
    expect(foundIn(matrix).leaves[0]!.view.values.shape).toEqual([1, 2]);
    expect(namesIn(matrix, { isResult: true })).toEqual(['rows', 'cols', 'W']);
  });

  it('are each by itself in what a function returned, whatever the names', () => {
    const outputs = { x: [1], dx: [2], sub: { w: 1, dw: 2 }, tensor: { data: [1], grad: [0] } };
    const { leaves } = foundIn(outputs, { isResult: true });
    expect(leaves.map(({ name, gradientOf }) => [name, gradientOf])).toEqual([
      ['x', undefined],
      ['dx', undefined],
      ['sub.w', undefined],
      ['sub.dw', undefined],
      ['tensor', undefined],
    ]);
    // A root has no name of its own: its fields are named.
    expect(namesIn({ x: [1], dx: [2] })).toEqual(['x', 'dx']);
    expect(namesIn({ data: [1], grad: [2] })).toEqual(['parameters']);
  });

  it('are none of what a getter alone gives, unless a gradient is claimed for it', () => {
    class View {
      readonly #numbers = [1, 2];
      hidden = 3;
      get W(): number[] {
        return this.#numbers;
      }
      get sum(): number {
        return 3;
      }
    }
    expect(namesIn(new View())).toEqual(['hidden']);
    const isClaimed = (path: readonly unknown[]): boolean => path.join('.') === 'W';
    expect(namesIn(new View(), { isClaimed })).toEqual(['hidden', 'W']);
    expect(namesIn(new View(), { isClaimed: () => true }, ['hidden'])).toEqual(['hidden']);
  });

  it('are found once under a key, where it is a field and a getter of a class', () => {
    class View {
      get W(): number[] {
        return [1];
      }
    }
    const view = Object.defineProperty(new View(), 'W', { value: [2], enumerable: true });
    expect(namesIn(view, { isClaimed: () => true })).toEqual(['W']);
  });
});

describe('what is left out', () => {
  const trap = (): object => ({
    w: [1],
    get broken(): number {
      throw new Error('read');
    },
    deep: {
      b: [2],
      get broken(): number {
        throw new Error('read');
      },
    },
  });

  it('is not read', () => {
    expect(namesIn(trap(), {}, ['w'])).toEqual(['w']);
    expect(namesIn(trap(), {}, ['deep.b'])).toEqual(['deep.b']);
    expect(namesIn(trap(), {}, undefined, ['broken', 'deep.broken'])).toEqual(['w', 'deep.b']);
    expect(namesIn(trap(), {}, undefined, ['broken', 'deep'])).toEqual(['w']);
  });

  it('has no faults', () => {
    const tree = { w: [1], name: 'x', ids: Int32Array.of(1), deep: { name: 'y' } };
    expect(misfitsIn(tree)).toEqual([
      ['name', true, true],
      ['ids', true, true],
      ['deep.name', true, true],
    ]);
    expect(misfitsIn(tree, {}, undefined, ['name', 'ids', /^deep/])).toEqual([]);
    expect(misfitsIn(tree, {}, [/^w/])).toEqual([]);
  });
});

describe('what is no number', () => {
  it('is none for certain where it is plain, and may be filled in in an instance', () => {
    expect(misfitsIn({ unit: new Unit(), cache: null })).toEqual([
      ['unit.cache', false, true],
      ['cache', true, true],
    ]);
    expect(misfitsIn(Object.assign(new Unit(), { cache: 'text' }))).toEqual([['cache', true, true]]);
  });

  it('can’t be left out of an array', () => {
    expect(misfitsIn({ W: [1, 'x'], list: [[1], { name: 'y' }] })).toEqual([
      ['W[1]', true, false],
      ['list[1].name', true, true],
    ]);
    expect(misfitsIn({ list: [{ w: 1 }, new Set()] })).toEqual([['list[1]', true, true]]);
  });

  it('can be left out of an array of containers, and is left out with all that is like it', () => {
    expect(misfitsIn({ list: [{ w: 1 }, null, Math.tanh] })).toEqual([
      ['list[1]', true, true],
      ['list[2]', true, true],
    ]);
    expect(misfitsIn({ W: [1], names: ['x', 'y'], mask: [true, false] })).toEqual([
      ['names', true, true],
      ['mask', true, true],
    ]);
    expect(misfitsIn({ W: [1], empty: [undefined, undefined] })).toMatchObject([
      ['empty[0]', true, false],
      {},
    ]);
  });

  it('is the tree itself, whatever is chosen of it', () => {
    for (const tree of ['text', null, undefined, new Date(0), () => 1])
      expect(foundIn(tree, {}, ['w']).misfits).toMatchObject([{ name: 'parameters', canBeLeftOut: true }]);
  });

  it('is no matter under the name of a gradient', () => {
    expect(misfitsIn({ W: [1], dW: 'not yet', grads: { W: null } })).toEqual([]);
  });

  it('is no matter where an accessor gives it, nor is a method', () => {
    class Labelled {
      w = 1;
      #label = 'x';
      get label(): string {
        return this.#label;
      }
      set label(value: string) {
        this.#label = value;
      }
      get owner(): object {
        return this;
      }
      set owner(_: object) {
        return;
      }
      forward = (): number => this.w;
    }
    expect(misfitsIn(new Labelled())).toEqual([]);
    expect(namesIn(new Labelled())).toEqual(['w']);
    // In an array or a Map a function stands where a number is meant.
    expect(misfitsIn([[1], () => 1])).toEqual([['parameters[1]', true, true]]);
    expect(misfitsIn(new Map([['a', () => 1]]))).toEqual([['a', true, true]]);
  });

  it('has the name of its root in the text, but not twice', () => {
    const texts = (name: string, value: unknown): string[] =>
      findLeaves(
        { ...rootOf(value), name },
        { selector: new Selector({ only: undefined, except: undefined }) },
      ).misfits.map(({ text }) => text.split(' must')[0]!);
    expect(texts('parameters', { a: 'x' })).toEqual(['a']);
    expect(texts('outputs', { a: 'x' })).toEqual(['a in outputs']);
    expect(texts('outputs', ['x'])).toEqual(['outputs[0]']);
    expect(texts('outputs', 'x')).toEqual(['outputs']);
  });
});

describe('a tree that comes back to itself', () => {
  it('is told once, and looked into only once on a way', () => {
    const ring: Record<string, unknown> = { w: [1] };
    ring['self'] = ring;
    expect(misfitsIn(ring)).toEqual([['self', true, true]]);
    const shared = { w: [1] };
    expect(namesIn({ a: shared, b: shared })).toEqual(['a.w', 'b.w']);
  });
});

describe('places without numbers', () => {
  it('are none', () => {
    expect(namesIn({ W: [], rows: [[], []], b: new Float64Array() })).toEqual([]);
  });
});
