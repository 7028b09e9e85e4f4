import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkGradients } from 'expect-gradients';
import { levenbergMarquardt } from 'ml-levenberg-marquardt';
import { describe, expect, test } from 'vitest';
import { broken, right } from './02-three-layer-network.js';
import { brokenDerivatives, curve, derivatives, initialValues, times } from './06-levenberg-marquardt.js';
import { check } from './example.js';
import { examples } from './index.js';
import { assertRight, assertWrong, messagesOf, printTable, run, surprisesIn } from './show.js';

const everyCase = examples.flatMap((example) =>
  example.cases.map((one) => ({ ...one, title: `${example.title.slice(0, 2)} ${one.name}` })),
);
const correctCases = everyCase.filter(({ label }) => label === 'correct');
const wrongCases = everyCase.filter(({ label }) => label === 'wrong');

/** Every number below a node but the gradients that a library keeps beside its values. */
const valuesIn = (node: unknown): number[] =>
  typeof node === 'number'
    ? [node]
    : Object.entries(node ?? {}).flatMap(([key, child]) => (key === 'grads' ? [] : valuesIn(child)));

const bytesOf = (parameters: unknown): string =>
  Buffer.from(Float64Array.from(valuesIn(parameters)).buffer).toString('hex');

describe.each(correctCases)('$title', ({ model, options }) => {
  test('passes', async () => {
    await expect(assertRight({ model, options })).resolves.toBeUndefined();
  });

  test('fails under .not', async () => {
    await expect(assertWrong({ model, options })).rejects.toThrow('Expected a wrong');
  });

  test('has the verdict correct, and no parameter is wrong', async () => {
    const report = await check({ model, options });
    expect(report.verdict).toBe('correct');
    expect(report.parameters.map(({ verdict }) => verdict)).not.toContain('wrong');
  });
});

describe.each(wrongCases)('$title', ({ model, options, wrong, cause }) => {
  test('fails', async () => {
    await expect(assertRight({ model, options })).rejects.toThrow(/ (?:is|are) wrong/);
  });

  test('passes under .not', async () => {
    await expect(assertWrong({ model, options })).resolves.toBeUndefined();
  });

  test('has the planted parameters wrong and no others', async () => {
    const report = await check({ model, options });
    const found = report.parameters.filter(({ verdict }) => verdict === 'wrong').map(({ name }) => name);
    expect(report.verdict).toBe('wrong');
    expect([...new Set(found)]).toStrictEqual(wrong);
    expect([report.findings[0]?.title, undefined]).toContain(cause);
    expect(new Set(wrong)).toContain(report.offenders[0]?.parameter);
  });
});

test.each(everyCase)('$title: leaves the parameters bit for bit as they were', async ({ model, options }) => {
  const before = bytesOf(model.parameters);
  await check({ model, options });
  expect(bytesOf(model.parameters)).toBe(before);
});

describe('the figures that the course publishes', () => {
  test('0.285093156776 for the broken network', async () => {
    const { difference } = await checkGradients(broken, { epsilon: 1e-7, tolerance: 1e-7 });
    expect(difference).toBeCloseTo(0.285093156776, 9);
  });

  test('about 1.189e-7 for the right one, which is rounding and so inconclusive at 1e-7', async () => {
    const { verdict, difference } = await checkGradients(right, { epsilon: 1e-7, tolerance: 1e-7 });
    expect(verdict).toBe('inconclusive');
    // The digits are noise: they depend on the order of the sums and on the machine's exp and log.
    expect(difference).toBeGreaterThan(1e-7);
    expect(difference).toBeLessThan(1.4e-7);
  });

  test('the noise is gone with a step a hundred times larger', async () => {
    const { verdict, difference } = await checkGradients(right, { epsilon: 1e-5, tolerance: 1e-7 });
    expect(verdict).toBe('correct');
    expect(difference).toBeLessThan(1e-8);
  });
});

describe('the published solver', () => {
  const truth = [1.6, 0.4, 2.3, 0.2];
  const data = { x: times, y: times.map(curve(truth)) };
  const fit = (jacobianFunction: typeof derivatives): { far: number; iterations: number } => {
    const { parameterValues, iterations } = levenbergMarquardt(data, curve, {
      initialValues,
      jacobianFunction,
      errorTolerance: 1e-12,
    });
    return { far: Math.max(...parameterValues.map((value, i) => Math.abs(value - truth[i]!))), iterations };
  };

  test('finds the curve with the right Jacobian', () => {
    const { far, iterations } = fit(derivatives);
    expect(far).toBeLessThan(1e-8);
    expect(iterations).toBeLessThan(10);
  });

  test('stops beside it with the broken one, and says nothing', () => {
    const { far, iterations } = fit(brokenDerivatives);
    expect(far).toBeGreaterThan(0.1);
    expect(iterations).toBe(100);
  });
});

describe('the demo', () => {
  const demo = async (...args: string[]): Promise<readonly string[]> => {
    const root = fileURLToPath(new URL('..', import.meta.url));
    const command = ['--import', 'tsx', 'examples/demo.ts', ...args];
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, env });
    return stdout.split('\n');
  };
  const isMessage = (line: string): boolean => line.startsWith('expect(model).');

  test('prints a table of every example, then one message, and exits with 0', async () => {
    const lines = await demo();
    const first = lines.findIndex(isMessage);
    const table = lines.slice(0, first);
    for (const { title } of examples) expect(table).toContain(title);
    for (const { name, label } of everyCase)
      expect(
        table.filter((line) => line.startsWith(`  ${name} `) && line.includes(`  ${label} `)),
      ).toHaveLength(1);
    const rows = table.filter((line) => line.endsWith(' ms'));
    expect(rows).toHaveLength(everyCase.length);
    // Columns end in the same places, and fit a terminal.
    expect(new Set([table[0]!, ...rows].map(({ length }) => length)).size).toBe(1);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(lines.filter(isMessage)).toHaveLength(1);
    expect(lines).toContain('Every example behaves as labelled.');
  });

  test('prints one example with all of its messages where it is asked for', async () => {
    const lines = await demo('5');
    const { title, cases } = examples[4]!;
    expect(lines).toContain(title);
    expect(lines).not.toContain(examples[0]!.title);
    expect(lines.filter(isMessage)).toHaveLength(cases.filter(({ label }) => label === 'wrong').length);
    expect(lines).toContain('It behaves as labelled.');
  });

  test('says which examples there are where one is asked for that there isn’t', async () => {
    await expect(demo('9')).rejects.toMatchObject({
      code: 2,
      stdout: 'There is no example 9; they are numbered from 1 to 8.\n',
    });
  });

  test('names an example that isn’t what its label says', async () => {
    const throwing = {
      ...right,
      loss: () => {
        throw new Error('out of range');
      },
    };
    const title = 'T';
    const cases = [
      { ...correctCases[0]!, name: 'A', label: 'wrong' as const },
      { ...wrongCases[0]!, name: 'B', label: 'correct' as const },
      { ...correctCases[0]!, name: 'C', model: throwing },
    ];
    const tables = await run([{ title, cases }]);
    expect(surprisesIn(tables)).toStrictEqual([
      'T: “A” should be wrong, but is correct.',
      'T: “B” should be correct, but is wrong.',
      'T: “C” should be correct, but is an error.',
    ]);
    expect(messagesOf(tables)).toEqual([expect.stringContaining('The gradient is wrong'), 'out of range']);
    const printed: string[] = [];
    printTable(tables, (text) => printed.push(text));
    expect(printed.map((line) => line.trimEnd().split(/ {2,}/)[2])).toEqual([
      'difference',
      undefined,
      'correct',
      'wrong',
      'an error',
    ]);
  });
});
