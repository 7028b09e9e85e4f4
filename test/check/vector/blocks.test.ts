/** Rows of a Jacobian put together: as blocks of the report, and judged as a whole. */

import { describe, expect, test } from 'vitest';
import type { Measurement, ParameterEvidence } from '../../../src/check/measurement.js';
import { readSettings } from '../../../src/check/settings.js';
import { blocksOf } from '../../../src/check/vector/blocks.js';
import { joinRows, type Together } from '../../../src/check/vector/join-rows.js';
import { groupNorms } from '../../../src/numerics/norms.js';

const NaNs = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];

/** What was found of a parameter of four entries, of which the second and third are due, as a row of outputs claims it. */
function evidence(given: Partial<ParameterEvidence> = {}): ParameterEvidence {
  const own = {
    analytic: Float64Array.of(1, 2, 3, 4),
    numeric: Float64Array.from(NaNs),
    uncertainty: Float64Array.from(NaNs),
    due: { parameter: 0, from: 1, to: 3, count: 2 },
    ...given,
  };
  return {
    name: 'x',
    shape: [2, 2],
    count: 4,
    values: Float64Array.of(9, 8, 7, 6),
    norms: groupNorms(own, own.due.count),
    tolerance: 0.1,
    tolerances: { wrong: 0.1, correct: 0.2 },
    verdict: 'correct',
    isZero: false,
    wrong: [],
    moved: true,
    kinks: new Map(),
    differences: new Map(),
    open: 0,
    singular: 0,
    unreached: 0,
    isStaircase: false,
    noise: 0,
    step: undefined,
    ...own,
  };
}

const judgementOf = (parameters: readonly ParameterEvidence[]): Parameters<typeof blocksOf>[2] =>
  ({ parameters }) as unknown as Parameters<typeof blocksOf>[2];

describe('a block', () => {
  test('has a row for each output of its array', () => {
    // Three outputs in arrays of one and two, by two parameters.
    const groups = [0, 1, 2].flatMap((m) => [evidence({ noise: m }), evidence({ name: 'y', noise: 10 + m })]);
    const blocks = blocksOf(2, [{ count: 1 }, { count: 2 }], judgementOf(groups));
    expect(
      blocks.map(({ output, due, evidence: { name, noise, shape, hasRows } }) => [
        [output, due, name],
        noise,
        shape,
        hasRows,
      ]),
    ).toEqual([
      [[0, 0, 'x'], 0, [2], false],
      [[0, 1, 'y'], 10, [2], false],
      [[1, 0, 'x'], 2, [2, 2], true],
      [[1, 1, 'y'], 12, [2, 2], true],
    ]);
  });

  test('after others has the outputs after theirs', () => {
    const groups = [0, 1, 2, 3].map((noise) => evidence({ noise }));
    const blocks = blocksOf(1, [{ count: 1 }, { count: 1 }, { count: 2 }], judgementOf(groups));
    expect(blocks.map(({ evidence: { noise } }) => noise)).toEqual([0, 1, 3]);
  });

  test('of all entries has their shape', () => {
    const due = { parameter: 0, from: 0, to: 4, count: 4 };
    const shapes = [1, 3].map((count) => {
      const groups = Array.from({ length: count }, () => evidence({ due }));
      return blocksOf(1, [{ count }], judgementOf(groups))[0]!.evidence.shape;
    });
    expect(shapes).toEqual([
      [2, 2],
      [3, 2, 2],
    ]);
  });

  test('puts together what was found of each row', () => {
    const first = evidence({
      numeric: Float64Array.of(Number.NaN, 2, 3.5, Number.NaN),
      uncertainty: Float64Array.of(Number.NaN, 0.1, 0.2, Number.NaN),
      verdict: 'inconclusive',
      isZero: true,
      tolerance: 0.3,
      tolerances: { wrong: 0.3, correct: 0.4 },
      wrong: [2],
      moved: false,
      kinks: new Map([[1, { low: -1, high: 1, central: 0 }]]),
      open: 1,
      singular: 2,
      unreached: 3,
      noise: 0.5,
      step: { min: 0.1, max: 0.2 },
    });
    const second = evidence({
      analytic: Float64Array.of(5, 6, 7, 8),
      numeric: Float64Array.of(Number.NaN, 6, 7, Number.NaN),
      uncertainty: Float64Array.of(Number.NaN, 0, 0, Number.NaN),
      tolerances: { wrong: 0.1, correct: 0.5 },
      wrong: [1],
      kinks: new Map([[2, { low: 3, high: 5, central: 4 }]]),
      open: 10,
      singular: 20,
      unreached: 30,
      isStaircase: true,
      noise: 0.25,
      step: { min: 0.05, max: 0.15 },
    });
    const [block] = blocksOf(1, [{ count: 2 }], judgementOf([first, second]));
    const { norms, ...found } = block!.evidence;
    expect(found).toEqual({
      name: 'x',
      shape: [2, 2],
      hasRows: true,
      count: 4,
      due: { parameter: 0, from: 0, to: 4, count: 4 },
      differences: new Map(),
      analytic: Float64Array.of(2, 3, 6, 7),
      numeric: Float64Array.of(2, 3.5, 6, 7),
      uncertainty: Float64Array.of(0.1, 0.2, 0, 0),
      values: Float64Array.of(8, 7, 8, 7),
      tolerance: 0.3,
      tolerances: { wrong: 0.3, correct: 0.5 },
      verdict: 'inconclusive',
      isZero: false,
      wrong: [1, 2],
      moved: true,
      kinks: new Map([
        [0, { low: -1, high: 1, central: 0 }],
        [3, { low: 3, high: 5, central: 4 }],
      ]),
      open: 11,
      singular: 22,
      unreached: 33,
      isStaircase: true,
      noise: 0.5,
      step: { min: 0.05, max: 0.2 },
    });
    expect(norms).toMatchObject({ checked: 4, share: 0.5, difference: 0.5 });
  });

  test.each([
    ['is wrong where a row is', ['correct', 'inconclusive', 'wrong'], 'wrong'],
    ['is correct where all are', ['correct', 'correct'], 'correct'],
  ] as const)('%s', (_, verdicts, expected) => {
    const groups = verdicts.map((verdict) => evidence({ verdict, isZero: true }));
    const [block] = blocksOf(1, [{ count: groups.length }], judgementOf(groups));
    expect(block!.evidence).toMatchObject({ verdict: expected, isZero: true, moved: true, step: undefined });
  });
});

describe('rows together', () => {
  interface Row {
    readonly evidence?: Partial<ParameterEvidence>;
    readonly noise?: number;
    readonly steps?: readonly number[];
    readonly claimsZero?: boolean;
    readonly scale?: number;
  }

  /** Of one parameter of two entries, all due, where all is as it should be. */
  const together = (rows: readonly Row[], outputs = [{ count: rows.length }]): Together => {
    const due = { parameter: 0, from: 0, to: 2, count: 2 };
    const values = Float64Array.of(1, 1);
    const frame = { parameters: [{ name: 'x', count: 2, shape: [2] }], saved: [values], due: [due] };
    const each = rows.map(
      ({ evidence: given = {}, noise = 0, steps = [], claimsZero = false, scale = 1 }) => {
        const analytic = given.analytic ?? Float64Array.of(1, 2);
        const own = evidence({
          due,
          values,
          count: 2,
          shape: [2],
          analytic,
          numeric: analytic,
          uncertainty: new Float64Array(2),
          ...given,
        });
        const measurement = {
          analytic: [analytic],
          noise,
          chosenSteps: steps,
          claimsZero: [claimsZero],
          scales: [scale],
        };
        return { measurement: measurement as unknown as Measurement, parameters: [own] };
      },
    );
    return joinRows(frame as unknown as Parameters<typeof joinRows>[0], readSettings({}), each, outputs);
  };

  test('are one measurement, as noisy as the noisiest, and their random sums by all of them', () => {
    const { measurement, judgement, sumNoise } = together([
      { noise: 3, steps: [0.1], evidence: { analytic: Float64Array.of(1, 2) } },
      { noise: 4, steps: [0.2], evidence: { analytic: Float64Array.of(3, 4) } },
    ]);
    expect(measurement.noise).toBe(4);
    expect(measurement.chosenSteps).toEqual([0.1, 0.2]);
    expect(measurement.analytic).toEqual([Float64Array.of(1, 2), Float64Array.of(3, 4)]);
    // Weights are up to 2: twice √(3² + 4²).
    expect(sumNoise).toBeCloseTo(10, 12);
    expect(judgement.verdict).toBe('correct');
    expect(judgement.norms.analytic).toBeCloseTo(Math.sqrt(30), 12);
  });

  describe('of which one does not depend on the parameter', () => {
    const ZERO = new Float64Array(2);
    // What is typical of the other is √((3² + 4²) / 2), of both together that over √2.
    const moving = { evidence: { analytic: Float64Array.of(3, 4) } };
    const typical = Math.sqrt(25 / 2 / 2);
    const resting = (claim: number, given: Row = {}): ParameterEvidence => {
      const own = {
        analytic: Float64Array.of(0, claim),
        numeric: ZERO,
        moved: false,
        verdict: 'inconclusive',
      } as const;
      return together([moving, { ...given, evidence: { ...own, ...given.evidence } }]).judgement
        .parameters[1]!;
    };

    test('claim zero for it, but for rounding of 2^-46 of what is typical', () => {
      const least = typical * 2 ** -46;
      expect(resting(0)).toMatchObject({ verdict: 'correct', isZero: true, moved: true, wrong: [] });
      expect(resting(0.99 * least)).toMatchObject({ verdict: 'correct', wrong: [] });
      expect(resting(-1.01 * least)).toMatchObject({ verdict: 'wrong', isZero: false, wrong: [1] });
      expect(resting(Number.NaN)).toMatchObject({ verdict: 'wrong', wrong: [1] });
      for (const own of resting(0).uncertainty) expect(own / least).toBeCloseTo(1, 12);
    });

    test('may claim what is zero to within its own noise', () => {
      expect(resting(0.1, { claimsZero: true })).toMatchObject({ verdict: 'correct', wrong: [] });
    });

    test('know nothing of an entry that was not measured', () => {
      const numeric = Float64Array.of(Number.NaN, 0);
      const { uncertainty, norms } = resting(0, { evidence: { numeric } });
      expect([uncertainty[0], norms.checked]).toEqual([Number.NaN, 1]);
    });

    test('leave it open where no other does', () => {
      const uncertainty = Float64Array.of(1e-3, 1e-3);
      const own = {
        analytic: ZERO,
        numeric: ZERO,
        uncertainty,
        moved: false,
        verdict: 'inconclusive',
      } as const;
      const { judgement } = together([{ evidence: own }, { evidence: own }]);
      expect(judgement.verdict).toBe('inconclusive');
      expect(judgement.parameters.map(({ verdict }) => verdict)).toEqual(['inconclusive', 'inconclusive']);
    });
  });

  describe('of which one is known to less than a digit', () => {
    /** What is uncertain of it may move the output by √2 times this. */
    const unknown = (size: number, given: Partial<ParameterEvidence> = {}): Row => ({
      evidence: {
        analytic: new Float64Array(2),
        uncertainty: Float64Array.of(size, size),
        verdict: 'inconclusive',
        ...given,
      },
    });
    const known: Row = { evidence: { analytic: Float64Array.of(3, 4) } };
    const verdictOf = (row: Row, outputs?: { count: number }[], other: Row = known): string =>
      together([other, row], outputs).judgement.parameters[1]!.verdict;
    // A thousandth of the largest known gradient is nothing.
    const bound = 5e-3 / Math.SQRT2;

    test('are correct where all that hides there is nothing beside the others', () => {
      expect([0.99 * bound, 1.01 * bound].map((size) => verdictOf(unknown(size)))).toEqual([
        'correct',
        'inconclusive',
      ]);
    });

    test('are held to others of the same array', () => {
      expect(verdictOf(unknown(0.9 * bound), [{ count: 1 }, { count: 1 }])).toBe('inconclusive');
    });

    test('are held to the slope at a kink, too', () => {
      const kinked: Row = {
        evidence: { ...known.evidence, kinks: new Map([[0, { low: -20, high: 1, central: -9 }]]) },
      };
      expect(verdictOf(unknown(3.9 * bound), undefined, kinked)).toBe('correct');
      expect(verdictOf(unknown(4.1 * bound), undefined, kinked)).toBe('inconclusive');
    });

    test('are compared by how much each moves its output over its scale', () => {
      const far = { ...unknown(0.9 * bound), scale: 2 };
      expect(verdictOf(far)).toBe('inconclusive');
      expect(verdictOf(far, undefined, { ...known, scale: 2 })).toBe('correct');
    });

    test('are open where not all was measured, or on a staircase', () => {
      expect(verdictOf(unknown(0, { numeric: Float64Array.of(0, Number.NaN) }))).toBe('inconclusive');
      expect(verdictOf(unknown(0, { isStaircase: true }))).toBe('inconclusive');
    });

    test('are wrong where they are', () => {
      expect(verdictOf(unknown(0, { verdict: 'wrong' }))).toBe('wrong');
    });
  });
});
