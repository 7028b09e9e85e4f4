/** Random vectors in the place of all outputs or entries, of functions small enough to be checked in no time. */

import { checkHessian, checkJacobian, type JacobianReport } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { circle, dense, type Fault } from './vectors.js';
import { cotangent, tangent } from '../../../src/check/vector/random-vectors.js';
import { made, twoByTwo, type TwoByTwo } from './task.js';

const DIRECTIONAL = { method: 'directional' } as const;
const ROLES = ['jacobian', 'vjp', 'jvp'] as const;

/** The function with one of the claims alone. */
function claiming(role: (typeof ROLES)[number], fault?: Parameters<typeof twoByTwo>[0]) {
  const others = ROLES.filter((other) => other !== role).map((other) => [other, undefined] as const);
  return { ...twoByTwo(fault), ...Object.fromEntries(others) };
}

const parametersOf = ({ parameters }: JacobianReport): unknown =>
  parameters.map(({ name, output, shape, count, due, checked, wrong, wrongIs, verdict }) => ({
    of: `${output} by ${name}`,
    sizes: [shape, count, due, checked],
    wrong: wrongIs === undefined ? wrong : `${wrongIs} ${wrong}`,
    verdict,
  }));

describe('the report of a function with two arrays of outputs by two parameters', () => {
  const right = { wrong: 0, verdict: 'correct' };

  test.each(['jacobian', 'vjp'] as const)(
    'is one for each parameter along sums of the outputs: %s',
    (role) => {
      const report = checkJacobian(claiming(role), DIRECTIONAL);
      expect([report.verdict, report.method, report.vectors]).toEqual(['correct', 'directional', 3]);
      expect(parametersOf(report)).toEqual([
        { of: 'outputs by p', sizes: [[5, 3], 15, 15, 15], ...right },
        { of: 'outputs by q', sizes: [[5, 2], 10, 10, 10], ...right },
      ]);
    },
  );

  test('is one for each array by each parameter along tangents', () => {
    const report = checkJacobian(claiming('jvp'), DIRECTIONAL);
    expect([report.verdict, report.method, report.vectors]).toEqual(['correct', 'directional', 3]);
    expect(parametersOf(report)).toEqual([
      { of: 'a by p', sizes: [[2, 3], 6, 6, 6], ...right },
      { of: 'a by q', sizes: [[2, 2], 4, 4, 4], ...right },
      { of: 'b by p', sizes: [[3, 3], 9, 9, 9], ...right },
      { of: 'b by q', sizes: [[3, 2], 6, 6, 6], ...right },
    ]);
  });

  test('is one for each array by each parameter, entry by entry', () => {
    const report = checkJacobian(twoByTwo({ row: 3, column: 4, by: 0.5 }), { method: 'exhaustive' });
    expect([report.method, report.vectors]).toEqual(['exhaustive', undefined]);
    const own = [
      { of: 'a by p', sizes: [[2, 3], 6, 6, 6], ...right },
      { of: 'a by q', sizes: [[2, 2], 4, 4, 4], ...right },
      { of: 'b by p', sizes: [[3, 3], 9, 9, 9], ...right },
      { of: 'b by q', sizes: [[3, 2], 6, 6, 6], wrong: 1, verdict: 'wrong' },
    ];
    expect(parametersOf(report)).toEqual([...own, ...own, ...own]);
    expect(report.derivatives).toEqual(['jacobian', 'vjp', 'jvp']);
  });

  test('counts at least what was found wrong', () => {
    const fault = { row: 3, column: 4, by: 0.5 };
    const wrong = { wrong: 'at least 1', verdict: 'wrong' };
    expect(parametersOf(checkJacobian(claiming('vjp', fault), DIRECTIONAL))).toEqual([
      { of: 'outputs by p', sizes: [[5, 3], 15, 15, 15], ...right },
      { of: 'outputs by q', sizes: [[5, 2], 10, 10, 10], ...wrong },
    ]);
    expect(parametersOf(checkJacobian(claiming('jvp', fault), DIRECTIONAL))).toEqual([
      { of: 'a by p', sizes: [[2, 3], 6, 6, 6], ...right },
      { of: 'a by q', sizes: [[2, 2], 4, 4, 4], ...right },
      { of: 'b by p', sizes: [[3, 3], 9, 9, 9], ...right },
      { of: 'b by q', sizes: [[3, 2], 6, 6, 6], ...wrong },
    ]);
  });

  test('is of a part, where that is asked for', () => {
    const sizes = (role: (typeof ROLES)[number]): unknown =>
      checkJacobian(claiming(role), { ...DIRECTIONAL, shard: '1/2' }).parameters.map(
        ({ name, due, checked }) => [name, due, checked],
      );
    // The first two of five entries.
    expect(sizes('vjp')).toEqual([['p', 10, 10]]);
    expect(sizes('jvp')).toEqual([
      ['p', 4, 4],
      ['p', 6, 6],
    ]);
  });
});

describe('an entry that is wrong is named', () => {
  const NAMES = [
    ['a', 0, 'p', 0],
    ['a', 1, 'q', 1],
    ['b', 2, 'p', 2],
    ['b', 0, 'q', 0],
  ] as const;
  const cases = ROLES.flatMap((role) => NAMES.map((place) => [role, ...place] as const));

  test.each(cases)('%s: %s[%i] by %s[%i]', (role, output, m, parameter, i) => {
    const fault = { row: m + (output === 'b' ? 2 : 0), column: i + (parameter === 'q' ? 3 : 0), by: 0.5 };
    const right = twoByTwo().jacobian(twoByTwo().parameters)[fault.row]![fault.column]!;
    const report = checkJacobian(claiming(role, fault), DIRECTIONAL);
    expect(report.verdict).toBe('wrong');
    expect(report.offenders).toEqual([
      {
        parameter,
        index: [i],
        output,
        outputIndex: [m],
        derivative: role,
        analytic: expect.closeTo(right + 0.5, 6),
        numeric: expect.closeTo(right, 6),
        uncertainty: expect.any(Number),
        difference: expect.closeTo(0.5 / (Math.abs(right + 0.5) + Math.abs(right)), 6),
        verdict: 'wrong',
      },
    ]);
    expect(report.offenders[0]!.uncertainty).toBeLessThan(1e-6);
  });
});

describe('a layer whose derivatives are wrong', () => {
  const SIZE = [2, 3, 4] as const;

  test.each<[Fault, 'vjp' | 'jvp', string, string]>([
    ['factor', 'vjp', 'scaled', 'W'],
    ['sign', 'vjp', 'sign-flipped', 'W'],
    ['ignored', 'vjp', 'not-linear', 'x'],
    ['added', 'vjp', 'not-linear', 'W'],
    ['one entry', 'vjp', 'isolated-entries', 'W'],
    ['jvp entry', 'jvp', 'isolated-entries', 'W'],
  ])('by %s in %s is told so along random vectors', (fault, role, code, parameter) => {
    const { parameters, outputs, ...claims } = dense(SIZE, fault);
    const model = { parameters, outputs, [role]: claims[role] } as unknown as ReturnType<typeof dense>;
    const report = checkJacobian(model, DIRECTIONAL);
    expect(report.verdict).toBe('wrong');
    expect(report.findings.map((finding) => finding.code)).toContain(code);
    expect(report.offenders[0]!.parameter).toBe(parameter);
  });
});

describe('errors that cancel along one random vector show along another', () => {
  const point = [0.5, 1.5];
  const outputs = ([p = 0, q = 0]: number[]): number[] => [Math.sin(p) + q, p * q];
  const right = ([p = 0, q = 0]: number[]): number[][] => [
    [Math.cos(p), 1],
    [q, p],
  ];
  const { task } = made({ parameters: point, outputs, jacobian: right });
  const offBy = (errors: readonly (readonly number[])[]) => (p: number[]) =>
    right(p).map((row, m) => row.map((own, i) => own + errors[m]![i]!));

  test('of cotangents', () => {
    const [first = 0, second = 0] = cotangent(task.subject, 1, 0);
    const jacobian = offBy([
      [0.1, 0],
      [(-0.1 * first) / second, 0],
    ]);
    const vjp = (p: number[], c: number[]): number[] =>
      [0, 1].map((i) => jacobian(p).reduce((sum, row, m) => sum + c[m]! * row[i]!, 0));
    for (const claim of [{ jacobian }, { vjp }]) {
      const report = checkJacobian({ parameters: point, outputs, ...claim }, DIRECTIONAL);
      expect([report.verdict, report.offenders[0]?.index]).toEqual(['wrong', [0]]);
    }
  });

  test('of tangents', () => {
    const [along] = tangent(task.subject, 1, 0);
    const jacobian = offBy([
      [0, 0],
      [0.1, (-0.1 * along![0]!) / along![1]!],
    ]);
    const jvp = (p: number[], t: number[]): number[] =>
      jacobian(p).map((row) => row.reduce((sum, own, i) => sum + own * t[i]!, 0));
    const report = checkJacobian({ parameters: point, outputs, jvp }, DIRECTIONAL);
    expect([report.verdict, report.offenders[0]?.outputIndex]).toEqual(['wrong', [1]]);
  });
});

test.each(ROLES)('an entry is measured by the scale of its parameter: %s', (role) => {
  for (const unit of [2 ** -20, 2 ** 20]) {
    const parameters = { x: [0.3, -0.7, 1.1].map((x) => x * unit) };
    const rows = ({ x }: typeof parameters, by = 0): number[][] =>
      x.map((own, m) =>
        x.map((_, i) => ((m === i ? Math.cos(own / unit) : 0) + (m === 1 && i === 1 ? by : 0)) / unit),
      );
    const claims = {
      jacobian: (p: typeof parameters) => rows(p, 0.25),
      vjp: (p: typeof parameters, c: number[]) => ({
        x: p.x.map((_, i) => rows(p, 0.25).reduce((sum, row, m) => sum + c[m]! * row[i]!, 0)),
      }),
      jvp: (p: typeof parameters, t: typeof parameters) =>
        rows(p, 0.25).map((row) => row.reduce((sum, own, i) => sum + own * t.x[i]!, 0)),
    };
    const model = { parameters, outputs: ({ x }: typeof parameters) => x.map((own) => Math.sin(own / unit)) };
    const { offenders } = checkJacobian(
      { ...model, jvp: undefined as never, [role]: claims[role] },
      DIRECTIONAL,
    );
    expect(offenders.map(({ outputIndex, index }) => [outputIndex, index])).toEqual([[[1], [1]]]);
    expect(offenders[0]!.numeric * unit).toBeCloseTo(Math.cos(-0.7), 8);
    expect(offenders[0]!.uncertainty * unit).toBeLessThan(2e-8);
  }
});

describe('products of a Hessian', () => {
  test.each([
    ['none', []],
    ['entry', [[[7], [7]]]],
    ['half', [[[5], [4]]]],
  ] as const)('with the fault "%s" are wrong there', (fault, expected) => {
    const report = checkHessian(circle(12, fault), DIRECTIONAL);
    expect(report.offenders.map(({ outputIndex, index }) => [outputIndex, index])).toEqual(expected);
    expect(report.findings.some(({ code }) => code === 'not-symmetric')).toBe(fault === 'half');
  });
});

test('products are called a few times, and a wrong one a few times more', () => {
  const calls = (role: 'vjp' | 'jvp', by: number): number =>
    checkJacobian(claiming(role, { row: 1, column: 1, by }), DIRECTIONAL).evaluations[role]!;
  expect(calls('vjp', 0)).toBeLessThan(12);
  expect(calls('jvp', 0)).toBeLessThan(18);
  expect(calls('vjp', 1)).toBeLessThan(60);
  expect(calls('jvp', 1)).toBeLessThan(60);
});

test('a budget ends the search, and the parameters are as they were', () => {
  const vjp = claiming('vjp', { row: 1, column: 1, by: 0.5 });
  const jvp = claiming('jvp', { row: 1, column: 1, by: 0.5 });
  for (const model of [vjp, jvp, { ...jvp, ...vjp }]) {
    const before = structuredClone<TwoByTwo>(model.parameters);
    for (const maxEvaluations of [5, 10, 20, 40, 80, 120]) {
      const report = checkJacobian(model, { ...DIRECTIONAL, maxEvaluations });
      expect(report.evaluations['outputs']).toBeLessThanOrEqual(maxEvaluations);
      expect(report.verdict).not.toBe('correct');
      expect(model.parameters).toEqual(before);
    }
  }
});
