/** Every other runner for real: node:test with the `expect` package, Playwright's, Bun's and Deno's. */

import { expect, test } from 'vitest';
import { RUNNERS } from './runners.js';
import { describeRunner } from './suite.js';

interface Attachment {
  readonly name: string;
  readonly contentType: string;
  readonly body: string;
}

interface PlaywrightReport {
  readonly suites: readonly {
    readonly specs: readonly {
      readonly title: string;
      readonly tests: readonly {
        readonly results: readonly { readonly attachments: readonly Attachment[] }[];
      }[];
    }[];
  }[];
}

for (const runner of RUNNERS.others) {
  const project = await describeRunner(runner);
  if (runner.fixtures !== 'playwright') continue;

  test('Playwright attaches the picture and the report of a failed check', async () => {
    const env = { CASES: 'import.spec.mjs', PLAYWRIGHT_JSON_OUTPUT_NAME: 'attached.json' };
    await project.run(['playwright', 'test', '--config=cases.config.mjs', '--reporter=json'], { env });
    const { suites } = JSON.parse(project.read('attached.json')) as PlaywrightReport;
    const attached = new Map(
      suites[0]!.specs.map(({ title, tests }): [string, readonly Attachment[]] => [
        title,
        // Playwright adds files of its own.
        tests[0]!.results[0]!.attachments.filter(({ name }) => name.startsWith('gradients')),
      ]),
    );
    const bodies = (title: string): string[] =>
      attached.get(title)!.map(({ body }) => Buffer.from(body, 'base64').toString());
    for (const title of ['fails: wrong', 'fails: wrong, asynchronous', 'fails: wrong, kept in a folder']) {
      expect(attached.get(title)!.map(({ name, contentType }) => `${name} ${contentType}`)).toStrictEqual([
        'gradients.svg image/svg+xml',
        'gradients.json application/json',
      ]);
      expect(bodies(title)[0]).toMatch(/^<svg .*<\/svg>$/s);
      expect(JSON.parse(bodies(title)[1]!)).toMatchObject({ verdict: 'wrong' });
    }
    for (const title of ['passes: right', 'passes: wrong under .not', 'fails: right under .not'])
      expect(attached.get(title)).toStrictEqual([]);
  });
}
