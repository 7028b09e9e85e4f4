/** Right claims at some points, and what could not have shown there. */

import { describe, expect, test } from 'vitest';
import { blindSpotsOf, type SeenAtPoint } from '../../../src/diagnoses/blind-spots/blind-spots.js';
import { evidenceOf, generic, kinksIn, type Numbers, runEvidence } from '../evidence.js';

type Claim = Omit<Numbers, 'numeric'> & { readonly numeric?: readonly number[] };

/** A point at which the claims are right. */
function at(...claims: readonly Claim[]): SeenAtPoint {
  return evidenceOf(claims.map((claim) => ({ numeric: claim.analytic, ...claim }))).parameters;
}

const told = (...points: readonly SeenAtPoint[]): (readonly [string, string])[] =>
  blindSpotsOf(points).map(({ code, because }) => [code, because]);

const SQUARE = [3, 3];
const symmetric = [1, 2, 3, 2, 5, 6, 3, 6, 9];

test('generic claims have none', () => {
  expect(
    told(
      at(
        { analytic: generic(9, 1), shape: SQUARE },
        { analytic: generic(9, 2) },
        { analytic: generic(1, 3), shape: [] },
        { analytic: generic(24, 4), shape: [2, 3, 2, 2] },
      ),
    ),
  ).toEqual([]);
});

test('each is told with its parameter', () => {
  expect(blindSpotsOf([at({ analytic: [1, 2] }, { analytic: [3], shape: [], values: [0] })])).toEqual([
    { parameter: 'b', code: 'missing-regularization', because: 'b is zero: a missing penalty' },
  ]);
});

describe('a gradient of zero hides any factor', () => {
  test('and one code is enough', () => {
    expect(told(at({ analytic: [0, 0, 0, 0], shape: [2, 2], values: [0, 0, 0, 0] }))).toEqual([
      ['sign-flipped', 'the gradient of a is zero: a wrong sign or factor'],
    ]);
  });

  test('or one that is less than its uncertainty', () => {
    expect(told(at({ analytic: [1e-9, -2e-9], uncertainty: [1e-8, 1e-8] }))).toEqual([
      ['sign-flipped', 'the gradient of a could not be told from zero: a wrong sign or factor'],
    ]);
    expect(told(at({ analytic: [1e-9, -2e-9], uncertainty: [1e-10, 1e-10] }))).toEqual([]);
  });

  test('where only a larger one would not show, that is scaled', () => {
    expect(told(at({ analytic: [1, 1], uncertainty: [1.5, 1.5] }))[0]![0]).toBe('scaled');
  });

  test('unless it is another at another point', () => {
    expect(told(at({ analytic: [0, 0] }), at({ analytic: [3, 1] }))).toEqual([]);
  });

  test('so does a kink, whose slopes have it between them', () => {
    const kinked = { analytic: [0.3], shape: [], kinks: kinksIn(1) };
    expect(told(at(kinked))).toEqual([
      ['sign-flipped', 'the gradient of a lies between the slopes at a kink: a wrong sign or factor'],
    ]);
    expect(told(at({ ...kinked, analytic: [1], numeric: [1] }))).toEqual([
      ['sign-flipped', 'the gradient of a lies between the slopes at a kink: a wrong sign or factor'],
    ]);
    expect(told(at(kinked), at({ analytic: [0.3], shape: [] }))).toEqual([]);
  });

  test('of directions the norms say it', () => {
    const runs = runEvidence({ widespread: false, complete: true, unseen: 1e-6 });
    const numeric = [Number.NaN, Number.NaN, Number.NaN];
    const known = evidenceOf([{ analytic: generic(3), numeric: generic(3) }]).parameters[0]!.norms;
    const along = (analytic: readonly number[], unseen: number): Claim => ({
      analytic,
      numeric,
      norms: known,
      runs: { ...runs, norms: known, unseen },
      wrong: [],
    });
    expect(told(at(along([1, 2, 1], 1e-6)))).toEqual([
      ['permuted', "entries 0 and 2 of the gradient of a are equal: entries in each other's places"],
    ]);
    expect(told(at(along(generic(3), Number.NaN)))).toEqual([]);
  });
});

describe('a parameter of zero hides a penalty', () => {
  test('unless it is another at another point', () => {
    const [here, there] = [
      at({ analytic: [1, 2], values: [0, 0] }),
      at({ analytic: [1, 2], values: [0, 1] }),
    ];
    expect(told(here)).toEqual([['missing-regularization', 'a is zero: a missing penalty']]);
    expect(told(here, there)).toEqual([]);
    expect(told(here, here)).toEqual(told(here));
  });
});

describe('rows and columns of zero could be left out', () => {
  test('with their numbers, or how many they are', () => {
    expect(told(at({ analytic: [1, 2, 0, 0, 3, 5, 0, 0], shape: [4, 2] }))).toEqual([
      ['isolated-entries', 'rows 1 and 3 of the gradient of a are zero: rows left out'],
    ]);
    expect(told(at({ analytic: [1, 0, 2, 4, 0, 5], shape: [2, 3] }))).toEqual([
      ['isolated-entries', 'column 1 of the gradient of a is zero: a column left out'],
    ]);
    const many = [1, 2, ...Array.from({ length: 10 }, () => 0), 3, 5];
    expect(told(at({ analytic: many, shape: [7, 2] }))).toEqual([
      ['isolated-entries', '5 rows of the gradient of a are zero: rows left out'],
    ]);
  });

  test('but not where a point shows them', () => {
    const here = at({ analytic: [1, 2, 0, 0], shape: [2, 2] });
    expect(told(here, at({ analytic: [1, 2, 3, 5], shape: [2, 2] }))).toEqual([]);
  });

  test('of an array of one dimension they are entries like others', () => {
    expect(told(at({ analytic: [1, 0, 2, 0] }))).toEqual([]);
  });
});

describe('rows, columns and entries that are equal could be exchanged', () => {
  test.each([
    [[1, 2, 3, 5, 1, 2], [3, 2], "rows 0 and 2 of the gradient of a are equal: rows in each other's places"],
    [
      [1, 1, 2, 3, 3, 5],
      [2, 3],
      "columns 0 and 1 of the gradient of a are equal: columns in each other's places",
    ],
    [[1, 3, 1, 3], [2, 2], "all rows of the gradient of a are equal: rows in each other's places"],
    [[4, 1, 4, 4], [4], "entries 0, 2 and 3 of the gradient of a are equal: entries in each other's places"],
    [[4, 1, 4, 1], [4], "4 entries of the gradient of a are equal to others: entries in each other's places"],
    [
      [1, 2, 7, 8, 1, 2, 3, 4, 6, 9, 3, 4],
      [2, 3, 2],
      "slices along axis 1, 0 and 2, of the gradient of a are equal: slices along axis 1 in each other's places",
    ],
  ])('%j', (analytic, shape, because) => {
    expect(told(at({ analytic, shape }))).toEqual([['permuted', because]]);
  });

  test('not where they only look alike, nor where another point tells them apart', () => {
    expect(told(at({ analytic: [1, 1 + 1e-6, 3] }))).toEqual([]);
    expect(told(at({ analytic: [1, 1, 3] }), at({ analytic: [1, 3, 1] }))).toEqual([]);
  });
});

describe('a symmetric gradient hides a transposition', () => {
  test('of a matrix, of some axes, and of a flat array', () => {
    expect(told(at({ analytic: symmetric, shape: SQUARE }))).toEqual([
      ['transposed', 'the gradient of a is symmetric: a transposition'],
    ]);
    expect(
      told(at({ analytic: [...symmetric, ...symmetric.map((g) => g ** 2 + 3)], shape: [2, 3, 3] })),
    ).toEqual([
      ['transposed', 'the gradient of a is the same with its axes in the order 0, 2, 1: a transposition'],
    ]);
    expect(told(at({ analytic: symmetric })).at(-1)).toEqual([
      'transposed',
      'the gradient of a, read as 3 × 3, is symmetric: a transposition',
    ]);
  });

  test('not where another point shows it', () => {
    const here = at({ analytic: symmetric, shape: SQUARE });
    expect(told(here, at({ analytic: generic(9), shape: SQUARE }))).toEqual([]);
    expect(told(here, here)).toHaveLength(1);
  });
});

describe('two parameters of equal gradients could be exchanged', () => {
  const g = generic(4);

  test('whatever their shapes are', () => {
    expect(
      blindSpotsOf([at({ analytic: g }, { analytic: generic(4, 2) }, { analytic: g, shape: [2, 2] })]),
    ).toEqual([
      {
        parameter: 'c',
        code: 'permuted',
        because: "the gradients of a and c are equal: each other's gradients",
      },
    ]);
  });

  test('not where another point tells them apart, nor where both are zero', () => {
    const zero = { analytic: [0, 0] };
    expect(
      told(at({ analytic: g }, { analytic: g }), at({ analytic: g }, { analytic: generic(4, 2) })),
    ).toEqual([]);
    expect(told(at(zero, zero)).map(([code]) => code)).toEqual(['sign-flipped', 'sign-flipped']);
  });

  test('of more or fewer entries they are none', () => {
    expect(told(at({ analytic: [1, 2] }, { analytic: [1, 2, 3] }))).toEqual([]);
  });
});

test('a point that tells nothing of a parameter is left aside', () => {
  const [first, second] = at({ analytic: symmetric, shape: SQUARE }, { analytic: generic(3) });
  const generically = at({ analytic: generic(9), shape: SQUARE }, { analytic: generic(3) });
  expect(told([first, second], [undefined, generically[1]])).toHaveLength(1);
  expect(told([undefined, second], generically)).toEqual([]);
  expect(told([undefined, undefined])).toEqual([]);
  expect(told()).toEqual([]);
});

test('of a part the entries that were not due are as uncertain as the others', () => {
  expect(told(at({ analytic: symmetric, shape: SQUARE, due: [0, 3] }))).toHaveLength(1);
  expect(told(at({ analytic: generic(9), shape: SQUARE, due: [0, 3] }))).toEqual([]);
  expect(told(at({ analytic: [1, 2, 3, 5, 0, 0], shape: [3, 2], due: [0, 2] }))).toHaveLength(1);
});

test('an entry that is known by itself shows, whatever is known of the others', () => {
  const one = { analytic: [1e-6, 1e-3], uncertainty: [1e-12, 1] };
  expect(told(at(one))).toEqual([]);
  expect(told(at({ ...one, uncertainty: [1, 1] }))).toHaveLength(1);
  expect(told(at({ analytic: [1e-3, 1e-6], uncertainty: [1e-2, 1e-2], due: [0, 1] }))).toHaveLength(1);
});

test('along directions so does one that is more than could go unseen', () => {
  const numeric = [Number.NaN, Number.NaN];
  const dull = evidenceOf([{ analytic: [1, 2], numeric: [1, 2], uncertainty: [5, 5] }]).parameters[0]!.norms;
  const runs = runEvidence({ widespread: false, complete: true, unseen: 1e-6 });
  const along = (unseen: number): Claim => ({
    analytic: [1, 2],
    numeric,
    norms: dull,
    runs: { ...runs, norms: dull, unseen },
    wrong: [],
  });
  expect(told(at(along(1e-6)))).toEqual([]);
  expect(told(at(along(3)))).toHaveLength(1);
  expect(told(at(along(Number.NaN)))).toHaveLength(1);
});

test('at any magnitude', () => {
  for (const unit of [1e-200, 1e200]) {
    expect(told(at({ analytic: symmetric.map((g) => g * unit), shape: SQUARE }))).toHaveLength(1);
    expect(told(at({ analytic: generic(9).map((g) => g * unit), shape: SQUARE }))).toEqual([]);
  }
});
