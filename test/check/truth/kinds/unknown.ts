/**
 * Parameters of which nothing is known: their slope moves the loss by less than a quantum over an eighth of them, in a deep net in single precision, behind
 * saturated units, or beside a large offset. The whole is no better than its worst parameter (rule 13): with such a parameter negated or tripled the model is
 * not correct, and a right claim is not wrong. What is known beside it is judged as ever.
 */
import { Kind, NOT_CORRECT, NOT_WRONG, type TruthCase, WRONG } from '../case.js';
import { type Arithmetic, float32, float64 } from '../models/arithmetic.js';
import { changed, times } from '../models/changes.js';
import { Draws, lehmer } from '../models/draws.js';
import { formula } from '../models/formula.js';
import { CLEAR, quanta, ulp } from '../models/knowable.js';
import { recurrent } from '../models/more-nets.js';
import { type Arrays, type Claimed, modelOf, type Net } from '../models/net.js';
import { perceptron } from '../models/nets.js';
import { once } from '../models/once.js';

const f = Math.fround;

/** Eleven sigmoid layers in float32 (a file of the cases). */
function deepSigmoid(factor: number): Claimed {
  const H = 5;
  const depth = 11;
  const uniform = lehmer(29);
  const fill = (n: number, c: number): Float32Array => Float32Array.from({ length: n }, () => c * uniform());
  const X = Array.from({ length: 3 }, () => fill(H, 2));
  const y = fill(3, 1);
  const P: Record<string, Float32Array> = {};
  for (let l = 0; l < depth; l += 1) {
    P[`W${l}`] = fill(H * H, 0.8);
    P[`b${l}`] = new Float32Array(H);
  }
  P['out'] = fill(H, 1);
  const forward = (x: Float32Array): Float32Array[] => {
    const hs = [x];
    for (let l = 0; l < depth; l += 1)
      hs.push(
        Float32Array.from(P[`b${l}`]!, (b, j) => {
          let z = b;
          for (let k = 0; k < H; k += 1) z = f(z + f(hs[l]![k]! * P[`W${l}`]![k * H + j]!));
          return f(1 / f(1 + f(Math.exp(-z))));
        }),
      );
    return hs;
  };
  const error = (hs: readonly Float32Array[], i: number): number =>
    f(hs[depth]!.reduce((sum, h, j) => f(sum + f(h * P['out']![j]!)), 0) - y[i]!);
  const gradients = (): Arrays => {
    const g = Object.fromEntries(Object.entries(P).map(([name, v]) => [name, new Float32Array(v.length)]));
    for (const [i, x] of X.entries()) {
      const hs = forward(x);
      const e = f(2 * error(hs, i));
      let d = P['out']!.map((w, j) => {
        g['out']![j]! += e * hs[depth]![j]!;
        return e * w;
      });
      for (let l = depth - 1; l >= 0; l -= 1) {
        const z = d.map((v, j) => v * hs[l + 1]![j]! * (1 - hs[l + 1]![j]!));
        const back = new Float32Array(H);
        for (let j = 0; j < H; j += 1) {
          g[`b${l}`]![j]! += z[j]!;
          for (let k = 0; k < H; k += 1) {
            g[`W${l}`]![k * H + j]! += z[j]! * hs[l]![k]!;
            back[k]! += z[j]! * P[`W${l}`]![k * H + j]!;
          }
        }
        d = back;
      }
    }
    for (const name of ['W0', 'b0']) g[name] = g[name]!.map((v) => factor * v);
    return g;
  };
  return {
    parameters: P,
    loss: () =>
      X.reduce((sum, x, i) => {
        const e = error(forward(x), i);
        return f(sum + f(e * e));
      }, 0),
    gradients,
  };
}

export function files(): TruthCase[] {
  const kind = new Kind('unknown parameters');
  kind.add('eleven sigmoid layers in float32, right', () => deepSigmoid(1), NOT_WRONG);
  for (const factor of [-1, 3])
    kind.add(
      `eleven sigmoid layers in float32, first layer × ${factor}`,
      () => deepSigmoid(factor),
      NOT_CORRECT,
    );
  return kind.cases;
}

/** A plain parameter beside one that is saturated (tanh of large numbers, in doubles) or whose weight is far below the loss's last place. */
function besideSaturated(draws: Draws, saturation: number): Net {
  const c = draws.list(3, 1);
  return {
    parameters: {
      w: draws.list(3, 1).map((v) => v + Math.sign(v)),
      s: draws.list(2, 1).map((v) => Math.sign(v) * saturation),
    },
    terms: (tape, { w, s }) => [
      ...w!.map((node, i) => tape.scale(tape.square(tape.shift(node, -c[i]!)), 1)),
      ...s!.map((node) => {
        const t = tape.round(Math.tanh(tape.value(node)));
        return tape.unary(node, t, tape.round(1 - t) * (1 + t));
      }),
    ],
  };
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('unknown parameters');
  const draws = new Draws(seed * 7919 + 8);
  /** Claims of the parameter of which least is known, and of the one of which most is. */
  const table = (title: string, make: () => Net, arithmetic: Arithmetic, offset = 0): void => {
    const net = once(make);
    const finish = offset === 0 ? {} : { finish: (loss: number) => arithmetic.round(loss + offset) };
    const model = (): Claimed => modelOf(net(), arithmetic, finish);
    const loss = model().loss();
    const known = Object.entries(quanta(model(), ulp(loss, arithmetic === float32 ? 24 : 53))).toSorted(
      ([, a], [, b]) => a - b,
    );
    const [least, few] = known[0]!;
    const [most, many] = known.at(-1)!;
    const name = `${title}, ${few.toPrecision(2)} quanta of ${least}`;
    kind.add(`${name}, right`, model, NOT_WRONG);
    // Of a claim that is rounded to zero no factor shows.
    const isZero = Object.values(model().gradients()[least]!).every((value) => value === 0);
    for (const factor of isZero ? [] : [-1, 3])
      kind.add(`${name}, ${least} × ${factor}`, () => changed(model(), times(factor, least)), NOT_CORRECT, {
        wrongIn: least,
      });
    if (many >= CLEAR)
      kind.add(`${name}, ${most} negated`, () => changed(model(), times(-1, most)), WRONG, { wrongIn: most });
  };
  for (const depth of [draws.integer(8, 9), draws.integer(10, 12)]) {
    const own = draws.integer(1, 1e6);
    const width = draws.integer(3, 5);
    const widths = Array.from({ length: depth + 1 }, (_, l) => (l === depth ? 1 : width));
    table(
      `${depth} sigmoid layers, float32`,
      () => perceptron(new Draws(own), { widths, activation: 'sigmoid', rows: 3, gain: 0.8 }),
      float32,
    );
  }
  {
    const own = draws.integer(1, 1e6);
    table(
      '24 sigmoid layers, float64',
      () =>
        perceptron(new Draws(own), {
          widths: [...Array.from({ length: 24 }, () => 2), 1],
          activation: 'sigmoid',
          rows: 2,
        }),
      float64,
    );
    table(
      'a net beside 1e15',
      () => perceptron(new Draws(own), { widths: [2, 4, 1], activation: 'tanh', rows: 2, gain: 0.6 }),
      float64,
      1e15,
    );
    table(
      'a net beside 1e6 in float32',
      () => perceptron(new Draws(own), { widths: [2, 4, 1], activation: 'softplus', rows: 2, gain: 0.6 }),
      float32,
      1e6,
    );
    table('a recurrent net beside 1e7 in float32', () => recurrent(new Draws(own), 3, 3, 2), float32, 1e7);
    table(
      'beside a saturated tanh, float64',
      () => besideSaturated(new Draws(own), draws.uniform(18.2, 21)),
      float64,
    );
    table(
      'beside a saturated tanh, float32',
      () => besideSaturated(new Draws(own), draws.uniform(8.5, 10.5)),
      float32,
    );
  }
  // e⁻ᵃ beside a sum of squares: the slope of `a` is some 1e-20 of it.
  for (const factor of [1, -1, 3]) {
    const a = 45 + seed;
    kind.add(
      `e^−${a} beside squares, ${factor === 1 ? 'right' : `a × ${factor}`}`,
      () =>
        formula(
          { w: [1.5, -0.7], a: [a] },
          (p) => p.w[0]! ** 2 + p.w[1]! ** 2 + Math.exp(-p.a[0]!),
          (p) => ({ w: [2 * p.w[0]!, 2 * p.w[1]!], a: [-factor * Math.exp(-p.a[0]!)] }),
        ),
      factor === 1 ? NOT_WRONG : NOT_CORRECT,
    );
  }
  return kind.cases;
}
