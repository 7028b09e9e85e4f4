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

test('the README has four programs, and the outputs of two', () => {
  expect(readme.blocks('ts')).toHaveLength(4);
  expect(readme.blocks('text')).toHaveLength(2);
});

describe('the first screen', () => {
  test('is a test that fails with the message shown', async () => {
    await workspace.write('readme.test.ts', readme.blocks('ts')[0]!);
    const { output, code } = await workspace.run(process.execPath, [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      'readme',
    ]);
    expect(code).toBe(1);
    const actual = messageIn(output);
    expect(actual).toBe(await readme.shown(0, actual));
  });
});

describe('layers, Jacobians and Hessians', () => {
  test('are tests that pass', async () => {
    await workspace.write('layers.test.ts', readme.blocks('ts')[1]!);
    const { output, code } = await workspace.run(process.execPath, [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      'layers',
    ]);
    expect(output).toContain('3 passed');
    expect(code).toBe(0);
  });
});

describe('many sizes, and a reference', () => {
  test('are tests that pass', async () => {
    await workspace.write('sizes.test.ts', readme.blocks('ts')[2]!);
    const { output, code } = await workspace.run(process.execPath, [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      'sizes',
    ]);
    expect(output).toContain('2 passed');
    expect(code).toBe(0);
  });
});

describe('the report as data', () => {
  test('prints what is shown', async () => {
    const program = readme.blocks('ts')[3]!.replace("'expect-gradients'", `'${join(root, 'src/index.ts')}'`);
    await workspace.write('data.mts', program);
    const { output } = await workspace.run(process.execPath, ['--import', 'tsx', 'data.mts']);
    expect(output).toBe(await readme.shown(1, output));
  });
});
