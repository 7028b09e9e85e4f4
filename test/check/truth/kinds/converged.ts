/**
 * Models near an exact fit, or at a minimum. What a claim rounds there is the rounding of the residuals beside the residuals, and what the loss shows
 * is their square: with a residual of δ beside targets of 1, in an arithmetic of unit u, both are known to about u/δ (the loss's rounding falls with the
 * distance as the residuals do, so that a distance of δ costs nothing). So with δ ≥ 10⁴ u every verdict is demanded; where claim and loss are rounding and
 * nothing else, a right claim may not be wrong and a wrong one not correct (rules 11 to 13).
 */
import { CORRECT, Kind, NOT_CORRECT, NOT_WRONG, type TruthCase, WRONG } from '../case.js';
import { type Arithmetic, float32, float64, inside32, stored32, summed64 } from '../models/arithmetic.js';
import { type Change, changed, decayed, oneOff, times, zeroed } from '../models/changes.js';
import { Draws, lehmer } from '../models/draws.js';
import { beside, descended, interpolated } from '../models/fit.js';
import { attention, convolution, factorised, recurrent } from '../models/more-nets.js';
import { modelOf, type Net } from '../models/net.js';
import { linear, perceptron, SMOOTH } from '../models/nets.js';
import { once } from '../models/once.js';

const f = Math.fround;

/** Least squares with more weights than rows, residuals of `gap` beside targets of 1 (the first file of the cases). */
function nearFit(uniform: () => number, gap: number, rows: number, columns: number, factor: number) {
  const X = Array.from({ length: rows }, () => Array.from({ length: columns }, uniform));
  const w = Float64Array.from({ length: columns }, uniform);
  const dot = (row: readonly number[]): number => row.reduce((sum, x, j) => sum + x * w[j]!, 0);
  const y = X.map(dot);
  for (const j of w.keys()) w[j]! += gap * uniform();
  const residuals = (): number[] => X.map((row, i) => dot(row) - y[i]!);
  return {
    parameters: { w },
    loss: () => residuals().reduce((sum, r) => sum + r ** 2, 0),
    gradients: () => {
      const r = residuals();
      return { w: w.map((_, j) => X.reduce((sum, row, i) => sum + factor * 2 * r[i]! * row[j]!, 0)) };
    },
  };
}

/** A line of best fit in float32, trained until nothing moves any more (the second file). */
function trainedLine(seed: number, rows: number, columns: number, factor: number) {
  const draw = lehmer(977 * seed, 1.5);
  const uniform = (): number => f(draw());
  const X = Array.from({ length: rows }, () => Float32Array.from({ length: columns }, uniform));
  const y = Float32Array.from({ length: rows }, uniform);
  const w = new Float32Array(columns);
  const residuals = (): number[] =>
    X.map((row, i) => f(row.reduce((sum, x, j) => f(sum + f(x * w[j]!)), 0) - y[i]!));
  const gradient = (): Float32Array => {
    const g = new Float32Array(columns);
    for (const [i, r] of residuals().entries())
      for (const [j, x] of X[i]!.entries()) g[j] = f(g[j]! + f(f(2 * r) * x));
    return g;
  };
  for (let step = 0; step < 4000; step += 1) for (const [j, g] of gradient().entries()) w[j]! -= 0.03 * g;
  return {
    parameters: { w },
    loss: () => residuals().reduce((sum, r) => f(sum + f(r * r)), 0),
    gradients: () => ({ w: gradient().map((g) => factor * g) }),
  };
}

/** The inputs that are given as files, to the letter. */
export function files(): TruthCase[] {
  const kind = new Kind('converged');
  // The generator runs on from one size of the residuals to the next.
  const draw = lehmer(11);
  for (const gap of [1e-7, 1e-9, 1e-10, 1e-11]) {
    const drawn = Array.from({ length: 4 * 8 + 8 + 8 }, draw);
    const uniform = (): (() => number) => {
      const values = drawn.values();
      return () => values.next().value!;
    };
    kind.add(`least squares, weights ${gap} off, right`, () => nearFit(uniform(), gap, 4, 8, 1), CORRECT);
    kind.add(`least squares, weights ${gap} off, doubled`, () => nearFit(uniform(), gap, 4, 8, 2), WRONG);
  }
  for (let seed = 1; seed <= 6; seed += 1) {
    // Of a claim that is rounding and nothing else no digit is known: a right one is not wrong, another one not correct.
    kind.add(`float32 to the end, seed ${seed}, right`, () => trainedLine(seed, 3, 7, 1), NOT_WRONG);
    kind.add(`float32 to the end, seed ${seed}, negated`, () => trainedLine(seed, 3, 7, -1), NOT_CORRECT);
  }
  return kind.cases;
}

/** A net with more parameters than residuals, of one of several architectures. */
function overparameterised(draws: Draws): [string, () => Net] {
  const seed = draws.integer(1, 1e6);
  const fresh = (): Draws => new Draws(seed);
  const hidden = draws.integer(3, 7);
  const rows = draws.integer(2, 4);
  const activation = draws.pick(SMOOTH);
  const architecture = draws.pick([
    'perceptron',
    'deep',
    'linear',
    'recurrent',
    'convolution',
    'factorised',
    'attention',
  ] as const);
  const name = `${architecture} ${activation} ${hidden}/${rows} (${seed})`;
  switch (architecture) {
    case 'perceptron':
      return [name, () => perceptron(fresh(), { widths: [3, hidden, 1], activation, rows })];
    case 'deep':
      return [name, () => perceptron(fresh(), { widths: [2, hidden, 4, 2], activation, rows })];
    case 'linear':
      return [name, () => linear(fresh(), rows, hidden + 3)];
    case 'recurrent':
      return [name, () => recurrent(fresh(), hidden - 1, 3, rows)];
    case 'convolution':
      return [name, () => convolution(fresh(), hidden, 3, activation)];
    case 'factorised':
      return [name, () => factorised(fresh(), 3, 3, 2)];
    case 'attention':
      return [name, () => attention(fresh(), { tokens: 2, width: 2 })];
  }
}

const firstName = (net: Net): string => Object.keys(net.parameters)[0]!;

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('converged');
  const draws = new Draws(seed * 7919 + 1);
  /** The right claim and some wrong ones, of a model that is trained once. */
  const table = (
    name: string,
    net: () => Net,
    arithmetic: Arithmetic,
    known: boolean,
    wrongs: readonly (readonly [string, (net: Net) => Change])[],
  ): void => {
    const model = (): ReturnType<typeof modelOf> => modelOf(net(), arithmetic);
    kind.add(`${name}, right`, model, known ? CORRECT : NOT_WRONG);
    for (const [mistake, change] of wrongs)
      kind.add(`${name}, ${mistake}`, () => changed(model(), change(net())), known ? WRONG : NOT_CORRECT);
  };
  const doubled = ['doubled', () => times(2)] as const;
  const negated = ['negated', () => times(-1)] as const;
  const halved = ['halved', () => times(0.5)] as const;
  const forgotten = ['first parameter never computed', (net: Net) => zeroed(firstName(net))] as const;
  const entry = ['one entry off', (net: Net) => oneOff(firstName(net), 0, 1)] as const;

  // Doubles: residuals of 1e-10 are known to 1e-6.
  for (const [k, gap] of [1e-5, 1e-7, 1e-8, 1e-9, 1e-10, 1e-10].entries()) {
    const [name, make] = overparameterised(draws);
    const net = once(() => beside(interpolated(make()), gap, new Draws(seed + k)));
    const other = draws.pick([doubled, negated, halved, entry, forgotten]);
    table(`float64, ${gap} beside an exact fit, ${name}`, net, float64, true, [other]);
  }
  // Trained to the last bit: what is left is rounding.
  for (let k = 0; k < 3; k += 1) {
    const [name, make] = overparameterised(draws);
    table(
      `float64, exact fit, ${name}`,
      once(() => interpolated(make())),
      float64,
      false,
      [negated],
    );
  }
  // Single precision, to the end.
  for (const arithmetic of [float32, float32, inside32, summed64]) {
    const [name, make] = overparameterised(draws);
    const net = once(() => descended(interpolated(make()), arithmetic, 60));
    table(`${arithmetic.name}, to the end, ${name}`, net, arithmetic, false, [
      draws.pick([negated, doubled]),
    ]);
  }
  // Single precision, residuals of 1e-3: 10⁴ units.
  for (const arithmetic of [float32, summed64]) {
    const [name, make] = overparameterised(draws);
    const net = once(() => beside(interpolated(make()), 2e-3, new Draws(seed)));
    table(`${arithmetic.name}, 0.002 beside an exact fit, ${name}`, net, arithmetic, true, [
      draws.pick([doubled, negated, halved]),
    ]);
  }
  // Doubles in a Float32Array: the fit is as exact as the storage, 6e-8, and known to 1e-8 of that.
  {
    const [name, make] = overparameterised(draws);
    table(
      `stored as float32, ${name}`,
      once(() => interpolated(make())),
      stored32,
      true,
      [draws.pick([doubled, negated])],
    );
  }
  // Gradient descent that was stopped, in a net that can't fit all rows: slopes of some 1e-3 beside a loss of 1.
  for (let k = 0; k < 2; k += 1) {
    const activation = draws.pick(SMOOTH);
    const hidden = draws.integer(2, 4);
    const net = once(() =>
      descended(
        perceptron(new Draws(seed + 31 * k), { widths: [2, hidden, 1], activation, rows: 30 }),
        float64,
        150,
      ),
    );
    table(`float64, descended, ${activation} ${hidden}`, net, float64, true, [
      draws.pick([doubled, negated, entry]),
    ]);
  }
  // The minimum of a quadratic, more rows than weights: no slope, and a loss that is not zero. Right by rule 2; a claim with the slope of a penalty that
  // the loss has not is wrong by all of it.
  {
    const rows = draws.integer(9, 14);
    const net = once(() => descended(linear(new Draws(seed + 77), rows, 4), float64, 4000, 0.01));
    table(`float64, minimum of a quadratic with ${rows} rows`, net, float64, true, [
      ['with the slope of a penalty', (own) => decayed(0.02, firstName(own))],
    ]);
  }
  return kind.cases;
}
