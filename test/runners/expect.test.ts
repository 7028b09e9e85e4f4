/** The `expect` package under node:test for real, imported and required. */

import { describe, expect, inject, test } from 'vitest';
import { expectCases } from './cases.js';
import { Project } from './project.js';
import { errorsOf, OLD_TYPESCRIPT, programOf } from './types.js';

describe.each(['29', '30'])('expect %s', async (version) => {
  const project = await Project.create(inject('tarball'), [`expect@${version}`, OLD_TYPESCRIPT]);
  project.addFixtures('expect');

  test.each(['import.test.mjs', 'require.test.cjs'])('runs the cases of %s under node:test', async (file) => {
    const report = ['--test-reporter=./reporter.mjs', `--test-reporter-destination=${file}.json`];
    const print = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
    const ended = await project.node(['--test', ...report, ...print, file]);
    expect(ended).toStrictEqual({ code: 1, output: expect.stringContaining('W1[0, 1]') });
    // By node:test's reckoning the tests are in the file that calls `test`.
    const outcomes = project.outcomes(`${file}.json`);
    expectCases(outcomes['cases.cjs']);
  });

  test('has its types behind expect-gradients/expect', async () => {
    expect(await errorsOf(project, programOf('expect'))).toStrictEqual([]);
  });
});
