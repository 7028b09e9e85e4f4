/**
 * Losses of any size, from 1e-300 to 1e300, and saturated nets. A double has its 53 bits at any size, so a tiny loss is known as a large one is and every verdict is
 * demanded; only where the loss leaves the normal numbers is less known. Saturated units have slopes of e^(−2z): as long as these move the loss by 200 of its quanta over an eighth of a
 * parameter, they are known, too.
 */
import { CORRECT, Kind, NOT_CORRECT, NOT_WRONG, type TruthCase, WRONG } from '../case.js';
import { type Arithmetic, float32, float64 } from '../models/arithmetic.js';
import { changed, oneOff, times, zeroed } from '../models/changes.js';
import { Draws } from '../models/draws.js';
import { of } from '../models/formula.js';
import { CLEAR, quanta, ulp } from '../models/knowable.js';
import { attention, convolution, factorised, gated, recurrent } from '../models/more-nets.js';
import { type Claimed, modelOf, type Net } from '../models/net.js';
import { perceptron, SMOOTH } from '../models/nets.js';
import { once } from '../models/once.js';

function anyNet(draws: Draws): Net {
  switch (
    draws.pick(['perceptron', 'recurrent', 'attention', 'convolution', 'gated', 'factorised'] as const)
  ) {
    case 'perceptron':
      return perceptron(draws, {
        widths: [3, draws.integer(2, 5), 2],
        activation: draws.pick(SMOOTH),
        rows: 4,
      });
    case 'recurrent':
      return recurrent(draws, 3, 3, 3);
    case 'attention':
      return attention(draws, { tokens: 3, width: 2, biases: false });
    case 'convolution':
      return convolution(draws, 2, 3, 'silu');
    case 'gated':
      return gated(draws, 2, 3, 3);
    case 'factorised':
      return factorised(draws, 3, 4, 2);
  }
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('tiny losses and saturation');
  const draws = new Draws(seed * 7919 + 17);
  for (const power of [-290, -200, -100, -30, -12, 30, 150, 290]) {
    const own = draws.integer(1, 1e6);
    const scale = 10 ** (power + draws.uniform(-3, 3));
    const model = (): Claimed => modelOf(anyNet(new Draws(own)), float64, { scale });
    const names = Object.keys(model().parameters);
    const name = `${names.join(' ')} times ${scale.toExponential(0)}`;
    kind.add(`${name}, right`, model, CORRECT);
    const at = draws.pick(names);
    const [title, change] = draws.pick([
      ['negated', times(-1, at)],
      ['1 % off', times(1.01, at)],
      ['never computed', zeroed(at)],
      ['one entry off', oneOff(at, 0, 0.5)],
    ] as const);
    kind.add(`${name}, ${at} ${title}`, () => changed(model(), change), WRONG, { wrongIn: at });
  }
  // Below the normal numbers: 1e-312 has 12 decimals less.
  {
    const own = draws.integer(1, 1e6);
    const model = (): Claimed =>
      modelOf(perceptron(new Draws(own), { widths: [2, 3, 1], activation: 'tanh', rows: 3 }), float64, {
        scale: 1e-316,
      });
    kind.add('subnormal losses, right', model, NOT_WRONG);
    kind.add('subnormal losses, negated', () => changed(model(), times(-1)), NOT_CORRECT);
  }
  // A tiny loss in single precision, far above its smallest number.
  {
    const own = draws.integer(1, 1e6);
    const scale = draws.power(-15, -10);
    const model = (): Claimed => modelOf(factorised(new Draws(own), 3, 3, 2), float32, { scale });
    kind.add(`float32 times ${scale.toExponential(0)}, right`, model, CORRECT);
    kind.add(
      `float32 times ${scale.toExponential(0)}, left doubled`,
      () => changed(model(), times(2, 'left')),
      WRONG,
      { wrongIn: 'left' },
    );
  }
  // Saturated: the weights of a layer are so large that its units stand at their ends for every row.
  const gains: readonly (readonly [Arithmetic, 'tanh' | 'sigmoid', number])[] = [
    [float64, 'tanh', draws.uniform(3, 5)],
    [float64, 'sigmoid', draws.uniform(6, 12)],
    [float64, 'tanh', draws.uniform(9, 14)],
    [float64, 'sigmoid', draws.uniform(20, 40)],
    [float32, 'tanh', draws.uniform(3, 5)],
    [float32, 'sigmoid', draws.uniform(8, 14)],
  ];
  for (const [k, [arithmetic, activation, gain]] of gains.entries()) {
    const own = draws.integer(1, 1e6);
    const net = once(() => {
      const made = perceptron(new Draws(own), { widths: [2, draws.integer(2, 5), 1], activation, rows: 4 });
      return {
        ...made,
        parameters: {
          ...made.parameters,
          W0: made.parameters['W0']!.map((w) => gain * w),
          b0: made.parameters['b0']!.map((w) => gain * w),
        },
      };
    });
    const model = (): Claimed => modelOf(net(), arithmetic);
    const known = quanta(model(), ulp(model().loss(), arithmetic === float32 ? 24 : 53));
    const least = Math.min(...Object.values(known));
    // A gain of g makes the slope fall over 1/g of the parameter: so much less of it can be used.
    const clear = (count: number): boolean => count >= CLEAR * gain * 10;
    const name = `${k}: ${activation} saturated by ${gain.toFixed(1)}, ${arithmetic.name}, ${least.toExponential(0)} quanta`;
    kind.add(`${name}, right`, model, clear(least) ? CORRECT : NOT_WRONG);
    kind.add(
      `${name}, W0 negated`,
      () => changed(model(), times(-1, 'W0')),
      clear(known['W0']!) ? WRONG : NOT_CORRECT,
      { wrongIn: 'W0' },
    );
    kind.add(
      `${name}, W1 doubled`,
      () => changed(model(), times(2, 'W1')),
      clear(known['W1']!) ? WRONG : NOT_CORRECT,
      { wrongIn: 'W1' },
    );
  }
  // erfc-like tails, Gaussians far out: a loss of 1e-30 that falls steeply.
  for (const far of [draws.uniform(4, 8), draws.uniform(12, 20)]) {
    const model = (factor: number): Claimed =>
      of(
        [far, 1.3],
        (x, s) => Math.exp((-x * x) / (2 * s * s)),
        (x, s) => {
          const y = Math.exp((-x * x) / (2 * s * s));
          return [(-factor * x * y) / (s * s), (x * x * y) / s ** 3];
        },
      );
    kind.add(`a Gaussian at ${far.toFixed(1)}, right`, () => model(1), CORRECT);
    kind.add(`a Gaussian at ${far.toFixed(1)}, its place negated`, () => model(-1), WRONG);
  }
  return kind.cases;
}
