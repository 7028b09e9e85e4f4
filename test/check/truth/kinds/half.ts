/**
 * Claims in half precision. A number in float16 is right to 2⁻¹¹ of itself, in bfloat16 to 2⁻⁸: the format is told from the numbers, in an array of any kind (rule 12), and
 * such a claim is right. What is off by more than twice that is wrong: 2 % in float16, 3 % in bfloat16, an entry of the other sign, doubled.
 */
import { CORRECT, Kind, NOT_CORRECT, NOT_WRONG, type TruthCase, WRONG } from '../case.js';
import {
  bfloat16,
  float16,
  float32,
  float64,
  type Round,
  type Storage,
  stored32,
} from '../models/arithmetic.js';
import { changed, times } from '../models/changes.js';
import { Draws } from '../models/draws.js';
import { formula } from '../models/formula.js';
import { attention, convolution, gated, recurrent } from '../models/more-nets.js';
import { type Claimed, modelOf, type Net } from '../models/net.js';
import { perceptron, SMOOTH } from '../models/nets.js';
import { addFew } from './half-few.js';

const X = Array.from({ length: 10 }, (_, i) => Math.cos(2 * i + 0.3) + 1.2);
const slopeOf = (v: number): number => 2 * v * Math.log(v + 1) + (v * v) / (v + 1);

/** Σ x² log(x + 1), the claim rounded and put into an array of any kind (a file of the cases). */
function entropy(
  round: Round,
  storage: Storage,
  change: (v: number, i: number) => number = (v) => v,
): Claimed {
  const x = Float64Array.from(X);
  return {
    parameters: { x },
    loss: () => x.reduce((sum, v) => sum + v * v * Math.log(v + 1), 0),
    gradients: () => ({ x: storage.from(x, (v, i) => round(change(slopeOf(v), i))) }),
  };
}

/** Σ sin(x + i) + x³/6, the claim to 11 bits (a file of the GPU's cases). */
const waves = (spoil: (v: number, i: number) => number): Claimed =>
  formula(
    { x: [0.45, -1.25, 0.85, 2.05, -0.35, 1.65, 1.15, -0.75] },
    (p) => p.x.reduce((sum, v, i) => sum + Math.sin(v + i) + (v * v * v) / 6, 0),
    (p) => ({ x: Array.from(p.x, (v, i) => float16(spoil(Math.cos(v + i) + (v * v) / 2, i))) }),
  );

const FORMATS = [
  ['float16', float16, 1.02],
  ['bfloat16', bfloat16, 1.03],
] as const;

export function files(): TruthCase[] {
  const kind = new Kind('half precision');
  for (const [name, round, off] of FORMATS)
    for (const storage of [Float64Array, Float32Array]) {
      const title = `${name} in a ${storage.name}`;
      kind.add(`${title}, right`, () => entropy(round, storage), CORRECT);
      kind.add(`${title}, × ${off}`, () => entropy(round, storage, (v) => off * v), WRONG);
      kind.add(
        `${title}, an entry negated`,
        () => entropy(round, storage, (v, i) => (i === 3 ? -v : v)),
        WRONG,
      );
    }
  kind.add('to 11 bits, right', () => waves((v) => v), CORRECT);
  kind.add('to 11 bits, doubled', () => waves((v) => 2 * v), WRONG);
  kind.add('to 11 bits, an entry 5 % off', () => waves((v, i) => (i === 1 ? 1.05 * v : v)), WRONG);
  const Half = (globalThis as { Float16Array?: Float64ArrayConstructor }).Float16Array;
  if (Half !== undefined) {
    kind.add('a Float16Array, right', () => entropy((v) => v, Half), CORRECT);
    kind.add('a Float16Array, doubled', () => entropy((v) => 2 * v, Half), WRONG);
  }
  return kind.cases;
}

function anyNet(draws: Draws): Net {
  switch (draws.pick(['perceptron', 'recurrent', 'attention', 'convolution', 'gated'] as const)) {
    case 'perceptron':
      return perceptron(draws, {
        widths: [3, draws.integer(3, 6), 2],
        activation: draws.pick(SMOOTH),
        rows: 5,
      });
    case 'recurrent':
      return recurrent(draws, 3, 3, 3);
    case 'attention':
      return attention(draws, { tokens: 3, width: 3, biases: false });
    case 'convolution':
      return convolution(draws, 3, 3, 'silu');
    case 'gated':
      return gated(draws, 3, 3, 3);
  }
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('half precision');
  const draws = new Draws(seed * 7919 + 13);
  for (const [k, arithmetic] of [float64, float64, stored32, float32].entries())
    for (const [name, claim, off] of FORMATS) {
      const own = draws.integer(1, 1e6);
      const model = (): Claimed => modelOf(anyNet(new Draws(own)), arithmetic, { claim });
      const first = Object.keys(model().parameters)[0]!;
      const title = `${k}: a net in ${arithmetic.name}, its claim in ${name}`;
      kind.add(`${title}, right`, model, CORRECT);
      // A claim is off before it is rounded.
      const spoiled = (factor: number, ...names: string[]): Claimed => {
        const plain = modelOf(anyNet(new Draws(own)), arithmetic);
        return changed(changed(plain, times(factor, ...names)), (g) => {
          for (const values of Object.values(g)) for (const i of values.keys()) values[i] = claim(values[i]!);
        });
      };
      const factor = draws.pick([2 * off - 1, 2, -1, 0]);
      kind.add(`${title}, ${first} × ${factor.toFixed(2)}`, () => spoiled(factor, first), WRONG, {
        wrongIn: first,
      });
    }
  // Only one parameter's claim is in half precision; another one's may be no coarser for that: 1e-4 off is wrong.
  for (const [name, claim] of FORMATS) {
    const own = draws.integer(1, 1e6);
    const base = (): Claimed =>
      modelOf(perceptron(new Draws(own), { widths: [3, 5, 2], activation: 'tanh', rows: 4 }), float64);
    const mixed = (off: number): Claimed =>
      changed(base(), (g) => {
        g['W0'] = g['W0']!.map(claim);
        for (const i of g['W1']!.keys()) g['W1']![i]! *= off;
      });
    kind.add(`W0's claim in ${name}, the others' in doubles, right`, () => mixed(1), CORRECT);
    kind.add(`W0's claim in ${name}, W1 3 % off in doubles`, () => mixed(1.03), WRONG, { wrongIn: 'W1' });
  }
  // The loss in half precision too: what it shows is coarse, and what is known is judged.
  for (const [name, claim] of FORMATS) {
    const own = draws.integer(1, 1e6);
    const model = (): Claimed =>
      modelOf(perceptron(new Draws(own), { widths: [2, 3, 1], activation: 'tanh', rows: 4 }), float64, {
        claim,
        finish: claim,
      });
    kind.add(`loss and claim in ${name}, right`, model, NOT_WRONG);
    kind.add(`loss and claim in ${name}, negated`, () => changed(model(), times(-1)), NOT_CORRECT);
  }
  // What is too small for float16 became 0, beside entries that did not: right to the last digit of the whole.
  {
    const own = draws.integer(1, 1e6);
    const model = (most: number): Claimed =>
      formula(
        { x: new Draws(own).list(6, 1.5) },
        (p) => p.x.reduce((sum, v, i) => sum + 10 ** (i - most) * Math.sin(v + i), 0),
        (p) => ({ x: Array.from(p.x, (v, i) => float16(10 ** (i - most) * Math.cos(v + i))) }),
      );
    kind.add('some entries below float16, right', () => model(5 + 3), CORRECT);
    // All of them are: a gradient that was lost.
    kind.add('all entries below float16', () => model(14), WRONG);
  }
  addFew(kind, draws);
  return kind.cases;
}
