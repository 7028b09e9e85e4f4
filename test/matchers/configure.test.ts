import 'expect-gradients/vitest4';
import {
  checkGradients,
  checkJacobian,
  checkSizes,
  compareGradients,
  configureGradientChecks,
  type GradientCheckDefaults,
  formatReport,
  jsonOf,
} from 'expect-gradients';
import { afterEach, describe, expect, test, vi } from 'vitest';

/** Defaults that a setup file sets: which checks go by them, what of them is told, and what can't be set. */

const NONE: Readonly<Record<keyof GradientCheckDefaults, undefined>> = {
  artifacts: undefined,
  epsilon: undefined,
  kinks: undefined,
  maxEvaluations: undefined,
  method: undefined,
  onProgress: undefined,
  points: undefined,
  seed: undefined,
  strict: undefined,
  timeLimit: undefined,
  tolerance: undefined,
  worst: undefined,
};
afterEach(() => configureGradientChecks(NONE));

const model = {
  parameters: [3, 2],
  loss: ([x, y]: number[]) => x! ** 2 + y! ** 3,
  gradients: ([x, y]: number[]) => [2.001 * x!, 3 * y! ** 2],
};
const told = (text: string): string | undefined => /^Set for all checks.*$/m.exec(text)?.[0];

describe('what is set', () => {
  test('is what a check goes by, and the report and the message say so', () => {
    expect(checkGradients(model).verdict).toBe('wrong');
    configureGradientChecks({ tolerance: 1e-2, points: 3 });
    const report = checkGradients(model);
    expect(report.verdict).toBe('correct');
    expect(report).toMatchObject({ tolerance: 1e-2, points: { checked: 3 } });
    expect(report.configured).toEqual({ tolerance: 1e-2, points: 3 });
    expect(jsonOf(report)).toMatchObject({ configured: { tolerance: 1e-2, points: 3 } });
    expect(told(formatReport(report))).toBe(
      'Set for all checks, by configureGradientChecks: { tolerance: 0.01, points: 3 }',
    );
  });

  test('comes second to what a check is given, and is not told then', () => {
    configureGradientChecks({ tolerance: 1e-2, seed: 7 });
    const report = checkGradients(model, { tolerance: 1e-7, seed: undefined });
    expect(report).toMatchObject({ verdict: 'wrong', tolerance: 1e-7, seed: 7, configured: { seed: 7 } });
    expect(told(formatReport(report))).toBe('Set for all checks, by configureGradientChecks: { seed: 7 }');
  });

  test('holds for two numbers, too', () => {
    configureGradientChecks({ tolerance: 1e-2 });
    expect(model).toHaveCorrectGradients();
    expect(model).not.toHaveCorrectGradients(1e-5, 1e-7);
  });

  test('is added to by a later call, and taken away by undefined', () => {
    configureGradientChecks({ tolerance: 1e-2 });
    configureGradientChecks({ seed: 3 });
    expect(checkGradients(model).configured).toEqual({ tolerance: 1e-2, seed: 3 });
    configureGradientChecks({ tolerance: undefined });
    expect(checkGradients(model).configured).toEqual({ seed: 3 });
    configureGradientChecks({ seed: undefined });
    expect(checkGradients(model)).not.toHaveProperty('configured');
  });

  test('holds for every kind of check', () => {
    configureGradientChecks({ seed: 5 });
    const layer = {
      parameters: [2],
      outputs: ([x]: number[]) => [x! ** 2],
      jacobian: ([x]: number[]) => [2 * x!],
    };
    expect(checkJacobian(layer).configured).toEqual({ seed: 5 });
    expect(compareGradients(model, model).configured).toEqual({ seed: 5 });
    expect(checkSizes(() => model, { sizes: { n: [1] } }).cases[0]!.report.configured).toEqual({ seed: 5 });
  });

  test('does not hold for a comparison where it is about losses', () => {
    configureGradientChecks({ epsilon: 1e-3, timeLimit: 1000, tolerance: 1e-2 });
    expect(compareGradients(model, model).configured).toEqual({ tolerance: 1e-2 });
  });

  test('may be a function, or how much is shown, of which no verdict depends', () => {
    const onProgress = vi.fn<() => void>();
    configureGradientChecks({ onProgress, worst: 1 });
    const report = checkGradients({ ...model, gradients: () => [0, 0] });
    expect(onProgress).toHaveBeenCalled();
    expect(report.offenders).toHaveLength(1);
    expect(report).not.toHaveProperty('configured');
  });
});

describe('what did not matter is not told', () => {
  const textWith = (set: GradientCheckDefaults): string | undefined => {
    configureGradientChecks(set);
    return told(formatReport(checkGradients(model)));
  };

  test('of a budget that was not spent', () => {
    expect(textWith({ maxEvaluations: 100_000 })).toBeUndefined();
    expect(textWith({ maxEvaluations: 5 })).toMatch(/\{ maxEvaluations: 5 \}$/);
  });

  test('of strict where nothing is weak', () => {
    configureGradientChecks({ strict: true });
    const zero = {
      parameters: { w: 1, b: 0 },
      loss: ({ w, b }: { w: number; b: number }) => w ** 2 + b,
      gradients: ({ w }: { w: number }) => ({ w: 2 * w, b: 1 }),
    };
    expect(told(formatReport(checkGradients(model)))).toBeUndefined();
    const report = checkGradients({ ...zero, randomize: () => undefined });
    expect(report.weaknesses).toBeDefined();
    expect(told(formatReport(report))).toMatch(/\{ strict: true \}$/);
  });
});

describe('what can’t be meant', () => {
  test.each([
    [{ tolerance: -1 }, 'options.tolerance must be a positive finite number, but it is -1.'],
    [{ tolerence: 1e-6 }, 'there is no option "tolerence"; did you mean "tolerance"?'],
    [{ artifacts: 3 }, 'options.artifacts must be the path of a folder, but it is 3.'],
    [
      { only: 'W' },
      'configureGradientChecks takes no option "only", which names parts of one model: give it to the check of that model.',
    ],
    [1e-6, 'configureGradientChecks takes an object such as { tolerance: 1e-6 }, but it is given 0.000001.'],
    [
      undefined,
      'configureGradientChecks takes an object such as { tolerance: 1e-6 }, but it is given undefined.',
    ],
  ])('%j is a misuse that names it, and sets nothing', (options, text) => {
    expect(() => configureGradientChecks(options as object)).toThrow(`expect-gradients: ${text}`);
    expect(() => configureGradientChecks({ seed: 3, ...Object(options), points: 0 })).toThrow(TypeError);
    expect(checkGradients(model)).not.toHaveProperty('configured');
  });

  test('one number says what to write', () => {
    // @ts-expect-error one number only
    expect(() => expect(model).toHaveCorrectGradients(1e-4)).toThrow(
      'toHaveCorrectGradients takes an options object or two numbers, epsilon and tolerance, but not one: write ' +
        'toHaveCorrectGradients({ tolerance: 1e-4 }) or toHaveCorrectGradients({ epsilon: 1e-4 }).',
    );
  });
});
