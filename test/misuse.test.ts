/** What can't be checked is refused: at once, with the place and what was found there, and with no bit changed. */

import { checkGradients } from 'expect-gradients';
import { describe, expect, it } from 'vitest';
import { bitsOf, numbersIn, thrownBy } from './bits.js';

const check = checkGradients as (model?: unknown, options?: unknown) => unknown;

interface Parameters {
  readonly W: number[][];
  readonly b: Float64Array;
}

function parameters(): Parameters {
  return {
    W: [
      [0.5, -0],
      [1.5, NaN],
    ],
    b: Float64Array.of(5e-324, -3),
  };
}

/** A usable model but for what is given. */
function model(parts: object): Record<string, unknown> {
  return { parameters: parameters(), loss: lossOf, gradients: gradientsOf, ...parts };
}

const lossOf = (p: unknown): number => numbersIn(p).reduce((sum, x) => sum + (Math.atan(x) || 0), 0);
const gradientsOf = (p: Parameters): object => ({
  dW: p.W.map((row) => row.map((x) => 1 / (1 + x * x))),
  db: p.b.map((x) => 1 / (1 + x * x)),
});

/** A model whose gradients are `gradients`, whatever its parameters. */
const claiming = (gradients: unknown, value: unknown = { W: [1, 2] }): object =>
  model({ parameters: value, gradients: () => gradients });
const holding = (value: unknown): object => model({ parameters: value });
const losing = (value: unknown): object => model({ loss: () => value });

class Layer {
  readonly W = [1];
  readonly name = 'dense';
}

function frozenField(): object {
  const layer = { W: [1] };
  return Object.defineProperty(layer, 'b', { value: 2, enumerable: true });
}

function pairWithReadOnlyValue(): object {
  return Object.defineProperty({ grad: 0 }, 'data', { value: 2, enumerable: true });
}

const TREE = 'must be a number, an array of numbers, or an object, array or Map of those';
/** The end of a message about something that may stand there when it is left out. */
const except = (name: string): string => `Leave it out with { except: '${name}' }.`;
const STEP = `integers can't be moved by a small step. Use Float64Array or number[].`;
const POSITIVE = 'must be a positive finite number';

/** What is refused at once: the model, the options where they matter, and the message. */
type Row = readonly [what: string, given: readonly [model?: unknown, options?: unknown], message: string];

const models: readonly Row[] = [
  ['nothing', [], 'expect(model) needs an object { parameters, loss, gradients }, but it got undefined.'],
  ['null', [null], 'expect(model) needs an object { parameters, loss, gradients }, but it got null.'],
  ['a number', [3], 'expect(model) needs an object { parameters, loss, gradients }, but it got 3.'],
  [
    'a string',
    ['net'],
    'expect(model) needs an object { parameters, loss, gradients }, but it got the string "net".',
  ],
  [
    'a function',
    [lossOf],
    'expect(model) needs an object { parameters, loss, gradients }, but it got the function lossOf.',
  ],
  [
    'a class in place of an instance',
    [Layer],
    'expect(model) needs an object { parameters, loss, gradients }, but it got the function Layer.',
  ],
  [
    'a promise of a model',
    [Promise.resolve(model({}))],
    'expect(model) needs an object { parameters, loss, gradients }, but it got a promise (await it first).',
  ],
  ['an empty object', [{}], 'model.loss must be a function, but it is undefined.'],
  ['no loss', [model({ loss: undefined })], 'model.loss must be a function, but it is undefined.'],
  [
    'the name of a loss',
    [model({ loss: 'mse' })],
    'model.loss must be a function, but it is the string "mse".',
  ],
  ['the value of a loss', [model({ loss: 0.25 })], 'model.loss must be a function, but it is 0.25.'],
  [
    'no gradients',
    [model({ gradients: undefined })],
    'model.gradients must be a function, but it is undefined.',
  ],
  [
    'gradients in place of a function of them',
    [model({ gradients: { W: [1] } })],
    'model.gradients must be a function, but it is an object with the keys W.',
  ],
];

const batches: readonly Row[] = [
  ...(
    [
      ['a history of losses', [0.5, 0.25], 'an array of 2'],
      ['null', null, 'null'],
      ['a string', 'loss', 'the string "loss"'],
    ] as const
  ).map(([what, found, words]): Row => [
    what,
    [model({ losses: found })],
    `model.losses must be a function, where there is one, but it is ${words}.`,
  ]),
  ...(
    [
      ['nothing', undefined, 'undefined'],
      ['a single number', 1, '1'],
      ['a string', '1', 'the string "1"'],
      ['no losses', [], 'an empty array'],
      ['too many losses', [1, 2], 'an array of 2'],
      ['too many losses in a typed array', Float32Array.of(1, 2, 3), 'a Float32Array of 3'],
      ['a tensor', { data: [1], shape: [1] }, 'an object with the keys data, shape'],
      ['a DataView', new DataView(new ArrayBuffer(1)), 'a DataView'],
    ] as const
  ).map(([what, found, words]): Row => [
    what,
    [model({ losses: () => found })],
    `losses() must return an array of 1 number, one for each displacement, but it returned ${words}.`,
  ]),
  ...(
    [
      ['a hole', Array(1), 'undefined'],
      ['a string among the losses', ['1'], 'the string "1"'],
      ['a bigint', BigInt64Array.of(1n), 'the bigint 1n'],
      ['an array for each displacement', [[1]], 'an array of 1'],
      ['a promise among the losses', [Promise.resolve(1)], 'a promise (await it first)'],
    ] as const
  ).map(([what, found, words]): Row => [
    what,
    [model({ losses: () => found })],
    `losses() must return an array of 1 number, but entry 0 is ${words}.`,
  ]),
];

const trees: readonly Row[] = [
  ['no parameters', [model({ parameters: undefined })], 'model.parameters is missing.'],
  ['null', [holding(null)], `parameters ${TREE}, but it is null.`],
  ['a string', [holding('W')], `parameters ${TREE}, but it is the string "W".`],
  ['a boolean', [holding(true)], `parameters ${TREE}, but it is the boolean true.`],
  ['a bigint', [holding(1n)], `parameters ${TREE}, but it is the bigint 1n.`],
  [
    'a method',
    [model({ parameters: () => [1] })],
    `parameters ${TREE}, but it is the function parameters. Hand over what it returns.`,
  ],
  ['a promise', [holding(Promise.resolve([1]))], `parameters ${TREE}, but it is a promise (await it first).`],
  ['a Set', [holding(new Set([1]))], `parameters ${TREE}, but it is a Set.`],
  ['a Date', [holding(new Date())], `parameters ${TREE}, but it is a Date.`],
  ['a RegExp', [holding(/W/)], `parameters ${TREE}, but it is a RegExp.`],
  ['a WeakMap', [holding(new WeakMap())], `parameters ${TREE}, but it is a WeakMap.`],
  ['an ArrayBuffer', [holding(new ArrayBuffer(8))], `parameters ${TREE}, but it is an ArrayBuffer.`],
  ['a DataView', [holding(new DataView(new ArrayBuffer(8)))], `parameters ${TREE}, but it is a DataView.`],
  ['bigints', [holding(BigInt64Array.of(1n))], `parameters ${TREE}, but it is a BigInt64Array of 1.`],
  [
    'unsigned bigints',
    [holding({ W: BigUint64Array.of(1n) })],
    `W ${TREE}, but it is a BigUint64Array of 1. ${except('W')}`,
  ],
  ['an empty object', [holding({})], 'parameters must hold at least one number, but it is an empty object.'],
  ['an empty array', [holding([])], 'parameters must hold at least one number, but it is an empty array.'],
  ['an empty Map', [holding(new Map())], 'parameters must hold at least one number, but it is a Map.'],
  [
    'an empty typed array',
    [holding(new Float64Array(0))],
    'parameters must hold at least one number, but it is a Float64Array of 0.',
  ],
  [
    'nothing but empty arrays',
    [holding({ layers: [{ W: [] }] })],
    'parameters must hold at least one number, but it is an object with the keys layers.',
  ],
  [
    'a string deep down',
    [holding({ layers: [{ W: [1] }, new Layer()] })],
    `layers[1].name ${TREE}, but it is the string "dense". ${except('layers[1].name')}`,
  ],
  [
    'null deep down',
    [holding({ layers: [{ W: [1], b: null }] })],
    `layers[0].b ${TREE}, but it is null. ${except('layers[0].b')}`,
  ],
  [
    'undefined deep down',
    [holding({ enc: { W: undefined } })],
    `enc.W ${TREE}, but it is undefined. ${except('enc.W')}`,
  ],
  [
    'a boolean deep down',
    [holding({ 'a b': { bias: false } })],
    `parameters["a b"].bias ${TREE}, but it is the boolean false. ${except('parameters["a b"].bias')}`,
  ],
  [
    'a bigint deep down',
    [holding([[1n]])],
    `parameters[0][0] ${TREE}, but it is the bigint 1n. ${except('parameters[0]')}`,
  ],
  [
    'a string in a Map',
    [holding(new Map([['W', 'x']]))],
    `W ${TREE}, but it is the string "x". ${except('W')}`,
  ],
  [
    'a string among numbers',
    [
      holding({
        W: [
          [1, 2],
          [3, '4'],
        ],
      }),
    ],
    `W[1][1] ${TREE}, but it is the string "4".`,
  ],
  ['undefined among numbers', [holding({ W: [1, undefined] })], `W[1] ${TREE}, but it is undefined.`],
  [
    'a function among arrays',
    [holding([[1], Math.tanh])],
    `parameters[1] ${TREE}, but it is the function tanh. ${except('parameters[1]')}`,
  ],
  [
    'a promise deep down',
    [holding({ W: Promise.resolve([1]) })],
    `W ${TREE}, but it is a promise (await it first). ${except('W')}`,
  ],
  [
    'a tensor of another memory',
    [holding({ W: { dataSync: () => Float32Array.of(1) } })],
    `W is an object with the keys dataSync, a tensor whose values can't be written in place. ${except('W')}`,
  ],
  ['integers', [holding(Int32Array.of(1, 2))], `parameters is stored in an Int32Array of 2: ${STEP}`],
  [
    'bytes',
    [holding({ W: Uint8Array.of(1, 2) })],
    `W is stored in a Uint8Array of 2: ${STEP} ${except('W')}`,
  ],
  ['a Buffer', [holding({ W: Buffer.of(1, 2) })], `W is stored in a Buffer of 2: ${STEP} ${except('W')}`],
  [
    'a row of integers',
    [holding({ W: [Float32Array.of(1), Int8Array.of(2)] })],
    `W is stored in an Int8Array of 1: ${STEP} ${except('W')}`,
  ],
  [
    'an ndarray of integers',
    [holding({ W: { data: Int16Array.of(1, 2), shape: [2, 1] } })],
    `W is stored in an Int16Array of 2: ${STEP} ${except('W')}`,
  ],
  [
    'integers with a gradient',
    [holding({ W: { data: Int32Array.of(1), grad: [0] } })],
    `W.data is stored in an Int32Array of 1: ${STEP} ${except('W')}`,
  ],
  [
    'a frozen array',
    [holding(Object.freeze([1, 2]))],
    `parameters is frozen, so it can't be perturbed in place.`,
  ],
  [
    'a frozen row',
    [holding({ layers: [{ W: [[1], Object.freeze([2])] }] })],
    `a row of layers[0].W is frozen, so it can't be perturbed in place. ${except('layers[0].W')}`,
  ],
  [
    'a frozen array in a pair',
    [holding({ w: Object.freeze([1]), dw: [0] })],
    `w is frozen, so it can't be perturbed in place. ${except('w')}`,
  ],
  [
    'a frozen record',
    [holding(Object.freeze({ gain: 1 }))],
    `gain is read-only, so it can't be perturbed. ${except('gain')}`,
  ],
  [
    'a read-only field',
    [holding([frozenField()])],
    `parameters[0].b is read-only, so it can't be perturbed. ${except('parameters[0].b')}`,
  ],
  [
    'a field with a getter alone',
    [
      holding({
        get b() {
          return 1;
        },
      }),
    ],
    `b is read-only, so it can't be perturbed. ${except('b')}`,
  ],
  [
    'a read-only value in a pair',
    [holding({ v: pairWithReadOnlyValue() })],
    `v.data is read-only, so it can't be perturbed. ${except('v')}`,
  ],
];

const claims: readonly Row[] = [
  [
    'nothing',
    [claiming(undefined)],
    'gradients() must return the gradient of W under "W" or "dW", but it returned undefined.',
  ],
  [
    'null',
    [claiming(null)],
    'gradients() must return the gradient of W under "W" or "dW", but it returned null.',
  ],
  [
    'an array in place of a record',
    [claiming([1, 2, 3])],
    'gradients() must return the gradient of W under "W" or "dW", but it returned an array of 3.',
  ],
  [
    'one key of two',
    [model({ gradients: (p: Parameters) => ({ dW: p.W }) })],
    'gradients() must return the gradient of b under "b" or "db", but it returned an object with the keys dW. If b, which is a Float64Array of 2, is no parameter: leave it out with { except: \'b\' }.',
  ],
  [
    'null under a key',
    [claiming({ W: null })],
    'the gradient of W must be numbers, but gradients().W is null.',
  ],
  [
    'null in a pair',
    [claiming(undefined, { W: { data: [1], grad: null } })],
    'the gradient of W must be numbers, but W.grad is null.',
  ],
  [
    'another count',
    [claiming({ dW: [1, 2, 3] })],
    'the gradient of W must have 2 entries, but gradients().dW has 3 entries.',
  ],
  [
    'the transposed',
    [
      claiming(
        { W: [[1], [2], [3]].map(([x]) => [x, x]) },
        {
          W: [
            [1, 2, 3],
            [4, 5, 6],
          ],
        },
      ),
    ],
    'the gradient of W must have the shape 2 × 3, but gradients().W has 3 × 2.',
  ],
  [
    'a string among numbers',
    [claiming({ W: [1, 'x'] })],
    'the gradient of W must be numbers, but gradients().W[1] is the string "x".',
  ],
  [
    'a promise in the tree',
    [claiming({ W: Promise.resolve([1, 2]) })],
    'the gradient of W must be numbers, but gradients().W is a promise (await it first).',
  ],
  [
    'rows of unequal length',
    [claiming({ W: [[1], [2, 3]] })],
    'the gradient of W must be numbers, but gradients().W has rows of unequal length.',
  ],
  ['one number for many', [claiming({ W: 1 })], 'gradients().W is a single number, but W has 2 entries.'],
];

const losses: readonly Row[] = [
  ['undefined', [losing(undefined)], 'loss() must return a number, but it returned undefined.'],
  ['null', [losing(null)], 'loss() must return a number, but it returned null.'],
  ['a string', [losing('0.25')], 'loss() must return a number, but it returned the string "0.25".'],
  ['a bigint', [losing(1n)], 'loss() must return a number, but it returned the bigint 1n.'],
  ['a boolean', [losing(false)], 'loss() must return a number, but it returned the boolean false.'],
  ['no losses', [losing([])], 'loss() must return a number, but it returned an empty array.'],
  [
    'several losses',
    [losing([0.25, 0.5])],
    'loss() must return a number, but it returned an array of 2. Sum or average it.',
  ],
  [
    'a typed array',
    [losing(Float32Array.of(1, 2))],
    'loss() must return a number, but it returned a Float32Array of 2. Sum or average it.',
  ],
  [
    'a value that carries its gradient',
    [losing({ data: 1, grad: 0 })],
    'loss() must return a number, but it returned an object with the keys data, grad. Return its data.',
  ],
  ['an instance', [losing(new Layer())], 'loss() must return a number, but it returned a Layer.'],
];

const right = model({});

const options: readonly Row[] = [
  ['null', [right, null], 'options must be an object such as { epsilon, tolerance }, but it is null.'],
  [
    'an array',
    [right, [1e-7]],
    'options must be an object such as { epsilon, tolerance }, but it is an array of 1.',
  ],
  [
    'a string',
    [right, 'exhaustive'],
    'options must be an object such as { epsilon, tolerance }, but it is the string "exhaustive".',
  ],
  ['a number', [right, 1e-7], 'options must be an object such as { epsilon, tolerance }, but it is 1e-7.'],
  ['epsilon 0', [right, { epsilon: 0 }], `options.epsilon ${POSITIVE}, but it is 0.`],
  ['epsilon −1', [right, { epsilon: -1 }], `options.epsilon ${POSITIVE}, but it is -1.`],
  ['epsilon NaN', [right, { epsilon: NaN }], `options.epsilon ${POSITIVE}, but it is NaN.`],
  ['epsilon Infinity', [right, { epsilon: Infinity }], `options.epsilon ${POSITIVE}, but it is Infinity.`],
  [
    'a string for epsilon',
    [right, { epsilon: 'x' }],
    `options.epsilon ${POSITIVE}, but it is the string "x".`,
  ],
  ['tolerance 0', [right, { tolerance: 0 }], `options.tolerance ${POSITIVE}, but it is 0.`],
  ['tolerance −1', [right, { tolerance: -1 }], `options.tolerance ${POSITIVE}, but it is -1.`],
  ['tolerance NaN', [right, { tolerance: NaN }], `options.tolerance ${POSITIVE}, but it is NaN.`],
  [
    'tolerance Infinity',
    [right, { tolerance: Infinity }],
    `options.tolerance ${POSITIVE}, but it is Infinity.`,
  ],
  [
    'a string for tolerance',
    [right, { tolerance: 'x' }],
    `options.tolerance ${POSITIVE}, but it is the string "x".`,
  ],
  [
    'a slip of the finger',
    [right, { epsilonn: 1e-7 }],
    'there is no option "epsilonn"; did you mean "epsilon"?',
  ],
  ['a capital', [right, { Tolerance: 1e-7 }], 'there is no option "Tolerance"; did you mean "tolerance"?'],
  [
    'another checker’s option',
    [right, { atol: 1e-7 }],
    'there is no option "atol"; did you mean "tolerance"?',
  ],
  [
    'an option of the matchers',
    [right, { artifacts: 'folder' }],
    'options.artifacts is an option of the matchers: a check by itself writes no files.',
  ],
  [
    'a seed below 0',
    [right, { seed: -1 }],
    'options.seed must be a whole number from 0 to 4294967295, but it is -1.',
  ],
  ['no offenders', [right, { worst: 0 }], 'options.worst must be a whole number, at least 1, but it is 0.'],
  [
    'a parameter that is not there',
    [right, { only: 'w' }],
    'options.only: no parameter matches "w"; the parameters are W, b.',
  ],
  [
    'a pattern that matches nothing',
    [right, { except: /bias/ }],
    'options.except: no parameter matches /bias/; the parameters are W, b.',
  ],
  [
    'all parameters left out',
    [right, { except: ['W', 'b'] }],
    'options.only and options.except leave none to check of the parameters W, b.',
  ],
  [
    'a number for a name',
    [right, { only: 0 }],
    'options.only must be a name, a RegExp or an array of them, but it is 0.',
  ],
  ['no name at all', [right, { only: [] }], 'options.only is an empty array; name at least one parameter.'],
];

/** The bits of all numbers that a model holds. */
function bitsIn(given: unknown): string[] {
  return bitsOf(numbersIn((given as { parameters?: unknown } | null | undefined)?.parameters));
}

describe.each([
  ['a model', models],
  ['parameters', trees],
  ['claimed gradients', claims],
  ['a loss', losses],
  ['losses of many points', batches],
  ['options', options],
])('%s', (_, rows) => {
  it.each(rows)('refuses %s at once', (__, given, message) => {
    const before = bitsIn(given[0]);
    const error = thrownBy(() => check(...given));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toBe(`expect-gradients: ${message}`);
    expect(bitsIn(given[0])).toEqual(before);
  });
});

describe('what only a promise shows', () => {
  const promised = ([what, [given], message]: Row): Row => {
    const { loss, gradients, ...rest } = given as Record<
      'loss' | 'gradients' | 'losses',
      (p: unknown) => unknown
    >;
    const later =
      (run: (p: unknown) => unknown) =>
      async (p: unknown): Promise<unknown> =>
        run(p);
    const many = typeof rest.losses === 'function' ? { losses: later(rest.losses) } : {};
    return [what, [{ ...rest, ...many, loss: later(loss), gradients: later(gradients) }], message];
  };

  const answers = batches.filter(
    ([, [given]]) => typeof (given as { losses: unknown }).losses === 'function',
  );

  it.each([...claims, ...losses, ...answers].map(promised))(
    'is refused by a rejection: %s',
    async (_, [given], message) => {
      const before = bitsIn(given);
      const outcome = check(given);
      expect(outcome).toBeInstanceOf(Promise);
      const error: unknown = await (outcome as Promise<unknown>).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toBe(`expect-gradients: ${message}`);
      expect(bitsIn(given)).toEqual(before);
    },
  );

  it('is nothing of the model itself, of its parameters and of the options: they are refused at once', () => {
    const loss = (): Promise<number> => Promise.resolve(1);
    for (const given of [[holding(null)], [model({ loss }), { epsilon: 0 }], [model({ loss, gradients: 1 })]])
      expect(thrownBy(() => check(...given))).toBeInstanceOf(TypeError);
  });
});

describe('a loss that goes astray on the way', () => {
  it.each([1, 2, 5, 12, 20])('is refused in call %i, and the parameters are put back', (call) => {
    let calls = 0;
    const given = model({ loss: (p: unknown) => ((calls += 1) === call ? [] : lossOf(p)) });
    const before = bitsIn(given);
    const error = thrownBy(() => check(given));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toBe(
      'expect-gradients: loss() must return a number, but it returned an empty array.',
    );
    expect(calls).toBe(call);
    expect(bitsIn(given)).toEqual(before);
  });
});

describe('losses of many points that go astray on the way', () => {
  it.each([1, 2, 3, 4])('are refused in call %i, and the parameters are put back', (call) => {
    const sound = { W: Float64Array.of(1, 2), b: Float64Array.of(3) };
    const sum = (...arrays: Float64Array[]): number =>
      numbersIn(arrays).reduce((total, x) => total + Math.atan(x), 0);
    const moved = (x: Float64Array, d: Float64Array | undefined): Float64Array =>
      x.map((value, i) => value + (d?.[i] ?? 0));
    let calls = 0;
    let asked = 0;
    const sums = (displacements: readonly Readonly<Record<string, Float64Array>>[]): number[] => {
      asked = displacements.length;
      const found = displacements.map((d) => sum(moved(sound.W, d['W']), moved(sound.b, d['b'])));
      return (calls += 1) === call ? [...found, 0] : found;
    };
    const given = {
      parameters: sound,
      loss: () => sum(sound.W, sound.b),
      losses: sums,
      gradients: () => ({
        W: sound.W.map((x) => 1 / (1 + x * x)),
        b: sound.b.map((x) => 1 / (1 + x * x)),
      }),
    };
    const before = bitsIn(given);
    const error = thrownBy(() => check(given));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toBe(
      `expect-gradients: losses() must return an array of ${asked} number${asked === 1 ? '' : 's'}, ` +
        `one for each displacement, but it returned an array of ${asked + 1}.`,
    );
    expect(calls).toBe(call);
    expect(bitsIn(given)).toEqual(before);
  });
});

describe('what is none of our business', () => {
  it('passes: extra members, frozen records around arrays, sealed arrays, typed arrays behind getters', () => {
    const buffer = Float64Array.of(1, 2);
    const value = Object.freeze({
      W: Object.seal([1, 2]),
      get b() {
        return buffer;
      },
    });
    const given = {
      parameters: value,
      loss: lossOf,
      gradients: (p: { W: number[]; b: Float64Array }) => ({
        W: p.W.map((x) => 1 / (1 + x * x)),
        b: p.b.map((x) => 1 / (1 + x * x)),
      }),
      optimizer: 'adam',
    };
    expect(check(given)).toMatchObject({ verdict: 'correct' });
  });
});
