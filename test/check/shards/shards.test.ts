/** Parts of a check: which entries each has, and that these are measured and told and no others. */

import { checkGradients, type GradientReport, type Model, type Offender, type Shard } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { bitsOf, thrownBy } from '../../bits.js';
import { type Gradients, network } from '../directions/network.js';

const partsOf = (of: number): Shard[] => Array.from({ length: of }, (_, k): Shard => `${k + 1}/${of}`);

const NAMES = ['a', 'b', 'c'];

/** Σ θ⁴/4 with entries far apart, its claim spoiled. */
function quartic(
  counts: readonly number[],
  spoil: (claim: Float64Array, place: number) => void = () => undefined,
): Model & { readonly touched: Set<string> } {
  const touched = new Set<string>();
  const parameters = counts.map((count, p) =>
    Float64Array.from({ length: count }, (_, i) => 1 + Math.sin(3 * i + p) / 2),
  );
  const saved = parameters.map((values) => values.slice());
  const named = <T>(values: readonly T[]): Record<string, T> =>
    Object.fromEntries(values.map((value, p) => [NAMES[p]!, value]));
  return {
    touched,
    parameters: named(parameters),
    loss: () => {
      // Where a single entry is off its place it is being measured; the rays and tries move more.
      const moved = parameters.flatMap((values, p) =>
        Array.from(values.keys()).flatMap((i) => (values[i] === saved[p]![i] ? [] : [`${NAMES[p]}[${i}]`])),
      );
      if (moved.length === 1) touched.add(moved[0]!);
      return parameters.reduce((sum, values) => values.reduce((own, x) => own + x ** 4 / 4, sum), 0);
    },
    gradients: () =>
      named(
        parameters.map((values, p) => {
          const claim = values.map((x) => x ** 3);
          spoil(claim, p);
          return claim;
        }),
      ),
  };
}

const check = (model: Model, shard?: Shard, more = {}): GradientReport =>
  checkGradients(model, { shard, ...more }) as GradientReport;

describe('a part', () => {
  test.each([1, 2, 3, 5, 8, 19, 20])('of %i has its entries, and all of them one and no other', (of) => {
    const counts = [7, 1, 12];
    const all: string[] = [];
    for (const [k, shard] of partsOf(of).entries()) {
      const model = quartic(counts);
      const report = check(model, shard);
      const due = Math.floor(((k + 1) * 20) / of) - Math.floor((k * 20) / of);
      expect(report).toMatchObject({ verdict: 'correct', shard });
      expect(report.parameters.reduce((sum, one) => sum + one.due, 0)).toBe(due);
      expect(report.parameters.reduce((sum, one) => sum + one.checked, 0)).toBe(due);
      expect(report.parameters.map(({ count }) => count)).toEqual(
        report.parameters.map(({ name }) => counts[NAMES.indexOf(name)]),
      );
      expect(model.touched.size).toBe(due);
      all.push(...model.touched);
    }
    const entries = counts.flatMap((count, p) =>
      Array.from({ length: count }, (_, i) => `${NAMES[p]}[${i}]`),
    );
    expect(all).toEqual(entries);
  });

  test('has the entries that `only` and `except` leave', () => {
    const model = quartic([4, 4, 4]);
    check(model, '2/2', { except: 'b' });
    expect([...model.touched]).toEqual(['c[0]', 'c[1]', 'c[2]', 'c[3]']);
  });

  test('is all there is where it is the only one', () => {
    const { shard, ...report } = check(quartic([3, 2]), '1/1');
    expect(shard).toBe('1/1');
    expect(report).toEqual(check(quartic([3, 2])));
  });

  test('is measured at the steps of the whole, and finds the same numbers', () => {
    const spoil = (claim: Float64Array): void => claim.forEach((value, i) => (claim[i] = value * 1.5));
    const whole = check(quartic([5, 6], spoil), undefined, { worst: 11 });
    const numbers = partsOf(4).flatMap(
      (shard) => check(quartic([5, 6], spoil), shard, { worst: 11 }).offenders,
    );
    // What they differ by is held against what is typical of the part.
    const sorted = (offenders: readonly Offender[]): unknown[] =>
      offenders
        .toSorted((a, b) => a.parameter.localeCompare(b.parameter) || a.index[0]! - b.index[0]!)
        .map((one) => ({ ...one, difference: 0 }));
    expect(numbers).toHaveLength(11);
    expect(sorted(numbers)).toEqual(sorted(whole.offenders));
  });

  test('names a wrong entry by its place in the whole, and no other part does', () => {
    const model = (): Model => quartic([6, 10], (claim, p) => p === 1 && (claim[7]! += 1e-3));
    const reports = partsOf(4).map((shard) => check(model(), shard));
    expect(reports.map(({ verdict }) => verdict)).toEqual(['correct', 'correct', 'correct', 'wrong']);
    expect(reports[3]!.offenders.map(({ parameter, index }) => [parameter, index])).toEqual([['b', [7]]]);
    expect(reports[3]!.parameters).toMatchObject([{ name: 'b', count: 10, due: 4, checked: 4, wrong: 1 }]);
  });

  test('tells nothing of a claim that is not finite in another', () => {
    const model = (): Model => quartic([8], (claim) => (claim[6] = Number.NaN));
    const reports = partsOf(2).map((shard) => check(model(), shard));
    expect(reports[0]).toMatchObject({ verdict: 'correct', findings: [] });
    expect(reports[1]).toMatchObject({
      verdict: 'wrong',
      findings: [{ code: 'non-finite-gradient', evidence: { entries: 1 } }],
    });
    expect(reports[1]!.findings[0]!.title).toBe(
      'gradients() gave NaN or an infinity for 1 of the 4 entries of the checked part of a.',
    );
  });

  test('is left bit for bit as it was', () => {
    const model = quartic([5, 5], (claim) => (claim[2]! += 1));
    const before = Object.values(model.parameters as Gradients).map((values) => bitsOf(values));
    check(model, '2/3');
    expect(Object.values(model.parameters as Gradients).map((values) => bitsOf(values))).toEqual(before);
  });

  test.each<[string, unknown, string]>([
    ['no part', '0/3', 'the string "0/3"'],
    ['a part beyond the last', '4/3', 'the string "4/3"'],
    ['letters', 'a/b', 'the string "a/b"'],
    ['a fraction', '1.5/3', 'the string "1.5/3"'],
    ['a number', 3, '3'],
    ['no parts at all', '1/0', 'the string "1/0"'],
    ['a space', '1 / 3', 'the string "1 / 3"'],
    ['a line break', '1/3\n', 'the string "1/3\\n"'],
    ['a leading zero', '01/3', 'the string "01/3"'],
    ['an exponent', '1/1e1', 'the string "1/1e1"'],
    ['a sign', '+1/3', 'the string "+1/3"'],
    ['one number', '3', 'the string "3"'],
    ['nothing', '', 'the string ""'],
    ['null', null, 'null'],
    ['a pair', [1, 3], 'an array of 2'],
    ['more than can be counted', '1/9007199254740993', 'the string "1/9007199254740993"'],
  ])('is refused for %s', (_, shard, found) => {
    const error = thrownBy(() => checkGradients(quartic([3]), { shard: shard as Shard }));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toBe(
      `expect-gradients: options.shard must be one part of so many, from '1/8' to '8/8' for eight, but it is ${found}.`,
    );
  });

  test.each<[readonly number[], Shard, string]>([
    [[1, 2], '1/4', 'at most 3 parts'],
    [[1], '2/2', 'at most 1 part'],
  ])('is refused of %j where there would be none for each: %s', (counts, shard, most) => {
    const error = thrownBy(() => checkGradients(quartic(counts), { shard }));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toBe(
      `expect-gradients: options.shard must leave each part an entry, so there can be ${most} here, but it is '${shard}'.`,
    );
  });

  test('of which nothing moves the loss passes nothing, though others do', () => {
    const parameters = { dead: [1, 2], live: [3, 4] };
    const model = {
      parameters,
      loss: () => parameters.live[0]! ** 2 + parameters.live[1]! ** 2,
      gradients: () => ({ dead: [0, 0], live: [2 * parameters.live[0]!, 2 * parameters.live[1]!] }),
    };
    const report = check(model, '1/2');
    expect(report).toMatchObject({ verdict: 'inconclusive', findings: [{ code: 'unused-parameter' }] });
    expect(report.findings[0]!.title).toBe(
      'The loss did not move with the parameters of this part, as far as they were moved: by up to about their own size.',
    );
    expect(check(model, '2/2').verdict).toBe('correct');
  });

  test('of which the loss does not depend, beside others of the same parameter, is right to claim zero', () => {
    const x = [1, 2, 3, 4];
    const claim = [0, 0, 6, 8];
    const model = { parameters: { x }, loss: () => x[2]! ** 2 + x[3]! ** 2, gradients: () => ({ x: claim }) };
    expect(check(model, '1/2').verdict).toBe('correct');
    claim[1] = 1e-3;
    expect(check(model, '1/2').verdict).toBe('wrong');
    expect(check(model, '2/2').verdict).toBe('correct');
  });
});

describe('a part of many entries', () => {
  const SIZES = [40, 60, 30, 8];
  const of = (spoil: (gradients: Gradients) => void): Model => {
    const model = network({ sizes: SIZES, draw: 3, single: false });
    return {
      ...model,
      gradients: () => {
        const claimed = model.gradients();
        spoil(claimed);
        return claimed;
      },
    };
  };
  const directional = { method: 'directional' };

  test('is right along directions within it, for a fraction of the losses', () => {
    for (const shard of partsOf(3)) {
      const report = check(
        of(() => undefined),
        shard,
        directional,
      );
      expect(report).toMatchObject({ verdict: 'correct', method: 'directional', findings: [] });
      expect(report.evaluations.loss).toBeLessThan(160);
      expect(report.parameters.every(({ checked, due }) => checked === due)).toBe(true);
    }
  });

  test('is searched for the wrong entry that it has, and only that part', () => {
    const model = (): Model => of(({ W1 }) => (W1![1800]! += 0.1));
    const reports = partsOf(3).map((shard) => check(model(), shard, directional));
    expect(reports.map(({ verdict }) => verdict)).toEqual(['correct', 'wrong', 'correct']);
    expect(reports[1]!.offenders.map(({ parameter, index }) => [parameter, index])).toEqual([['W1', [1800]]]);
    expect(reports[1]!.findings[0]).toMatchObject({ code: 'isolated-entries', evidence: { index: 1800 } });
  });

  test('is sampled where its error is in most entries, and the sample lies in it', () => {
    const model = of(({ W1 }) => W1!.forEach((value, i) => (W1![i] = 2 * value)));
    const [first, second] = partsOf(2).map((shard) => check(model, shard, { ...directional, worst: 40 }));
    const { due } = first!.parameters[0]!;
    expect(due).toBeLessThan(2400);
    expect(first!.parameters[0]).toMatchObject({ verdict: 'wrong', wrong: due });
    expect(first!.findings[0]).toMatchObject({ code: 'scaled' });
    expect(first!.offenders.every(({ index }) => index[0]! < due)).toBe(true);
    const rest = second!.parameters.find(({ name }) => name === 'W1')!;
    expect(rest).toMatchObject({ verdict: 'wrong', due: 2400 - due });
    const places = second!.offenders.filter(({ parameter }) => parameter === 'W1');
    expect(places.length).toBeGreaterThan(0);
    expect(places.every(({ index }) => index[0]! >= due)).toBe(true);
  });

  test('chooses its method by how many entries are due', () => {
    const many = quiet(12_000);
    expect(check(many).method).toBe('directional');
    expect(check(many, '2/2').method).toBe('exhaustive');
  });
});

/** Σ θ², so cheap that thousands of losses are nothing. */
function quiet(count: number): Model {
  const x = new Float64Array(count).fill(1);
  return {
    parameters: { x },
    loss: () => {
      let sum = 0;
      for (let i = 0; i < count; i += 1) sum += x[i]! * x[i]!;
      return sum;
    },
    gradients: () => ({ x: x.map((value) => 2 * value) }),
  };
}

describe('what is told of a part', () => {
  type Tree = Record<string, readonly number[] | readonly (readonly number[])[]>;

  /** A loss whose gradient is `truth` wherever it is taken. */
  const linear = (truth: Tree, claim: Tree): Model => {
    const flat = (tree: unknown): number[] => Object.values(tree as object).flat(2) as number[];
    const parameters = structuredClone(truth);
    const slopes = flat(truth);
    return {
      parameters,
      loss: () => flat(parameters).reduce((sum, value, i) => sum + slopes[i]! * value, 0),
      gradients: () => claim,
    };
  };
  const told = (truth: Tree, claim: Tree, shard: Shard): string[] =>
    check(linear(truth, claim), shard).findings.map(({ code, title }) => `${code}: ${title}`);

  const table = (rows: number, columns: number): number[][] =>
    Array.from({ length: rows }, (_row, i) =>
      Array.from({ length: columns }, (_, j) => 1 + Math.cos(7 * i * columns + 3 * j)),
    );

  test('is the row that is wrong where all of it is there, and else its entries', () => {
    const M = table(4, 6);
    const claim = { M: M.map((row, i) => (i === 1 ? row.map((value, j) => value + 1 + j * j) : row)) };
    expect(told({ M }, claim, '1/2')).toEqual([
      expect.stringContaining('isolated-entries: Only row 1 of the gradient of the checked part of M '),
    ]);
    expect(told({ M }, claim, '2/3')).toEqual([
      'isolated-entries: Only the entries 8 to 11 in memory of the gradient of the checked part of M are wrong; the others are right.',
    ]);
  });

  test('is what was done to some entries, by their places in the whole', () => {
    const v = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(told({ v }, { v: v.with(5, 12).with(6, 14) }, '2/2')).toEqual([
      'isolated-entries: Only the entries 5 to 6 of the gradient of the checked part of v are wrong, by a factor of 2; the others are right.',
    ]);
  });

  test('is that a matrix is transposed where enough of it differs to tell, and not where zeros would do', () => {
    const transpose = (M: readonly (readonly number[])[]): number[][] =>
      M.map((row, i) => row.map((_, j) => M[j]![i]!));
    const M = table(6, 6);
    expect(told({ M }, { M: transpose(M) }, '2/3')).toEqual([
      'transposed: The gradient of the checked part of M is transposed.',
    ]);
    const sparse = [
      [1, 0, 0, 5],
      [0, 2, 0, 0],
      [7, 0, 3, 0],
      [0, 0, 0, 4],
    ];
    expect(told({ M: sparse }, { M: transpose(sparse) }, '1/4')).toEqual([
      expect.stringContaining('isolated-entries: Only row 0 of the gradient of the checked part of M '),
    ]);
  });

  test('is nothing of a buffer that two parameters share, of which not the same entries are there', () => {
    const [V, W] = [
      [0.1, 0.2, 0.1, 0.2],
      [0.3, 0.5, 0.3, 0.5],
    ];
    const sum = V.map((value, i) => value + W[i]!);
    const both = { V, W };
    expect(told(both, { V: sum, W: sum }, '1/1')[0]).toContain('aliased-parameters');
    const three = { U: [1, 2], V, W, X: [1, 2] };
    expect(told(three, { ...three, V: sum, W: sum }, '2/3')[0]).not.toContain('aliased-parameters');
  });
});
