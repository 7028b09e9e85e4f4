import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

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
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: ['test/{runners,package}/**', '**/node_modules/**'],
  },
});
