/** One implementation's gradients against another's, or against numbers that were written down. */

import { checkGradients, compareGradients, formatReport } from 'expect-gradients';
import { describe, expect, test } from 'vitest';

interface Layer {
  W: number[][];
  b: number[];
}
const layer = (): Layer => ({
  W: [
    [0.1, 0.2, 0.3],
    [0.4, -0.5, 0.6],
  ],
  b: [0.1, 0],
});
const loss = ({ W, b }: Layer): number =>
  W.reduce(
    (sum, row, i) => sum + row.reduce((s, v, j) => s + Math.sin(v * (j + 1)) * (i + 1), 0) + b[i]! ** 2,
    0,
  );
const gradients = ({ W, b }: Layer, factor = 1): Layer => ({
  W: W.map((row, i) => row.map((v, j) => factor * Math.cos(v * (j + 1)) * (j + 1) * (i + 1))),
  b: b.map((v) => 2 * v),
});
const model = (): { parameters: Layer; gradients: typeof gradients } => ({
  parameters: layer(),
  gradients: (p) => gradients(p),
});

const bits = (of: Layer): bigint[] => [
  ...new BigInt64Array(Float64Array.from([...of.W.flat(), ...of.b]).buffer),
];

describe('gradients that are those of the reference', () => {
  test.each<[name: string, reference: object | number]>([
    ['that has no parameters of its own', { gradients: (p: Layer) => gradients(p) }],
    ['with parameters of its own', model()],
    [
      'that has them in another order',
      { parameters: { b: [0.1, 0], W: layer().W }, gradients: (p: Layer) => gradients(p) },
    ],
    ['that are a tree of numbers', gradients(layer())],
    ['that are a tree under the other names', { dW: gradients(layer()).W, db: [0.2, 0] }],
    ['that is a model with a loss', { ...model(), loss }],
  ])('%s are correct', (_, reference) => {
    const report = compareGradients(model(), reference);
    expect(report).toMatchObject({ verdict: 'correct', against: 'reference', difference: 0, findings: [] });
  });

  test('are compared at as many points as are asked for, of a tree at the parameters only', () => {
    expect(compareGradients(model(), model(), { points: 4 }).points).toEqual({ checked: 4, skipped: 0 });
    expect(compareGradients(model(), model()).points).toEqual({ checked: 2, skipped: 0 });
    expect(compareGradients(model(), gradients(layer()), { points: 4 }).points).toEqual({
      checked: 1,
      skipped: 0,
    });
  });

  test('may be so to the precision of the one that has less', () => {
    const single = (p: Layer): object => {
      const { W, b } = gradients(p);
      return { W: W.map((row) => Float32Array.from(row)), b: Float32Array.from(b) };
    };
    expect(compareGradients(model(), { gradients: single }).verdict).toBe('correct');
    expect(compareGradients({ ...model(), gradients: single }, model()).verdict).toBe('correct');
    expect(compareGradients(model(), single(layer())).verdict).toBe('correct');
  });

  test('may be so as far as the noise of both lets be told', () => {
    // As where digits are lost by cancellation: other ones at each point.
    const rounding = (p: Layer): Layer => {
      const { W, b } = gradients(p);
      return { W: W.map((row, i) => row.map((g, j) => g * (1 + 1e-8 * Math.sin(1e16 * p.W[i]![j]!)))), b };
    };
    const noisy = compareGradients(model(), { gradients: rounding });
    expect(noisy.verdict).toBe('correct');
    expect(noisy.tolerance).toBeLessThan(1e-6);
    expect(noisy.resolution).toBeGreaterThan(1e-9);
    expect(compareGradients({ ...model(), gradients: rounding }, model()).verdict).toBe('correct');
    // What noise can't explain is wrong all the same.
    expect(
      compareGradients({ ...model(), gradients: (p) => gradients(p, 1.001) }, { gradients: rounding })
        .verdict,
    ).toBe('wrong');
  });

  test('may be zero', () => {
    const zero = { parameters: { w: [1, 2] }, gradients: () => ({ w: [0, 0] }) };
    expect(compareGradients(zero, { w: [0, 0] }).verdict).toBe('correct');
  });
});

describe('gradients that are not', () => {
  test('are wrong, with the cause and the places', () => {
    const report = compareGradients(model(), { gradients: (p: Layer) => gradients(p, 3) });
    expect(report.verdict).toBe('wrong');
    expect(report.parameters.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['W', 'wrong'],
      ['b', 'correct'],
    ]);
    const [finding] = report.findings;
    expect(finding).toMatchObject({
      code: 'scaled',
      parameter: 'W',
      evidence: { factor: expect.closeTo(1 / 3, 12) },
    });
    expect(report.offenders[0]).toMatchObject({ parameter: 'W', analytic: expect.any(Number) });
  });

  test('have a message that speaks of the reference', () => {
    const report = compareGradients(model(), { gradients: (p: Layer) => gradients(p, 3) }, { worst: 1 });
    expect(formatReport(report)).toMatchInlineSnapshot(`
      "The gradients are wrong in 6 of 8 entries: W.

      The difference is 5.0e-1, uncertain by 7.3e-16; the tolerance is 1e-7.

      - the reference   + analytic, from gradients()

        W[0, 1]  -  5.52636596401731  ± 0.00000000000001
                 +  1.84212198800577  difference 0.500

        parameter  shape  difference  uncertain by  verdict
        W          2 × 3  5.0e-1      7.3e-16       wrong, all 6
        b          2      0           2.4e-16       correct

      scaled
        The gradient of W is 0.33333 times what it should be.
        3 is a length of W, and may be the number of samples, or of outputs: perhaps
        reference.gradients() takes a sum, gradients() a mean. Else look for a
        constant 1/3.
        See node_modules/expect-gradients/docs/diagnoses/scaled.md

      To check only W again, pass { only: ['W'], seed: 1 }.

      The gradients were compared with those of the reference. It took 13 calls of
      gradients() and 13 of reference.gradients()."
    `);
  });

  test.each<[code: string, claim: (p: Layer) => Layer, title: RegExp]>([
    [
      'zero-gradient',
      (p) => ({ ...gradients(p), W: p.W.map((row) => row.map(() => 0)) }),
      /but the reference is not\.$/,
    ],
    ['sign-flipped', (p) => gradients(p, -1), /wrong sign/],
    [
      'missing-regularization',
      (p) => ({
        ...gradients(p),
        W: gradients(p).W.map((row, i) => row.map((g, j) => g - 0.5 * p.W[i]![j]!)),
      }),
      /the reference has a penalty/,
    ],
    ['non-finite-gradient', (p) => ({ ...gradients(p), b: [Number.NaN, 0] }), /^gradients\(\) gave NaN/],
  ])('are found to be %s', (code, claim, title) => {
    const report = compareGradients({ ...model(), gradients: claim }, model());
    expect(report.verdict).toBe('wrong');
    expect(report.findings[0]).toMatchObject({ code });
    expect(report.findings[0]!.title).toMatch(title);
  });

  test('at a point beside the parameters only are wrong there', () => {
    const hidden = (p: Layer): Layer => ({
      ...gradients(p),
      b: p.b.map((v, i) => (i === 1 ? 5 * v : 2 * v)),
    });
    expect(compareGradients({ ...model(), gradients: hidden }, model(), { points: 1 }).verdict).toBe(
      'correct',
    );
    const report = compareGradients({ ...model(), gradients: hidden }, model());
    expect(report).toMatchObject({ verdict: 'wrong', points: { checked: 2, skipped: 0, wrongAt: 2 } });
    expect(formatReport(report)).toContain('They agree with the reference at');
  });

  test('are told apart from a reference that is no function, or not finite: then nothing is known', () => {
    let calls = 0;
    const random = compareGradients(model(), { gradients: (p: Layer) => gradients(p, (calls += 1)) });
    expect(random.verdict).toBe('inconclusive');
    expect(random.findings[0]!.title).toMatch(/^(?:Two calls|Each call) of reference\.gradients\(\)/);
    const broken = compareGradients(model(), { ...gradients(layer()), b: [Number.NaN, 0] });
    expect(broken.verdict).toBe('inconclusive');
    expect(broken.findings[0]).toMatchObject({ code: 'non-finite-loss', parameter: 'b' });
  });
});

describe('the parameters', () => {
  test('of both are written to at further points, and restored bit for bit', () => {
    const own = model();
    const other = model();
    own.parameters.b[1] = -0;
    other.parameters.b[1] = -0;
    const before = bits(own.parameters);
    let [together, elsewhere] = [0, 0];
    const report = compareGradients(
      own,
      {
        parameters: other.parameters,
        gradients(p: Layer) {
          expect(p).toBe(other.parameters);
          const isMoved = String(bits(p)) !== String(before);
          if (isMoved && String(bits(p)) === String(bits(own.parameters))) together += 1;
          else if (isMoved) elsewhere += 1;
          return gradients(p);
        },
      },
      { points: 3 },
    );
    expect(report).toMatchObject({ verdict: 'correct', points: { checked: 3 } });
    // Two points, and what its noise is measured by.
    expect([together, elsewhere > 0]).toEqual([2, true]);
    expect(bits(own.parameters)).toEqual(before);
    expect(bits(other.parameters)).toEqual(before);
  });

  test('of a reference that are others for a while get the values of the model, and have their own at the end', () => {
    const other = {
      parameters: {
        W: [
          [1, 2, 3],
          [4, 5, 6],
        ],
        b: [7, 8],
      },
      gradients: (p: Layer) => gradients(p),
    };
    expect(compareGradients(model(), other).verdict).toBe('correct');
    expect(other.parameters).toEqual({
      W: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      b: [7, 8],
    });
  });

  /** Two implementations, of which the second throws at its n-th call. */
  const failingAt = (n: number) => {
    const [own, other] = [model(), model()];
    let calls = 0;
    const failing = {
      parameters: other.parameters,
      gradients: (p: Layer) => {
        calls += 1;
        if (calls === n) throw new RangeError('own');
        return gradients(p);
      },
    };
    return { own, other, check: () => compareGradients(own, failing, { points: 3 }) };
  };

  test.each([1, 2])('are restored where the reference throws at the parameters, in call %i', (call) => {
    const { own, other, check } = failingAt(call);
    expect(check).toThrow(new RangeError('own'));
    expect([bits(own.parameters), bits(other.parameters)]).toEqual([bits(layer()), bits(layer())]);
  });

  test('are restored where it throws close to them, which costs what is known of its noise', () => {
    const { own, other, check } = failingAt(5);
    expect(check()).toMatchObject({ verdict: 'correct', points: { checked: 3, skipped: 0 } });
    expect([bits(own.parameters), bits(other.parameters)]).toEqual([bits(layer()), bits(layer())]);
  });

  test('are moved less where the reference throws at a further point, and restored', () => {
    const { own, other, check } = failingAt(12);
    expect(check()).toMatchObject({ verdict: 'correct', points: { checked: 3, skipped: 0 } });
    expect([bits(own.parameters), bits(other.parameters)]).toEqual([bits(layer()), bits(layer())]);
  });

  test('at a point at which the reference always throws are skipped', () => {
    const own = model();
    const before = String(bits(own.parameters));
    let calls = 0;
    const near = {
      gradients(p: Layer) {
        calls += 1;
        if (calls > 11 && String(bits(p)) !== before) throw new RangeError('far');
        return gradients(p);
      },
    };
    expect(compareGradients(own, near)).toMatchObject({
      verdict: 'correct',
      points: { checked: 1, skipped: 1 },
    });
  });

  test('may be a number', () => {
    const square = { parameters: 3, gradients: (w: number) => 2 * w };
    expect(compareGradients(square, { gradients: (w: number) => w + w }).verdict).toBe('correct');
    expect(compareGradients(square, 6).verdict).toBe('correct');
    expect(compareGradients(square, 5).verdict).toBe('wrong');
  });

  test('may be chosen among', () => {
    const report = compareGradients(model(), { gradients: (p: Layer) => gradients(p, 3) }, { only: 'b' });
    expect(report).toMatchObject({ verdict: 'correct', parameters: [{ name: 'b' }] });
  });
});

describe('functions', () => {
  test('that return promises are awaited, of either side', async () => {
    const later = (factor: number) => ({
      ...model(),
      gradients: (p: Layer) => Promise.resolve(gradients(p, factor)),
    });
    expect((await compareGradients(later(1), model())).verdict).toBe('correct');
    expect((await compareGradients(model(), later(2))).verdict).toBe('wrong');
  });

  test('other than gradients are not called', () => {
    const never = (): number => {
      throw new Error('called');
    };
    const quiet = { ...model(), loss: never, losses: never };
    expect(compareGradients(quiet, quiet).verdict).toBe('correct');
    expect(compareGradients(quiet, quiet).evaluations).toEqual({ loss: 0, gradients: 14, reference: 14 });
  });

  test('say what a check of the model against its loss says', () => {
    const checked = checkGradients({ parameters: layer(), loss, gradients: (p) => gradients(p, 2) });
    const compared = compareGradients({ ...model(), gradients: (p) => gradients(p, 2) }, model());
    expect(compared.verdict).toBe(checked.verdict);
    expect(compared.findings[0]!.code).toBe(checked.findings[0]!.code);
  });
});

describe('a misuse', () => {
  const { W, b } = layer();
  test.each<[name: string, reference: unknown, options: unknown, message: string]>([
    [
      'no reference',
      undefined,
      {},
      'a reference must be an object with a function gradients, or a tree of numbers, but it is undefined',
    ],
    ['a reference that is a text', 'none', {}, 'but it is the string "none"'],
    [
      'gradients that are none',
      { parameters: { W, b }, gradients: 5 },
      {},
      'reference.gradients must be a function, but it is 5',
    ],
    [
      'a parameter that is not there',
      { parameters: { W }, gradients },
      {},
      'the reference has no parameter b, which the model has',
    ],
    [
      'a parameter of another shape',
      { parameters: { W, b: [1] }, gradients },
      {},
      'b of the reference must have the shape 2, but it has 1',
    ],
    [
      'a parameter that lies otherwise',
      {
        parameters: {
          W: [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
          b,
        },
        gradients,
      },
      {},
      'W of the reference must have the shape 2 × 3, but it has 3 × 2',
    ],
    ['numbers that are missing', { W }, {}, 'the gradient of b'],
    [
      'too many numbers',
      { W, b: [1, 2, 3] },
      {},
      'the gradient of b must have 2 entries, but reference.b has 3 entries',
    ],
    [
      'a call that returns too little',
      { gradients: () => ({ W }) },
      {},
      'reference.gradients() must return the gradient of b',
    ],
    ['a step', model(), { epsilon: 1e-5 }, 'options.epsilon is about the losses of a check'],
    [
      'a number of losses',
      model(),
      { maxEvaluations: 100 },
      'options.maxEvaluations is about the losses of a check',
    ],
    ['no points', model(), { points: 0 }, 'options.points must be a whole number'],
  ])('is %s', (_, reference, options, message) => {
    const compare = compareGradients as unknown as (...inputs: unknown[]) => unknown;
    expect(() => compare(model(), reference, options)).toThrow(TypeError);
    expect(() => compare(model(), reference, options)).toThrow(message);
  });

  test('is a model without gradients', () => {
    const compare = compareGradients as unknown as (...inputs: unknown[]) => unknown;
    expect(() => compare({ parameters: 1 }, 1)).toThrow('model.gradients must be a function');
    expect(() => compare(() => 1, 1)).toThrow('needs an object { parameters, gradients }');
  });
});
