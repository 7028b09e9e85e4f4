import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/check/settings.js';
import { thrownBy } from '../bits.js';

describe('the settings of a check', () => {
  const defaults = {
    epsilon: undefined,
    tolerance: undefined,
    selection: { only: undefined, except: undefined },
    kinks: 'subgradient',
    points: 2,
    strict: false,
    seed: 1,
    worst: 5,
    configured: {},
  };

  it.each([undefined, {}, { epsilon: undefined, only: undefined, seed: undefined, worst: undefined }])(
    'are the defaults for %o',
    (options) => {
      expect(readSettings(options)).toEqual(defaults);
    },
  );

  it('are what is given', () => {
    const options = {
      epsilon: 1e-7,
      tolerance: 5e-324,
      only: 'encoder',
      except: [/b$/, 'W'],
      kinks: 'reject',
      points: 1,
      strict: true,
      seed: 0,
      worst: 1,
    };
    expect(readSettings(options)).toEqual({
      epsilon: 1e-7,
      tolerance: 5e-324,
      selection: { only: ['encoder'], except: [/b$/, 'W'] },
      kinks: 'reject',
      points: 1,
      strict: true,
      seed: 0,
      worst: 1,
      configured: {},
    });
  });

  it('take the largest seed and any number of offenders', () => {
    expect(readSettings({ seed: 2 ** 32 - 1, worst: 1e12 })).toEqual({
      ...defaults,
      seed: 2 ** 32 - 1,
      worst: 1e12,
    });
  });

  const improper: readonly [value: unknown, found: string][] = [
    [0, '0'],
    [-0, '-0'],
    [-1, '-1'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [-Infinity, '-Infinity'],
    ['1e-7', 'the string "1e-7"'],
    [null, 'null'],
    [1n, 'the bigint 1n'],
    [[1e-7], 'an array of 1'],
  ];

  it.each(improper)('refuse %o for epsilon and for tolerance, as %s', (value, found) => {
    for (const name of ['epsilon', 'tolerance']) {
      const error = thrownBy(() => readSettings({ [name]: value }));
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toBe(
        `expect-gradients: options.${name} must be a positive finite number, but it is ${found}.`,
      );
    }
  });

  it.each<[options: unknown, message: string]>([
    [null, 'options must be an object such as { epsilon, tolerance }, but it is null.'],
    [[], 'options must be an object such as { epsilon, tolerance }, but it is an empty array.'],
    [[1e-7, 1e-7], 'options must be an object such as { epsilon, tolerance }, but it is an array of 2.'],
    ['strict', 'options must be an object such as { epsilon, tolerance }, but it is the string "strict".'],
    [1e-7, 'options must be an object such as { epsilon, tolerance }, but it is 1e-7.'],
    [true, 'options must be an object such as { epsilon, tolerance }, but it is the boolean true.'],
    [() => {}, 'options must be an object such as { epsilon, tolerance }, but it is a function.'],
    [{ seed: 1.5 }, 'options.seed must be a whole number from 0 to 4294967295, but it is 1.5.'],
    [{ seed: -1 }, 'options.seed must be a whole number from 0 to 4294967295, but it is -1.'],
    [{ seed: 2 ** 32 }, 'options.seed must be a whole number from 0 to 4294967295, but it is 4294967296.'],
    [{ seed: NaN }, 'options.seed must be a whole number from 0 to 4294967295, but it is NaN.'],
    [{ seed: '7' }, 'options.seed must be a whole number from 0 to 4294967295, but it is the string "7".'],
    [{ seed: null }, 'options.seed must be a whole number from 0 to 4294967295, but it is null.'],
    [{ worst: 0 }, 'options.worst must be a whole number, at least 1, but it is 0.'],
    [{ worst: 2.5 }, 'options.worst must be a whole number, at least 1, but it is 2.5.'],
    [{ worst: Infinity }, 'options.worst must be a whole number, at least 1, but it is Infinity.'],
    [{ worst: 'all' }, 'options.worst must be a whole number, at least 1, but it is the string "all".'],
    [{ points: 0 }, 'options.points must be a whole number, at least 1, but it is 0.'],
    [{ points: 1.5 }, 'options.points must be a whole number, at least 1, but it is 1.5.'],
    [{ strict: 'yes' }, 'options.strict must be true or false, but it is the string "yes".'],
    [{ strict: 1 }, 'options.strict must be true or false, but it is 1.'],
    [{ strict: null }, 'options.strict must be true or false, but it is null.'],
    [{ kinks: 'accept' }, `options.kinks must be 'subgradient' or 'reject', but it is the string "accept".`],
    [
      { method: 'fast' },
      `options.method must be 'exhaustive' or 'directional', but it is the string "fast".`,
    ],
    [{ maxEvaluations: 4 }, 'options.maxEvaluations must be a whole number, at least 5, but it is 4.'],
    [{ timeLimit: 0 }, 'options.timeLimit must be a positive finite number, but it is 0.'],
    [{ onProgress: true }, 'options.onProgress must be a function, but it is the boolean true.'],
    [{ kinks: true }, `options.kinks must be 'subgradient' or 'reject', but it is the boolean true.`],
    [{ only: 3 }, 'options.only must be a name, a RegExp or an array of them, but it is 3.'],
    [{ only: null }, 'options.only must be a name, a RegExp or an array of them, but it is null.'],
    [
      { only: ['W', undefined] },
      'options.only must be a name, a RegExp or an array of them, but [1] is undefined.',
    ],
    [
      { except: [['W']] },
      'options.except must be a name, a RegExp or an array of them, but [0] is an array of 1.',
    ],
    [
      { except: new Set(['W']) },
      'options.except must be a name, a RegExp or an array of them, but it is a Set.',
    ],
    [{ only: [] }, 'options.only is an empty array; name at least one parameter.'],
  ])('refuse %o', (options, message) => {
    const error = thrownBy(() => readSettings(options));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toBe(`expect-gradients: ${message}`);
  });

  it.each([
    ['epsilonn', 'epsilon'],
    ['Epsilon', 'epsilon'],
    ['eps', 'epsilon'],
    ['h', 'epsilon'],
    ['Tolerance', 'tolerance'],
    ['tolerence', 'tolerance'],
    ['tol', 'tolerance'],
    ['atol', 'tolerance'],
    ['rtol', 'tolerance'],
    ['onyl', 'only'],
    ['exclude', 'except'],
    ['kink', 'kinks'],
    ['Seed', 'seed'],
    ['worts', 'worst'],
    ['artefacts', 'artifacts'],
    ['artifactsDir', 'artifacts'],
  ])('refuse an option called %s, and name %s', (key, nearest) => {
    const error = thrownBy(() => readSettings({ [key]: undefined }));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toBe(
      `expect-gradients: there is no option "${key}"; did you mean "${nearest}"?`,
    );
  });
});
