import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import base from '../../vitest.config.js';

/** A mutant is dead with the first test that fails, so the quickest files come first. */
class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // eslint-disable-next-line unicorn/no-array-sort -- the sequencer's own
    return (await super.sort(files)).toReversed();
  }
}

/** The tests of one folder, for `mutate.mjs`: no projects, as a folder's own tests are what is asked for. */
export default defineConfig({
  ...(base.resolve && { resolve: base.resolve }),
  test: {
    include: [`${process.env.MUTATED_TESTS}/**/*.test.ts`],
    setupFiles: ['test/mutation/setup.ts'],
    testTimeout: 60_000,
    sequence: { sequencer: QuickestFirst },
  },
});
