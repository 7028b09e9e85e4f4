import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Page, root } from './page.js';
import { messageIn, Workspace } from './workspace.js';

/** Everything that the README shows is run, and what it says is printed is compared whole. */

let workspace: Workspace;
let readme: Page;

beforeAll(async () => {
  readme = await Page.read('README.md');
  workspace = await Workspace.make('readme-');
});
afterAll(async () => workspace.remove());

/** The programs of the README that are files, by their names. */
const FILES = [
  'backprop.test.ts',
  'square.test.ts',
  'square.test.ts',
  'layers.test.ts',
  'sizes.test.ts',
  'setup.ts',
];

async function vitestOn(...args: string[]): Promise<{ readonly output: string; readonly code: number }> {
  return workspace.run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args]);
}

test('the README has so many programs, most of them files, and the outputs of two', () => {
  const programs = readme.blocks('ts');
  const names = programs.map((text) => /^\/\/ (\S+)\n/.exec(text)?.[1]);
  expect(names).toEqual([...FILES, undefined]);
  expect(readme.blocks('text')).toHaveLength(2);
});

test('the first screen is a test that fails with the message shown', async () => {
  await workspace.write('backprop.test.ts', readme.blocks('ts')[0]!);
  const { output, code } = await vitestOn('backprop');
  expect(code).toBe(1);
  const actual = messageIn(output);
  expect(actual).toBe(await readme.shown(0, actual));
});

test.each([
  ['layers', 3, 3],
  ['sizes', 4, 2],
])('%s are tests that pass', async (name, place, tests) => {
  await workspace.write(`${name}.test.ts`, readme.blocks('ts')[place]!);
  const { output, code } = await vitestOn(name);
  expect(output).toContain(`${tests} passed`);
  expect(code).toBe(0);
});

test('defaults of a setup file hold for its tests', async () => {
  const files = readme.filesIn('Defaults for all checks');
  await workspace.write('setup.ts', readme.blocks('ts')[5]!);
  const config = files['vitest.config.mjs']!.replace('export default {', '$&\n  ...base,');
  await workspace.write('defaults.config.mjs', `import base from './vitest.config.mjs';\n${config}`);
  await workspace.write(
    'defaults.test.ts',
    readme.blocks('ts')[0]!.replace(/^import 'expect-gradients.*$/m, ''),
  );
  const { output } = await vitestOn('defaults', '--config=defaults.config.mjs');
  expect(output).toContain('Picture: gradients/');
});

describe('the report as data', () => {
  test('prints what is shown', async () => {
    const program = readme
      .blocks('ts')
      .at(-1)!
      .replace("'expect-gradients'", `'${join(root, 'src/index.ts')}'`);
    await workspace.write('data.mts', program);
    const { output } = await workspace.run(process.execPath, ['--import', 'tsx', 'data.mts']);
    expect(output).toBe(await readme.shown(1, output));
  });
});
