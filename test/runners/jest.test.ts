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

  test.each(['vitest', 'vitest4'])(`${runner.name} is told the right door in place of %s`, async (door) => {
    const config = { testMatch: ['**/global.test.cjs'], setupFilesAfterEnv: [`expect-gradients/${door}`] };
    project.write('wrong.config.json', JSON.stringify(config));
    const ended = await project.run(['jest', '--config=wrong.config.json']);
    const advice = expect.stringContaining(
      "In Jest it is 'expect-gradients/jest', listed in setupFilesAfterEnv",
    );
    expect(ended).toStrictEqual({ code: 1, output: advice });
  });
}
