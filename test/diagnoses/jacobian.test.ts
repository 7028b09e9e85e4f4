/** What findings say of Jacobians and Hessians: which output, which parameter, whose fault, and each thing once. */

import { checkHessian, checkJacobian, formatReport, type JacobianReport } from 'expect-gradients';
import { expect, test } from 'vitest';

const titles = ({ findings }: JacobianReport): string[] => findings.map(({ title }) => title);

/** Two arrays of outputs of two parameters, all of whose derivatives are written down. */
const parameters = (): { a: number[]; s: number } => ({ a: [0.4, -0.7, 1.2], s: 0.9 });
type Parameters = ReturnType<typeof parameters>;
const model = {
  outputs: ({ a, s }: Parameters) => ({ scaled: a.map((v) => s * v), total: a[0]! * a[1]! + a[2]! ** 2 * s }),
  jacobian: ({ a, s }: Parameters): { a: { scaled: number[][]; total: number[] }; s: unknown } => ({
    a: {
      scaled: a.map((_, i) => a.map((_v, j) => (i === j ? s : 0))),
      total: [a[1]!, a[0]!, 2 * a[2]! * s],
    },
    s: { scaled: a, total: a[2]! ** 2 },
  }),
};

test('a model that is right has none', () => {
  const report = checkJacobian({ parameters: parameters(), ...model });
  expect([report.verdict, titles(report)]).toEqual(['correct', []]);
});

test('of several arrays of outputs the one is named whose derivatives are wrong', () => {
  const report = checkJacobian({
    parameters: parameters(),
    ...model,
    jacobian: (p) => {
      const { a, s } = model.jacobian(p);
      return { a: { ...a, total: a.total.map((v) => -v) }, s };
    },
  });
  expect(titles(report)).toEqual([
    'The Jacobian of total by a has the wrong sign: it is the true one times −1.',
  ]);
  expect(report.findings[0]).toMatchObject({ parameter: 'a', output: 'total' });
});

test('several blocks of one parameter name it', () => {
  const report = checkJacobian({
    parameters: parameters(),
    ...model,
    jacobian: (p) => {
      const { a, s } = model.jacobian(p);
      const doubled = {
        scaled: a.scaled.map((row) => row.map((v) => 2 * v)),
        total: a.total.map((v) => 2 * v),
      };
      return { a: doubled, s };
    },
  });
  expect(titles(report)).toEqual([
    'The Jacobian of scaled by a and total by a is 2 times what it should be.',
  ]);
  expect(report.findings[0]).not.toHaveProperty('output');
  expect(report.findings[0]!.parameter).toBe('a');
});

test('a single entry is named by its output and its place in the parameter', () => {
  const report = checkJacobian({
    parameters: parameters(),
    ...model,
    jacobian: (p) => {
      const { a, s } = model.jacobian(p);
      return { a: { ...a, scaled: a.scaled.with(1, [0, 0, 0]) }, s };
    },
  });
  expect(titles(report)).toEqual([
    'Only the entry scaled[1] by a[1] of the Jacobian of scaled by a is wrong, claimed to be zero; the others are right.',
  ]);
});

test('in a part of the entries too', () => {
  const x = [0.3, 0.8, -0.2, 1.1];
  const squares = (p: number[]): number[] => [p[0]! * p[3]!, p[1]! * p[2]! + p[3]! ** 2];
  const jacobian = (p: number[]): number[][] => [
    [p[3]!, 0, 0, p[0]!],
    [0, p[2]!, p[1]!, 5],
  ];
  const report = checkJacobian({ parameters: x, outputs: squares, jacobian }, { shard: '2/2' });
  expect(titles(report)).toEqual([
    'Only the entry outputs[1] by parameters[3] of the Jacobian by parameters is wrong; the others are right.',
  ]);
});

test('the derivatives of one output, whatever they are by, are one finding', () => {
  const W = [
    [0.4, -0.7],
    [1.2, 0.3],
    [-0.5, 0.8],
  ];
  const layer = {
    parameters: { W, b: [0.1, 0.2, -0.3], x: [0.6, -1.1] },
    outputs: ({ b, x }: { b: number[]; x: number[] }) =>
      W.map((row, k) => Math.tanh(row[0]! * x[0]! + row[1]! * x[1]! + b[k]!)),
    vjp(p: { b: number[]; x: number[] }, c: number[]) {
      const y = this.outputs(p);
      const d = c.map((v, k) => (k === 1 ? 3 : 1) * v * (1 - y[k]! ** 2));
      const dx = p.x.map((_, j) => d.reduce((sum, v, k) => sum + v * W[k]![j]!, 0));
      return { W: d.map((v) => p.x.map((u) => v * u)), b: d, x: dx };
    },
  };
  const report = checkJacobian(layer);
  expect(titles(report)).toEqual([
    'Only the derivatives of outputs[1] are wrong, those by W, b and x, by a factor of 3; those of the other outputs are right.',
  ]);
  expect(report.findings[0]!.evidence).toMatchObject({ row: 1 });
});

test('one array under two names is told of all outputs', () => {
  const w = [0.3, 0.4];
  type Tied = { a: number[]; b: number[] };
  const report = checkJacobian({
    parameters: { a: w, b: w },
    outputs: ({ a, b }: Tied) => ({ p: a[0]! * b[1]!, q: a[1]! + b[0]! ** 2 * b[1]! }),
    jacobian: ({ a, b }: Tied) => ({
      a: { p: [b[1]!, 0], q: [0, 1] },
      b: { p: [0, a[0]!], q: [2 * b[0]! * b[1]!, b[0]! ** 2] },
    }),
  });
  expect(titles(report)).toEqual([
    'a and b are the same array: to change one is to change the other, and the function shows the sum of their derivatives.',
  ]);
});

test('derivatives of two outputs that are the same are no sign of a shared buffer', () => {
  const x = [0.6, -1.1];
  type Heads = { A: number[][]; B: number[][] };
  const times = (W: number[][]): number[] => W.map((row) => row[0]! * x[0]! + row[1]! * x[1]!);
  const weights = (): number[][] => [
    [0.2, 0.5],
    [0.3, -0.8],
  ];
  const report = checkJacobian({
    parameters: { A: weights(), B: weights() },
    outputs: ({ A, B }: Heads) => ({
      mean: times(A),
      deviation: times(B).map((z) => Math.log1p(Math.exp(z))),
    }),
    jvp: (_: Heads, t: Heads) => ({ mean: times(t.A), deviation: times(t.B) }),
  });
  expect(report.findings.map(({ code, output }) => [code, output])).toEqual([['unexplained', 'deviation']]);
});

test('a factor close to one is told from it', () => {
  const report = checkJacobian({
    parameters: [0.6, -1.1],
    outputs: ([a, b]: number[]) => [a! * b!, a! ** 2],
    jacobian: ([a, b]: number[]) => [b!, a!, 2 * a!, 0].map((v) => 1.00002 * v),
  });
  expect(titles(report)).toEqual(['The Jacobian by parameters is 1.00002 times what it should be.']);
});

test('who changes the parameters is told, and no function that is called after it', () => {
  const p = parameters();
  const report = checkJacobian({
    parameters: p,
    ...model,
    jacobian: (q) => {
      q.a[0]! += 1;
      return model.jacobian(q);
    },
    jvp: ({ a, s }: Parameters, t: Parameters) => ({
      scaled: a.map((v, i) => s * t.a[i]! + t.s * v),
      total: a[1]! * t.a[0]! + a[0]! * t.a[1]! + 2 * a[2]! * s * t.a[2]! + a[2]! ** 2 * t.s,
    }),
  });
  expect(titles(report)).toEqual([
    'jacobian() changed the parameters: after a call it had changed 1 of its entries (a).',
  ]);
  expect(p).toEqual(parameters());
});

test('outputs that are random are told once for all claims', () => {
  const report = checkHessian({
    parameters: [0.4, 0.2],
    gradients: (x: number[]) => x.map((v) => v + Math.random()),
    hessian: () => [1, 0, 0, 1],
    hvp: (_: number[], v: number[]) => v,
  });
  expect(report.findings.map(({ code }) => code)).toEqual(['nondeterministic-loss']);
});

test('to check a block of a Hessian again takes both of its names', () => {
  const report = checkHessian({
    parameters: { a: [0.5, 0.1], b: 2, c: 1 },
    gradients: ({ a, b, c }: { a: number[]; b: number; c: number }) => ({
      a: a.map((v) => v * b),
      b: (a[0]! ** 2 + a[1]! ** 2) / 2,
      c,
    }),
    hessian: ({ a, b }) => ({
      a: { a: [b, 0, 0, b], b: [0, 0], c: [0, 0] },
      b: { a, b: 0, c: 0 },
      c: { a: [0, 0], b: 0, c: 1 },
    }),
  });
  expect(report.verdict).toBe('wrong');
  expect(formatReport(report)).toContain("To check only a and b again, pass { only: ['a', 'b'], seed: 1 }.");
});
