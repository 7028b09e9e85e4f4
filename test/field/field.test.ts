import { checkGradients } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { subjects as adnn } from './adnn.js';
import { subjects as brain } from './brain.js';
import { subjects as convnetjs } from './convnetjs.js';
import { subjects as deepbox } from './deepbox.js';
import { subjects as jax } from './jax.js';
import { subjects as layouts } from './layouts.js';
import { subjects as optimisers } from './optimisers.js';
import { subjects as steps } from './steps.js';
import { subjects as tfjs } from './tfjs.js';
import { subjects as toygrad } from './toygrad.js';

/**
 * Published libraries as they are, checked with defaults: what is right passes, what is wrong fails with the right parameters
 * blamed. Each wrong one is derived where it is written down.
 */
const subjects = [adnn, brain, convnetjs, deepbox, jax, layouts, optimisers, steps, tfjs, toygrad].flat();

describe.each(subjects)('$library: $name', ({ model, wrong, cause, unchecked = [] }) => {
  test(`has ${wrong.length === 0 ? 'right gradients' : `wrong gradients of ${wrong.join(', ')}`}`, async () => {
    const report = await checkGradients(await model());
    const blamed = report.parameters.filter(({ verdict }) => verdict === 'wrong').map(({ name }) => name);
    const unused = report.findings.filter(({ code }) => code === 'unused-parameter');
    expect(blamed).toStrictEqual(wrong);
    expect(report.verdict).toBe(wrong.length === 0 ? 'correct' : 'wrong');
    expect(unused.map(({ parameter }) => parameter)).toStrictEqual(unchecked);
    expect(report.findings[0]?.code).toBe(cause);
  });
});
