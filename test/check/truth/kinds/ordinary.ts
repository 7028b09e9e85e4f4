/**
 * Ordinary models at generic points, as controls: every right claim is `correct` and every mistake `wrong` where it is, in doubles and in single precision. What mends the hard kinds
 * may not break these.
 */
import { CORRECT, Kind, type TruthCase, WRONG } from '../case.js';
import { type Arithmetic, float32, float64, inside32, stored32, summed64 } from '../models/arithmetic.js';
import {
  type Change,
  changed,
  decayed,
  extremesExchanged,
  oneOff,
  oneTimes,
  plus,
  times,
  transposed,
  zeroed,
} from '../models/changes.js';
import { Draws } from '../models/draws.js';
import { attention, convolution, factorised, gated, normalisedNet, recurrent } from '../models/more-nets.js';
import { type Claimed, modelOf, type Net } from '../models/net.js';
import { type ActivationName, ACTIVATIONS, linear, perceptron } from '../models/nets.js';

const NETS: Readonly<Record<string, (draws: Draws) => Net>> = {
  perceptron: (draws) =>
    perceptron(draws, {
      widths: [3, draws.integer(3, 7), 2],
      activation: draws.pick(Object.keys(ACTIVATIONS) as ActivationName[]),
      rows: 5,
    }),
  'deep perceptron': (draws) =>
    perceptron(draws, { widths: [2, 4, 4, 4, 2], activation: draws.pick(['tanh', 'elu', 'silu']), rows: 4 }),
  classifier: (draws) =>
    perceptron(draws, {
      widths: [3, draws.integer(3, 6), 4],
      activation: draws.pick(['relu', 'tanh', 'softplus']),
      rows: 6,
      classes: true,
    }),
  linear: (draws) => linear(draws, draws.integer(3, 8), draws.integer(2, 9)),
  recurrent: (draws) => recurrent(draws, draws.integer(2, 4), draws.integer(2, 5), 3),
  convolution: (draws) =>
    convolution(
      draws,
      draws.integer(2, 4),
      3,
      draws.pick(['tanh', 'silu', 'leaky']),
      draws.pick(['mean', 'max']),
    ),
  normalised: (draws) => normalisedNet(draws, 'units', draws.integer(3, 5), 'tanh'),
  factorised: (draws) => factorised(draws, draws.integer(3, 5), draws.integer(3, 5), 2),
  gated: (draws) => gated(draws, draws.integer(2, 4), draws.integer(2, 4), 3),
  attention: (draws) => attention(draws, { tokens: 3, width: 3, biases: false }),
};

/** Mistakes in an array of that many entries, all far above what single precision resolves. */
function mistake(draws: Draws, name: string, count: number): readonly [string, Change] {
  const some: (readonly [string, Change])[] = [
    ['negated', times(-1, name)],
    ['doubled', times(2, name)],
    ['halved', times(0.5, name)],
    ['never computed', zeroed(name)],
    ['10 % off', times(1.1, name)],
    ['an entry off', oneOff(name, draws.integer(0, count - 1), 0.6)],
    ['with the slope of a penalty', decayed(0.5, name)],
    ['off by a constant', plus(0.4, name)],
  ];
  if (count > 2) some.push(['the largest and the smallest exchanged', extremesExchanged(name)]);
  return draws.pick(some);
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('ordinary');
  const draws = new Draws(seed * 7919 + 18);
  const arithmetics: readonly Arithmetic[] = [
    float64,
    float32,
    stored32,
    float64,
    float32,
    summed64,
    inside32,
  ];
  for (const [k, [title, net]] of Object.entries(NETS).entries()) {
    const arithmetic = arithmetics[(k + seed) % arithmetics.length]!;
    const own = draws.integer(1, 1e6);
    const model = (): Claimed => modelOf(net(new Draws(own)), arithmetic);
    const { parameters } = model();
    // A bias before a normalisation has no effect: a mistake in what it rounds is none.
    const slopes = Object.entries(model().gradients()).map(
      ([of, g]) => [of, g.reduce((most, v) => Math.max(most, Math.abs(v)), 0)] as const,
    );
    const steepest = Math.max(...slopes.map(([, slope]) => slope));
    const plain = slopes.filter(([, slope]) => slope > 1e-3 * steepest).map(([of]) => of);
    const name = `${title}, ${arithmetic.name} (${own})`;
    kind.add(`${name}, right`, model, CORRECT);
    for (let times2 = 0; times2 < 2; times2 += 1) {
      const at = draws.pick(plain);
      const [wrong, change] = mistake(draws, at, parameters[at]!.length);
      kind.add(
        `${name}, ${at} ${wrong}${times2 === 1 ? ' (2)' : ''}`,
        () => changed(model(), change),
        WRONG,
        { wrongIn: at },
      );
    }
    // A layer whose backward pass was forgotten: it and what is before it in the model.
    if (k % 4 === 0)
      kind.add(
        `${name}, all but the last never computed`,
        () => changed(model(), zeroed(...Object.keys(parameters).slice(0, -1))),
        WRONG,
      );
    if (title === 'linear' || title === 'gated') {
      const matrix = title === 'linear' ? undefined : 'A';
      if (matrix !== undefined)
        kind.add(
          `${name}, A transposed`,
          () => changed(model(), transposed('A', parameters['A']!.length / 2)),
          WRONG,
          { wrongIn: 'A' },
        );
      else
        kind.add(`${name}, an entry negated`, () => changed(model(), oneTimes('w', 0, -1)), WRONG, {
          wrongIn: 'w',
        });
    }
  }
  return kind.cases;
}
