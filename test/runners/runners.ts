/**
 * The runners in which the package is tried: what each needs installed, how it runs the shared cases and the README's first
 * test, and how its types are compiled. A new runner is a row here, a folder of fixtures and a section of the README.
 */

/** One run of the shared cases. */
export interface Run {
  readonly title: string;
  /** The command, as one would type it after `npx`. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What the command writes: Jest's JSON, which Vitest writes too, or JUnit's XML. */
  readonly report: string;
  /** How many files of cases it runs. */
  readonly files: number;
  readonly differs?: Differences;
}

/** What becomes of the cases otherwise than elsewhere. */
export interface Differences {
  /**
   * Bun runs an asynchronous matcher to its end, so a forgotten `await` fails for what the check finds. And it shows where an
   * error was thrown, whatever its stack says.
   */
  readonly waits?: boolean;
  /** Bun prints a hint of its own. */
  readonly ownHint?: boolean;
  /** A browser has no file system. */
  readonly noFiles?: boolean;
  /** Tests that a file has beside the shared ones. */
  readonly more?: readonly string[];
}

export interface Runner {
  readonly name: string;
  readonly packages: readonly string[];
  /** The folder under fixtures. */
  readonly fixtures: string;
  /** Whether it needs a newer Node than the oldest that the package runs on. */
  readonly newerNode?: boolean;
  readonly runs: readonly Run[];
  /** The section of the README, how it is run, and what in it differs for this version. */
  readonly first: { readonly section: string; readonly command: readonly string[]; readonly edits?: Edits };
  readonly types: readonly TypeProgram[];
  /** The sections of the README that make a project in TypeScript, and how many tests it has. */
  readonly typescript?: {
    readonly sections: readonly string[];
    readonly command: readonly string[];
    /** The compiler, by its package; else the one that is installed here. */
    readonly compiler?: string;
    readonly edits?: Edits;
    /** Other programs of the README that compile in it, by a part of their text. */
    readonly others?: readonly string[];
  };
}

/** Replacements of text. */
type Edits = readonly (readonly [from: string | RegExp, to: string])[];

/** A program of test/types, compiled with another door in the place of its own. */
export interface TypeProgram {
  readonly program: string;
  readonly door: string;
  /** What else differs for this runner. */
  readonly edits?: Edits;
  /** The packages of types that the compiler takes in. */
  readonly types?: readonly string[];
}

/** The compilers that users may still have. Version 6 is the last of the old kind, 5.5 the oldest that the runners' types allow. */
export const OLDER_TYPESCRIPTS = ['typescript@6', 'typescript@5.5'];

/** The name under which a version of the compiler is installed beside others. */
export function aliasOf(version: string): string {
  return version.replace('@', '-');
}

/** @throws Error where the text has not what is to be replaced */
export function edited(text: string, edits: Edits = []): string {
  let result = text;
  for (const [from, to] of edits) {
    if (typeof from === 'string' ? !result.includes(from) : !from.test(result))
      throw new Error(`there is no ${String(from)} in:\n${text}`);
    result = result.replaceAll(from, to);
  }
  return result;
}

const JSON_REPORT = ['--reporter=default', '--reporter=json', '--outputFile.json=report.json'];

function vitest(version: string, door: 'vitest' | 'vitest4'): Runner {
  const edits: Edits = door === 'vitest' ? [] : [["'expect-gradients/vitest'", "'expect-gradients/vitest4'"]];
  return {
    name: `Vitest ${version}`,
    packages: [`vitest@${version}`],
    fixtures: 'vitest',
    newerNode: door === 'vitest',
    runs: [
      {
        title: 'with the door in setupFiles and imported',
        command: ['vitest', 'run', ...JSON_REPORT],
        env: { DOOR: `expect-gradients/${door}` },
        report: 'report.json',
        files: 2,
      },
    ],
    first: { section: 'Vitest', command: ['vitest', 'run'], edits },
    typescript: {
      sections: ['Vitest', 'TypeScript'],
      command: ['vitest', 'run'],
      edits: door === 'vitest' ? [] : [...edits, ['"expect-gradients/vitest"', '"expect-gradients/vitest4"']],
      others: ["from 'vitest';\n\nconst samples", 'const layer = ', 'const dense = '],
    },
    types: [
      {
        program: 'vitest4',
        door,
        // The type of the meta can be added to in version 5 only: before it belongs to a package within Vitest.
        ...(door === 'vitest' && {
          edits: [
            ["import { expect } from 'vitest';", "import { expect, type TaskMeta } from 'vitest';"],
            ["GradientTaskMeta['gradients']", "TaskMeta['gradients']"],
            [', GradientTaskMeta }', ' }'],
          ],
        }),
      },
    ],
  };
}

function jest(version: string): Runner {
  const run = (title: string, extension: string, env: Readonly<Record<string, string>> = {}): Run => ({
    title,
    command: ['jest', '--config=jest.config.json', '--json', `--outputFile=report.json`, `${extension}$`],
    env,
    report: 'report.json',
    files: 2,
  });
  return {
    name: `Jest ${version}`,
    packages: [
      ...['jest', '@jest/globals', '@types/jest'].map((name) => `${name}@${version}`),
      'ts-jest@29',
      'typescript@6',
    ],
    fixtures: 'jest',
    runs: [run('as CommonJS', 'cjs'), run('as ESM', 'mjs', { NODE_OPTIONS: '--experimental-vm-modules' })],
    first: { section: 'Jest', command: ['jest'] },
    typescript: { sections: ['Jest with TypeScript'], command: ['jest'], compiler: 'typescript' },
    types: [
      { program: 'jest-globals', door: 'jest-globals' },
      {
        program: 'jest-globals',
        door: 'jest',
        edits: [["import { expect } from '@jest/globals';", '']],
        types: ['jest'],
      },
    ],
  };
}

function nodeTest(version: string): Runner {
  const run = (title: string, file: string): Run => ({
    title,
    command: [
      'node',
      '--test',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=junit',
      '--test-reporter-destination=report.xml',
      file,
    ],
    report: 'report.xml',
    files: 1,
  });
  return {
    name: `expect ${version} under node:test`,
    packages: [`expect@${version}`],
    fixtures: 'node',
    runs: [run('imported', 'import.test.mjs'), run('required', 'require.test.cjs')],
    first: { section: 'node:test', command: ['node', '--test'] },
    types: [{ program: 'expect', door: 'expect' }],
  };
}

const DENO = ['deno', 'test', '--allow-env', '--node-modules-dir=manual'];

export const RUNNERS: Readonly<Record<'vitest' | 'jest' | 'others', readonly Runner[]>> = {
  vitest: [
    vitest('3.2', 'vitest4'),
    vitest('4', 'vitest4'),
    vitest('5', 'vitest'),
    {
      name: 'Vitest in a browser',
      packages: ['vitest@5', '@vitest/browser-playwright@5', 'playwright'],
      fixtures: 'vitest-browser',
      newerNode: true,
      runs: [
        {
          title: 'in Chromium',
          command: ['vitest', 'run', '--config=chromium.mjs', 'cases.test', ...JSON_REPORT],
          report: 'report.json',
          files: 1,
          differs: { noFiles: true },
        },
      ],
      first: { section: "Vitest's browser mode", command: ['vitest', 'run', '--config=../chromium.mjs'] },
      types: [],
    },
  ],
  jest: [jest('29'), jest('30')],
  others: [
    nodeTest('29'),
    nodeTest('30'),
    {
      name: 'Playwright',
      packages: ['@playwright/test@1'],
      fixtures: 'playwright',
      runs: ['import.spec.mjs', 'require.spec.js', 'merged.spec.mjs'].map((file) => ({
        title: file,
        command: ['playwright', 'test', '--config=cases.config.mjs'],
        env: { CASES: file },
        report: 'report.xml',
        files: 1,
        ...(file.startsWith('merged') && { differs: { more: ['passes: what was merged'] } }),
      })),
      first: { section: 'Playwright', command: ['playwright', 'test'] },
      types: [
        {
          program: 'expect',
          door: 'playwright',
          edits: [["from 'expect'", "from 'expect-gradients/playwright'"]],
        },
      ],
    },
    {
      name: 'Bun',
      packages: ['bun@1', '@types/bun@1'],
      fixtures: 'bun',
      runs: ['import.test.mjs', 'require.test.cjs'].map((file) => ({
        title: file,
        command: ['bun', 'test', `./${file}`, '--reporter=junit', '--reporter-outfile=report.xml'],
        report: 'report.xml',
        files: 1,
        differs: { waits: true, ownHint: true },
      })),
      first: { section: 'Bun', command: ['bun', 'test'] },
      types: [
        {
          program: 'expect',
          door: 'bun',
          edits: [
            ["from 'expect'", "from 'bun:test'"],
            // Bun's types forget what was received under `.not`, and make no promise under `.resolves`: at run time there is none.
            [/isExactly<Promise<void>>(?=.*\.(not|resolves)\.)/g, 'isExactly<void>'],
          ],
          types: ['bun'],
        },
      ],
    },
    {
      name: 'Deno',
      packages: ['deno@2', 'expect@30'],
      fixtures: 'deno',
      runs: [
        {
          title: 'with the expect package',
          command: [...DENO, '--allow-write=kept', '--junit-path=report.xml', 'import.test.mjs'],
          report: 'report.xml',
          files: 1,
        },
      ],
      first: { section: 'Deno', command: DENO },
      types: [],
    },
  ],
};
