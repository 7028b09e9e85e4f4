/**
 * Where a door is loaded → an error that names the right door, where this is another's runner or another version of Vitest's. Where the
 * globals don't tell, as Vitest's version in a browser, nothing is demanded: behind the wrong version's door only types are wrong.
 */

/** As much of Node's `module` and `fs` as is used. */
interface Modules {
  createRequire(from: string): { resolve(name: string): string };
}
interface Files {
  readFileSync(path: string, encoding: 'utf8'): string;
}

/** The globals that tell the runner, as far as they are there. */
export interface Runtime {
  /** Of Vitest's workers, whatever its version. */
  readonly __vitest_worker__?: unknown;
  readonly process?: {
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly getBuiltinModule?: (name: string) => unknown;
  };
}

const GLOBALS: object = globalThis;

/** Vitest's doors, each with the versions that it is for: Vitest 5 changed the type parameters of `Matchers`. */
const VITEST_DOORS = [
  { door: 'vitest', versions: 'Vitest 5', isFor: (major: number): boolean => major >= 5 },
  { door: 'vitest4', versions: 'Vitest 3.2 and 4', isFor: (major: number): boolean => major < 5 },
] as const;

const IN_JEST =
  "In Jest it is 'expect-gradients/jest', listed in setupFilesAfterEnv, or 'expect-gradients/jest-globals' where tests import from @jest/globals.";
const IN_VITEST = `In Vitest it is ${VITEST_DOORS.map(({ door, versions }) => `'expect-gradients/${door}' (${versions})`).join(' or ')}, listed in setupFiles.`;

/** The error of a door that isn't for what loads it. */
function wrongDoor(door: string, is: string, right: string): Error {
  return new Error(`expect-gradients/${door} is the door for ${is}. ${right}`);
}

/**
 * @param door whose module is at the address `url`
 * @throws Error in Jest, and in a version of Vitest that has a door of its own
 */
export function demandVitest(
  door: (typeof VITEST_DOORS)[number]['door'],
  url: string,
  runtime: Runtime = GLOBALS,
): void {
  const { versions, isFor } = VITEST_DOORS.find((known) => known.door === door)!;
  if (!isVitest(runtime) && runtime.process?.env?.['JEST_WORKER_ID'] !== undefined)
    throw wrongDoor(door, versions, IN_JEST);
  const version = vitestVersion(url, runtime);
  const major = Number.parseInt(version ?? '', 10);
  if (!Number.isNaN(major) && !isFor(major)) {
    const right = VITEST_DOORS.find((known) => known.isFor(major))!;
    throw wrongDoor(
      door,
      versions,
      `This is Vitest ${version}: here it is 'expect-gradients/${right.door}'.`,
    );
  }
}

/** The error where a door for Vitest is required, as Jest does with every import. */
export function requiredDoor(): Error {
  return wrongDoor('vitest', 'Vitest, which can only be imported', IN_JEST);
}

/** @throws Error in Vitest */
export function demandJest(door: string, runtime: Runtime = GLOBALS): void {
  if (isVitest(runtime)) throw wrongDoor(door, 'Jest', IN_VITEST);
}

function isVitest({ __vitest_worker__ }: Runtime): boolean {
  return __vitest_worker__ !== undefined;
}

/** The version of the Vitest that a module at `url` imports; undefined where there is no file system, or it can't be found. */
function vitestVersion(url: string, { process }: Runtime): string | undefined {
  try {
    const modules = process?.getBuiltinModule?.('node:module') as Modules | undefined;
    const files = process?.getBuiltinModule?.('node:fs') as Files | undefined;
    if (modules === undefined || files === undefined) return undefined;
    const path = modules.createRequire(url).resolve('vitest/package.json');
    return (JSON.parse(files.readFileSync(path, 'utf8')) as { readonly version?: string }).version;
  } catch {
    return undefined;
  }
}
