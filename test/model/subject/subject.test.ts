import { describe, expect, it } from 'vitest';
import { GradientSubject } from '../../../src/model/subject/gradient-subject.js';
import { bitsOf, numbersIn } from '../../bits.js';
import { Matrix } from '../../trees.js';

const everything = { only: undefined, except: undefined };

function subjectOf(parameters: unknown): GradientSubject {
  return new GradientSubject({ parameters, loss: () => 0, gradients: () => undefined }, everything);
}

interface Tree {
  W: number[][];
  b: Float64Array;
  c: number;
  layers: { W: Float32Array[] }[];
  tensor: { data: number[]; shape: number[] };
  pair: { data: number[]; grad: number[] };
  map: Map<string, number[] | number>;
  matrix: Matrix;
}

function tree(): Tree {
  return {
    W: [
      [1, -0],
      [NaN, Infinity],
    ],
    b: Float64Array.of(5, 5e-324),
    c: -0,
    layers: [{ W: [Float32Array.of(6), Float32Array.of(-0)] }],
    tensor: { data: [7, 8], shape: [2, 1] },
    pair: { data: [9], grad: [0] },
    map: new Map<string, number[] | number>([
      ['W', [10]],
      ['g', 11],
    ]),
    matrix: new Matrix([[12]]),
  };
}

/** Every object of a tree, so that one put in the place of another is seen. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  const children = value instanceof Map ? [...value.values()] : Object.values(value);
  return [value, ...children.flatMap(objectsIn)];
}

const changes: readonly { what: string; change: (p: Tree) => unknown; parameter: string; entries: number }[] =
  [
    { what: 'an entry of a row', change: (p) => (p.W[1]![1] = 3), parameter: 'W', entries: 1 },
    { what: '−0 to 0', change: (p) => (p.W[0]![1] = 0), parameter: 'W', entries: 1 },
    { what: 'NaN to a number', change: (p) => (p.W[1]![0] = 0), parameter: 'W', entries: 1 },
    { what: 'all of an array', change: (p) => p.b.fill(1), parameter: 'b', entries: 2 },
    { what: 'a subnormal', change: (p) => (p.b[1] = 0), parameter: 'b', entries: 1 },
    { what: 'a field', change: (p) => (p.c = 0), parameter: 'c', entries: 1 },
    { what: 'a field to a string', change: (p) => Object.assign(p, { c: 'x' }), parameter: 'c', entries: 1 },
    {
      what: 'a single entry',
      change: (p) => (p.layers[0]!.W[1]![0] = 0),
      parameter: 'layers[0].W',
      entries: 1,
    },
    { what: 'an entry of a Map', change: (p) => p.map.set('g', 12), parameter: 'map.g', entries: 1 },
    { what: 'a cell', change: (p) => p.matrix.set(0, 0, 13), parameter: 'matrix', entries: 1 },
    { what: 'the value in a pair', change: (p) => (p.pair.data[0] = 1), parameter: 'pair', entries: 1 },
    { what: 'a row for another', change: (p) => (p.W[0] = [1, -0]), parameter: 'W', entries: 0 },
    { what: 'two rows', change: (p) => p.W.push(p.W.shift()!), parameter: 'W', entries: 0 },
    { what: 'an array for another', change: (p) => (p.b = p.b.slice()), parameter: 'b', entries: 0 },
    { what: 'an array for none', change: (p) => Reflect.deleteProperty(p, 'b'), parameter: 'b', entries: 0 },
    {
      what: 'an array for a string',
      change: (p) => Object.assign(p, { b: 'x' }),
      parameter: 'b',
      entries: 0,
    },
    {
      what: 'a layer for another',
      change: (p) => (p.layers[0] = tree().layers[0]!),
      parameter: 'layers[0].W',
      entries: 0,
    },
    { what: 'all layers', change: (p) => (p.layers = tree().layers), parameter: 'layers[0].W', entries: 0 },
    {
      what: 'the data of a tensor',
      change: (p) => (p.tensor.data = [7, 8]),
      parameter: 'tensor',
      entries: 0,
    },
    { what: 'the array in a pair', change: (p) => (p.pair.data = [9]), parameter: 'pair', entries: 0 },
    { what: 'a pair for another', change: (p) => (p.pair = tree().pair), parameter: 'pair', entries: 0 },
    { what: 'an array in a Map', change: (p) => p.map.set('W', [10]), parameter: 'map.W', entries: 0 },
    { what: 'an array in a Map for none', change: (p) => p.map.delete('W'), parameter: 'map.W', entries: 0 },
    { what: 'a whole Map', change: (p) => (p.map = tree().map), parameter: 'map.W', entries: 0 },
    {
      what: 'a matrix for another',
      change: (p) => (p.matrix = tree().matrix),
      parameter: 'matrix',
      entries: 0,
    },
  ];

describe('a subject', () => {
  it('says that nothing changed when nothing did', () => {
    const p = tree();
    const subject = subjectOf(p);
    p.pair.grad[0] = 3;
    p.tensor.shape = [2, 1];
    expect(subject.changes()).toEqual([]);
  });

  it.each(changes)('tells when the user changes $what', ({ change, parameter, entries }) => {
    const p = tree();
    const subject = subjectOf(p);
    change(p);
    expect(subject.changes()[0]).toEqual({ name: parameter, entries });
  });

  it.each(changes)('puts everything back when the user changes $what', ({ change }) => {
    const p = tree();
    const subject = subjectOf(p);
    const objects = objectsIn(p);
    change(p);
    subject.restore();
    expect(subject.changes()).toEqual([]);
    expect(bitsOf(numbersIn(p)).toSorted()).toEqual(bitsOf(numbersIn(tree())).toSorted());
    const now = objectsIn(p);
    expect(objects.every((object) => now.includes(object))).toBe(true);
  });

  it('neither looks at what is left out nor puts it back, as it never moves it', () => {
    const p = tree();
    const subject = new GradientSubject(
      { parameters: p, loss: () => 0, gradients: () => undefined },
      { only: ['W'], except: undefined },
    );
    expect(subject.parameters.map(({ name }) => name)).toEqual(['W']);
    p.b[0] = 6;
    expect(subject.changes()).toEqual([]);
    subject.restore();
    expect(p.b[0]).toBe(6);
  });

  it('tells when the whole tree is replaced, and puts it back', () => {
    const p = { W: [1] };
    const model = { parameters: p, loss: () => 0, gradients: () => undefined };
    const subject = new GradientSubject(model, everything);
    model.parameters = { W: [1] };
    expect(subject.changes()).toEqual([{ name: 'W', entries: 0 }]);
    subject.restore();
    expect(model.parameters).toBe(p);
  });

  it('takes a getter that makes a view each time for no change, and assigns nothing to it', () => {
    const buffer = Float64Array.of(1, 2, 3);
    const p = {
      get W() {
        return buffer.subarray(0, 2);
      },
      get b() {
        return buffer.subarray(2);
      },
    };
    const subject = new GradientSubject(
      {
        get parameters() {
          return { ...p };
        },
        loss: () => 0,
        gradients: () => undefined,
      },
      everything,
    );
    expect(subject.changes()).toEqual([]);
    buffer.fill(0);
    expect(subject.changes()).toEqual([
      { name: 'W', entries: 2 },
      { name: 'b', entries: 1 },
    ]);
    subject.restore();
    expect([...buffer]).toEqual([1, 2, 3]);
    expect(subjectOf(p).changes()).toEqual([]);
  });

  it('writes nothing where nothing changed', () => {
    const written: number[] = [];
    const p = {
      inner: 1,
      get b() {
        return 2;
      },
      set b(number: number) {
        written.push(number);
      },
    };
    const subject = subjectOf(p);
    p.inner = 3;
    subject.restore();
    expect(p.inner).toBe(1);
    expect(written).toEqual([]);
  });

  it('keeps what was saved apart from the tree', () => {
    const p = tree();
    const subject = subjectOf(p);
    p.b.fill(9);
    expect([...subject.saved[1]!]).toEqual([5, 5e-324]);
  });

  it('counts its calls, and makes them as methods of the model', () => {
    const model = {
      parameters: { W: [2] },
      loss(p: unknown): unknown {
        return [this === model, p === model.parameters];
      },
      gradients(p: unknown): unknown {
        return [this === model, p === model.parameters];
      },
    };
    const subject = new GradientSubject(model, everything);
    expect(subject.callLoss()).toEqual([true, true]);
    expect(subject.callGradients()).toEqual([true, true]);
    expect(subject.callLoss()).toEqual([true, true]);
    expect(subject.evaluations).toEqual({ loss: 2, gradients: 1 });
  });
});
