/** The arrows between the rooms of `src/` point down only, and no file outgrows a look. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../src', import.meta.url));
const LONGEST = 250;

/** The rooms that each room may look into. Doors are the files beside `report.ts`; `index.ts` is the one that exports it all. */
const DOWN: Readonly<Record<string, readonly string[]>> = {
  index: ['check', 'matchers', 'model', 'render', 'report', 'terminal'],
  door: ['matchers'],
  matchers: ['matchers', 'terminal', 'check', 'render', 'diagnoses', 'model', 'report'],
  terminal: ['terminal', 'check', 'render', 'model', 'report'],
  check: ['check', 'diagnoses', 'numerics', 'model', 'report'],
  render: ['render', 'report'],
  diagnoses: ['diagnoses', 'numerics', 'model', 'report'],
  adapters: ['adapters', 'model'],
  numerics: ['numerics'],
  model: ['model'],
  report: [],
};
/** Rooms that may import what others have written. */
const FOREIGN: ReadonlySet<string> = new Set(['index', 'door', 'adapters']);

/** The room of a file, by its path under `src/`. */
function roomOf(path: string): string {
  const [first, ...rest] = path.split('/');
  if (rest.length > 0) return first!;
  const name = first!.replace(/\.ts$/, '');
  return name === 'report' || name === 'index' ? name : 'door';
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
    if (!DOWN[room]?.includes(target)) return [`${path} (${room}) imports ${from} (${target})`];
    return target === 'report' && !typeOnly ? [`${path} imports more than types of ${from}`] : [];
  });
}

const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(source, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
const textOf = (path: string): string => readFileSync(join(source, path), 'utf8');

describe('the source', () => {
  it('has files in every room that stands', () => {
    const rooms = new Set(files.map(roomOf));
    for (const room of [
      'index',
      'matchers',
      'terminal',
      'check',
      'render',
      'diagnoses',
      'numerics',
      'model',
      'report',
    ])
      expect(rooms).toContain(room);
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

describe('the guard of the arrows', () => {
  it.each([
    ['numerics/norms.ts', `import { valuesOf } from '../model/arrays.js';`],
    ['model/subject.ts', `import { norm } from '../numerics/norms.js';`],
    ['model/subject.ts', `import type { Verdict } from '../report.js';`],
    ['check/judge.ts', `import { formatReport } from '../render/format-report.js';`],
    ['check/judge.ts', `export { formatReport } from '../render/format-report.js';`],
    ['check/judge.ts', `export * from '../matchers/index.js';`],
    ['check/judge.ts', `const { matchers } = await import('../index.js');`],
    ['check/judge.ts', `import {\n  type Finding,\n  codes,\n} from '../report.js';`],
    ['check/judge.ts', `import { test } from 'vitest';`],
    ['check/judge.ts', `import 'node:fs';`],
    ['check/judge.ts', `const fs = require("node:fs");`],
    ['check/budget.ts', `import { liveLine } from '../terminal/live-line.js';`],
    ['render/document.ts', `import { norm } from '../numerics/norms.js';`],
    ['render/document.ts', `import type { Subject } from '../model/subject.js';`],
    ['render/document.ts', `import type { Settings } from '../check/settings.js';`],
    ['diagnoses/scaled.ts', `import { judge } from '../check/judge.js';`],
    ['matchers/index.ts', `import { expect } from 'vitest';`],
    ['matchers/index.ts', `import '../vitest.js';`],
    ['report.ts', `import type { Model } from './model/model.js';`],
    ['vitest.ts', `import { checkGradients } from './check/check-gradients.js';`],
    ['vitest.ts', `import { matchers } from './index.js';`],
    ['adapters/tfjs.ts', `import { checkGradients } from '../check/check-gradients.js';`],
  ])('refuses in %s: %s', (path, text) => {
    expect(badArrows(path, text)).toHaveLength(1);
  });

  it.each([
    ['numerics/norms.ts', `import { ulp } from './steps.js';`],
    [
      'check/judge.ts',
      `import type { Verdict } from '../report.js';\nimport { unravel } from '../model/shapes.js';`,
    ],
    [
      'index.ts',
      `export type { Verdict } from './report.js';\nexport * as matchers from './matchers/index.js';`,
    ],
    ['vitest.ts', `import { expect } from 'vitest';\nimport * as matchers from './matchers/index.js';`],
    ['vitest.ts', `declare module 'vitest' {\n  interface Matchers {}\n}`],
    ['model/model.ts', `/** Write import 'expect-gradients/vitest' at the top. */`],
    ['model/model.ts', `// import { norm } from '../numerics/norms.js';`],
    ['model/model.ts', `export const name = 'model';\nconst word = 'from';`],
    [
      'adapters/tfjs.ts',
      `import tf from '@tensorflow/tfjs';\nimport type { Model } from '../model/model.js';`,
    ],
  ])('lets pass in %s: %s', (path, text) => {
    expect(badArrows(path, text)).toEqual([]);
  });
});
