/** Products with vectors, the matrices that they make up, random vectors, and scalar functions of the outputs. */

import { describe, expect, test } from 'vitest';
import {
  alone,
  type Arrays,
  claimedMatrix,
  claimFor,
  matricesHere,
  matrixProduct,
  outputsHere,
  outputsOf,
  sidesOf,
  weightedScalarization,
} from '../../../src/check/vector/products.js';
import {
  cotangent,
  cotangentWeights,
  numbersOf,
  tangent,
  tangentFrame,
  tangentWeights,
} from '../../../src/check/vector/random-vectors.js';
import { scalarized, unclaimed, weighted } from '../../../src/check/vector/scalarization.js';
import { flatPlace, outputPlace, sumsOf } from '../../../src/check/vector/vector-report.js';
import type { Request } from '../../../src/model/evaluate/requests.js';
import type { Offender } from '../../../src/report.js';
import { made, twoByTwo } from './task.js';

const model = twoByTwo();
const { task, run } = made(model);
const { subject } = task;
const rows = model.jacobian(model.parameters);
/** Of the five outputs by the three entries of p, and by the two of q. */
const MATRICES = [
  Float64Array.from(rows.flatMap((row) => row.slice(0, 3))),
  Float64Array.from(rows.flatMap((row) => row.slice(3))),
];
const close = (arrays: Arrays): unknown =>
  arrays.map((array) => Array.from(array, (x) => expect.closeTo(x, 12)));
const lists = (arrays: Arrays): number[][] => arrays.map((array) => [...array]);

describe('the claimed matrix', () => {
  test.each(['matrix', 'vjp', 'jvp'] as const)('is the same by %s', (role) => {
    expect(lists(run(claimedMatrix(subject, role, () => true))!)).toEqual(close(MATRICES));
  });

  test.each(['vjp', 'jvp'] as const)('by %s is given up where there is no budget', (role) => {
    let left = 4;
    expect(run(claimedMatrix(subject, role, () => left-- > 0))).toBeUndefined();
    expect(left).toBe(-1);
  });

  test('is asked for right after the outputs', () => {
    const calls: string[] = [];
    const watched = Object.fromEntries(
      (['outputs', 'jacobian', 'vjp', 'jvp'] as const).map((name) => [
        name,
        (...given: never[]) => {
          calls.push(name);
          return (model[name] as (...own: never[]) => unknown)(...given);
        },
      ]),
    );
    const own = made({ parameters: twoByTwo().parameters, ...watched });
    calls.length = 0;
    own.run(claimedMatrix(own.task.subject, 'vjp', () => true));
    expect(calls).toEqual(Array.from({ length: 5 }, () => ['outputs', 'vjp']).flat());
    calls.length = 0;
    own.run(matricesHere(own.task.subject));
    expect(calls).toEqual(['outputs', 'jacobian']);
  });
});

describe('a product', () => {
  const weights = Float64Array.of(1, -2, 0, 3, 0.5);
  const along = [Float64Array.of(1, 2, -1), Float64Array.of(0.5, 3)];
  const byRows = rows[0]!.map((_, i) => rows.reduce((sum, row, m) => sum + weights[m]! * row[i]!, 0));
  const byColumns = rows.map((row) => row.reduce((sum, own, i) => sum + own * [1, 2, -1, 0.5, 3][i]!, 0));

  test('of matrices is what they make of a cotangent, or of a tangent', () => {
    const cotangents = [weights.subarray(0, 2), weights.subarray(2)];
    expect(lists(matrixProduct(subject, 'vjp', MATRICES, cotangents))).toEqual(
      close([Float64Array.from(byRows.slice(0, 3)), Float64Array.from(byRows.slice(3))]),
    );
    expect(lists(matrixProduct(subject, 'jvp', MATRICES, along))).toEqual(
      close([Float64Array.from(byColumns.slice(0, 2)), Float64Array.from(byColumns.slice(2))]),
    );
  });

  test('is the claim for a weighted sum, by matrices or by the function', () => {
    const expected = close([Float64Array.from(byRows.slice(0, 3)), Float64Array.from(byRows.slice(3))]);
    expect(lists(run(claimFor(subject, weights, MATRICES)))).toEqual(expected);
    expect(lists(run(claimFor(subject, weights, undefined)))).toEqual(expected);
    for (const role of ['matrix', 'vjp'] as const) {
      const sum = weightedScalarization(subject, role, weights);
      const into = [new Float64Array(3), new Float64Array(2)];
      run(sum.claim({ kind: 'gradients', path: [], multiple: 0, into }));
      expect(lists(into)).toEqual(expected);
      expect(sum.value(Float64Array.of(1, 10, 100, 1000, 10_000))).toBe(1 - 20 + 3000 + 5000);
    }
  });

  test('leaves out what has no weight, whatever is claimed for it', () => {
    const odd = MATRICES.map((matrix) => matrix.slice());
    odd[0]!.fill(Number.NaN, 6, 9);
    expect(lists(run(claimFor(subject, weights, odd)))).toEqual(
      close([Float64Array.from(byRows.slice(0, 3)), Float64Array.from(byRows.slice(3))]),
    );
  });

  test('is made of arrays of the one side, for those of the other', () => {
    const names = (role: 'matrix' | 'vjp' | 'jvp'): unknown => {
      const { vector, product } = sidesOf(subject, role);
      return [vector.map(({ name }) => name), product.map(({ name }) => name)];
    };
    expect(names('matrix')).toEqual([[], ['p', 'q']]);
    expect(names('vjp')).toEqual([
      ['a', 'b'],
      ['p', 'q'],
    ]);
    expect(names('jvp')).toEqual([
      ['p', 'q'],
      ['a', 'b'],
    ]);
    expect(lists(alone(subject.parameters, 1, Float64Array.of(7, 8)))).toEqual([
      [0, 0, 0],
      [7, 8],
    ]);
    expect(outputsOf(subject)).toBe(5);
  });
});

describe('an output', () => {
  const PLACES = [
    ['a', 0],
    ['a', 1],
    ['b', 0],
    ['b', 1],
    ['b', 2],
  ] as const;

  test.each(PLACES.map((place, m) => [m, ...place] as const))('%i is %s[%i]', (m, output, index) => {
    expect(outputPlace(subject, m)).toEqual({ output, outputIndex: [index] });
    expect(flatPlace(subject, { output, outputIndex: [index] } as unknown as Offender)).toBe(m);
  });

  test('beyond all, or of another name, there is none', () => {
    expect(() => outputPlace(subject, 5)).toThrow('there is no output 5');
    expect(() => flatPlace(subject, { output: 'c' } as Offender)).toThrow('there is no output c');
  });

  test('sums stand in the place of all, under the name of the only array', () => {
    expect(sumsOf(subject, 1)).toEqual([{ name: 'outputs', shape: [], count: 1 }]);
    expect(sumsOf(subject, 3)).toEqual([{ name: 'outputs', shape: [3], count: 3 }]);
    const [own] = subject.outputs;
    expect(sumsOf({ outputs: [own!] } as unknown as typeof subject, 1)[0]!.name).toBe('a');
  });
});

describe('random vectors', () => {
  const spaced = (...spacings: readonly number[]) => spacings.map((spacing) => ({ values: { spacing } }));

  test.each([
    ['24 bits of doubles', spaced(2 ** -52), 24],
    ['two fewer than single precision has', spaced(2 ** -23), 21],
    ['two fewer than half precision has', spaced(2 ** -10), 8],
    ['two fewer than the coarsest has', spaced(2 ** -52, 2 ** -7), 5],
    ['one at least', spaced(2 ** -2), 1],
  ])('have %s', (_, outputs, bits) => {
    const weights = cotangentWeights(outputs, 1, 0);
    const drawn = Array.from({ length: 200 }, (__, i) => weights.at(i) * 2 ** bits);
    expect(drawn.every(Number.isInteger)).toBe(true);
    expect(drawn.some((weight) => weight % 2 !== 0)).toBe(true);
    expect(drawn.every((weight) => Math.abs(weight) >= 2 ** bits && Math.abs(weight) < 2 ** (bits + 1))).toBe(
      true,
    );
  });

  test('differ from each other, by the seed, and from side to side', () => {
    const keys = [
      cotangentWeights(subject.outputs, 1, 0),
      cotangentWeights(subject.outputs, 1, 1),
      cotangentWeights(subject.outputs, 2, 0),
      tangentWeights(subject, 0, 1, 0),
      tangentWeights(subject, 0, 1, 1),
      tangentWeights(subject, 0, 2, 0),
      tangentWeights(subject, 1, 1, 0),
    ].map((weights) => weights.at(0));
    expect(new Set(keys).size).toBe(keys.length);
    expect(cotangentWeights(subject.outputs, 1, 0).at(0)).toBe(keys[0]);
  });

  test('are as long as what they are for, in the unit of each parameter', () => {
    const weights = cotangentWeights(subject.outputs, 3, 1);
    expect([...cotangent(subject, 3, 1)]).toEqual([0, 1, 2, 3, 4].map((i) => weights.at(i)));
    expect(tangent(subject, 3, 1).map(({ length }) => length)).toEqual([3, 2]);
    const small = made({
      ...model,
      parameters: { p: [0.3, -0.7, 1.1].map((x) => x / 2 ** 20), q: [0.9, -0.4] },
    });
    const [p, q] = tangent(small.task.subject, 3, 1);
    const [wide, same] = tangent(subject, 3, 1);
    expect(lists([p!.map((x) => x * 2 ** 20), q!])).toEqual(lists([wide!, same!]));
  });

  test('as numbers are those of some entries, and 0 elsewhere', () => {
    const weights = { at: (i: number) => 10 + i };
    expect([...numbersOf(weights, 3)]).toEqual([10, 11, 12]);
    expect([...numbersOf(weights, 4, { from: 1, to: 3 })]).toEqual([0, 11, 12, 0]);
  });

  test('move a parameter by how far it goes along each of three tangents', () => {
    const own = made(twoByTwo(), { shard: '2/2' }).task.subject;
    const frame = tangentFrame(own, 1);
    // The last three of five entries are due.
    expect(frame.along.map(({ parameter }) => parameter)).toEqual([0, 1]);
    expect(frame.due).toEqual([
      { parameter: 0, from: 0, to: 3, count: 3 },
      { parameter: 1, from: 0, to: 3, count: 3 },
    ]);
    expect(lists(frame.saved)).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    const [{ tangents }] = frame.along as [(typeof frame.along)[0]];
    expect(tangents.map((numbers) => numbers.length)).toEqual([3, 3, 3]);
    expect(tangents.every((numbers) => numbers[0] === 0 && numbers[1] === 0 && numbers[2] !== 0)).toBe(true);
    frame.parameters[0]!.values.set(1, 1.5);
    const moved = own.parameters[0]!.values;
    expect([moved.get(0), moved.get(1), moved.get(2)]).toEqual([0.3, -0.7, 1.1 + 0.5 * tangents[1]![2]!]);
    frame.parameters[0]!.values.set(1, 1);
    expect(moved.get(2)).toBe(1.1);
  });
});

describe('a procedure for a loss', () => {
  test('runs on a weighted sum of the outputs', () => {
    const weights = Float64Array.of(1, 2, 3, 4, 5);
    const losses = new Float64Array(1);
    const into = [new Float64Array(3), new Float64Array(2)];
    const procedure = function* (): Generator<Request, string, void> {
      yield { kind: 'path', path: [], multiples: Float64Array.of(0), losses };
      yield { kind: 'gradients', path: [], multiple: 0, into };
      return 'done';
    };
    const scalarization = weightedScalarization(subject, 'vjp', weights);
    expect(run(scalarized(scalarization, task, subject, procedure()))).toBe('done');
    expect(losses[0]).toBe(weighted(weights, run(outputsHere(subject))));
    expect(lists(into)).toEqual(lists(run(claimFor(subject, weights, undefined))));
  });

  test('is thrown what its requests throw, and may go on', () => {
    const procedure = function* (): Generator<Request, string, void> {
      try {
        yield { kind: 'gradients', path: [], multiple: 0, into: [] };
      } catch (error) {
        return (error as Error).message;
      }
      return 'nothing was thrown';
    };
    const found = run(
      scalarized(
        unclaimed(() => 0),
        task,
        subject,
        procedure(),
      ),
    );
    expect(found).toBe('Nothing is claimed here.');
  });
});

test('a weighted sum', () => {
  expect(weighted(Float64Array.of(2, -3), Float64Array.of(10, 1))).toBe(17);
});
