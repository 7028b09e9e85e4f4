/** The whole message of a report. */

import { formatReport, type GradientReport } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { offender, parameter, report } from './reports.js';

const lines = (text: string): string[] => text.split('\n');

test('a correct report', () => {
  expect(formatReport(report())).toMatchInlineSnapshot(`
    "The gradients are correct: all 6 checked entries agree with the loss.

    The tolerance is 1e-7.

      parameter  shape  difference  uncertain by  verdict
      W1         2 × 3  1.3e-10     3.0e-10       correct

    Central differences were taken entry by entry with steps from 1.0e-6 to 2.0e-6.
    It took 12,345 losses and 2 calls of gradients(); the seed is 1."
  `);
});

test('a correct report under .not', () => {
  expect(lines(formatReport(report(), { negated: true }))[0]).toBe(
    'Expected a wrong gradient, but all 6 checked entries agree with the loss.',
  );
});

test('wrong entries, from 1e-300 to 1e300, with the digits that the difference needs', () => {
  const text = formatReport(
    report({
      verdict: 'wrong',
      difference: 0.5,
      parameters: [parameter('W1', { verdict: 'wrong', wrong: 5, difference: 0.5 }), parameter('b')],
      offenders: [
        offender('W1', [0, 1]),
        offender('W1', [1, 2], { analytic: 1.00001, numeric: 1, difference: 5e-6, uncertainty: 1e-11 }),
        offender('W1', [0, 2], { analytic: -2e-300, numeric: 1e-300, difference: 1, uncertainty: 1e-310 }),
        offender('W1', [0, 0], { analytic: 2e300, numeric: -1e9, difference: 1, uncertainty: 1e-5 }),
        offender('W1', [1, 0], { analytic: 0, numeric: 12345.678, difference: 1 }),
        offender('W1', [1, 1], { analytic: Number.NaN, numeric: 1, difference: Number.NaN }),
      ],
    }),
  );
  expect(text).toMatchInlineSnapshot(`
    "The gradients are wrong in 5 of 12 entries: W1.

    The difference is 5.0e-1, uncertain by 3.0e-10; the tolerance is 1e-7.

    - numeric, from the loss   + analytic, from gradients()

      W1[0, 1]  -  1.000000000e+0         ± 1e-9
                +  2.000000000e+0         difference 3.3e-1
      W1[1, 2]  -  1.00000000000e+0       ± 1e-11
                +  1.00001000000e+0       difference 5.0e-6
      W1[0, 2]  -  1.0000000000e-300      ± 1e-310
                + -2.0000000000e-300      difference 1.0e+0
      W1[0, 0]  - -1.00000000000000e+9    ± 1e-5
                +  2.00000000000000e+300  difference 1.0e+0
      W1[1, 0]  -  1.2345678000000e+4     ± 1e-9
                +  0                      difference 1.0e+0
      W1[1, 1]  -  1.000000000e+0         ± 1e-9
                +  NaN

      parameter  shape  difference  uncertain by  verdict
      W1         2 × 3  5.0e-1      3.0e-10       wrong, 5 of 6
      b          2 × 3  1.3e-10     3.0e-10       correct

    To check only W1 again, pass { only: ['W1'], seed: 1 }.

    Central differences were taken entry by entry with steps from 1.0e-6 to 2.0e-6.
    It took 12,345 losses and 2 calls of gradients()."
  `);
});

test('entries that could not be measured', () => {
  const text = formatReport(
    report({
      verdict: 'inconclusive',
      parameters: [parameter('W1', { verdict: 'inconclusive', checked: 5 })],
      offenders: [
        offender('W1', [0, 1], {
          numeric: Number.NaN,
          uncertainty: Number.NaN,
          difference: Number.NaN,
          verdict: 'inconclusive',
        }),
      ],
      findings: [
        {
          code: 'non-finite-loss',
          parameter: 'W1',
          evidence: { entries: 1 },
          title: 'A title.',
          advice: `An advice ${'that is long '.repeat(10)}and wraps.`,
        },
      ],
    }),
  );
  expect(text).toMatchInlineSnapshot(`
    "Inconclusive: the check can't tell whether the gradients are right, so the test
    fails, with or without .not.

    The tolerance is 1e-7.

    - numeric, from the loss   + analytic, from gradients()

      W1[0, 1]  -  could not be measured
                +  2.00000

      parameter  shape  difference  uncertain by  verdict
      W1         2 × 3  1.3e-10     3.0e-10       1 not compared

    non-finite-loss
      A title.
      An advice that is long that is long that is long that is long that is long
      that is long that is long that is long that is long that is long and wraps.
      See node_modules/expect-gradients/docs/diagnoses/non-finite-loss.md

    Central differences were taken entry by entry with steps from 1.0e-6 to 2.0e-6.
    It took 12,345 losses and 2 calls of gradients(); the seed is 1."
  `);
});

describe('many parameters', () => {
  const many = Array.from({ length: 200 }, (_, i) =>
    parameter(`layers[${i}].W`, i % 50 === 7 ? { verdict: 'wrong', wrong: 1, difference: 0.1 } : {}),
  );

  test('the wrong ones are shown, in the order of the model, and the others counted', () => {
    const text = formatReport(
      report({ verdict: 'wrong', parameters: many, offenders: [offender('layers[7].W', [0, 1])] }),
    );
    expect(text).toMatchInlineSnapshot(`
      "The gradients are wrong in 4 of 1,200 entries: layers[7].W, layers[57].W,
      layers[107].W and layers[157].W. Counted from the output layers[157].W is the
      first that is wrong: the 42 after it are right.

      The difference is 1.3e-10, uncertain by 3.0e-10; the tolerance is 1e-7.

      - numeric, from the loss   + analytic, from gradients()

        layers[7].W[0, 1]  -  1.000000000  ± 0.000000001
                           +  2.000000000  difference 0.333

        parameter      shape  difference  uncertain by  verdict
        layers[0].W    2 × 3  1.3e-10     3.0e-10       correct
        layers[1].W    2 × 3  1.3e-10     3.0e-10       correct
        layers[2].W    2 × 3  1.3e-10     3.0e-10       correct
        layers[3].W    2 × 3  1.3e-10     3.0e-10       correct
        layers[4].W    2 × 3  1.3e-10     3.0e-10       correct
        layers[5].W    2 × 3  1.3e-10     3.0e-10       correct
        layers[6].W    2 × 3  1.3e-10     3.0e-10       correct
        layers[7].W    2 × 3  1.0e-1      3.0e-10       wrong, 1 of 6
        layers[8].W    2 × 3  1.3e-10     3.0e-10       correct
        layers[57].W   2 × 3  1.0e-1      3.0e-10       wrong, 1 of 6
        layers[107].W  2 × 3  1.0e-1      3.0e-10       wrong, 1 of 6
        layers[157].W  2 × 3  1.0e-1      3.0e-10       wrong, 1 of 6
        … and 188 more parameters, all correct

      To check only layers[7].W, layers[57].W, layers[107].W and layers[157].W again,
      pass { only: ['layers[7].W', 'layers[57].W', 'layers[107].W', 'layers[157].W'],
      seed: 1 }.

      Central differences were taken entry by entry with steps from 1.0e-6 to 2.0e-6.
      It took 12,345 losses and 2 calls of gradients()."
    `);
    expect(lines(text).length).toBeLessThanOrEqual(40);
  });

  test('more wrong ones than lines are counted too', () => {
    const text = formatReport(
      report({
        verdict: 'wrong',
        parameters: many.map((one) => ({ ...one, verdict: 'wrong', wrong: 6 })),
        offenders: [offender('layers[7].W', [0, 1])],
      }),
    );
    expect(text).toContain('… and 188 more parameters, all wrong');
  });
});

test('long names get lines of their own, and nothing else gets wider', () => {
  const name = 'encoder.blocks[11].attention.projection.weight_ih_l0_reverse';
  const text = formatReport(
    report({
      verdict: 'wrong',
      parameters: [parameter(name, { verdict: 'wrong', wrong: 1 }), parameter('b')],
      offenders: [offender(name, [0, 1]), offender('b', [1])],
    }),
  );
  expect(text).toMatchInlineSnapshot(`
    "The gradients are wrong in 1 of 12 entries:
    encoder.blocks[11].attention.projection.weight_ih_l0_reverse.

    The difference is 1.3e-10, uncertain by 3.0e-10; the tolerance is 1e-7.

    - numeric, from the loss   + analytic, from gradients()

      encoder.blocks[11].attention.projection.weight_ih_l0_reverse[0, 1]
            -  1.000000000  ± 0.000000001
            +  2.000000000  difference 0.333
      b[1]  -  1.000000000  ± 0.000000001
            +  2.000000000  difference 0.333

      parameter  shape  difference  uncertain by  verdict
      encoder.blocks[11].attention.projection.weight_ih_l0_reverse
                 2 × 3  1.3e-10     3.0e-10       wrong, 1 of 6
      b          2 × 3  1.3e-10     3.0e-10       correct

    To check only encoder.blocks[11].attention.projection.weight_ih_l0_reverse
    again, pass
    { only: ['encoder.blocks[11].attention.projection.weight_ih_l0_reverse'],
    seed: 1 }.

    Central differences were taken entry by entry with steps from 1.0e-6 to 2.0e-6.
    It took 12,345 losses and 2 calls of gradients()."
  `);
  for (const line of lines(text)) expect(line.length).toBeLessThanOrEqual(80);
});

test('a palette is given each piece by its tone, and nothing else changes', () => {
  const wrong = report({
    verdict: 'wrong',
    parameters: [parameter('W1', { verdict: 'wrong', wrong: 1 })],
    offenders: [offender('W1', [0, 1])],
  });
  const mark = (sign: string) => (text: string) => `${sign}${text}${sign}`;
  const painted = formatReport(wrong, {
    palette: { expected: mark('«'), received: mark('»'), dim: mark('·'), bold: mark('!') },
  });
  expect(painted).toContain('«-  1.000000000«');
  expect(painted).toContain('»+  2.000000000»');
  expect(painted.replaceAll(/[«»·!]/g, '')).toBe(formatReport(wrong));
});

describe('a report of a part', () => {
  const part: Partial<GradientReport> = {
    shard: '3/8',
    parameters: [parameter('W1', { due: 2, checked: 2 }), parameter('b', { shape: [3], count: 3 })],
  };

  test('that is correct', () => {
    expect(formatReport(report(part))).toMatchInlineSnapshot(`
      "The gradients of part 3/8 are correct: all 8 checked entries agree with the
      loss.

      The difference is 1.3e-10, uncertain by 3.0e-10; the tolerance is 1e-7.

        parameter  shape         difference  uncertain by  verdict
        W1         2 × 3, 2 due  1.3e-10     3.0e-10       correct
        b          3             1.3e-10     3.0e-10       correct

      Central differences were taken entry by entry in part 3/8 with steps from 1.0e-6
      to 2.0e-6. It took 12,345 losses and 2 calls of gradients(); the seed is 1."
    `);
  });

  test('that is correct, under .not', () => {
    expect(lines(formatReport(report(part), { negated: true }))[0]).toMatchInlineSnapshot(
      `"Expected a wrong gradient, but all 8 checked entries of part 3/8 agree with the"`,
    );
  });

  test('that is wrong, in all of its parameters', () => {
    const wrong = { due: 2, checked: 2, wrong: 1, verdict: 'wrong', difference: 0.333 } as const;
    expect(
      formatReport(
        report({
          ...part,
          verdict: 'wrong',
          difference: 0.2,
          parameters: [parameter('W1', wrong)],
          offenders: [offender('W1', [1, 2])],
        }),
      ),
    ).toMatchInlineSnapshot(`
      "The gradients are wrong in 1 of 2 entries of part 3/8: W1.

      The tolerance is 1e-7.

      - numeric, from the loss   + analytic, from gradients()

        W1[1, 2]  -  1.000000000  ± 0.000000001
                  +  2.000000000  difference 0.333

        parameter  shape         difference  uncertain by  verdict
        W1         2 × 3, 2 due  3.3e-1      3.0e-10       wrong

      To check this part again, with all else as it is, pass
      { shard: '3/8', seed: 1 }.

      Central differences were taken entry by entry in part 3/8 with steps from 1.0e-6
      to 2.0e-6. It took 12,345 losses and 2 calls of gradients()."
    `);
  });

  test('that is wrong by many small errors', () => {
    const small = report({
      ...part,
      verdict: 'wrong',
      parameters: [parameter('W1', { due: 2, verdict: 'wrong' })],
    });
    expect(lines(formatReport(small))[0]).toMatchInlineSnapshot(
      `"The gradients are wrong by many small errors in the entries of part 3/8: W1."`,
    );
  });

  test('that is wrong and has one entry', () => {
    const one = parameter('W1', { due: 1, checked: 1, wrong: 1, verdict: 'wrong' });
    expect(
      lines(formatReport(report({ ...part, verdict: 'wrong', parameters: [one] })))[0],
    ).toMatchInlineSnapshot(`"The gradient of part 3/8 is wrong: W1."`);
  });

  test('that is inconclusive', () => {
    const text = formatReport(report({ ...part, verdict: 'inconclusive' }));
    expect(lines(text).slice(0, 2).join('\n')).toMatchInlineSnapshot(`
      "Inconclusive: the check can't tell whether the gradients of part 3/8 are right,
      so the test fails, with or without .not."
    `);
  });

  test('that a budget cut', () => {
    const cut = report({
      ...part,
      verdict: 'inconclusive',
      stopped: 'maxEvaluations',
      parameters: [parameter('W1', { due: 4, checked: 1, verdict: 'inconclusive' })],
    });
    expect(formatReport(cut)).toMatchInlineSnapshot(`
      "Inconclusive, so the test fails, with or without .not. The check was stopped by
      maxEvaluations with 3 of 4 entries unchecked.

      The tolerance is 1e-7.

        parameter  shape         difference  uncertain by  verdict
        W1         2 × 3, 4 due  1.3e-10     3.0e-10       3 not compared

      Central differences were taken entry by entry in part 3/8 with steps from 1.0e-6
      to 2.0e-6. It took 12,345 losses and 2 calls of gradients(); the seed is 1."
    `);
  });
});
