/**
 * Losses that jitter: a relative 1e-12 to 1e-5 that depends on the last bits of the parameters (sums in no fixed order), or that differs from call to call, and losses out of a
 * solver whose number of iterations depends on the parameters. It is noise, measured where it is used: a slope is seen to about 6 σ^(2/3). Right: `correct` where that is
 * a digit with a margin; a wrong claim `wrong`. From call to call the loss is not repeatable: telling that is as good.
 */
import { CORRECT, Kind, NOT_CORRECT, NOT_WRONG, type TruthCase, WRONG } from '../case.js';
import { float64 } from '../models/arithmetic.js';
import { changed, oneOff, times, zeroed } from '../models/changes.js';
import { Draws } from '../models/draws.js';
import { formula } from '../models/formula.js';
import { convolution, gated, recurrent } from '../models/more-nets.js';
import { type Claimed, modelOf } from '../models/net.js';
import { perceptron } from '../models/nets.js';

/** Uniform in (−1, 1), from the bits of all parameters. */
function hash(parameters: Claimed['parameters']): number {
  let state = 0x811c9dc5;
  for (const values of Object.values(parameters)) {
    const words = new Uint32Array(Float64Array.from(values).buffer);
    for (const word of words) {
      state = Math.imul(state ^ word, 0x01000193);
      state ^= state >>> 15;
    }
  }
  state = Math.imul(state ^ (state >>> 13), 0x5bd1e995);
  return ((state ^ (state >>> 15)) >>> 0) / 2 ** 31 - 1;
}

const jittering = (model: Claimed, size: number): Claimed => ({
  ...model,
  loss: () => model.loss() * (1 + size * hash(model.parameters)),
});

/** Another amount at each call, the same calls always. */
function unrepeatable(model: Claimed, size: number, seed: number): Claimed {
  const draws = new Draws(seed);
  return { ...model, loss: () => model.loss() * (1 + size * draws.uniform()) };
}

/** x = a + ½ sin(b x) by iteration until a step is below `end`; the loss (x − 1)², and its slope by the implicit function theorem. */
function fixedPoint(a: number, b: number, end: number, factor: number): Claimed {
  const solve = (p: { a: ArrayLike<number>; b: ArrayLike<number> }): number => {
    let x = 0;
    for (;;) {
      const next = p.a[0]! + 0.5 * Math.sin(p.b[0]! * x);
      if (Math.abs(next - x) <= end) return next;
      x = next;
    }
  };
  return formula(
    { a: [a], b: [b] },
    (p) => (solve(p) - 1) ** 2,
    (p) => {
      const x = solve(p);
      const by = (factor * 2 * (x - 1)) / (1 - 0.5 * p.b[0]! * Math.cos(p.b[0]! * x));
      return { a: [by], b: [by * 0.5 * x * Math.cos(p.b[0]! * x)] };
    },
  );
}

/** The root of x³ + a x = b by bisection to `end`: the loss is a staircase of that height, far below what a slope moves it by. */
function bisected(a: number, b: number, end: number, factor: number): Claimed {
  const solve = (p: { a: ArrayLike<number>; b: ArrayLike<number> }): number => {
    let [low, high] = [0, 4];
    while (high - low > end) {
      const middle = (low + high) / 2;
      if (middle ** 3 + p.a[0]! * middle > p.b[0]!) high = middle;
      else low = middle;
    }
    return (low + high) / 2;
  };
  return formula(
    { a: [a], b: [b] },
    (p) => solve(p) ** 2,
    (p) => {
      const x = solve(p);
      const by = (factor * 2 * x) / (3 * x * x + p.a[0]!);
      return { a: [-by * x], b: [by] };
    },
  );
}

/** Explicit Euler steps of a fixed number, with the derivative carried along: exact for what is computed, whatever the ODE's is. */
function carried(rate: number, start: number, steps: number, factor: number): Claimed {
  const run = (k: number, y0: number): [number, number, number] => {
    let [y, byRate, byStart] = [y0, 0, 1];
    const h = 2 / steps;
    for (let i = 0; i < steps; i += 1) {
      const d = 1 + h * k * (1 - 2 * y);
      [y, byRate, byStart] = [y + h * k * y * (1 - y), byRate * d + h * y * (1 - y), byStart * d];
    }
    return [y, byRate, byStart];
  };
  return formula(
    { rate: [rate], start: [start] },
    (p) => (run(p.rate[0]!, p.start[0]!)[0] - 0.9) ** 2,
    (p) => {
      const [y, byRate, byStart] = run(p.rate[0]!, p.start[0]!);
      const e = 2 * (y - 0.9);
      return { rate: [factor * e * byRate], start: [e * byStart] };
    },
  );
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('jitter and solvers');
  const draws = new Draws(seed * 7919 + 16);
  for (const [k, [high, low]] of (
    [
      [-11, -13],
      [-9, -10],
      [-7, -8.5],
      [-5.5, -6.5],
    ] as const
  ).entries()) {
    const own = draws.integer(1, 1e6);
    const size = draws.power(low, high);
    const net = (): Claimed => {
      const fresh = new Draws(own);
      return modelOf(
        [
          perceptron(fresh, { widths: [2, 4, 1], activation: 'tanh', rows: 4 }),
          recurrent(fresh, 3, 3, 3),
          gated(fresh, 3, 2, 3),
          convolution(fresh, 2, 3, 'tanh'),
        ][k]!,
        float64,
      );
    };
    const first = Object.keys(net().parameters)[0]!;
    const name = `${Object.keys(net().parameters).join(' ')} with a jitter of ${size.toExponential(1)}`;
    // Beyond 1e-6 a small parameter may be below a digit.
    const known = size < 1e-7;
    kind.add(`${name}, right`, () => jittering(net(), size), known ? CORRECT : NOT_WRONG);
    kind.add(`${name}, negated`, () => changed(jittering(net(), size), times(-1)), WRONG);
    kind.add(
      `${name}, ${first} never computed`,
      () => changed(jittering(net(), size), zeroed(first)),
      known ? WRONG : NOT_CORRECT,
      { wrongIn: first },
    );
    if (known)
      kind.add(
        `${name}, an entry of ${first} off`,
        () => changed(jittering(net(), size), oneOff(first, 0, 1.5)),
        WRONG,
        { wrongIn: first },
      );
    kind.add(`${name}, at each call another, right`, () => unrepeatable(net(), size, own), NOT_WRONG);
    kind.add(
      `${name}, at each call another, doubled`,
      () => changed(unrepeatable(net(), size, own), times(2)),
      NOT_CORRECT,
    );
  }
  const a = draws.uniform(0.3, 0.9);
  const b = draws.uniform(0.6, 1.4);
  for (const end of [1e-15, 1e-10]) {
    kind.add(`a fixed point to ${end}, right`, () => fixedPoint(a, b, end, 1), CORRECT);
    kind.add(`a fixed point to ${end}, doubled`, () => fixedPoint(a, b, end, 2), WRONG);
  }
  // The claim is that of the exact solution; what is computed is a little off it, now more, now less: right or unsure, while a factor is plain.
  kind.add('a fixed point to 1e-7, negated', () => fixedPoint(a, b, 1e-7, -1), WRONG);
  for (const end of [draws.power(-12, -11), draws.power(-9, -8)]) {
    const size = end.toExponential(1);
    kind.add(`a bisection to ${size}, right`, () => bisected(2 * a, 2 * b, end, 1), CORRECT);
    kind.add(`a bisection to ${size}, × 1.5`, () => bisected(2 * a, 2 * b, end, 1.5), WRONG);
  }
  const steps = draws.integer(5, 60);
  kind.add(`${steps} Euler steps, right`, () => carried(1 + a, 0.1 * b, steps, 1), CORRECT);
  kind.add(`${steps} Euler steps, rate halved`, () => carried(1 + a, 0.1 * b, steps, 0.5), WRONG, {
    wrongIn: 'rate',
  });
  return kind.cases;
}
