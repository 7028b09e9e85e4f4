/** Models on WebGPU, in headless Chromium and in Node, without a GPU: what docs/webgpu.md shows, as it stands, and models right and wrong. */

import { expect, inject, test } from 'vitest';
import { Page } from '../pages/page.js';
import { Project } from './project.js';
import { edited } from './runners.js';

const PACKAGES = [
  'vitest@4',
  '@vitest/browser-playwright@4',
  'playwright',
  '@jax-js/jax@0.1.25',
  '@tensorflow/tfjs-core@4',
  '@tensorflow/tfjs-backend-webgpu@4',
  '@tensorflow/tfjs-layers@4',
  'webgpu@0.6.2',
];
const { CHROMIUM = '/usr/bin/chromium', SWIFTSHADER = '/usr/lib/chromium' } = process.env;

const page = await Page.read('docs/webgpu.md');
const sections = ['In Vitest', 'jax-js', 'TensorFlow.js', 'Shaders', 'In Node'];
const files: Readonly<Record<string, string>> = Object.assign(
  {},
  ...sections.map((section) => page.filesIn(section)),
);
const project = await Project.create(inject('tarball'), PACKAGES);
for (const [path, text] of Object.entries(files)) project.write(path, text);
project.addFixtures('webgpu');

const vitest = (...names: string[]): ReturnType<Project['run']> =>
  project.run(['vitest', 'run', ...names], { env: { CHROMIUM } });

test('the page has a configuration, three tests and a program', () => {
  expect(Object.keys(files)).toEqual([
    'vitest.config.js',
    'jax.test.js',
    'tfjs.test.js',
    'dense.js',
    'wgsl.test.js',
    'check.mjs',
  ]);
});

test('the tests on the page pass', async () => {
  const { code, output } = await vitest('jax', 'tfjs', 'wgsl');
  expect({ code, output }).toStrictEqual({ code: 0, output: expect.stringMatching(/Tests +3 passed/) });
});

test('they fail with a mistake in each', async () => {
  const own =
    '{ gradients: (tree) => ((g) => ({ W: g.W, b: g.b.mul(2) }))(jax.grad(loss)(tree)), async: true }';
  const mistakes = [
    ['jax.test.js', '{ async: true }', own],
    [
      'tfjs.test.js',
      'tf.square(tf.tanh(',
      'tf.customGrad((v, save) => (save([v]), { value: tf.square(v), gradFunc: (dy, [s]) => tf.mul(dy, s) }))(tf.tanh(',
    ],
    ['dense.js', '(1.0 - v * v)', '(1.0 - v)'],
  ] as const;
  for (const [path, from, to] of mistakes) project.write(path, edited(files[path]!, [[from, to]]));
  const { code, output } = await vitest('jax', 'tfjs', 'wgsl');
  for (const [path] of mistakes) project.write(path, files[path]!);
  expect({ code, output }).toStrictEqual({ code: 1, output: expect.stringMatching(/Tests +3 failed/) });
  expect(output.match(/The gradients are wrong/g)!.length).toBeGreaterThanOrEqual(3);
});

test('models right and wrong have their verdicts, in time, with few read-backs', async () => {
  const { code, output } = await vitest('models');
  expect({ code, output }).toStrictEqual({ code: 0, output: expect.stringMatching(/Tests +20 passed/) });
});

test('the program on the page runs in Node', async () => {
  const env = {
    LD_LIBRARY_PATH: SWIFTSHADER,
    VK_ICD_FILENAMES: `${SWIFTSHADER}/vk_swiftshader_icd.json`,
  };
  const { code, output } = await project.run(['node', 'check.mjs'], { env });
  expect({ code, output }).toStrictEqual({
    code: 0,
    output: expect.stringContaining('The gradients are correct: all 6 checked entries agree with the loss.'),
  });
});

test('it fails there without an adapter', async () => {
  const { code } = await project.run(['node', 'check.mjs'], { env: { VK_ICD_FILENAMES: '' } });
  expect(code).not.toBe(0);
});
