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
import { assertRight, assertWrong, show } from './show.js';

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
  test('prints every example and exits with 0', async () => {
    const root = fileURLToPath(new URL('..', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'examples/demo.ts'], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    const lines = stdout.replaceAll(/ +\d+\.\d ms/g, ' TIME').split('\n');
    for (const { title } of examples) expect(lines).toContain(title);
    for (const { name, label } of everyCase)
      expect(
        lines.filter((line) => line.startsWith(`  ${name} `) && line.includes(` ${label} `)),
      ).toHaveLength(1);
    expect(stdout).toContain('Every example behaves as labelled.');
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
    const printed: string[] = [];
    const surprises = await show([{ title, cases }], (text) => printed.push(text));
    expect(surprises).toStrictEqual([
      'T: “A” should be wrong, but is correct.',
      'T: “B” should be correct, but is wrong.',
      'T: “C” should be correct, but is an error.',
    ]);
    expect(printed.join('\n')).toContain('out of range');
  });
});
