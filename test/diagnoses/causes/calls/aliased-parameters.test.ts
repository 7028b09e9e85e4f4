import { describe, expect, test } from 'vitest';
import { aliasedParameters } from '../../../../src/diagnoses/causes/calls/aliased-parameters.js';
import { codes, explanation, generic, JACOBIAN, type Numbers } from '../../evidence.js';

const [x, y, z] = [generic(4), generic(4, 2), generic(4, 3)];
const sum = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value + b[i]!);
const followUp = (...sharers: number[][]): { sharers: number[][]; frozen: boolean[] } => ({
  sharers,
  frozen: sharers.map(() => false),
});

describe('parameters that share their storage', () => {
  const tied: Numbers[] = [
    { analytic: x, numeric: sum(x, y) },
    { analytic: y, numeric: sum(x, y) },
  ];

  test('show the sum of their derivatives', () => {
    expect(explanation(aliasedParameters, tied, { followUp: followUp([1], [0]) })).toEqual({
      evidence: { parameters: 2 },
      title:
        'a and b are the same array: to change one is to change the other, and the loss shows the sum of their derivatives.',
      advice:
        'If they are meant to be tied, hand the array over once, with the sum of its gradients; if not, give each a copy of its own.',
    });
  });

  test('three of them', () => {
    const all = [x, y, z].map((analytic) => ({ analytic, numeric: sum(sum(x, y), z) }));
    const found = explanation(aliasedParameters, all, { followUp: followUp([2, 1], [0, 2], [0, 1]) });
    expect(found).toMatchObject({
      evidence: { parameters: 3 },
      title: expect.stringContaining('a, b and c are the same array'),
    });
    // The sum of two is not enough.
    expect(explanation(aliasedParameters, all, { followUp: followUp([1], [0], [0]) })).toBeUndefined();
  });

  test('in a part', () => {
    const parts = tied.map((one): Numbers => ({ ...one, due: [1, 3] }));
    expect(explanation(aliasedParameters, parts, { followUp: followUp([1], [0]) })?.evidence).toEqual({
      parameters: 2,
    });
  });

  test('at any magnitude', () => {
    const size = 2 ** 600;
    const large = tied.map(({ analytic, numeric }) => ({
      analytic: analytic.map((g) => g * size),
      numeric: numeric.map((n) => n * size),
    }));
    expect(explanation(aliasedParameters, large, { followUp: followUp([1], [0]) })?.evidence).toEqual({
      parameters: 2,
    });
  });

  test('of a Jacobian, by blocks of the same outputs', () => {
    const axes = { rows: { name: 'y', shape: [4], from: 0 } };
    const block = (claim: number, output: string, analytic: number[], numeric: number[]): Numbers => ({
      name: ['a', 'b'][claim]!,
      claim,
      output,
      analytic,
      numeric,
      axes,
      hasRows: true,
    });
    const all = [
      block(0, 'y', x, sum(x, y)),
      block(0, 'z', z, sum(z, x)),
      block(1, 'y', y, sum(x, y)),
      block(1, 'z', x, sum(z, x)),
    ];
    const other = { ...JACOBIAN, followUp: followUp([1], [1], [0], [0]) };
    expect(explanation(aliasedParameters, all, other)).toMatchObject({
      evidence: { parameters: 2 },
      title:
        'a and b are the same array: to change one is to change the other, and the function shows the sum of their derivatives.',
    });
    // Of other outputs it is another sum.
    const exchanged = [all[0]!, all[1]!, { ...all[2]!, output: 'z' }, { ...all[3]!, output: 'y' }];
    expect(explanation(aliasedParameters, exchanged, other)).toBeUndefined();
  });

  test.each([
    ['with no sum of theirs', [{ ...tied[0]!, numeric: sum(x, z) }, tied[1]!], followUp([1], [0])],
    ['of which one shares nothing', tied, followUp([1], [])],
    ['of other sizes', [tied[0]!, { analytic: [1, 2], numeric: [2, 1] }], followUp([1], [0])],
    ['of which nothing is claimed', [tied[0]!], followUp([3])],
  ])('are not those %s', (_, all, asked) => {
    expect(explanation(aliasedParameters, all, { followUp: asked })).toBeUndefined();
  });
});

describe('gradients in one buffer', () => {
  const both: Numbers[] = [
    { analytic: sum(x, y), numeric: x },
    { analytic: sum(x, y), numeric: y },
  ];

  test('hold the sum of both', () => {
    expect(explanation(aliasedParameters, both)).toEqual({
      evidence: { parameters: 2 },
      title: 'The gradients of a and b are one: both are added to the same array, which holds the sum.',
      advice:
        'Give each its own buffer: look for a buffer that was assigned rather than copied, or a name not changed.',
    });
    expect(explanation(aliasedParameters, both, JACOBIAN)?.title).toContain(
      'The Jacobians by a and b are one:',
    );
  });

  test('two of three', () => {
    expect(codes([...both, { analytic: z, numeric: generic(4, 5) }])).toEqual([
      ['aliased-parameters', 'b'],
      ['unexplained', 'c'],
    ]);
  });

  test('of three', () => {
    const all = [x, y, z].map((numeric) => ({ analytic: sum(sum(x, y), z), numeric }));
    expect(explanation(aliasedParameters, all)?.evidence).toEqual({ parameters: 3 });
  });

  test.each([
    ['that are not the same', [both[0]!, { ...both[1]!, analytic: both[1]!.analytic.with(1, 9) }]],
    [
      'to all but the last bits',
      [both[0]!, { ...both[1]!, analytic: both[1]!.analytic.map((g) => g * (1 + 2 ** -50)) }],
    ],
    ['of other lengths', [both[0]!, { analytic: both[0]!.analytic.slice(0, 2), numeric: [1, 2] }]],
    ['that are no sum', [both[0]!, { ...both[1]!, numeric: z }]],
    ['of which one is a part', [both[0]!, { ...both[1]!, due: [0, 3] as const }]],
    [
      'that may be the same by chance',
      [
        { analytic: [3, 3], numeric: [1, 1] },
        { analytic: [3, 3], numeric: [2, 2] },
      ],
    ],
  ])('are not those %s', (_, all) => {
    expect(explanation(aliasedParameters, all)).toBeUndefined();
  });

  test('are told of one number, where it is no round one', () => {
    const one = (analytic: number): Numbers[] => [
      { analytic: [analytic, analytic], numeric: [0.1, 0.1] },
      { analytic: [analytic, analytic], numeric: [analytic - 0.1, analytic - 0.1] },
    ];
    expect(explanation(aliasedParameters, one(0.3))?.evidence).toEqual({ parameters: 2 });
    expect(explanation(aliasedParameters, one(0.5))).toBeUndefined();
  });
});

describe('the gradient of another', () => {
  const right: Numbers = { analytic: y, numeric: y };
  const copied: Numbers = { analytic: y, numeric: x };

  test('that is right is told', () => {
    expect(explanation(aliasedParameters, [right, copied])).toEqual({
      evidence: { entries: 4 },
      title: 'The gradient of b is that of a, entry for entry.',
      advice: 'Look for a buffer that both are written to, or a name that was copied and not changed.',
    });
  });

  test('of the same outputs', () => {
    const blocks = (output: string): Numbers[] => [
      { ...right, output: 'y' },
      { ...copied, output },
    ];
    expect(explanation(aliasedParameters, blocks('y'), JACOBIAN)?.title).toBe(
      'The Jacobian of y by b is that of y by a, entry for entry.',
    );
    expect(explanation(aliasedParameters, blocks('z'), JACOBIAN)).toBeUndefined();
  });

  test('of a part by its own name', () => {
    expect(explanation(aliasedParameters, [right, { ...copied, due: [0, 3] }])?.title).toBe(
      'The gradient of b is that of a, entry for entry.',
    );
  });

  test.each([
    ['that is not known to be right', [{ ...right, verdict: 'inconclusive' as const }, copied]],
    ['to all but the last bit', [right, { ...copied, analytic: y.with(0, y[0]! * (1 + 2 ** -52)) }]],
    ['that is longer', [{ analytic: [...y, 1], numeric: [...y, 1] }, copied]],
    [
      'that may be the same by chance',
      [
        { analytic: [2], numeric: [2] },
        { analytic: [2], numeric: [5] },
      ],
    ],
    ['itself', [copied]],
  ])('is not one %s', (_, all) => {
    expect(explanation(aliasedParameters, all)).toBeUndefined();
  });
});

describe('the parameter itself', () => {
  const itself: Numbers = { analytic: y, numeric: x, values: y };

  test('in the place of its gradient is told', () => {
    expect(explanation(aliasedParameters, [itself])).toEqual({
      evidence: { entries: 4 },
      title: 'The gradient of a is a itself, entry for entry.',
      advice: 'Look for a getter or a buffer that hands out the parameter where its gradient is meant.',
    });
    expect(explanation(aliasedParameters, [{ ...itself, output: 'y' }], JACOBIAN)?.title).toBe(
      'The Jacobian of y by a is a itself, entry for entry.',
    );
  });

  test('is told by all of its entries, measured or not', () => {
    expect(explanation(aliasedParameters, [{ ...itself, due: [0, 3] }])?.evidence).toEqual({ entries: 4 });
  });

  test('is none with one entry off', () => {
    expect(explanation(aliasedParameters, [{ ...itself, values: y.with(3, 1) }])).toBeUndefined();
  });
});
