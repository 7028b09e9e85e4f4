import { expect, test } from 'vitest';
import { kinksIn, codes, findings, HESSIAN } from '../../evidence.js';

const right = { analytic: [1, 2], numeric: [1, 2] };
const ADVICE =
  "Any value between the two is a subgradient and was taken as right; kinks: 'reject' compares with their mean. Move the parameters off the kink for a stricter test.";
const JUMP_ADVICE =
  'No analytic value is right there. Move the parameters away from the jump, the cusp or the vertical tangent.';

test('a kink is told for each parameter', () => {
  expect(findings([{ ...right, kinks: kinksIn(1) }, right, { ...right, kinks: kinksIn(2) }])).toEqual([
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
  expect(findings([{ ...right, kinks: kinksIn(1), output: 'y' }], HESSIAN)).toMatchObject([
    {
      parameter: 'a',
      output: 'y',
      title:
        'The function has a kink at this point in an entry of y by a: the slopes on its two sides differ.',
    },
  ]);
});

test('where there is no slope to either side that is told', () => {
  expect(
    findings([
      { ...right, open: 2, singular: 2 },
      { ...right, singular: 1, output: 'y' },
    ]),
  ).toEqual([
    {
      code: 'kink',
      parameter: 'a',
      evidence: { entries: 2 },
      title:
        'The loss has no derivative at this point in 2 entries of a: it jumps there, or its slope grows without bound.',
      advice: JUMP_ADVICE,
    },
    {
      code: 'kink',
      parameter: 'b',
      output: 'y',
      evidence: { entries: 1 },
      title:
        'The loss has no derivative at this point in an entry of y by b: it jumps there, or its slope grows without bound.',
      advice: JUMP_ADVICE,
    },
  ]);
});

test('along directions it is told with what points beside it say', () => {
  expect(
    findings([
      { ...right, meetsKink: true },
      { ...right, meetsKink: true, verdict: 'inconclusive' as const },
    ]),
  ).toEqual([
    {
      code: 'kink',
      parameter: 'a',
      evidence: { entries: 2 },
      title:
        'The loss has a kink at this point along random directions of a: they tell nothing of its entries there.',
      advice:
        'The claims are right beside it, and what such a kink may make of them. Move the parameters off the kink for a stricter test.',
    },
    {
      code: 'kink',
      parameter: 'b',
      evidence: { entries: 2 },
      title:
        'The loss has a kink at this point along random directions of b: they tell nothing of its entries there.',
      advice:
        "Move the parameters off the kink; or check more points, or entry by entry, with method: 'exhaustive'.",
    },
  ]);
});

test('none is told where there is none', () => {
  expect(codes([right])).toEqual([]);
});

test('at a point beside θ it is told with the point', () => {
  expect(findings([{ ...right, kinks: kinksIn(1), point: 2 }])).toMatchObject([
    {
      title:
        'The loss has a kink at point 2, beside the parameters as given, in an entry of a: the slopes on its two sides differ.',
    },
  ]);
});
