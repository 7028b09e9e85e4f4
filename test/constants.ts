/** The source of some rooms → their numeric constants, with what their comments say, and the numbers in their code that have no name. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The rooms whose numbers decide what is measured, and what is said of it. */
export const ROOMS: readonly string[] = ['src/numerics', 'src/verdict', 'src/check'];

/** A constant at the top level of a file: a number, or several under one name. */
export interface Constant {
  readonly name: string;
  /** Path of its file in the repository. */
  readonly file: string;
  /** What it is set to, as written. */
  readonly expression: string;
  readonly value: number | readonly number[] | Readonly<Record<string, number>>;
  /** Its own doc comment; empty where there is none. */
  readonly doc: string;
}

/** Where a number is from, if it is not what somebody judged right. */
const SOURCE = /IEEE 754[\w ]*|SplitMix|lowbias32|FNV-1a|formula \(2\)/;

/** The source of a constant; undefined where it has none. */
export function sourceOf({ doc }: Pick<Constant, 'doc'>): string | undefined {
  return SOURCE.exec(doc)?.[0];
}

/** The text of a file with another number for a constant of it. */
export function withConstant(text: string, name: string, value: number): string {
  const lines = text.split('\n').map((line) => {
    const found = DECLARATION.exec(line)?.groups;
    if (found?.name !== name) return line;
    return `${line.slice(0, line.length - found.expression!.length - 1)}${value};`;
  });
  return lines.join('\n');
}

/** A number within code. */
export interface Unnamed {
  readonly file: string;
  readonly number: string;
  /** The line that it is in, without the space around it. */
  readonly line: string;
}

/** The files of the rooms, by their paths in the repository. */
export function filesOf(rooms: readonly string[]): string[] {
  return rooms
    .flatMap((room) => readdirSync(join(root, room), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted();
}

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** A constant as it stands in its file. */
type Written = Omit<Constant, 'value'> & { readonly type: string | undefined; readonly isExported: boolean };

const DECLARATION =
  /^(?<exported>export )?const (?<name>[A-Z][A-Z0-9_]*)(?:: (?<type>[^=]+))? = (?<expression>.*);$/;

/** The constants of a file, whatever they are. */
function writtenIn(file: string, text: string): Written[] {
  const lines = text.split('\n');
  return lines.flatMap((line, k): Written[] => {
    const found = DECLARATION.exec(line)?.groups;
    if (found === undefined) return [];
    const doc = lines[k - 1]?.endsWith('*/') === true ? commentUpTo(lines, k - 1) : '';
    const { name, type, expression, exported } = found;
    return [{ name: name!, file, expression: expression!, doc, type, isExported: exported !== undefined }];
  });
}

/** The words of the doc comment that ends in a line. */
function commentUpTo(lines: readonly string[], end: number): string {
  let start = end;
  while (start > 0 && !lines[start]!.includes('/**')) start -= 1;
  const words = lines.slice(start, end + 1).map((line) => line.replaceAll(/^\s*\/?\*+\/?|\*\/$/g, '').trim());
  return words.join(' ').trim();
}

/** Names that stand for a number: those of the file, then what other files export. */
type Scope = Record<string, unknown>;

function isNumeric(value: unknown): value is Constant['value'] {
  if (typeof value === 'number') return true;
  if (typeof value !== 'object' || value === null) return false;
  const all: unknown[] = Object.values(value);
  return all.length > 0 && all.every((one) => typeof one === 'number');
}

/** The value of an expression; undefined where it is made of more than numbers and what is in scope. */
function valueOf(expression: string, scope: Scope): unknown {
  try {
    return runInNewContext(`(${expression})`, { ...scope });
  } catch {
    return undefined;
  }
}

/** The numeric constants of some texts, by the paths of their files. */
export function constantsIn(texts: ReadonlyMap<string, string>): Constant[] {
  const written = [...texts].flatMap(([file, text]) => writtenIn(file, text));
  const known = new Map<Written, Constant['value']>();
  // What is made of others comes after them, in whatever file.
  for (let before = -1; before < known.size;) {
    before = known.size;
    const shared: Scope = Object.fromEntries(
      [...known].filter(([{ isExported }]) => isExported).map(([{ name }, value]) => [name, value]),
    );
    for (const one of written) {
      const own = [...known]
        .filter(([{ file }]) => file === one.file)
        .map(([{ name }, value]) => [name, value]);
      const value = known.get(one) ?? valueOf(one.expression, { ...shared, ...Object.fromEntries(own) });
      if (isNumeric(value)) known.set(one, value);
    }
  }
  const lost = written.find((one) => one.type === 'number' && !known.has(one));
  if (lost !== undefined) throw new Error(`${lost.file}: the value of ${lost.name} can't be told`);
  return written.flatMap((one) => {
    const value = known.get(one);
    const { name, file, expression, doc } = one;
    return value === undefined ? [] : [{ name, file, expression, value, doc }];
  });
}

/** Numbers that need no name. */
const PLAIN: ReadonlySet<string> = new Set(['0', '1', '2']);

/** The numbers within the code of a file that have no name: all but 0, 1 and 2, the constants, and what is said in words. */
export function unnamedIn(file: string, text: string): Unnamed[] {
  const code = text.replaceAll(/\/\*.*?\*\//gs, (comment) => comment.replaceAll(/[^\n]/g, ' '));
  return code.split('\n').flatMap((line): Unnamed[] => {
    if (DECLARATION.test(line)) return [];
    const bare = line
      .replace(/^\s*\/\/.*$|\s\/\/ .*$/, '')
      .replaceAll(/'[^']*'|\/\^.*\$\//g, "''")
      .replaceAll(/`[^`]*`/g, (template) => (template.match(/\$\{[^}]*\}/g) ?? []).join(' '));
    const numbers = bare.match(/(?<![\w.$#])(?:0x[\da-f]+|\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)\b/gi) ?? [];
    return numbers
      .filter((number) => !PLAIN.has(number))
      .map((number) => ({ file, number, line: line.trim() }));
  });
}
