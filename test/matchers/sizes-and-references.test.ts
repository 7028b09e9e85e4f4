/** The matchers of factories and of references: what passes and fails, under `.not` as well, and what is said and kept. */

import 'expect-gradients/vitest4';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { checkSizes, type BriefReport, formatReport, jsonOf } from 'expect-gradients';
import { toHaveCorrectGradients, toHaveGradientsOf } from 'expect-gradients/matchers';
import { afterAll, describe, expect, test } from 'vitest';
import type { MatcherResult } from '../../src/matchers/context.js';

const folder = mkdtempSync(join(tmpdir(), 'expect-gradients-sizes-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Sizes {
  readonly batch: number;
  readonly units: number;
}

/** J = Σ (i + 1) w²; what is claimed is off by a factor that depends on the sizes. */
const times = (factor: (sizes: Sizes) => number) => (sizes: Sizes) => {
  const w = Array.from({ length: sizes.units }, (_, i) => 0.5 + i / 4);
  return {
    parameters: { w },
    loss: (): number => w.reduce((sum, v, i) => sum + (i + 1) * v * v, 0),
    gradients: (): { w: number[] } => ({ w: w.map((v, i) => factor(sizes) * 2 * (i + 1) * v) }),
  };
};
const right = times(() => 1);
const wrong = times(({ batch }) => (batch === 1 ? 1 : batch));
const open = () => ({ parameters: { w: [1] }, loss: () => 1, gradients: () => ({ w: [0] }) });
const sizes = { batch: [1, 2, 4], units: [1, 2] };

/** The message with which an assertion fails, without colours; the test fails if the assertion doesn't. */
function messageOf(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return stripVTControlCharacters((error as Error).message);
  }
  throw new Error('the assertion passed');
}

describe('a factory', () => {
  test('passes when all its models are right, and under .not when one is wrong', () => {
    expect(right).toHaveCorrectGradients({ sizes });
    expect(wrong).not.toHaveCorrectGradients({ sizes });
  });

  test('fails when one is wrong: the sizes, the law, and the smallest one that failed in full', () => {
    expect(messageOf(() => expect(wrong).toHaveCorrectGradients({ sizes, tolerance: 1e-6 }))).toMatch(
      new RegExp(
        String.raw`^expect\(factory\)\.toHaveCorrectGradients\(\{ sizes: \{ batch: \[1, 2, 4\], units: \[1, 2\] \}, tolerance: 1e-6 \}\)

The gradients are wrong at 4 of 6 sizes: analytic / numeric is proportional to
batch at all 6 sizes\.

  batch  units  verdict  difference  cause
      1      1  correct  \S+
      1      2  correct  \S+
      2      1  wrong    3\.3e-1      scaled
      2      2  wrong    3\.3e-1      scaled
      4      1  wrong    6\.0e-1      scaled
      4      2  wrong    6\.0e-1      scaled

At batch = 2, units = 1:

The gradient is wrong: w\.

The tolerance is 1e-6\.

- numeric, from the loss   \+ analytic, from gradients\(\)

  w\[0\]  -  1\.0+  ± .*
        \+  2\.0+  difference 0\.333

(?:.*\n)*scaled
  The gradient of w is 2 times what it should be\.`,
      ),
    );
  });

  test('fails where a condition on the sizes says when it is wrong', () => {
    const uneven = times(({ batch, units }) => (batch === units ? 1 : 1 + batch + units));
    const message = messageOf(() => expect(uneven).toHaveCorrectGradients({ sizes }));
    expect(message.replaceAll(/\s+/g, ' ')).toContain(
      'The gradients are wrong at 4 of 6 sizes. They are wrong exactly where batch ≠ units.',
    );
  });

  test('fails under .not when all are right, and says so', () => {
    expect(messageOf(() => expect(right).not.toHaveCorrectGradients({ sizes }))).toMatch(
      /^expect\(factory\)\.not\.toHaveCorrectGradients\(.*\)\n\nExpected wrong gradients, but they are correct at all 6 sizes\.\n\n {2}batch {2}units {2}verdict(?:.*\n)+\nThe 6 checks took \d+ losses and \d+ calls of gradients\(\); the seed is 1\.$/,
    );
  });

  test('fails both ways when it can not be told, or there was no model', () => {
    const reason =
      "Inconclusive: the check can't tell whether the gradients are right at 6 of 6 sizes, so the test";
    expect(messageOf(() => expect(open).toHaveCorrectGradients({ sizes })).replaceAll(/\s+/g, ' ')).toContain(
      reason,
    );
    expect(
      messageOf(() => expect(open).not.toHaveCorrectGradients({ sizes })).replaceAll(/\s+/g, ' '),
    ).toContain(reason);
    for (const assertion of [
      () => expect(() => null).toHaveCorrectGradients({ sizes }),
      () => expect(() => null).not.toHaveCorrectGradients({ sizes }),
    ])
      expect(messageOf(assertion)).toContain('Inconclusive: the factory gave no model at any of the sizes');
  });

  test('carries the worst entries of the smallest that failed for the runner to diff', () => {
    expect(toHaveCorrectGradients.call(undefined, wrong, { sizes })).toMatchObject({
      pass: false,
      actual: { 'w[0]': 2 },
      expected: { 'w[0]': expect.closeTo(1, 6) },
    });
  });

  test('is awaited where its models return promises', async () => {
    const later = (own: Sizes) => {
      const model = wrong(own);
      return { ...model, gradients: () => Promise.resolve(model.gradients()) };
    };
    await expect(later).not.toHaveCorrectGradients({ sizes });
    await expect(async () => {
      await expect(later).toHaveCorrectGradients({ sizes });
    }).rejects.toThrow('wrong at 4 of 6 sizes');
  });

  test('works as an asymmetric matcher', () => {
    expect({ layer: right }).toEqual({ layer: expect.toHaveCorrectGradients({ sizes }) });
    expect({ layer: wrong }).not.toEqual({ layer: expect.toHaveCorrectGradients({ sizes }) });
  });

  test('leaves a picture of the smallest that failed, the report of all, and a brief one of it', () => {
    const meta: { gradients?: BriefReport[] } = {};
    const context = {
      currentTestName: 'sizes',
      task: { meta, context: { onTestFinished: () => undefined } },
    };
    const result = toHaveCorrectGradients.call(context, wrong, {
      sizes,
      artifacts: folder,
    }) as MatcherResult;
    const [json, svg] = readdirSync(folder).toSorted();
    expect(result.message()).toContain(`Picture: ${folder}/${svg}\nReport: ${folder}/${json}`);
    expect(readFileSync(join(folder, svg!), 'utf8')).toContain('The gradient is wrong: w.');
    const kept = JSON.parse(readFileSync(join(folder, json!), 'utf8')) as object;
    expect(kept).toEqual(JSON.parse(JSON.stringify(jsonOf(checkSizes(wrong, { sizes })))));
    expect(meta.gradients).toMatchObject([{ verdict: 'wrong', parameters: [{ name: 'w', shape: [1] }] }]);
  });

  test('is told of when it is misused', () => {
    // @ts-expect-error -- a factory needs sizes
    expect(() => expect(right).toHaveCorrectGradients()).toThrow('options.sizes is missing');
    // @ts-expect-error -- a factory needs sizes
    expect(() => expect(right).not.toHaveCorrectGradients({})).toThrow('options.sizes is missing');
    expect(() => expect(right({ batch: 1, units: 1 })).toHaveCorrectGradients({ sizes })).toThrow(
      'must be a factory, a function (sizes) => model, but it is an object',
    );
    expect(() => expect(right).not.toHaveCorrectGradients({ sizes: { batch: [] } })).toThrow(TypeError);
  });
});

test('a report over many sizes has a table with room for some, the wrong ones first, and stays plain', () => {
  const many = { batch: [1, 2, 3, 4, 5, 6, 7, 8], units: [1, 2, 3, 4] };
  const text = formatReport(
    checkSizes(
      times(({ batch }) => (batch > 6 ? 3 : 1)),
      { sizes: many },
    ),
  );
  expect(text).toContain('  … and 16 more sizes\n');
  expect(text.match(/^ +\d+ +\d+ +wrong/gm)).toHaveLength(8);
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    'The gradients are wrong at 8 of 32 sizes: analytic / numeric is one number at all 8 of these. They are wrong exactly where batch > 6.',
  );
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

describe('a reference', () => {
  const model = right({ batch: 1, units: 3 });
  const other = { gradients: ({ w }: { w: number[] }) => ({ w: w.map((v, i) => -2 * (i + 1) * v) }) };

  test('passes when the gradients are its own, and under .not when they are not', () => {
    expect(model).toHaveGradientsOf(model);
    expect(model).toHaveGradientsOf({ w: model.gradients().w });
    expect(model).not.toHaveGradientsOf(other);
  });

  test('fails when they are not, and says where and why', () => {
    expect(messageOf(() => expect(model).toHaveGradientsOf(other, { points: 3 }))).toMatch(
      /^expect\(model\)\.toHaveGradientsOf\(reference, \{ points: 3 \}\)\n\nThe gradients are wrong in 3 of 3 entries: w\.\n\n(?:.*\n)+- the reference {3}\+ analytic, from gradients\(\)\n(?:.*\n)+sign-flipped\n/,
    );
    expect(messageOf(() => expect(model).toHaveGradientsOf(other))).toMatch(
      /^expect\(model\)\.toHaveGradientsOf\(reference\)\n/,
    );
  });

  test('fails under .not when they are, and says so', () => {
    expect(messageOf(() => expect(model).not.toHaveGradientsOf(model))).toContain(
      'Expected a wrong gradient, but all 3 checked entries agree with the reference.',
    );
  });

  test('fails both ways when it can not be told', () => {
    const broken = { w: [1, 2, Number.NaN] };
    const first = { ...model, gradients: () => ({ w: [1, 2, 3] }) };
    for (const assertion of [
      () => expect(first).toHaveGradientsOf(broken),
      () => expect(first).not.toHaveGradientsOf(broken),
    ])
      expect(messageOf(assertion)).toContain('Inconclusive');
  });

  test('carries the worst entries for the runner to diff, and leaves a picture that speaks of it', () => {
    const context = { currentTestName: 'reference' };
    const result = toHaveGradientsOf.call(context, model, other, { artifacts: folder }) as MatcherResult;
    expect(result).toMatchObject({ pass: false, actual: { 'w[2]': 6 }, expected: { 'w[2]': -6 } });
    const svg = readdirSync(folder).find((file) => file.startsWith('reference') && file.endsWith('.svg'));
    const picture = readFileSync(join(folder, svg!), 'utf8');
    expect(picture).toContain('reference -6');
    expect(picture).toContain('analytic / reference');
    expect(picture.replaceAll(/<style>.*?<\/style>/g, '')).not.toContain('numeric');
  });

  test('is awaited where it returns promises', async () => {
    const later = { gradients: (p: { w: number[] }) => Promise.resolve(other.gradients(p)) };
    await expect(model).not.toHaveGradientsOf(later);
  });

  test('is told of when it is misused', () => {
    expect(() => expect(model).toHaveGradientsOf({ v: [1] })).toThrow('the gradient of w');
    expect(() => expect(model).not.toHaveGradientsOf({ w: [1] })).toThrow(TypeError);
    expect(() => expect(model).toHaveGradientsOf(other, { sizes } as object)).toThrow(
      'options.sizes needs a factory',
    );
  });
});
