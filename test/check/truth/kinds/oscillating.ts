/**
 * Losses that go up and down many times on the scale of their parameter: times far from zero, high frequencies, a sine beside a large number. A step that follows the
 * parameter's size spans thousands of periods, or is one. Right: `correct` where a difference over a thousandth of a period shows the slope (the parameter's last place is
 * well below that), else `correct` or `inconclusive`, never `wrong`. Without the oscillating term, negated, or zero: never `correct` (rules 10 and 14), and `wrong` where the
 * right claim has to be found.
 */
import { CORRECT, Kind, NOT_CORRECT, NOT_WRONG, type TruthCase, WRONG } from '../case.js';
import { Draws } from '../models/draws.js';
import { formula, of } from '../models/formula.js';
import { ulp } from '../models/knowable.js';
import type { Claimed } from '../models/net.js';

const { cos, PI, sin } = Math;

/** 5 + 1e-6 (t − t₀) + 1.5 cos(w t + 0.7) (a file of the cases). */
function clock(t0: number, period: number, factor: number): Claimed {
  const w = (2 * PI) / period;
  const t = t0 + 0.2 * period * (period === 1 || period === 0.25 ? 0 : 1);
  return formula(
    { t: [t] },
    (p) => 5 + 1e-6 * (p.t[0]! - t0) + 1.5 * cos(w * p.t[0]! + 0.7),
    (p) => ({ t: [1e-6 - factor * 1.5 * w * sin(w * p.t[0]! + 0.7)] }),
  );
}

export function files(): TruthCase[] {
  const kind = new Kind('oscillating');
  const clocks: readonly (readonly [string, number, number])[] = [
    ['seconds since 1970, period 1 h', 1.75e9, 3600],
    ['seconds since 1970, period 2 s', 1.75e9, 2],
    ['milliseconds since 1970, period 2 s', 1.75e12, 2000],
    ['0.1 s in an hour', 1800, 0.1],
    ['a day number, period 1 day', 2459000, 1],
    ['a day number, period 6 h', 2459000.5, 0.25],
  ];
  for (const [name, t0, period] of clocks) {
    // The file gives a parameter that is a number by itself; here it is an array of one.
    kind.add(`${name}, right`, () => clock(t0, period, 1), NOT_WRONG);
    kind.add(`${name}, without the oscillating term`, () => clock(t0, period, 0), NOT_CORRECT);
  }
  return kind.cases;
}

/** Σ aᵢ sin(wᵢ t + φᵢ) around one or several times, beside a slow term. */
function waves(
  draws: Draws,
  centre: number,
  period: number,
  count: number,
  oscillating: number,
  slow: number,
): Claimed {
  const harmonics = Array.from({ length: 2 }, (_, k) => ({
    a: draws.signed(0.5, 2) / (k + 1),
    w: ((k + 1) * 2 * PI) / period,
    phase: draws.uniform(0, 6),
  }));
  const t = Array.from({ length: count }, () => {
    // Where the slope is steep: not at a top.
    let best = centre;
    let steepest = 0;
    for (let k = 0; k < 8; k += 1) {
      const at = centre + period * draws.uniform(-5, 5);
      const slope = Math.abs(
        harmonics.reduce((sum, { a, w, phase }) => sum + a * w * cos(w * at + phase), 0),
      );
      if (slope > steepest) [best, steepest] = [at, slope];
    }
    return best;
  });
  return formula(
    { t },
    (p) =>
      p.t.reduce(
        (sum, v) =>
          sum + harmonics.reduce((q, { a, w, phase }) => q + a * sin(w * v + phase), (v - centre) / centre),
        3,
      ),
    (p) => ({
      t: Array.from(p.t, (v) =>
        harmonics.reduce((q, { a, w, phase }) => q + oscillating * a * w * cos(w * v + phase), slow / centre),
      ),
    }),
  );
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('oscillating');
  const draws = new Draws(seed * 7919 + 14);
  // How many periods lie between zero and the parameter: from a few to as many as leave a thousandth of a period.
  for (const [k, ratio] of [
    draws.uniform(2, 3),
    draws.uniform(4, 5),
    draws.uniform(6, 7),
    draws.uniform(8, 9),
    draws.uniform(10, 11.5),
  ].entries()) {
    const centre = draws.power(-2, 9);
    const period = centre / 10 ** ratio;
    const count = draws.integer(1, 3);
    const own = draws.integer(1, 1e6);
    // The argument w t rounds by its last place: a step of a thousandth of a period has to be many of these.
    const known = period / 1000 > 1e4 * ulp(centre);
    const name = `${k}: ${count} of ${centre.toExponential(1)}, 10^${ratio.toFixed(1)} periods from zero`;
    const model = (oscillating: number, slow: number): Claimed =>
      waves(new Draws(own), centre, period, count, oscillating, slow);
    kind.add(`${name}, right`, () => model(1, 1), known ? CORRECT : NOT_WRONG);
    kind.add(`${name}, without the oscillating terms`, () => model(0, 1), known ? WRONG : NOT_CORRECT);
    const factor = draws.pick([-1, 0.5]);
    kind.add(`${name}, × ${factor}`, () => model(factor, factor), known ? WRONG : NOT_CORRECT);
    kind.add(`${name}, zero`, () => model(0, 0), known ? WRONG : NOT_CORRECT);
  }
  // A frequency that is learned, at a time of many periods: its own slope goes up and down, too.
  for (const cycles of [draws.integer(30, 90), draws.integer(500, 3000)]) {
    const times = [0.3, 0.55, 0.8, 1].map((share) => share * cycles + 0.13);
    const targets = draws.list(4, 1);
    const model = (factor: number): Claimed =>
      formula(
        { a: [1.2], w: [2 * PI * 1.003], phase: [0.4] },
        ({ a, w, phase }) =>
          times.reduce((sum, t, i) => sum + (a[0]! * sin(w[0]! * t + phase[0]!) - targets[i]!) ** 2, 0),
        ({ a, w, phase }) => {
          const g = { a: [0], w: [0], phase: [0] };
          for (const [i, t] of times.entries()) {
            const z = w[0]! * t + phase[0]!;
            const e = 2 * (a[0]! * sin(z) - targets[i]!);
            g.a[0]! += e * sin(z);
            g.w[0]! += factor * e * a[0]! * cos(z) * t;
            g.phase[0]! += e * a[0]! * cos(z);
          }
          return g;
        },
      );
    kind.add(`a frequency over ${cycles} cycles, right`, () => model(1), CORRECT);
    kind.add(`a frequency over ${cycles} cycles, w negated`, () => model(-1), WRONG, { wrongIn: 'w' });
  }
  // A ripple too fine for the loss's own parabola: it is the slope at θ all the same.
  for (const fine of [draws.power(2, 3), draws.power(4, 5)]) {
    const model = (ripple: number): Claimed =>
      of(
        [0.7, -1.1],
        (a, b) => a * a + b * b + sin(fine * a) / fine,
        (a, b) => [2 * a + ripple * cos(fine * a), 2 * b],
      );
    kind.add(`a ripple of ${Math.round(fine)}, right`, () => model(1), CORRECT);
    // Without it the slope is that over many ripples, and no derivative.
    kind.add(`a ripple of ${Math.round(fine)}, left out`, () => model(0), WRONG);
  }
  return kind.cases;
}
