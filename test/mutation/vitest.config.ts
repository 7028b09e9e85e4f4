import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.js';

/** The tests of one folder, for `mutate.mjs`: no projects, as a folder's own tests are what is asked for. */
export default defineConfig({
  ...(base.resolve && { resolve: base.resolve }),
  test: {
    include: [`${process.env.MUTATED_TESTS}/**/*.test.ts`],
    setupFiles: ['test/mutation/setup.ts'],
  },
});
