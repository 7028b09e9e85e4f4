/** Vitest 3.2 and 4 for real; of Vitest 5 the types, and where it runs, which is from Node 22 on, the matcher too. */

import { describe, expect, inject, test } from 'vitest';
import { expectCases } from './cases.js';
import { Project } from './project.js';
import { errorsOf, OLD_TYPESCRIPT, programOf } from './types.js';

const VERSIONS = [
  { version: 3.2, runs: true, door: 'vitest-legacy' },
  { version: 4, runs: true, door: 'vitest-legacy' },
  { version: 5, runs: Number.parseInt(process.versions.node, 10) >= 22, door: 'vitest' },
];

describe.each(VERSIONS)('Vitest $version', async ({ version, runs, door }) => {
  const project = await Project.create(inject('tarball'), [`vitest@${version}`, OLD_TYPESCRIPT]);
  project.addFixtures('vitest');

  test.runIf(runs)('runs the cases, with the door in setupFiles and imported', async () => {
    const reporters = ['--reporter=default', '--reporter=json', '--outputFile.json=results.json'];
    const ended = await project.command('vitest', ['run', ...reporters]);
    expect(ended).toStrictEqual({ code: 1, output: expect.stringContaining('W1[0, 1]') });
    const outcomes = project.outcomes('results.json');
    expect(Object.keys(outcomes).toSorted()).toStrictEqual([
      'import-legacy.test.mjs',
      'import-vitest.test.mjs',
      'setup.test.mjs',
    ]);
    for (const cases of Object.values(outcomes)) expectCases(cases);
    // The worst entries as the runner's own diff.
    expect(ended.output).toMatch(/^\s*- +"W1\[0, 1\]": (12|11\.9+\d*|12\.0+\d*),?$/m);
    expect(ended.output).toMatch(/^\s*\+ +"W1\[0, 1\]": 24,?$/m);
  });

  test(`has its types behind expect-gradients/${door}`, async () => {
    const program = programOf('vitest-legacy').replace(
      'expect-gradients/vitest-legacy',
      `expect-gradients/${door}`,
    );
    expect(await errorsOf(project, program, { esmOnly: true })).toStrictEqual([]);
  });
});
