/**
 * Folders of `src` → what the tests of their own miss: each expression of their files is edited, one at a time, and the tests in the
 * folder of the same name under `test` run, which have to fail. `npm run mutate -- src/verdict src/render`; not part of `npm test`.
 */

import { existsSync } from 'node:fs';
import { Stryker } from '@stryker-mutator/core';

const folders = process.argv.slice(2).map((folder) => folder.replace(/\/+$/, ''));
const testsOf = (folder) => folder.replace(/^src\b/, 'test');
const wrong = folders.find(
  (folder) => !folder.startsWith('src/') || !existsSync(folder) || !existsSync(testsOf(folder)),
);
if (folders.length === 0 || wrong !== undefined) {
  console.error(
    `${wrong ?? 'Nothing'} is no folder of src with tests of its own. Say: npm run mutate -- src/verdict`,
  );
  process.exit(1);
}

for (const folder of folders) {
  // Read by the configuration of Vitest, in the processes that Stryker starts.
  process.env.MUTATED_TESTS = testsOf(folder);
  const stryker = new Stryker({
    mutate: [`${folder}/**/*.ts`],
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
