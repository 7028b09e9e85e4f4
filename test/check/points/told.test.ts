/** Right gradients, and what no point could have shown of them. */

import { checkGradients, formatReport, type GradientReport, type Model } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { bitsOf, numbersIn } from '../../bits.js';
import { Draws } from '../truth/models/draws.js';

const check = (model: unknown, options = {}): GradientReport =>
  checkGradients(model as Model, options) as GradientReport;
const sum = <T>(items: readonly T[], of: (item: T, i: number) => number): number =>
  items.reduce((total, item, i) => total + of(item, i), 0);

type Rows = readonly (readonly number[])[];

/** All units are off for each row of the data, near by as well; what is claimed of them has the wrong sign. */
function deadLayer() {
  const X = [
    [0.4, -0.2],
    [-0.9, 0.5],
    [0.1, 0.8],
  ];
  const Y = [0.3, -0.4, 0.9];
  type P = { A: Rows; a: readonly number[]; c: readonly number[] };
  const unit = ({ A, a }: P, [x, y]: readonly number[], i: number): number =>
    Math.max(0, A[i]![0]! * x! + A[i]![1]! * y! + a[i]!);
  const out = (p: P, x: readonly number[]): number =>
    p.c[0]! * x[0]! + p.c[1]! * x[1]! + unit(p, x, 0) + unit(p, x, 1);
  return {
    parameters: {
      A: [
        [0.3, -0.1],
        [0.2, 0.4],
      ],
      a: [-5, -4],
      c: [0.6, -1.2],
    },
    loss: (p: P) => sum(X, (x, s) => (out(p, x) - Y[s]!) ** 2),
    gradients(p: P) {
      const [A, a, c] = [
        [
          [0, 0],
          [0, 0],
        ],
        [0, 0],
        [0, 0],
      ];
      for (const [s, x] of X.entries()) {
        const e = 2 * (out(p, x) - Y[s]!);
        for (const [j, q] of x.entries()) c[j]! += e * q;
        for (const i of [0, 1])
          if (unit(p, x, i) > 0) {
            a[i]! -= e;
            for (const [j, q] of x.entries()) A[i]![j]! -= e * q;
          }
      }
      return { A, a, c };
    },
  };
}

/** An embedding of words, some of which no sentence has. */
function unusedRows(E: Rows, words: readonly number[], y: readonly number[]) {
  type P = { E: Rows };
  return {
    parameters: { E },
    loss: (p: P) => sum(words, (w, s) => (Math.sin(p.E[w]![0]!) * p.E[w]![1]! - y[s]!) ** 2),
    gradients(p: P) {
      const g = p.E.map(() => [0, 0]);
      for (const [s, w] of words.entries()) {
        const [a, b] = p.E[w] as [number, number];
        const e = 2 * (Math.sin(a) * b - y[s]!);
        g[w]![0]! += e * Math.cos(a) * b;
        g[w]![1]! += e * Math.sin(a);
      }
      return { E: g };
    },
  };
}

/** Attention over tokens that are all the same: its weights are 1/n, whatever the query is. */
function equalTokens() {
  const token = [0.7, -0.4];
  const y = [0, 1];
  const n = 4;
  const times = (M: Rows): number[] => M.map((row) => row[0]! * token[0]! + row[1]! * token[1]!);
  type P = { Q: Rows; V: Rows };
  const forward = ({ Q, V }: P) => {
    const [q, v] = [times(Q), times(V)];
    const score = Math.exp(q[0]! * token[0]! + q[1]! * token[1]!);
    const w = Array.from({ length: n }, () => score / (n * score));
    return { w, v, o: v.map((a) => sum(w, (b) => b * a)) };
  };
  return {
    parameters: {
      Q: [
        [0.5, 1.1],
        [-0.3, 0.6],
      ],
      V: [
        [0.9, -0.2],
        [0.4, 1.3],
      ],
    },
    loss: (p: P) => sum(forward(p).o, (a, i) => (a - y[i]!) ** 2),
    gradients(p: P) {
      const { w, v, o } = forward(p);
      const e = o.map((a, i) => 2 * (a - y[i]!));
      const above = w.map(() => sum(e, (d, i) => d * v[i]!));
      const mean = sum(above, (d, s) => d * w[s]!);
      const z = sum(w, (a, s) => -a * (above[s]! - mean));
      return { Q: token.map((a) => token.map((b) => z * a * b)), V: e.map((d) => token.map((b) => d * b)) };
    },
  };
}

/** The loss depends on A + Aᵀ only. */
function symmetricEverywhere(A: Rows, target: Rows) {
  type P = { A: Rows };
  const error = (p: P, i: number, j: number): number =>
    Math.tanh(p.A[i]![j]! + p.A[j]![i]!) - (target[i]![j]! + target[j]![i]!) / 2;
  return {
    parameters: { A },
    loss: (p: P) => sum(p.A, (row, i) => sum(row, (_, j) => error(p, i, j) ** 2)),
    gradients: (p: P) => ({
      A: p.A.map((row, i) =>
        row.map((_, j) => 4 * error(p, j, i) * (1 - Math.tanh(p.A[i]![j]! + p.A[j]![i]!) ** 2)),
      ),
    }),
  };
}

/** What is added before a sum and after it enters in the same way. */
function equalGradients(slope: readonly number[], before: readonly number[], after: readonly number[]) {
  const x = [0.5, -1.4, 0.8, 0.2];
  const y = [1, 0, 2, -1];
  type P = { slope: readonly number[]; before: readonly number[]; after: readonly number[] };
  const errors = (p: P): number[] => x.map((v, i) => p.slope[i]! * v + p.before[i]! + p.after[i]! - y[i]!);
  return {
    parameters: { slope, before, after },
    loss: (p: P) => sum(errors(p), (e) => Math.exp(-(e * e))),
    gradients(p: P) {
      const d = errors(p).map((e) => -2 * e * Math.exp(-(e * e)));
      return { slope: d.map((v, i) => v * x[i]!), before: d, after: d };
    },
  };
}

const draws = new Draws(7);
const [first, second] = [draws.rows(6, 2), draws.rows(4, 4)];

const TOLD: readonly (readonly [string, object, readonly (readonly [string, string, string])[]])[] = [
  [
    'a layer that is off',
    deadLayer(),
    [
      ['A', 'sign-flipped', 'the gradient of A is zero: a wrong sign or factor'],
      ['a', 'sign-flipped', 'the gradient of a is zero: a wrong sign or factor'],
    ],
  ],
  [
    'words that no sentence has',
    unusedRows(
      [
        [0.2, -0.9],
        [1.1, 0.4],
        [-0.6, 0.3],
        [0.8, 0.8],
        [-0.2, 1.3],
        [0.5, -0.4],
      ],
      [4, 0, 2, 2, 5],
      [0.1, -0.8, 0.7, 1.2, -0.3],
    ),
    [['E', 'isolated-entries', 'rows 1 and 3 of the gradient of E are zero: rows left out']],
  ],
  [
    'one word that no sentence has',
    unusedRows(first, [5, 4, 3, 1, 0], draws.list(5)),
    [['E', 'isolated-entries', 'row 2 of the gradient of E is zero: a row left out']],
  ],
  [
    'tokens that are all the same',
    equalTokens(),
    [['Q', 'sign-flipped', 'the gradient of Q is zero: a wrong sign or factor']],
  ],
  [
    'a loss of a symmetric sum',
    symmetricEverywhere(
      [
        [0.3, -0.7, 0.5],
        [0.1, 0.8, -0.2],
        [0.6, 0.4, -0.9],
      ],
      [
        [1, 0.2, -0.5],
        [0.2, 0.4, 0.9],
        [-0.5, 0.9, -1],
      ],
    ),
    [['A', 'transposed', 'the gradient of A is symmetric: a transposition']],
  ],
  [
    'another of them',
    symmetricEverywhere(second, draws.rows(4, 4)),
    [['A', 'transposed', 'the gradient of A is symmetric: a transposition']],
  ],
  [
    'two parameters that enter alike',
    equalGradients([0.7, 1.2, -0.4, 0.9], [0.3, -0.2, 0.6, 0.1], [-0.5, 0.4, 0.2, 0.7]),
    [['after', 'permuted', "the gradients of before and after are equal: each other's gradients"]],
  ],
  [
    'others that do',
    equalGradients(draws.list(4), draws.list(4), draws.list(4)),
    [['after', 'permuted', "the gradients of before and after are equal: each other's gradients"]],
  ],
];

describe.each(TOLD)('%s', (_, model, told) => {
  test.each([2, 3])('is right at %i points, and told', (points) => {
    const report = check(model, { points });
    expect([report.verdict, report.points]).toEqual(['correct', { checked: points, skipped: 0 }]);
    expect(report.blindSpots).toEqual(
      told.map(([parameter, code, because]) => ({ parameter, code, because })),
    );
  });

  test('in the message, after the table', () => {
    const text = formatReport(check(model));
    expect(text).toContain(
      `\n\nThese mistakes could not have shown at either point:\n${told.map(([, , because]) => `  ${because}\n`).join('')}\n`,
    );
    expect(text).toMatch(/^The gradients are correct/);
  });
});

test('of many the first are in the message, and how many there are more', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const parameters = Object.fromEntries(names.map((name, i) => [name, [i + 1, 0.5 - i]]));
  const value = (p: typeof parameters): number => sum(Object.values(p).flat(), (v) => v);
  const report = check({
    parameters,
    loss: (p: typeof parameters) => value(p) ** 2,
    gradients: (p: typeof parameters) =>
      Object.fromEntries(names.map((name) => [name, [2 * value(p), 2 * value(p)]])),
  });
  expect(report.blindSpots).toHaveLength(11);
  expect(formatReport(report)).toContain(
    "  all entries of the gradient of d are equal: entries in each other's places\n  … and 7 more in the report\n",
  );
});

describe('the gradients were computed once', () => {
  const loss = ({ k }: { k: readonly number[] }): number => sum(k, (v, i) => Math.exp((v * (i + 1)) / 3));
  const slopes = (k: readonly number[]): number[] =>
    k.map((v, i) => ((i + 1) / 3) * Math.exp((v * (i + 1)) / 3));

  test('and are right where that was: told, and of the other point nothing is known', () => {
    const k = [0.4, -0.8, 1.1];
    const once = { k: slopes(k) };
    const report = check({ parameters: { k }, loss, gradients: () => once });
    expect(report).toMatchObject({
      verdict: 'correct',
      points: { checked: 2, skipped: 0 },
      blindSpots: [],
      findings: [{ code: 'stale-elsewhere', parameter: 'k', evidence: { parameters: 1, point: 2 } }],
    });
    expect(
      check({ parameters: { k: [0, 0, 0] }, loss, gradients: () => ({ k: [1 / 3, 2 / 3, 1] }) }).blindSpots,
    ).toEqual([{ parameter: 'k', code: 'missing-regularization', because: 'k is zero: a missing penalty' }]);
  });

  test('and are right everywhere, as those of a straight line are: nothing to tell', () => {
    const line = { parameters: { k: [0.4, -0.8] }, loss: ({ k }: { k: number[] }) => 2 * k[0]! - 3 * k[1]! };
    const report = check({ ...line, gradients: () => ({ k: [2, -3] }) });
    expect(report).toMatchObject({ verdict: 'correct', findings: [], blindSpots: [] });
    expect(check({ ...line, gradients: () => ({ k: [2, -2.9] }) }).verdict).toBe('wrong');
  });
});

test('where no other point can be evaluated that is said, and the parameters are as they were', () => {
  const counts = [5, 2, 7, 1];
  const p = [0.4, 0.1, 0.3, 0.2];
  const before = bitsOf(p);
  const model = {
    parameters: { p },
    loss: (at: { p: number[] }) =>
      Math.abs(sum(at.p, (v) => v) - 1) > 1e-5 ? Number.NaN : -sum(at.p, (v, i) => counts[i]! * Math.log(v)),
    gradients: (at: { p: number[] }) => ({ p: at.p.map((v, i) => -counts[i]! / v) }),
  };
  const report = check(model);
  expect([report.verdict, report.points]).toEqual(['correct', { checked: 1, skipped: 1 }]);
  expect(bitsOf(numbersIn(model.parameters))).toEqual(before);
  expect(check(model, { strict: true }).verdict).toBe('inconclusive');
});
