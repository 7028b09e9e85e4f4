import { expect, test } from 'vitest';
import { codes, findings, HESSIAN } from '../../evidence.js';

const right = { analytic: [1, 2], numeric: [1, 2] };
const ADVICE =
  "Any value between the two is a subgradient and was taken as right; kinks: 'reject' compares with their mean. Move the parameters off the kink for a stricter test.";

test('a kink is told for each parameter', () => {
  expect(findings([{ ...right, kinks: 1 }, right, { ...right, kinks: 2 }])).toEqual([
    {
      code: 'kink',
      parameter: 'a',
      evidence: { entries: 1 },
      title: 'The loss has a kink at this point in an entry of a: the slopes on its two sides differ.',
      advice: ADVICE,
    },
    {
      code: 'kink',
      parameter: 'c',
      evidence: { entries: 2 },
      title: 'The loss has a kink at this point in 2 entries of c: the slopes on its two sides differ.',
      advice: ADVICE,
    },
  ]);
});

test('of a block by both of its names', () => {
  expect(findings([{ ...right, kinks: 1, output: 'y' }], HESSIAN)).toMatchObject([
    {
      parameter: 'a',
      output: 'y',
      title:
        'The function has a kink at this point in an entry of y by a: the slopes on its two sides differ.',
    },
  ]);
});

test('none is told where there is none', () => {
  expect(codes([right])).toEqual([]);
});
