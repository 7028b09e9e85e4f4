/** What a case of a table may cost. */

import { describe, expect, test } from 'vitest';
import { readSettings } from '../../../src/check/settings.js';
import { shareOf } from '../../../src/check/sizes/share-of-budget.js';

const spent = (loss: number) => ({ report: { evaluations: { loss, gradients: 2 } } });

describe('the share of a case', () => {
  test('is that of the time of one check which is left, by default, and nothing where that has passed', () => {
    const settings = readSettings({});
    expect(shareOf(settings, { elapsed: 0, left: 4, checked: [] })).toMatchObject({ checkTime: 250 });
    expect(shareOf(settings, { elapsed: 700, left: 3, checked: [spent(9)] })).toMatchObject({
      checkTime: 100,
    });
    expect(shareOf(settings, { elapsed: 5000, left: 3, checked: [] })).toMatchObject({ checkTime: 0 });
    expect(shareOf(settings, { elapsed: 5000, left: 3, checked: [] }).timeLimit).toBeUndefined();
  });

  test('is an equal one of a limit of time, and next to none where it has been reached', () => {
    const settings = readSettings({ timeLimit: 100 });
    expect(shareOf(settings, { elapsed: 40, left: 3, checked: [] })).toMatchObject({ timeLimit: 20 });
    const { timeLimit } = shareOf(settings, { elapsed: 400, left: 3, checked: [] });
    expect(timeLimit).toBeGreaterThan(0);
    expect(timeLimit).toBeLessThan(0.01);
  });

  test('is an equal one of the losses that are left', () => {
    const settings = readSettings({ maxEvaluations: 100 });
    const standing = { elapsed: 0, left: 3, checked: [spent(20), spent(11)] };
    expect(shareOf(settings, standing)).toMatchObject({ maxEvaluations: 23 });
    expect(() => shareOf(settings, { ...standing, left: 14 })).toThrow(
      'options.maxEvaluations is 100, which is less than 5 losses for each of 16 cases.',
    );
  });

  test('leaves every other setting as it is', () => {
    const settings = readSettings({ points: 3, seed: 7, only: 'w' });
    const share = shareOf(settings, { elapsed: 0, left: 2, checked: [] });
    expect({ ...share, checkTime: undefined }).toEqual({ ...settings, checkTime: undefined });
  });
});
