import { describe, expect, test } from 'vitest';
import { permuted, permutedBesidePenalty } from '../../../../src/diagnoses/causes/errors/permuted.js';
import { slicesAlong } from '../../../../src/diagnoses/layouts.js';
import { rearranged } from '../../../../src/diagnoses/matching.js';
import { codes, explanation, generic, JACOBIAN, type Numbers } from '../../evidence.js';

/** An array whose slice that belongs at order[k] stands at k. */
function moved(
  values: readonly number[],
  shape: readonly number[],
  axis: number,
  order: readonly number[],
): number[] {
  const back = order.map((_, to) => order.indexOf(to));
  return [...rearranged(Float64Array.from(values), slicesAlong(shape, axis), back)];
}

function numbers(shape: readonly number[], axis: number, order: readonly number[]): Numbers {
  const numeric = generic(shape.reduce((a, b) => a * b, 1));
  return { shape, numeric, analytic: moved(numeric, shape, axis, order) };
}

describe('slices in wrong places are told', () => {
  test.each([
    [
      'two rows',
      numbers([4, 3], 0, [0, 3, 2, 1]),
      { moved: 2 },
      'rows 1 and 3 exchanged',
      'rows is written: what is claimed at 1 belongs at 3, what is claimed at 3 belongs at 1.',
    ],
    [
      'all columns, shifted',
      numbers([3, 5], 1, [2, 3, 4, 0, 1]),
      { moved: 5, shift: -2 },
      'its columns shifted by −2',
      'columns is written: what is claimed at 0 belongs at 2, what is claimed at 1 belongs at 3.',
    ],
    [
      'the other way',
      numbers([3, 5], 1, [4, 0, 1, 2, 3]),
      { moved: 5, shift: 1 },
      'its columns shifted by 1',
      'columns is written: what is claimed at 0 belongs at 4, what is claimed at 1 belongs at 0.',
    ],
    [
      'all of three',
      numbers([3, 4], 0, [2, 0, 1]),
      { moved: 3, shift: 1 },
      'its rows shifted by 1',
      'rows is written: what is claimed at 0 belongs at 2, what is claimed at 1 belongs at 0.',
    ],
    [
      'by half of four',
      numbers([4, 3], 0, [2, 3, 0, 1]),
      { moved: 4, shift: 2 },
      'its rows shifted by 2',
      'rows is written: what is claimed at 0 belongs at 2, what is claimed at 1 belongs at 3.',
    ],
    [
      'entries in reverse order',
      numbers([5], 0, [4, 3, 2, 1, 0]),
      { moved: 4 },
      'its entries in reverse order',
      'entries is written: what is claimed at 0 belongs at 4, what is claimed at 1 belongs at 3.',
    ],
    [
      'rows in any order',
      numbers([5, 3], 0, [1, 2, 0, 4, 3]),
      { moved: 5 },
      '5 of its 5 rows in the wrong places',
      'rows is written: what is claimed at 0 belongs at 1, what is claimed at 1 belongs at 2.',
    ],
    [
      'slices along an axis',
      numbers([2, 3, 2], 1, [0, 2, 1]),
      { moved: 2 },
      'slices along axis 1 1 and 2 exchanged',
      'slices along axis 1 is written: what is claimed at 1 belongs at 2, what is claimed at 2 belongs at 1.',
    ],
  ])('%s', (_, one, evidence, how, advice) => {
    expect(explanation(permuted, [one])).toEqual({
      evidence,
      title: `The gradient of a has the right numbers, but ${how}.`,
      advice: `Look at the index under which each of the ${advice}`,
    });
  });

  test('single entries of a matrix, across its rows', () => {
    const numeric = generic(6);
    const analytic = moved(numeric, [6], 0, [4, 1, 2, 3, 0, 5]);
    expect(explanation(permuted, [{ shape: [2, 3], numeric, analytic }])).toMatchObject({
      evidence: { moved: 2 },
      title: 'The gradient of a has the right numbers, but entries 0 and 4 exchanged.',
    });
  });

  test('of a Jacobian', () => {
    expect(
      explanation(permuted, [{ ...numbers([4, 3], 0, [0, 3, 2, 1]), output: 'y' }], JACOBIAN)?.title,
    ).toBe('The Jacobian of y by a has the right numbers, but rows 1 and 3 exchanged.');
  });

  test('two slices are exchanged, not shifted', () => {
    expect(explanation(permuted, [numbers([2, 3], 0, [1, 0])])?.evidence).toEqual({ moved: 2 });
  });
});

test('columns of an array that lies flat are told as those of a matrix, as of a kernel that is turned round', () => {
  const kernels = { ...numbers([6, 3], 1, [2, 1, 0]), shape: [18] };
  expect(explanation(permuted, [kernels])?.title).toBe(
    'The gradient of a, read as 6 × 3, has the right numbers, but columns 0 and 2 exchanged.',
  );
  const turned = { ...numbers([2, 9], 1, [8, 7, 6, 5, 4, 3, 2, 1, 0]), shape: [18] };
  expect(explanation(permuted, [turned])?.title).toBe(
    'The gradient of a, read as 2 × 9, has the right numbers, but its columns in reverse order.',
  );
  // One row that is turned round is no column of all.
  const row = numbers([18], 0, [2, 1, 0, ...Array.from({ length: 15 }, (_, k) => k + 3)]);
  expect(explanation(permuted, [row])?.title).toContain(
    'a has the right numbers, but entries 0 and 2 exchanged',
  );
});

describe('no order is told', () => {
  const rows = numbers([4, 3], 0, [0, 3, 2, 1]);

  test.each([
    ['of a part', { ...numbers([4, 3], 0, [0, 2, 1, 3]), due: [0, 9] as const }],
    ['where one entry is off', { ...rows, analytic: rows.analytic.with(0, 7) }],
    ['of a scalar', { shape: [], analytic: [1], numeric: [2] }],
    ['of one entry', { analytic: [1], numeric: [2] }],
  ])('%s', (_, one) => {
    expect(explanation(permuted, [one])).toBeUndefined();
  });
});

describe('parameters with each other’s gradients', () => {
  const [x, y, z] = [generic(5), generic(5, 2), generic(5, 3)];

  test('are told', () => {
    expect(
      explanation(permuted, [
        { analytic: y, numeric: x },
        { analytic: x, numeric: y },
      ]),
    ).toEqual({
      evidence: { parameters: 2 },
      title: "a and b have each other's gradients.",
      advice:
        'Look at the order in which the gradients are returned or unpacked, and at the names under which they are stored.',
    });
  });

  test('two of three', () => {
    const other = { analytic: generic(5, 6), numeric: z };
    expect(codes([{ analytic: y, numeric: x }, { analytic: x, numeric: y }, other])).toEqual([
      ['permuted', 'b'],
      ['unexplained', 'c'],
    ]);
  });

  test('three in turn', () => {
    expect(
      explanation(permuted, [
        { analytic: y, numeric: x },
        { analytic: z, numeric: y },
        { analytic: x, numeric: z },
      ]),
    ).toMatchObject({ evidence: { parameters: 3 }, title: "a, b and c have one another's gradients." });
  });

  test('of parts, by what was checked of each', () => {
    const parts: Numbers[] = [
      { analytic: y, numeric: x, due: [0, 4] },
      { analytic: x, numeric: y, due: [1, 5] },
    ];
    expect(explanation(permuted, parts)?.title).toBe(
      "the checked part of a and the checked part of b have each other's gradients.",
    );
    expect(explanation(permuted, [parts[0]!, { ...parts[1]!, due: [2, 5] }])).toBeUndefined();
  });

  test.each([
    [
      'one has its own',
      [
        { analytic: y, numeric: x },
        { analytic: z, numeric: y },
      ],
    ],
    // Both would have to be the second's.
    [
      'two have the same',
      [
        { analytic: y, numeric: x },
        { analytic: x, numeric: y },
        { analytic: z, numeric: y },
      ],
    ],
    [
      'sizes differ',
      [
        { analytic: [2, 2], numeric: [1, 1] },
        { analytic: [1, 1, 1], numeric: [2, 2, 2] },
      ],
    ],
    [
      'each is a multiple of its own',
      [
        { analytic: x.map((n) => 2 * n), numeric: x },
        { analytic: y.map((n) => 2 * n), numeric: y },
      ],
    ],
  ])('not where %s', (_, all) => {
    expect(explanation(permuted, all)).toBeUndefined();
  });
});

describe('beside a penalty', () => {
  const shape = [4, 2];
  const [numeric, values] = [generic(8), generic(8, 5)];
  const besides = (order: readonly number[], axis = 0, size = 1): Numbers => {
    const rest = numeric.map((n, i) => n - 0.03 * values[i]!);
    return {
      shape,
      values,
      numeric: numeric.map((n) => n * size),
      analytic: moved(rest, shape, axis, order).map((r, i) => (r + 0.03 * values[i]!) * size),
    };
  };

  test('rows in another order are told', () => {
    const found = explanation(permutedBesidePenalty, [besides([1, 2, 3, 0])])!;
    expect(found).toMatchObject({
      evidence: { moved: 4, shift: -1, power: 2 },
      title:
        'The gradient of a, besides the term 0.03·θ of a penalty, which is right, has the right numbers, but its rows shifted by −1.',
      advice:
        'Look at the index under which each of the rows is written: what is claimed at 0 belongs at 1, what is claimed at 1 belongs at 2.',
    });
    expect(found.evidence.lambda).toBeCloseTo(0.03, 9);
  });

  test('columns too, in the unit of the gradient', () => {
    const size = 2 ** 600;
    const found = explanation(permutedBesidePenalty, [besides([1, 0], 1, size)])!;
    expect(found.title).toContain(
      '1.2449e+179·θ of a penalty, which is right, has the right numbers, but columns 0 and 1',
    );
    expect(found.evidence.lambda! / size).toBeCloseTo(0.03, 9);
  });

  test.each([
    ['of several', [besides([1, 2, 3, 0]), { ...besides([1, 2, 3, 0]), name: 'b' }]],
    ['of a part', [{ ...besides([1, 2, 3, 0]), due: [0, 7] as const }]],
    ['where it is none', [{ ...besides([1, 2, 3, 0]), analytic: generic(8, 2) }]],
  ])('not %s', (_, all) => {
    expect(explanation(permutedBesidePenalty, all)).toBeUndefined();
  });
});
