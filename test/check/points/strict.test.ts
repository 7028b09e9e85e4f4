/** What makes a pass weak, and that the option `strict` lets no weak pass be one. */

import {
  checkGradients,
  checkJacobian,
  formatReport,
  type GradientReport,
  type AnyModel,
} from 'expect-gradients';
import { describe, expect, test } from 'vitest';

const square = (values: readonly number[]): number => values.reduce((sum, v) => sum + v ** 2 * (v + 3), 0);
const slopes = (values: readonly number[]): number[] => values.map((v) => 3 * v ** 2 + 6 * v);

/** The gradients are numbers that were computed before. */
const once = slopes([0.3, -0.7, 1.1]);

type Two = { a: number[]; b: number[] };
const two = (more: Partial<AnyModel<Two>>): AnyModel<Two> => ({
  parameters: { a: [0.4, -0.9, 1.3], b: [0.7, 0.2] },
  loss: ({ a, b }) => square(a) + square(b),
  gradients: ({ a, b }) => ({ a: slopes(a), b: slopes(b) }),
  ...more,
});

/** Noise that is the same at each call, from 0 to 1. */
const noise = (value: number): number => {
  const wild = Math.sin(value * 1e13) * 4e13;
  return wild - Math.floor(wild);
};

const noisy: AnyModel<Two> = two({
  loss: ({ a, b }) => square(a) + square(b) + 1e-4 * noise(square(a) + square(b)),
});

/** A model that is right, and what the message of a strict check says of it; and of one that passes, where no finding says it. */
interface Weak {
  readonly model: AnyModel<never>;
  readonly said: readonly string[];
  readonly saidWhereItPasses?: readonly string[];
  /** Besides what is said, mistakes that could not have shown are listed. */
  readonly isBlind?: boolean;
  readonly points?: number;
}

/** By what is weak in the check of them. */
const WEAK: Readonly<Record<string, Weak>> = {
  'a blind spot': {
    model: two({ parameters: { a: [0, 0, 0], b: [0.7, 0.2] } }) as AnyModel<never>,
    points: 1,
    said: [],
    isBlind: true,
  },
  'an unused parameter': {
    model: two({
      loss: ({ a }) => square(a),
      gradients: ({ a }) => ({ a: slopes(a), b: [0, 0] }),
    }) as AnyModel<never>,
    said: ['the loss does not move with b'],
    isBlind: true,
  },
  'a kink': {
    model: {
      parameters: { a: [0.4, 0, 1.3] } as unknown as Two,
      loss: ({ a }: Two) => square(a) + a.reduce((sum, v) => sum + Math.abs(v), 0),
      gradients: ({ a }: Two) => ({ a: slopes(a).map((slope, i) => slope + Math.sign(a[i]!)) }),
    } as AnyModel<Two> as AnyModel<never>,
    points: 1,
    said: ['any claim between two slopes will do at a kink in a'],
  },
  'a claim that was computed once': {
    model: {
      parameters: { a: [0.3, -0.7, 1.1] } as unknown as Two,
      loss: ({ a }: Two) => square(a),
      gradients: () => ({ a: once }),
    } as AnyModel<Two> as AnyModel<never>,
    said: ['what is claimed of a was computed once, before the check'],
  },
  'a point that could not be evaluated': {
    model: two({
      loss: ({ a, b }) => (Math.abs(a[0]! - 0.4) > 1e-4 ? Number.NaN : square(a) + square(b)),
    }) as AnyModel<never>,
    said: ['1 point could not be evaluated'],
    saidWhereItPasses: ['1 point could not be evaluated'],
  },
  'a tolerance that noise raised': {
    model: noisy as AnyModel<never>,
    said: ['noise raised the tolerance'],
    saidWhereItPasses: ['noise raised the tolerance'],
  },
};

/** The lines of the block that says what is weak. */
function saidIn(report: GradientReport): readonly string[] {
  const [, block] = /The check is weak:\n(.*?)\n\n/s.exec(formatReport(report)) ?? [];
  return block?.split('\n').map((line) => line.trim()) ?? [];
}

describe.each(Object.entries(WEAK))(
  '%s',
  (_, { model, said, saidWhereItPasses = [], isBlind = false, points = 2 }) => {
    test('passes, and is told', () => {
      const report = checkGradients(model as unknown as AnyModel, { points }) as GradientReport;
      expect(report.verdict).toBe('correct');
      expect(report.weaknesses).toHaveLength(said.length + Number(isBlind));
      expect(saidIn(report)).toEqual(saidWhereItPasses);
    });

    test('does not pass where that is to be strict, nor under .not, and the message says why', () => {
      const report = checkGradients(model as unknown as AnyModel, { points, strict: true }) as GradientReport;
      expect(report.verdict).toBe('inconclusive');
      expect(saidIn(report)).toEqual(said);
      expect(formatReport(report).includes('These mistakes could not have shown')).toBe(isBlind);
      expect(formatReport(report).replaceAll('\n', ' ')).toMatch(
        /^Inconclusive: the gradients agree with the loss, but the check is weak, which strict does not accept, so the test fails, with or without \.not\./,
      );
    });
  },
);

test('what a second point shows is not weak', () => {
  for (const name of ['a blind spot', 'a kink']) {
    const report = checkGradients(WEAK[name]!.model as unknown as AnyModel, {
      strict: true,
    }) as GradientReport;
    expect(report.verdict).toBe('correct');
    expect(report).not.toHaveProperty('weaknesses');
  }
});

test('a tolerance that was given is no weakness', () => {
  const report = checkGradients(noisy, { tolerance: 1e-2, strict: true }) as GradientReport;
  expect(report.verdict).toBe('correct');
});

test('a strict check of what is strong passes, and of what is wrong is wrong', () => {
  expect(checkGradients(two({}), { strict: true })).toMatchObject({ verdict: 'correct', blindSpots: [] });
  const wrong = two({ gradients: ({ a, b }) => ({ a: slopes(a), b: slopes(b).map((slope) => 2 * slope) }) });
  const report = checkGradients(wrong, { strict: true }) as GradientReport;
  expect(report.verdict).toBe('wrong');
  expect(report).not.toHaveProperty('weaknesses');
});

test('a Jacobian is weak by what its report says', () => {
  const unused = {
    parameters: { x: [1.5, -2], y: [0.5] },
    outputs: ({ x }: { x: number[] }) => x.map((v) => v ** 2),
    jacobian: ({ x }: { x: number[] }) => ({
      x: x.map((v, i) => x.map((_, j) => (i === j ? 2 * v : 0))),
      y: x.map(() => [0]),
    }),
  };
  const weaknesses = [{ code: 'unused-parameter', parameters: ['y'] }];
  expect(checkJacobian(unused)).toMatchObject({ verdict: 'correct', weaknesses });
  expect(checkJacobian(unused, { strict: true })).toMatchObject({ verdict: 'inconclusive', weaknesses });
  expect(checkJacobian(unused, { strict: true, except: 'y' }).verdict).toBe('correct');
});
