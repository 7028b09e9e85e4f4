/**
 * Every cause on its planted faults, and silent on all others: the square of causes and faults. And no mistake is found in
 * models that are right.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding, FindingCode, Report } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { allCases, draw } from '../../bench/detection/cases.js';
import { type AnyModel, build, check, edited, type Fault, MODELS } from './plant.js';

const pathTo = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The keys of `FindingEvidence`, so that no code can be forgotten here: those of its own, and those of what it extends. */
const CODES = ['finding', 'limit-evidence'].flatMap((file) =>
  [
    ...readFileSync(pathTo(`src/${file}.ts`), 'utf8')
      .match(/^export interface (?:Finding|Limit)Evidence(?: extends LimitEvidence)? \{\n(?<codes>.*?)^\}/ms)!
      .groups!['codes']!.matchAll(/^ {2}'?(?<code>[\w-]+)'?: /gm),
  ].map(({ groups }) => groups!['code'] as FindingCode),
);

/** Codes of findings that say nothing against a model: they tell how well a check could be made. */
const REMARKS: ReadonlySet<FindingCode> = new Set([
  'poor-epsilon',
  'noisy-loss',
  'noisy-gradients',
  'kink',
  'stale-elsewhere',
  'staircase',
  'constant-loss',
  'stationary-point',
]);

/** Whether a finding says that something is wrong; a dead parameter whose analytic gradient is zero is told, and no mistake. */
function isMistake(finding: Finding): boolean {
  if (finding.code === 'unused-parameter') return finding.evidence.analyticNorm !== 0;
  return !REMARKS.has(finding.code);
}

interface Case extends Fault {
  readonly code: FindingCode;
  readonly where: string;
  readonly report: Report;
}

/** The files of a folder, by the code that they are named after: their paths below it. */
function filesByCode(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(pathTo(folder), { recursive: true, encoding: 'utf8' });
  return new Map(paths.flatMap((path) => (path.endsWith('.ts') ? [[basename(path, '.ts'), path]] : [])));
}

const CAUSES = filesByCode('src/diagnoses/causes');
const FAULTS = filesByCode('test/faults');

const planted = CODES.filter((code) => FAULTS.has(code));
const cases: Case[] = [];
for (const code of planted) {
  const { faults } = (await import(new URL(FAULTS.get(code)!, import.meta.url).href)) as {
    faults: readonly Fault[];
  };
  for (const fault of faults) {
    const report = check(build(fault.model, fault), fault.options);
    cases.push({ ...fault, code, where: `${fault.model}, ${fault.name}`, report });
  }
}

/** The evidence as far as it is expected; numbers that are right to 1e-4 are the expected ones. */
const WITHIN = 1e-4;
function seen(
  found: Finding | undefined,
  evidence: Fault['evidence'] = {},
): Record<string, number | undefined> {
  return Object.fromEntries(
    Object.entries(evidence).map(([key, value]) => {
      const number = (found?.evidence as Record<string, number> | undefined)?.[key];
      const right = number !== undefined && Math.abs(number - value) <= WITHIN * Math.abs(value);
      return [key, right ? value : number];
    }),
  );
}

describe('the planted fault is the leading finding', () => {
  test.each(cases)('$code: $where', ({ code, parameter, output, evidence = {}, report }) => {
    const [leading] = report.findings;
    expect({
      code: leading?.code,
      parameter: leading?.parameter,
      output: leading?.output,
      ...seen(leading, evidence),
    }).toEqual({
      code,
      parameter,
      output,
      ...evidence,
    });
  });
});

test('no cause speaks of a fault of another', () => {
  const square = cases.map(({ code, where, report }) => ({
    fault: `${code}: ${where}`,
    codes: [...new Set(report.findings.filter(isMistake).map((finding) => finding.code))],
  }));
  const expected = cases.map(({ code, where, also = [] }) => ({
    fault: `${code}: ${where}`,
    codes: REMARKS.has(code) ? [] : [code, ...also],
  }));
  expect(square).toEqual(expected);
  expect(planted.length * cases.length).toBeGreaterThan(3000);
});

describe('in single precision the planted fault is the leading finding too', () => {
  /** Causes that tell numbers apart by what is uncertain in them, on models whose arrays can be of single precision. */
  const causes: ReadonlySet<FindingCode> = new Set<FindingCode>([
    'zero-gradient',
    'sign-flipped',
    'scaled',
    'transposed',
    'permuted',
    'missing-regularization',
    'offset',
    'aliased-parameters',
    'isolated-entries',
    'stale-cache',
    'overwritten',
    'log-parameter',
    'missing-normalization',
    'one-triangle',
    'not-linear',
    'not-symmetric',
  ]);
  const models = new Set<string>([
    'arm',
    'classifier',
    'convolution',
    'curve',
    'dense-layer',
    'layer-norm',
    'logistic',
    'network',
    'newton',
    'norm-layer',
    'recurrent',
    'rosenbrock',
    'springs',
    'stress',
  ]);
  /** Errors of a percent, three numbers of two digits each in single precision. */
  const drowned = new Set<string>([
    'recurrent, decay of a flat array',
    'recurrent, a constant for every sample',
  ]);
  const single = cases.filter(
    ({ code, model, where }) => causes.has(code) && models.has(model) && !drowned.has(where),
  );

  test.each(single)('$code: $where', (fault) => {
    const report = check(build(fault.model, fault, 'single'));
    const [leading] = report.findings;
    expect([leading?.code, leading?.parameter]).toEqual([fault.code, fault.parameter]);
    expect(new Set(report.findings.filter(isMistake).map(({ code }) => code))).toEqual(
      new Set([fault.code, ...(fault.also ?? [])]),
    );
  });
});

describe('no mistake is found in a model that is right', () => {
  const mistakesIn = (model: AnyModel): FindingCode[] => {
    const report = check(model);
    // Kinks may be too near for single precision to tell.
    expect(report.verdict).not.toBe('wrong');
    return report.findings.filter(isMistake).map(({ code }) => code);
  };

  test.each(MODELS)('%s', (name) => {
    expect(mistakesIn(build(name))).toEqual([]);
    expect(mistakesIn(build(name, {}, 'single'))).toEqual([]);
  });

  /** Every so many of the bench's cases that are small enough for a test. */
  const STRIDE = 7;
  const LARGEST = 130;
  const sound = allCases()
    .filter(({ size }) => size <= LARGEST)
    .filter((_, k) => k % STRIDE === 0);

  test('there are more than a hundred of them', () => {
    expect(sound.length).toBeGreaterThan(120);
  });

  test.each(sound)('$name, $precision.name, $number', (one) => {
    expect(mistakesIn(draw(one, 1).correct)).toEqual([]);
  });
});

describe('a fault', () => {
  test('is an edit of a part of one line that is there once', () => {
    expect(edited('a + b;\na - b;', '+', '*')).toBe('a * b;\na - b;');
    expect(() => edited('a + b;', '−', '*')).toThrow('0 times');
    expect(() => edited('a + b + c;', '+', '*')).toThrow('2 times');
    expect(() => edited('a;\nb;', 'a;\nb;', '')).toThrow('not an edit of one line');
    expect(() => edited('a;', 'a', 'a')).toThrow('not an edit of one line');
  });
});

describe('every code', () => {
  test('has its file, and its faults on two models or more', () => {
    expect(CODES.length).toBeGreaterThan(20);
    for (const code of CODES) {
      expect(CAUSES.has(code), `a file of causes for ${code}`).toBe(true);
      expect(FAULTS.get(code), `faults of ${code}, where its cause is`).toBe(CAUSES.get(code));
      const models = new Set(cases.filter((one) => one.code === code).map(({ model }) => model));
      expect(models.size, `models with faults of ${code}`).toBeGreaterThan(1);
    }
  });

  test('is the only name of a file of faults', () => {
    const others = (files: ReadonlyMap<string, string>): string[] =>
      [...files.keys()].filter((name) => !CODES.includes(name as FindingCode)).toSorted();
    expect(others(FAULTS)).toEqual(['faults.test', 'plant']);
    expect(others(CAUSES)).toEqual([]);
  });

  test('has its page', () => {
    const missing = CODES.filter((code) => !existsSync(pathTo(`docs/diagnoses/${code}.md`)));
    expect(missing).toEqual([]);
  });
});
