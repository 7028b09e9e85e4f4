/**
 * Nets with many kinks at θ: blank rows under zero biases, zero weights, equal maxima, an image warp at the identity. What frameworks return there is one of
 * the slopes of each operation; of several operations together it need not lie between the slopes of the loss. A kink at θ is no mistake (rules 7 and 14) and is
 * decided beside θ, where the same code is right: `correct` at any size, whichever slope is taken at 0. A wrong claim is wrong beside θ by a plain amount, so `wrong`
 * is demanded, also where at θ it lies between the slopes (a gradient halved at its kinks, or zero).
 */
import { CORRECT, Kind, type TruthCase, WRONG } from '../case.js';
import { type Arithmetic, float32, float64, stored32 } from '../models/arithmetic.js';
import { changed, oneOff, times, zeroed } from '../models/changes.js';
import { Draws } from '../models/draws.js';
import { formula } from '../models/formula.js';
import { convolution } from '../models/more-nets.js';
import { type Claimed, modelOf, type Net, squares } from '../models/net.js';
import { perceptron } from '../models/nets.js';
import { once } from '../models/once.js';
import { blankRow, twoLeakyLayers } from './kink-files.js';

export function files(): TruthCase[] {
  const kind = new Kind('many kinks');
  for (const units of [64, 256, 280, 350, 500])
    kind.add(`blank row, ${units} units, right`, () => blankRow(units), CORRECT);
  for (let seed = 1; seed <= 20; seed += 1)
    kind.add(
      `two leaky layers, zero biases, seed ${seed}, right`,
      () => twoLeakyLayers(0, 331 * seed),
      CORRECT,
    );
  for (const seed of [1, 2, 3])
    kind.add(
      `two leaky layers, biases of 1e-3, seed ${seed}, right`,
      () => twoLeakyLayers(1e-3, 331 * seed),
      CORRECT,
    );
  return kind.cases;
}

/** Σ (what is read at place i + tᵢ, between two samples by their line, minus yᵢ)². At t = 0 every entry stands on a kink. */
function warp(draws: Draws, length: number, factor: number): Claimed {
  const image = draws.list(length + 2, 1.5);
  const y = draws.list(length, 1);
  const at = (place: number): [number, number] => {
    const cell = Math.floor(place);
    const rest = place - cell;
    const slope = image[cell + 1]! - image[cell]!;
    return [image[cell]! + rest * slope, slope];
  };
  return formula(
    { t: Array.from({ length }, () => 0) },
    (p) => y.reduce((sum, v, i) => sum + (at(i + 1 + p.t[i]!)[0] - v) ** 2, 0),
    (p) => ({
      t: y.map((v, i) => {
        const [value, slope] = at(i + 1 + p.t[i]!);
        return factor * 2 * (value - v) * slope;
      }),
    }),
  );
}

/** The largest of equal numbers, several groups of them, and a smooth term: d max = 1 for the first, or a share for each. */
function ties(draws: Draws, groups: number, size: number, claim: 'first' | 'shares' | 'none'): Claimed {
  const heights = draws.list(groups, 2);
  const weights = heights.map(() => draws.signed(0.5, 2));
  return formula(
    { x: heights.flatMap((h) => Array.from({ length: size }, () => h)) },
    (p) =>
      weights.reduce((sum, w, k) => sum + w * Math.max(...p.x.slice(k * size, (k + 1) * size)), 0) +
      p.x.reduce((sum, x) => sum + 0.05 * x * x, 0),
    (p) => ({
      x: Array.from(p.x, (x, i) => {
        const k = Math.floor(i / size);
        const group = Array.from(p.x.slice(k * size, (k + 1) * size));
        const top = Math.max(...group);
        const first = group.indexOf(top) === i % size ? 1 : 0;
        const share = x === top ? 1 / group.filter((v) => v === top).length : 0;
        return 0.1 * x + weights[k]! * { first, shares: share, none: 0 }[claim];
      }),
    }),
  );
}

/** Places that are given by weights, all zero, so that the units of the first layer stand on their kinks for every row. */
function zeroWeights(draws: Draws, hidden: number, slopeAtZero: number): Net {
  const inputs = 3;
  const rows = 4;
  const X = draws.rows(rows, inputs, 1.3);
  const y = draws.list(rows, 1);
  return squares(
    {
      W: Array.from({ length: inputs * hidden }, () => 0),
      v: draws.list(hidden, 1),
      S: draws.list(inputs, 0.8),
      c: draws.list(1, 0.5),
    },
    (tape, { W, v, S, c }) =>
      X.map((row, i) => {
        const x = row.map((value) => tape.leaf(tape.round(value)));
        const h = Array.from({ length: hidden }, (_, j) => {
          const z = tape.dot(
            x,
            x.map((_x, k) => W![k * hidden + j]!),
          );
          const a = tape.value(z);
          return tape.unary(z, Math.max(a, 0), a > 0 ? 1 : a < 0 ? 0 : slopeAtZero);
        });
        return tape.shift(tape.dot([...h, ...x], [...v!, ...S!], c![0]), -tape.round(y[i]!));
      }),
  );
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('many kinks');
  const draws = new Draws(seed * 7919 + 3);
  const table = (name: string, net: () => Net, arithmetic: Arithmetic, mistakes: readonly string[]): void => {
    const model = (): Claimed => modelOf(net(), arithmetic);
    kind.add(`${name}, right`, model, CORRECT);
    for (const mistake of mistakes) {
      if (mistake === 'negated') kind.add(`${name}, negated`, () => changed(model(), times(-1)), WRONG);
      else if (mistake === 'entry')
        kind.add(`${name}, an entry of W1 off`, () => changed(model(), oneOff('W1', 1, 1)), WRONG, {
          wrongIn: 'W1',
        });
      else
        kind.add(`${name}, ${mistake} halved`, () => changed(model(), times(0.5, mistake)), WRONG, {
          wrongIn: mistake,
        });
    }
  };
  // Blank rows: one to three layers, 8 to 300 units.
  const shapes: readonly (readonly [Arithmetic, 'relu' | 'leaky', readonly number[], readonly string[]])[] = [
    [float64, 'relu', [2, draws.integer(20, 60), 1], ['negated', 'b0']],
    [float64, 'leaky', [2, draws.integer(90, 130), 1], ['entry']],
    [float64, 'relu', [3, draws.integer(5, 9), draws.integer(4, 7), 2], ['negated']],
    [float64, 'leaky', [2, draws.integer(4, 7), draws.integer(4, 7), 1], ['b1', 'entry']],
    [float64, 'leaky', [2, 4, draws.integer(3, 5), 4, 1], ['negated']],
    [stored32, 'relu', [2, draws.integer(6, 12), 1], ['b0']],
    [float32, 'relu', [2, draws.integer(5, 9), 1], ['negated']],
    [float32, 'leaky', [2, 4, 4, 1], ['negated']],
  ];
  for (const [arithmetic, activation, widths, mistakes] of shapes) {
    const own = draws.integer(1, 1e6);
    const net = once(() => perceptron(new Draws(own), { widths, activation, rows: 3, bias: 0, blank: 1 }));
    table(`blank row, ${arithmetic.name}, ${activation} ${widths.join('-')}`, net, arithmetic, mistakes);
  }
  // Maxima over windows that are all equal: filters of zeros, or a blank signal.
  for (const pooling of ['max', 'mean'] as const) {
    const own = draws.integer(1, 1e6);
    const channels = draws.integer(2, 4);
    const net = once((): Net => {
      const made = convolution(new Draws(own), channels, 3, pooling === 'max' ? 'tanh' : 'relu', pooling);
      return {
        ...made,
        parameters: {
          ...made.parameters,
          filters: made.parameters['filters']!.map(() => 0),
          shifts: made.parameters['shifts']!.map(() => 0),
        },
      };
    });
    const model = (): Claimed => modelOf(net(), float64);
    kind.add(`filters of zeros, ${pooling} over ${channels} channels, right`, model, CORRECT);
    kind.add(
      `filters of zeros, ${pooling} over ${channels} channels, filters halved`,
      () => changed(model(), times(0.5, 'filters')),
      WRONG,
      { wrongIn: 'filters' },
    );
  }
  // Zero weights, with each of the slopes that a relu may have at 0.
  for (const slope of [0, 0.5, 1]) {
    const own = draws.integer(1, 1e6);
    const hidden = draws.integer(3, 6);
    const model = (): Claimed => modelOf(zeroWeights(new Draws(own), hidden, slope), float64);
    kind.add(`zero weights under ${hidden} relus of slope ${slope} at 0, right`, model, CORRECT);
    kind.add(
      `zero weights under ${hidden} relus of slope ${slope} at 0, S doubled`,
      () => changed(model(), times(2, 'S')),
      WRONG,
      { wrongIn: 'S' },
    );
    if (slope === 1)
      kind.add(
        `zero weights under ${hidden} relus, W never computed`,
        () => changed(model(), zeroed('W')),
        WRONG,
        { wrongIn: 'W' },
      );
  }
  // The identity warp, and equal maxima: halved or zero, the claim is between the slopes of every entry; beside θ it is not.
  const length = draws.integer(5, 12);
  const own = draws.integer(1, 1e6);
  kind.add(
    `warp of ${length} places at the identity, right`,
    () => warp(new Draws(own), length, 1),
    CORRECT,
    { finding: 'kink' },
  );
  kind.add(
    `warp of ${length} places at the identity, halved`,
    () => warp(new Draws(own), length, 0.5),
    WRONG,
  );
  kind.add(
    `warp of ${length} places at the identity, never computed`,
    () => warp(new Draws(own), length, 0),
    WRONG,
  );
  const size = draws.integer(2, 4);
  kind.add(`ties of ${size}, the first, right`, () => ties(new Draws(own), 3, size, 'first'), CORRECT, {
    finding: 'kink',
  });
  kind.add(`ties of ${size}, in shares, right`, () => ties(new Draws(own), 3, size, 'shares'), CORRECT, {
    finding: 'kink',
  });
  kind.add(`ties of ${size}, never computed`, () => ties(new Draws(own), 3, size, 'none'), WRONG);
  return kind.cases;
}
