/**
 * A parameter whose slope is small beside the others', and whose gradient is right, negated, doubled or was never computed. The claim may not decide how the loss is
 * looked at (rule 10): what the loss shows to a digit is shown for a claim of zero, too. It is shown where the slope moves the loss by 200 quanta over an
 * eighth of the parameter (or of the typical scale, where the parameter is zero); that is some 1e-12 beside a loss of 1 in doubles and 1e-4 in single precision.
 */
import { CORRECT, Kind, NOT_CORRECT, NOT_WRONG, type TruthCase, WRONG } from '../case.js';
import { type Arithmetic, float32, float64, inside32, summed64 } from '../models/arithmetic.js';
import { changed, plus, times, zeroed } from '../models/changes.js';
import { Draws } from '../models/draws.js';
import { formula } from '../models/formula.js';
import { CLEAR, quanta, ulp } from '../models/knowable.js';
import { attention, convolution, normalisedNet, recurrent } from '../models/more-nets.js';
import { type Claimed, modelOf, type Net } from '../models/net.js';
import { perceptron, SMOOTH } from '../models/nets.js';
import { once } from '../models/once.js';

/** 2.1 + 0.4 w₀² − 0.25 w₁ + slope · b (a file of the cases). */
const small = (single: boolean, slope: number, claim: number): Claimed =>
  formula(
    { w: [0.8, -0.6], b: [0] },
    ({ w, b }) => {
      const loss = 2.1 + 0.4 * w[0]! * w[0]! - 0.25 * w[1]! + slope * b[0]!;
      return single ? Math.fround(loss) : loss;
    },
    ({ w }) => ({ w: [0.8 * w[0]!, -0.25], b: [claim * slope] }),
  );

export function files(): TruthCase[] {
  const kind = new Kind('small slopes');
  for (const [name, single, slopes, least] of [
    ['float32', true, [1e-3, 1e-4, 4e-5, 2e-5], 1e-4],
    ['float64', false, [1e-8, 1e-9, 2e-10, 1e-10], 0],
  ] as const)
    for (const slope of slopes) {
      // At 4e-5 in single precision the resolution is at 0.1, where less than a digit is known.
      const known = slope >= least;
      kind.add(`${name}, slope ${slope}, right`, () => small(single, slope, 1), known ? CORRECT : NOT_WRONG);
      kind.add(`${name}, slope ${slope}, zero`, () => small(single, slope, 0), known ? WRONG : NOT_CORRECT, {
        wrongIn: 'b',
      });
      kind.add(
        `${name}, slope ${slope}, negated`,
        () => small(single, slope, -1),
        known ? WRONG : NOT_CORRECT,
        { wrongIn: 'b' },
      );
    }
  return kind.cases;
}

/** A net with one more array `r` whose slope is so many times smaller than those of the others: a penalty, a scale, a shift. */
function withSmall(
  net: Net,
  how: 'penalty' | 'linear' | 'bend',
  weight: number,
  count: number,
  draws: Draws,
): Net {
  const c = draws.list(count, 1.5);
  const start = how === 'penalty' ? draws.list(count, 1).map((v) => v + Math.sign(v) / 2) : c.map(() => 0);
  return {
    parameters: { ...net.parameters, r: start },
    terms: (tape, leaves) => [
      ...net.terms(tape, leaves),
      ...leaves['r']!.map((node, i) => {
        const x = tape.value(node);
        if (how === 'penalty') return tape.scale(tape.square(node), weight);
        if (how === 'linear') return tape.scale(node, weight * c[i]!);
        const s = Math.sin(c[i]! + x);
        return tape.scale(tape.unary(node, s, Math.cos(c[i]! + x)), weight);
      }),
    ],
  };
}

function anyNet(draws: Draws): Net {
  switch (draws.pick(['perceptron', 'recurrent', 'attention', 'convolution', 'normalised'] as const)) {
    case 'perceptron':
      return perceptron(draws, {
        widths: [2, draws.integer(2, 5), 1],
        activation: draws.pick(SMOOTH),
        rows: 4,
      });
    case 'recurrent':
      return recurrent(draws, 2, 3, 3);
    case 'attention':
      return attention(draws, { tokens: 3, width: 2, biases: false });
    case 'convolution':
      return convolution(draws, 2, 3, 'tanh');
    case 'normalised':
      return normalisedNet(draws, 'units', 4, 'tanh');
  }
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('small slopes');
  const draws = new Draws(seed * 7919 + 7);
  const table: readonly (readonly [Arithmetic, number, number])[] = [
    [float64, -4, -6],
    [float64, -7, -8],
    [float64, -9, -10],
    [float64, -10.5, -11],
    [float32, -2, -2.5],
    [float32, -3, -3.5],
    [inside32, -2, -3],
    [summed64, -2, -3],
  ];
  for (const [k, [arithmetic, high, low]] of table.entries()) {
    const own = draws.integer(1, 1e6);
    const weight = draws.power(low, high);
    const how = draws.pick(['penalty', 'linear', 'bend'] as const);
    const count = draws.integer(1, 4);
    const net = once(() => {
      const fresh = new Draws(own);
      return withSmall(anyNet(fresh), how, weight, count, fresh);
    });
    const model = (): Claimed => modelOf(net(), arithmetic);
    const bits = arithmetic === float64 ? 53 : 24;
    const known = quanta(model(), ulp(model().loss(), bits));
    const others = Object.entries(known).every(([name, n]) => name === 'r' || n >= CLEAR);
    const own200 = known['r']! >= CLEAR;
    const name = `${k}: ${arithmetic.name}, ${how} of ${count}, ${weight.toExponential(1)}, ${Math.round(known['r']!)} quanta`;
    kind.add(`${name}, right`, model, own200 && others ? CORRECT : NOT_WRONG);
    // Below 5 quanta a slope is within the uncertainty of zero, and zero may pass for it (rule 13).
    if (known['r']! < 5) continue;
    kind.add(`${name}, never computed`, () => changed(model(), zeroed('r')), own200 ? WRONG : NOT_CORRECT, {
      wrongIn: 'r',
    });
    kind.add(`${name}, negated`, () => changed(model(), times(-1, 'r')), own200 ? WRONG : NOT_CORRECT, {
      wrongIn: 'r',
    });
    // A constant in a claim that is never computed: the slope of a penalty of the wrong size.
    if (k % 2 === 0)
      kind.add(
        `${name}, off by a constant`,
        () => changed(model(), plus(3 * weight, 'r')),
        own200 ? WRONG : NOT_CORRECT,
        { wrongIn: 'r' },
      );
  }
  return kind.cases;
}
