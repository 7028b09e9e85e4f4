/** Reports as JSON, whole and brief. */

import { describe, expect, test } from 'vitest';
import { briefOf, jsonOf } from '../../src/render/json.js';
import { finding, jacobian, offender, parameter, report, wrong } from './reports.js';

describe('JSON', () => {
  test('names what is no finite number, wherever it stands, and keeps all else', () => {
    const given = report({
      difference: Number.NaN,
      offenders: [
        offender('W', [0], { analytic: Infinity, numeric: -Infinity, subgradient: [-1, Infinity] }),
      ],
    });
    expect(jsonOf(given)).toEqual({
      ...given,
      difference: 'NaN',
      offenders: [
        { ...offender('W', [0]), analytic: 'Infinity', numeric: '-Infinity', subgradient: [-1, 'Infinity'] },
      ],
    });
    expect(JSON.parse(JSON.stringify(jsonOf(given)))).toEqual(jsonOf(given));
  });

  test('has the version and the kind of the report', () => {
    expect(jsonOf(jacobian())).toMatchObject({ schema: 1, kind: 'jacobian', derivatives: ['vjp'] });
  });
});

describe('a brief report', () => {
  test('is the whole of a small one', () => {
    const given = report({ offenders: [offender('W', [0])], findings: [finding('scaled')] });
    expect(briefOf(given)).toEqual(jsonOf(given));
  });

  test.each([
    [{ parameters: 32, offenders: 5, findings: 5 }, undefined],
    [
      { parameters: 33, offenders: 5, findings: 5 },
      { parameters: 1, offenders: 0, findings: 0 },
    ],
    [
      { parameters: 32, offenders: 7, findings: 5 },
      { parameters: 0, offenders: 2, findings: 0 },
    ],
    [
      { parameters: 32, offenders: 5, findings: 8 },
      { parameters: 0, offenders: 0, findings: 3 },
    ],
  ])('of %j leaves out %j', (counts, omitted) => {
    const list = <Item>(length: number, item: (k: number) => Item): Item[] =>
      Array.from({ length }, (_, k) => item(k));
    const brief = briefOf(
      report({
        parameters: list(counts.parameters, (k) => parameter(`p${k}`)),
        offenders: list(counts.offenders, (k) => offender('W', [k])),
        findings: list(counts.findings, (k) => finding('scaled', { title: `Title ${k}` })),
      }),
    );
    expect(brief.omitted).toEqual(omitted);
    expect(brief.parameters.map(({ name }) => name)).toEqual(list(32, (k) => `p${k}`));
    expect(brief.offenders.map(({ index }) => index)).toEqual(list(5, (k) => [k]));
    expect(brief.findings.map(({ title }) => title)).toEqual(list(5, (k) => `Title ${k}`));
  });

  test('has the wrong parameters before the doubtful and those before the right, in their order', () => {
    const right = Array.from({ length: 40 }, (_, k) => parameter(`p${k}`));
    const parameters = right.map((own, k) =>
      k === 39 ? { ...own, ...wrong } : k === 38 ? { ...own, verdict: 'inconclusive' as const } : own,
    );
    const names = briefOf(report({ parameters })).parameters.map(({ name }) => name);
    expect(names).toEqual([...Array.from({ length: 30 }, (_, k) => `p${k}`), 'p38', 'p39']);
  });
});
