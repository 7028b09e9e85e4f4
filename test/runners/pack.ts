/** Packs the package once, as it would be published, and tells the tests where. Their projects live and go beside it. */

import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { install, run } from './project.js';
import { aliasOf, OLDER_TYPESCRIPTS } from './runners.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the packed package. */
    readonly tarball: string;
    /** A folder with a newer Node, for the runners that need one, and older compilers, for users that have one. */
    readonly tools: string;
  }
}

export default async function pack(project: TestProject): Promise<() => void> {
  // The real path, because runners name files by it.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'expect-gradients-')));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { code, output } = await run(root, 'npm', ['pack', '--pack-destination', folder]);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || tarball === undefined) throw new Error(`npm pack failed:\n${output}`);
  const tools = join(folder, 'tools');
  mkdirSync(tools);
  await install(tools, [
    'node@24',
    ...OLDER_TYPESCRIPTS.map((version) => `${aliasOf(version)}@npm:${version}`),
  ]);
  project.provide('tarball', join(folder, tarball));
  project.provide('tools', tools);
  return () => rmSync(folder, { recursive: true, force: true });
}
