/** Some entries wrong, the others right: where they are, what was done to them, and when they are no exceptions. */

import { checkGradients } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { isolatedEntries } from '../../../../src/diagnoses/causes/errors/isolated-entries.js';
import { runEvidence, explanation, generic, JACOBIAN, type Numbers, codes } from '../../evidence.js';

const ONE =
  'Look for what treats this one entry differently: the first or last turn of a loop, an index written twice, a special case.';
const SEVERAL =
  'Look for what these entries share: a branch, a mask, an index that is written twice or skipped.';
const USES = `${SEVERAL} Where each is used more than once, as a token or a node is, look for = where += is meant.`;
const LAST = 'Look for a loop that ends one too early, or a bound that leaves out the last.';

/** A gradient of a shape that is wrong at some entries. */
function off(
  shape: readonly number[],
  wrong: readonly number[],
  be: (n: number, k: number) => number = (n, k) => n + Math.cos(k * k + 1) * 3,
): Numbers {
  const numeric = generic(shape.reduce((a, b) => a * b, 1));
  return { shape, numeric, analytic: numeric.map((n, i) => (wrong.includes(i) ? be(n, i) : n)) };
}

test('no entry is an exception where the others are zero, as what nothing reads', () => {
  const rows = off([5, 2], [2, 3, 6, 7]);
  const unread = {
    ...rows,
    ...Object.fromEntries(
      (['analytic', 'numeric'] as const).map((key) => [
        key,
        rows[key].map((x, i) => ([2, 3, 6, 7].includes(i) ? x : 0)),
      ]),
    ),
  };
  expect(codes([rows])).toEqual([['isolated-entries', 'a']]);
  expect(codes([unread])).toEqual([['unexplained', 'a']]);
});

describe('most rows, of an embedding that is stored flat', () => {
  const most = off(
    [28],
    Array.from({ length: 28 }, (_, i) => i).filter((i) => ![3, 4, 6].includes(Math.floor(i / 4))),
  );
  test('are told, where nothing else is wrong', () => {
    expect(explanation(isolatedEntries, [most])).toMatchObject({
      title: 'Only rows 0, 1, 2, 5, read as 7 × 4, of the gradient of a are wrong; the others are right.',
      advice: USES,
    });
  });

  test('may be what is large enough to be seen of an error that goes on upstream', () => {
    expect(codes([most, { analytic: generic(4), numeric: generic(4, 9) }])).toEqual([['unexplained', 'b']]);
  });
});

test('rows that follow each other in a flat array may be uses, too', () => {
  expect(explanation(isolatedEntries, [off([28], [4, 5, 6, 7, 8, 9, 10, 11])])?.advice).toBe(USES);
  expect(explanation(isolatedEntries, [off([28], [4, 5, 6, 7, 8])])?.advice).toBe(SEVERAL);
  // A column, of one row that all samples but one are of.
  expect(explanation(isolatedEntries, [off([16], [2, 6, 10, 14])])?.advice).toContain(
    'look for = where += is meant',
  );
  expect(explanation(isolatedEntries, [off([17], [2, 6, 10, 14])])?.advice).not.toContain('+=');
});

describe('where the others are too uncertain to tell', () => {
  const uncertain = (numbers: Numbers): Numbers => ({
    ...numbers,
    uncertainty: numbers.numeric.map((_, i) => ([1, 4].includes(i) ? 0 : 0.4)),
  });

  test('what stands out is no exception', () => {
    expect(codes([uncertain(off([6], [1, 4], (n, k) => n + 1 + 0.1 * k))])).toEqual([['unexplained', 'a']]);
    expect(codes([off([6], [1, 4], (n, k) => n + 1 + 0.1 * k)])).toEqual([['isolated-entries', 'a']]);
  });

  test('a pattern is told, of three entries or more', () => {
    const column = (wrong: readonly number[]): Numbers => ({
      ...off([3, 4], wrong, (n, k) => n + 1 + 0.1 * k),
      uncertainty: Array.from({ length: 12 }, (_, i) => (wrong.includes(i) ? 0 : 0.4)),
    });
    expect(codes([column([1, 5, 9])])).toEqual([['isolated-entries', 'a']]);
    expect(codes([column([1, 5])])).toEqual([['unexplained', 'a']]);
  });

  test('it is told with what was done to it', () => {
    expect(explanation(isolatedEntries, [uncertain(off([6], [1, 4], () => 0))])).toMatchObject({
      title: expect.stringMatching(
        /, claimed to be zero; whether others are off by as much is not known\.$/,
      ) as string,
      advice:
        'These are the ones that stand out: whatever is wrong with them may be wrong with the others as well, so look at how all of the gradient is made.',
    });
  });
});

describe('entries are told', () => {
  test.each([
    [
      'one',
      off([2, 3], [4]),
      { entries: 1, index: 4 },
      'the entry [1, 1] of the gradient of a is wrong',
      ONE,
    ],
    [
      'the last',
      off([2, 3], [5]),
      { entries: 1, index: 5 },
      'the entry [1, 2] of the gradient of a is wrong',
      ONE,
    ],
    [
      'the last, which is zero',
      off([2, 3], [5], () => 0),
      { entries: 1, index: 5, factor: 0 },
      'the entry [1, 2] of the gradient of a is wrong, claimed to be zero',
      LAST,
    ],
    [
      'the last with the other sign',
      off([2, 3], [5], (n) => -n),
      { entries: 1, index: 5, factor: -1 },
      'the entry [1, 2] of the gradient of a is wrong, by a factor of −1',
      ONE,
    ],
    ['a row', off([4, 3], [3, 4, 5]), { entries: 3, row: 1 }, 'row 1 of the gradient of a is wrong', USES],
    [
      'what may be a row of a flat matrix',
      off([12], [3, 4, 5]),
      { entries: 3, first: 3, last: 5 },
      'the entries 3 to 5 of the gradient of a are wrong',
      USES,
    ],
    [
      'what can be none',
      off([12], [4, 5, 6]),
      { entries: 3, first: 4, last: 6 },
      'the entries 4 to 6 of the gradient of a are wrong',
      SEVERAL,
    ],
    [
      'the last row, by half',
      off([4, 3], [9, 10, 11], (n) => n / 2),
      { entries: 3, row: 3, factor: 0.5 },
      'the last row, 3, of the gradient of a is wrong, by a factor of 0.5',
      SEVERAL,
    ],
    [
      'two columns',
      off([3, 4], [0, 3, 4, 7, 8, 11]),
      { entries: 6, columns: 2 },
      'columns 0, 3 of the gradient of a are wrong',
      USES,
    ],
    [
      'some without a pattern, half of all',
      off([8], [0, 1, 3, 6]),
      { entries: 4 },
      '4 entries of 8 of the gradient of a are wrong',
      SEVERAL,
    ],
    [
      'more than half, in a pattern',
      off([5], [0, 2, 4]),
      { entries: 3, period: 2, first: 0 },
      'every 2nd entry, from 0 on, of the gradient of a is wrong',
      'Look for a stride or a step of 2: interleaved channels, a loop over every 2nd element.',
    ],
  ])('%s', (_, numbers, evidence, text, advice) => {
    expect(explanation(isolatedEntries, [numbers])).toEqual({
      evidence,
      title: `Only ${text}; the others are right.`,
      advice,
    });
  });

  test('beside others of which an error as large could not be told', () => {
    // One entry is off by half of the two claims together.
    const numbers = {
      ...off([2, 3], [4], (n) => 3 * n),
      numeric: [1, 1, 1, 1, 1, 1],
      analytic: [1, 1, 1, 1, 3, 1],
    };
    const typical = Math.sqrt((5 * 2 ** 2 + 4 ** 2) / 6);
    const titled = (share: number): string =>
      explanation(isolatedEntries, [{ ...numbers, uncertainty: [share * typical, 0, 0, 0, 0, 0] }])!.title;
    expect(titled(0.2)).toContain('; the others are right.');
    expect(titled(0.22)).toBe(
      'Some entries are wrong: the entry [1, 1] of the gradient of a is wrong, by a factor of 3; whether others are off by as much is not known.',
    );
  });

  test('and what was done to them, where it is one thing', () => {
    const doubled = explanation(isolatedEntries, [off([4, 3], [3, 4, 5], (n) => 2 * n)])!;
    expect(doubled.title).toBe(
      'Only row 1 of the gradient of a is wrong, by a factor of 2; the others are right.',
    );
    expect(doubled.evidence).toEqual({ entries: 3, row: 1, factor: expect.closeTo(2, 12) });
    expect(explanation(isolatedEntries, [off([4, 3], [3, 4, 5], () => 0)])).toMatchObject({
      evidence: { entries: 3, row: 1, factor: 0 },
      title: 'Only row 1 of the gradient of a is wrong, claimed to be zero; the others are right.',
    });
    // One of them is not zero.
    expect(
      explanation(isolatedEntries, [off([4, 3], [3, 4, 5], (_, k) => (k === 4 ? 9 : 0))])?.evidence,
    ).toEqual({
      entries: 3,
      row: 1,
    });
  });

  test('of a part', () => {
    expect(
      explanation(isolatedEntries, [{ ...off([4, 3], [3, 4, 5], (n) => 2 * n), due: [2, 9] }])?.title,
    ).toBe(
      'Only row 1 of the gradient of the checked part of a is wrong, by a factor of 2; the others are right.',
    );
  });

  test('where the others were not all looked at', () => {
    const runs = runEvidence({ widespread: false, complete: false, unseen: 0 });
    expect(explanation(isolatedEntries, [{ ...off([9], [2, 5]), runs }])).toMatchObject({
      title:
        'Some entries are wrong: 2 entries of 9 of the gradient of a are wrong, and the others were not all looked at.',
    });
  });
});

test('entries are told of which the others were not measured', () => {
  const runs = runEvidence({ widespread: false, complete: true, unseen: 0 });
  expect(codes([{ ...off([9], [2, 5]), runs }])).toEqual([['isolated-entries', 'a']]);
});

describe('entries are no exceptions', () => {
  test.each([
    ['where all are wrong', off([4], [0, 1, 2, 3])],
    ['where none is', { ...off([4], []), verdict: 'wrong' as const }],
    [
      'of a sample',
      { ...off([9], [2]), runs: runEvidence({ widespread: true, complete: false, unseen: 0 }) },
    ],
    ['that are more than half, without a pattern', off([9], [0, 1, 3, 6, 8])],
  ])('%s', (_, numbers) => {
    expect(explanation(isolatedEntries, [numbers])).toBeUndefined();
  });
});

describe('of a Jacobian', () => {
  const axes = { rows: { name: 'y', shape: [4], from: 0 }, columns: { name: 'W', shape: [4], from: 0 } };
  const block = (numbers: Numbers): Numbers => ({ name: 'W', hasRows: true, axes, ...numbers });

  test('an entry has two names', () => {
    expect(explanation(isolatedEntries, [block(off([4, 4], [6]))], JACOBIAN)?.title).toBe(
      'Only the entry y[1] by W[2] of the Jacobian by W is wrong; the others are right.',
    );
  });

  test('half of what is not zero, in either gradient or beyond uncertainty, is no exception', () => {
    // Wrong in no pattern: 1, 4, 11; other entries are zero but for these.
    const wrong = [1, 4, 11];
    const sparse = (others: readonly number[], other: Partial<Numbers> = {}): Numbers => {
      const numeric = Array.from({ length: 16 }, (_, i) => (others.includes(i) ? 1 : 0));
      return block({
        shape: [4, 4],
        numeric,
        analytic: numeric.map((n, i) => (wrong.includes(i) ? 2 + i : n)),
        ...other,
      });
    };
    const isTold = (numbers: Numbers): boolean =>
      explanation(isolatedEntries, [numbers], JACOBIAN) !== undefined;
    expect(isTold(sparse([2, 7, 8]))).toBe(true);
    expect(isTold(sparse([2, 7]))).toBe(false);
    // In no Jacobian zeros count.
    expect(isTold({ ...sparse([2, 7]), hasRows: false })).toBe(true);
    const uncertain = (n: number): Partial<Numbers> => ({
      numeric: Array.from({ length: 16 }, (_, i) => ([2, 7].includes(i) ? 1 : i === 8 ? n : 0)),
      uncertainty: Array.from({ length: 16 }, (_, i) => (i === 8 ? 0.5 : 0)),
      wrong,
    });
    expect(isTold(sparse([2, 7], uncertain(0.4)))).toBe(false);
    expect(isTold(sparse([2, 7], uncertain(0.6)))).toBe(true);
    expect(isTold(sparse([2, 7], uncertain(-0.6)))).toBe(true);
  });

  describe('the derivatives of one output, by several parameters,', () => {
    const other = { ...block(off([4, 2], [4, 5], (n) => 2 * n)), name: 'b' };
    const both = [block(off([4, 4], [8, 10], (n) => 2 * n)), other];

    test('are one finding', () => {
      expect(explanation(isolatedEntries, both, JACOBIAN)).toEqual({
        evidence: { row: 2, factor: expect.closeTo(2, 12) },
        title:
          'Only the derivatives of y[2] are wrong, those by W and b, by a factor of 2; those of the other outputs are right.',
        advice:
          'Look for what treats this one output differently: the first or last turn of a loop, a mask, an index that is skipped or written twice.',
      });
    });

    test('whatever was done to them', () => {
      expect(
        explanation(isolatedEntries, [both[0]!, { ...other, ...off([4, 2], [4, 5]) }], JACOBIAN),
      ).toMatchObject({
        evidence: { row: 2 },
        title:
          'Only the derivatives of y[2] are wrong, those by W and b; those of the other outputs are right.',
      });
    });

    test('of one of several arrays of outputs', () => {
      const named = both.map((one) => ({ ...one, output: 'y' }));
      expect(explanation(isolatedEntries, named, JACOBIAN)?.title).toContain('those by W and b, by a factor');
    });

    test.each([
      ['of two outputs', [both[0]!, block(off([4, 2], [4, 6]))]],
      ['of no Jacobian', [both[0]!, { ...other, hasRows: false }]],
      ['of two arrays of outputs', [both[0]!, { ...other, output: 'z' }]],
      [
        'by a sample',
        [both[0]!, { ...other, runs: runEvidence({ widespread: true, complete: true, unseen: 0 }) }],
      ],
      [
        'where others were not looked at',
        [both[0]!, { ...other, runs: runEvidence({ widespread: false, complete: false, unseen: 0 }) }],
      ],
      ['of outputs without names', both.map((one) => ({ ...one, axes: { columns: axes.columns } }))],
      [
        'of outputs that are sums',
        both.map((one): Numbers => {
          const { axes: _, ...rest } = one;
          return rest;
        }),
      ],
      [
        'where no entry is wrong by itself',
        both.map((one) => ({ ...one, wrong: [], verdict: 'wrong' as const })),
      ],
    ])('not %s', (_, all) => {
      expect(explanation(isolatedEntries, all, JACOBIAN)).toBeUndefined();
    });
  });
});

/** A matrix of four rows and three columns, whose gradient is wrong where `isWrong` says so. */
function titleFor(isWrong: (row: number, column: number) => boolean): string | undefined {
  const W = Array.from({ length: 4 }, (_, i) =>
    Array.from({ length: 3 }, (__, j) => Math.sin(3 * i + j + 1)),
  );
  const slope = (w: number, i: number, j: number): number =>
    Math.exp(w) + (isWrong(i, j) ? Math.cos(5 * i + 2 * j) : 0);
  return checkGradients({
    parameters: { W },
    loss: () => W.flat().reduce((sum, w) => sum + Math.exp(w), 0),
    gradients: () => ({ W: W.map((row, i) => row.map((w, j) => slope(w, i, j))) }),
  }).findings[0]?.title;
}

test.each([
  ['row 1', 'is', (i: number) => i === 1],
  ['rows 0, 2', 'are', (i: number) => i % 2 === 0],
  ['the last column, 2,', 'is', (_: number, j: number) => j === 2],
  ['the diagonal', 'is', (i: number, j: number) => i === j],
  ['the entries below the diagonal', 'are', (i: number, j: number) => j < i],
  ['the entry [2, 1]', 'is', (i: number, j: number) => i === 2 && j === 1],
] as const)('%s %s wrong', (which, are, isWrong) => {
  expect(titleFor(isWrong)).toBe(`Only ${which} of the gradient of W ${are} wrong; the others are right.`);
});
