/**
 * Claims in half precision of which few numbers tell it: of one to four entries, of one binade, beside others in doubles, below the normal
 * numbers of float16, and of a backward pass that is computed in it. And claims in doubles that are round.
 */
import { CORRECT, type Kind, NOT_WRONG, WRONG } from '../case.js';
import { type Arithmetic, bfloat16, float16, float64, type Round } from '../models/arithmetic.js';
import { type Change, changed, oneTimes, times } from '../models/changes.js';
import { Draws } from '../models/draws.js';
import { formula } from '../models/formula.js';
import { type Arrays, type Claimed, modelOf, type Net } from '../models/net.js';
import { perceptron } from '../models/nets.js';

const FORMATS = [
  ['float16', float16],
  ['bfloat16', bfloat16],
] as const;

/** A right claim and wrong ones, the names of which say what was done to the parameter. */
const CHANGES = (name: string): readonly (readonly [string, Change])[] => [
  ['doubled', times(2, name)],
  ['negated', times(-1, name)],
  ['5 % off', times(1.05, name)],
  ['its largest entry negated', largestNegated(name)],
];

const largestNegated =
  (name: string): Change =>
  (claim, parameters) => {
    const sizes = [...claim[name]!].map(Math.abs);
    oneTimes(name, sizes.indexOf(Math.max(...sizes)), -1)(claim, parameters);
  };

/** The claim is changed, and then rounded. */
const rounded = (model: Claimed, round: Round, ...names: readonly string[]): Claimed =>
  changed(model, (claim) => {
    for (const name of names) claim[name] = claim[name]!.map(round);
  });

const bowls = (x: readonly number[], scale = 1): Claimed =>
  formula(
    { x },
    (p) => scale * p.x.reduce((sum, v) => sum + Math.exp(v) + v * v, 0),
    (p) => ({ x: Array.from(p.x, (v) => scale * (Math.exp(v) + 2 * v)) }),
  );

/** A right claim, rounded to both formats, and wrong ones. */
function addAll(
  kind: Kind,
  title: string,
  model: () => Claimed,
  name: string,
  formats = FORMATS.slice(),
): void {
  for (const [format, round] of formats) {
    kind.add(`${title} in ${format}, right`, () => rounded(model(), round, name), CORRECT);
    for (const [what, change] of CHANGES(name))
      kind.add(
        `${title} in ${format}, ${what}`,
        () => rounded(changed(model(), change), round, name),
        WRONG,
        {
          wrongIn: name,
          noFinding: 'stale-cache',
        },
      );
  }
}

/** A regression by softplus, Σ log(1 + exp(w·x + b)): all its numbers are of one size. */
function regression(draws: Draws): Net {
  const rows = Array.from({ length: 5 }, () => draws.list(6, 1));
  return {
    parameters: { w: draws.list(6, 1), b: draws.list(1, 1) },
    terms: (tape, { w, b }) =>
      rows.map((row) => {
        const z = row.reduce((sum, x, i) => tape.add(sum, tape.scale(w![i]!, x)), b![0]!);
        return tape.log(tape.shift(tape.exp(z), 1));
      }),
  };
}

/** The loss in doubles, the claim by a backward pass in another arithmetic. */
function backwardIn(round: Round, net: Net): Claimed {
  const model = modelOf(net, float64);
  const inside: Arithmetic = { name: 'half', round, storage: Float64Array };
  const other = modelOf(net, inside);
  const gradients = (): Arrays => {
    for (const [name, values] of Object.entries(model.parameters)) other.parameters[name]!.set([...values]);
    return other.gradients();
  };
  return { ...model, gradients };
}

/** Σ |w aᵢ − bᵢ| of whole numbers: the claim is one, wherever w is. */
const counted = (off: number): Claimed =>
  formula(
    { w: [1.3] },
    ({ w }) => WHOLE.reduce((sum, [a, b]) => sum + Math.abs(w[0]! * a - b), 0),
    ({ w }) => ({ w: [WHOLE.reduce((sum, [a, b]) => sum + a * Math.sign(w[0]! * a - b), off)] }),
  );
const WHOLE = Array.from({ length: 30 }, (_, i) => [3 + (i % 9), (i % 9) - 6 + (i % 4)] as const);

/** Σ c (x − k)² of whole numbers at whole numbers, the claim off by a factor. */
const quadratic = (factor: number): Claimed =>
  formula(
    { x: [3, 5, -7] },
    ({ x }) => x.reduce((sum, v, i) => sum + (v - i) ** 2, 0),
    ({ x }) => ({ x: Array.from(x, (v, i) => factor * 2 * (v - i)) }),
  );

export function addFew(kind: Kind, draws: Draws): void {
  for (const count of [1, 2, 3, 4]) {
    const x = draws.list(count, 1);
    addAll(kind, `${count} of a few entries`, () => bowls(x), 'x');
  }
  addAll(kind, 'three entries of one binade', () => bowls([0.81, 0.92, 1.0123]), 'x');
  addAll(kind, 'one entry, far from 1', () => bowls([-0.9], 300), 'x');
  for (const scale of [1e-5, 1e-6]) {
    const x = draws.list(8, 1.5);
    addAll(kind, `a loss of ${scale}`, () => bowls(x, scale), 'x', [FORMATS[0]]);
  }
  for (const name of ['b0', 'W1']) {
    const own = draws.integer(1, 1e6);
    const net = (): Net => perceptron(new Draws(own), { widths: [3, 4, 1], activation: 'tanh', rows: 5 });
    addAll(kind, `${name} of a net, the others in doubles,`, () => modelOf(net(), float64), name);
  }
  for (const [format, round] of FORMATS) {
    const own = draws.integer(1, 1e6);
    const model = (): Claimed => backwardIn(round, regression(new Draws(own)));
    kind.add(`a backward pass in ${format}, right`, model, NOT_WRONG);
    kind.add(`a backward pass in ${format}, w negated`, () => changed(model(), times(-1, 'w')), WRONG);
    kind.add(`a backward pass in ${format}, b doubled`, () => changed(model(), times(2, 'b')), WRONG);
  }
  kind.add('counts in doubles, right', () => counted(0), CORRECT);
  kind.add('counts in doubles, one off', () => counted(1), WRONG);
  kind.add('whole numbers in doubles, right', () => quadratic(1), CORRECT);
  kind.add('whole numbers in doubles, 0.4 % off', () => quadratic(1 + 2 ** -8), WRONG);
}
