/** Jest 29 and 30 for real, as CommonJS and as ESM, with the global `expect` and with that of `@jest/globals`. */

import { describe, expect, inject, test } from 'vitest';
import { expectCases } from './cases.js';
import { Project } from './project.js';
import { errorsOf, OLD_TYPESCRIPT, programOf } from './types.js';

describe.each(['29', '30'])('Jest %s', async (version) => {
  const packages = ['jest', '@jest/globals', '@types/jest'].map((name) => `${name}@${version}`);
  const project = await Project.create(inject('tarball'), [...packages, OLD_TYPESCRIPT]);
  project.addFixtures('jest');

  test.each<[string, string, Record<string, string>]>([
    ['CommonJS', 'cjs', {}],
    ['ESM', 'mjs', { NODE_OPTIONS: '--experimental-vm-modules' }],
  ])('runs the cases as %s', async (_, extension, env) => {
    const report = `${extension}.json`;
    const args = ['--config=jest.config.json', '--json', `--outputFile=${report}`, `${extension}$`];
    const ended = await project.command('jest', args, env);
    expect(ended).toStrictEqual({ code: 1, output: expect.stringContaining('W1[0, 1]') });
    const outcomes = project.outcomes(report);
    expect(Object.keys(outcomes).toSorted()).toStrictEqual([
      `global.test.${extension}`,
      `globals.test.${extension}`,
    ]);
    for (const cases of Object.values(outcomes)) expectCases(cases);
  });

  test('is told where the door for the global `expect` belongs', async () => {
    const ended = await project.command('jest', ['--config=misplaced.config.json']);
    const advice = expect.stringContaining('List it in `setupFilesAfterEnv`, not in `setupFiles`');
    expect(ended).toStrictEqual({ code: 1, output: advice });
  });

  test('has its types behind expect-gradients/jest-globals', async () => {
    expect(await errorsOf(project, programOf('jest-globals'))).toStrictEqual([]);
  });

  test('has the types of the global `expect` behind expect-gradients/jest', async () => {
    const program = programOf('jest-globals')
      .replace('expect-gradients/jest-globals', 'expect-gradients/jest')
      .replace("import { expect } from '@jest/globals';", '');
    expect(await errorsOf(project, program, { types: ['jest'] })).toStrictEqual([]);
  });
});
