import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../../../src/check/measurement.js';
import { codes, findings, JACOBIAN, kinksIn, type Numbers, preconditionsOf } from '../../evidence.js';

/** The spacing of bfloat16, just above a power of two, as a standard deviation. */
const COARSEST: number = 2 ** -7 / Math.sqrt(12);

const unknown: Numbers = {
  analytic: [0, 0],
  numeric: [3e-16, 0],
  uncertainty: [3e-15, 4e-15],
  verdict: 'inconclusive',
};
const far: Partial<Evidence> = { verdict: 'inconclusive', noise: 1e-16, farChange: 1.5e-15 };

test('a loss that moves by its rounding only is told, and is no noise', () => {
  expect(findings([unknown, unknown], far)).toEqual([
    {
      code: 'constant-loss',
      evidence: { change: 1.5e-15, noise: 1e-16 },
      title:
        'The loss is the same as far as the parameters were moved: together by an eighth of their scales they change it by no more than its rounding.',
      advice: expect.stringMatching(
        /^Its gradient is zero, .* as a loss does that is to be minimised\.$/,
      ) as string,
    },
  ]);
  expect(findings([unknown], { ...far, ...JACOBIAN })).toMatchObject([
    { title: expect.stringMatching(/^The function is the same/) as string },
  ]);
});

test('half precision rounds as coarsely as a constant may; or coarser, where it is zero but for that', () => {
  const rounded: Numbers = { ...unknown, uncertainty: [9, 9] };
  const told = (noise: number, loss: number): readonly string[] =>
    codes([rounded], {
      ...far,
      noise,
      farChange: 0,
      ...preconditionsOf({ losses: [{ by: 'loss', values: [loss, loss] }] }),
    }).map(([code]) => code);
  expect(told(0.99 * 1.5 * COARSEST, -1.5)).toContain('constant-loss');
  expect(told(0.1, 1.59)).toContain('constant-loss');
  expect(told(0.1, 1.61)).not.toContain('constant-loss');
});

test('where a slope is claimed it is told that it is too small to be seen', () => {
  expect(findings([{ ...unknown, analytic: [1e-15, 0] }], far)[0]?.advice).toBe(
    'The slope that is claimed is too small to be seen beside that: take out of the loss what is large and does not depend on the parameters.',
  );
});

describe('a loss is not constant', () => {
  test.each([
    ['where it moves by more, far away', [unknown], { farChange: 1.7e-15 }],
    ['where it was not asked far away', [unknown], { farChange: undefined }],
    ['where a slope is known', [unknown, { ...unknown, numeric: [1e-14, 0] }], {}],
    ['where it stands still near by, and jumps further away', [{ ...unknown, isStaircase: true }], {}],
    ['where it has a kink', [{ ...unknown, kinks: kinksIn(1) }], {}],
    ['where nothing can be compared', [unknown], { comparable: false }],
    ['where nothing moves it at all', [{ ...unknown, moved: false }], {}],
    [
      'where it is rounded to fewer digits than arithmetic has',
      [{ ...unknown, uncertainty: [0.3, 0.4] }],
      { noise: 1.01 * 1.5 * COARSEST, farChange: 0 },
    ],
  ] as [string, Numbers[], Partial<Evidence>][])('%s', (_, all, other) => {
    expect(codes(all, { ...far, ...other }).map(([code]) => code)).not.toContain('constant-loss');
  });
});
