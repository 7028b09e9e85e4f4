/**
 * Prints what it costs to load the package, in ms of CPU, beside jest-dom and jest-extended in the same run: each entry by itself above an
 * empty process, and the doors in twenty test files of Vitest and Jest that check nothing. `npm run bench:load`, with `-- --quick` for the
 * first table alone. Packs what is built, and installs it with the others in a folder of its own.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const quick = process.argv.includes('--quick');
/** So many times each, in turns, so that what else the machine does meets all of them alike; the median counts. */
const ROUNDS = 15;
const SUITE_ROUNDS = 5;
const FILES = 20;
/** What the package may take of what jest-dom takes: of an entry, and of a suite. */
const SHARE = 0.35;
const SUITE_SHARE = 0.5;
/** In ms above an empty process. */
const MOST = 40;

const OTHERS = ['@testing-library/jest-dom@6', 'jest-extended@7'];
const RUNNERS = ['vitest@4', 'jest@30', '@jest/globals@30', 'expect@30'];

/** A project with the packed package, the others and, unless quick, the runners. */
function install(): string {
  const folder = mkdtempSync(join(tmpdir(), 'load-'));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root, stdio: 'ignore' });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const packages = [`./${tarball}`, ...OTHERS, ...(quick ? [] : RUNNERS)];
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps'];
  execFileSync('npm', ['install', ...flags, ...packages], { cwd: folder, stdio: 'ignore' });
  return folder;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** The medians of measurements by their names, made in turns. */
function inTurns(rounds: number, makes: Readonly<Record<string, () => number>>): Map<string, number> {
  const found = new Map(Object.keys(makes).map((name): [string, number[]] => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, make] of Object.entries(makes)) found.get(name)!.push(make());
  return new Map(Array.from(found, ([name, values]) => [name, median(values)]));
}

/** Milliseconds of CPU that a process of Node takes for a program. */
function cpuOf(folder: string, name: string, program: string): number {
  const file = join(folder, name);
  writeFileSync(
    file,
    `${program}\nconst { user, system } = process.cpuUsage();\nconsole.log((user + system) / 1000);\n`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
  const ms = Number(stdout.trim().split('\n').at(-1));
  if (!(ms > 0)) throw new Error(`${name} failed:\n${stderr}`);
  return ms;
}

/** What a door asks of its runner as it is loaded; the runner itself is not what is measured. */
const STUB = `const expect = { extend() { return expect; }, getState: () => ({}) };
const test = { extend: () => test };
module.exports = { expect, test, afterEach() {}, onTestFinished() {}, TestRunner: {} };
`;

function entries(folder: string): void {
  // Beside the project, whose own Vitest a door would find.
  const doors = `${folder}-doors`;
  for (const name of ['vitest', '@jest/globals', 'expect', '@playwright/test'])
    write(join(doors, 'node_modules', name, 'index.js'), STUB);
  // Its own copy, as what a door imports is looked for from where it lies.
  execFileSync('cp', ['-r', join(folder, 'node_modules/expect-gradients'), join(doors, 'node_modules')]);
  const globals = `Object.assign(globalThis, { expect: { extend() {}, getState() {} }, afterEach() {} });`;
  const importOf = (name: string) => `await import('${name}');`;
  const both = [
    '',
    '/matchers',
    '/adapters',
    '/tfjs',
    '/jax',
    '/jest',
    '/jest-globals',
    '/expect',
    '/playwright',
  ];
  const makes: Record<string, () => number> = {
    'empty, imported': () => cpuOf(doors, 'empty.mjs', globals),
    'empty, required': () => cpuOf(doors, 'empty.cjs', globals),
    'jest-dom, imported': () =>
      cpuOf(folder, 'dom.mjs', globals + importOf('@testing-library/jest-dom/matchers')),
    'jest-dom, required': () =>
      cpuOf(folder, 'dom.cjs', `${globals}require('@testing-library/jest-dom/matchers');`),
    'jest-extended, imported': () => cpuOf(folder, 'extended.mjs', globals + importOf('jest-extended')),
    'jest-extended, required': () => cpuOf(folder, 'extended.cjs', `${globals}require('jest-extended');`),
  };
  for (const path of [...both, '/vitest', '/vitest4'])
    makes[`expect-gradients${path}, imported`] = () =>
      cpuOf(doors, 'own.mjs', globals + importOf(`expect-gradients${path}`));
  for (const path of both)
    makes[`expect-gradients${path}, required`] = () =>
      cpuOf(doors, 'own.cjs', `${globals}require('expect-gradients${path}');`);
  const found = inTurns(ROUNDS, makes);
  console.log('| loaded | ms above an empty process | of jest-dom |\n| --- | --- | --- |');
  for (const [name, ms] of found) {
    const way = name.split(', ')[1]!;
    if (name.startsWith('empty')) continue;
    const above = ms - found.get(`empty, ${way}`)!;
    const share = above / (found.get(`jest-dom, ${way}`)! - found.get(`empty, ${way}`)!);
    const isOver = name.startsWith('expect') && (above > MOST || share > SHARE);
    console.log(`| ${name} | ${above.toFixed(1)} | ${share.toFixed(2)}${isOver ? ' !' : ''} |`);
    if (isOver) process.exitCode = 1;
  }
}

/** Milliseconds of CPU of a command and all that it starts. */
function cpuOfTree(folder: string, command: string): number {
  const { stderr } = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; time ${command} > /dev/null 2>&1`], {
    cwd: folder,
    encoding: 'utf8',
  });
  const [user, system] = stderr.trim().split(' ').map(Number);
  return (user! + system!) * 1000;
}

function suites(folder: string): void {
  for (let k = 0; k < FILES; k += 1) {
    const text = "test('one', () => { expect(1).toBe(1); });\n";
    write(join(folder, `suite/vitest/${k}.test.mjs`), `import { expect, test } from 'vitest';\n${text}`);
    write(join(folder, `suite/jest/${k}.test.cjs`), text);
  }
  const setups = {
    nothing: [],
    'jest-dom': ['@testing-library/jest-dom/DOOR'],
    'expect-gradients': ['expect-gradients/DOOR'],
  };
  const makes: Record<string, () => number> = {};
  for (const [name, setup] of Object.entries(setups)) {
    const list = (door: string) => JSON.stringify(setup.map((path) => path.replace('DOOR', door)));
    const door =
      name === 'jest-dom' ? { vitest: 'vitest', jest: 'jest-globals' } : { vitest: 'vitest4', jest: 'jest' };
    write(
      join(folder, `suite/${name}.mjs`),
      `export default { test: { setupFiles: ${list(door.vitest)} } };\n`,
    );
    write(
      join(folder, `suite/${name}.cjs`),
      `module.exports = { rootDir: 'jest', testMatch: ['**/*.test.cjs'], setupFilesAfterEnv: ${list(door.jest)}, transform: {} };\n`,
    );
    const suite = join(folder, 'suite');
    makes[`Vitest, ${name}`] = () => cpuOfTree(suite, `npx vitest run --dir vitest --config ${name}.mjs`);
    makes[`Jest, ${name}`] = () => cpuOfTree(suite, `npx jest --config ${name}.cjs`);
  }
  const found = inTurns(SUITE_ROUNDS, makes);
  console.log(`\n| ${FILES} test files | ms, all | above none | of jest-dom |\n| --- | --- | --- | --- |`);
  for (const [name, ms] of found) {
    const runner = name.split(', ')[0]!;
    const above = ms - found.get(`${runner}, nothing`)!;
    const share = above / (found.get(`${runner}, jest-dom`)! - found.get(`${runner}, nothing`)!);
    const isOver = name.endsWith('gradients') && share > SUITE_SHARE;
    console.log(
      `| ${name} | ${ms.toFixed(0)} | ${above.toFixed(0)} | ${share.toFixed(2)}${isOver ? ' !' : ''} |`,
    );
    if (isOver) process.exitCode = 1;
  }
}

const folder = install();
try {
  entries(folder);
  if (!quick) suites(folder);
} finally {
  for (const made of [folder, `${folder}-doors`]) rmSync(made, { recursive: true, force: true });
}
