/** What is published: its files, what they import, and whether every way to resolve it finds the right ones. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { describe, expect, inject, test } from 'vitest';
import { commandOf, type Ended, Project } from '../runners/project.js';

const tarball = inject('tarball');
const project = await Project.create(tarball, []);
const folder = join(project.folder, 'node_modules/expect-gradients');
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll('\\', '/'),
  )
  .toSorted();

/** The entries for Vitest, which can't itself be required. */
const ESM_ONLY = ['vitest', 'vitest-legacy'];

/** What a file imports, requires or loads, by the text of its code; a sentence within may say "from '1/8' on". */
function importsOf(file: string): string[] {
  const code = readFileSync(join(folder, file), 'utf8').replaceAll(/\/\*.*?\*\//gs, '');
  const specifiers = code.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*(["'])(?<name>[^"'\n]+)\1\s*[;)]/g);
  return Array.from(specifiers, ({ groups }) => groups!['name']!);
}

/** The modules of one format, by their path within it. */
const modulesOf = (format: string): string[] =>
  files
    .filter((file) => file.startsWith(`dist/${format}/`) && file.endsWith('.js'))
    .map((file) => file.slice(9));

/** Asks attw about some of the entries. */
const attw = (...args: string[]): Promise<Ended> =>
  project.run([
    'node',
    commandOf('@arethetypeswrong/cli'),
    tarball,
    '--profile=strict',
    '--format=ascii',
    '--no-emoji',
    '--no-definitely-typed',
    ...args,
  ]);

describe('the files', () => {
  test('are the build, the description and the documents, and no others', () => {
    const expected =
      /^(dist\/(esm|cjs)\/[\w/-]+\.(js|d\.ts)(\.map)?|dist\/cjs\/package\.json|package\.json|docs\/diagnoses\/[\w-]+\.md|LICENSE|README\.md|CHANGELOG\.md)$/;
    expect(files.filter((file) => !expected.test(file))).toStrictEqual([]);
    expect(files.filter((file) => /\.test\.|\/(test|examples|bench|docs)\//.test(file))).toStrictEqual([]);
    expect(files).toContain('LICENSE');
  });

  test('have a page for every cause, which messages send people to', () => {
    const pages = readdirSync(fileURLToPath(new URL('../../docs/diagnoses', import.meta.url)));
    const shipped = files.filter((file) => file.startsWith('docs/')).map((file) => file.split('/').at(-1));
    expect(shipped).toStrictEqual(pages.toSorted());
    expect(shipped).toContain('scaled.md');
  });

  test('are the same modules twice, but for the doors that can’t be required', () => {
    const both = modulesOf('esm').filter((file) => !ESM_ONLY.includes(file.replace('.js', '')));
    expect(modulesOf('cjs')).toStrictEqual(both);
    expect(both).toContain('index.js');
  });

  test('import their neighbours, and a door its runner: nothing of Node’s, no other package', () => {
    const foreign = files
      .filter((file) => /\.(js|d\.ts)$/.test(file))
      .flatMap((file) => importsOf(file).map((name) => ({ file, name })))
      .filter(({ name }) => !name.startsWith('.'));
    const runners = new Set(
      foreign.map(({ file, name }) => `${file.replace(/^dist\/\w+\/|(\.d)?\.\w+$/g, '')}: ${name}`),
    );
    expect([...runners].toSorted()).toStrictEqual([
      'bun: bun:test',
      'expect: expect',
      'jest-globals: @jest/globals',
      'playwright: @playwright/test',
      'vitest-legacy: vitest',
      'vitest: vitest',
    ]);
  });
});

describe('the entries', () => {
  const program = `
    const names = (entry) => Object.keys(entry).filter((name) => name !== 'default').sort().join();
    const found = [root, matchers, adapters, tfjs, jax].map(names).join(' ');
    console.log(found, root.checkGradients(adapters.fromFunction(([x]) => x ** 2, ([x]) => [2 * x], [3])).verdict);`;
  const printed =
    'UsageError,checkGradients,checkHessian,checkJacobian,checkSizes,compareGradients,failUnawaited,formatReport,' +
    'jsonOf,matchers toHaveCorrectGradients,toHaveCorrectHessian,toHaveCorrectJacobian,toHaveGradientsOf ' +
    'fields,fromFunction,fromScalars,fromStep fromLayersModel,fromOperation,fromTensors,fromVariables ' +
    'fromJax correct\n';
  const entries = { root: '', matchers: '/matchers', adapters: '/adapters', tfjs: '/tfjs', jax: '/jax' };

  test('are imported', async () => {
    const imports = Object.entries(entries)
      .map(([name, path]) => `import * as ${name} from 'expect-gradients${path}';\n`)
      .join('');
    project.write('import.mjs', imports + program);
    expect(await project.run(['node', 'import.mjs'])).toStrictEqual({ code: 0, output: printed });
  });

  test('are required', async () => {
    const imports = Object.entries(entries)
      .map(([name, path]) => `const ${name} = require('expect-gradients${path}');\n`)
      .join('');
    project.write('require.cjs', imports + program);
    expect(await project.run(['node', 'require.cjs'])).toStrictEqual({ code: 0, output: printed });
  });

  test('are kept by bundlers where they have effects', () => {
    const { exports, sideEffects } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      exports: Record<string, unknown>;
      sideEffects: string[];
    };
    const doors = Object.keys(exports).filter(
      (entry) => !['.', './matchers', './adapters', './tfjs', './jax', './package.json'].includes(entry),
    );
    expect(sideEffects).toStrictEqual(doors.map((door) => door.replace('./', './dist/*/') + '.js'));
  });
});

describe('the checkers', () => {
  test('publint finds nothing', async () => {
    const { buffer } = new Uint8Array(readFileSync(tarball));
    const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
    expect(messages).toStrictEqual([]);
  });

  test('attw finds nothing in what is imported and required', async () => {
    const ended = await attw('--exclude-entrypoints', ...ESM_ONLY);
    expect(ended).toStrictEqual({ code: 0, output: expect.stringContaining('(from CJS): OK (CJS)') });
  });

  test('attw finds only that the doors for Vitest can’t be required', async () => {
    const ended = await attw('--entrypoints', ...ESM_ONLY, '--ignore-rules', 'cjs-resolves-to-esm');
    expect(ended).toStrictEqual({ code: 0, output: expect.stringContaining('(from CJS): OK (ESM)') });
  });
});
