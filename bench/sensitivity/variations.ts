/** The constants of the source → copies of it in which one of them is half or twice as large. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Constant,
  constantsIn,
  filesOf,
  ROOMS,
  sourceOf,
  textOf,
  withConstant,
} from '../../test/constants.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One constant with another value. */
export interface Variation {
  readonly constant: Constant & { readonly value: number };
  readonly change: 'half' | 'twice';
  readonly value: number;
}

/** What of a constant can be halved and doubled: a single number, unless a standard or a published generator has it. */
function isChosen(constant: Constant): constant is Variation['constant'] {
  const isGiven = /IEEE|SplitMix|lowbias32|FNV/.test(sourceOf(constant) ?? '');
  return typeof constant.value === 'number' && Number.isFinite(constant.value) && !isGiven;
}

/** Half or twice a number; of a whole one, which counts something, a whole one that is no less than 1. */
function changed(value: number, factor: number): number {
  return Number.isInteger(value) && value > 0 ? Math.max(1, Math.round(value * factor)) : value * factor;
}

/** The changes of all constants, or of those with some names. */
export function allVariations(names: ReadonlySet<string> | undefined): Variation[] {
  const constants = constantsIn(new Map(filesOf(ROOMS).map((file) => [file, textOf(file)])));
  return constants
    .filter(isChosen)
    .filter(({ name }) => names?.has(name) ?? true)
    .flatMap((constant) =>
      (
        [
          ['half', 1 / 2],
          ['twice', 2],
        ] as const
      ).map(([change, factor]) => ({
        constant,
        change,
        value: changed(constant.value, factor),
      })),
    )
    .filter(({ constant, value }) => value !== constant.value);
}

/** A copy of the source with a change, in a folder of its own under the system's folder for such; to be removed. */
export function copyWith({ constant: { file, name }, value }: Variation): string {
  const folder = mkdtempSync(join(tmpdir(), 'expect-gradients-'));
  cpSync(join(root, 'src'), join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  const path = join(folder, file);
  writeFileSync(path, withConstant(readFileSync(path, 'utf8'), name, value));
  return folder;
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true });
}
