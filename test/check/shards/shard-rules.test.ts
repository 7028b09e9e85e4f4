/** What is correct in every part is correct as a whole: the rules of the verdict, on numbers drawn at random. */

import type { Measurement } from '../../../src/check/measurement.js';
import type { Shard, Verdict } from 'expect-gradients';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgementOf } from '../../../src/check/report/judge.js';
import { readSettings } from '../../../src/check/settings.js';
import { emptySweep } from '../../../src/check/entries/sweep.js';
import { GradientSubject } from '../../../src/model/subject/gradient-subject.js';

const partsOf = (of: number): Shard[] => Array.from({ length: of }, (_, k): Shard => `${k + 1}/${of}`);

describe('the rules of the verdict', () => {
  /** Numbers of a check that were measured, whatever the loss. */
  interface Numbers {
    readonly counts: readonly number[];
    readonly claims: readonly Float64Array[];
    readonly numeric: readonly Float64Array[];
    readonly uncertainty: readonly Float64Array[];
  }

  const verdictOf = (numbers: Numbers, tolerance: number | undefined, shard: Shard | undefined): Verdict => {
    const settings = readSettings({ tolerance, shard });
    const parameters = numbers.counts.map((count) => new Float64Array(count).fill(1));
    const subject = new GradientSubject(
      { parameters, loss: () => 0, gradients: () => [] },
      settings.selection,
    );
    const within = (array: Float64Array, from: number, to: number): Float64Array =>
      array.map((value, i) => (i >= from && i < to ? value : Number.NaN));
    const measurement: Measurement = {
      method: 'exhaustive',
      analytic: numbers.claims,
      sweeps: subject.due.map(({ parameter, from, to, count }) => ({
        ...emptySweep(numbers.counts[parameter]!, count),
        numeric: within(numbers.numeric[parameter]!, from, to),
        uncertainty: within(numbers.uncertainty[parameter]!, from, to),
        moved: true,
        movedBeyondNoise: true,
        unreached: 0,
      })),
      alive: subject.due.map(() => true),
      hidden: subject.due.map(() => false),
      noise: 0,
      chosenSteps: [],
    };
    return judgementOf(subject, settings, measurement).verdict;
  };

  const unit = fc.double({ min: -1, max: 1, noNaN: true });
  /** An entry: how large beside others, how its error compares with theirs, and whether it is in single precision. */
  const entry = fc.record({
    size: fc.constantFrom(1, 1, 1, 1, 1e-3, 0),
    value: unit,
    error: unit,
    errorSize: fc.constantFrom(1, 1, 1e-2, 0),
    single: fc.boolean(),
  });
  const cases = fc.record({
    groups: fc.array(fc.array(entry, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
    tolerance: fc.constantFrom(undefined, undefined, 1e-7, 1e-3, 0.3),
    // All entries and errors alike, so that no single entry is wrong before its parameter is.
    even: fc.boolean(),
    precision: fc.constantFrom('single', 'double', 'mixed'),
    // From some entry on all are uncertain, and may be small.
    noise: fc.constantFrom(0, 3e-8, 1e-7, 2e-7, 5e-7, 1e-5, 1e-3),
    noisyFrom: fc.double({ min: 0, max: 1, noNaN: true }),
    faint: fc.constantFrom(1, 1e-2, 1e-5),
    reach: fc.constantFrom(0.3, 1, 1.5, 3),
    of: fc.constantFrom(2, 2, 3, 6),
  });
  type Case = typeof cases extends fc.Arbitrary<infer Drawn> ? Drawn : never;

  const totalOf = ({ groups }: Case): number => groups.reduce((sum, { length }) => sum + length, 0);

  /** The numbers of a case, with the errors times a factor for each entry. */
  const numbersOf = (drawn: Case, factorOf: (entry: number) => number): Numbers => {
    const { groups, even, precision, noise, noisyFrom, faint } = drawn;
    const first = noisyFrom * totalOf(drawn);
    let before = 0;
    const starts = groups.map(({ length }) => (before += length) - length);
    const eachOf = (of: (one: Case['groups'][number][number], place: number) => number): Float64Array[] =>
      groups.map((group, p) => Float64Array.from(group, (one, i) => of(one, starts[p]! + i)));
    const claims = eachOf(({ size, value, single }, place) => {
      const claim = (even ? Math.sign(value) : size * value) * (place >= first ? faint : 1);
      return precision === 'single' || (precision === 'mixed' && single) ? Math.fround(claim) : claim;
    });
    const off = eachOf(
      ({ error, errorSize }, place) => (even ? Math.sign(error) : error * errorSize) * factorOf(place),
    );
    return {
      counts: groups.map(({ length }) => length),
      claims,
      numeric: claims.map((claim, p) => claim.map((value, i) => value - off[p]![i]!)),
      uncertainty: eachOf((_, place) => (place >= first ? noise : 0)),
    };
  };

  test('call the whole correct where they call every part correct', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(cases, (drawn) => {
        fc.pre(totalOf(drawn) >= drawn.of);
        // Errors of about what the tolerance allows beside a typical entry.
        const numbers = numbersOf(drawn, () => drawn.reach * (drawn.tolerance ?? 1e-7));
        const parts = partsOf(drawn.of).map((shard) => verdictOf(numbers, drawn.tolerance, shard));
        const whole = verdictOf(numbers, drawn.tolerance, undefined);
        const together = parts.every((verdict) => verdict === 'correct') ? 'all correct' : 'not all correct';
        seen.add(`${together}, the whole ${whole}`);
        expect(together === 'all correct' ? whole : 'correct').toBe('correct');
      }),
      { numRuns: 3000, seed: 1, endOnFailure: true },
    );
    // All but the forbidden cases came up.
    expect([...seen].toSorted()).toEqual([
      'all correct, the whole correct',
      'not all correct, the whole correct',
      'not all correct, the whole inconclusive',
      'not all correct, the whole wrong',
    ]);
  });

  /** Halvings of thirteen decades: the bound is then known to a part in 10⁴. */
  const [LEAST, MOST, HALVINGS] = [1e-12, 10, 18];

  test('do so too where every part is as wrong as it may be and still be correct', () => {
    let filled = 0;
    fc.assert(
      fc.property(cases, (drawn) => {
        const total = totalOf(drawn);
        fc.pre(total >= drawn.of);
        // What is in one part makes no difference to the verdict of another.
        const factors = partsOf(drawn.of).map((shard) => {
          const isCorrect = (factor: number): boolean =>
            verdictOf(
              numbersOf(drawn, () => factor),
              drawn.tolerance,
              shard,
            ) === 'correct';
          let [within, beyond] = [0, MOST];
          for (let k = 0; k < HALVINGS; k += 1) {
            const middle = Math.sqrt(Math.max(within, LEAST) * beyond);
            if (isCorrect(middle)) within = middle;
            else beyond = middle;
          }
          return within;
        });
        const partOf = (place: number): number =>
          partsOf(drawn.of).findIndex((_, k) => place < Math.floor(((k + 1) * total) / drawn.of));
        const numbers = numbersOf(drawn, (place) => factors[partOf(place)]!);
        filled += Number(factors.every((factor) => factor > 0));
        fc.pre(partsOf(drawn.of).every((shard) => verdictOf(numbers, drawn.tolerance, shard) === 'correct'));
        expect(verdictOf(numbers, drawn.tolerance, undefined)).toBe('correct');
      }),
      { numRuns: 800, seed: 1, endOnFailure: true },
    );
    expect(filled).toBeGreaterThan(200);
  });
});
