import { expect, test } from 'vitest';
import { demandJest, demandVitest, requiredDoor, type Runtime } from '../../src/matchers/demand-runner.js';

/** Where a door is loaded: as this process has it, or with globals of another runner and another Vitest beside the door. */

const builtin = (name: string): unknown => process.getBuiltinModule(name);

/** A runtime in which a file of the package finds this version of Vitest. */
function withVitest(version: string, more: Runtime = {}): Runtime {
  const modules = { createRequire: () => ({ resolve: (name: string) => name }) };
  const files = { readFileSync: () => JSON.stringify({ version }) };
  const getBuiltinModule = (name: string): unknown => (name === 'node:fs' ? files : modules);
  return { ...more, process: { env: {}, ...more.process, getBuiltinModule } };
}

const vitest: Runtime = { __vitest_worker__: {} };
const jest: Runtime = { process: { env: { JEST_WORKER_ID: '1' } } };

test.each([
  [
    'vitest',
    '4.1.12',
    "vitest is the door for Vitest 5. This is Vitest 4.1.12: here it is 'expect-gradients/vitest4'.",
  ],
  [
    'vitest',
    '3.2.0',
    "vitest is the door for Vitest 5. This is Vitest 3.2.0: here it is 'expect-gradients/vitest4'.",
  ],
  [
    'vitest4',
    '5.0.0-beta.1',
    "vitest4 is the door for Vitest 3.2 and 4. This is Vitest 5.0.0-beta.1: here it is 'expect-gradients/vitest'.",
  ],
  [
    'vitest4',
    '12.0.0',
    "vitest4 is the door for Vitest 3.2 and 4. This is Vitest 12.0.0: here it is 'expect-gradients/vitest'.",
  ],
] as const)('the door %s refuses Vitest %s', (door, version, text) => {
  expect(() => demandVitest(door, 'file:///door.js', withVitest(version, vitest))).toThrow(
    new Error(`expect-gradients/${text}`),
  );
});

test.each([
  ['vitest', '5.1.2'],
  ['vitest', '6.0.0'],
  ['vitest4', '3.2.4'],
  ['vitest4', '4.1.12'],
] as const)('the door %s takes Vitest %s', (door, version) => {
  expect(demandVitest(door, 'file:///door.js', withVitest(version, vitest))).toBeUndefined();
});

test('the Vitest that is looked for is that of the door', () => {
  const runtime = { ...vitest, process: { env: {}, getBuiltinModule: builtin } };
  expect(() => demandVitest('vitest', import.meta.url, runtime)).toThrow(/This is Vitest 4\./);
  expect(demandVitest('vitest4', import.meta.url, runtime)).toBeUndefined();
});

test.each([
  ['a browser', vitest],
  ['a file that finds no Vitest', { ...vitest, process: { getBuiltinModule: builtin } }],
])('nothing is demanded in %s', (_, runtime) => {
  expect(demandVitest('vitest', 'file:///door.js', runtime)).toBeUndefined();
});

test('the doors for Vitest name those for Jest, and the reverse', () => {
  const forJest =
    "In Jest it is 'expect-gradients/jest', listed in setupFilesAfterEnv, or 'expect-gradients/jest-globals' where tests import from @jest/globals.";
  expect(() => demandVitest('vitest', 'file:///door.js', jest)).toThrow(
    new Error(`expect-gradients/vitest is the door for Vitest 5. ${forJest}`),
  );
  expect(requiredDoor().message).toBe(
    `expect-gradients/vitest is the door for Vitest, which can only be imported. ${forJest}`,
  );
  expect(() => demandJest('jest', vitest)).toThrow(
    new Error(
      "expect-gradients/jest is the door for Jest. In Vitest it is 'expect-gradients/vitest' (Vitest 5) or " +
        "'expect-gradients/vitest4' (Vitest 3.2 and 4), listed in setupFiles.",
    ),
  );
  expect(demandJest('jest', jest)).toBeUndefined();
});

test('a Vitest that a Jest worker starts is Vitest', () => {
  expect(
    demandVitest('vitest', 'file:///door.js', withVitest('5.0.0', { ...vitest, ...jest })),
  ).toBeUndefined();
});
