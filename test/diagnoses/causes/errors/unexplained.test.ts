import { describe, expect, test } from 'vitest';
import { unexplained } from '../../../../src/diagnoses/causes/errors/unexplained.js';
import { codes, explanation, generic, HESSIAN, type Numbers } from '../../evidence.js';

const PIECES =
  'Check the pieces of the backward pass one by one: each local derivative, and each sum over samples, steps or paths.';
const OWN =
  'Look first at how its own gradient is made: = where += is meant, a sum over samples, steps or uses of which terms are missing, a factor that is left out; then at the local derivatives on the way to it.';
const SHARED =
  'Begin with what all of them share: the derivative of the loss by the outputs, which is the first thing that a backward pass computes, or, in a loop over steps, what is carried back from one to the one before. Then check each local derivative, and each sum over samples, steps or paths.';
const wrong: Numbers = { analytic: [1, 2], numeric: [2, 1] };
const right: Numbers = { analytic: [1, 2], numeric: [1, 2] };

describe('how both gradients compare is told', () => {
  test('by the cosine between them and the ratio of their sizes', () => {
    expect(explanation(unexplained, [{ analytic: [3, 4, 0], numeric: [4, 3, 0] }])).toEqual({
      evidence: { entries: 2, cosine: 0.96, ratio: 1 },
      title:
        'The gradient of a is wrong in no simple way: its direction agrees with the true one to a cosine of 0.96, its size is 1 times the true one.',
      advice: PIECES,
    });
  });

  test('over all that was measured of several', () => {
    const found = explanation(unexplained, [
      { analytic: [3, 5], numeric: [4, Number.NaN], verdict: 'wrong' },
      { analytic: [8], numeric: [3] },
    ])!;
    expect(found.evidence.entries).toBe(2);
    expect(found.evidence.cosine).toBeCloseTo(36 / Math.sqrt(73 * 25), 12);
    expect(found.evidence.ratio).toBeCloseTo(Math.sqrt(73 / 25), 12);
  });

  test('at any magnitude', () => {
    const size = 2 ** 600;
    const large = { analytic: [3 * size, 4 * size], numeric: [4 * size, 3 * size] };
    expect(explanation(unexplained, [large])?.evidence).toEqual({ entries: 2, cosine: 0.96, ratio: 1 });
    // Squares of a small one have no place beside a large one.
    const small = { analytic: [3 / size, 4 / size], numeric: [4 / size, 3 / size] };
    expect(explanation(unexplained, [small, right])?.evidence).toEqual({
      entries: 2,
      cosine: 0.96,
      ratio: 1,
    });
  });

  test('of zeros by no direction', () => {
    expect(explanation(unexplained, [{ analytic: [0, 0], numeric: [4, 3] }])?.evidence).toEqual({
      entries: 2,
      cosine: 0,
      ratio: 0,
    });
  });

  test.each([
    [3, 2, '1.5'],
    [0.3, 0.2, '1.5'],
    [0, 2, '0'],
    [-3, 2, '−1.5'],
  ])('of a single number by its ratio: %d for %d', (g, n, ratio) => {
    expect(explanation(unexplained, [{ analytic: [g], numeric: [n] }])).toEqual({
      evidence: { entries: 1, ratio: g / n },
      title: `The gradient of a is ${ratio} times the true one; a single number shows no pattern.`,
      advice: PIECES,
    });
  });

  test('of a single number that is hardly known by the sign that it may have', () => {
    const title = (uncertainty: number): string =>
      explanation(unexplained, [{ analytic: [-2], numeric: [2.02], uncertainty: [uncertainty] }])!.title;
    expect(title(0.1)).toBe(
      'The gradient of a is −0.9901 times the true one, perhaps −1 and a wrong sign; a single number shows no pattern.',
    );
    expect(title(1e-3)).not.toContain('sign');
  });

  test('of several single numbers together', () => {
    const two = [
      { analytic: [3], numeric: [4] },
      { analytic: [4], numeric: [3] },
    ];
    expect(explanation(unexplained, two)?.evidence).toEqual({ entries: 2, cosine: 0.96, ratio: 1 });
  });

  test('by its size where the loss shows no slope', () => {
    expect(
      explanation(unexplained, [{ analytic: [3, 4], numeric: [0.1, 0], uncertainty: [0, 0.1] }]),
    ).toEqual({
      evidence: { entries: 2, analyticNorm: 5 },
      title: 'The gradient of a is claimed to be 5 in size, but the loss shows no slope there.',
      advice: PIECES,
    });
    expect(
      explanation(unexplained, [{ analytic: [3, 4], numeric: [0.11, 0], uncertainty: [0, 0.1] }])?.evidence,
    ).not.toHaveProperty('analyticNorm');
    const size = 2 ** 600;
    expect(explanation(unexplained, [{ analytic: [3 * size, 4 * size], numeric: [0, 0] }])?.evidence).toEqual(
      {
        entries: 2,
        analyticNorm: 5 * size,
      },
    );
  });

  test('and of one that is small beside another', () => {
    const size = 2 ** -600;
    const small = { analytic: [3 * size, 4 * size], numeric: [0, 0] };
    expect(explanation(unexplained, [small, right])?.evidence).toEqual({
      entries: 2,
      analyticNorm: 5 * size,
    });
  });

  test('of a Hessian', () => {
    expect(explanation(unexplained, [{ analytic: [3, 4], numeric: [0, 0] }], HESSIAN)?.title).toBe(
      'The Hessian by a is claimed to be 5 in size, but the function shows no slope there.',
    );
    expect(explanation(unexplained, [{ analytic: [3], numeric: [2] }], HESSIAN)?.title).toContain(
      'The Hessian by a is 1.5',
    );
    expect(explanation(unexplained, [wrong], HESSIAN)?.title).toContain(
      'The Hessian by a is wrong in no simple way',
    );
  });
});

describe('where to begin', () => {
  const advice = (...all: Numbers[]): string => explanation(unexplained, all)!.advice;

  test.each([
    ['one by itself', [wrong], PIECES],
    [
      'one before a right one',
      [wrong, right],
      `Begin at a, the first wrong one counted from the output; b after it is right. ${OWN}`,
    ],
    [
      'the last of several',
      [right, wrong, wrong],
      `Begin with what leads to b and c and not to a, which is right. ${PIECES}`,
    ],
    [
      'one before several',
      [wrong, wrong, right, right],
      'Begin at b, the first wrong one counted from the output; c and d after it are right.',
    ],
    ['all of them', [wrong, wrong], SHARED],
    ['the last, whatever is before it', [right, wrong], OWN],
    ['one between right ones', [right, wrong, right], `a and c are right, before b and after it. ${OWN}`],
    [
      'one after a name that has a word in it',
      [{ ...right, name: 'small' }, wrong, right],
      `small and c are right, before b and after it. ${OWN}`,
    ],
    [
      'one between many',
      [right, right, wrong, right, right, right],
      `All 5 other parameters are right, before c and after it. ${OWN}`,
    ],
    [
      'some before many',
      [wrong, wrong, right, right, right, right, right],
      'Begin at b, the first wrong one counted from the output; all 5 parameters after it are right.',
    ],
    [
      'some after many',
      [right, right, right, right, right, wrong, wrong],
      `Begin with what leads to f and g and not to all 5 others, which are right. ${PIECES}`,
    ],
    // Of what is not read, or zero because nothing reads it, nothing is known.
    ['one before what does not move the loss', [wrong, { ...right, moved: false }], PIECES],
    ['one before what is zero', [wrong, { analytic: [0, 0], numeric: [0, 0], isZero: true }], PIECES],
    ['several before what does not move the loss', [wrong, wrong, { ...right, moved: false }], SHARED],
    // Wrong, and nobody knows how: its entries are.
    ['one before others that are wrong too', [wrong, { ...wrong, moved: false }], PIECES],
  ])('%s', (_, all, expected) => {
    expect(advice(...all)).toBe(expected);
  });

  test('in a part', () => {
    const part: Numbers = { analytic: [1, 2, 3], numeric: [2, 1, 3], due: [0, 2] };
    expect(advice(part, right)).toBe(
      `Begin at a, the first wrong one counted from the output in this part; b after it is right. ${OWN}`,
    );
  });

  test('is told of no Jacobian, which is by parameters in any order', () => {
    expect(explanation(unexplained, [wrong, wrong, right], HESSIAN)?.advice).toBe(PIECES);
  });
});

describe('what the loss does not feel is told', () => {
  const claim = generic(6, 5);
  const mean = claim.reduce((a, b) => a + b, 0) / 6;
  const centred = claim.map((n) => n - mean);
  const told = (numbers: Numbers): string => explanation(unexplained, [numbers])!.advice;

  test('of a number that is added to all entries', () => {
    expect(told({ analytic: generic(6, 7), numeric: centred })).toMatch(
      /^The loss does not change when one number is added to all entries of a, and by the claim it would/,
    );
    // A claim that does not feel it either has another mistake.
    const other = generic(6, 8);
    const otherMean = other.reduce((a, b) => a + b, 0) / 6;
    expect(told({ analytic: other.map((n) => n - otherMean), numeric: centred })).not.toContain('added');
    expect(told({ analytic: generic(6, 7), numeric: claim })).not.toContain('added');
  });

  test('of a number that is added to a column, or a row', () => {
    const columns = [1, -2, 0.5]
      .flatMap((x) => [x, 3 * x])
      .map((x, i) => x - (i % 2 === 0 ? -0.5 / 3 : -1.5 / 3));
    expect(told({ shape: [3, 2], analytic: generic(6, 7), numeric: columns })).toContain(
      'added to a column of a',
    );
  });

  test('of the length', () => {
    const values = generic(6, 9);
    const along =
      claim.reduce((sum, n, i) => sum + n * values[i]!, 0) / values.reduce((sum, v) => sum + v * v, 0);
    const across = claim.map((n, i) => n - along * values[i]!);
    expect(told({ analytic: generic(6, 7), numeric: across, values })).toContain(
      'The loss does not change with the length of a',
    );
  });
});

test('of the length of several together, but for the ε of a normalisation', () => {
  const [values, other] = [generic(6, 9), generic(3, 10)];
  const [n, m] = [generic(6, 11), generic(3, 12)];
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const along = (dot(n, values) + dot(m, other)) / (dot(values, values) + dot(other, other));
  const rest = (share: number): Numbers[] => [
    { analytic: generic(6, 13), numeric: n.map((x, i) => x - share * along * values[i]!), values },
    { analytic: generic(3, 14), numeric: m.map((x, i) => x - share * along * other[i]!), values: other },
  ];
  const advice = (all: readonly Numbers[]): string => explanation(unexplained, all)!.advice;
  expect(advice(rest(0.9999))).toMatch(
    /^The loss hardly changes when a and b grow by one factor, and by the claim it would: perhaps a part of a normalisation's derivative is left out/,
  );
  expect(advice(rest(0.9))).not.toContain('hardly changes');
  expect(
    advice(rest(0.9999).map((one) => ({ ...one, uncertainty: one.numeric.map(() => 0.1) }))),
  ).not.toContain('hardly changes');
});

describe('an error of whole numbers', () => {
  const numeric = [0.137, -0.411, 0.274];
  const advice = (errors: readonly number[], other: Partial<Numbers> = {}): string =>
    explanation(unexplained, [{ numeric, analytic: numeric.map((n, i) => n + errors[i]!), ...other }])!
      .advice;

  test('is told, with what they are over', () => {
    expect(advice([2 / 6, 1 / 6, 3 / 6])).toMatch(
      /^What is claimed for a is too large by \(2, 1, 3\)\/6, whole numbers over 6: look for targets or counts that are not subtracted, or are others\. /,
    );
    expect(advice([1, -2, 0])).toMatch(
      /^What is claimed for a is too large by \(1, −2, 0\), whole numbers: look/,
    );
  });

  test('is no news where that is uncertain, or all are whole', () => {
    expect(advice([2 / 6, 1 / 6, 3 / 6], { uncertainty: [0.03, 0.03, 0.03] })).not.toContain('whole numbers');
    // One number, and its opposite.
    const pair = { uncertainty: [0.001, 0.001, 0.001] };
    expect(advice([4 / 7, -4 / 7, 0], pair)).not.toContain('whole numbers');
    expect(advice([4 / 7, -4 / 7, 0])).toContain('whole numbers over 7');
    expect(advice([0.3712, 1 / 6, 3 / 6])).not.toContain('whole numbers');
    expect(advice([1, -2, 0], { numeric: [1, 2, 3], analytic: [2, 0, 3] })).not.toContain('whole numbers');
  });
});

test('rows with a factor of their own are told, and columns', () => {
  const numeric = generic(12);
  const title = (analytic: number[]): string =>
    explanation(unexplained, [{ shape: [3, 4], numeric, analytic }])!.title;
  expect(title(numeric.map((n, i) => [0.5, 2.25, -1.3][Math.floor(i / 4)]! * n))).toBe(
    'Each row of the gradient of a is a multiple of what it should be, by a factor of its own, from −1.3 to 2.25.',
  );
  expect(title(numeric.map((n, i) => [0.5, 2.25, -1.3, 3][i % 4]! * n))).toContain('Each column of');
  expect(title(numeric.map((n, i) => (i + 1) * n))).toContain('in no simple way');
});

test('the true one divided by the parameter is told', () => {
  const [numeric, values] = [generic(4), generic(4, 11)];
  const text =
    'The gradient of a is what it should be divided by the parameter itself, entry by entry: a power of it is one too low, or a factor is lost.';
  const title = (count: number, off = 1): string =>
    explanation(unexplained, [
      {
        numeric: numeric.slice(0, count),
        values: values.slice(0, count),
        analytic: numeric.slice(0, count).map((n, i) => (off * n) / values[i]!),
      },
    ])!.title;
  expect(title(4)).toBe(text);
  expect(title(1)).toBe(text);
  expect(title(4, 1.01)).not.toBe(text);
});

describe('a claim that is another parameter times the same numbers for every unit', () => {
  const [units, inputs] = [4, 3];
  const after = generic(2 * units, 21);
  /** Wᵀ M, of a matrix W of so many outputs. */
  const through = (outputs: number, columns = inputs): number[] =>
    Array.from({ length: units }, (_, k) =>
      Array.from({ length: columns }, (__, i) =>
        Array.from(
          { length: outputs },
          (___, o) => after[o * units + k]! * generic(12, 22)[o * columns + i]!,
        ).reduce((a, b) => a + b),
      ),
    ).flat();
  const first = (outputs: number): Numbers => ({
    analytic: through(outputs),
    numeric: generic(units * inputs, 23),
  });
  const bias = (outputs: number): Numbers => ({ analytic: through(outputs, 1), numeric: generic(units, 24) });
  const second = (outputs: number): Numbers => {
    const values = after.slice(0, outputs * units);
    return { values, analytic: generic(values.length), numeric: generic(values.length) };
  };
  const told = (...all: Numbers[]): string => explanation(unexplained, all)!.title;
  const TEXT =
    'The gradient of a and b is c times numbers that are the same for every unit: the derivative of what lies before c, as an activation, is left out, or one.';

  test('is told, of one output or several', () => {
    expect(told(first(1), bias(1), second(1))).toBe(TEXT);
    expect(told(first(2), bias(2), second(2))).toBe(TEXT);
    expect(told({ ...first(2), shape: [4, 3] }, bias(2), { ...second(2), shape: [2, 4] })).toBe(TEXT);
    // It is no sum of which only one term is there, though it is one product.
    expect(codes([first(1), bias(1), second(1)])).toEqual([['unexplained', 'b']]);
    expect(explanation(unexplained, [first(1), bias(1), second(1)])?.advice).toBe(
      'Multiply by the derivative of the activation what comes back through c, unit by unit and sample by sample, before it is multiplied by the inputs. Where it is one, as of a ReLU, look for = where += is meant. Begin at b, the first wrong one counted from the output; c after it is right.',
    );
  });

  test.each<[string, readonly Numbers[]]>([
    ['by chance, of few numbers', [bias(2), second(2)]],
    ['where one parameter is not', [first(1), { ...bias(1), analytic: generic(units, 25) }, second(1)]],
    [
      'where the true gradient is, too',
      [{ ...first(2), numeric: through(2).map((x) => 2.1 * x + 0) }, second(2)],
    ],
    ['of as many outputs as units', [first(2), bias(2), { ...second(2), shape: [4, 2] }]],
    [
      'where the bias of the same units is right',
      [first(1), { ...bias(1), numeric: bias(1).analytic }, second(1)],
    ],
    [
      'where it is one product, of several outputs: that is one sample',
      [
        {
          ...first(2),
          analytic: through(2, 1).flatMap((x) => [x, 2 * x, -0.7 * x]),
        },
        second(2),
      ],
    ],
    ['where another has other values', [first(1), bias(1), { ...second(1), values: generic(units, 26) }]],
  ])('is not %s', (_, all) => {
    expect(told(...all)).not.toContain('the same for every unit');
  });
});
