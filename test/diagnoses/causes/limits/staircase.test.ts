import { expect, test } from 'vitest';
import { codes, findings, JACOBIAN, type Numbers } from '../../evidence.js';

const flat: Numbers = {
  analytic: [3, 4],
  numeric: [3, 4],
  isStaircase: true,
  verdict: 'inconclusive',
  step: { min: 1e-3, max: 2e-2 },
};
const ADVICE =
  'The slope over the steps is no derivative, nor is the zero between them, so neither passes or fails. ' +
  'Check without the rounding, quantisation or threshold, or leave the parameter out by except.';

test('a loss that moves in steps is told for each parameter, and is no noise', () => {
  const other = { verdict: 'inconclusive' } as const;
  expect(findings([{ analytic: [1], numeric: [1] }, flat], other)).toEqual([
    {
      code: 'staircase',
      parameter: 'b',
      evidence: { step: 2e-2, slope: 5 },
      title: 'The loss moves in steps with b: it stands still, and then jumps.',
      advice: ADVICE,
    },
  ]);
  expect(findings([{ ...flat, output: 'y' }], { ...JACOBIAN, ...other })).toMatchObject([
    {
      parameter: 'a',
      output: 'y',
      title: 'The function moves in steps with y by a: it stands still, and then jumps.',
    },
  ]);
});

test('none is told of one that does not', () => {
  expect(codes([{ ...flat, isStaircase: false }], { verdict: 'inconclusive' })).toEqual([
    ['noisy-loss', undefined],
  ]);
});
