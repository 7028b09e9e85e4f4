/**
 * Checks along random directions. A right claim is right; two entries exchanged, two off by as much in opposite ways, a transposed matrix, and a single entry off by
 * 1e-3 or 1e-4 of its parameter's root mean square in doubles (a thousand tolerances), are wrong, in the parameter where they are: equal errors can't cancel, and nothing
 * blunter overrules what a look has seen (sections 4b and 3). In single precision the errors are those that it resolves: three root mean squares and more.
 */
import { CORRECT, Kind, type TruthCase, WRONG } from '../case.js';
import { type Arithmetic, float32, float64 } from '../models/arithmetic.js';
import {
  type Change,
  changed,
  exchanged,
  extremesExchanged,
  oneOff,
  opposite,
  times,
  transposed,
  zeroed,
} from '../models/changes.js';
import { Draws, lehmer } from '../models/draws.js';
import type { Arrays, Claimed } from '../models/net.js';
import { modelOf } from '../models/net.js';
import { perceptron } from '../models/nets.js';

const DIRECTIONAL = { options: { method: 'directional' } } as const;

/** Many arrays under Σ cosh x + 0.3 x (a file of the cases). */
function manyArrays(): Claimed {
  const uniform = lehmer(17);
  const P = Object.fromEntries(
    Array.from({ length: 26 }, (_, k) => [`layer${k}`, Float64Array.from({ length: 450 }, uniform)]),
  );
  return {
    parameters: P,
    loss: () =>
      Object.values(P).reduce((sum, a) => sum + a.reduce((q, x) => q + Math.cosh(x) + 0.3 * x, 0), 0),
    gradients: () =>
      Object.fromEntries(Object.entries(P).map(([name, a]) => [name, a.map((x) => Math.sinh(x) + 0.3)])),
  };
}

export function files(): TruthCase[] {
  const kind = new Kind('directional');
  kind.add('26 arrays, right', manyArrays, CORRECT, DIRECTIONAL);
  for (let k = 0; k < 26; k += 2) {
    const [i, j] = [(37 * k + 5) % 450, (151 * k + 200) % 450];
    const name = `layer${k}`;
    const more = { ...DIRECTIONAL, wrongIn: name };
    kind.add(
      `26 arrays, two entries of ${name} exchanged`,
      () => changed(manyArrays(), exchanged(name, i, j)),
      WRONG,
      more,
    );
    const pair: Change = (claim) => {
      claim[name]![i]! += 0.4;
      claim[name]![j]! -= 0.4;
    };
    kind.add(`26 arrays, ±0.4 in ${name}`, () => changed(manyArrays(), pair), WRONG, more);
  }
  return kind.cases;
}

type Law = readonly [name: string, f: (x: number) => number, slope: (x: number) => number];

const LAWS: readonly Law[] = [
  ['log cosh', (x) => Math.log(Math.cosh(x)), Math.tanh],
  ['sin', (x) => Math.sin(x + 0.4), (x) => Math.cos(x + 0.4)],
  ['exp', (x) => Math.exp(x / 2), (x) => Math.exp(x / 2) / 2],
  ['quartic', (x) => x ** 4 / 4 - x, (x) => x ** 3 - 1],
  ['softplus', (x) => Math.log1p(Math.exp(x)), (x) => 1 / (1 + Math.exp(-x))],
];

/** Arrays of several sizes under separable laws, each entry beside its neighbour so that they are not alone. */
function separable(draws: Draws, sizes: readonly number[], [, f, slope]: Law): Claimed {
  const P: Arrays = Object.fromEntries(
    sizes.map((size, k) => [`p${k}`, Float64Array.from(draws.list(size, 1.5))]),
  );
  const couple = 0.1;
  return {
    parameters: P,
    loss: () =>
      Object.values(P).reduce(
        (sum, a) => sum + a.reduce((q, x, i) => q + f(x) + couple * x * a[(i + 1) % a.length]!, 0),
        0,
      ),
    gradients: () =>
      Object.fromEntries(
        Object.entries(P).map(([name, a]) => {
          const n = a.length;
          return [name, a.map((x, i) => slope(x) + couple * (a[(i + 1) % n]! + a[(i + n - 1) % n]!))];
        }),
      ),
  };
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('directional');
  const draws = new Draws(seed * 7919 + 10);
  const table = (
    title: string,
    model: () => Claimed,
    mistakes: readonly (readonly [string, string, Change])[],
  ): void => {
    kind.add(`${title}, right`, model, CORRECT, DIRECTIONAL);
    for (const [mistake, name, change] of mistakes)
      kind.add(`${title}, ${name}: ${mistake}`, () => changed(model(), change), WRONG, {
        ...DIRECTIONAL,
        wrongIn: name,
      });
  };
  for (const law of [draws.pick(LAWS), draws.pick(LAWS)]) {
    const own = draws.integer(1, 1e6);
    const sizes = Array.from({ length: draws.integer(3, 22) }, () => draws.integer(20, 400));
    const at = (): string => `p${draws.integer(0, sizes.length - 1)}`;
    const [a, b, c, d] = [at(), at(), at(), at()];
    const place = (): number => draws.integer(0, 19);
    table(`${sizes.length} arrays, ${law[0]} (${own})`, () => separable(new Draws(own), sizes, law), [
      ['the largest and the smallest exchanged', a, extremesExchanged(a)],
      ['two off by ±0.1 rms', b, opposite(b, place(), 19, 0.1)],
      ['an entry off by 1e-3 rms', c, oneOff(c, place(), 1e-3)],
      ['an entry off by 1e-4 rms', d, oneOff(d, place(), -1e-4)],
      ['all negated', a, times(-1, a)],
    ]);
  }
  const nets: readonly (readonly [Arithmetic, readonly number[], 'tanh' | 'softplus' | 'relu'])[] = [
    [float64, [6, draws.integer(10, 20), 8, 2], 'tanh'],
    [float64, [9, draws.integer(12, 24), 3], 'softplus'],
    [float64, [8, draws.integer(14, 24), 2], 'relu'],
    [float32, [8, draws.integer(12, 20), 2], 'tanh'],
  ];
  for (const [arithmetic, widths, activation] of nets) {
    const own = draws.integer(1, 1e6);
    const model = (): Claimed =>
      modelOf(perceptron(new Draws(own), { widths, activation, rows: 6 }), arithmetic);
    const title = `${arithmetic.name}, ${activation} ${widths.join('-')}`;
    const single = arithmetic === float32;
    table(title, model, [
      ['transposed', 'W0', transposed('W0', widths[0]!)],
      ['never computed', 'b0', zeroed('b0')],
      single
        ? ['an entry off by 6 rms', 'W1', oneOff('W1', 3, 6)]
        : ['an entry off by 1e-3 rms', 'W1', oneOff('W1', 3, 1e-3)],
      single ? ['doubled', 'W1', times(2, 'W1')] : ['an entry off by 1e-4 rms', 'W0', oneOff('W0', 7, 1e-4)],
      ...(single
        ? []
        : ([['the largest and the smallest exchanged', 'b0', extremesExchanged('b0')]] as const)),
    ]);
  }
  return kind.cases;
}
