/** Temporary projects that use the packed package as a user's would: installed, run by a real runner, compiled. */

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

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

/** Installs packages into a folder as a private project of its own. */
export async function install(folder: string, packages: readonly string[]): Promise<void> {
  // Those of our packages that bring a binary put it in place by a script; no other package has any business to run one.
  const allowScripts = { bun: true, deno: true, node: true };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts }));
  const scripts = packages.some((name) => /^(bun|deno|node)@/.test(name)) ? [] : ['--ignore-scripts'];
  const options = ['--no-audit', '--no-fund', '--prefer-offline', ...scripts];
  const { code, output } = await run(folder, 'npm', ['install', ...options, ...packages]);
  if (code !== 0) throw new Error(`npm install failed:\n${output}`);
}

/** Reads what Jest and Vitest write. */
function outcomesOfJson(text: string): Outcome[][] {
  const { testResults } = JSON.parse(text) as JsonReport;
  return testResults.map(({ assertionResults }) =>
    assertionResults.map(({ title, status, failureMessages }) => ({
      title,
      status,
      message: stripVTControlCharacters(failureMessages.join('\n')),
    })),
  );
}

/** Reads JUnit's XML, as far as runners write it: a failed test has a failure in it. */
function outcomesOfXml(text: string): Outcome[] {
  const cases = text.matchAll(
    /<testcase\b(?<head>(?:\s+[\w:]+="[^"]*")*)\s*(?:\/>|>(?<body>.*?)<\/testcase>)/gs,
  );
  return Array.from(cases, ({ groups }) => ({
    title: plainText(/\bname="([^"]*)"/.exec(groups!.head!)![1]!),
    status: /<(failure|error)\b/.test(groups!.body ?? '') ? 'failed' : 'passed',
    message: plainText(groups!.body ?? ''),
  }));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', apos: "'", gt: '>', lt: '<', quot: '"' };

function plainText(xml: string): string {
  return xml
    .replaceAll(/&#x([\da-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}

/** A new folder with the packed package and others installed. */
export class Project {
  readonly folder: string;
  /** Where commands are looked for, first to last. */
  private readonly path: string;

  private constructor(folder: string, tools?: string) {
    this.folder = folder;
    const bins = [folder, ...(tools === undefined ? [] : [tools])].map((at) => join(at, 'node_modules/.bin'));
    this.path = [...bins, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  }

  /** @param tools a folder of packages whose commands come before this machine's, as that of `node` */
  static async create(tarball: string, packages: readonly string[], tools?: string): Promise<Project> {
    const project = new Project(mkdtempSync(join(dirname(tarball), 'project-')), tools);
    await install(project.folder, [tarball, ...packages]);
    return project;
  }

  write(name: string, text: string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** Copies a runner's fixtures in, and the cases that all runners share. */
  addFixtures(name: string): void {
    const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
    cpSync(join(fixtures, name), this.folder, { recursive: true });
    cpSync(join(fixtures, 'cases.cjs'), join(this.folder, 'cases.cjs'));
  }

  /** Runs a command, of an installed package or of this machine, in the project or in a folder of it. */
  run(
    [command, ...args]: readonly string[],
    { folder = '.', env = {} }: { folder?: string; env?: Readonly<Record<string, string>> | undefined } = {},
  ): Promise<Ended> {
    return run(join(this.folder, folder), command!, args, { PATH: this.path, ...env });
  }

  /** What a report says, by test file where it tells files apart. */
  outcomes(report: string): Outcome[][] {
    const text = readFileSync(join(this.folder, report), 'utf8');
    return report.endsWith('.xml') ? [outcomesOfXml(text)] : outcomesOfJson(text);
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
    const ended = await this.run(['node', compiler, '-p', 'types', '--pretty', 'false']);
    if (ended.code === 0) return [];
    if (!ended.output.includes('error TS')) throw new Error(`the compiler failed:\n${ended.output}`);
    return ownErrors(ended.output);
  }
}

/** The errors that a compiler printed; those within other packages aren't ours. */
export function ownErrors(output: string): string[] {
  const errors = output.split('\n').filter((line) => line.includes('error TS'));
  return errors.filter((line) => !/^(\.\.\/)*node_modules\/(?!expect-gradients\/)/.test(line));
}
