/**
 * Gradients that are zero whatever the parameter is, beside ordinary ones: a bias before a normalisation, the bias of attention keys, a shift of all logits under a softmax,
 * the scale of weights before a normalisation. Claim and loss are both rounding there, and (2) is 1. Right: `correct` by rule 13's exception: zero as far as both can tell, and
 * what could hide there could not matter. A claim that is plainly not zero is wrong there; what is wrong elsewhere is named, and they are not.
 */
import { CORRECT, Kind, type TruthCase, UNSURE, WRONG } from '../case.js';
import { type Arithmetic, float32, float64, inside32, stored32, summed64 } from '../models/arithmetic.js';
import { changed, times } from '../models/changes.js';
import { Draws } from '../models/draws.js';
import { formula } from '../models/formula.js';
import { attention, normalisedNet } from '../models/more-nets.js';
import { type Claimed, modelOf, type Net } from '../models/net.js';
import { crossEntropy, SMOOTH } from '../models/nets.js';

/** Shares of a whole, added up again: 1 whatever the parameters (a file of the causes' cases). */
function shares(v: readonly number[], claim: (x: number) => number): Claimed {
  return formula(
    { v },
    (p) => {
      const e = Array.from(p.v, (x) => Math.log1p(Math.exp(x)));
      const total = e.reduce((a, b) => a + b);
      return e.map((x) => x / total).reduce((a, b) => a + b, 0);
    },
    (p) => ({ v: Array.from(p.v, claim) }),
  );
}

export function files(): TruthCase[] {
  const kind = new Kind('truly zero');
  // Nothing moves it beyond rounding, and nothing else is there: rule 8.
  kind.add('shares added up, right', () => shares([0.3, -1.2, 0.7, 2.2, -0.4], () => 0), UNSURE, {
    finding: 'constant-loss',
    noFinding: 'noisy-loss',
  });
  return kind.cases;
}

/** Cross-entropy of a table of logits for each row, plus a shift that is the same for every class. */
function shifted(draws: Draws, classes: number, rows: number): Net {
  const X = draws.rows(rows, 3, 1.3);
  const labels = X.map(() => draws.integer(0, classes - 1));
  return {
    parameters: { W: draws.list(3 * classes, 0.9), shift: draws.list(3, 0.8), c: draws.list(1, 0.8) },
    terms: (tape, { W, shift, c }) =>
      X.map((row, i) => {
        const x = row.map((v) => tape.leaf(tape.round(v)));
        const same = tape.dot(x, shift!, c![0]);
        const z = Array.from({ length: classes }, (_, j) =>
          tape.dot(
            x,
            x.map((_x, k) => W![k * classes + j]!),
            same,
          ),
        );
        return crossEntropy(tape, z, labels[i]!);
      }),
  };
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('truly zero');
  const draws = new Draws(seed * 7919 + 15);
  const table = (
    title: string,
    net: (draws: Draws) => Net,
    arithmetic: Arithmetic,
    zero: readonly string[],
    other: string,
  ): void => {
    const own = draws.integer(1, 1e6);
    const model = (): Claimed => modelOf(net(new Draws(own)), arithmetic);
    const name = `${title}, ${arithmetic.name}`;
    kind.add(`${name}, right`, model, CORRECT);
    kind.add(`${name}, ${other} doubled`, () => changed(model(), times(2, other)), WRONG, { wrongIn: other });
    // As large as an ordinary gradient: a tenth of the largest.
    const at = zero[0]!;
    kind.add(
      `${name}, ${at} claimed as not zero`,
      () =>
        changed(model(), (g) => {
          const largest = Math.max(...Object.values(g).flatMap((values) => Array.from(values, Math.abs)));
          g[at]![0]! += 0.1 * largest;
        }),
      WRONG,
      { wrongIn: at },
    );
  };
  const activation = draws.pick(SMOOTH);
  const hidden = draws.integer(2, 5);
  const tokens = draws.integer(2, 4);
  const width = draws.integer(2, 3);
  const classes = draws.integer(2, 5);
  const rows = draws.integer(2, 5);
  for (const arithmetic of [float64, float32, summed64])
    table(
      `a bias before a normalisation of ${hidden}`,
      (fresh) => normalisedNet(fresh, 'rows', hidden, activation),
      arithmetic,
      ['b'],
      'V',
    );
  table(
    `a bias before a normalisation of ${hidden} units`,
    (fresh) => normalisedNet(fresh, 'units', hidden + 1, activation),
    float64,
    ['b'],
    'W',
  );
  for (const arithmetic of [float64, float32, stored32])
    table(
      `the bias of keys, ${tokens}×${width}`,
      (fresh) => attention(fresh, { tokens, width }),
      arithmetic,
      ['k'],
      'V',
    );
  for (const arithmetic of [float64, inside32])
    table(
      `a shift of ${classes} logits`,
      (fresh) => shifted(fresh, classes, rows),
      arithmetic,
      ['shift', 'c'],
      'W',
    );
  // All is zero and rounding: nothing could be shown.
  const count = draws.integer(3, 8);
  const v = draws.list(count, 2);
  kind.add(`${count} shares added up, right`, () => shares(v, () => 0), UNSURE, { finding: 'constant-loss' });
  kind.add(`${count} shares added up, claimed as 1`, () => shares(v, () => 1), WRONG);
  return kind.cases;
}
