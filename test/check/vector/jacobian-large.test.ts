/** Functions of so many outputs or entries that random vectors stand in the place of all. */

import { checkHessian, checkJacobian, formatReport } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { bitsOf, numbersIn } from '../../bits.js';
import { circle, dense, type Fault } from './vectors.js';

/** 256 outputs by 1472 entries: beyond what is taken entry by entry. */
const SIZE = [8, 36, 32] as const;

describe('a large layer', () => {
  test.each([false, true])(
    'that is right is correct along a few random vectors, in single precision %s',
    (single) => {
      const layer = dense(SIZE, 'none', single);
      const before = bitsOf(numbersIn(layer.parameters));
      const report = checkJacobian(layer);
      expect([report.verdict, report.vectors]).toEqual(['correct', 3]);
      expect(report.evaluations['vjp']).toBeLessThan(12);
      expect(report.evaluations['jvp']).toBeLessThan(24);
      expect(bitsOf(numbersIn(layer.parameters))).toEqual(before);
      expect(formatReport(report).replaceAll('\n', ' ')).toContain('for 3 random cotangents and tangents');
      expect(new Set(report.parameters.map(({ verdict }) => verdict))).toEqual(new Set(['correct']));
    },
  );

  test.each([
    ['one entry', false],
    ['one entry', true],
    ['jvp entry', false],
    ['jvp entry', true],
  ] as const)(
    'with the fault "%s" is wrong in the output and entry that are named, single: %s',
    (fault, single) => {
      const report = checkJacobian(dense(SIZE, fault, single));
      expect(report.verdict).toBe('wrong');
      const [{ output, outputIndex, parameter, index }] = report.offenders as [(typeof report.offenders)[0]];
      // The entry by which the last of the batch is wrong in its second output.
      expect([output, outputIndex, parameter, index]).toEqual(['outputs', [7 * 32 + 1], 'W', [71]]);
    },
  );

  test.each<[Fault, string]>([
    ['factor', 'scaled'],
    ['sign', 'sign-flipped'],
    ['ignored', 'not-linear'],
    ['square', 'not-linear'],
    ['added', 'not-linear'],
  ])('with the fault "%s" is wrong by %s', (fault, code) => {
    const { parameters, outputs, vjp } = dense(SIZE, fault);
    const report = checkJacobian({ parameters, outputs, vjp });
    expect([report.verdict, report.findings[0]?.code]).toEqual(['wrong', code]);
  });

  test('may be made so by method', () => {
    const report = checkJacobian(dense([2, 3, 4]), { method: 'directional' });
    expect([report.verdict, report.vectors]).toEqual(['correct', 3]);
    const exhaustive = checkJacobian(dense([2, 3, 4]), { method: 'exhaustive' });
    expect([exhaustive.verdict, exhaustive.vectors]).toEqual(['correct', undefined]);
  });

  test('that gives its whole matrix is checked by rows put together', () => {
    const count = 600;
    const parameters = { x: Float64Array.from({ length: count }, (_, i) => Math.sin(i)) };
    const model = (factor: number) => ({
      parameters,
      outputs: ({ x }: typeof parameters) => x.map((own, i) => own * x[(i + 1) % count]!),
      jacobian({ x }: typeof parameters) {
        const matrix = new Float64Array(count * count);
        for (let i = 0; i < count; i += 1) {
          matrix[i * count + i] = x[(i + 1) % count]!;
          matrix[i * count + ((i + 1) % count)] = x[i]! * (i === 321 ? factor : 1);
        }
        return matrix;
      },
    });
    expect(checkJacobian(model(1)).verdict).toBe('correct');
    const wrong = checkJacobian(model(1.5));
    expect(wrong.offenders.map(({ outputIndex, index }) => [outputIndex, index])).toEqual([[[321], [322]]]);
  });
});

describe('the Hessian of many entries', () => {
  test('is checked along a few tangents', () => {
    const report = checkHessian(circle(800));
    expect([report.verdict, report.vectors]).toEqual(['correct', 3]);
    expect(report.evaluations['hvp']).toBeLessThan(24);
  });

  test('is wrong in the pair of entries that is named', () => {
    const report = checkHessian(circle(800, 'entry'));
    expect(report.offenders.map(({ outputIndex, index }) => [outputIndex, index])).toEqual([[[7], [7]]]);
  });

  test('that is not symmetric is told along two vectors', () => {
    const report = checkHessian(circle(800, 'half'));
    expect(report.findings[0]!.code).toBe('not-symmetric');
    expect(report.findings[0]!.title).toContain('for two random vectors v and w');
    expect(report.offenders.map(({ outputIndex, index }) => [outputIndex, index])).toEqual([[[5], [4]]]);
  });
});

test('so many outputs that sums of them are measured: the output and the entry are named all the same', () => {
  const count = 3000;
  const parameters = { x: Float64Array.from({ length: 20 }, (_, i) => Math.sin(i)) };
  const at = (x: Float64Array, m: number): number => x[m % 20]!;
  const model = (factor: number) => ({
    parameters,
    outputs: ({ x }: typeof parameters) =>
      Float64Array.from({ length: count }, (_, m) => at(x, m) * at(x, 7 * m + 3)),
    jvp: ({ x }: typeof parameters, t: typeof parameters) =>
      Float64Array.from({ length: count }, (_, m) => {
        const own = at(t.x, m) * at(x, 7 * m + 3) * (m === 2345 ? factor : 1);
        return own + at(x, m) * at(t.x, 7 * m + 3);
      }),
  });
  expect(checkJacobian(model(1), { method: 'directional' }).verdict).toBe('correct');
  const wrong = checkJacobian(model(1.5), { method: 'directional' });
  expect(wrong.offenders.map(({ output, outputIndex, index }) => [output, outputIndex, index])).toEqual([
    ['outputs', [2345], [5]],
  ]);
});
