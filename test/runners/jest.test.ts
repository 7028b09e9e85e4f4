/** Jest 29 and 30 for real, as CommonJS and as ESM, with the global `expect` and with that of `@jest/globals`. */

import { expect, test } from 'vitest';
import { RUNNERS } from './runners.js';
import { describeRunner } from './suite.js';

for (const runner of RUNNERS.jest) {
  const project = await describeRunner(runner);

  test(`${runner.name} is told where the door for the global \`expect\` belongs`, async () => {
    const ended = await project.run(['jest', '--config=misplaced.config.json']);
    const advice = expect.stringContaining('List it in `setupFilesAfterEnv`, not in `setupFiles`');
    expect(ended).toStrictEqual({ code: 1, output: advice });
  });
}
