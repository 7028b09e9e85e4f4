/** Random functions with many values: right ones are never called wrong, and what is planted is found where it is. */

import { checkHessian, checkJacobian } from 'expect-gradients';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const number = fc.double({ min: -1.5, max: 1.5, noNaN: true }).map((x) => Math.round(x * 2 ** 20) / 2 ** 20);

/** y_m = Σ a_mi sin(x_i + m) + x_m² x_0, at a point. */
const functions = fc
  .record({ outputs: fc.integer({ min: 1, max: 6 }), entries: fc.integer({ min: 1, max: 6 }) })
  .chain(({ outputs, entries }) =>
    fc.record({
      a: fc.array(fc.array(number, { minLength: entries, maxLength: entries }), {
        minLength: outputs,
        maxLength: outputs,
      }),
      x: fc.array(number, { minLength: entries, maxLength: entries }),
      row: fc.nat(outputs - 1),
      column: fc.nat(entries - 1),
      large: fc.boolean(),
    }),
  );

function modelOf({ a, x }: { a: number[][]; x: number[] }) {
  const at = (values: ArrayLike<number>, m: number): number => values[m % values.length]!;
  const outputs = (p: number[]): number[] =>
    a.map((row, m) => row.reduce((sum, own, i) => sum + own * Math.sin(p[i]! + m), at(p, m) ** 2 * p[0]!));
  const jacobian = (p: number[]): number[][] =>
    a.map((row, m) => {
      const gradient = row.map((own, i) => own * Math.cos(p[i]! + m));
      gradient[m % p.length]! += 2 * at(p, m) * p[0]!;
      gradient[0]! += at(p, m) ** 2;
      return gradient;
    });
  const vjp = (p: number[], c: number[]): number[] =>
    p.map((_, i) => jacobian(p).reduce((sum, row, m) => sum + c[m]! * row[i]!, 0));
  const jvp = (p: number[], t: number[]): number[] =>
    jacobian(p).map((row) => row.reduce((sum, own, i) => sum + own * t[i]!, 0));
  return { parameters: x, outputs, jacobian, vjp, jvp };
}

describe('a random function with its derivatives', () => {
  test('is correct, whichever way it is checked', () => {
    fc.assert(
      fc.property(functions, (drawn) => {
        const method = drawn.large ? 'directional' : 'exhaustive';
        const report = checkJacobian(modelOf(drawn), { method });
        expect(report.verdict).toBe('correct');
        expect(report.findings.filter(({ code }) => code.startsWith('not-'))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('of which one entry is wrong is wrong there', () => {
    fc.assert(
      fc.property(functions, ({ large, row, column, ...drawn }) => {
        const { jacobian: right, ...model } = modelOf(drawn);
        const jacobian = (p: number[]): number[][] => {
          const matrix = right(p);
          matrix[row]![column]! += 0.5;
          return matrix;
        };
        const vjp = (p: number[], c: number[]): number[] =>
          p.map((_, i) => jacobian(p).reduce((sum, own, m) => sum + c[m]! * own[i]!, 0));
        const jvp = (p: number[], t: number[]): number[] =>
          jacobian(p).map((own) => own.reduce((sum, value, i) => sum + value * t[i]!, 0));
        const method = large ? 'directional' : 'exhaustive';
        for (const claim of [{ jacobian }, { vjp }, { jvp }]) {
          const { parameters, outputs } = model;
          const report = checkJacobian({ parameters, outputs, ...claim }, { method });
          const [first] = report.offenders;
          expect([report.verdict, first?.outputIndex, first?.index]).toEqual(['wrong', [row], [column]]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a random quadratic form', () => {
  test('has the Hessian of its sum with its transpose, and no other', () => {
    fc.assert(
      fc.property(functions, fc.boolean(), ({ a, x, row }, isWrong) => {
        const size = x.length;
        const h = (i: number, j: number): number =>
          (a[i % a.length]![j]! + a[j % a.length]![i]!) / 2 + (i === j ? 1 : 0);
        const gradients = (p: number[]): number[] =>
          p.map((_, i) => p.reduce((sum, own, j) => sum + h(i, j) * own, Math.sin(p[i]!)));
        const hvp = (p: number[], v: number[]): number[] =>
          v.map((own, i) =>
            v.reduce(
              (sum, other, j) => sum + h(i, j) * other,
              Math.cos(p[i]!) * own * (isWrong && i === row % size ? -1 : 1),
            ),
          );
        const report = checkHessian({ parameters: x, gradients, hvp });
        expect(report.verdict).toBe(isWrong ? 'wrong' : 'correct');
      }),
      { numRuns: 100 },
    );
  });
});
