/**
 * Models that start at zero: a product of two zero matrices, low-rank corrections whose one factor is zero, attention whose output projection is zero, zeroed last
 * layers. No single parameter, or not every one, moves the loss there, but all together do: "the loss does not depend on the parameters" is not true, and the
 * gradient is exactly zero. Right: `correct`. A claim that is not zero there is wrong there; one that is zero everywhere is right at θ and wrong beside it,
 * where zero claims are decided (section 4a).
 */
import { CORRECT, Kind, type TruthCase, WRONG } from '../case.js';
import { float32, float64 } from '../models/arithmetic.js';
import { changed, oneOff, times, zeroed } from '../models/changes.js';
import { Draws } from '../models/draws.js';
import { attention, factorised, recurrent } from '../models/more-nets.js';
import { type Claimed, modelOf, type Net, squares } from '../models/net.js';
import { perceptron } from '../models/nets.js';

const M = [
  [0.7, -1.2, 0.4],
  [1.5, 0.2, -0.9],
];

/** ‖M − left right‖² from zero (a file of the cases). */
function product(extra: number) {
  const parameters = {
    left: [
      [0, 0],
      [0, 0],
    ],
    right: [
      [0, 0, 0],
      [0, 0, 0],
    ],
  };
  const { left, right } = parameters;
  const miss = (m: number, i: number, j: number): number =>
    m - left[i]![0]! * right[0]![j]! - left[i]![1]! * right[1]![j]!;
  return {
    parameters,
    loss: () => M.reduce((sum, row, i) => sum + row.reduce((q, m, j) => q + miss(m, i, j) ** 2, 0), 0),
    gradients: () => {
      const g = {
        left: [
          [0, 0],
          [0, 0],
        ],
        right: [
          [0, 0, 0],
          [0, 0, 0],
        ],
      };
      for (const [i, row] of M.entries())
        for (const [j, m] of row.entries()) {
          const e = -2 * miss(m, i, j);
          for (const k of [0, 1]) {
            g.left[i]![k]! += e * right[k]![j]!;
            g.right[k]![j]! += e * left[i]![k]!;
          }
        }
      g.left[1]![0]! += extra;
      return g;
    },
  };
}

export function files(): TruthCase[] {
  const kind = new Kind('zero initialisation');
  kind.add('a product of zeros, right', () => product(0), CORRECT, { noFinding: 'constant-loss' });
  kind.add('a product of zeros, an entry claimed as 0.5', () => product(0.5), WRONG, { wrongIn: 'left' });
  return kind.cases;
}

/** The net with some of its arrays at zero. */
function zeroing(net: Net, ...names: string[]): Net {
  const parameters = Object.entries(net.parameters).map(([name, values]) => [
    name,
    names.includes(name) ? values.map(() => 0) : values,
  ]);
  return { ...net, parameters: Object.fromEntries(parameters) };
}

/** x (W + A B) against targets, W fixed: a low-rank correction. */
function lowRank(draws: Draws, inputs: number, rank: number, outputs: number): Net {
  const X = draws.rows(4, inputs, 1.3);
  const W = draws.rows(inputs, outputs, 0.8);
  const Y = draws.rows(4, outputs);
  return squares(
    { A: draws.list(inputs * rank, 0.9), B: draws.list(rank * outputs, 0.9) },
    (tape, { A, B }) =>
      X.flatMap((row, i) => {
        const x = row.map((v) => tape.leaf(tape.round(v)));
        const down = Array.from({ length: rank }, (_, k) =>
          tape.dot(
            x,
            x.map((_x, p) => A![p * rank + k]!),
          ),
        );
        return Y[i]!.map((y, j) => {
          const fixed = row.reduce((sum, v, p) => sum + v * W[p]![j]!, 0);
          return tape.shift(
            tape.dot(
              down,
              down.map((_d, k) => B![k * outputs + j]!),
            ),
            tape.round(fixed - y),
          );
        });
      }),
  );
}

export function relatives(seed: number): TruthCase[] {
  const kind = new Kind('zero initialisation');
  const draws = new Draws(seed * 7919 + 12);
  const still = { noFinding: 'constant-loss' };
  const fresh = (): (() => Draws) => {
    const own = draws.integer(1, 1e6);
    return () => new Draws(own);
  };
  // All at zero: a saddle.
  for (const [rows, columns, rank] of [
    [3, 3, 1],
    [draws.integer(2, 5), draws.integer(2, 5), 2],
  ] as const) {
    const own = fresh();
    for (const arithmetic of [float64, float32]) {
      const model = (): Claimed => modelOf(factorised(own(), rows, columns, rank, 0), arithmetic);
      const name = `${rows}×${columns} of rank ${rank} from zero, ${arithmetic.name}`;
      kind.add(`${name}, right`, model, CORRECT, still);
      if (arithmetic === float64)
        kind.add(
          `${name}, an entry of right claimed as 0.3`,
          () =>
            changed(model(), (g) => {
              g['right']![1]! += 0.3;
            }),
          WRONG,
          { wrongIn: 'right' },
        );
      // The gradient with its sign lost is zero as well at θ.
      else kind.add(`${name}, negated everywhere`, () => changed(model(), times(-1)), WRONG);
    }
  }
  // One factor at zero: its own gradient is not.
  for (const [zero, other] of [
    ['A', 'B'],
    ['B', 'A'],
  ] as const) {
    const own = fresh();
    const [inputs, rank, outputs] = [draws.integer(3, 6), draws.integer(1, 3), draws.integer(2, 4)];
    const model = (): Claimed => modelOf(zeroing(lowRank(own(), inputs, rank, outputs), zero), float64);
    const name = `a correction of rank ${rank} with ${zero} = 0`;
    kind.add(`${name}, right`, model, CORRECT);
    kind.add(`${name}, ${zero} negated`, () => changed(model(), times(-1, zero)), WRONG, { wrongIn: zero });
    kind.add(
      `${name}, an entry of ${other} claimed as 0.1`,
      () =>
        changed(model(), (g) => {
          g[other]![0]! += 0.1;
        }),
      WRONG,
      { wrongIn: other },
    );
    kind.add(`${name}, ${other} never computed`, () => changed(model(), zeroed(other)), WRONG, {
      wrongIn: other,
    });
  }
  // Attention: with O = 0 nothing reaches the projections; with V = 0 neither.
  for (const zeros of [['O'], ['V', 'v'], ['O', 'V', 'v']]) {
    const own = fresh();
    const tokens = draws.integer(2, 4);
    const model = (): Claimed =>
      modelOf(zeroing(attention(own(), { tokens, width: 3, residual: true }), ...zeros), float64);
    const name = `attention over ${tokens} tokens with ${zeros.join(', ')} = 0`;
    kind.add(`${name}, right`, model, CORRECT);
    kind.add(
      `${name}, Q claimed off by 0.2`,
      () =>
        changed(model(), (g) => {
          g['Q']![2]! += 0.2;
        }),
      WRONG,
      { wrongIn: 'Q' },
    );
    if (zeros.length === 1)
      kind.add(`${name}, an entry of O doubled`, () => changed(model(), oneOff('O', 1, 1)), WRONG, {
        wrongIn: 'O',
      });
  }
  // A zeroed last layer of a perceptron, and a zero state of a recurrent net.
  {
    const own = fresh();
    const hidden = draws.integer(3, 7);
    const model = (): Claimed =>
      modelOf(
        zeroing(perceptron(own(), { widths: [3, hidden, 2], activation: 'tanh', rows: 4 }), 'W1', 'b1'),
        float64,
      );
    kind.add('a last layer of zeros, right', model, CORRECT);
    kind.add('a last layer of zeros, W1 halved', () => changed(model(), times(0.5, 'W1')), WRONG, {
      wrongIn: 'W1',
    });
    kind.add('a last layer of zeros, W0 never computed', () => changed(model(), zeroed('W0')), WRONG, {
      wrongIn: 'W0',
    });
    const state = (): Claimed => modelOf(zeroing(recurrent(own(), hidden, 3, 3), 'U', 'b'), float64);
    kind.add('a recurrent net in its zero state, right', state, CORRECT);
    kind.add('a recurrent net in its zero state, b negated', () => changed(state(), times(-1, 'b')), WRONG, {
      wrongIn: 'b',
    });
  }
  return kind.cases;
}
