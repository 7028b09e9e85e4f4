/** The ledger of constants, docs/constants.md: each number that decides something has a name, grounds, and a test that says it. */

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  type Constant,
  constantsIn,
  filesOf,
  ROOMS,
  sourceOf,
  textOf,
  type Unnamed,
  unnamedIn,
  withConstant,
} from './constants.js';

const PAGE = fileURLToPath(new URL('../docs/constants.md', import.meta.url));
const texts = new Map(filesOf(ROOMS).map((file) => [file, textOf(file)]));
const constants = constantsIn(texts);
const unnamed = [...texts].flatMap(([file, text]) => unnamedIn(file, text));

/** Numbers in code that are no choices: bits of integers, quarters of a path, √6 of three losses. There shall be few. */
const MOST_UNNAMED = 24;

/** Of the rooms that only numbers go into and come out of, the tests say every constant. */
const PURE = /^src\/(?:numerics|verdict)\//;

const tests = new Map(
  filesOf(['test'])
    .filter((file) => !file.startsWith('test/constants'))
    .map((file) => [file, textOf(file)]),
);

/** The tests that say a constant: those of its room with its name in them. */
function testsOf({ name, file }: Constant): string[] {
  const room = file.replace(/^src\/(.*\/)[^/]*$/, 'test/$1');
  const isSaid = new RegExp(`\\b${name}\\b`);
  return [...tests]
    .filter(([path, text]) => path.startsWith(room) && isSaid.test(text))
    .map(([path]) => path);
}

/** What a constant rests on: a formula, a source, or somebody's judgement. */
function groundsOf(constant: Constant): string {
  const { expression, doc } = constant;
  const code = `\`${expression.replaceAll('|', '\\|')}\``;
  if (
    /[A-Za-z_]{2,}/.test(expression.replaceAll(/0x[\da-f]+|\b(?:bits|least|own|extrapolated|slowest)\b/g, ''))
  )
    return code;
  const source = sourceOf(constant);
  if (source !== undefined) return source;
  const [formula] = /[\w^√]+ = [\w^√+−×/. -]*\d[^:;,.]*|√\d+|\d\/√\d+/.exec(doc) ?? [];
  return formula ?? 'judgement';
}

function shown(value: Constant['value']): string {
  if (typeof value === 'number') {
    const isPlain = value === 0 || (Math.abs(value) < 1e6 && Math.abs(value) >= 1e-4);
    return isPlain ? String(Number(value.toPrecision(6))) : Number(value.toPrecision(6)).toExponential();
  }
  return Object.entries(value)
    .map(([key, one]) => (Array.isArray(value) ? shown(one) : `${key} ${shown(one)}`))
    .join(', ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

function page(): string {
  const rows = constants.map((one) => {
    const said = testsOf(one).map(
      (path) =>
        `[${path
          .split('/')
          .at(-1)!
          .replace(/\.test\.ts$/, '')}](../${path})`,
    );
    const file = `[${one.file.replace('src/', '')}](../${one.file})`;
    return `| \`${one.name}\` | ${shown(one.value)} | ${file} | ${cell(groundsOf(one))} | ${cell(one.doc)} | ${said.join(', ')} |`;
  });
  const others = unnamed.map(
    ({ file, number, line }) =>
      `| ${number} | [${file.replace('src/', '')}](../${file}) | \`${cell(line)}\` |`,
  );
  return `# The constants

Every number in \`src/numerics\`, \`src/verdict\` and \`src/check\` that decides what is measured, or what is said of it. Written from the
comments in the source by \`UPDATE_DOCS=1 npx vitest run test/constants.test.ts\`. A constant rests on a formula, on a source, or on
judgement; \`npm run bench:sensitivity\` shows what becomes of the verdicts where it is half or twice as large. The last column has the tests
in which its name stands.

| name | value | file | grounds | what for | test |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

## Numbers in code

What is neither 0, 1 nor 2, and has no name.

| number | file | line |
| --- | --- | --- |
${others.join('\n')}
`;
}

describe('the constants', () => {
  test('all say what they are for', () => {
    expect(constants.filter(({ doc }) => doc === '').map(({ name, file }) => `${file} ${name}`)).toEqual([]);
  });

  test('of what only numbers go into are said in tests', () => {
    const silent = constants.filter((one) => PURE.test(one.file) && testsOf(one).length === 0);
    expect(silent.map(({ name, file }) => `${file} ${name}`)).toEqual([]);
  });

  test('have names, but for a few', () => {
    expect(unnamed.length).toBeLessThanOrEqual(MOST_UNNAMED);
  });

  test('are those of the page', async () => {
    if (process.env.UPDATE_DOCS !== undefined) await writeFile(PAGE, page());
    expect(existsSync(PAGE) ? await readFile(PAGE, 'utf8') : '').toBe(page());
  });
});

describe('the reader of constants', () => {
  const read = (...files: readonly string[]): Constant[] =>
    constantsIn(new Map(files.map((text, k) => [`${k}.ts`, text])));

  test('finds numbers, and what is made of others, in whatever file they are', () => {
    const found = read(
      '/** The first. */\nexport const FIRST: number = SECOND ** 2;\n',
      "/**\n * The second,\n * in two lines.\n */\nexport const SECOND = 3;\n\nconst NAMES = ['a'];\nconst both = 4;\n",
    );
    expect(found).toEqual([
      { name: 'FIRST', file: '0.ts', expression: 'SECOND ** 2', value: 9, doc: 'The first.' },
      { name: 'SECOND', file: '1.ts', expression: '3', value: 3, doc: 'The second, in two lines.' },
    ]);
  });

  test('finds several numbers under one name', () => {
    expect(
      read('const BOTH: Pair = { one: 2 ** 3, other: -1 };\nconst LIST: readonly number[] = [1, 2];'),
    ).toMatchObject([{ value: { one: 8, other: -1 } }, { value: [1, 2] }]);
  });

  test('takes its own constant before that of another file', () => {
    expect(read('export const A = 1;', 'const A = 2;\nconst B = A;').map(({ value }) => value)).toEqual([
      1, 2, 2,
    ]);
  });

  test('gives a constant no comment but its own', () => {
    expect(
      read('/** The first. */\nconst A = 1;\nconst B = 2;\n\n/** Nothing. */\n\nconst C = 3;').map(
        ({ doc }) => doc,
      ),
    ).toEqual(['The first.', '', '']);
  });

  test('puts another number in the place of a constant', () => {
    const text = 'const A: number = 2 ** 3;\nexport const AB = 3;\nconst b = A;';
    expect(withConstant(text, 'A', 0.5)).toBe('const A: number = 0.5;\nexport const AB = 3;\nconst b = A;');
    expect(withConstant(text, 'AB', -7)).toBe(
      'const A: number = 2 ** 3;\nexport const AB = -7;\nconst b = A;',
    );
  });

  test('says where a number can’t be told', () => {
    expect(() => read('const A: number = count();')).toThrow("0.ts: the value of A can't be told");
  });

  const numbersIn = (text: string): string[] => unnamedIn('0.ts', text).map(({ number }: Unnamed) => number);

  test.each([
    ['x + 3 * y4 - 0.5;', ['3', '0.5']],
    ['x < 1e-3 && 0x7f;', ['1e-3', '0x7f']],
    ['0 + 1 + 2;', []],
    ["'7' + `8 ${9}`; // 10", ['9']],
    ['/* 7\n 8 */ a[3];', ['3']],
    ['export const NAMED = 7;', []],
    ['  const inner = 7;', ['7']],
  ])('finds in %j the numbers %j', (text, expected) => {
    expect(numbersIn(text)).toEqual(expected);
  });
});
