import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Page, root } from './page.js';
import { Programs } from './programs.js';
import { Workspace } from './workspace.js';

/** What docs/reference.md shows is run, and what it says is printed is compared whole. */

let page: Page;
let programs: Programs;
let workspace: Workspace;
beforeAll(async () => {
  page = await Page.read('docs/reference.md');
  programs = await Programs.create();
  workspace = await Workspace.make('reference-');
});
afterAll(async () => {
  await programs.remove();
  await workspace.remove();
});

test('the page has five programs, the output of two, and a file', () => {
  expect(['ts', 'text', 'json'].map((language) => page.blocks(language).length)).toEqual([5, 2, 1]);
});

test('a batched layer against a plain one is wrong as shown', async () => {
  const { printed, report } = await programs.check('program-0', page.blocks('ts')[0]!);
  expect(report.verdict).toBe('wrong');
  expect(printed).toBe(await page.shown(0, printed));
});

test('the numbers of another program are those of the model', async () => {
  await workspace.write('exported.test.ts', page.blocks('ts')[1]!);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { output, code } = await workspace.run(process.execPath, [vitest, 'run', 'exported']);
  expect(output).toContain('1 passed');
  expect(code).toBe(0);
});

test('the numbers of another program are not those of a model with a mistake', async () => {
  await workspace.write('wrong.test.ts', page.blocks('ts')[1]!.replace('Math.exp(-x)', 'Math.exp(x)'));
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { output, code } = await workspace.run(process.execPath, [vitest, 'run', 'wrong']);
  expect(output).toContain('The gradients are wrong in 3 of 3 entries: w.');
  expect(code).toBe(1);
});

/** Writes what a test of an exported file needs; resolves with what it printed. */
async function runExported(name: string, json: string, edit = (program: string) => program): Promise<string> {
  const files = page.filesIn('From PyTorch and JAX, in a file');
  await workspace.write('layer.json', json);
  await workspace.write('read-export.ts', files['read-export.ts']!);
  await workspace.write(`${name}.test.ts`, edit(files['layer.test.ts']!));
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  return (await workspace.run(process.execPath, [vitest, 'run', name])).output;
}

describe('an exported file', () => {
  test('is read, and is that of the model in single precision', async () => {
    const [json] = page.blocks('json') as [string];
    expect(await runExported('layer', json)).toContain('1 passed');
    const { gradients } = JSON.parse(json) as { gradients: Record<string, { values: number[] }> };
    const values = Object.values(gradients).flatMap((one) => one.values);
    expect(values.map(Math.fround)).toEqual(values);
  });

  test('is not that of a model with a mistake', async () => {
    const output = await runExported('mistaken', page.blocks('json')[0]!, (program) =>
      program.replace('1 - Math.tanh', '1 + Math.tanh'),
    );
    expect(output).toContain('The gradients are wrong in 9 of 9 entries');
  });

  test('may have values that are no numbers', async () => {
    const json = page.blocks('json')[0]!.replace('1.13155198097229', '"NaN"');
    const output = await runExported('odd', json);
    expect(output).toContain('reference.gradients() is not finite at the parameters: 1 of 3 entries');
  });
});

test('another layout of a matrix is told as shown', async () => {
  await programs.write('read-export', page.filesIn('From PyTorch and JAX, in a file')['read-export.ts']!);
  const { printed } = await programs.check('program-4', page.blocks('ts')[4]!);
  expect(printed).toBe(await page.shown(1, printed));
  expect(printed).toMatch(/^TypeError: .* 3 × 2, .* 2 × 3\.\ntransposed: .*\ncorrect\n$/);
});

test('the programs compile under strict', async () => {
  const files = page.filesIn('From PyTorch and JAX, in a file');
  await programs.write('program-0', page.blocks('ts')[0]!);
  await programs.write('read-export', files['read-export.ts']!);
  await programs.write('program-4', page.blocks('ts')[4]!);
  expect(await programs.compile()).toBe('');
});
