import { checkGradients, checkJacobian, type Report } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { subjects as adnn } from './adnn.js';
import { subjects as brain } from './brain.js';
import { subjects as constraints } from './constraints.js';
import { subjects as convnetjs } from './convnetjs.js';
import { subjects as curves } from './curves.js';
import { subjects as deepbox } from './deepbox.js';
import { subjects as distributions } from './distributions.js';
import { subjects as jax } from './jax.js';
import { subjects as layouts } from './layouts.js';
import { subjects as learners } from './learners.js';
import { subjects as motion } from './motion.js';
import { subjects as optimisers } from './optimisers.js';
import { subjects as prices } from './prices.js';
import { subjects as steps } from './steps.js';
import { type Checked, type Subject } from './subject.js';
import { subjects as symbolic } from './symbolic.js';
import { subjects as tfjs } from './tfjs.js';
import { subjects as toygrad } from './toygrad.js';

/**
 * Published libraries as they are, checked with defaults: what is right passes, what is wrong fails with the right parameters
 * blamed. Each wrong one is derived where it is written down.
 */
const subjects = [
  [adnn, brain, constraints, convnetjs, curves, deepbox, distributions, jax, layouts, learners],
  [motion, optimisers, prices, steps, symbolic, tfjs, toygrad],
].flat(2);

const check = (model: Checked, only: Subject['only']): Report | PromiseLike<Report> => {
  const options = only === undefined ? {} : { only };
  return 'outputs' in model ? checkJacobian(model, options) : checkGradients(model, options);
};

describe.each(subjects)('$library: $name', ({ model, only, wrong, cause, inconclusive, unchecked = [] }) => {
  const settled = wrong.length === 0 ? 'correct' : 'wrong';
  const verdict = inconclusive ? 'inconclusive' : settled;
  test(`is ${verdict}${wrong.length === 0 ? '' : ` by ${wrong.join(', ')}`}`, async () => {
    const report = await check(await model(), only);
    const blamed = report.parameters.filter((one) => one.verdict === 'wrong').map(({ name }) => name);
    const unused = report.findings.filter(({ code }) => code === 'unused-parameter');
    expect(blamed).toStrictEqual(wrong);
    expect(report.verdict).toBe(verdict);
    expect(unused.map(({ parameter }) => parameter)).toStrictEqual(unchecked);
    expect(report.findings[0]?.code).toBe(cause);
  });
});
