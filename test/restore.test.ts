/** Whatever happens, the parameters are afterwards as they were, bit for bit, and the user's errors are the user's own. */

import { checkGradients, type GradientReport } from 'expect-gradients';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsOf } from './bits.js';
import { doubles, Matrix, NdArray, type Tree, trees } from './trees.js';

/** What a check ended with: its report, or what it threw or rejected with. */
type Ending = { readonly report: GradientReport } | { readonly thrown: unknown };

const check = checkGradients as (model: unknown) => GradientReport | Promise<GradientReport>;

function ending(model: unknown): Ending {
  try {
    return { report: check(model) as GradientReport };
  } catch (thrown) {
    return { thrown };
  }
}

async function asyncEnding(model: unknown): Promise<Ending> {
  try {
    return { report: await check(model) };
  } catch (thrown) {
    return { thrown };
  }
}

/** A loss that is finite and lively wherever its parameters are: Σ atan, with NaN left out. */
function lossOf(tree: Tree): number {
  return tree.read(tree.value).reduce((sum, x) => sum + (Number.isNaN(x) ? 0 : Math.atan(x)), 0);
}

function gradientsOf(tree: Tree): unknown {
  return tree.map(tree.value, (x) => (Number.isNaN(x) ? 0 : 1 / (1 + x * x)));
}

const own = new Error('the user’s own');

/** A function that does `instead` in its n-th call, counted from 0. */
function atCall<Result>(n: number, run: () => Result, instead: () => Result): () => Result {
  let calls = 0;
  return () => ((calls += 1) === n + 1 ? instead() : run());
}

function fail(): never {
  throw own;
}

const calls = fc.nat({ max: 80 });

type ModelOf = (tree: Tree, n: number) => object;
type Accepts = (ended: Ending, n: number) => boolean;

/** A tree whose bits a check changed, or whose check ended otherwise than it may; undefined when there is none. */
function counterexample(modelOf: ModelOf, accepts: Accepts): string | undefined {
  const property = fc.property(trees(doubles), calls, (tree, n) => {
    const before = bitsOf(tree.read(tree.value));
    const ended = ending({ parameters: tree.value, ...modelOf(tree, n) });
    expect(bitsOf(tree.read(tree.value))).toEqual(before);
    return accepts(ended, n);
  });
  return fc.defaultReportMessage(fc.check(property, { numRuns: 100 }));
}

/** The same of models whose functions return promises. */
async function asyncCounterexample(modelOf: ModelOf, accepts: Accepts): Promise<string | undefined> {
  const property = fc.asyncProperty(trees(doubles), calls, async (tree, n) => {
    const before = bitsOf(tree.read(tree.value));
    const ended = await asyncEnding({ parameters: tree.value, ...modelOf(tree, n) });
    expect(bitsOf(tree.read(tree.value))).toEqual(before);
    return accepts(ended, n);
  });
  return fc.asyncDefaultReportMessage(await fc.check(property, { numRuns: 100 }));
}

const reports: Accepts = (ended) => 'report' in ended;
const throwsOwn: Accepts = (ended) => 'thrown' in ended && ended.thrown === own;
/** When the n-th loss fails: with that, or with a report, as a look that throws beside the sweep is given up. */
const failsOrReports: Accepts = (ended) => reports(ended, 0) || throwsOwn(ended, 0);

describe('the parameters are restored, whatever they hold,', () => {
  it('when the check returns', () => {
    const found = counterexample(
      (tree) => ({ loss: () => lossOf(tree), gradients: () => gradientsOf(tree) }),
      reports,
    );
    expect(found).toBeUndefined();
  });

  it('when the gradients are wrong', () => {
    const found = counterexample(
      (tree) => ({ loss: () => lossOf(tree), gradients: () => tree.map(tree.value, () => 3) }),
      reports,
    );
    expect(found).toBeUndefined();
  });

  it.each([NaN, Infinity, -Infinity])('when %d stands beside live entries, and after few losses', (odd) => {
    const W = [7.9e-58, 9e132, odd, 0.5];
    let losses = 0;
    const ended = ending({
      parameters: { W },
      loss: () => {
        if ((losses += 1) > 500) fail();
        return W.reduce((sum, x) => sum + (Number.isFinite(x) ? Math.atan(x) : 0), 0);
      },
      gradients: () => ({ W: W.map((x) => (Number.isFinite(x) ? 1 / (1 + x * x) : 0)) }),
    });
    expect(ended).toHaveProperty('report');
    expect(bitsOf(W)).toEqual(bitsOf([7.9e-58, 9e132, odd, 0.5]));
  });

  it('when the check resolves', async () => {
    const found = await asyncCounterexample(
      (tree) => ({
        loss: () => Promise.resolve(lossOf(tree)),
        gradients: () => Promise.resolve(gradientsOf(tree)),
      }),
      reports,
    );
    expect(found).toBeUndefined();
  });

  it('when any call of the loss throws', () => {
    const found = counterexample(
      (tree, n) => ({ loss: atCall(n, () => lossOf(tree), fail), gradients: () => gradientsOf(tree) }),
      failsOrReports,
    );
    expect(found).toBeUndefined();
  });

  it('when any call of the loss returns something else', () => {
    const found = counterexample(
      (tree, n) => ({
        loss: atCall<unknown>(
          n,
          () => lossOf(tree),
          () => 'NaN',
        ),
        gradients: () => gradientsOf(tree),
      }),
      (ended, n) =>
        'report' in ended
          ? ended.report.evaluations.loss <= n
          : ended.thrown instanceof TypeError &&
            ended.thrown.message ===
              'expect-gradients: loss() must return a number, but it returned the string "NaN".',
    );
    expect(found).toBeUndefined();
  });

  it('when any call of the loss is not finite', () => {
    const found = counterexample(
      (tree, n) => ({
        loss: atCall(
          n,
          () => lossOf(tree),
          () => [NaN, Infinity, -Infinity][n % 3]!,
        ),
        gradients: () => gradientsOf(tree),
      }),
      reports,
    );
    expect(found).toBeUndefined();
  });

  it.each([0, 1])('when call %i of the gradients throws', (call) => {
    const found = counterexample(
      (tree) => ({ loss: () => lossOf(tree), gradients: atCall(call, () => gradientsOf(tree), fail) }),
      throwsOwn,
    );
    expect(found).toBeUndefined();
  });

  it('when the promise of any loss is rejected', async () => {
    const found = await asyncCounterexample(
      (tree, n) => ({
        loss: atCall(
          n,
          () => Promise.resolve(lossOf(tree)),
          () => Promise.reject(own),
        ),
        gradients: () => gradientsOf(tree),
      }),
      failsOrReports,
    );
    expect(found).toBeUndefined();
  });

  it('when any loss is the first that gives a promise, and a later one throws', async () => {
    const found = await asyncCounterexample(
      (tree, n) => ({
        loss: atCall(
          n + 3,
          atCall<unknown>(
            n,
            () => lossOf(tree),
            () => Promise.resolve(lossOf(tree)),
          ),
          fail,
        ),
        gradients: () => gradientsOf(tree),
      }),
      failsOrReports,
    );
    expect(found).toBeUndefined();
  });

  it('when the promise of the gradients is rejected', async () => {
    const found = await asyncCounterexample(
      (tree) => ({ loss: () => lossOf(tree), gradients: () => Promise.reject(own) }),
      throwsOwn,
    );
    expect(found).toBeUndefined();
  });

  it('when any call of the loss overwrites every parameter', () => {
    const found = counterexample(
      (tree, n) => ({
        loss: atCall(
          n,
          () => lossOf(tree),
          () => {
            overwrite(tree.value);
            return lossOf(tree);
          },
        ),
        gradients: () => gradientsOf(tree),
      }),
      // With the gradients beside the parameters it overwrites claims, too.
      (ended) => reports(ended, 0) || ('thrown' in ended && /which differ/.test(String(ended.thrown))),
    );
    expect(found).toBeUndefined();
  });

  it('when any call of the loss overwrites every parameter, and throws', () => {
    const found = counterexample(
      (tree, n) => ({
        loss: atCall(
          n,
          () => lossOf(tree),
          () => {
            overwrite(tree.value);
            return fail();
          },
        ),
        gradients: () => gradientsOf(tree),
      }),
      failsOrReports,
    );
    expect(found).toBeUndefined();
  });
});

/** Sets every number of a tree that stands in an array or in the field of an object to 3. */
function overwrite(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Float64Array || value instanceof Float32Array) {
    value.fill(3);
    return;
  }
  if (value instanceof NdArray) {
    overwrite(value.data);
    return;
  }
  if (value instanceof Matrix) {
    for (let i = 0; i < value.rows; i += 1) for (let j = 0; j < value.columns; j += 1) value.set(i, j, 3);
    return;
  }
  const children: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
  for (const [key, child] of children) {
    if (typeof child !== 'number') overwrite(child);
    else if (value instanceof Map) value.set(key, 3);
    else Reflect.set(value, key as string, 3);
  }
}

interface Network {
  W: number[][];
  b: Float64Array;
  gain: number;
  layers: { W: Float32Array }[];
}

function network(): Network {
  return {
    W: [
      [0.5, -0],
      [1.5, -2],
    ],
    b: Float64Array.of(0.25, 3),
    gain: 2,
    layers: [{ W: Float32Array.of(0.5, -0) }],
  };
}

const all = (p: Network): number[] => [...p.W.flat(), ...p.b, p.gain, ...p.layers[0]!.W];
const half = (p: Network): number => all(p).reduce((sum, x) => sum + x ** 2 / 2, 0);
const gradient = (p: Network): Network => structuredClone(p);

type Change = (p: Network) => unknown;

const changes: readonly { what: string; change: Change; parameter: string }[] = [
  { what: 'takes a step downhill', change: (p) => p.b.forEach((x, i) => (p.b[i] = x - 0.1)), parameter: 'b' },
  { what: 'adds one part in 10^15', change: (p) => (p.W[1]![1]! *= 1 + 2 ** -50), parameter: 'W' },
  { what: 'turns −0 into 0', change: (p) => (p.W[0]![1] = 0), parameter: 'W' },
  { what: 'sets a field', change: (p) => (p.gain += 1), parameter: 'gain' },
  { what: 'clips', change: (p) => (p.layers[0]!.W[0] = 0), parameter: 'layers[0].W' },
  { what: 'puts another array in place', change: (p) => (p.b = p.b.slice()), parameter: 'b' },
  { what: 'puts another row in place', change: (p) => (p.W[0] = p.W[0]!.slice()), parameter: 'W' },
  {
    what: 'puts another layer in place',
    change: (p) => (p.layers[0] = { W: p.layers[0]!.W.slice() }),
    parameter: 'layers[0].W',
  },
  {
    what: 'puts other layers in place',
    change: (p) => (p.layers = structuredClone(p.layers)),
    parameter: 'layers[0].W',
  },
];

describe('the parameters are restored, and the check is inconclusive,', () => {
  /** Runs a check in which the user's functions call `change` somewhere, and looks at what is left of the network. */
  function left(modelOf: (p: Network) => object): GradientReport {
    const p = network();
    const { W, b, layers } = p;
    const [rows, layer] = [[...W], layers[0]!];
    const { W: inner } = layer;
    const report = check({ parameters: p, ...modelOf(p) }) as GradientReport;
    expect(bitsOf(all(p))).toEqual(bitsOf(all(network())));
    expect([p.W, ...p.W, p.b, p.layers, p.layers[0], p.layers[0]!.W]).toEqual([
      W,
      ...rows,
      b,
      layers,
      layer,
      inner,
    ]);
    const now = [p.W, ...p.W, p.b, p.layers, p.layers[0], p.layers[0]!.W];
    expect([W, ...rows, b, layers, layer, inner].every((object, i) => object === now[i])).toBe(true);
    return report;
  }

  /** The verdict and the surest finding in short; `by` is whose calls changed the parameters. */
  function summary({ verdict, findings }: GradientReport): object {
    const { code, parameter, title } = findings[0]!;
    return { verdict, code, parameter, by: title.slice(0, title.indexOf(' ')) };
  }

  const mutated = (by: string, parameter?: string): object => ({
    verdict: 'inconclusive',
    code: 'mutated-parameters',
    parameter,
    by: `${by}()`,
  });

  it.each(changes)('when the loss $what', ({ change, parameter }) => {
    const report = left((p) => ({
      loss: () => {
        const value = half(p);
        change(p);
        return value;
      },
      gradients: () => gradient(p),
    }));
    expect(summary(report)).toEqual(mutated('loss', parameter));
  });

  it.each(changes)('when the backward pass $what', ({ change, parameter }) => {
    const report = left((p) => ({
      loss: () => half(p),
      gradients: () => {
        const claimed = gradient(p);
        change(p);
        return claimed;
      },
    }));
    expect(summary(report)).toEqual(mutated('gradients', parameter));
  });

  it.each(changes)('when only the second backward pass $what', ({ change, parameter }) => {
    const report = left((p) => ({
      loss: () => half(p),
      gradients: atCall(
        1,
        () => gradient(p),
        () => {
          const claimed = gradient(p);
          change(p);
          return claimed;
        },
      ),
    }));
    expect(summary(report)).toEqual(mutated('gradients', parameter));
  });

  it('when a loss in the middle changes what is not being perturbed', () => {
    let changed = 0;
    const report = left((p) => ({
      loss: () => {
        // The sweep has left b behind when it moves the gain alone.
        if (p.gain !== 2 && p.b[0] === 0.25 && (changed += 1) === 1) p.b[1] = 4;
        return half(p);
      },
      gradients: () => gradient(p),
    }));
    expect(changed).toBeGreaterThan(0);
    expect(summary(report)).toEqual(mutated('loss', 'b'));
  });

  it('when the last loss of all changes a parameter', () => {
    const { loss } = (check({ parameters: network(), loss: half, gradients: gradient }) as GradientReport)
      .evaluations;
    const report = left((p) => ({
      loss: atCall(
        loss - 1,
        () => half(p),
        () => {
          const value = half(p);
          p.gain = 7;
          return value;
        },
      ),
      gradients: () => gradient(p),
    }));
    expect(summary(report)).toEqual(mutated('loss', 'gain'));
  });

  it('when the model is given other parameters', () => {
    const p = network();
    const model = {
      parameters: p,
      loss(): number {
        return half(this.parameters);
      },
      gradients(): Network {
        const claimed = gradient(this.parameters);
        this.parameters = network();
        return claimed;
      },
    };
    expect(summary(check(model) as GradientReport)).toEqual(mutated('gradients'));
    expect(model.parameters).toBe(p);
  });
});

describe('an error of the user’s own passes unchanged', () => {
  it.each<{ kind: string; thrown: unknown }>([
    { kind: 'an error', thrown: own },
    { kind: 'a TypeError', thrown: new TypeError('of the user') },
    { kind: 'a string', thrown: 'no error at all' },
    { kind: 'nothing', thrown: undefined },
  ])('when $kind is thrown', async ({ thrown }) => {
    const toss = (): never => {
      // oxlint-disable-next-line typescript/only-throw-error -- users throw what they like
      throw thrown;
    };
    const p = network();
    const right = { parameters: p, loss: () => half(p), gradients: () => gradient(p) };
    for (const model of [
      { ...right, loss: toss },
      { ...right, gradients: toss },
      { ...right, loss: atCall(20, () => half(p), toss) },
    ])
      expect(ending(model)).toEqual({ thrown });
    for (const model of [
      { ...right, loss: () => Promise.resolve().then(toss) },
      { ...right, gradients: () => Promise.resolve().then(toss) },
      { ...right, loss: atCall(20, () => Promise.resolve(half(p)), toss) },
    ])
      expect(await asyncEnding(model)).toEqual({ thrown });
    expect(bitsOf(all(p))).toEqual(bitsOf(all(network())));
  });

  it('when it is thrown at the parameters, or with a single entry moved from there; elsewhere it may cost a look', () => {
    const p = network();
    const before = bitsOf(all(p));
    const movedAt: number[] = [];
    const right = { parameters: p, loss: () => half(p), gradients: () => gradient(p) };
    void check({
      ...right,
      loss: () => {
        const moved = bitsOf(all(p)).filter((bits, i) => bits !== before[i]);
        movedAt.push(moved.length);
        return half(p);
      },
    });
    expect(movedAt.filter((moved) => moved < 2).length).toBeGreaterThan(2 * before.length);
    for (const [n, moved] of movedAt.entries()) {
      const ended = ending({ ...right, loss: atCall(n, () => half(p), fail) });
      const found = 'thrown' in ended ? ended.thrown : ended.report.verdict;
      expect(moved > 1 ? [own, 'correct'] : [own]).toContain(found);
    }
    expect(bitsOf(all(p))).toEqual(before);
  });

  it('and is the very same object', () => {
    const p = network();
    const ended = ending({
      parameters: p,
      loss: atCall(20, () => half(p), fail),
      gradients: () => gradient(p),
    });
    expect('thrown' in ended && ended.thrown).toBe(own);
  });

  it('when a getter of the parameters throws', () => {
    const parameters = {
      get W(): never {
        return fail();
      },
    };
    const ended = ending({ parameters, loss: () => 0, gradients: () => undefined });
    expect('thrown' in ended && ended.thrown).toBe(own);
  });
});
