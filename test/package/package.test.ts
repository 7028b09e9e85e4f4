/** What is published: its files, what they import, and whether every way to resolve it finds the right ones. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
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

/** What a file imports, requires or loads, by the text of its code; a sentence within may say "from '1/8' on". */
function importsOf(file: string): string[] {
  const code = readFileSync(join(folder, file), 'utf8').replaceAll(/\/\*.*?\*\//gs, '');
  const specifiers = code.matchAll(
    /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(["'`])(?<name>[^"'`$\n]+)\1\s*(?:[;)]|$)/gm,
  );
  return Array.from(specifiers, ({ groups }) => groups!['name']!);
}

/** The modules of one format, by their names. */
const modulesOf = (format: string): string[] =>
  files
    .filter((file) => file.startsWith(`dist/${format}/`) && file.endsWith('.js'))
    .map((file) => file.slice(9, -3));

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

/** A package that costs nothing to have: bytes as packed, and files. */
const LARGEST = 400_000;
const MOST_FILES = 150;

describe('the files', () => {
  test('are the build, the description and the documents, and no others', () => {
    const expected =
      /^(dist\/(esm|cjs)\/[\w-]+\.(js|d\.ts)|dist\/cjs\/package\.json|package\.json|docs\/([\w-]+\/)?[\w-]+\.(md|svg)|LICENSE|README\.md|CHANGELOG\.md)$/;
    expect(files.filter((file) => !expected.test(file))).toStrictEqual([]);
    expect(files).toContain('LICENSE');
  });

  test('are few, and small', () => {
    expect(files.length).toBeLessThanOrEqual(MOST_FILES);
    expect(statSync(tarball).size).toBeLessThanOrEqual(LARGEST);
  });

  test('are the same modules twice, but for the doors of Vitest, which can’t be required', () => {
    const [esm, cjs] = ['esm', 'cjs'].map((format) => new Set(modulesOf(format)));
    expect([...esm!].filter((name) => !cjs!.has(name))).toStrictEqual(['vitest', 'vitest4']);
    expect([...cjs!].filter((name) => !esm!.has(name))).toStrictEqual(['vitest-required']);
    expect(esm).toContain('index');
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
      'vitest4: vitest',
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
    'UsageError,checkGradients,checkHessian,checkJacobian,checkSizes,compareGradients,configureGradientChecks,' +
    'failUnawaited,formatReport,' +
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

  test('have one state in a process, whether imported or required', async () => {
    project.write(
      'both.mjs',
      `import { createRequire } from 'node:module';
      import { configureGradientChecks } from 'expect-gradients';
      import * as matchers from 'expect-gradients/matchers';
      const { checkGradients, failUnawaited } = createRequire(import.meta.url)('expect-gradients');
      configureGradientChecks({ seed: 7 });
      const model = { parameters: [3], loss: ([x]) => x ** 2, gradients: ([x]) => [2 * x] };
      console.log(checkGradients(model).configured);
      matchers.toHaveCorrectGradients.call({}, { ...model, loss: async ([x]) => x ** 2 });
      try { failUnawaited(); } catch { console.log('known'); }`,
    );
    expect(await project.run(['node', 'both.mjs'])).toStrictEqual({
      code: 0,
      output: '{ seed: 7 }\nknown\n',
    });
  });

  test('are kept by bundlers where they have effects', () => {
    const { exports, sideEffects } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      exports: Record<string, unknown>;
      sideEffects: string[];
    };
    const doors = Object.keys(exports).filter(
      (entry) => !['.', './matchers', './adapters', './tfjs', './jax', './package.json'].includes(entry),
    );
    const own = doors.map((door) => door.slice(2)).filter((door) => door !== 'vitest-legacy');
    const expected = [...own, 'refuse-vitest', 'vitest-required'].map((name) => `./dist/*/${name}.js`);
    expect(sideEffects.toSorted()).toStrictEqual(expected.toSorted());
  });
});

describe('the checkers', () => {
  test('publint finds nothing', async () => {
    const { buffer } = new Uint8Array(readFileSync(tarball));
    const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
    expect(messages).toStrictEqual([]);
  });

  test('attw finds nothing', async () => {
    const ended = await attw();
    expect(ended).toStrictEqual({ code: 0, output: expect.stringContaining('(from CJS): OK (CJS)') });
  });
});
