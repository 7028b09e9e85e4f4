/** What was judged → the report: each of its numbers, and where each is left out. */

import { describe, expect, test } from 'vitest';
import type { ParameterEvidence } from '../../../src/check/measurement.js';
import { unmeasured } from '../../../src/check/measure.js';
import { conclude, type Findings } from '../../../src/check/report/build-report.js';
import { gradientReport } from '../../../src/check/report/gradient-report.js';
import { withRemarks } from '../../../src/check/report/remarks.js';
import { weighed } from '../../../src/check/report/weaknesses.js';
import { worstCase } from '../../../src/check/report/worst-case.js';
import { readSettings } from '../../../src/check/settings.js';
import type { Remark } from '../../../src/model/gradient-model.js';
import { GradientSubject } from '../../../src/model/subject/gradient-subject.js';
import type { Finding, GradientReport, ParameterReport, Report, Verdict } from '../../../src/report.js';
import { evidenceOf, type Numbers, runEvidence } from '../../diagnoses/evidence.js';
import { norms } from '../../verdict/numbers.js';

interface Given {
  readonly options?: object;
  readonly verdict?: Verdict;
  readonly findings?: Partial<Findings>;
}

/** The report of a check that found these numbers. */
function reportOf(all: readonly Numbers[], { options = {}, verdict, findings = {} }: Given = {}): Report {
  const { parameters, preconditions, followUp, norms: whole, verdict: own } = evidenceOf(all);
  const settings = readSettings(options);
  const values = Object.fromEntries(
    parameters.map(({ name, count }) => [name, new Float64Array(count).fill(1)]),
  );
  const subject = new GradientSubject(
    { parameters: values, loss: () => 0, gradients: () => values },
    { only: undefined, except: undefined, shard: undefined },
  );
  const measurement = unmeasured(
    subject,
    settings,
    parameters.map(({ analytic }) => analytic),
  );
  const judgement = {
    parameters,
    norms: whole,
    tolerances: { wrong: 1e-7, correct: 2e-7 },
    verdict: verdict ?? own,
  };
  return conclude(subject, settings, { preconditions, measurement, judgement, followUp, ...findings });
}

const RIGHT: Numbers = { analytic: [3, 4], numeric: [3, 4] };
const WRONG: Numbers = { analytic: [3, 6], numeric: [3, 4], uncertainty: [0, 0.5] };
const own = (numbers: Numbers, given?: Given): ParameterReport => reportOf([numbers], given).parameters[0]!;

describe('the report', () => {
  test('of what is right', () => {
    const { findings: _, ...report } = reportOf([RIGHT]);
    expect(report).toEqual({
      schema: 1,
      kind: 'gradients',
      verdict: 'correct',
      difference: 0,
      tolerance: 2e-7,
      resolution: 0,
      method: 'exhaustive',
      seed: 1,
      evaluations: { loss: 0, gradients: 0 },
      parameters: [
        {
          name: 'a',
          shape: [2],
          count: 2,
          due: 2,
          checked: 2,
          wrong: 0,
          verdict: 'correct',
          difference: 0,
          resolution: 0,
          analyticNorm: 5,
          numericNorm: 5,
          step: { min: 1e-6, max: 1e-5 },
        },
      ],
      ignored: [],
      offenders: [],
    });
  });

  test('of what is wrong', () => {
    const report = reportOf([RIGHT, WRONG], {
      findings: { kind: 'jacobian', claim: 'vjp', against: 'reference' },
    });
    expect(report).toMatchObject({ verdict: 'wrong', kind: 'jacobian', against: 'reference' });
    const size = Math.sqrt(25 + 45) + Math.sqrt(50);
    expect(report.difference).toBeCloseTo(2 / size, 12);
    expect(report.resolution).toBeCloseTo(0.5 / size, 12);
    expect(report.parameters[1]).toMatchObject({ checked: 2, wrong: 1, verdict: 'wrong' });
    expect(report.parameters[1]!.analyticNorm).toBeCloseTo(Math.sqrt(45), 12);
    expect(report.parameters[1]!.resolution).toBeCloseTo(0.5 / (Math.sqrt(45) + 5), 12);
    expect(report.offenders).toEqual([
      {
        parameter: 'b',
        index: [1],
        analytic: 6,
        numeric: 4,
        uncertainty: 0.5,
        difference: 0.2,
        verdict: 'wrong',
      },
    ]);
  });

  test('has its norms in the unit of the gradient', () => {
    const huge = 2 ** 600;
    const { analyticNorm, numericNorm } = own({
      analytic: [3 * huge, 4 * huge],
      numeric: [6 * huge, 8 * huge],
    });
    expect([analyticNorm / huge, numericNorm / huge]).toEqual([5, 10]);
  });

  test('has the options that it was made with', () => {
    expect(reportOf([RIGHT], { options: { seed: 7, shard: '2/3' } })).toMatchObject({
      seed: 7,
      shard: '2/3',
    });
    expect(reportOf([RIGHT])).not.toHaveProperty('shard');
  });

  test.each<[string, Partial<Numbers>, Partial<ParameterReport>, readonly string[]]>([
    ['no step where none was taken', { step: undefined }, {}, ['step']],
    ['no step where the steps are none', { step: { min: 0, max: 0 } }, {}, ['step']],
    ['the point that it is from', { point: 3 }, { point: 3 }, []],
    ['no point where that is θ', {}, {}, ['point', 'directions', 'wrongIs', 'unseen', 'longest']],
    [
      'nothing that was compared where nothing moves the loss',
      { moved: false, wrong: [1], verdict: 'correct' },
      { checked: 0, wrong: 0, verdict: 'inconclusive' },
      [],
    ],
    [
      'what was claimed where nothing moves the loss, and that is wrong',
      { moved: false, wrong: [1], verdict: 'wrong' },
      { checked: 2, wrong: 1, verdict: 'wrong' },
      [],
    ],
    [
      'its directions',
      { runs: runEvidence({ widespread: false, complete: true, unseen: 0.25 }) },
      { directions: 8, longest: 1000, unseen: 0.25 },
      ['wrongIs'],
    ],
    [
      'what they found at least',
      { runs: runEvidence({ widespread: false, complete: false, unseen: Number.NaN }), wrong: [1] },
      { wrong: 1, wrongIs: 'at least' },
      ['unseen'],
    ],
    [
      'about how many are wrong, by a sample',
      {
        analytic: [1, 2, 3, 4, 5, 6, 7, 8, 9],
        numeric: [1, 0, 0, 0, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN],
        runs: runEvidence({ widespread: true, complete: false, unseen: Number.NaN }),
        wrong: [1, 2, 3],
      },
      // Three of four, of nine.
      { wrong: 7, wrongIs: 'about' },
      ['unseen'],
    ],
    [
      'no directions where nothing moves the loss',
      {
        runs: runEvidence({ widespread: false, complete: true, unseen: 0 }),
        moved: false,
        verdict: 'inconclusive',
      },
      { checked: 0 },
      ['directions', 'longest', 'unseen'],
    ],
    ['a resolution of 1 where nothing was checked', { norms: norms({ checked: 0 }) }, { resolution: 1 }, []],
    ['how many entries were due', { due: [1, 2] }, { count: 2, due: 1, checked: 1 }, []],
  ])('has of a parameter %s', (_, given, expected, absent) => {
    const found = own({ ...RIGHT, ...given });
    expect(found).toMatchObject(expected);
    for (const key of absent) expect(found).not.toHaveProperty(key);
  });

  test('has a resolution of 1 where nothing at all was checked', () => {
    const nothing = { analytic: [3, 4], numeric: [Number.NaN, Number.NaN] };
    expect(reportOf([nothing])).toMatchObject({ resolution: 1, offenders: [] });
  });
});

describe('the verdict of a report', () => {
  const unsound = evidenceOf([WRONG]).preconditions;
  const broken = {
    kind: 'not-linear',
    names: ['a'],
    zero: 0,
    residual: 1,
    size: 1,
    constant: false,
  } as const;
  test.each<[string, Numbers, Partial<Findings>, Verdict]>([
    ['is that of the numbers', WRONG, {}, 'wrong'],
    [
      'is none where the preconditions do not hold',
      WRONG,
      { preconditions: { ...unsound, losses: [{ by: 'loss', values: [1, 2] }] }, contradictions: [broken] },
      'inconclusive',
    ],
    ['is wrong where a law is broken', RIGHT, { contradictions: [broken] }, 'wrong'],
    [
      'is open where a budget left points unchecked',
      RIGHT,
      { points: { checked: 1, skipped: 0, left: 1 } },
      'inconclusive',
    ],
    ['is wrong whatever was left', WRONG, { points: { checked: 1, skipped: 0, left: 1 } }, 'wrong'],
    ['is correct where none was left', RIGHT, { points: { checked: 2, skipped: 1 } }, 'correct'],
  ])('%s', (_, numbers, findings, expected) => {
    expect(reportOf([numbers], { findings }).verdict).toBe(expected);
  });
});

describe('what ended a check', () => {
  const stopped = 'maxEvaluations' as const;
  const told = (numbers: Partial<Numbers>, findings: Partial<Findings> = {}): unknown =>
    reportOf([RIGHT, { ...RIGHT, ...numbers }], { findings: { stopped, ...findings } }).stopped;
  const runs = (complete: boolean): Partial<Numbers> => ({
    runs: runEvidence({ widespread: false, complete, unseen: 0 }),
  });

  test('is told where it left anything', () => {
    expect(told({})).toBeUndefined();
    expect(told({ unreached: 1 })).toBe(stopped);
    expect(told({ unreached: 1 }, { stopped: undefined })).toBeUndefined();
    expect(told(runs(true))).toBeUndefined();
    expect(told(runs(false))).toBe(stopped);
    expect(told({}, { points: { checked: 1, skipped: 0, left: 1 } })).toBe(stopped);
    expect(told({}, { points: { checked: 1, skipped: 1 } })).toBeUndefined();
  });
});

describe('the offenders', () => {
  const many: Numbers = { analytic: [1, 2, 5, 9], numeric: [1, 1, 1, 1] };
  const named = ({ offenders }: Report): unknown =>
    offenders.map(({ parameter, index }) => [parameter, index]);

  test('are the worst, as many as were asked for', () => {
    expect(named(reportOf([many], { options: { worst: 2 } }))).toEqual([
      ['a', [3]],
      ['a', [2]],
    ]);
  });

  test('have an index in each dimension', () => {
    expect(named(reportOf([{ ...many, shape: [2, 2] }], { options: { worst: 1 } }))).toEqual([['a', [1, 1]]]);
  });

  test('are of the entries that were due', () => {
    expect(named(reportOf([{ ...many, due: [1, 3] }]))).toEqual([
      ['a', [2]],
      ['a', [1]],
    ]);
  });

  test('are those that could not be measured, too, but for what a budget left', () => {
    const open = { analytic: [1, 2], numeric: [1, Number.NaN] };
    const verdict = 'inconclusive';
    expect(named(reportOf([open], { verdict }))).toEqual([['a', [1]]]);
    expect(named(reportOf([{ ...open, unreached: 1 }], { verdict }))).toEqual([]);
    expect(named(reportOf([{ ...many, unreached: 1 }], { options: { worst: 1 } }))).toEqual([['a', [3]]]);
  });

  test('are none of what is correct, or does not move', () => {
    expect(named(reportOf([many], { verdict: 'correct' }))).toEqual([]);
    expect(named(reportOf([{ ...many, moved: false }], { verdict: 'inconclusive' }))).toEqual([]);
    expect(named(reportOf([{ ...many, moved: false }, RIGHT], { options: { worst: 1 } }))).toEqual([
      ['a', [3]],
    ]);
  });

  test('along directions are those that were found wrong', () => {
    const runs = runEvidence({ widespread: false, complete: false, unseen: Number.NaN });
    expect(named(reportOf([{ ...many, runs, wrong: [1] }]))).toEqual([['a', [1]]]);
  });

  test('at a kink have the slopes to both sides, and their mean', () => {
    const kinks = new Map([[1, { low: -1, high: 3, central: 1.5 }]]);
    const { offenders } = reportOf([{ ...WRONG, kinks }]);
    expect(offenders[0]).toMatchObject({ analytic: 6, numeric: 1.5, subgradient: [-1, 3], difference: 0.2 });
    expect(reportOf([WRONG]).offenders[0]).not.toHaveProperty('subgradient');
  });

  test('are those of other groups, with what is to be told of these', () => {
    const { parameters } = evidenceOf([RIGHT, WRONG]);
    const groups = {
      all: parameters,
      about: (k: number) => ({ output: 'y', outputIndex: [k] }),
    };
    const { offenders } = reportOf([WRONG], { findings: { groups } });
    expect(offenders).toEqual([
      expect.objectContaining({ parameter: 'b', index: [1], output: 'y', outputIndex: [1] }),
    ]);
  });
});

describe('what an adapter knows of its claims', () => {
  const remark = (given: Partial<Remark> = {}): Remark =>
    ({ code: 'scaled', parameters: [], evidence: {}, title: 'said', advice: 'do', ...given }) as Remark;
  const finding = (code: Finding['code'], evidence = {}): Finding =>
    ({ code, evidence, title: 'found', advice: '' }) as unknown as Finding;
  const parameter = (name: string, given: Partial<ParameterReport> = {}): ParameterReport =>
    ({ name, wrong: 2, analyticNorm: 6, numericNorm: 3, ...given }) as ParameterReport;
  const parameters = [parameter('a'), parameter('b', { wrong: 5, analyticNorm: 8, numericNorm: 4 })];
  const said = (
    remarks: readonly Remark[],
    found: readonly Finding[] = [],
    verdict: Verdict = 'wrong',
  ): readonly Finding[] => withRemarks(found, remarks, { verdict, parameters });

  test('is told before what was found, unless all is right', () => {
    const found = [finding('kink')];
    expect(said([], found)).toBe(found);
    expect(said([remark()], found, 'correct')).toBe(found);
    expect(said([remark()], found).map(({ code }) => code)).toEqual(['scaled', 'kink']);
  });

  test('stands in the place of what the numbers look like, and of nothing else', () => {
    const found = [
      finding('sign-flipped'),
      finding('kink'),
      finding('non-finite-loss'),
      finding('unexplained'),
    ];
    const codes = (verdict: Verdict, code: Remark['code'] = 'scaled'): unknown =>
      said([remark({ code })], found, verdict)
        .map((one) => one.code)
        .slice(1);
    expect(codes('wrong')).toEqual(['kink', 'non-finite-loss']);
    expect(codes('inconclusive')).toEqual(found.map(({ code }) => code));
    expect(codes('inconclusive', 'mutated-parameters')).toEqual(['kink', 'non-finite-loss']);
  });

  test('has the parameter that it is about, where it is one', () => {
    expect(said([remark({ parameters: ['b'] })])[0]).toMatchObject({
      parameter: 'b',
      title: 'said',
      advice: 'do',
    });
    expect(said([remark({ parameters: ['a', 'b'] })])[0]).not.toHaveProperty('parameter');
    expect(said([remark()])[0]).not.toHaveProperty('parameter');
  });

  test.each<[string, Partial<Remark>, readonly Finding[], object]>([
    ['the factor of all', {}, [], { factor: 2 }],
    ['the factor of those it is about', { parameters: ['b'] }, [], { factor: 2 }],
    ['how many entries are wrong', { code: 'unexplained' }, [], { entries: 7 }],
    ['how many of some', { code: 'unexplained', parameters: ['b'] }, [], { entries: 5 }],
    ['nothing of other causes', { code: 'missing-regularization' }, [], {}],
    [
      'what was found of the same cause',
      {},
      [finding('scaled', { factor: 9, share: 1 })],
      { factor: 9, share: 1 },
    ],
    [
      'what it says itself before that',
      { evidence: { factor: 4 } },
      [finding('scaled', { factor: 9, share: 1 })],
      { factor: 4, share: 1 },
    ],
  ])('tells %s', (_, given, found, expected) => {
    expect(said([remark(given)], found)[0]!.evidence).toEqual(expected);
  });
});

describe('a pass is weak', () => {
  const report = (given: Partial<GradientReport> = {}): GradientReport =>
    ({
      kind: 'gradients',
      verdict: 'correct',
      tolerance: 1e-7,
      points: { checked: 2, skipped: 0 },
      blindSpots: [],
      ignored: [],
      findings: [],
      parameters: [{ name: 'a', verdict: 'correct', resolution: 0 }],
      ...given,
    }) as unknown as GradientReport;
  const weak = (
    given: Partial<GradientReport>,
    points?: Parameters<typeof weighed>[2],
    options = {},
  ): unknown =>
    weighed(report(given), { strict: false, tolerance: undefined, ...options }, points).weaknesses;
  const parameter = (given: Partial<ParameterReport>): Pick<Report, 'parameters'> => ({
    parameters: [{ name: 'a', verdict: 'correct', resolution: 0, ...given } as ParameterReport],
  });
  const finding = (code: string, name?: string): Pick<Report, 'findings'> => ({
    findings: [{ code, ...(name === undefined ? {} : { parameter: name }) } as unknown as Finding],
  });
  const spot = { parameter: 'a', code: 'scaled', because: '' } as const;

  test.each<[string, Partial<GradientReport>, unknown]>([
    ['by nothing', {}, undefined],
    ['by a blind spot', { blindSpots: [spot] }, [{ code: 'blind-spot' }]],
    [
      'by a parameter that is not used',
      parameter({ verdict: 'inconclusive' }),
      [{ code: 'unused-parameter', parameters: ['a'] }],
    ],
    [
      'by one of which less than a digit is known',
      parameter({ resolution: 0.101 }),
      [{ code: 'unresolved-parameter', parameters: ['a'] }],
    ],
    ['not by one of which a digit is', parameter({ resolution: 0.1 }), undefined],
    [
      'by a blind spot, which tells of it already',
      { ...parameter({ resolution: 1 }), blindSpots: [spot] },
      [{ code: 'blind-spot' }],
    ],
    ['by a kink', finding('kink', 'a'), [{ code: 'kink', parameters: ['a'] }]],
    ['by a kink of any', finding('kink'), [{ code: 'kink', parameters: ['a'] }]],
    [
      'by what was computed once',
      finding('stale-elsewhere', 'a'),
      [{ code: 'stale-elsewhere', parameters: ['a'] }],
    ],
    ['by a point that was skipped', { points: { checked: 1, skipped: 1 } }, [{ code: 'skipped-point' }]],
    ['by a gradient that was ignored', { ignored: ['dZ'] }, [{ code: 'ignored-gradient' }]],
    ['by a tolerance that noise raised', { tolerance: 1.01e-4 }, [{ code: 'raised-tolerance' }]],
    ['not by one that it raised less', { tolerance: 1e-4 }, undefined],
  ])('%s', (_, given, expected) => {
    expect(weak(given)).toEqual(expected);
  });

  test('not by a tolerance that was given', () => {
    expect(weak({ tolerance: 0.1 }, undefined, { tolerance: 0.1 })).toBeUndefined();
  });

  test('and none where that is to be strict', () => {
    const found = (strict: boolean, given: Partial<GradientReport>): unknown =>
      weighed(report(given), { strict, tolerance: undefined }).verdict;
    expect(found(true, { ignored: ['dZ'] })).toBe('inconclusive');
    expect(found(false, { ignored: ['dZ'] })).toBe('correct');
    expect(found(true, {})).toBe('correct');
    const wrong = report({ verdict: 'wrong', ignored: ['dZ'] });
    expect(weighed(wrong, { strict: true, tolerance: undefined })).toBe(wrong);
  });

  describe('by what each point tells', () => {
    const seen = (resolution: number, kinked: readonly number[] = []): ParameterEvidence =>
      ({
        name: 'a',
        norms: norms({ uncertainty: 2 * resolution }),
        kinks: new Map(kinked.map((entry) => [entry, { low: 0, high: 1, central: 0.5 }])),
      }) as unknown as ParameterEvidence;

    test.each<[string, readonly (readonly (ParameterEvidence | undefined)[])[], unknown]>([
      ['of a digit that no point knows', [[seen(0.11)], [seen(0.2)]], ['unresolved-parameter']],
      ['of a digit that one does', [[seen(0.11)], [seen(0.1)]], undefined],
      ['of a kink at all points', [[seen(0, [1, 2])], [seen(0, [2])]], ['kink']],
      ['of kinks in other entries', [[seen(0, [1])], [seen(0, [2])]], undefined],
      ['of a kink at the only point', [[seen(0, [1])]], ['kink']],
      ['of a kink at the only point that tells anything', [[seen(0, [1])], [undefined]], ['kink']],
      ['of nothing', [[undefined], [undefined]], undefined],
      ['of no points', [], undefined],
    ])('%s', (_, points, expected) => {
      const found = weak(parameter({ resolution: 1 }), points) as { code: string }[] | undefined;
      expect(found?.map(({ code }) => code)).toEqual(expected);
    });
  });
});

describe('the report of gradients', () => {
  test('has its points, what could not have shown, and what was counted elsewhere', () => {
    const { parameters, preconditions, followUp, norms: whole } = evidenceOf([RIGHT]);
    const settings = readSettings({});
    const x = { a: new Float64Array(2).fill(1) };
    const subject = new GradientSubject(
      { parameters: x, loss: () => 0, gradients: () => x },
      { only: undefined, except: undefined, shard: undefined },
    );
    const measurement = unmeasured(subject, settings, [parameters[0]!.analytic]);
    const tolerances = { wrong: 1e-7, correct: 1e-7 };
    const judgement = { parameters, norms: whole, tolerances, verdict: 'correct' as const };
    const findings = { preconditions, measurement, judgement, followUp };
    expect(gradientReport(subject, settings, findings)).toMatchObject({
      kind: 'gradients',
      points: { checked: 0, skipped: 0 },
      blindSpots: [],
      evaluations: { loss: 0, gradients: 0 },
    });
    const evaluations = { loss: 1, gradients: 2, reference: 3 };
    const points = { checked: 1, skipped: 1 };
    const seen = [[{ ...parameters[0]!, values: new Float64Array(2), isZero: true }]];
    const told = gradientReport(subject, settings, { ...findings, points, seen }, evaluations);
    expect(told).toMatchObject({ points, evaluations });
    expect(told.blindSpots.length).toBeGreaterThan(0);
    const wrong = { ...judgement, verdict: 'wrong' as const };
    expect(gradientReport(subject, settings, { ...findings, seen, judgement: wrong }).blindSpots).toEqual([]);
  });
});

describe('the case to tell', () => {
  const one = (verdict: Verdict, ...sizes: readonly number[]) => ({
    sizes: Object.fromEntries(sizes.map((size, k) => [`n${k}`, size])),
    report: { verdict },
  });

  test('is the smallest of the worst, and the first of these', () => {
    const cases = [one('correct', 1, 1), one('wrong', 4, 1), one('wrong', 2, 2), one('wrong', 1, 3)];
    expect(worstCase(cases)).toBe(cases[2]);
    expect(worstCase([one('inconclusive', 9, 9), one('correct', 1, 1)])?.sizes).toEqual({ n0: 9, n1: 9 });
    expect(worstCase([one('inconclusive', 1), one('wrong', 9)])?.sizes).toEqual({ n0: 9 });
    expect(worstCase([one('correct', 3), one('correct', 2)])?.sizes).toEqual({ n0: 2 });
    expect(worstCase([])).toBeUndefined();
  });
});
