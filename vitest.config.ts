import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const ALL = ['test/**/*.test.ts', 'examples/**/*.test.ts'];
/** What is published is tested by itself: see test/runners/vitest.config.ts. */
const PUBLISHED = 'test/{runners,package}/**';

/** Tests that make many checks, of many drawn models or of each fault beside each cause, or that run other programs. */
const SLOW = [
  'test/check/directions/directional.test.ts',
  'test/check/entries/resolution.test.ts',
  'test/check/runs/{architectures,lengths}.test.ts',
  'test/check/shards/{shard-faults,shard-rules}.test.ts',
  'test/check/truth/truth.test.ts',
  'test/check/vector/{jacobian-large,jacobian-property}.test.ts',
  'test/faults/faults.test.ts',
  'test/field/*.test.ts',
  'test/pages/{artifacts,libraries,mutation,runners,shards}-page{,s}.test.ts',
  'test/pages/readme.test.ts',
];

/** In ms. No test waits for time, so these only end what hangs: on a machine that is ten times slower, under load, none is near. */
const MINUTE = 60_000;

export default defineConfig({
  resolve: {
    alias: [
      // The tests and examples read as a user's would: they import the package by its name.
      { find: /^expect-gradients$/, replacement: source('./src/index.ts') },
      { find: /^expect-gradients\/(matchers|adapters)$/, replacement: source('./src/$1/$1.ts') },
      { find: /^expect-gradients\/(tfjs|jax)$/, replacement: source('./src/adapters/$1.ts') },
      { find: /^expect-gradients\/(.*)$/, replacement: source('./src/$1.ts') },
    ],
  },
  test: {
    setupFiles: [source('./test/setup.ts')],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ALL,
          exclude: [PUBLISHED, ...SLOW],
          testTimeout: MINUTE,
          hookTimeout: MINUTE,
        },
      },
      {
        extends: true,
        test: { name: 'slow', include: SLOW, testTimeout: 10 * MINUTE, hookTimeout: 10 * MINUTE },
      },
    ],
  },
});
