/** Matrices as people write them: sizes beside an array, flat or in rows, as one parameter, or as the shape of another. */

import { describe, expect, it } from 'vitest';
import { checkGradients, type GradientReport } from 'expect-gradients';
import { checked, outcomeOf, right, wrongIn } from './outcome.js';

type Fields = Record<string, unknown>;

/** A 2 × 3 matrix by its fields, and how its numbers are read, row by row. */
interface Kind {
  readonly kind: string;
  readonly make: (numbers: readonly number[]) => Fields;
  readonly read: (matrix: Fields) => number[];
}

const flatIn =
  (key: string) =>
  (matrix: Fields): number[] =>
    Array.from(matrix[key] as ArrayLike<number>);
const rowsOf = (numbers: readonly number[]): number[][] => [numbers.slice(0, 3), numbers.slice(3)];

const KINDS: readonly Kind[] = [
  {
    kind: 'rows, cols, data',
    make: (n) => ({ rows: 2, cols: 3, data: Float64Array.from(n) }),
    read: flatIn('data'),
  },
  {
    kind: 'rows, columns, values',
    make: (n) => ({ rows: 2, columns: 3, values: [...n] }),
    read: flatIn('values'),
  },
  {
    kind: 'rows, cols and data in rows',
    make: (n) => ({ rows: 2, cols: 3, data: rowsOf(n) }),
    read: (matrix) => (matrix['data'] as number[][]).flat(),
  },
  { kind: 'n, d, data', make: (n) => ({ n: 2, d: 3, data: [...n] }), read: flatIn('data') },
  { kind: 'm, n, elements', make: (n) => ({ m: 2, n: 3, elements: [...n] }), read: flatIn('elements') },
  { kind: 'height, width, data', make: (n) => ({ width: 3, height: 2, data: [...n] }), read: flatIn('data') },
  { kind: 'shape, data', make: (n) => ({ shape: [2, 3], data: [...n] }), read: flatIn('data') },
  {
    kind: 'dims, values',
    make: (n) => ({ dims: Int32Array.of(2, 3), values: [...n] }),
    read: flatIn('values'),
  },
  { kind: 'size as a shape', make: (n) => ({ size: [2, 3], array: [...n] }), read: flatIn('array') },
  {
    kind: 'nrows, ncols, buffer',
    make: (n) => ({ nrows: 2, ncols: 3, buffer: [...n] }),
    read: flatIn('buffer'),
  },
  {
    kind: 'numRows, numCols, values',
    make: (n) => ({ numRows: 2, numCols: 3, values: [...n] }),
    read: flatIn('values'),
  },
  {
    kind: 'nRows, nColumns, data',
    make: (n) => ({ nRows: 2, nColumns: 3, data: [...n] }),
    read: flatIn('data'),
  },
  {
    kind: 'row_count, col_count, data',
    make: (n) => ({ row_count: 2, col_count: 3, data: [...n] }),
    read: flatIn('data'),
  },
  {
    kind: 'private by its marks, with an empty field',
    make: (n) => ({ _size: [2, 3], _data: rowsOf(n), _datatype: undefined }),
    read: (matrix) => (matrix['_data'] as number[][]).flat(),
  },
  {
    kind: 'r, c, cells and a label',
    make: (n) => ({ r: 2, c: 3, cells: [...n], label: 'A', id: 7 }),
    read: flatIn('cells'),
  },
  {
    kind: 'a class with methods of its sizes',
    make: (n) =>
      new (class Matrix {
        rows = 2;
        cols = 3;
        data = Float64Array.from(n);
        get(): never {
          throw new Error('the numbers are in the open');
        }
        set(): never {
          throw new Error('the numbers are in the open');
        }
      })() as unknown as Fields,
    read: flatIn('data'),
  },
  {
    kind: 'private numbers behind get and set',
    make: (n) => {
      const numbers = [...n];
      return {
        rows: 2,
        cols: 3,
        get: (i: number, j: number) => numbers[3 * i + j],
        set: (i: number, j: number, x: number) => (numbers[3 * i + j] = x),
      };
    },
    read: (matrix) => {
      const get = matrix['get'] as (i: number, j: number) => number;
      return [0, 1, 2, 3, 4, 5].map((k) => get(Math.floor(k / 3), k % 3));
    },
  },
];

const START = [0.5, -1, 0.25, 1.5, 0.1, -0.7];
const V = [0.2, 1, -0.4];

/** Σ (A v)³ of a matrix, and its gradient, whose entry [1, 0] is times a factor. */
const products = (numbers: readonly number[]): number[] =>
  rowsOf(numbers).map((row) => row.reduce((sum, x, j) => sum + x * V[j]!, 0));
const cubes = (numbers: readonly number[]): number => products(numbers).reduce((sum, y) => sum + y ** 3, 0);
const slopes = (numbers: readonly number[], factor: number): number[] =>
  products(numbers).flatMap((y, i) => V.map((v, j) => 3 * y * y * v * (i === 1 && j === 0 ? factor : 1)));

describe.each(KINDS)('a matrix that is $kind', ({ make, read }) => {
  const modelOf = (
    matrix: Fields,
    parameters: unknown,
    claim: (numbers: readonly number[]) => unknown,
  ): object => ({
    parameters,
    loss: () => cubes(read(matrix)),
    gradients: () => claim(slopes(read(matrix), 1)),
  });

  it('is one parameter with that shape, and its sizes are not moved', () => {
    const A = make(START);
    const sizes = JSON.stringify(Object.entries(A).filter(([, value]) => typeof value === 'number'));
    const model = modelOf(A, { A }, (claim) => ({ A: claim }));
    const report = checkGradients(model as Parameters<typeof checkGradients>[0]);
    expect(report).toMatchObject({ verdict: 'correct', parameters: [{ name: 'A', shape: [2, 3] }] });
    expect(JSON.stringify(Object.entries(A).filter(([, value]) => typeof value === 'number'))).toBe(sizes);
    expect(read(A)).toEqual(START);
  });

  it('takes a gradient of its own kind, in rows, in a flat array, or as its array alone', () => {
    const A = make(START);
    for (const claim of [
      (numbers: readonly number[]) => ({ A: make(numbers) }),
      (numbers: readonly number[]) => ({ dA: make(numbers) }),
      (numbers: readonly number[]) => ({ A: rowsOf(numbers) }),
      (numbers: readonly number[]) => ({ gradA: Float64Array.from(numbers) }),
    ])
      expect(outcomeOf(modelOf(A, { A }, claim))).toEqual(right('A'));
    const key = Object.keys(A).find(
      (name) => !['rows', 'shape', 'dims', 'size', '_size'].includes(name) && typeof A[name] === 'object',
    );
    const bare = (numbers: readonly number[]): object =>
      key === undefined ? make(numbers) : { [key]: numbers };
    expect(outcomeOf(modelOf(A, { A }, (numbers) => ({ A: bare(numbers) })))).toEqual(right('A'));
  });

  it('is told which of its entries is wrong', () => {
    const A = make(START);
    const model = {
      parameters: [A],
      loss: () => cubes(read(A)),
      gradients: () => [make(slopes(read(A), -1))],
    };
    const report = checkGradients(model);
    expect(report.verdict).toBe('wrong');
    expect(report.offenders.map(({ parameter, index }) => [parameter, index])).toEqual([
      ['parameters[0]', [1, 0]],
    ]);
  });

  it('refuses the gradient of its transpose', () => {
    const A = make(START);
    const turned = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    expect(checked(modelOf(A, { A }, () => ({ A: turned }))).message).toBe(
      'expect-gradients: the gradient of A must have the shape 2 × 3, but gradients().A has 3 × 2.',
    );
  });

  it('may be the root, or carry its gradient, or have it stand beside', () => {
    const root = make(START);
    expect(outcomeOf(modelOf(root, root, (claim) => make(claim)))).toEqual(right('parameters'));
    const layer: Fields = { A: make(START), dA: null };
    const A = layer['A'] as Fields;
    const gradients = (): void => {
      layer['dA'] = make(slopes(read(A), 1));
    };
    expect(outcomeOf({ parameters: layer, loss: () => cubes(read(A)), gradients })).toEqual(right('A'));
  });
});

describe('sizes of a class that no name tells', () => {
  class Grid {
    readonly across: number;
    readonly down: number;
    readonly numbers: number[];
    constructor(across: number, down: number, numbers: readonly number[]) {
      [this.across, this.down, this.numbers] = [across, down, [...numbers]];
    }
  }

  it('are told to be left out, as the gradient has the same', () => {
    const A = new Grid(3, 2, START);
    const model = {
      parameters: { A },
      loss: () => cubes(A.numbers),
      gradients: () => ({ A: new Grid(3, 2, slopes(A.numbers, 1)) }),
    };
    const { message } = checked(model);
    expect(message).toContain(
      'the gradient of A.across under "across" or "dAcross", but gradients().A is a Grid',
    );
    expect(message).toContain("{ except: ['A.across', 'A.down'] }");
    expect(outcomeOf(model, { except: ['A.across', 'A.down'] })).toEqual(right('A.numbers'));
  });

  /** Half the sum of squares, whose gradient is what it is by, of a class. */
  class Square {
    scale: number;
    values: number[];
    constructor(scale: number, values: readonly number[]) {
      [this.scale, this.values] = [scale, [...values]];
    }
    loss(): number {
      return this.values.reduce((sum, v) => sum + v * v, this.scale ** 2) / 2;
    }
  }

  it.each([
    ['that do not make the count', new Square(3, [1, 3])],
    ['of one beside two', new Square(1, [2, 5])],
    ['that are not whole', new Square(0.5, [2, 5])],
  ])('are no numbers %s', (_, square) => {
    const model = {
      parameters: square,
      loss: () => square.loss(),
      gradients: () => new Square(square.scale, square.values),
    };
    expect(outcomeOf(model)).toEqual(right('scale', 'values'));
  });

  it('are no numbers whose gradient is another, nor those of a plain record', () => {
    const square = new Square(2, [1, 3]);
    const loss = (): number => square.loss();
    const doubled = (): Square => new Square(2 * square.scale, square.values);
    expect(outcomeOf({ parameters: square, loss, gradients: doubled })).toEqual(
      wrongIn(['scale', 'values'], 'scale'),
    );
    const p = { scale: 2, values: [1, 3] };
    const lossOf = (): number => p.scale ** 2 / 2 + p.values[0]! * p.values[1]!;
    const gradients = (): object => ({ scale: p.scale, values: [p.values[1], p.values[0]] });
    expect(outcomeOf({ parameters: p, loss: lossOf, gradients })).toEqual(right('scale', 'values'));
  });
});

describe('a vector by its indices', () => {
  const vector = (...numbers: readonly number[]): Fields => ({ ...numbers, length: numbers.length });
  const v = vector(0.3, 0.4, -0.2) as unknown as { [i: number]: number };
  const modelOf = (factor: number): object => ({
    parameters: { v },
    loss: () => v[0]! * v[1]! * v[2]!,
    gradients: () => ({ v: vector(v[1]! * v[2]!, v[0]! * v[2]!, factor * v[0]! * v[1]!) }),
  });

  it('is one parameter, and its length is not moved', () => {
    expect(outcomeOf(modelOf(1))).toEqual(right('v'));
    expect(outcomeOf(modelOf(2))).toEqual(wrongIn(['v']));
    expect(v).toEqual(vector(0.3, 0.4, -0.2));
  });

  it('is none where it is shorter than it says', () => {
    const p = { v: { 0: 0.3, 1: 0.4, length: 2.5 } };
    const gradients = (): object => ({ v: { 0: p.v[1], 1: p.v[0], length: 1 } });
    const { names } = outcomeOf({ parameters: p, loss: () => p.v[0] * p.v[1] + p.v.length, gradients });
    expect(names).toEqual(['v.0', 'v.1', 'v.length']);
  });
});

describe('sizes in a record', () => {
  const layer = (): { rows: number; cols: number; weights: number[]; bias: number[] } => ({
    rows: 2,
    cols: 3,
    weights: [...START],
    bias: [0.3, -0.2],
  });
  const modelOf = (l: ReturnType<typeof layer>, factor: number): object => ({
    parameters: l,
    loss: () => products(l.weights).reduce((sum, y, i) => sum + (y + l.bias[i]!) ** 3, 0),
    gradients: () => {
      const d = products(l.weights).map((y, i) => 3 * (y + l.bias[i]!) ** 2);
      return { dWeights: d.flatMap((q) => V.map((v) => q * v)), dBias: d.map((q) => factor * q) };
    },
  });

  it('are the shape of the array whose count they make', () => {
    const report = checkGradients(modelOf(layer(), 1) as never) as GradientReport;
    expect(report.verdict).toBe('correct');
    expect(report.parameters.map(({ name, shape }) => [name, shape])).toEqual([
      ['weights', [2, 3]],
      ['bias', [2]],
    ]);
    expect(outcomeOf(modelOf(layer(), 2))).toEqual(wrongIn(['weights', 'bias']));
  });

  it.each([
    ['of another product', { rows: 3 }, 'rows'],
    ['that are no whole numbers', { rows: 2.5, cols: 2.4 }, 'rows'],
    ['under other names', { inputs: 3, outputs: 2 }, 'inputs'],
  ])('are refused like any number without a gradient: %s', (_, more, name) => {
    const { message } = checked(modelOf(Object.assign(layer(), more), 1));
    expect(message).toContain(`leave it out with { except: '${name}' }`);
  });

  it('are told when they have a gradient all the same', () => {
    const model = modelOf(layer(), 1) as { gradients(): object };
    expect(outcomeOf({ ...model, gradients: () => ({ ...model.gradients(), rows: 5 }) })).toEqual(
      right('weights', 'bias'),
    );
  });

  it('are parameters where no array has their count', () => {
    const box = { width: 2.5, height: 4, size: 3 };
    const loss = (): number => box.width * box.height ** 2 * box.size;
    const gradients = (): object => ({
      width: box.height ** 2 * box.size,
      height: 2 * box.width * box.height * box.size,
      size: box.width * box.height ** 2,
    });
    expect(outcomeOf({ parameters: box, loss, gradients })).toEqual(right('width', 'height', 'size'));
  });

  it('of a matrix beside other numbers make it a record', () => {
    const A = { rows: 1, cols: 2, data: [0.3, 0.4], bias: [0.5] };
    const model = {
      parameters: { A },
      loss: () => A.data[0]! * A.data[1]! * A.bias[0]!,
      gradients: () => ({
        A: { data: [A.data[1]! * A.bias[0]!, A.data[0]! * A.bias[0]!], bias: [A.data[0]! * A.data[1]!] },
      }),
    };
    expect(outcomeOf(model)).toEqual(right('A.data', 'A.bias'));
  });
});

describe('arrays of a library', () => {
  it('that are views of memory keep their layout', () => {
    const data = Float64Array.of(9, 1, 3, 5, 2, 4, 6);
    const view = { data, shape: [3, 2], stride: [1, 3], offset: 1, dtype: 'float64' };
    const at = (i: number, j: number): number => data[1 + i + 3 * j]!;
    const model = {
      parameters: { view },
      loss: () => at(0, 0) * at(2, 1) + at(1, 0) ** 2 + at(1, 1) + at(0, 1) * at(2, 0),
      gradients: () => ({
        view: [
          [at(2, 1), at(2, 0)],
          [2 * at(1, 0), 1],
          [at(0, 1), at(0, 0)],
        ],
      }),
    };
    expect(outcomeOf(model)).toEqual(right('view'));
    expect(data[0]).toBe(9);
  });

  it('whose getters throw before they are ready are told as what else they are', () => {
    class Lazy {
      w = [0.3, 0.4];
      get data(): never {
        throw new Error('not ready');
      }
      get shape(): never {
        throw new Error('not ready');
      }
    }
    const lazy = new Lazy();
    const model = {
      parameters: { lazy },
      loss: () => lazy.w[0]! * lazy.w[1]!,
      gradients: () => ({ lazy: { w: [lazy.w[1], lazy.w[0]] } }),
    };
    expect(outcomeOf(model)).toEqual(right('lazy.w'));
  });
});
