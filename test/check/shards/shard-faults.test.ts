/**
 * The planted faults checked in parts: a part tells the cause, or that it can't, and nothing that would be wrong of it; and a fault that
 * the whole shows shows in some part. Models that are right are right in every part.
 */

import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { FindingCode, Report, Shard } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import {
  type AnyModel,
  build,
  check as checked,
  type Fault,
  MODELS,
  type Planted,
} from '../../faults/plant.js';

const PARTS = 3;
const SHARDS = Array.from({ length: PARTS }, (_, k): Shard => `${k + 1}/${PARTS}`);

/** What any fault may look like in a part, and what accuses nobody. */
const ANYWHERE: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'isolated-entries',
  'unexplained',
  'unused-parameter',
  'poor-epsilon',
  'noisy-loss',
  'kink',
  'stationary-point',
]);

/** What is true of a part and not of the whole: one wrong row is all that one part has, and a column of ones is off by a factor. */
const TRUE_OF_PART: Readonly<Record<string, FindingCode>> = {
  'stress, one row': 'sign-flipped',
  // Each part is one column.
  'curve, one column of a Jacobian': 'scaled',
  'curve, all of a Jacobian': 'scaled',
  'curve, a penalty that the outputs do not have, in each row of a Jacobian': 'scaled',
  // That the gradient has no part along the parameter is a law of all of it; in a part the error is in proportion to the parameter, and that is all.
  'rayleigh, the part along each row': 'missing-regularization',
  'direction, the part along a direction': 'missing-regularization',
  // What a norm is of is not in a part; the factor is.
  'network, by the norm of all together': 'scaled',
  'perceptron, by its own norm': 'scaled',
};

/** Numbers by themselves can't be split in three. */
const SCALARS: ReadonlySet<string> = new Set(['line', 'quartic']);

const check = (model: AnyModel, options: object, shard?: Shard): Report =>
  checked(model, { ...options, shard });

const folder = new URL('../../faults/', import.meta.url);
const faults: (Fault & { code: string })[] = [];
for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!/^[a-z]+\/[a-z-]+\.ts$/.test(file)) continue;
  const planted = (await import(new URL(file, folder).href)) as Pick<Planted, 'faults'>;
  const own = planted.faults.filter(({ model }) => !SCALARS.has(model));
  faults.push(...own.map((fault) => ({ ...fault, code: basename(file, '.ts') })));
}

describe.each(MODELS.filter((model) => !SCALARS.has(model)))('the model %s, which is right', (model) => {
  test.each(['double', 'single'] as const)('is right in every part, in %s precision', (precision) => {
    const reports = SHARDS.map((shard) => check(build(model, {}, precision), {}, shard));
    expect(reports.map(({ verdict }) => verdict)).toEqual(SHARDS.map(() => 'correct'));
  });
});

test.each(faults)(
  '$code: $model, $name',
  ({ code, model, name, options = {}, also: besides = [], ...fault }) => {
    const whole = check(build(model, fault), options);
    const reports = SHARDS.map((shard) => check(build(model, fault), options, shard));
    const told = reports.flatMap(({ findings }) => findings.map((finding) => finding.code));
    const others = told.filter((found) => found !== code && !besides.includes(found) && !ANYWHERE.has(found));
    const also = TRUE_OF_PART[`${model}, ${name}`];
    expect([...new Set(others)]).toEqual(also === undefined ? [] : [also]);
    // What the whole shows, some part shows; of a whole that is right parts may be in doubt, as at a stationary point.
    expect(['correct', ...reports.map(({ verdict }) => verdict)]).toContain(whole.verdict);
  },
);

test('there are faults enough', () => {
  expect(faults.length).toBeGreaterThan(100);
});
