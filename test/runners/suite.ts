/** What is asked of every runner: that it runs the shared cases as their titles say, the README's first test, and its types. */

import { describe, expect, inject, test } from 'vitest';
import { Page } from '../pages/page.js';
import { expectCases, KEPT } from './cases.js';
import { commandOf, ownErrors, Project } from './project.js';
import { edited, type Runner } from './runners.js';
import { errorsOf } from './types.js';

/** The folder of the README's first test, by itself beside the cases, and that of its project in TypeScript. */
const FIRST = 'first';
const TYPED = 'typed';
const readme = await Page.read('README.md');

export async function describeRunner(runner: Runner): Promise<Project> {
  const { name, packages, fixtures, newerNode = false, runs, first, types, typescript } = runner;
  const project = await Project.create(inject('tarball'), packages, newerNode ? inject('tools') : undefined);
  project.addFixtures(fixtures);
  const snippets = readme.filesIn(first.section);
  const [config] = Object.keys(snippets);
  for (const [path, text] of Object.entries(snippets))
    project.write(`${FIRST}/${path}`, edited(text, path === config ? first.edits : []));
  project.write(`${FIRST}/package.json`, '{ "private": true }');

  describe(`under ${name}`, () => {
    test.each(runs)('runs the cases $title', async ({ command, env, report, files, differs }) => {
      const ended = await project.run(command, { env });
      expect(ended).toStrictEqual({ code: 1, output: expect.stringContaining('W1[0, 1]') });
      const outcomes = project.outcomes(report);
      expect(outcomes).toHaveLength(files);
      for (const cases of outcomes) expectCases(cases, differs);
      const kept = outcomes.flat().flatMap(({ message }) => KEPT.exec(message)?.[1] ?? []);
      expect(new Set(kept).size).toBe(differs?.noFiles === true ? 0 : files);
      for (const path of kept) {
        expect(project.read(`${path}.svg`)).toMatch(/^<svg .*<\/svg>\n$/s);
        expect(JSON.parse(project.read(`${path}.json`))).toMatchObject({ verdict: 'wrong' });
      }
    });

    test("runs the README's first test", async () => {
      const passed = await project.run(first.command, { folder: FIRST });
      expect(passed).toStrictEqual({ code: 0, output: expect.stringMatching(/1 pass|pass 1|1 passed/) });
    });

    test("fails the README's first test when its gradient is wrong", async () => {
      const [path, text] = Object.entries(snippets).at(-1)!;
      project.write(`${FIRST}/${path}`, edited(text, [['[2 * x]', '[-2 * x]']]));
      const failed = await project.run(first.command, { folder: FIRST });
      expect(failed).toStrictEqual({ code: 1, output: expect.stringContaining('has the wrong sign') });
    });

    test.runIf(typescript !== undefined)(
      "compiles the README's project in TypeScript strictly, and runs it without a warning",
      async () => {
        const { sections, command, compiler, edits, others = [] } = typescript!;
        const put = (path: string, text: string): void => {
          const own = edits?.filter(([from]) => text.includes(String(from)));
          project.write(`${TYPED}/${path}`, edited(text, own));
        };
        for (const [path, text] of sections.flatMap((section) => Object.entries(readme.filesIn(section))))
          if (!path.endsWith('.js')) put(path, text);
        // They compile, too; what becomes of them as they run is for test/pages to say.
        for (const text of readme.blocks('ts').filter((block) => others.some((part) => block.includes(part))))
          put(`${/\w+/.exec(text)![0]}.ts`, text);
        project.write(`${TYPED}/package.json`, '{ "private": true }');
        const tsc = compiler === undefined ? commandOf('typescript') : commandOf(compiler, project.folder);
        const strictly = ['--noUncheckedIndexedAccess', '--skipLibCheck', 'false', '--pretty', 'false'];
        const compiled = await project.run(['node', tsc, '-p', TYPED, ...strictly]);
        expect(ownErrors(compiled.output)).toStrictEqual([]);
        const passed = await project.run([...command, 'square'], { folder: TYPED });
        expect(passed).toStrictEqual({ code: 0, output: expect.stringMatching(/1 pass|1 passed/) });
        expect(passed.output).not.toMatch(/warn/i);
      },
    );

    test.each(types)('has its types behind expect-gradients/$door', async (program) => {
      expect(await errorsOf(project, program)).toStrictEqual([]);
    });
  });

  return project;
}
