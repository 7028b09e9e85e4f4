/**
 * The source → the public declarations of every entry of the package, as text, and the types that they mention without exporting them.
 * Declarations are those that the compiler emits; TypeScript 7 has no API to ask, so they are read as text.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** Where a name comes from: another module, under the name that it has there; `*` for all of it. */
interface Source {
  readonly module: string;
  readonly name: string;
}

/** A module's declarations by name, what it imports and passes on, and the statements that name nothing, such as `declare module`. */
interface Module {
  readonly declared: ReadonlyMap<string, string>;
  readonly imported: ReadonlyMap<string, Source>;
  readonly exported: ReadonlyMap<string, Source>;
  readonly ambient: readonly string[];
}

/** Reads the text of a module's declarations. */
type Read = (module: string) => string;

/** Emits the declarations of the source, and gives what reads them by the path under `src/`, without its ending. */
export function emitted(): Read {
  const folder = mkdtempSync(join(tmpdir(), 'declarations-'));
  try {
    const manifest = require.resolve('typescript/package.json');
    const { bin } = require(manifest) as { readonly bin: { readonly tsc: string } };
    const tsc = join(dirname(manifest), bin.tsc);
    const options = ['--noEmit', 'false', '--emitDeclarationOnly', '--removeComments'];
    // The door for Vitest 5 has a program of its own.
    for (const project of ['tsconfig.source.json', 'tsconfig.vitest.json'])
      execFileSync(process.execPath, [tsc, '-p', project, ...options, '--outDir', folder], { cwd: root });
    const texts = new Map<string, string>();
    const read = (module: string): string => {
      const text = texts.get(module) ?? readFileSync(join(folder, `${module}.d.ts`), 'utf8');
      texts.set(module, text);
      return text;
    };
    for (const module of Object.values(entries())) for (const _ of modulesFrom(module, read)) continue;
    return read;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All modules that one leads to. */
function* modulesFrom(first: string, read: Read): Generator<string, void, void> {
  const seen = new Set([first]);
  for (const module of seen) {
    yield module;
    const { imported, exported } = moduleOf(module, read);
    for (const { module: next } of [...imported.values(), ...exported.values()])
      if (!next.startsWith('!')) seen.add(next);
  }
}

/** The entries of the package, each by its module; of several names for one, the first. */
export function entries(): Readonly<Record<string, string>> {
  const { exports } = require('../package.json') as { readonly exports: Readonly<Record<string, unknown>> };
  const typesOf = (entry: unknown): string | undefined => {
    const { types, import: imported } = entry as { readonly types?: string; readonly import?: unknown };
    return types ?? (imported === undefined ? undefined : typesOf(imported));
  };
  const moduleAt = (path: string): string => {
    const name = path.replace(/^\.\/dist\/esm\/|\.d\.ts$/g, '');
    const places = [name, `${name}/${name}`, `adapters/${name}`];
    return places.find((place) => existsSync(join(root, 'src', `${place}.ts`)))!;
  };
  const found = new Map<string, string>();
  for (const [name, entry] of Object.entries(exports)) {
    const path = typeof entry === 'string' ? undefined : typesOf(entry);
    if (path !== undefined && !found.has(moduleAt(path))) found.set(moduleAt(path), name);
  }
  return Object.fromEntries(Array.from(found, ([module, name]) => [name, module]));
}

/** What ends with the brace that closes it; all else ends with a semicolon. */
const BLOCK = /^(?:export )?(?:declare )?(?:abstract )?(?:interface|class|enum|module|namespace|global)\b/;
const NAMED =
  /^(?:export )?(?:declare )?(?:abstract )?(?:interface|class|enum|type|function|const|let|namespace) (?<name>[\w$]+)/;
const STRINGS = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g;

/** The statements of a text without comments. */
export function statementsOf(text: string): string[] {
  const statements: string[] = [];
  // Brackets within quotes close nothing.
  const bare = text.replaceAll(STRINGS, (quoted) => 'x'.repeat(quoted.length));
  let start = 0;
  let depth = 0;
  for (let at = 0; at < bare.length; at += 1) {
    const letter = bare[at]!;
    if ('{(['.includes(letter)) depth += 1;
    if ('})]'.includes(letter)) depth -= 1;
    if (depth > 0 || (letter !== ';' && letter !== '}')) continue;
    const statement = text.slice(start, at + 1).trim();
    if (letter === '}' && !BLOCK.test(statement)) continue;
    statements.push(statement);
    start = at + 1;
  }
  return statements;
}

/** The names between braces, each with the one that it has where it comes from. */
function namesIn(list: string): (readonly [name: string, from: string])[] {
  return list
    .split(',')
    .map((item) => item.trim().replace(/^type /, ''))
    .filter((item) => item !== '')
    .map((item) => {
      const [from, name = from] = item.split(' as ') as [string, string?];
      return [name, from] as const;
    });
}

const FROM =
  /^(?<verb>import|export) (?:type )?(?:\{(?<names>[^}]*)\}|\* as (?<all>[\w$]+)) from '(?<path>[^']+)';$/s;

function moduleOf(module: string, read: Read): Module {
  const declared = new Map<string, string>();
  const imported = new Map<string, Source>();
  const exported = new Map<string, Source>();
  const ambient: string[] = [];
  for (const statement of statementsOf(read(module))) {
    const { verb, names, all, path } = FROM.exec(statement)?.groups ?? {};
    if (path !== undefined) {
      // Of another package nothing is followed.
      const source = path.startsWith('.')
        ? normalize(join(dirname(module), path)).replace(/\.js$/, '')
        : `!${path}`;
      const into = verb === 'import' ? imported : exported;
      if (all !== undefined) into.set(all, { module: source, name: '*' });
      for (const [name, from] of namesIn(names ?? '')) into.set(name, { module: source, name: from });
      continue;
    }
    const name = NAMED.exec(statement)?.groups?.['name'];
    if (name !== undefined && !statement.startsWith('declare global')) {
      // Overloads stand together.
      declared.set(name, [declared.get(name), statement].filter(Boolean).join('\n'));
      if (statement.startsWith('export ')) exported.set(name, { module, name });
    } else if (statement !== 'export {};' && !statement.startsWith('import ')) ambient.push(statement);
  }
  return { declared, imported, exported, ambient };
}

/** Where a name is declared. */
function declarationOf({ module, name }: Source, read: Read): Source {
  const { declared, exported, imported } = moduleOf(module, read);
  if (declared.has(name)) return { module, name };
  const source = exported.get(name) ?? imported.get(name);
  if (source === undefined) throw new Error(`${module} declares no ${name}`);
  return source.module.startsWith('!') || source.name === '*' ? source : declarationOf(source, read);
}

/** The types of this package that a declaration mentions, by where they are declared. */
function mentionedBy(text: string, module: string, read: Read): Source[] {
  const { declared, imported } = moduleOf(module, read);
  const words = new Set(text.replaceAll(STRINGS, "''").match(/[\w$]+/g));
  return [...words]
    .filter((word) => declared.has(word) || imported.has(word))
    .filter((word) => imported.get(word)?.module.startsWith('!') !== true && imported.get(word)?.name !== '*')
    .map((word) => declarationOf({ module, name: word }, read));
}

/** An entry's own text, and the types that it mentions and that can't be imported from it, nor from the root. */
export interface EntryReport {
  readonly text: string;
  readonly missing: readonly string[];
}

const keyOf = ({ module, name }: Source): string => `${module} ${name}`;

/** The report on one entry. */
export function reportOn(entry: string, rootEntry: string, read: Read): EntryReport {
  const { exported, ambient } = moduleOf(entry, read);
  const available = new Set<string>();
  for (const place of [entry, rootEntry])
    for (const source of moduleOf(place, read).exported.values())
      if (source.name !== '*' && !source.module.startsWith('!'))
        available.add(keyOf(declarationOf(source, read)));
  const texts: string[] = [];
  const mentioned: Source[] = ambient.flatMap((text) => mentionedBy(text, entry, read));
  for (const [name, source] of [...exported].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (source.name === '*') {
      texts.push(`export * as ${name};`);
      continue;
    }
    const own = declarationOf(source, read);
    const text = moduleOf(own.module, read).declared.get(own.name)!;
    texts.push(text.replace(new RegExp(`\\b${own.name.replaceAll('$', '\\$')}\\b`), name));
    mentioned.push(...mentionedBy(text, own.module, read));
  }
  const missing = mentioned.filter((source) => !available.has(keyOf(source))).map(keyOf);
  return { text: [...texts, ...ambient].join('\n'), missing: [...new Set(missing)].toSorted() };
}
