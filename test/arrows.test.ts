/** The arrows between the rooms of `src/` point down only, and no file outgrows a look. */

import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../src', import.meta.url));
const LONGEST = 250;

/**
 * The rooms that each room may look into, beside itself. Doors are the files beside `report.ts`; `index.ts` is the one that exports it
 * all. `model` and `check` have rooms of their own, and files that these share.
 */
const MODEL = ['model', 'model/tree', 'model/array', 'model/subject', 'model/evaluate'];
const SHARED = ['verdict', 'numerics', ...MODEL, 'report', 'step-difference', 'errors'];
const CHECK = ['check', 'check/run', 'check/measurement'];
const DOWN: Readonly<Record<string, readonly string[]>> = {
  index: [
    'api',
    'matchers',
    'check',
    'model',
    'render',
    'report',
    'limit-evidence',
    'sizes-report',
    'errors',
  ],
  door: ['matchers'],
  api: ['terminal', 'check', 'model', 'model/subject', 'report', 'sizes-report'],
  matchers: [
    'terminal',
    'render',
    'render/picture',
    'check',
    'check/run',
    'check/report',
    'model/subject',
    'numerics',
    'report',
    'sizes-report',
    'errors',
  ],
  terminal: ['render', 'check', 'check/run', 'report'],
  'render/picture': ['render', 'check/report', 'report'],
  render: ['check/report', 'report', 'sizes-report'],
  check: [
    'check/vector',
    'check/sizes',
    'check/reference',
    'check/points',
    'check/runs',
    'check/entries',
    'check/preconditions',
    'check/report',
    'check/run',
    'check/measurement',
    'diagnoses/blind-spots',
    'sizes-report',
    ...SHARED,
  ],
  'check/vector': [...CHECK, 'check/runs', 'check/entries', 'check/preconditions', 'check/report', ...SHARED],
  'check/sizes': [
    'check',
    'check/paths',
    'check/preconditions',
    'check/measurement',
    'sizes-report',
    ...SHARED,
  ],
  'check/reference': [...CHECK, 'check/preconditions', ...SHARED],
  'check/points': [
    ...CHECK,
    'check/runs',
    'check/entries',
    'check/preconditions',
    'check/report',
    'diagnoses/blind-spots',
    ...SHARED,
  ],
  'check/runs': [...CHECK, 'check/entries', 'check/paths', 'check/preconditions', ...SHARED],
  'check/entries': [...CHECK, 'check/paths', 'check/preconditions', ...SHARED],
  'check/paths': ['model/evaluate', 'numerics', 'step-difference'],
  'check/preconditions': [...CHECK, ...SHARED],
  'check/report': [
    'check',
    'check/preconditions',
    'check/measurement',
    'diagnoses',
    'diagnoses/blind-spots',
    ...SHARED,
  ],
  'check/run': ['check', ...MODEL, 'report'],
  diagnoses: [
    'diagnoses/causes',
    'check/measurement',
    'verdict',
    'numerics',
    'model/tree',
    'model/array',
    'report',
  ],
  'diagnoses/blind-spots': ['diagnoses', 'check/measurement', 'verdict', 'numerics', 'report'],
  'diagnoses/causes': ['diagnoses', 'check/measurement', 'numerics', 'model/array', 'report'],
  'check/measurement': ['verdict', 'numerics', ...MODEL, 'report', 'step-difference'],
  verdict: ['numerics', 'report'],
  numerics: ['step-difference'],
  adapters: ['model', 'model/tree', 'model/array', 'model/subject', 'errors'],
  'model/evaluate': ['model', 'model/subject', 'model/tree', 'model/array', 'errors'],
  'model/subject': ['model', 'model/tree', 'model/array', 'errors'],
  'model/tree': ['model', 'model/array', 'errors'],
  'model/array': ['model'],
  model: ['finding'],
  'sizes-report': ['report'],
  report: ['finding', 'step-difference', 'weakness'],
  weakness: ['finding'],
  'step-difference': [],
  finding: ['limit-evidence'],
  'limit-evidence': [],
  errors: [],
};
/** Rooms that may import what others have written. */
const FOREIGN: ReadonlySet<string> = new Set(['index', 'door', 'adapters']);
/** Rooms with rooms of their own. */
const HOUSES: ReadonlySet<string> = new Set(['model', 'check', 'diagnoses', 'render']);
/** A file that lies lower than the room that it is in. */
const LOWER: ReadonlySet<string> = new Set(['check/measurement']);
/** Rooms that hold nothing but types. */
const TYPES: ReadonlySet<string> = new Set([
  'report',
  'finding',
  'limit-evidence',
  'step-difference',
  'weakness',
  'sizes-report',
]);
/** Files beside the doors that are none. */
const NO_DOORS: ReadonlySet<string> = new Set([...TYPES, 'index', 'errors']);

/** The room of a file, by its path under `src/`. */
function roomOf(path: string): string {
  const names = path.replace(/\.ts$/, '').split('/');
  const [first, second] = names as [string, string | undefined];
  if (second === undefined) return NO_DOORS.has(first) ? first : 'door';
  const inner = `${first}/${second}`;
  return LOWER.has(inner) || (HOUSES.has(first) && names.length > 2) ? inner : first;
}

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

/** What a file imports or passes on, in its own words; comments may say what they like. */
function importsOf(text: string): Import[] {
  const code = text.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/^\s*\/\/.*$/gm, '');
  const statements = /\b(?:import|export)\s+(?<type>type\s)?(?:[^'"();]*?\bfrom\s+)?['"](?<from>[^'"]+)['"]/g;
  const calls = /\b(?:import|require)\s*\(\s*['"](?<from>[^'"]+)['"]/g;
  return [...code.matchAll(statements), ...code.matchAll(calls)].map(({ groups }) => ({
    from: groups!['from']!,
    typeOnly: groups!['type'] !== undefined,
  }));
}

/** The arrows of a file that point elsewhere than down. */
function badArrows(path: string, text: string): string[] {
  const room = roomOf(path);
  return importsOf(text).flatMap(({ from, typeOnly }) => {
    if (!from.startsWith('.')) return FOREIGN.has(room) ? [] : [`${path} imports ${from}`];
    const target = roomOf(normalize(join(dirname(path), from)).replace(/\.js$/, '.ts'));
    if (target !== room && !DOWN[room]?.includes(target))
      return [`${path} (${room}) imports ${from} (${target})`];
    return TYPES.has(target) && !typeOnly ? [`${path} imports more than types of ${from}`] : [];
  });
}

const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(source, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
const textOf = (path: string): string => readFileSync(join(source, path), 'utf8');

describe('the source', () => {
  it('has files in every room that the list of arrows knows', () => {
    const rooms = new Set(files.map(roomOf));
    expect(Object.keys(DOWN).filter((room) => !rooms.has(room))).toEqual([]);
  });

  it('has no room that the list of arrows does not know', () => {
    expect(files.filter((path) => !(roomOf(path) in DOWN))).toEqual([]);
  });

  it.each(files)('imports downwards only in %s', (path) => {
    expect(badArrows(path, textOf(path))).toEqual([]);
  });

  it.each(files)(`is at most ${LONGEST} lines long in %s`, (path) => {
    expect(textOf(path).trimEnd().split('\n').length).toBeLessThanOrEqual(LONGEST);
  });
});

/** The files that a file imports, by their paths. */
function targetsOf(path: string): string[] {
  return importsOf(textOf(path))
    .filter(({ from }) => from.startsWith('.'))
    .map(({ from }) => normalize(join(dirname(path), from)).replace(/\.js$/, '.ts'));
}

/** A way through some arrows that comes back to where it began; undefined where there is none. */
function circleIn(arrows: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const follow = (path: readonly string[]): readonly string[] | undefined => {
    const last = path.at(-1)!;
    if (path.indexOf(last) < path.length - 1) return path.slice(path.indexOf(last));
    if (done.has(last)) return undefined;
    for (const next of arrows.get(last) ?? []) {
      const circle = follow([...path, next]);
      if (circle !== undefined) return circle;
    }
    done.add(last);
    return undefined;
  };
  for (const start of arrows.keys()) {
    const circle = follow([start]);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

/** Words that say nothing of what is in a file: metaphors that once were names here. */
const METAPHORS =
  /\b(?:told|ways|slides?|moulds?|premises|inquiry|climb|quick-look|draws|links|walks|due|onlooker|accused|conclude|views|claims|memo|sights)\b/;
/** No folder has more files, or nobody finds anything in it. */
const MOST_FILES = 16;

describe('the house', () => {
  it('has no circle of imports, of types neither', () => {
    expect(circleIn(new Map(files.map((path) => [path, targetsOf(path)])))).toBeUndefined();
  });

  it('sees a circle where there is one', () => {
    const arrows = new Map([
      ['a', ['b', 'c']],
      ['b', ['c']],
      ['c', ['d']],
      ['d', ['b']],
    ]);
    expect(circleIn(arrows)).toEqual(['b', 'c', 'd', 'b']);
    expect(circleIn(new Map([...arrows, ['d', []]]))).toBeUndefined();
  });

  it('has no crowded folder', () => {
    const folders = files.map((path) => dirname(path));
    const sizeOf = (folder: string): number => folders.filter((other) => other === folder).length;
    expect([...new Set(folders)].filter((folder) => sizeOf(folder) > MOST_FILES)).toEqual([]);
  });

  it('has no two files of one name', () => {
    const names = files.map((path) => basename(path));
    expect(names.filter((name, k) => names.indexOf(name) !== k)).toEqual([]);
  });

  it('has no metaphor for the name of a file', () => {
    expect(files.filter((path) => METAPHORS.test(path))).toEqual([]);
  });
});

describe('the guard of the arrows', () => {
  it.each([
    ['numerics/norms.ts', `import { valuesOf } from '../model/arrays.js';`],
    ['model/subject/subject.ts', `import { norm } from '../../numerics/norms.js';`],
    ['model/subject/subject.ts', `import type { Verdict } from '../../report.js';`],
    ['model/subject/subject.ts', `import type { Request } from '../evaluate/requests.js';`],
    ['model/array/values.ts', `import { nameOf } from '../tree/parameters.js';`],
    ['check/report/judge.ts', `import { formatReport } from '../../render/format-report.js';`],
    ['check/report/judge.ts', `export { formatReport } from '../../render/format-report.js';`],
    ['check/report/judge.ts', `export * from '../../matchers/matchers.js';`],
    ['check/report/judge.ts', `const { matchers } = await import('../../index.js');`],
    ['check/report/judge.ts', `import {\n  type Finding,\n  codes,\n} from '../../report.js';`],
    ['check/report/judge.ts', `import { test } from 'vitest';`],
    ['check/report/judge.ts', `import 'node:fs';`],
    ['check/report/judge.ts', `const fs = require("node:fs");`],
    ['check/run/budget.ts', `import { liveLine } from '../../terminal/live-line.js';`],
    ['check/preconditions/noise-level.ts', `import { sweep } from '../entries/sweep.js';`],
    ['check/entries/sweep.ts', `import { along } from '../directions/along.js';`],
    ['check/directions/along.ts', `import { rows } from '../vector/per-output.js';`],
    ['check/measurement.ts', `import type { WrongParameter } from '../diagnoses/wrong-parameter.js';`],
    ['verdict/rules.ts', `import type { Settings } from '../check/settings.js';`],
    ['verdict/rules.ts', `import type { Parameter } from '../model/tree/parameters.js';`],
    ['render/document.ts', `import { norm } from '../numerics/norms.js';`],
    ['render/document.ts', `import type { Subject } from '../model/subject/subject.js';`],
    ['render/document.ts', `import type { Settings } from '../check/settings.js';`],
    ['diagnoses/causes/errors/scaled.ts', `import { judge } from '../../../check/report/judge.js';`],
    ['matchers/matchers.ts', `import { expect } from 'vitest';`],
    ['matchers/matchers.ts', `import '../vitest.js';`],
    ['report.ts', `import type { Model } from './model/gradient-model.js';`],
    ['report.ts', `import { codes } from './finding.js';`],
    ['finding.ts', `import type { Report } from './report.js';`],
    ['diagnoses/diagnose.ts', `import type { FindingEvidence } from '../finding.js';`],
    ['vitest.ts', `import { checkGradients } from './api/check-gradients.js';`],
    ['vitest.ts', `import { matchers } from './index.js';`],
    ['adapters/tfjs.ts', `import { checkGradients } from '../api/check-gradients.js';`],
  ])('refuses in %s: %s', (path, text) => {
    expect(badArrows(path, text)).toHaveLength(1);
  });

  it.each([
    ['numerics/norms.ts', `import { ulp } from './steps.js';`],
    [
      'check/report/judge.ts',
      `import type { Verdict } from '../../report.js';\nimport { unravel } from '../../model/array/shape.js';`,
    ],
    ['report.ts', `import type { FindingEvidence } from './finding.js';`],
    [
      'index.ts',
      `export type { Verdict } from './report.js';\nexport * as matchers from './matchers/matchers.js';`,
    ],
    ['vitest.ts', `import { expect } from 'vitest';\nimport * as matchers from './matchers/matchers.js';`],
    ['vitest.ts', `declare module 'vitest' {\n  interface Matchers {}\n}`],
    ['model/gradient-model.ts', `/** Write import 'expect-gradients/vitest' at the top. */`],
    ['model/gradient-model.ts', `// import { norm } from '../numerics/norms.js';`],
    ['model/gradient-model.ts', `export const name = 'model';\nconst word = 'from';`],
    [
      'adapters/tfjs.ts',
      `import tf from '@tensorflow/tfjs';\nimport type { Model } from '../model/gradient-model.js';`,
    ],
  ])('lets pass in %s: %s', (path, text) => {
    expect(badArrows(path, text)).toEqual([]);
  });
});
