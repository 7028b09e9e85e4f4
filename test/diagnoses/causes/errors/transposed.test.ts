import { describe, expect, test } from 'vitest';
import { transposed, transposedBesidePenalty } from '../../../../src/diagnoses/causes/errors/transposed.js';
import { runEvidence, explanation, generic, JACOBIAN, type Numbers, codes } from '../../evidence.js';

/** The entries of an array of a shape, in memory with its axes in another order. */
function stored(values: readonly number[], shape: readonly number[], axes: readonly number[]): number[] {
  const result: number[] = [];
  const index = shape.map(() => 0);
  const visit = (k: number): void => {
    if (k === axes.length) {
      result.push(values[index.reduce((place, i, axis) => place * shape[axis]! + i, 0)]!);
      return;
    }
    const axis = axes[k]!;
    for (index[axis] = 0; index[axis] < shape[axis]!; index[axis] += 1) visit(k + 1);
  };
  visit(0);
  return result;
}

const FACTORS =
  'Exchange the factors of the outer product (aᵀδ for δᵀa), or the indices of the loop that fills it.';
const AXES = 'Put the axes of the gradient in the order of the parameter before it is stored.';

function turned(shape: readonly number[], axes: readonly number[], seed = 1): Numbers {
  const numeric = generic(
    shape.reduce((a, b) => a * b, 1),
    seed,
  );
  return { analytic: stored(numeric, shape, axes), numeric, shape };
}

describe('axes in another order are told', () => {
  test.each([
    ['a matrix', turned([2, 3], [1, 0]), { rows: 2, columns: 3 }, 'is transposed', FACTORS],
    [
      'a flat array, as a matrix',
      { ...turned([2, 3], [1, 0]), shape: [6] },
      { rows: 2, columns: 3 },
      ', read as 2 × 3, is transposed',
      FACTORS,
    ],
    ['three axes', turned([2, 3, 2], [0, 2, 1]), { rank: 3 }, 'has its axes in the order 0, 2, 1', AXES],
    [
      'three axes in a circle',
      turned([2, 3, 2], [1, 2, 0]),
      { rank: 3 },
      'has its axes in the order 1, 2, 0',
      AXES,
    ],
  ])('of %s', (_, numbers, evidence, text, advice) => {
    expect(explanation(transposed, [numbers])).toEqual({
      evidence,
      title: `The gradient of a${text.startsWith(',') ? '' : ' '}${text}.`,
      advice,
    });
  });

  test('of several parameters', () => {
    expect(explanation(transposed, [turned([2, 3], [1, 0]), turned([4, 2], [1, 0], 2)])).toEqual({
      evidence: { rows: 2, columns: 3 },
      title: 'The gradient of a and b is transposed.',
      advice: FACTORS,
    });
  });

  test('of a part and of a sample, by the entries that were measured', () => {
    const whole = turned([3, 4], [1, 0]);
    expect(explanation(transposed, [{ ...whole, due: [1, 8] }])?.title).toBe(
      'The gradient of the checked part of a is transposed.',
    );
    const sample = {
      ...whole,
      numeric: whole.numeric.map((n, i) => (i % 2 === 0 ? Number.NaN : n)),
      runs: runEvidence({ widespread: true, complete: false, unseen: 0 }),
    };
    expect(explanation(transposed, [sample])?.evidence).toEqual({ rows: 3, columns: 4 });
  });
});

test('square kernels that lie flat are told, each transposed', () => {
  const numeric = generic(18);
  const analytic = numeric.map((_, i) => numeric[i - (i % 9) + 3 * (i % 3) + Math.floor((i % 9) / 3)]!);
  expect(explanation(transposed, [{ numeric, analytic }])).toMatchObject({
    evidence: { rank: 3 },
    title: 'The gradient of a, read as 2 × 3 × 3, has its axes in the order 0, 2, 1.',
  });
});

describe('of a Jacobian', () => {
  const jacobian = (numbers: Numbers): ReturnType<typeof explanation<'transposed'>> =>
    explanation(transposed, [{ ...numbers, hasRows: true }], JACOBIAN);

  test.each([
    ['of a vector', [2, 3], [1, 0], { rows: 2, columns: 3 }],
    ['of a matrix', [3, 2, 2], [1, 2, 0], { rows: 3, columns: 4 }],
  ])('outputs and entries are exchanged, %s', (_, shape, axes, evidence) => {
    expect(jacobian(turned(shape, axes))).toEqual({
      evidence,
      title: 'The Jacobian by a is transposed: its rows are the entries, its columns the outputs.',
      advice:
        'The rows of a Jacobian are the outputs, its columns the entries: exchange the indices of the loop that fills it, or return its transpose.',
    });
  });

  test('or the axes of the parameter, for each output', () => {
    expect(jacobian(turned([2, 3, 4], [0, 2, 1]))).toEqual({
      evidence: { rows: 3, columns: 4 },
      title: 'The Jacobian by a is transposed for each output.',
      advice: FACTORS,
    });
  });

  test.each([
    [
      [2, 3, 4],
      [2, 1, 0],
    ],
    [
      [2, 3, 4],
      [1, 0, 2],
    ],
    [
      [2, 3, 2, 2],
      [0, 1, 3, 2],
    ],
  ])('or others: %j in the order %j', (shape, axes) => {
    expect(jacobian(turned(shape, axes))).toEqual({
      evidence: { rank: shape.length },
      title: `The Jacobian by a has its axes in the order ${axes.join(', ')}.`,
      advice: AXES,
    });
  });
});

describe('two parameters', () => {
  // Each has the other's gradient, as a matrix of its own shape, transposed.
  const [first, second] = [generic(6), generic(6, 2)];
  const crossed: Numbers[] = [
    { shape: [2, 3], numeric: first, analytic: stored(second, [3, 2], [1, 0]) },
    { shape: [3, 2], numeric: second, analytic: stored(first, [2, 3], [1, 0]) },
  ];

  test('have each other’s gradients, transposed', () => {
    // What stands in b, in the order of b's memory, is a's gradient by columns.
    expect(explanation(transposed, crossed)).toEqual({
      evidence: { rows: 2, columns: 3 },
      title: 'The gradient of a and b is transposed, and each has that of the other.',
      advice: FACTORS,
    });
  });

  test('two of three', () => {
    const other = { analytic: generic(4, 5), numeric: generic(4, 6) };
    expect(codes([...crossed, other])).toEqual([
      ['transposed', 'b'],
      ['unexplained', 'c'],
    ]);
  });

  test.each([
    ['not where one of them is right of itself', [crossed[0]!, { ...crossed[1]!, analytic: generic(6, 3) }]],
    ['nor the other', [{ ...crossed[0]!, analytic: generic(6, 3) }, crossed[1]!]],
    ['not of three', [...crossed, turned([2, 3], [1, 0], 3)]],
    ['not of two sizes', [crossed[0]!, turned([2, 4], [1, 0], 3)]],
  ])('%s', (_, all) => {
    expect(explanation(transposed, all)).toBeUndefined();
  });
});

describe('none is told', () => {
  test.each([
    [
      'with one entry off',
      { ...turned([2, 3], [1, 0]), analytic: turned([2, 3], [1, 0]).analytic.with(1, 5) },
    ],
    ['of a part with too few numbers', { ...turned([3, 4], [1, 0]), due: [1, 4] as const }],
    ['of a flat array of a prime number of entries', { analytic: [3, 1, 2], numeric: [1, 2, 3] }],
  ])('%s', (_, numbers) => {
    expect(explanation(transposed, [numbers])).toBeUndefined();
  });

  test('of several where one of them can not show it', () => {
    const part = { ...turned([3, 4], [1, 0], 2), due: [1, 4] as const };
    expect(explanation(transposed, [turned([2, 3], [1, 0]), part])).toBeUndefined();
  });
});

describe('beside a penalty', () => {
  const values = generic(9, 5);
  const numeric = generic(9);
  const besides = (size = 1): Numbers => {
    const rest = numeric.map((n, i) => n - 0.03 * values[i]!);
    return {
      shape: [3, 3],
      values,
      numeric: numeric.map((n) => n * size),
      analytic: stored(rest, [3, 3], [1, 0]).map((r, i) => (r + 0.03 * values[i]!) * size),
    };
  };

  test('a transpose is told', () => {
    const found = explanation(transposedBesidePenalty, [besides()])!;
    expect(found).toMatchObject({
      evidence: { rows: 3, columns: 3, power: 2 },
      title: 'The gradient of a is transposed, besides the term 0.03·θ of a penalty, which is right.',
      advice: FACTORS,
    });
    expect(found.evidence.lambda).toBeCloseTo(0.03, 9);
  });

  test('of three axes in any order', () => {
    const shape = [2, 3, 2];
    const [own, theta] = [generic(12), generic(12, 5)];
    const rest = own.map((n, i) => n - 0.03 * theta[i]!);
    const analytic = stored(rest, shape, [2, 0, 1]).map((r, i) => r + 0.03 * theta[i]!);
    expect(
      explanation(transposedBesidePenalty, [{ shape, numeric: own, values: theta, analytic }])?.title,
    ).toBe(
      'The gradient of a has its axes in the order 2, 0, 1, besides the term 0.03·θ of a penalty, which is right.',
    );
  });

  test('in the unit of the gradient', () => {
    const size = 2 ** 600;
    const found = explanation(transposedBesidePenalty, [besides(size)])!;
    expect(found.evidence.lambda! / size).toBeCloseTo(0.03, 9);
    expect(found.title).toContain('1.2449e+179·θ');
  });

  test.each([
    ['of several', [besides(), { ...besides(), name: 'b' }]],
    ['of a part', [{ ...besides(), due: [0, 8] as const }]],
    ['where it is none', [{ ...besides(), analytic: generic(9, 2) }]],
  ])('not %s', (_, all) => {
    expect(explanation(transposedBesidePenalty, all)).toBeUndefined();
  });
});
