/**
 * Losses that are rounded at the end: returned as float32, as half precision, with four decimals, or added to a large number. The loss stands still or
 * jumps by its quantum at small distances; over an eighth of a parameter the slope is plain if it moves the loss by many quanta. Where every parameter moves it
 * by 200 (a resolution of some 0.03), all verdicts are demanded; else a right claim is never wrong and a wrong one never correct. No format is ever asked for: the
 * arrays hold doubles.
 */
import { CORRECT, Kind, NOT_CORRECT, NOT_WRONG, type TruthCase, WRONG } from '../case.js';
import { bfloat16, decimals, float16, float64, type Round } from '../models/arithmetic.js';
import { changed, times } from '../models/changes.js';
import { Draws } from '../models/draws.js';
import { CLEAR, quanta, ulp } from '../models/knowable.js';
import { convolution, factorised, gated, recurrent } from '../models/more-nets.js';
import { type Claimed, modelOf, type Net } from '../models/net.js';
import { linear, perceptron, SMOOTH } from '../models/nets.js';
import { once } from '../models/once.js';
import { roundedFormulas } from './coarse-formulas.js';

interface Rounding {
  readonly name: string;
  readonly finish: Round;
  /** The quantum of a loss of that size. */
  readonly quantum: (loss: number) => number;
}

const to = (name: string, finish: Round, bits: number): Rounding => ({
  name,
  finish,
  quantum: (loss) => ulp(loss, bits),
});
const places = (count: number): Rounding => ({
  name: `${count} decimals`,
  finish: decimals(count),
  quantum: () => 10 ** -count,
});
const beside = (offset: number): Rounding => ({
  name: `beside ${offset.toExponential(0)}`,
  finish: (loss) => loss + offset,
  quantum: () => ulp(offset),
});
const besideSingle = (offset: number): Rounding => ({
  name: `float32 beside ${offset}`,
  finish: (loss) => Math.fround(loss + offset),
  quantum: () => ulp(offset, 24),
});
const wholes = (count: number): Rounding => ({
  name: `in whole units of 1/${count}`,
  finish: (loss) => Math.round(loss * count),
  quantum: () => 1,
});

function anyNet(draws: Draws): Net {
  const activation = draws.pick(SMOOTH);
  const kind = draws.pick([
    'perceptron',
    'classifier',
    'linear',
    'recurrent',
    'convolution',
    'factorised',
    'gated',
  ] as const);
  switch (kind) {
    case 'perceptron':
      return perceptron(draws, { widths: [2, draws.integer(2, 5), 1], activation, rows: 6 });
    case 'classifier':
      return perceptron(draws, { widths: [3, draws.integer(2, 4)], activation, rows: 8, classes: true });
    case 'linear':
      return linear(draws, 6, draws.integer(2, 6));
    case 'recurrent':
      return recurrent(draws, 2, 3, 4);
    case 'convolution':
      return convolution(draws, 2, 3, activation);
    case 'factorised':
      return factorised(draws, 3, 3, 2);
    case 'gated':
      return gated(draws, 2, 2, 3);
  }
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('coarse losses');
  const draws = new Draws(seed * 7919 + 6);
  const roundings = [
    to('float32', Math.fround, 24),
    to('float32', Math.fround, 24),
    to('float16', float16, 11),
    to('bfloat16', bfloat16, 8),
    places(3),
    places(4),
    places(6),
    places(8),
    beside(1e6),
    beside(1e9),
    beside(1e12),
    beside(-1e4),
    besideSingle(100),
    wholes(1000),
    wholes(1e6),
  ];
  for (const [k, { name, finish, quantum }] of roundings.entries()) {
    const own = draws.integer(1, 1e6);
    const net = once(() => anyNet(new Draws(own)));
    const scale = name.startsWith('in whole') ? 1 : draws.pick([1, 1, 10]);
    const model = (): Claimed => modelOf(net(), float64, { finish, scale });
    const plain = modelOf(net(), float64, { scale });
    const size = name.startsWith('in whole') ? 1 / Number(name.split('/')[1]) : quantum(plain.loss());
    const known = quanta(plain, size);
    const [best, most] = Object.entries(known).toSorted(([, a], [, b]) => b - a)[0]!;
    const clear = Object.values(known).every((count) => count >= CLEAR);
    const title = `${k}: ${name}, ${Object.keys(net().parameters).join(' ')}, ${Math.round(Math.min(...Object.values(known)))} quanta`;
    // In whole units the loss is not that of the claim, but so many times it.
    const inUnits = name.startsWith('in whole') ? times(1 / size) : times(1);
    const claimed = (factor: number, ...names: string[]): Claimed =>
      changed(changed(model(), inUnits), times(factor, ...names));
    kind.add(`${title}, right`, () => claimed(1), clear ? CORRECT : NOT_WRONG);
    const factor = draws.pick([2, -1, 0]);
    kind.add(`${title}, × ${factor}`, () => claimed(factor), most >= CLEAR ? WRONG : NOT_CORRECT);
    // The best known parameter is found wrong whatever is known of the others.
    if (k % 3 === 0 && most >= CLEAR)
      kind.add(`${title}, ${best} doubled`, () => claimed(2, best), WRONG, { wrongIn: best });
  }
  roundedFormulas(kind, draws);
  return kind.cases;
}
