import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Page } from './page.js';
import { messageIn, type Outcome, Workspace } from './workspace.js';

/** What the page about shards shows is run: its tests, and the commands of its workflows, for each job of the matrix. */

let page: Page;
let workspace: Workspace;

beforeAll(async () => {
  page = await Page.read('docs/shards.md');
  workspace = await Workspace.make('shards-');
  await workspace.write('network.test.ts', page.blocks('ts')[0]!);
  await workspace.write('square.test.ts', page.blocks('ts')[1]!);
});
afterAll(async () => workspace.remove());

/** The last command of each job, and the variable it is given, if any. */
const jobs = (workflow: string): { command: string; variable: string | undefined }[] =>
  [...workflow.matchAll(/- run: (?<command>npx .*)\n(?:\s+env:\n\s+(?<variable>.*)\n)?/g)].map(
    ({ groups }) => ({
      command: groups!['command']!,
      variable: groups!['variable'],
    }),
  );

/** The jobs of a matrix, by its parts. */
const partsIn = (workflow: string): string[] =>
  /part: \[(?<parts>.*)\]/.exec(workflow)!.groups!['parts']!.split(', ');

async function runJob(workflow: string, command: string, part: string, variable?: string): Promise<Outcome> {
  const filled = (text: string): string =>
    text
      .replaceAll('${{ matrix.part }}', part)
      .replaceAll('${{ strategy.job-total }}', String(partsIn(workflow).length));
  const [name, value] = filled(variable ?? 'UNUSED: ').split(': ') as [string, string];
  return workspace.run('sh', ['-c', filled(command)], { [name]: value });
}

test('the page has two tests, two workflows and two outputs', () => {
  expect(['ts', 'yaml', 'text'].map((language) => page.blocks(language).length)).toEqual([2, 2, 2]);
});

describe('the workflow of one check', () => {
  test('has a job that passes and one that fails with the message shown', async () => {
    const workflow = page.blocks('yaml')[0]!;
    const [{ command, variable }] = jobs(workflow) as [{ command: string; variable: string }];
    const outcomes: Outcome[] = [];
    for (const part of partsIn(workflow)) outcomes.push(await runJob(workflow, command, part, variable));
    expect(outcomes.map(({ code }) => code)).toEqual([0, 1]);
    const actual = messageIn(outcomes[1]!.output);
    expect(actual).toBe(await page.shown(0, actual));
  });

  test('checks the whole where the variable is not set', async () => {
    const { output, code } = await workspace.run('sh', ['-c', 'npx vitest run network']);
    expect(code).toBe(1);
    expect(messageIn(output)).toContain('The gradients are wrong in 4 of 16 entries: b.');
  });
});

describe('the workflow of many files', () => {
  test('leaves a report in each job, and merges them to what is shown', async () => {
    const workflow = page.blocks('yaml')[1]!;
    const [tests, report] = jobs(workflow);
    const codes: number[] = [];
    for (const part of partsIn(workflow)) codes.push((await runJob(workflow, tests!.command, part)).code);
    expect(codes.toSorted((a, b) => a - b)).toEqual([0, 1]);
    expect(await readdir(join(workspace.folder, '.vitest-reports'))).toHaveLength(2);
    const merged = await runJob(workflow, report!.command, '');
    expect(merged.code).toBe(1);
    expect(messageIn(merged.output)).toContain('The gradients are wrong in 4 of 16 entries: b.');
    const counts = merged.output.match(/^ *(?:Test Files|Tests) .*\n/gm)!.join('');
    expect(counts).toBe(await page.shown(1, counts));
  });
});
