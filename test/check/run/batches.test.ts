/** A model may offer `losses`: the check asks it for many points at once, for the very points that it would ask `loss` for. */

import {
  checkGradients,
  type Displacement,
  type GradientCheckOptions,
  type GradientReport,
} from 'expect-gradients';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { bitsOf, numbersIn, thrownBy } from '../../bits.js';
import { Matrix } from '../../trees.js';
import { displaced } from '../displaced.js';
import { type Gradients, network } from '../directions/network.js';

// The clock of the check is the one from before the timers were faked; here it is to be that of the test.
vi.mock('../../../src/check/run/clock.js', () => ({ now: () => performance.now() }));

type Losses = (displacements: readonly Displacement[]) => ArrayLike<number>;

/** A network and the loss of a twin of it, whose parameters are moved instead. */
function twins(single: boolean, sizes = [5, 7, 4]) {
  const options = { sizes, draw: 4, single };
  const model = network(options);
  const twin = network(options);
  const losses: Losses = (displacements) =>
    displacements.map((displacement) => {
      for (const [name, values] of Object.entries(model.parameters))
        twin.parameters[name]!.set(displaced(values, displacement[name]));
      return twin.loss();
    });
  return { model, losses };
}

const mistakes: Readonly<Record<string, (claimed: Gradients) => void>> = {
  none: () => undefined,
  'a wrong entry': ({ W1 }) => void (W1![3]! += 0.25),
  'a flipped sign': ({ b1 }) => b1!.forEach((slope, i) => void (b1![i] = -slope)),
  'a factor in all': (claimed) =>
    Object.values(claimed).forEach((values) => values.forEach((slope, i) => void (values[i] = 3 * slope))),
  'a parameter that is left out': ({ W2 }) => void W2!.fill(0),
};

describe.each(['exhaustive', 'directional'] as const)('%s', (method) => {
  describe.each([false, true])('in single precision: %s', (single) => {
    test.each(Object.keys(mistakes))('says the same of a network with, as its mistake, %s', (mistake) => {
      const { model, losses } = twins(single);
      const gradients = (): Gradients => {
        const claimed = model.gradients();
        mistakes[mistake]!(claimed);
        return claimed;
      };
      const alone = checkGradients({ ...model, gradients }, { method });
      expect(alone.verdict).toBe(mistake === 'none' ? 'correct' : 'wrong');
      let calls = 0;
      const counted: Losses = (displacements) => {
        calls += 1;
        return losses(displacements);
      };
      const batched = checkGradients({ ...model, gradients, losses: counted }, { method });
      expect(batched).toEqual(alone);
      expect(calls).toBeLessThan(alone.evaluations.loss / (method === 'exhaustive' ? 2 : 1));
    });
  });

  test.each<[string, (x: number) => number, (x: number) => number, number[]]>([
    ['kinks', Math.abs, Math.sign, [0, 1, -1e-7, 2]],
    ['kinks and a wrong claim', Math.abs, () => 2, [0, 1, -1e-7, 2]],
    ['the edge of a domain', Math.log, (x) => 1 / x, [1e-9, 1, 5]],
    ['a stationary point', (x) => x ** 4, () => 0, [0, 0]],
    ['a loss that nothing moves', () => 1, () => 0, [1, 2]],
    ['a loss that is NaN', () => NaN, () => 0, [1, 2]],
    ['noise', (x) => Math.fround(Math.sin(x)), Math.cos, [1, 2, 3]],
  ])('says the same of %s', (_, term, slope, start) => {
    const x = Float64Array.from(start);
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + term(value), 0);
    const model = { parameters: { x }, loss: () => sum(x), gradients: () => ({ x: x.map(slope) }) };
    const losses: Losses = (displacements) => displacements.map((d) => sum(displaced(x, d['x'])));
    const report = checkGradients({ ...model, losses }, { method });
    // What the messages call the function is the one that was asked.
    const renamed = JSON.parse(JSON.stringify(report).replaceAll('losses()', 'loss()')) as GradientReport;
    expect(renamed).toEqual(JSON.parse(JSON.stringify(checkGradients(model, { method }))));
  });

  test.each(['1/3', '2/3', '3/3'] as const)('says the same of part %s', (shard) => {
    const { model, losses } = twins(false);
    const gradients = (): Gradients => {
      const claimed = model.gradients();
      mistakes['a factor in all']!(claimed);
      return claimed;
    };
    const alone = checkGradients({ ...model, gradients }, { method, shard });
    expect(alone.verdict).toBe('wrong');
    expect(checkGradients({ ...model, gradients, losses }, { method, shard })).toEqual(alone);
  });

  test.each([5, 11, 12, 13, 30, 51])('keeps a budget of %i as it does without', (maxEvaluations) => {
    const { model, losses } = twins(false);
    const options = { method, maxEvaluations };
    const report = checkGradients({ ...model, losses }, options);
    expect(report).toEqual(checkGradients(model, options));
    expect(report).toMatchObject({ verdict: 'inconclusive', stopped: 'maxEvaluations' });
    expect(report.evaluations.loss).toBeLessThanOrEqual(maxEvaluations);
  });
});

/**
 * Parameters of every kind, with entries on which adding and storing are hard: −0, entries below the step and against it, and one whose
 * difference from a point, 2⁻⁵⁴ from −½, is rounded to what does not lead there.
 */
const tree = () => ({
  W: Float64Array.of(0.1, -0, 1e-9, -1e-9, 3, -0.3e-3, 2 ** -54),
  single: Float32Array.of(0.1, -0, -1e-7, 7, -0.7, 1e-4),
  rows: [
    [1 / 3, -0],
    [-1e-5, 2e5],
  ],
  tensor: { data: Float32Array.of(1.1, 2.2, -3.3, 1e-6), shape: [2, 2], stride: [1, 2] },
  matrix: new Matrix([[0.7, -1e-4]]),
  gain: -0,
  constructor: Float64Array.of(2, 3),
  map: new Map([['a b', [1.5]]]),
});

type Tree = ReturnType<typeof tree>;

/** How each parameter of the tree is read, and the numbers that a copy of it would store. */
const read: Readonly<Record<string, (p: Tree) => number[]>> = {
  W: (p) => [...p.W],
  single: (p) => [...p.single],
  rows: (p) => p.rows.flat(),
  tensor: ({ tensor: { data } }) => [data[0]!, data[2]!, data[1]!, data[3]!],
  matrix: ({ matrix }) => [matrix.get(0, 0), matrix.get(0, 1)],
  gain: (p) => [p.gain],
  constructor: (p: Tree) => [...p.constructor],
  'map["a b"]': (p) => p.map.get('a b')!,
};
const storedIn32: ReadonlySet<string> = new Set(['single', 'tensor']);
const numbersOf = (p: Tree): number[] => Object.values(read).flatMap((of) => of(p));
const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, x, i) => sum + Math.sin(x + i), 0);
const slopesOf = (p: Tree) => {
  const slopes = numbersOf(p).map((x, i) => Math.cos(x + i));
  const take = (count: number): number[] => slopes.splice(0, count);
  return {
    W: take(7),
    single: take(6),
    rows: [take(2), take(2)],
    tensor: [take(2), take(2)],
    matrix: [take(2)],
    gain: take(1)[0]!,
    constructor: take(2),
    map: { 'a b': take(1) },
  };
};

describe.each<GradientCheckOptions>([
  { points: 1, method: 'exhaustive' },
  { points: 1, method: 'directional' },
  { points: 1, epsilon: 1e-3 },
  { points: 1, epsilon: 0.7e-7, tolerance: 1e-1 },
  { points: 1, epsilon: 0.5 + 2 ** -53 },
])('the points asked of losses, with %o', (options) => {
  test('are to the bit those that loss is asked at', () => {
    const seen: string[][] = [];
    const alone = tree();
    const loss = (): number => {
      seen.push(bitsOf(numbersOf(alone)));
      return sumOf(numbersOf(alone));
    };
    const report = checkGradients({ parameters: alone, loss, gradients: slopesOf }, options);

    const told: string[][] = [];
    const parameters = tree();
    const before = bitsOf(numbersOf(parameters));
    const losses: Losses = (displacements) => {
      expect(bitsOf(numbersOf(parameters))).toEqual(before);
      return displacements.map((displacement) => {
        const point = Object.entries(read).flatMap(([name, of]) => {
          const values = of(parameters);
          return [
            ...displaced(storedIn32.has(name) ? Float32Array.from(values) : values, displacement[name]),
          ];
        });
        told.push(bitsOf(point));
        return sumOf(point);
      });
    };
    // Only where gradients are asked for beside θ, loss is asked before them.
    const lossHere = (): number => {
      const point = numbersOf(parameters);
      if (String(bitsOf(point)) !== String(before)) told.push(bitsOf(point));
      return sumOf(point);
    };
    const model = { parameters, loss: lossHere, losses, gradients: slopesOf };
    expect(checkGradients(model, options)).toEqual(report);
    // Parameters that are measured side by side are asked about in turn, and not one after the other.
    expect(told.map(String).toSorted()).toEqual(seen.map(String).toSorted());
    expect(bitsOf(numbersOf(parameters))).toEqual(before);
  });
});

describe('what losses is given', () => {
  /** Sums of sines, with what each call was given. */
  function recorded(counts: Readonly<Record<string, number>>) {
    const calls: (readonly Displacement[])[] = [];
    const parameters: Record<string, Float64Array> = {};
    for (const [name, count] of Object.entries(counts))
      parameters[name] = new Float64Array(count).map((_, i) => 1 + Math.sin(i));
    const few = (values: Float64Array): number => {
      let sum = 0;
      for (let i = 0; i < values.length; i += 1) sum += values[i]! * values[i]!;
      return sum;
    };
    const all = Object.entries(parameters);
    const model = {
      parameters,
      loss: () => all.reduce((sum, [, values]) => sum + few(values), 0),
      gradients: () =>
        Object.fromEntries(all.map(([name, values]) => [name, values.map((value) => 2 * value)])),
      losses: (displacements: readonly Displacement[]) => {
        calls.push(displacements);
        return displacements.map((displacement) =>
          all.reduce((sum, [name, values]) => sum + few(displaced(values, displacement[name])), 0),
        );
      },
    };
    return { model, calls };
  }
  const arraysOf = (displacement: Displacement): Float64Array[] =>
    Object.values(displacement) as Float64Array[];
  const numbersGiven = (displacements: readonly Displacement[]): number =>
    displacements.reduce((sum, d) => sum + arraysOf(d).reduce((own, { length }) => own + length, 0), 0);

  test('is {} for the parameters themselves, else arrays of the moved parameters only, of their sizes', () => {
    const { model, calls } = recorded({ W: 6, b: 2 });
    checkGradients(model, { only: 'b' });
    expect(calls[0]!.map((d) => Object.keys(d))).toEqual([[]]);
    const moved = calls.flat().filter((d) => Object.keys(d).length > 0);
    expect(moved.length).toBeGreaterThan(8);
    for (const displacement of moved) {
      expect(Object.keys(displacement)).toEqual(['b']);
      expect(displacement['b']).toBeInstanceOf(Float64Array);
      expect(displacement['b']).toHaveLength(2);
    }
  });

  test('is the whole sweep of a small parameter in one call', () => {
    const { model, calls } = recorded({ W: 900 });
    const { verdict, evaluations } = checkGradients(model);
    expect(verdict).toBe('correct');
    expect(calls.map(({ length }) => length)).toContain(1800);
    expect(evaluations.loss).toBeGreaterThan(1800);
    expect(calls.length).toBeLessThan(12);
  });

  test('is at most 2²² numbers in a call', () => {
    const { model, calls } = recorded({ W: 9_000 });
    checkGradients(model, { method: 'exhaustive', maxEvaluations: 2_100 });
    const numbers = calls.map(numbersGiven);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(2 ** 22);
    expect(Math.max(...numbers)).toBeGreaterThan(2 ** 22 - 2 * 9_000);
    expect(calls.length).toBeLessThan(20);
  });

  test('is a pair of displacements where a single one is large', () => {
    const W = new Float64Array(2 ** 21 + 1).fill(2);
    const calls: (readonly Displacement[])[] = [];
    const model = {
      parameters: { W },
      loss: () => W[0]! ** 2,
      losses: (displacements: readonly Displacement[]) => {
        calls.push(displacements);
        return displacements.map((d) => (W[0]! + (d['W']?.[0] ?? 0)) ** 2);
      },
      gradients: () => ({ W: W.map((value, i) => (i === 0 ? 2 * value : 0)) }),
    };
    checkGradients(model, { maxEvaluations: 16 });
    expect(new Set(calls.map(({ length }) => length))).toEqual(new Set([1, 2]));
    expect(calls.map(numbersGiven)).toContain(2 * (2 ** 21 + 1));
  });

  test('is its own to keep and to overwrite', () => {
    const { model, calls } = recorded({ W: 6, b: 2 });
    const report = checkGradients(model);
    const arrays = calls.flat().flatMap(arraysOf);
    expect(new Set(arrays.map(({ buffer }) => buffer)).size).toBe(arrays.length);
    const overwriting = (displacements: readonly Displacement[]): ArrayLike<number> => {
      const losses = model.losses(displacements);
      for (const displacement of displacements) for (const array of arraysOf(displacement)) array.fill(NaN);
      (displacements as Displacement[]).length = 0;
      return losses;
    };
    expect(checkGradients({ ...model, losses: overwriting })).toEqual(report);
  });

  test('comes with the parameters, and with the model as `this`', () => {
    class Square {
      readonly parameters = Float64Array.of(3);
      readonly slope = 2;
      loss(): number {
        return this.parameters[0]! ** 2;
      }
      gradients(): number[] {
        return [this.slope * this.parameters[0]!];
      }
      losses(displacements: readonly Displacement[], parameters: Float64Array): number[] {
        expect(parameters).toBe(this.parameters);
        return displacements.map((d) => (this.parameters[0]! + (d['parameters']?.[0] ?? 0)) ** 2);
      }
    }
    expect(checkGradients(new Square())).toMatchObject({ verdict: 'correct' });
  });

  test('names a root number as reports do', () => {
    const model = {
      parameters: 3,
      loss: (x: number) => x ** 3,
      losses: (displacements: readonly Displacement[], x: number) =>
        Float64Array.from(displacements, (d) => (x + (d['parameters']?.[0] ?? 0)) ** 3),
      gradients: (x: number) => 3 * x * x,
    };
    expect(checkGradients(model)).toMatchObject({ verdict: 'correct', parameters: [{ name: 'parameters' }] });
  });
});

describe('losses that return promises', () => {
  test('give the same report, later', async () => {
    const { model, losses } = twins(false);
    const later = async (displacements: readonly Displacement[]): Promise<ArrayLike<number>> => {
      const before = bitsOf(numbersIn(model.parameters));
      const found = losses(displacements);
      await Promise.resolve();
      expect(bitsOf(numbersIn(model.parameters))).toEqual(before);
      return found;
    };
    const outcome: Promise<GradientReport> = checkGradients({ ...model, losses: later });
    expect(outcome).toBeInstanceOf(Promise);
    expect(await outcome).toEqual(checkGradients(model));
  });

  test('may stand beside a loss that returns promises too', async () => {
    const { model, losses } = twins(false);
    const loss = async (): Promise<number> => Promise.resolve(model.loss());
    expect(await checkGradients({ ...model, loss, losses })).toEqual(checkGradients(model));
  });
});

describe('errors', () => {
  test.each([1, 2, 3, 4])(
    'of losses pass through in call %i, with the parameters as they were',
    async (call) => {
      const { model, losses } = twins(false);
      const before = bitsOf(numbersIn(model.parameters));
      const error = new Error('out of memory');
      const failing = (): Losses => {
        let calls = 0;
        return (displacements) => {
          if ((calls += 1) === call) throw error;
          return losses(displacements);
        };
      };
      expect(thrownBy(() => checkGradients({ ...model, losses: failing() }))).toBe(error);
      expect(bitsOf(numbersIn(model.parameters))).toEqual(before);
      const sync = failing();
      const later = async (d: readonly Displacement[]): Promise<ArrayLike<number>> =>
        Promise.resolve(sync(d));
      await expect(checkGradients({ ...model, losses: later })).rejects.toBe(error);
      expect(bitsOf(numbersIn(model.parameters))).toEqual(before);
    },
  );
});

describe('a limit of time', () => {
  /** A check on a clock that calls of `losses` move, by so many ms each, and for each displacement. */
  const timed = (perCall: number, perLoss: number, timeLimit: number) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { model, losses } = twins(false, [10, 12, 6]);
    const sizes: number[] = [];
    const slow: Losses = (displacements) => {
      vi.advanceTimersByTime(perCall + perLoss * displacements.length);
      sizes.push(displacements.length);
      return losses(displacements);
    };
    const report = checkGradients({ ...model, losses: slow }, { timeLimit, method: 'exhaustive' });
    return { report, sizes, took: performance.now() };
  };

  test.each([
    [30, 0, 500],
    [0, 10, 500],
    [5, 5, 1_900],
    [200, 0, 1_500],
    [0, 900, 8_000],
  ])('is kept to within a sixteenth or a call, by calls of %i + n · %i ms: %i', (perCall, perLoss, limit) => {
    const { report, took } = timed(perCall, perLoss, limit);
    expect(report).toMatchObject({ verdict: 'inconclusive', stopped: 'timeLimit' });
    expect(took).toBeGreaterThanOrEqual(limit);
    // Besides the last request there are two losses before the clock is looked at, and one at the end.
    const last = Math.max(50, limit / 16, perCall + 2 * perLoss);
    expect(took).toBeLessThanOrEqual(limit + last + 3 * (perCall + perLoss));
  });

  test('that is generous leaves batches large, however long a call takes', () => {
    const { report, sizes } = timed(500, 1, 60_000);
    expect(report.verdict).toBe('correct');
    expect(Math.max(...sizes)).toBeGreaterThan(100);
    expect(sizes.length).toBeLessThan(40);
  });
});

test('onProgress is told of every parameter, to the end', () => {
  const { model, losses } = twins(false);
  const seen: [number, string][] = [];
  const onProgress: GradientCheckOptions['onProgress'] = ({ done, total, parameter }) =>
    seen.push([done / total, parameter]);
  checkGradients({ ...model, losses }, { onProgress });
  expect(new Set(seen.map(([, parameter]) => parameter))).toEqual(new Set(Object.keys(model.parameters)));
  expect(seen.at(-1)![0]).toBe(1);
});
