/**
 * A failed check → files in a folder of the user's. Node's `fs` is asked for at run time and never imported, as the same code runs in
 * browsers: Node from 20.16 on, Bun and Deno give it. Names come from the test's, so that another run of it replaces what the last one
 * left, and no other test does; where a runner tells no name nothing is ever replaced.
 */

import { describe, misuse } from '../errors.js';
import { hashOfText } from '../numerics/hash.js';
import type { FailedCheck, RunningTest } from './running-test.js';

/** As much of `node:fs` as is used. */
interface FileSystem {
  mkdirSync(path: string, options: { readonly recursive: true }): unknown;
  writeFileSync(path: string, text: string, options?: { readonly flag: 'wx' }): void;
  rmSync(path: string, options: { readonly force: true }): void;
}

interface World {
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown; cwd(): string };
}

/** A file's name has at most so many characters of the test's, well below the 255 bytes that file systems allow. */
const LONGEST_NAME = 48;

/** How many files a test has had, as one test may make several checks that fail. */
const numbers = new Map<string, number>();

type Test = Pick<RunningTest, 'name' | 'file'>;

export interface Folder {
  /** Writes the files; what the message has to say of them. Never throws. */
  write(check: FailedCheck, test: Test): readonly string[];
}

/** @throws UsageError when `value` names no folder, or there is no file system */
export function demandFolder(value: unknown): Folder {
  if (typeof value !== 'string' || value.trim() === '')
    throw misuse(`options.artifacts must be the path of a folder, but it is ${describe(value)}.`);
  const { process } = globalThis as World;
  const files = process?.getBuiltinModule?.('node:fs') as FileSystem | undefined;
  if (files === undefined)
    throw misuse(
      'options.artifacts is given, but there is no file system here to write to: browsers have none, and Node gives one from ' +
        '20.16 on (process.getBuiltinModule).',
    );
  return { write: (check, test) => writeFiles(files, value, check, test) };
}

function writeFiles(
  files: FileSystem,
  folder: string,
  { picture, report }: FailedCheck,
  test: Test,
): readonly string[] {
  try {
    files.mkdirSync(folder, { recursive: true });
    const json = `${JSON.stringify(report, undefined, 2)}\n`;
    const base = `${folder.replace(/[/\\]+$/, '')}/`;
    const path =
      base +
      (test.name === undefined ? writeUnnamed(files, base, json) : writeNamed(files, base, json, test));
    if (picture === undefined) files.rmSync(`${path}.svg`, { force: true });
    else files.writeFileSync(`${path}.svg`, `${picture}\n`);
    return [...(picture === undefined ? [] : [`Picture: ${path}.svg`]), `Report: ${path}.json`];
  } catch (error) {
    return [`The artifacts could not be written to ${JSON.stringify(folder)}: ${(error as Error).message}`];
  }
}

/** Writes the report of a test that has a name; under which name. */
function writeNamed(files: FileSystem, base: string, json: string, { name = '', file = '' }: Test): string {
  // The same on every machine, wherever the project lies.
  const place = file.replace((globalThis as World).process?.cwd() ?? '', '').replaceAll('\\', '/');
  const words = name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
  // The hash tells tests of the same words in two files apart.
  const own = `${[...words].slice(0, LONGEST_NAME).join('')}-${hexOf(hashOfText(`${place}\n${name}`))}`;
  const number = (numbers.get(own) ?? 0) + 1;
  numbers.set(own, number);
  const whole = number === 1 ? own : `${own}-${number}`;
  files.writeFileSync(`${base}${whole}.json`, json);
  return whole;
}

/** Writes the report of a test without a name; under which name, the first that is free. */
function writeUnnamed(files: FileSystem, base: string, json: string): string {
  for (let number = 1; ; number += 1) {
    try {
      files.writeFileSync(`${base}gradients-${number}.json`, json, { flag: 'wx' });
      return `gradients-${number}`;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    }
  }
}

/** 32 bits as eight hexadecimal digits. */
function hexOf(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0');
}
