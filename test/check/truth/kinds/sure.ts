/**
 * Classifiers that are sure of their answer: a loss of about e^(−gap), computed as −log p from a p that is rounded at 1. The slope p − 1 rounds by
 * one unit u of 1, and so does the loss where it is computed from p: of both e^(−gap)/u is known, a digit up to a gap of about 30 in doubles and of 9 in single
 * precision. Beyond, the loss stands still or moves by a unit or two: a right claim may not be wrong (rule 11: standing still is no knowledge), and
 * another one not correct.
 */
import { CORRECT, Kind, NOT_CORRECT, NOT_WRONG, type TruthCase, UNSURE, WRONG } from '../case.js';
import { type Arithmetic, float32, float64, inside32, stored32, summed64 } from '../models/arithmetic.js';
import { changed, oneOff, times } from '../models/changes.js';
import { Draws } from '../models/draws.js';
import { formula } from '../models/formula.js';
import { type Claimed, modelOf, type Net } from '../models/net.js';
import { crossEntropy, perceptron, SMOOTH } from '../models/nets.js';
import type { Node, Tape } from '../models/tape.js';

/** −log softmax(z)[label] from the rounded share; z is what is differentiated. */
function fromShares(
  z: readonly number[],
  label: number,
  { round, storage }: Arithmetic,
  factor = 1,
): Claimed {
  const shares = (v: ArrayLike<number>): number[] => {
    const values = Array.from(v);
    const top = Math.max(...values);
    const powers = values.map((x) => round(Math.exp(round(x - top))));
    const total = powers.reduce((sum, p) => round(sum + p), 0);
    return powers.map((p) => round(p / total));
  };
  return formula(
    { z },
    (p) => round(-Math.log(shares(p.z)[label]!)),
    (p) => ({ z: shares(p.z).map((share, j) => factor * round(share - (j === label ? 1 : 0))) }),
    storage,
  );
}

/** log(1 + e^(−z)), exact to the last bit however small, with the slope σ(z) − 1, which rounds at 1. */
function exactLoss(z: number, factor = 1): Claimed {
  return formula(
    { z: [z] },
    (p) => Math.log1p(Math.exp(-p.z[0]!)),
    (p) => ({ z: [factor * (1 / (1 + Math.exp(-p.z[0]!)) - 1)] }),
  );
}

export function files(): TruthCase[] {
  const kind = new Kind('sure classifier');
  for (const gap of [8, 25, 36, 37, 38, 41, 50])
    kind.add(
      `float64, logit ${gap}, right`,
      () => fromShares([0.3, gap, -0.2, 0.1], 1, float64),
      gap < 30 ? CORRECT : NOT_WRONG,
    );
  for (const gap of [4, 8, 15, 17, 18, 21, 30])
    kind.add(
      `float32, logit ${gap}, right`,
      () => fromShares([0.3, gap, -0.2, 0.1], 1, float32),
      gap < 10 ? CORRECT : NOT_WRONG,
    );
  kind.add('float64, logit 8, negated', () => fromShares([0.3, 8, -0.2, 0.1], 1, float64, -1), WRONG);
  return kind.cases;
}

/** A perceptron whose last layer is scaled until the least sure row has that gap, each row's own label being its surest. */
function sureNet(draws: Draws, gap: number): Net {
  const classes = draws.integer(2, 4);
  const activation = draws.pick(SMOOTH);
  const net = perceptron(draws, {
    widths: [3, draws.integer(3, 6), classes],
    activation,
    rows: 1,
    classes: true,
  });
  // One row: its logit of the label is raised by the bias alone.
  const b1 = [...net.parameters['b1']!];
  const raised = { ...net.parameters, b1 };
  const plain = modelOf(net, float64);
  const label = Array.from(plain.gradients()['b1']!).findIndex((g) => g < 0);
  b1[label]! += gap + Math.log(Math.expm1(plain.loss()));
  return { ...net, parameters: raised };
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('sure classifier');
  const draws = new Draws(seed * 7919 + 2);
  const known = (gap: number, { round }: Arithmetic): boolean => gap < (round === Math.fround ? 8.5 : 24);
  for (const [arithmetic, low, high] of [
    [float64, 6, 15],
    [float64, 15, 23],
    [float64, 33, 37.4],
    [float64, 38, 60],
    [float32, 3, 8],
    [float32, 13, 17],
    [float32, 18, 24],
    [inside32, 10, 20],
    [stored32, 6, 20],
  ] as const) {
    const gap = Math.round(10 * draws.uniform(low, high)) / 10;
    const classes = draws.integer(2, 7);
    const label = draws.integer(0, classes - 1);
    const z = draws.list(classes, 0.5);
    z[label] = gap;
    const name = `${arithmetic.name}, ${classes} classes, logit ${gap}`;
    const factor = draws.pick([-1, 2, 0.5]);
    kind.add(
      `${name}, right`,
      () => fromShares(z, label, arithmetic),
      known(gap, arithmetic) ? CORRECT : NOT_WRONG,
    );
    kind.add(
      `${name}, × ${factor}`,
      () => fromShares(z, label, arithmetic, factor),
      known(gap, arithmetic) ? WRONG : NOT_CORRECT,
    );
  }
  // The loss is exact, and shows a slope of 1e-17 to eight digits; the claim is a difference of 1 and rounds to 0 or to one unit (rule 12).
  for (const gap of [draws.uniform(12, 20), draws.uniform(34, 37), draws.uniform(38, 44)]) {
    const z = Math.round(100 * gap) / 100;
    kind.add(`exact loss, z = ${z}, right`, () => exactLoss(z), z < 25 ? CORRECT : NOT_WRONG);
    if (z < 25) kind.add(`exact loss, z = ${z}, negated`, () => exactLoss(z, -1), WRONG);
  }
  // Networks with one row. Sums of more than one term: u is that of the largest logit, so the gap is kept lower.
  for (const [arithmetic, gap] of [
    [float64, draws.uniform(8, 20)],
    [float64, draws.uniform(38, 60)],
    [float32, draws.uniform(18, 40)],
    [summed64, draws.uniform(18, 40)],
  ] as const) {
    const own = draws.integer(1, 1e6);
    const name = `a network, ${arithmetic.name}, gap ${gap.toFixed(1)}`;
    const model = (): Claimed => modelOf(sureNet(new Draws(own), gap), arithmetic);
    const sure = !known(gap, arithmetic);
    kind.add(`${name}, right`, model, sure ? NOT_WRONG : CORRECT);
    kind.add(`${name}, negated`, () => changed(model(), times(-1)), sure ? NOT_CORRECT : WRONG);
  }
  // One row that is sure beside rows that are not: nothing is hidden, as the others move every weight.
  {
    const own = draws.integer(1, 1e6);
    const classes = draws.integer(3, 5);
    const mixed = (): Claimed => {
      const fresh = new Draws(own);
      const net = perceptron(fresh, { widths: [3, 4, classes], activation: 'tanh', rows: 4, classes: true });
      const far = fresh.list(classes, 1).map((_, j) => (j === 0 ? 60 : 0));
      return modelOf(
        {
          parameters: net.parameters,
          terms: (tape, leaves) => [...net.terms(tape, leaves), sureTerm(tape, leaves['b1']!, far)],
        },
        float64,
      );
    };
    kind.add('one sure row among four, right', mixed, CORRECT);
    kind.add('one sure row among four, W1 doubled', () => changed(mixed(), times(2, 'W1')), WRONG, {
      wrongIn: 'W1',
    });
    kind.add(
      'one sure row among four, an entry of W0 off',
      () => changed(mixed(), oneOff('W0', 5, 0.5)),
      WRONG,
      { wrongIn: 'W0' },
    );
  }
  // Hinge losses within their margins: exactly 0, and no parameter moves them. Rule 8: that passes for no claim.
  {
    const rows = draws.integer(3, 6);
    const margin = draws.uniform(1.6, 4);
    const hinge = (claim: number): Claimed => {
      const fresh = new Draws(seed * 31);
      const X = fresh.rows(rows, 3).map((row) => [...row, 1]);
      const w = [0.05, -0.04, 0.03, margin];
      return formula(
        { w },
        (p) => X.reduce((sum, x) => sum + Math.max(0, 1 - x.reduce((t, v, k) => t + v * p.w[k]!, 0)), 0),
        (p) => ({
          w: w.map((_, k) =>
            X.reduce(
              (sum, x) => sum - (x.reduce((t, v, q) => t + v * p.w[q]!, 0) < 1 ? x[k]! : claim * x[k]!),
              0,
            ),
          ),
        }),
      );
    };
    kind.add(`hinge within its margins, ${rows} rows, right`, () => hinge(0), UNSURE);
    kind.add(`hinge within its margins, ${rows} rows, the margin forgotten`, () => hinge(1), NOT_CORRECT);
  }
  return kind.cases;
}

/** −log softmax(b + far)[0], which is sure and adds no slope that can be seen. */
function sureTerm(tape: Tape, b: readonly Node[], far: readonly number[]): Node {
  return crossEntropy(
    tape,
    b.map((node, j) => tape.shift(node, far[j]!)),
    0,
  );
}
