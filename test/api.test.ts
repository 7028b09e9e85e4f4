/**
 * The contract of the package: what its entries declare is written down in `docs/api.md`, so that a change of it shows in review, and
 * every type that a declaration mentions can be imported. `UPDATE_API=1 npx vitest run test/api.test.ts` writes it anew.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { emitted, entries, reportOn, statementsOf } from './declarations.js';

const page = fileURLToPath(new URL('../docs/api.md', import.meta.url));
const all = entries();
const read = emitted();
const reports = Object.entries(all).map(([entry, module]) => ({
  name: entry.replace(/^\./, 'expect-gradients'),
  ...reportOn(module, all['.']!, read),
}));

const INTRODUCTION = `# The public declarations

All that the package's entries declare, without comments, as the compiler emits it: \`test/api.test.ts\` compares this page with the source.
A change here is a change of what users can rely on.
`;

describe('the public declarations', () => {
  it('are those of docs/api.md', () => {
    const sections = reports.map(({ name, text }) => `## ${name}\n\n\`\`\`ts\n${text}\n\`\`\`\n`);
    const text = [INTRODUCTION, ...sections].join('\n');
    if (process.env.UPDATE_API !== undefined) writeFileSync(page, text);
    expect(text).toBe(readFileSync(page, 'utf8'));
  });

  it.each(reports)('of $name mention only types that can be imported', ({ missing }) => {
    expect(missing).toEqual([]);
  });
});

describe('the options', () => {
  const places = ['check/options.ts', 'check/defaults.ts', 'matchers/types.ts'];
  const members = places.flatMap((place) => {
    const text = readFileSync(fileURLToPath(new URL(`../src/${place}`, import.meta.url)), 'utf8');
    const own = /\/\*\*(?<comment>(?:(?!\*\/).)*)\*\/\n {2}readonly (?<name>\w+)\?:/gs;
    return Array.from(text.matchAll(own), ({ groups }) => ({
      name: groups!['name']!,
      comment: groups!['comment']!,
    }));
  });

  it('are all found', () => {
    const names = /interface GradientCheckOptions \{(.*?)\n\}/s
      .exec(reports[0]!.text)![1]!
      .match(/(?<=readonly )\w+/g)!;
    const found = members.map(({ name }) => name);
    expect(found.toSorted()).toEqual([...names, 'artifacts', 'artifacts', 'sizes'].toSorted());
  });

  it.each(members)('$name has a comment with its default and an example', ({ comment }) => {
    expect(comment).toMatch(/@defaultValue \S.*@example\n.*\w\(/s);
  });
});

describe('the reader of declarations', () => {
  const sources: Readonly<Record<string, string>> = {
    root: "export { make } from './a.js';\nexport type { Shown } from './a.js';\n",
    door: "import type { Shown, Hidden } from './a.js';\ndeclare module 'runner' {\n    interface M extends Shown, Hidden {\n    }\n}\n",
    a: "import type { Far } from './b.js';\nimport type { Other } from 'elsewhere';\nexport interface Shown {\n    readonly own: 'Hidden';\n}\nexport interface Hidden {\n}\ntype Private = {\n    x: 1;\n};\nexport declare function make(from: Far, other: Other, own: Private): Shown;\nexport {};\n",
    b: 'export interface Far {\n}\n',
  };
  const readSource = (module: string): string => sources[module]!;

  it('splits a text at what ends its statements', () => {
    expect(statementsOf("type A = {\n  x: '}';\n} & {\n  y: 1;\n};\ninterface B {\n}\nexport {};\n")).toEqual(
      ["type A = {\n  x: '}';\n} & {\n  y: 1;\n};", 'interface B {\n}', 'export {};'],
    );
  });

  it('follows a name to its declaration, and finds what is mentioned and not exported', () => {
    expect(reportOn('root', 'root', readSource)).toEqual({
      text:
        "export interface Shown {\n    readonly own: 'Hidden';\n}\n" +
        'export declare function make(from: Far, other: Other, own: Private): Shown;',
      missing: ['a Private', 'b Far'],
    });
  });

  it('looks into the modules that a door adds to', () => {
    expect(reportOn('door', 'root', readSource).missing).toEqual(['a Hidden']);
  });
});
