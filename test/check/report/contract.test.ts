/** What a report promises whatever was checked, and however: `docs/api.md` says its types, this what their values mean. */

import {
  checkGradients,
  checkHessian,
  checkJacobian,
  type GradientCheckOptions,
  jsonOf,
  type JacobianReport,
  type Report,
} from 'expect-gradients';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { HESSIAN, JACOBIAN } from '../../../src/model/subject/vector-subject.js';
import type { ParameterEvidence } from '../../../src/check/measurement.js';
import { type ErrorPicture, pictureOf } from '../../../src/check/report/map-errors.js';
import { runVectorCheck } from '../../../src/check/vector-check.js';
import { circle, dense } from '../vector/vectors.js';
import { VECTORS } from '../../../src/check/vector/random-vectors.js';

/** The time, in ms, as the checks read it: what takes none is cheap. */
const clock = vi.hoisted(() => ({ time: 0 }));
vi.mock('../../../src/check/run/clock.js', () => ({ now: () => clock.time }));

/** J = Σ sin a + Σ cos b over parameters of so many entries each; `factor` is what is claimed of one of the entries of b. */
function model(entries: number, factor = 1) {
  const parameters = {
    a: Float64Array.from({ length: entries }, (_, i) => Math.sin(i + 1)),
    b: Float64Array.from({ length: entries }, (_, i) => Math.cos(i) + 2),
  };
  return {
    parameters,
    loss: () =>
      parameters.a.reduce((sum, x) => sum + Math.sin(x), 0) +
      parameters.b.reduce((sum, x) => sum + Math.cos(x), 0),
    gradients: () => ({
      a: parameters.a.map(Math.cos),
      b: parameters.b.map((x, i) => -Math.sin(x) * (i === 1 ? factor : 1)),
    }),
  };
}

/** A layer with one of its derivatives. */
const only = (role: 'vjp' | 'jvp', { parameters, outputs, ...roles }: ReturnType<typeof dense>) => ({
  parameters,
  outputs,
  [role]: roles[role],
});

/** A layer of 8 outputs, by 12 + 4 + 6 entries. */
const SIZE = [2, 3, 4] as const;
const directional: GradientCheckOptions = { method: 'directional' };

const REPORTS: Readonly<Record<string, () => Report>> = {
  correct: () => checkGradients(model(3)),
  wrong: () => checkGradients(model(3, 2)),
  directional: () => checkGradients(model(50, 2), directional),
  'out of budget': () => checkGradients(model(50), { maxEvaluations: 60 }),
  'out of budget along directions': () => checkGradients(model(50), { ...directional, maxEvaluations: 30 }),
  'a shard': () => checkGradients(model(8), { shard: '2/3' }),
  'no function': () => checkGradients({ ...model(3), loss: Math.random }),
  'no function, along directions': () => checkGradients({ ...model(3), loss: Math.random }, directional),
  'not moving': () => checkGradients({ ...model(3), loss: () => 1 }),
  'with a step that is lost': () => checkGradients(model(3), { epsilon: 1e-300 }),
  'not finite': () => checkGradients({ ...model(3), loss: () => Number.NaN }),
  jacobian: () => checkJacobian(dense(SIZE)),
  'jacobian along cotangents': () => checkJacobian(only('vjp', dense(SIZE, 'one entry')), directional),
  'jacobian along tangents': () => checkJacobian(only('jvp', dense(SIZE, 'jvp entry')), directional),
  'jacobian of a shard along tangents': () =>
    checkJacobian(only('jvp', dense(SIZE)), { ...directional, shard: '1/2' }),
  'jacobian of no function': () =>
    checkJacobian(
      { ...only('jvp', dense(SIZE)), outputs: () => new Float64Array(8).map(Math.random) },
      directional,
    ),
  hessian: () => checkHessian(circle(5)),
  'hessian along tangents': () => checkHessian(circle(10, 'entry'), directional),
};

const ASKED = ['directional', 'along', 'of no function'];

describe.each(Object.entries(REPORTS))('a report: %s', (name, make) => {
  let report: Report;
  beforeAll(() => {
    report = make();
  });

  test('has its version and kind', () => {
    expect(report.schema).toBe(1);
    expect(report.kind).toBe(/^(?:jacobian|hessian)/.exec(name)?.[0] ?? 'gradients');
  });

  test('has the method that was asked for, or chosen', () => {
    expect(report.method).toBe(ASKED.some((word) => name.includes(word)) ? 'directional' : 'exhaustive');
  });

  test('counts entries: the product of the shape, of which some are due, and some of these checked', () => {
    for (const { shape, count, due, checked, wrong } of report.parameters) {
      expect(count).toBe(shape.reduce((product, size) => product * size, 1));
      expect(due).toBeLessThanOrEqual(count);
      expect(checked).toBeLessThanOrEqual(due);
      expect(wrong).toBeLessThanOrEqual(due);
    }
  });

  test('has steps that are finite, and positive at least at one entry, or none', () => {
    for (const { step } of report.parameters) {
      if (step === undefined) continue;
      expect(step.min).toBeGreaterThanOrEqual(0);
      expect(step.max).toBeGreaterThanOrEqual(step.min);
      expect(step.max).toBeGreaterThan(0);
      expect(step.max).toBeLessThan(Infinity);
    }
  });

  test('loses nothing as JSON', () => {
    const text = JSON.stringify(jsonOf(report));
    expect(text).not.toContain('null');
    expect(JSON.parse(text)).toEqual(jsonOf(report));
  });
});

describe('the steps', () => {
  test('are absent of a parameter that a budget left no losses for, and only there', () => {
    const { parameters, stopped } = REPORTS['out of budget']!();
    expect(stopped).toBe('maxEvaluations');
    expect(parameters.map((parameter) => 'step' in parameter)).toEqual([true, false]);
  });

  test.each(['no function', 'with a step that is lost'])('are absent where nothing was taken: %s', (name) => {
    for (const parameter of REPORTS[name]!().parameters) expect(parameter).not.toHaveProperty('step');
  });
});

describe('the method', () => {
  test('is chosen by the time that the losses of all entries take', () => {
    const methodOf = (entries: number, lossTime: number): string => {
      const { loss, ...own } = model(entries);
      const slow = (): number => {
        clock.time += lossTime;
        return loss();
      };
      return checkGradients({ ...own, loss: slow }, { only: 'a', points: 1 }).method;
    };
    expect([methodOf(400, 1), methodOf(400, 2)]).toEqual(['exhaustive', 'directional']);
    // So few losses are not worth less.
    expect(methodOf(32, 1000)).toBe('exhaustive');
    expect(methodOf(33, 1000)).toBe('directional');
  });

  test('of several claims is directional where one of them was checked so', () => {
    // Two evaluations for each entry and a product for each output, or for each entry again: 13 401 and 20 100.
    const parameters = Float64Array.from({ length: 6700 }, (_, i) => Math.sin(i));
    const sized = {
      parameters,
      outputs: (p: Float64Array) => p.reduce((sum, x) => sum + x * x, 0),
      vjp: (p: Float64Array, c: number) => p.map((x) => 2 * x * c),
      jvp: (p: Float64Array, t: Float64Array) => p.reduce((sum, x, i) => sum + 2 * x * t[i]!, 0),
    };
    const methodOf = ({ method, vectors }: Report): unknown => [method, vectors];
    expect(methodOf(checkJacobian({ ...sized, jvp: undefined as never }))).toEqual(['exhaustive', undefined]);
    expect(methodOf(checkJacobian(sized))).toEqual(['directional', VECTORS]);
  });
});

describe('the entries of a Jacobian', () => {
  const countsOf = ({ parameters }: Report): unknown[] =>
    parameters.map(({ name, shape, count, due, checked }) => [name, shape, count, due, checked]);
  const WHOLE = [
    ['W', [8, 12], 96, 96, 96],
    ['b', [8, 4], 32, 32, 32],
    ['x', [8, 6], 48, 48, 48],
  ];

  test.each<[role: 'vjp' | 'jvp', options: GradientCheckOptions | undefined]>([
    ['vjp', undefined],
    ['vjp', directional],
    ['jvp', undefined],
    ['jvp', directional],
  ])('are the same for %s with %j', (role, options) => {
    const report = checkJacobian(only(role, dense(SIZE)), options);
    expect(report.verdict).toBe('correct');
    expect(countsOf(report)).toEqual(WHOLE);
  });

  test('of a part are due as far as they are its columns, however they are looked at', () => {
    const layer = only('jvp', dense(SIZE));
    const of = (options: GradientCheckOptions): unknown[] =>
      countsOf(checkJacobian(layer, { ...options, shard: '1/2' }));
    expect(of({})).toEqual([['W', [8, 12], 96, 88, 88]]);
    expect(of(directional)).toEqual(of({}));
  });

  test('that are wrong are counted at least, along vectors', () => {
    const wrongIn = ({ parameters }: Report): unknown[] =>
      parameters.map(({ wrong, wrongIs }) => [wrong, wrongIs]);
    const jvp = checkJacobian(only('jvp', dense(SIZE, 'jvp entry')), directional);
    expect(jvp.offenders).toMatchObject([{ parameter: 'W', outputIndex: [5], index: [5] }]);
    expect(wrongIn(jvp)).toEqual([
      [1, 'at least'],
      [0, undefined],
      [0, undefined],
    ]);
    const vjp = checkJacobian(only('vjp', dense(SIZE, 'one entry')), directional);
    expect(wrongIn(vjp)).toEqual([
      [1, 'at least'],
      [0, undefined],
      [0, undefined],
    ]);
    const exact = checkJacobian(only('jvp', dense(SIZE, 'jvp entry')));
    expect(wrongIn(exact)[0]).toEqual([1, undefined]);
  });

  test('of so many outputs that sums of them are measured are those of all outputs', () => {
    const parameters = [1, 2];
    const count = 3000;
    const sized = {
      parameters,
      outputs: ([x = 0, y = 0]: number[]) => Float64Array.from({ length: count }, (_, m) => x * y + m * x),
      jvp: ([x = 0, y = 0]: number[], [s = 0, t = 0]: number[]) =>
        Float64Array.from({ length: count }, (_, m) => s * y + x * t + m * s * (m === 7 ? 2 : 1)),
    };
    const report = checkJacobian(sized, directional);
    expect(report.parameters).toMatchObject([
      {
        shape: [count, 2],
        count: 2 * count,
        due: 2 * count,
        checked: 2 * count,
        wrong: 1,
        wrongIs: 'at least',
      },
    ]);
  });

  test('of a single output along cotangents are counted one by one', () => {
    const single = {
      parameters: [1, 2, 3],
      outputs: (p: number[]) => [p.reduce((sum, x) => sum + x * x, 0)],
      vjp: (p: number[], [c = 0]: number[]) => p.map((x, i) => (i === 1 ? 3 : 2) * x * c),
    };
    const [parameter] = checkJacobian(single, directional).parameters;
    expect(parameter).toMatchObject({ shape: [1, 3], count: 3, due: 3, wrong: 1 });
    expect(parameter).not.toHaveProperty('wrongIs');
  });
});

describe('the picture of a Jacobian along random vectors', () => {
  function pictured(
    subject: object,
    names: typeof JACOBIAN,
  ): { report: JacobianReport; picture: ErrorPicture } {
    let evidence: readonly ParameterEvidence[] = [];
    const onEvidence = (given: readonly ParameterEvidence[]): void => {
      evidence = given;
    };
    const report = runVectorCheck(subject, directional, names, { onEvidence }) as JacobianReport;
    return { report, picture: pictureOf(evidence, report) };
  }

  test('has a column for each tangent, and the entry that was located', () => {
    const { report, picture } = pictured(only('jvp', dense(SIZE, 'jvp entry')), JACOBIAN);
    expect(picture.maps).toHaveLength(1);
    const [map] = picture.maps;
    expect(map).toMatchObject({
      shape: [8, VECTORS],
      rows: 8,
      columns: VECTORS,
      along: 'tangents',
      known: 'each',
    });
    expect(map!.parameter).toMatchObject({ shape: [8, 12], count: 96 });
    expect(map!.worst).toEqual(report.offenders[0]);
    expect(map!.worst).toMatchObject({ outputIndex: [5], index: [5] });
  });

  test('has a cell for each entry of the sum, and the entry that was located', () => {
    const { report, picture } = pictured(only('vjp', dense(SIZE, 'one entry')), JACOBIAN);
    const [map] = picture.maps;
    expect(map).toMatchObject({ shape: [12], rows: 1, columns: 12, along: 'cotangent' });
    expect(map!.errors).toHaveLength(12);
    expect(map!.worst).toEqual(report.offenders[0]);
  });

  test('finds the entry of its own array of outputs', () => {
    const two = {
      parameters: { w: [2, 3] },
      outputs: ({ w: [x = 0, y = 0] }: { w: number[] }) => ({ u: [x * y], v: [x + y, x - y] }),
      jvp: ({ w: [x = 0, y = 0] }: { w: number[] }, { w: [s = 0, t = 0] }: { w: number[] }) => ({
        u: [s * y + 2 * x * t],
        v: [s + t, s - 3 * t],
      }),
    };
    const { picture } = pictured(two, JACOBIAN);
    expect(picture.maps.map(({ parameter, worst }) => [parameter.output, worst?.output])).toEqual([
      ['u', 'u'],
      ['v', 'v'],
    ]);
  });

  test('of a Hessian is the same', () => {
    const { picture } = pictured(circle(10, 'entry'), HESSIAN);
    expect(picture.maps).toMatchObject([
      { along: 'tangents', shape: [10, VECTORS], parameter: { shape: [10, 10], count: 100 } },
    ]);
  });

  test('of entries one by one says that they are', () => {
    let evidence: readonly ParameterEvidence[] = [];
    const onEvidence = (given: readonly ParameterEvidence[]): void => void (evidence = given);
    const report = runVectorCheck(dense(SIZE, 'factor'), undefined, JACOBIAN, {
      onEvidence,
    }) as JacobianReport;
    expect(pictureOf(evidence, report).maps[0]).toMatchObject({
      along: undefined,
      known: 'each',
      shape: [8, 12],
    });
  });
});
