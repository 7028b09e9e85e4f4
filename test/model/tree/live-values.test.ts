import { describe, expect, it } from 'vitest';
import { valuesOf } from '../../../src/model/array/array-kinds.js';
import { AssignedValues, LiveValues } from '../../../src/model/tree/live-values.js';
import { isCopied, objectsTo, type Place, type Root, viewAt } from '../../../src/model/tree/path-view.js';
import { rootOf } from '../../trees.js';

const at = (...path: (string | number)[]): Place => ({ path, field: undefined });
const live = (root: Root, place: Place): LiveValues =>
  new LiveValues(viewAt(root, place)!, () => viewAt(root, place));
const numbersIn = (values: { count: number; read(into: Float64Array): void }): number[] => {
  const copy = new Float64Array(values.count);
  values.read(copy);
  return [...copy];
};

describe('what stands along a path', () => {
  it('begins with the tree, and ends early where nothing stands', () => {
    const tree = { a: [{ b: 1 }] };
    const root = rootOf(tree);
    expect(objectsTo(root, ['a', 0, 'b'])).toEqual([tree, tree.a, tree.a[0], 1]);
    expect(objectsTo(root, ['a', 1, 'b'])).toEqual([tree, tree.a, undefined]);
    expect(objectsTo(root, ['a', 0, 'b', 'c'])).toHaveLength(4);
    expect(objectsTo(root, [])).toEqual([tree]);
    expect(objectsTo(rootOf(null), ['a'])).toEqual([null]);
    expect(objectsTo(rootOf(new Map([['a', 2]])), ['a'])[1]).toBe(2);
  });
});

describe('the view at a path', () => {
  it('is of a number, an array, or nothing', () => {
    const root = rootOf({ a: 1, b: [[1, 2]], c: 'x', d: { e: [3] } });
    expect(viewAt(root, at('a'))!.values).toMatchObject({ shape: [], count: 1 });
    expect(viewAt(root, at('b'))!.values).toMatchObject({ shape: [1, 2], count: 2 });
    expect(viewAt(root, at('d', 'e'))!.values.get(0)).toBe(3);
    for (const path of [['c'], ['d'], ['f'], ['c', 'd'], ['a', 'b', 'c']])
      expect(viewAt(root, at(...path))).toBeUndefined();
    expect(viewAt(rootOf(3), at())!.values.get(0)).toBe(3);
  });

  it('has the links to the objects on the way, and not to the box of its root', () => {
    const tree = { list: [{ W: [1] }] };
    const { links } = viewAt(rootOf(tree), at('list', 0, 'W'))!;
    expect(links.map(({ key }) => key)).toEqual(['list', 0, 'W']);
    expect(links.map(({ held }) => held)).toEqual([tree.list, tree.list[0], tree.list[0]!.W]);
    expect(viewAt(rootOf({ a: 1 }), at('a'))!.links).toEqual([]);
    expect(viewAt({ ...rootOf(tree), links: [links[0]!] }, at('list', 0, 'W'))!.links).toHaveLength(4);
  });

  it('is of a field of an object, or of the object where it is an array as a whole', () => {
    const field = (tree: unknown, ...path: (string | number)[]): unknown => {
      const view = viewAt(rootOf(tree), { path, field: 'data' });
      return (
        view && {
          numbers: Array.from({ length: view.values.count }, (_, i) => view.values.get(i)),
          shape: view.values.shape,
          keys: view.links.map(({ key }) => key),
        }
      );
    };
    expect(field({ p: { data: [1, 2], grad: [0, 0] } }, 'p')).toEqual({
      numbers: [1, 2],
      shape: [2],
      keys: ['p', 'data'],
    });
    expect(field({ p: { data: 3, grad: 0 } }, 'p')).toEqual({ numbers: [3], shape: [], keys: ['p'] });
    expect(field({ data: [3], grad: [0] })).toEqual({ numbers: [3], shape: [1], keys: ['data'] });
    expect(field({ p: { data: [1, 2, 3, 4], shape: [2, 2], stride: [1, 2] } }, 'p')).toMatchObject({
      numbers: [1, 3, 2, 4],
      shape: [2, 2],
    });
    // Where the object has a view of other numbers, the field is what counts.
    expect(
      field({ p: { data: [1, 2, 3], length: 1, get: () => 7, set: () => undefined } }, 'p'),
    ).toMatchObject({
      numbers: [1, 2, 3],
    });
    expect(field({ p: 1 }, 'p')).toBeUndefined();
    expect(field({ p: null }, 'p')).toBeUndefined();
    expect(field({ p: { grad: 1 } }, 'p')).toBeUndefined();
  });

  it('has the shape that fields beside it say', () => {
    const shape = (tree: object, ...path: (string | number)[]): unknown =>
      viewAt(rootOf(tree), at(...path))!.values.shape;
    expect(shape({ W: [1, 2], rows: 2, cols: 1 }, 'W')).toEqual([2, 1]);
    expect(shape({ W: [[1, 2]], rows: 2, cols: 1 }, 'W')).toEqual([1, 2]);
    expect(shape({ W: [1, 2] }, 'W')).toEqual([2]);
    expect(
      shape(
        new Map<string, unknown>([
          ['W', [1, 2]],
          ['size', 2],
          ['shape', [2, 1]],
        ]),
        'W',
      ),
    ).toEqual([2]);
    expect(shape([[1, 2], 3], 0)).toEqual([2]);
  });
});

describe('a getter', () => {
  const owner = (make: () => unknown): object => ({
    get W() {
      return make();
    },
  });
  const numbers = Float64Array.of(1, 2);

  it('copies where each reading gives other memory', () => {
    const isCopy = (make: () => unknown): boolean => {
      const holder = owner(make) as { W: unknown };
      return isCopied(holder, 'W', holder.W);
    };
    expect(isCopy(() => [1])).toBe(true);
    expect(isCopy(() => numbers.slice())).toBe(true);
    expect(isCopy(() => numbers)).toBe(false);
    expect(isCopy(() => numbers.subarray(1))).toBe(false);
  });
});

describe('numbers behind a getter that copies and a setter', () => {
  class Unit {
    #numbers: readonly number[] = [1, 2];
    readonly written: unknown[] = [];
    get W(): number[] {
      return Object.freeze(this.#numbers.slice()) as number[];
    }
    set W(value: number[]) {
      this.written.push(value);
      this.#numbers = value.slice();
    }
  }

  it('are changed by assigning others', () => {
    const unit = new Unit();
    const view = viewAt(rootOf(unit), at('W'))!;
    expect(view.values).toBeInstanceOf(AssignedValues);
    expect(view.values).toMatchObject({ isWhole: true, count: 2, shape: [2], references: [] });
    expect(view.links).toEqual([]);
    view.values.set(1, 5);
    expect(unit.W).toEqual([1, 5]);
    view.values.write(Float64Array.of(3, 4));
    expect(unit.written).toEqual([
      [1, 5],
      [3, 4],
    ]);
    expect([view.values.get(0), ...numbersIn(view.values)]).toEqual([3, 3, 4]);
  });

  it('may be of rows and of typed arrays, which stay of their kind', () => {
    let rows = [
      [1, 2],
      [3, 4],
    ];
    let typed = Float32Array.of(1, 2);
    const unit = {
      get rows() {
        return rows.map((row) => Object.freeze(row.slice()) as number[]);
      },
      set rows(value) {
        rows = value;
      },
      get typed() {
        return typed.slice();
      },
      set typed(value) {
        typed = value;
      },
    };
    viewAt(rootOf(unit), at('rows'))!.values.set(3, -4);
    expect(rows).toEqual([
      [1, 2],
      [3, -4],
    ]);
    const { values } = viewAt(rootOf(unit), at('typed'))!;
    values.set(0, 0.1);
    expect(typed).toEqual(Float32Array.of(0.1, 2));
    expect(values.spacing).toBe(2 ** -23);
  });

  it('are a copy that nobody reads without a setter', () => {
    const unit = {
      get W() {
        return [1];
      },
    };
    expect(viewAt(rootOf(unit), at('W'))!.values).not.toBeInstanceOf(AssignedValues);
  });
});

describe('numbers by the path of their owner', () => {
  it('are those of the array that stands there, once it is looked up again', () => {
    const tree = { layer: { W: [1, 2] } };
    const values = live(rootOf(tree), at('layer', 'W'));
    const first = tree.layer.W;
    tree.layer.W = [5, 6];
    expect(values.get(0)).toBe(1);
    values.renew();
    expect(values.get(0)).toBe(5);
    values.set(0, 7);
    expect([first, tree.layer.W]).toEqual([
      [1, 2],
      [7, 6],
    ]);
    tree.layer = { W: [8, 9] };
    expect(numbersIn(values)).toEqual([8, 9]);
    tree.layer.W = [0, 0];
    values.write(Float64Array.of(3, 4));
    expect(tree.layer.W).toEqual([3, 4]);
  });

  it('stay those that were there where as many no longer are', () => {
    const tree: { W: unknown } = { W: [1, 2] };
    const first = tree.W;
    const values = live(rootOf(tree), at('W'));
    for (const other of [[1, 2, 3], 'text', null]) {
      tree.W = other;
      expect(numbersIn(values)).toEqual([1, 2]);
    }
    values.write(Float64Array.of(3, 4));
    expect(first).toEqual([3, 4]);
  });

  it('refer to what holds them and can be put back', () => {
    const held = [1, 2];
    class Model {
      get layer(): object {
        return layer;
      }
    }
    const layer = { W: held };
    const model = new Model();
    const values = live(rootOf(model), at('layer', 'W'));
    expect(values.references.map(({ key }) => key)).toEqual(['W']);
    const nested = live(rootOf({ W: [[1], [2]] }), at('W'));
    expect(nested.references.map(({ key }) => key)).toEqual(['W', 0, 1]);
    expect(nested).toMatchObject({ shape: [2, 1], count: 2, spacing: 2 ** -52, isWhole: false });
  });

  it('are not looked up again while nothing was replaced', () => {
    let looks = 0;
    const root = rootOf({ W: [1] });
    const values = new LiveValues(viewAt(root, at('W'))!, () => {
      looks += 1;
      return viewAt(root, at('W'));
    });
    numbersIn(values);
    values.write(Float64Array.of(2));
    values.renew();
    expect(looks).toBe(0);
    (root.box.value as { W: number[] }).W = [3];
    values.renew();
    values.renew();
    expect(looks).toBe(1);
  });

  it('look the same as what they are a view of', () => {
    expect(valuesOf([1, 2])).toMatchObject({ count: 2, shape: [2] });
    expect(live(rootOf({ W: Float32Array.of(1) }), at('W')).spacing).toBe(2 ** -23);
  });
});
