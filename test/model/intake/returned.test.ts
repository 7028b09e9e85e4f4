/** What `gradients()` returns: a layer with all it holds, a flat array, a Map by the parameters themselves, keys that nobody asked for. */

import { describe, expect, it } from 'vitest';
import { checked, outcomeOf, right, wrongIn } from './outcome.js';

interface Parameters {
  readonly W: number[][];
  readonly b: number[];
  readonly c: number;
}

const parameters = (): Parameters => ({
  W: [
    [0.3, -0.4],
    [0.2, 0.9],
  ],
  b: [0.1, 0.5],
  c: 0.7,
});
const lossOf = ({ W, b, c }: Parameters): number =>
  W.reduce((sum, row, i) => sum + Math.sin(row[0]! * 2 - row[1]! + b[i]!) * c, 0);

/** The gradients, that of c times a factor. */
function slopes({ W, b, c }: Parameters, factor: number): { W: number[][]; b: number[]; c: number } {
  const sums = W.map((row, i) => row[0]! * 2 - row[1]! + b[i]!);
  const deltas = sums.map((z) => c * Math.cos(z));
  return {
    W: deltas.map((d) => [2 * d, -d]),
    b: deltas,
    c: factor * sums.reduce((sum, z) => sum + Math.sin(z), 0),
  };
}

const ALL = ['W', 'b', 'c'];

/** A model whose gradients come back in some form. */
function returning(
  form: (claim: ReturnType<typeof slopes>, p: Parameters) => unknown,
  factor = 1,
  p = parameters(),
): object {
  return { parameters: p, loss: () => lossOf(p), gradients: () => form(slopes(p, factor), p) };
}

describe('a flat array of all gradients', () => {
  const flat = ({ W, b, c }: ReturnType<typeof slopes>): number[] => [...W.flat(), ...b, c];

  it.each([
    ['plain numbers', flat],
    ['a Float64Array', (claim: ReturnType<typeof slopes>) => Float64Array.from(flat(claim))],
  ] as const)('of %s, in the order of the tree', (_, form) => {
    expect(outcomeOf(returning(form))).toEqual(right(...ALL));
    expect(outcomeOf(returning(form, 3))).toEqual(wrongIn(ALL));
  });

  it('serves any part of the tree', () => {
    expect(outcomeOf(returning(flat, 3), { only: 'c' })).toEqual(wrongIn(['c']));
    expect(outcomeOf(returning(flat, 3), { except: 'c' })).toEqual(right('W', 'b'));
    expect(outcomeOf(returning(flat), { only: ['b', 'c'] })).toEqual(right('b', 'c'));
  });

  it('may be that of the chosen parameters alone', () => {
    expect(
      outcomeOf(
        returning(({ b, c }) => [...b, c], 2),
        { except: 'W' },
      ),
    ).toEqual(wrongIn(['b', 'c']));
  });

  it('is of a list of vectors, too', () => {
    const points = [
      { x: 0.1, y: 0.2 },
      { x: 1, y: 2 },
    ];
    const [p, q] = points as [{ x: number; y: number }, { x: number; y: number }];
    const names = ['parameters[0].x', 'parameters[0].y', 'parameters[1].x', 'parameters[1].y'];
    const model = (factor: number): object => ({
      parameters: points,
      loss: () => p.x * q.y + p.y * q.x ** 2,
      gradients: () => [q.y, q.x ** 2, 2 * p.y * q.x, factor * p.x],
    });
    expect(outcomeOf(model(1))).toEqual(right(...names));
    expect(outcomeOf(model(2))).toEqual(wrongIn(names));
  });

  it('of another count is told', () => {
    expect(checked(returning(() => [1, 2, 3])).message).toBe(
      'expect-gradients: gradients() must return the gradient of W under "W" or "dW", but it returned an array of 3.',
    );
  });

  it('is not what stands beside the parameters that have their gradients already', () => {
    const layer = { w: [0.3, 0.4, 0.5], dw: [0, 0, 0], b: 0.2, db: 0 };
    // The gradient by the input, of as many numbers as there are parameters.
    const gradients = (): number[] => {
      layer.dw = layer.w.map((v) => 2 * v * layer.b);
      layer.db = layer.w.reduce((sum, v) => sum + v * v, 0);
      return [9, 9, 9, 9];
    };
    const loss = (): number => layer.w.reduce((sum, v) => sum + v * v * layer.b, 0);
    expect(outcomeOf({ parameters: layer, loss, gradients })).toEqual(right('w', 'b'));
  });
});

describe('a Map by the parameters themselves', () => {
  it.each([
    [
      'their arrays',
      ({ W, b }: ReturnType<typeof slopes>, p: Parameters) =>
        new Map<unknown, unknown>([
          [p.W, W],
          [p.b, b],
        ]),
    ],
    [
      'the object that holds them',
      (claim: ReturnType<typeof slopes>, p: Parameters) => new Map([[p, claim]]),
    ],
    [
      'their arrays, weakly',
      ({ W, b }: ReturnType<typeof slopes>, p: Parameters) =>
        new WeakMap<object, unknown>([
          [p.W, W],
          [p.b, b],
        ]),
    ],
    [
      'the object that holds them, under other names',
      ({ W, b }: ReturnType<typeof slopes>, p: Parameters) => new Map([[p, { gradW: W, b_grad: b }]]),
    ],
  ] as const)('by %s', (_, form) => {
    expect(outcomeOf(returning(form, 2), { except: 'c' })).toEqual(right('W', 'b'));
  });

  it('by layers of a network', () => {
    const layers = [parameters(), { ...parameters(), c: -0.3 }];
    const model = (factor: number): object => ({
      parameters: { layers },
      loss: () => layers.reduce((sum, layer) => sum + lossOf(layer), 0),
      gradients: () => new Map(layers.map((layer, k) => [layer, slopes(layer, k === 1 ? factor : 1)])),
    });
    const names = [0, 1].flatMap((k) => ALL.map((name) => `layers[${k}].${name}`));
    expect(outcomeOf(model(1))).toEqual(right(...names));
    expect(outcomeOf(model(-1))).toEqual(wrongIn(names));
  });

  it('by values that carry their gradients, which were not filled in', () => {
    const [p, q] = [
      { data: 0.3, grad: 0 },
      { data: 0.7, grad: 0 },
    ];
    const gradients = (): unknown =>
      new Map([
        [p, q.data],
        [q, 2 * p.data],
      ]);
    expect(outcomeOf({ parameters: { p, q }, loss: () => p.data * q.data, gradients })).toEqual(
      wrongIn(['p', 'q']),
    );
  });

  it('tells of what is no parameter', () => {
    const { W, b } = parameters();
    const stray = [1, 2, 3];
    const model = {
      parameters: { W, b },
      loss: () => W[0]![0]! * b[0]! + W[1]![1]! * b[1]! ** 2,
      gradients: () =>
        new Map<unknown, unknown>([
          [
            W,
            [
              [b[0], 0],
              [0, b[1]! ** 2],
            ],
          ],
          [b, [W[0]![0], 2 * b[1]! * W[1]![1]!]],
          [stray, [0, 0, 0]],
        ]),
    };
    expect(outcomeOf(model)).toEqual({ ...right('W', 'b'), ignored: ['the key that is an array of 3'] });
  });
});

describe('the layer itself', () => {
  const layer = () => ({
    scale: [1.2, 0.8],
    shift: [0.1, 0.3],
    dscale: [0, 0],
    dshift: [0, 0],
    eps: 1e-5,
    name: 'norm',
    dx: [
      [1, 2],
      [3, 4],
    ],
  });
  const model = (
    l: ReturnType<typeof layer>,
    factor: number,
    returned: (l: ReturnType<typeof layer>) => unknown,
  ) => ({
    parameters: { scale: l.scale, shift: l.shift },
    loss: () => l.scale.reduce((sum, s, i) => sum + (s * 1.5 + l.shift[i]!) ** 3, 0),
    gradients: () => {
      l.dscale = l.scale.map((s, i) => 4.5 * (s * 1.5 + l.shift[i]!) ** 2);
      l.dshift = l.scale.map((s, i) => factor * 3 * (s * 1.5 + l.shift[i]!) ** 2);
      return returned(l);
    },
  });
  const told = { ignored: ['dx'] };

  it.each([
    ['as it is', (l: ReturnType<typeof layer>) => l],
    ['spread', (l: ReturnType<typeof layer>) => ({ ...l })],
    ['copied to the bottom', (l: ReturnType<typeof layer>) => structuredClone(l)],
  ] as const)('%s: never what it has under the very name', (_, returned) => {
    const l = layer();
    expect(outcomeOf(model(l, 1, returned))).toMatchObject({
      ...right('scale', 'shift'),
      ...told,
    });
    expect(outcomeOf(model(layer(), 2, returned))).toMatchObject({ verdict: 'wrong', wrong: ['shift'] });
  });

  it('of numbers, which nothing but their value tells from a gradient', () => {
    const unit = { k: 2.5, dk: 0, r: 0.4, dr: 0 };
    const gradients = (): object => {
      [unit.dk, unit.dr] = [unit.r ** 2, 2 * unit.k * unit.r];
      return { ...unit };
    };
    expect(outcomeOf({ parameters: { k: unit.k }, loss: () => 1, gradients: () => ({ k: 2 }) }).verdict).toBe(
      'inconclusive',
    );
    expect(outcomeOf({ parameters: unit, loss: () => unit.k * unit.r ** 2, gradients })).toEqual(
      right('k', 'r'),
    );
  });

  it('has its own values for gradients only where it is a plain tree without others: that of ½θ² is θ', () => {
    const theta = { W: [0.3, 0.4], c: 2 };
    const half = (): number => (theta.W[0]! ** 2 + theta.W[1]! ** 2 + theta.c ** 2) / 2;
    expect(outcomeOf({ parameters: theta, loss: half, gradients: () => theta })).toEqual(right('W', 'c'));
    const point = [0.3, 0.4];
    expect(
      outcomeOf({
        parameters: point,
        loss: () => (point[0]! ** 2 + point[1]! ** 2) / 2,
        gradients: () => point,
      }),
    ).toEqual(right('parameters'));
    class Weights {
      W = [0.3, 0.4];
    }
    const weights = new Weights();
    const returned = checked({ parameters: weights, loss: () => weights.W[0]!, gradients: () => weights });
    expect(returned.message).toBe(
      'expect-gradients: gradients() must return the gradient of W under "W" or "dW", but it returned a Weights.',
    );
  });
});

describe('two places that a gradient may be in', () => {
  const w = [0.3, 0.4];
  const model = (gradients: () => unknown, owner: object = { w }): object => ({
    parameters: owner,
    loss: () => w[0]! * w[1]!,
    gradients,
  });
  const slope = (): number[] => [w[1]!, w[0]!];

  it.each([
    ['two names', () => ({ dw: slope(), gradW: [1, 2] }), 'gradients().dw or gradients().gradW'],
    ['its own name and another', () => ({ w: [1, 2], dw: slope() }), 'gradients().w or gradients().dw'],
    [
      'a record and a name',
      () => ({ dw: slope(), grads: { w: [1, 2] } }),
      'gradients().dw or gradients().grads.w',
    ],
  ])('refuse %s that differ', (_, gradients, places) => {
    expect(checked(model(gradients)).message).toBe(
      `expect-gradients: the gradient of w may be ${places}, which differ. Return it under one name only.`,
    );
  });

  it.each([
    ['say the same', () => ({ dw: slope(), gradW: slope() })],
    ['are zero but for one', () => ({ dw: slope(), gradW: [0, 0] })],
    ['are of another size but for one', () => ({ dw: slope(), gradW: [1, 2, 3] })],
    ['are null but for one', () => ({ w: null, dw: slope() })],
  ])('may %s', (_, gradients) => {
    expect(outcomeOf(model(gradients))).toEqual(right('w'));
  });

  it('refuse two that stand beside the parameter', () => {
    const layer = { w, dw: [1, 2], w_grad: [3, 4] };
    expect(checked(model(() => undefined, layer)).message).toBe(
      'expect-gradients: the gradient of w may be dw or w_grad, which differ. Return it under one name only.',
    );
  });

  it('believe what is returned by name, and not what stands beside the parameter', () => {
    const layer = { w, dw: [1, 2] };
    expect(outcomeOf(model(() => ({ dw: slope() }), layer))).toEqual(right('w'));
    expect(outcomeOf(model(() => ({ dw: [5, 6] }), layer))).toEqual(wrongIn(['w']));
  });

  it('refuse a bare array that differs from what stands beside it, unless that was never written', () => {
    const pair = { data: w, grad: [0, 0] };
    expect(outcomeOf(model(slope, pair))).toEqual(right('parameters'));
    pair.grad = slope();
    expect(outcomeOf(model(() => [0, 0], pair))).toEqual(right('parameters'));
    expect(outcomeOf(model(slope, pair))).toEqual(right('parameters'));
    expect(checked(model(() => [1, 2], pair)).message).toBe(
      'expect-gradients: the gradient of parameters may be grad or gradients(), which differ. Return it under one name only.',
    );
  });

  it('are no two where both names are of parameters', () => {
    const p = { amp: 2.5, damp: 0.3, x: [0.5, 0.2], dx: [0.3, -0.1] };
    const loss = (): number => p.amp * Math.exp(-p.damp) + p.x[0]! * p.dx[1]! + p.x[1]! * p.dx[0]! ** 2;
    const claim = (): object => ({
      amp: Math.exp(-p.damp),
      damp: -p.amp * Math.exp(-p.damp),
      x: [p.dx[1], p.dx[0]! ** 2],
      dx: [2 * p.x[1]! * p.dx[0]!, p.x[0]],
    });
    expect(outcomeOf({ parameters: p, loss, gradients: claim })).toEqual(right('amp', 'damp', 'x', 'dx'));
    expect(outcomeOf({ parameters: p, loss, gradients: () => ({ ...claim(), dx: [1, 2] }) })).toEqual(
      wrongIn(['amp', 'damp', 'x', 'dx']),
    );
  });

  it('are told where a name may be a word by itself, and was used for nothing', () => {
    const p = { amp: 2.5, damp: 0.3 };
    const loss = (): number => p.amp * Math.exp(-p.damp);
    expect(checked({ parameters: p, loss, gradients: () => ({ amp: Math.exp(-p.damp) }) }).message).toContain(
      "leave it out with { except: 'damp' }",
    );
    const unit = { bias: 0.3, dbias: 0 };
    expect(
      outcomeOf({ parameters: unit, loss: () => unit.bias ** 2, gradients: () => ({ bias: 2 * unit.bias }) }),
    ).toEqual(right('bias'));
    unit.dbias = 2 * unit.bias;
    expect(
      outcomeOf({ parameters: unit, loss: () => unit.bias ** 2, gradients: () => ({ bias: 2 * unit.bias }) }),
    ).toEqual(right('bias'));
  });
});

describe('keys that no parameter is there for', () => {
  const p = { W1: [0.3, 0.4], b1: [0.2] };
  const loss = (): number => p.W1[0]! * p.W1[1]! * p.b1[0]!;
  const claim = (): object => ({
    dW1: [p.W1[1]! * p.b1[0]!, p.W1[0]! * p.b1[0]!],
    db1: [p.W1[0]! * p.W1[1]!],
  });
  const ignoredOf = (returned: object, tree: unknown = p): readonly string[] | undefined =>
    outcomeOf({ parameters: tree, loss, gradients: () => returned }).ignored;

  it.each([
    ['those of a course', { dZ1: [[1]], dA0: [1] }, ['dZ1', 'dA0']],
    ['a number', { loss: 0.25 }, ['loss']],
    ['a record of numbers', { cache: { a: { z: [1] } } }, ['cache']],
    [
      'nothing that is no number',
      { name: 'x', ready: true, db2: null, next: undefined, hook: () => 1, tags: ['a'] },
      [],
    ],
  ])('are told: %s', (_, more, ignored) => {
    expect(ignoredOf({ ...claim(), ...more })).toEqual(ignored);
  });

  it('stand in the message, a few of many', () => {
    const model = (more: object): object => ({
      parameters: p,
      loss,
      gradients: () => ({ ...claim(), ...more }),
    });
    expect(checked(model({ db2: [999] })).message).toContain(
      'Not checked, as there is no parameter for it: db2.',
    );
    expect(checked(model({ dA1: [1], dZ1: [2] })).message).toContain(
      'Not checked, as there is no parameter for them: dA1 and dZ1.',
    );
    const many = Object.fromEntries(Array.from({ length: 20 }, (__, k) => [`dZ${k + 2}`, [k]]));
    expect(checked(model(many)).message).toMatch(
      /there is no parameter for them: dZ2, .*, dZ13 and 8 more\./,
    );
    expect(checked(model({})).message).not.toContain('Not checked');
  });

  it('are told further down, by their place', () => {
    const net = { layers: [{ W: p.W1, b: p.b1 }] };
    const { dW1, db1 } = claim() as { dW1: unknown; db1: unknown };
    expect(ignoredOf({ layers: [{ dW: dW1, db: db1, dx: [1, 2] }] }, net)).toEqual(['layers[0].dx']);
    expect(ignoredOf({ layers: [{ dW: dW1, db: db1 }, { dW: [3] }] }, net)).toEqual(['layers[1]']);
    expect(ignoredOf([{ dW: dW1, db: db1 }, { dW: [3] }], net.layers)).toEqual(['gradients()[1]']);
    expect(ignoredOf({ loss: 3, grads: { ...claim(), dZ: [1] } })).toEqual(['grads.dZ']);
  });

  it('are none of those that are left out', () => {
    const model = { parameters: p, loss, gradients: claim };
    expect(outcomeOf(model, { only: 'W1' })).toEqual(right('W1'));
    expect(outcomeOf(model, { except: 'W1' })).toEqual(right('b1'));
  });

  it('are none where nothing of what came back was a gradient', () => {
    const layer = { W1: p.W1, b1: p.b1, dW1: [0, 0], db1: [0] };
    const gradients = (): object => {
      Object.assign(layer, claim());
      return { loss: 0.25, accuracy: 1 };
    };
    expect(outcomeOf({ parameters: layer, loss, gradients }).ignored).toEqual([]);
    expect(
      outcomeOf({ parameters: layer, loss, gradients: () => ({ ...gradients(), dInput: [1] }) }).ignored,
    ).toEqual(['dInput']);
  });
});

describe('a word for gradients', () => {
  const one = (claim: (gradient: readonly number[]) => unknown): object => {
    const p = { W: [0.3, 0.4] };
    return { parameters: p, loss: () => p.W[0]! * p.W[1]!, gradients: () => claim([p.W[1]!, p.W[0]!]) };
  };

  it.each(['grad', 'gradient', 'grads'])('%s is that of the only parameter, and not ignored', (word) => {
    expect(outcomeOf(one((gradient) => ({ [word]: gradient })))).toEqual(right('W'));
  });

  it('is ignored beside several', () => {
    expect(outcomeOf(returning((claim) => ({ ...claim, grad: [1, 2] })))).toEqual({
      ...right(...ALL),
      ignored: ['grad'],
    });
  });
});
