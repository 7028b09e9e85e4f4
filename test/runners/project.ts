/** Temporary projects that use the packed package as a user's would: installed, run by a real runner, compiled. */

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How a child process ended, and all that it printed. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** One test as its runner reported it. */
export interface Outcome {
  readonly title: string;
  readonly status: string;
  readonly message: string;
}

/** How a project is compiled. */
export interface Compilation {
  /** The compiler, by the file to start. */
  readonly compiler: string;
  /** The `type` of the program's package: whether its files are ESM or CommonJS. */
  readonly type: 'module' | 'commonjs';
  readonly options: Readonly<Record<string, unknown>>;
}

interface Description {
  readonly bin: string | Readonly<Record<string, string>>;
}

interface JsonReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

// What one runner tells its workers must not reach the runner that a worker starts.
const PRIVATE = /^(VITEST|JEST_|NODE_OPTIONS$|NODE_ENV$|NODE_TEST_CONTEXT$|GITHUB_ACTIONS$|FORCE_COLOR$)/;

/** Runs a command to its end, whatever that is. */
export function run(
  cwd: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(([name]) => !PRIVATE.test(name));
  const child = spawn(command, args, {
    cwd,
    env: { ...Object.fromEntries(inherited), NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, output }));
  });
}

/** The file behind the command of a package that is installed at or above `folder`. */
export function commandOf(name: string, folder: string = import.meta.dirname): string {
  const path = createRequire(join(folder, 'resolve.js')).resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(path, 'utf8')) as Description;
  return join(dirname(path), typeof bin === 'string' ? bin : Object.values(bin)[0]!);
}

/** A new folder with the packed package and others installed. */
export class Project {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(tarball: string, packages: readonly string[]): Promise<Project> {
    const project = new Project(mkdtempSync(join(dirname(tarball), 'project-')));
    project.write('package.json', '{ "private": true }');
    const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
    const { code, output } = await run(project.folder, 'npm', ['install', ...options, tarball, ...packages]);
    if (code !== 0) throw new Error(`npm install failed:\n${output}`);
    return project;
  }

  write(name: string, text: string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Copies a runner's fixtures in, and the cases that all runners share. */
  addFixtures(name: string): void {
    const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
    cpSync(join(fixtures, name), this.folder, { recursive: true });
    cpSync(join(fixtures, 'cases.cjs'), join(this.folder, 'cases.cjs'));
  }

  /** Runs Node here. */
  node(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended> {
    return run(this.folder, process.execPath, args, env);
  }

  /** Runs the command of an installed package here. */
  command(name: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended> {
    return this.node([commandOf(name, this.folder), ...args], env);
  }

  /** What a JSON reporter wrote, by the name of the test file. */
  outcomes(report: string): Record<string, Outcome[]> {
    const { testResults } = JSON.parse(readFileSync(join(this.folder, report), 'utf8')) as JsonReport;
    return Object.fromEntries(
      testResults.map(({ name, assertionResults }) => [
        basename(name),
        assertionResults.map(({ title, status, failureMessages }) => ({
          title,
          status,
          message: failureMessages.join('\n'),
        })),
      ]),
    );
  }

  /** Compiles a program and gives the errors in it and in the package; those within other packages aren't ours. */
  async compile(program: string, { compiler, type, options }: Compilation): Promise<string[]> {
    const compilerOptions = {
      target: 'es2022',
      lib: ['es2023'],
      types: [],
      strict: true,
      noEmit: true,
      ...options,
    };
    const models = fileURLToPath(new URL('../types/models.ts', import.meta.url));
    this.write('types/models.ts', readFileSync(models, 'utf8'));
    this.write('types/program.ts', program);
    this.write('types/package.json', JSON.stringify({ type }));
    this.write('types/tsconfig.json', JSON.stringify({ compilerOptions, files: ['program.ts'] }));
    const ended = await this.node([compiler, '-p', 'types', '--pretty', 'false']);
    if (ended.code === 0) return [];
    const errors = ended.output.split('\n').filter((line) => line.includes('error TS'));
    if (errors.length === 0) throw new Error(`the compiler failed:\n${ended.output}`);
    return errors.filter((line) => !/^node_modules\/(?!expect-gradients\/)/.test(line));
  }
}
