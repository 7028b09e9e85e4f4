import { expect, test } from 'vitest';
import { mutatedParameters } from '../../../../src/diagnoses/causes/calls/mutated-parameters.js';
import type { Changed, Culprit, Evidence } from '../../../../src/check/measurement.js';
import type { Finding } from '../../../../src/report.js';
import { foundBy, JACOBIAN, preconditionsOf } from '../../evidence.js';

/** What is found where a function changed some parameters. */
function found(
  by: Culprit,
  parameters: readonly Changed[],
  other: Partial<Evidence> = {},
  change: { readonly lost?: readonly string[] } = {},
): readonly Finding[] {
  return foundBy(mutatedParameters, [], {
    ...preconditionsOf({ change: { by, parameters, lost: [], ...change } }),
    ...other,
  });
}

const changed = (name: string, entries: number): Changed => ({ name, entries });

test('who changed a parameter is told, and how much of it', () => {
  expect(found('gradients', [changed('W', 3)])).toEqual([
    {
      code: 'mutated-parameters',
      parameter: 'W',
      evidence: { entries: 3 },
      title: 'gradients() changed the parameters: after a call it had changed 3 of its entries (W).',
      advice:
        'Make gradients() leave the parameters alone: no optimiser step, no clipping or normalising in place. They have been put back as they were.',
    },
  ]);
});

test.each([
  [[changed('W', 3), changed('b', 2)], 5, 'changed 5 of their entries (W and b)'],
  [[changed('W', 0)], 0, 'put another array in its place (W)'],
  [[changed('W', 0), changed('b', 0)], 0, 'put other arrays in their place (W and b)'],
  [
    ['a', 'b', 'c', 'd', 'e'].map((name) => changed(name, 1)),
    5,
    'changed 5 of their entries (all 5 parameters)',
  ],
])('%j', (parameters, entries, what) => {
  const [finding] = found('loss', parameters);
  expect(finding).toMatchObject({
    evidence: { entries },
    title: `loss() changed the parameters: after a call it had ${what}.`,
  });
  expect(finding?.parameter).toBe(parameters.length === 1 ? 'W' : undefined);
});

test.each([
  ['loss', 'outputs()'],
  ['gradients', 'vjp()'],
] as const)('of a layer %s is %s', (by, call) => {
  const [finding] = found(by, [changed('W', 3)], JACOBIAN);
  expect(finding?.title).toContain(`${call} changed the parameters`);
  expect(finding?.advice).toContain(`Make ${call} leave the parameters alone`);
});

test('nothing is told where nothing changed', () => {
  expect(foundBy(mutatedParameters, [])).toEqual([]);
});

test('what could not be put back is told', () => {
  const [finding] = found('gradients', [changed('W', 3)], {}, { lost: ['W', 'b'] });
  expect(finding!.advice).toBe(
    'Make gradients() leave the parameters alone: no optimiser step, no clipping or normalising in place. What it did to W and b could not be undone.',
  );
});
