/**
 * What is taken entry by entry, whole: each count of losses, each derivative with its bound, and the steps that told it. Where one of them is meant
 * to change, `npx vitest run test/check/entries -u` writes them anew, to be read.
 */

import { expect, test, vi } from 'vitest';
import { checkGradients, type GradientCheckOptions } from '../../../src/index.js';
import { randomNumbers } from '../../../src/numerics/random.js';
import { linesOf } from '../report-lines.js';

// Time stands still, so that a slow machine takes the same.
vi.mock('../../../src/check/run/clock.js', () => ({ now: () => 0 }));

type Values = Float64Array | Float32Array;

/** Sums of one function of each entry, and claims of its derivative. */
interface Terms {
  readonly values: Values;
  readonly term: (x: number, i: number) => number;
  readonly slope: (x: number, i: number) => number;
  /** What becomes of the sum. */
  readonly finish?: (sum: number) => number;
}

function taken(
  { values, term, slope, finish = (sum) => sum }: Terms,
  options: GradientCheckOptions = {},
): string {
  const model = {
    parameters: { x: values },
    loss: ({ x }: { x: Values }) => finish(Array.from(x, term).reduce((sum, own) => sum + own, 0)),
    gradients: ({ x }: { x: Values }) => ({ x: Float64Array.from(x, slope) }),
  };
  return linesOf(checkGradients(model, { method: 'exhaustive', points: 1, worst: 10, ...options })).join(
    '\n',
  );
}

const values = (count = 12): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(3 * i + 1));
const single = (count = 12): Float32Array => Float32Array.from(values(count));

/** Smooth, with claims of which some entries are off by a share. */
const smooth = (share: number, entries: readonly number[]): Terms => ({
  values: values(),
  term: (x) => Math.exp(x) + x ** 3,
  slope: (x, i) => (Math.exp(x) + 3 * x * x) * (entries.includes(i) ? 1 + share : 1),
});

test.each([
  [0, []],
  [1, [3]],
  [1e-5, [3, 7]],
  [2e-7, [0]],
  [1, values().map((_, i) => i)],
] as const)('smooth, off by %d in some entries', (share, entries) => {
  const terms = smooth(share, [...entries]);
  expect([
    taken(terms),
    taken({ ...terms, values: single() }),
    taken(terms, { epsilon: 1e-4 }),
  ]).toMatchSnapshot();
});

test.each([0, 1e-12, 1e-7, 1e-5, 1e-3])('kinks at a distance of %d', (distance) => {
  const places = values().map((x, i) => (i % 3 === 0 ? x - distance : 9));
  const kinked = (claim: (x: number, i: number) => number): Terms => ({
    values: values(),
    term: (x, i) => x * x + Math.abs(x - places[i]!) / 4,
    slope: (x, i) => 2 * x + claim(x - places[i]!, i) / 4,
  });
  const side = kinked((apart) => Math.sign(apart) || 1);
  const beyond = kinked((apart, i) => (i === 3 ? 2 : Math.sign(apart)));
  expect([taken(side), taken(side, { kinks: 'reject' }), taken(beyond)]).toMatchSnapshot();
});

test.each([1e3, 1e8, 1e14])('beside an offset of %d', (offset) => {
  const terms: Terms = { ...smooth(1e-3, [5]), finish: (sum) => offset + sum };
  expect([taken(terms), taken({ ...terms, finish: (sum) => Math.fround(offset + sum) })]).toMatchSnapshot();
});

test.each([1e-9, 1e-4])('a loss that is rounded to %d', (grid) => {
  const terms: Terms = { ...smooth(1e-2, [5]), finish: (sum) => Math.round(sum / grid) * grid };
  expect(taken(terms)).toMatchSnapshot();
});

test('a loss that climbs by steps', () => {
  const steps = (claim: (x: number) => number): Terms => ({
    values: values(),
    term: (x) => (Math.round(x * 16) / 16) ** 2,
    slope: claim,
  });
  expect([taken(steps((x) => 2 * x)), taken(steps(() => 0))]).toMatchSnapshot();
});

test('a loss with chance', () => {
  const random = randomNumbers(5);
  expect(taken({ ...smooth(0, []), finish: (sum) => sum * (1 + 1e-9 * random()) })).toMatchSnapshot();
});

test('scales that are unlike', () => {
  const scales = values().map((_, i) => 10 ** (i - 6));
  const unlike = (entries: readonly number[]): Terms => ({
    values: values().map((x, i) => x * scales[i]!),
    term: (x, i) => Math.sin(x / scales[i]!),
    slope: (x, i) => (Math.cos(x / scales[i]!) / scales[i]!) * (entries.includes(i) ? 1.5 : 1),
  });
  expect([taken(unlike([])), taken(unlike([1, 10]))]).toMatchSnapshot();
});

test('what oscillates faster than the first step', () => {
  const wave: Terms = {
    values: values(),
    term: (x) => x * x + 1e-6 * Math.sin(1e6 * x),
    slope: (x) => 2 * x + Math.cos(1e6 * x),
  };
  expect([taken(wave), taken({ ...wave, slope: (x) => 2 * x })]).toMatchSnapshot();
});

test('edges of the domain, poles and roots', () => {
  const zero = values().fill(0, 4, 6);
  expect([
    taken({
      values: zero,
      term: (x, i) => (i === 4 ? x * Math.sqrt(x) : x),
      slope: (_, i) => (i === 4 ? 0 : 1),
    }),
    taken({
      values: zero,
      term: (x, i) => (i === 4 ? Math.sqrt(Math.abs(x)) : x),
      slope: (_, i) => (i === 4 ? 0 : 1),
    }),
    taken({ values: zero, term: (x, i) => (i === 4 ? Math.cbrt(x) : x), slope: () => 1 }),
    taken({ values: zero, term: (x, i) => (i === 5 && x > 0 ? 1 + x : x), slope: () => 1 }),
    taken({ values: zero, term: (x, i) => (i === 5 ? Math.log(x) : x), slope: () => 1 }),
  ]).toMatchSnapshot();
});

test('what no entry moves, and what some don’t', () => {
  const idle: Terms = {
    values: values(),
    term: (x, i) => (i < 8 ? 0 : x * x),
    slope: (x, i) => (i < 8 ? 0 : 2 * x),
  };
  expect([
    taken(idle),
    taken({ ...idle, slope: (x, i) => (i < 8 ? Number(i === 2) : 2 * x) }),
    taken({ ...idle, term: () => 0 }),
  ]).toMatchSnapshot();
});

test('claims that are no numbers', () => {
  const { slope, ...rest } = smooth(0, []);
  expect(
    [Number.NaN, Infinity].map((claim) =>
      taken({ ...rest, slope: (x, i) => (i === 2 ? claim : slope(x, i)) }),
    ),
  ).toMatchSnapshot();
});

test.each([7, 20, 40])('with no more than %d losses', (maxEvaluations) => {
  expect([
    taken(smooth(0, []), { maxEvaluations }),
    taken(smooth(1, [3]), { maxEvaluations }),
  ]).toMatchSnapshot();
});

test('of a shard, and with subgradients', () => {
  expect([
    taken(smooth(1, [3]), { shard: '1/3' }),
    taken(smooth(1, [3]), { shard: '2/3' }),
  ]).toMatchSnapshot();
});
