/** Vitest 3.2, 4 and 5 for real, and 5 in a browser; and what its reporters find of checks. */

import { expect, test } from 'vitest';
import type { Project } from './project.js';
import { RUNNERS } from './runners.js';
import { describeRunner } from './suite.js';

const WRONG =
  /^The gradients are wrong in 1 of 2 entries: W\. The worst entry is W\[0, 1\]: numeric 12\.\d+, analytic /;
const INCONCLUSIVE = /^Inconclusive: /;
const PICTURE = expect.stringMatching(/^<svg .*<\/svg>$/s);

/** What `fixtures/vitest/kept/reporter.mjs` writes of a test. */
interface Kept {
  readonly name: string;
  readonly state: string;
  readonly errors: number;
  readonly gradients: readonly { readonly verdict: string }[];
  readonly annotations: readonly unknown[];
}

/** A test that failed with some errors, and was annotated once. */
const annotated = (verdicts: string, errors: number, place: string | undefined, message = WRONG): object => ({
  state: 'failed',
  errors,
  verdicts,
  annotations: [
    {
      type: 'warning',
      message: expect.stringMatching(message),
      ...(place !== undefined && { place }),
      contentType: 'image/svg+xml',
      picture: PICTURE,
    },
  ],
});
const bare = (state: string, verdicts: string): object => ({
  state,
  errors: state === 'failed' ? 1 : 0,
  verdicts,
  annotations: [],
});

async function keptBy(
  project: Project,
  door: string,
): Promise<{ readonly output: string; readonly kept: Map<string, object> }> {
  const reporters = ['--reporter=./reporter.mjs', '--reporter=github-actions'];
  const run = ['vitest', 'run', '--root=.', ...reporters];
  const { output } = await project.run(run, { folder: 'kept', env: { DOOR: door } });
  const found = JSON.parse(project.read('kept/kept.json')) as Kept[];
  const kept = new Map(
    found.map(({ name, gradients, ...rest }): [string, object] => [
      name,
      { ...rest, verdicts: gradients.map(({ verdict }) => verdict).join(' ') },
    ]),
  );
  return { output, kept };
}

for (const runner of RUNNERS.vitest) {
  const project = await describeRunner(runner);
  if (runner.fixtures !== 'vitest') continue;
  const right = runner.runs[0]!.env!['DOOR']!;
  const wrong = { 'expect-gradients/vitest': 'expect-gradients/vitest4' }[right] ?? 'expect-gradients/vitest';

  test.each([
    [
      wrong,
      new RegExp(
        `${wrong} is the door for .* This is Vitest ${runner.name.slice(7)}.*: here it is '${right}'`,
      ),
    ],
    [
      'expect-gradients/jest',
      /expect-gradients\/jest is the door for Jest\. In Vitest it is 'expect-gradients\/vitest'/,
    ],
  ])(`${runner.name} is told which door is right, in place of %s`, async (door, advice) => {
    const run = ['vitest', 'run', '--config=vitest.config.mjs', '--project=setup'];
    const ended = await project.run(run, { env: { DOOR: door } });
    expect(ended).toStrictEqual({ code: 1, output: expect.stringMatching(advice) });
  });

  test(`${runner.name} has the reports, and the pictures at the lines of the assertions`, async () => {
    const { output, kept } = await keptBy(project, right);
    const lines = project.read('kept/kept.test.mjs').split('\n');
    const here = lines.flatMap((line, k) => (line.includes('// here') ? [`kept.test.mjs:${k + 1}`] : []));
    const [failing, later, odd, soft, helper, inconclusive, beside] = here;
    // Before 4.1 Vitest tells no matcher which of several tests it runs in.
    const isOld = runner.name.endsWith('3.2');
    expect(Object.fromEntries(kept)).toStrictEqual({
      'right, twice': bare('passed', 'correct correct'),
      'wrong under .not': bare('passed', 'wrong'),
      'right under .not': bare('failed', 'correct'),
      wrong: annotated('wrong', 1, failing),
      'wrong, asynchronous': annotated('wrong', 1, later),
      'not a number': annotated('wrong', 1, odd),
      'wrong, softly': annotated('wrong wrong', 2, soft),
      'wrong in a helper': annotated('wrong', 1, helper),
      'wrong by .resolves': annotated('wrong', 1, undefined),
      inconclusive: annotated('inconclusive', 1, inconclusive, INCONCLUSIVE),
      'beside others > right': bare('passed', isOld ? '' : 'correct'),
      'beside others > wrong': isOld ? bare('failed', '') : annotated('wrong', 1, beside),
    });
    const warned = output
      .match(/^::warning file=.*?,line=\d+/gm)
      ?.map((text) => text.replace(/.*\/(.*),line=/, '$1:'));
    expect(warned).toStrictEqual(isOld ? here.slice(0, -1) : here);
    expect(output).not.toMatch(/unhandled/i);
  });
}
