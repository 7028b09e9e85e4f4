/** What is said of a claim does not depend on how long the runs are that it is measured along, wherever what is printed says so. */

import { describe, expect, test } from 'vitest';
import { checkGradients, type GradientCheckOptions } from '../../../src/index.js';
import type { GradientReport } from '../../../src/report.js';
import { type Gradients, network } from '../directions/network.js';

const SIZES = [24, 16, 10, 4];

/** Entry by entry, along runs of all entries of a parameter, and of those of a part of the model. */
const LENGTHS: readonly (readonly GradientCheckOptions[])[] = [
  [{ method: 'exhaustive' }],
  [{ method: 'directional' }],
  ...[2, 5].map((parts) =>
    Array.from({ length: parts }, (_, k) => ({ method: 'directional', shard: `${k + 1}/${parts}` }) as const),
  ),
];

const rms = (values: ArrayLike<number>): number =>
  Math.hypot(...Array.from(values)) / Math.sqrt(values.length);

interface Case {
  readonly draw: number;
  readonly single: boolean;
}

const reportsOf = ({ draw, single }: Case, spoil: (claimed: Gradients) => void): GradientReport[][] =>
  LENGTHS.map((parts) =>
    parts.map((options) => {
      const model = network({ sizes: SIZES, draw, single });
      const gradients = (): Gradients => {
        const claimed = model.gradients();
        spoil(claimed);
        return claimed;
      };
      return checkGradients({ ...model, gradients }, { ...options, points: 1 });
    }),
  );

const CASES = [false, true].flatMap((single) => [1, 2, 3].map((draw) => ({ single, draw })));

describe.each(CASES)('in single precision: $single, draw $draw', (one) => {
  const right = reportsOf(one, () => {});

  test('a right claim is wrong along none', () => {
    for (const { verdict } of right.flat()) expect(verdict).not.toBe('wrong');
  });

  test.each(['W1', 'b1', 'W2', 'b3'])(
    'an error in %s above what could go unseen is wrong along all, or told to be possible',
    (name) => {
      const size = rms(network({ sizes: SIZES, ...one }).gradients()[name]!);
      const unseen = right
        .flat()
        .flatMap(({ parameters }) => parameters.filter((own) => own.name === name))
        .map((own) =>
          Math.max(
            own.unseen ?? 0,
            2 * (own.resolution + right[0]![0]!.tolerance) * size * Math.sqrt(own.count),
          ),
        );
      const error = 2 * Math.max(...unseen);
      for (const parts of reportsOf(one, (claimed) => (claimed[name]![1]! += error))) {
        const wrong = parts.filter(({ verdict }) => verdict === 'wrong');
        expect(wrong.length).toBeLessThanOrEqual(1);
        // What is not called wrong says that so much could go unseen, if not in the report of a right claim.
        const own = parts.flatMap(({ parameters }) => parameters.filter((each) => each.name === name));
        const printed = Math.max(...own.map((each) => each.unseen ?? 0));
        expect(wrong.length === 1 || printed >= error).toBe(true);
      }
    },
  );
});

/** Entries that are exchanged differ by this share of the root mean square at least. */
const LEAST_DIFFERENCE = 0.5;

test.each([false, true])(
  'two entries exchanged in any of ten biases are seen, in single precision: %s',
  (single) => {
    const sizes = [20, ...Array<number>(9).fill(12), 5];
    for (let layer = 1; layer <= 10; layer += 1) {
      const model = network({ sizes, draw: layer, single });
      const gradients = (): Gradients => {
        const claimed = model.gradients();
        const own = claimed[`b${layer}`]!;
        const [a, b] = exchanged(own);
        [own[a], own[b]] = [own[b]!, own[a]!];
        return claimed;
      };
      expect([layer, checkGradients({ ...model, gradients }, { method: 'directional' }).verdict]).toEqual([
        layer,
        'wrong',
      ]);
    }
  },
);

function exchanged(own: ArrayLike<number>): readonly [number, number] {
  for (let a = 0; a < own.length; a += 1)
    for (let b = 0; b < a; b += 1)
      if (Math.abs(own[a]! - own[b]!) >= LEAST_DIFFERENCE * rms(own)) return [a, b];
  throw new Error('All entries are about the same.');
}
