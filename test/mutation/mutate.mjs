/**
 * Folders of `src`, or single files → what the tests of their own miss: each expression is edited, one at a time, and the tests in the folder
 * of the same name under `test` run, which have to fail. `npm run mutate -- src/verdict src/numerics/gaps.ts`; not part of `npm test`.
 */

import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Stryker } from '@stryker-mutator/core';

const targets = process.argv.slice(2).map((target) => target.replace(/\/+$/, ''));
const isFile = (target) => target.endsWith('.ts');
const testsOf = (target) => (isFile(target) ? dirname(target) : target).replace(/^src\b/, 'test');
const wrong = targets.find(
  (target) => !target.startsWith('src/') || !existsSync(target) || !existsSync(testsOf(target)),
);
if (targets.length === 0 || wrong !== undefined) {
  console.error(
    `${wrong ?? 'Nothing'} is no folder of src with tests of its own, nor a file of one. Say: npm run mutate -- src/verdict`,
  );
  process.exit(1);
}

for (const target of targets) {
  // Read by the configuration of Vitest, in the processes that Stryker starts.
  process.env.MUTATED_TESTS = testsOf(target);
  const stryker = new Stryker({
    mutate: [isFile(target) ? target : `${target}/**/*.ts`],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    // Stryker would rewrite the tsconfig by the API of the compiler, which TypeScript 7 has none of; nothing here extends it.
    tsconfigFile: 'none',
    ignorePatterns: ['dist'],
    tempDirName: '.mutants',
    reporters: ['clear-text', 'progress-append-only'],
    clearTextReporter: { logTests: false, reportTests: false },
    allowConsoleColors: process.stdout.isTTY,
    concurrency: 2,
    timeoutMS: 20_000,
  });
  await stryker.runMutationTest();
}
