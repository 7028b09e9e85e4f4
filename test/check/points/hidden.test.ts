/** A mistake that the parameters as given hide shows at a second point, and what hides it is told where there is none. */

import { checkGradients, type GradientReport, type AnyModel } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { numbersIn, bitsOf } from '../../bits.js';
import { Draws } from '../truth/models/draws.js';
import { PLACES } from './hidden-places.js';
import { STARTS } from './hidden-starts.js';

/** Drawn relatives of each. */
const SEEDS = [1, 2, 3, 4, 5];

const check = (model: AnyModel<never>, options = {}): GradientReport =>
  checkGradients(model as unknown as AnyModel, options) as GradientReport;

describe.each([...STARTS, ...PLACES])('$name', ({ code, wrong, told, model }) => {
  const drawn = (seed: number | undefined): Draws | undefined =>
    seed === undefined ? undefined : new Draws(seed);

  test.each([undefined, ...SEEDS])('it shows at the second point, and there alone (%s)', (seed) => {
    const subject = model(true, drawn(seed));
    const before = bitsOf(numbersIn(subject.parameters));
    const report = check(subject);
    expect(report.verdict).toBe('wrong');
    expect(report.points).toEqual({ checked: 2, skipped: 0, wrongAt: 2 });
    expect(report.blindSpots).toEqual([]);
    const names = report.parameters.filter(({ verdict }) => verdict === 'wrong').map(({ name }) => name);
    expect(names).toEqual(wrong);
    expect([undefined, report.findings[0]?.code]).toContain(code);
    expect(bitsOf(numbersIn(subject.parameters))).toEqual(before);
  });

  test('at the first alone it passes, and what hides it is told', () => {
    const report = check(model(true, undefined), { points: 1 });
    expect(report.verdict).toBe('correct');
    expect(Object.fromEntries(report.blindSpots.map((spot) => [spot.parameter, spot.code]))).toEqual(told);
  });

  test.each([undefined, ...SEEDS])('the right one is right at both, and nothing is hidden (%s)', (seed) => {
    const report = check(model(false, drawn(seed)));
    expect(report.verdict).toBe('correct');
    expect(report.points).toEqual({ checked: 2, skipped: 0 });
    expect(report.blindSpots).toEqual([]);
  });
});
