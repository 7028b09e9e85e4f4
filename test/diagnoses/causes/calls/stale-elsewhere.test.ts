import { expect, test } from 'vitest';
import { codes, findings } from '../../evidence.js';

const right = { analytic: [1, 2], numeric: [1, 2] };
const wrong = { analytic: [1, 2], numeric: [1, 5] };
const ADVICE =
  'Only the parameters as given were checked. Move the forward pass into gradients(), so that each call computes what is ' +
  'claimed from the parameters as they are then.';

test('a claim that is the same at a point where it is not right was computed once', () => {
  expect(findings([right, { ...right, staleAt: 2 }])).toEqual([
    {
      code: 'stale-elsewhere',
      parameter: 'b',
      evidence: { parameters: 1, point: 2 },
      title:
        'What is claimed of b is right at the parameters as given, and the same to the bit at point 2, where it is not right: it was ' +
        'computed once, before the check.',
      advice: ADVICE,
    },
  ]);
});

test('several are told at once, with the first of the points', () => {
  const [finding] = findings([{ ...right, staleAt: 3 }, right, { ...right, staleAt: 2 }]);
  expect(finding).not.toHaveProperty('parameter');
  expect(finding).toMatchObject({
    evidence: { parameters: 2, point: 2 },
    title: expect.stringMatching(/^What is claimed of a and c is right .* at point 2, where/),
  });
});

test('of what is wrong at the parameters as given something else is told', () => {
  expect(codes([{ ...wrong, staleAt: 2 }])).not.toContainEqual(['stale-elsewhere', 'a']);
  expect(codes([right, { ...right, staleAt: 2 }, wrong])).toContainEqual(['stale-elsewhere', 'b']);
});

test('where no point says so there is nothing to tell', () => {
  expect(findings([right, right])).toEqual([]);
});
