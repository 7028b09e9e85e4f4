import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The slow suite: what is published, installed from its tarball, under the real runners and checkers.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/{runners,package}/*.test.ts'],
    globalSetup: ['test/runners/pack.ts'],
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
  },
});
