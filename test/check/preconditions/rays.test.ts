/** The noise of a loss along rays, how far it is smooth, whether it moves, and how noisy a claim is: on losses of which that is known. */

import { describe, expect, test } from 'vitest';
import { ClaimNoise } from '../../../src/check/preconditions/claim-noise.js';
import {
  firstDistance,
  type LossNoise,
  measureNoise,
  type RaySource,
} from '../../../src/check/preconditions/loss-noise.js';
import { randomPath, weightsOf } from '../../../src/check/preconditions/random-path.js';
import { FAR, isAlive, LIVENESS_LOSSES, lossFarAway } from '../../../src/check/preconditions/sensitivity.js';
import { Budget } from '../../../src/check/run/budget.js';
import { now } from '../../../src/check/run/clock.js';
import { answer } from '../../../src/check/run/drive.js';
import { evaluationOf } from '../../../src/model/evaluate/answer-losses.js';
import { GradientSubject } from '../../../src/model/subject/gradient-subject.js';
import { NOISE_COVERAGE } from '../../../src/numerics/difference.js';
import { BFLOAT16, DOUBLE, FLOAT32, type Format } from '../../../src/numerics/format.js';
import { noiseAlong, NOISE_POINTS, rayPoints, ROUNDING_DEVIATION } from '../../../src/numerics/noise.js';
import { RandomWeights, randomIntegers, seedFor } from '../../../src/numerics/random.js';
import { LARGEST_STEP, movedScale } from '../../../src/numerics/step.js';
import { made } from '../task.js';

/** The first ray, and how many bits of coarser storage it takes. */
const [FIRST_DISTANCE, STORED_BITS] = [2 ** -17, 13];
/** A ray on which the loss stands still is followed by a longer one. */
const GROWTH = 64;
/** So far beyond the ray that noise was measured on a step may go. */
const SAME_LEVEL = 8;

const VALUES = [1, -2, 3, 0.5];

function source(
  loss: (x: Float64Array) => number,
  values: readonly number[] | Float32Array = VALUES,
  maxEvaluations?: number,
) {
  const { task, run, subject } = made(loss, values, maxEvaluations === undefined ? {} : { maxEvaluations });
  const { frame, budget, scale, loss: here } = task;
  const rays: RaySource = {
    frame,
    loss: here,
    scatter: 0,
    parameters: [{ place: 0, scale }],
    share: 1,
    seed: 1,
    budget,
  };
  return { rays, run, subject, task };
}

function noiseOf(loss: (x: Float64Array) => number, distance = FIRST_DISTANCE): LossNoise {
  const { rays, run } = source(loss);
  return run(measureNoise(rays, distance));
}

const total = (x: Float64Array): number => x.reduce((sum, value) => sum + value, 0);

describe('the first ray', () => {
  test('is as long as the steps of differences', () => {
    expect(firstDistance(source(total).rays)).toBe(FIRST_DISTANCE);
  });

  test('is as much longer as storage is coarser', () => {
    expect(firstDistance(source(total, Float32Array.of(1, 2)).rays)).toBe(2 ** (STORED_BITS - 23));
  });
});

describe('the noise of a loss', () => {
  test('is its rounding', () => {
    const { level, size, distance, reach, isStill } = noiseOf((x) => Math.fround(3 + total(x) / 8));
    // Numbers between 2 and 4 of single precision have a spacing of 2^-22.
    expect(level / (ROUNDING_DEVIATION * 2 ** -22)).toBeGreaterThanOrEqual(1 / 3);
    expect(level / (ROUNDING_DEVIATION * 2 ** -22)).toBeLessThan(3);
    expect(size).toBeCloseTo(3.3125, 3);
    expect({ reach, isStill }).toEqual({ reach: Infinity, isStill: false });
    expect(distance).toBeGreaterThanOrEqual(FIRST_DISTANCE);
  });

  test('is asked for further away where the loss stands still', () => {
    const { distance } = noiseOf((x) => Math.fround(3 + total(x) / 8), 2 ** -30);
    expect(Number.isInteger(Math.log2(distance / 2 ** -30) / Math.log2(GROWTH))).toBe(true);
    expect(distance).toBeGreaterThan(2 ** -30);
  });

  test('is not known where it stands still however far it is asked', () => {
    expect(noiseOf(() => 3)).toMatchObject({ level: Infinity, isStill: true, distance: LARGEST_STEP });
  });

  test('is that of the least change where it begins to move, if it stands still all around', () => {
    // Its own digits are those of a double, and it changes by a thousandth at once, half of the scale away.
    const far = noiseOf((x) => Math.log(3) + (Math.abs(x[0]! - 1) > 1 / 2 ? 1e-3 : 0));
    expect(far.level).toBeCloseTo(1e-3 * ROUNDING_DEVIATION, 12);
    expect(far.reach).toBe(Infinity);
    // A thousand has zeros for its last digits, and is rounded to those of single precision all the same.
    const rounded = noiseOf((x) => Math.fround(1000 + 1e-5 * x[0]! ** 2));
    expect(rounded.level).toBeCloseTo(2 ** -14 * ROUNDING_DEVIATION, 9);
  });

  test('is asked for with all entries moved, where a share of them are none that move it', () => {
    const values = Array.from({ length: 1000 }, (_, i) => 1 + i / 1000);
    const { rays, run } = source((x) => 3 + Math.sin(x[500]!), values);
    const share = 1 / 100;
    expect(new RandomWeights(seedFor('W', 1), 1, undefined, share).has(500)).toBe(false);
    const { isStill, distance, level } = run(measureNoise({ ...rays, share }, FIRST_DISTANCE));
    expect({ isStill, distance }).toEqual({ isStill: false, distance: FIRST_DISTANCE });
    expect(level).toBeLessThan(4 * 2 ** -51);
  });

  test('is no oscillation where it looks the same on all scales', () => {
    const { rays, run } = source((x) => Math.cbrt(x[0]!), [0]);
    expect(run(measureNoise(rays, FIRST_DISTANCE)).reach).toBe(Infinity);
  });

  test('is not what it oscillates by, and no step goes beyond where it is smooth', () => {
    const wave = noiseOf((x) => Math.sin(1e5 * x[0]!));
    expect(wave.level).toBeLessThan(1e-9);
    expect(wave.distance).toBeLessThan(FIRST_DISTANCE);
    expect(wave.reach).toBe(SAME_LEVEL * wave.distance);
  });

  test('is not asked for where storage has no room for the points of a ray', () => {
    const { rays, run, subject } = source((x) => (1e9 * Math.PI * total(x)) % 1, Float32Array.from(VALUES));
    const before = subject.evaluations.loss;
    const { level } = run(measureNoise(rays, 2 ** (STORED_BITS - 23)));
    expect(level).toBeGreaterThan(0.01);
    // 2^-10 and 2^-16 of the scale: 2^-22 is two spacings.
    expect(subject.evaluations.loss - before).toBe(2 * NOISE_POINTS);
  });

  test('is infinite of a loss that is zero, and beside that no number', () => {
    const { level, reach } = noiseOf((x) => (Math.abs(x[0]! - 1) < 0.5 ? 0 : Number.NaN));
    expect([level, reach]).toEqual([Infinity, Infinity]);
  });

  test.each([
    ['rises from zero on one side', (far: number) => Math.max(0, far - 0.5)],
    ['rises from zero on the other', (far: number) => Math.max(0, -far - 0.5)],
    ['jumps from zero', (far: number) => (Math.abs(far) > 0.5 ? 2 ** -20 : 0)],
  ])('is that of the least that it is found to be, of a loss that %s', (_, of) => {
    const { level } = noiseOf((x) => of(x[0]! - VALUES[0]!));
    expect(level).toBeGreaterThan(0);
    expect(level / ROUNDING_DEVIATION).toBeLessThanOrEqual(2 ** -20);
  });

  test('is none where it is not finite', () => {
    expect(noiseOf(() => Number.NaN).level).toBeNaN();
  });

  test('is seen on the other side where there is none on this one', () => {
    const { rays, run } = source((x) => total(x));
    const direction = weightsOf(rays.frame, 0, { scale: 1, seed: 1 });
    const ahead = (x: Float64Array): number =>
      x.reduce((sum, value, i) => sum + (value - VALUES[i]!) * direction.at(i), 0);
    expect(run(measureNoise(rays, FIRST_DISTANCE)).level).toBeGreaterThan(0);
    expect(noiseOf((x) => (ahead(x) > 0 ? Number.NaN : 2 + total(x))).level).toBeLessThan(1e-14);
  });

  test('says what the loss changes by over the scale of an entry', () => {
    // Of a loss with slopes of 7 the root mean square over the directions is 7 times the scale.
    const changes = Array.from({ length: 50 }, (_, seed) => {
      const { rays, run, task } = source((x) => 7 * total(x), [2, 2, 2, 2]);
      return run(measureNoise({ ...rays, seed }, FIRST_DISTANCE)).change / (7 * task.scale);
    });
    const mean = Math.sqrt(changes.reduce((sum, change) => sum + change ** 2, 0) / 50);
    expect(mean).toBeGreaterThan(0.7);
    expect(mean).toBeLessThan(1.4);
  });

  test('costs no more than a budget has', () => {
    const { rays, run, subject } = source(total, VALUES, 9);
    expect(run(measureNoise(rays, FIRST_DISTANCE)).level).toBeNaN();
    expect(subject.evaluations.loss).toBe(0);
  });

  test('moves the share of the entries that it is told', () => {
    const moved = new Set<number>();
    const values = Array.from({ length: 400 }, () => 1);
    const { rays, run } = source((x) => {
      for (const [i, value] of x.entries()) if (value !== 1) moved.add(i);
      return total(x);
    }, values);
    run(measureNoise({ ...rays, share: 1 / 8 }, FIRST_DISTANCE));
    expect(moved.size).toBeGreaterThan(25);
    expect(moved.size).toBeLessThan(80);
  });
});

describe('a random direction', () => {
  const { task } = source(total, [1, -(2 ** -20), 0]);

  test('moves each entry by its scale, and those of another unit by their own', () => {
    const weights = weightsOf(task.frame, 0, { scale: 1, seed: 1 });
    const sizes = [0, 1, 2].map((i) => Math.abs(weights.at(i)));
    for (const [i, unit] of [1, 2 ** -20, 1].entries()) {
      expect(sizes[i]).toBeGreaterThanOrEqual(unit);
      expect(sizes[i]).toBeLessThan(2 * unit);
    }
  });

  test('is the same for the same seed, of all parameters or of some', () => {
    const [one] = randomPath(task.frame, [1], 1);
    expect(one).toMatchObject({ parameter: 0, from: 0, to: 3 });
    expect(one!.weights.at(0)).toBe(weightsOf(task.frame, 0, { scale: 1, seed: 1 }).at(0));
    expect(randomPath(task.frame, [1], 1, [])).toEqual([]);
    // The seed is the name's, so that it is the same in whatever company.
    expect(weightsOf(task.frame, 0, { scale: 1, seed: 7, bits: 9, share: 0.5 }).at(0)).toBe(
      new RandomWeights(seedFor('x', 7), 1, 9, 0.5).at(0),
    );
  });
});

describe('a parameter that small steps do not move', () => {
  /** Whether it is alive, and the losses that this took. */
  const alive = (loss: (x: Float64Array) => number): [isAlive: boolean, losses: number] => {
    const { task, run, subject } = source(loss);
    const here = {
      loss: task.loss,
      scales: [task.scale],
      seed: 1,
      analytic: [task.analytic],
    };
    const before = subject.evaluations.loss;
    const found = run(isAlive(task.frame, 0, here));
    return [found, subject.evaluations.loss - before];
  };

  test('is alive where larger ones do, which are asked for only where need be', () => {
    expect(alive(total)).toEqual([true, LIVENESS_LOSSES / 2]);
    expect(alive((x) => Math.floor(x[0]! + 0.5))).toEqual([true, LIVENESS_LOSSES]);
    expect(alive(() => 1)).toEqual([false, LIVENESS_LOSSES]);
  });

  test('is tried a thousandth of its scale away, and once or twice the whole', () => {
    const { task } = source(total);
    // Weights are between one and two scales.
    const beyond = (multiple: number) => (x: Float64Array) =>
      Number(Math.abs(x[0]! - VALUES[0]!) > multiple * task.scale);
    expect(alive(beyond(0.99 * 2 ** -10))).toEqual([true, LIVENESS_LOSSES / 2]);
    expect(alive(beyond(2.01 * 2 ** -10))).toEqual([true, LIVENESS_LOSSES]);
    expect(alive(beyond(0.99))).toEqual([true, LIVENESS_LOSSES]);
    expect(alive(beyond(2.01))).toEqual([false, LIVENESS_LOSSES]);
  });

  test('is not known to be where the loss throws at large ones', () => {
    const throws = (x: Float64Array): number => {
      if (Math.abs(x[0]! - VALUES[0]!) > 1e-2) throw new RangeError('beyond the domain');
      return 1;
    };
    expect(alive(throws)).toEqual([false, LIVENESS_LOSSES / 2 + 1]);
  });

  test('may move the loss with others, an eighth of their scales away', () => {
    const { task, run } = source(total);
    const far = run(lossFarAway(task.frame, { scales: [task.scale], seed: 1 }));
    const direction = weightsOf(task.frame, 0, { scale: task.scale, seed: 1 });
    const moved = VALUES.reduce((sum, value, i) => sum + value + FAR * direction.at(i), 0);
    expect(far).toBeCloseTo(moved, 12);
    expect(FAR).toBe(1 / 8);
  });
});

describe('the noise of a claim', () => {
  /** No entry has less than this share of what is typical. */
  const LEAST_SHARE = 1 / 4;

  function measured(
    claim: (x: Float64Array) => Float64Array,
    format = DOUBLE,
    maxEvaluations?: number,
    onLoss: () => void = () => undefined,
  ) {
    const calls: Float64Array[] = [];
    const x = Float64Array.from([1.1, 2.2, 3.3, 4.4, 5.5, 6.6, 7.7, 8.8]);
    const subject = new GradientSubject(
      {
        parameters: { x },
        loss() {
          onLoss();
          return total(x);
        },
        gradients() {
          calls.push(claim(x));
          return { x: calls.at(-1)! };
        },
      },
      { only: undefined, except: undefined, shard: undefined },
    );
    const settings = { maxEvaluations, timeLimit: undefined, onProgress: undefined };
    const budget = new Budget(settings, subject, undefined, now());
    const analytic = [claim(x)];
    const noise = new ClaimNoise({ frame: subject, settings: { seed: 1 }, analytic, budget }, [5]);
    expect(noise.format(0)).toBe(format);
    expect(noise.known(0)).toBeUndefined();
    const found = answer(noise.bounds(0), (request) => evaluationOf(request, subject)) as Float64Array;
    const asked = subject.evaluations.gradients;
    expect(answer(noise.bounds(0), (request) => evaluationOf(request, subject))).toEqual(found);
    return { found, subject, calls, asked };
  }

  function bounds(...given: Parameters<typeof measured>): Float64Array {
    const { found, subject, asked } = measured(...given);
    // It is measured once.
    expect(subject.evaluations.gradients).toBe(given[2] === undefined ? asked : 0);
    return found;
  }

  test('is its rounding, six times', () => {
    const single = bounds((x) => x.map((value) => Math.fround(1 + value / 64)), FLOAT32);
    for (const own of single) {
      const rounding = own / (NOISE_COVERAGE * ROUNDING_DEVIATION * 2 ** -23);
      // So close to θ some claims stand still, and what is typical is less than each rounding.
      expect(rounding).toBeGreaterThan(LEAST_SHARE / 4);
      expect(rounding).toBeLessThan(6);
    }
  });

  test('is none where all claims stand still', () => {
    expect([...bounds((x) => x.map(Math.sign))]).toEqual(Array(8).fill(0));
  });

  test('is at least a quarter of what is typical, where others have some', () => {
    const found = bounds((x) => x.map((value, i) => (i === 0 ? 1 : Math.fround(1 + value / 64))), FLOAT32);
    const typical = Math.sqrt(found.reduce((sum, own) => sum + own ** 2, 0) / 8);
    expect(found[0]).toBeGreaterThan((LEAST_SHARE / 2) * typical);
    expect(found[0]).toBeLessThan(2 * typical);
  });

  test.each([
    ['of doubles 2^-36', DOUBLE, 2 ** -36],
    ['of what is computed in single precision eight of its spacings', FLOAT32, 8 * 2 ** -23],
  ])(
    'is measured along a ray that is %s of the scale long, after two points far away, each time right after a loss',
    (_, format, distance) => {
      const seen: string[] = [];
      const values: number[] = [];
      const claim = (x: Float64Array): Float64Array => {
        seen.push('gradients');
        values.push(x[0]!);
        return format === FLOAT32 ? x.map(Math.fround) : x.map((value) => value ** 2);
      };
      const { subject } = measured(claim, format, undefined, () => void seen.push('loss'));
      const [direction] = randomPath(subject, [5], 1);
      const multiples = [
        1 / 16,
        -1 / 16,
        ...Array.from(rayPoints(randomIntegers(1)), (point) => point * distance),
      ];
      expect(values.slice(1)).toEqual(multiples.map((multiple) => 1.1 + multiple * direction!.weights.at(0)));
      expect(seen.slice(1)).toEqual(multiples.flatMap(() => ['loss', 'gradients']));
    },
  );

  test('is six times what is estimated of each entry, or a quarter of what is typical of entries of their scales', () => {
    const claim = (x: Float64Array): Float64Array =>
      x.map((value, i) => Math.fround(2 ** -i * (1.3 + 2 ** 10 * (value - 1.1 * (i + 1)))));
    const { found, subject, calls } = measured(claim, FLOAT32);
    const near = calls.slice(2);
    const points = rayPoints(randomIntegers(1));
    const noiseAlongRay = noiseAlong(points);
    const levels = Array.from(found, (_, i) => {
      const { level, isStill } = noiseAlongRay(Float64Array.from(near, (own) => own[i]!));
      return isStill ? 0 : level * movedScale(subject.saved[0]![i]!, 5);
    });
    const least = LEAST_SHARE * Math.sqrt(levels.reduce((sum, level) => sum + level ** 2, 0) / 8);
    expect(levels.some((level) => level > least) && levels.some((level) => level < least)).toBe(true);
    for (const [i, level] of levels.entries())
      expect(found[i]! / ((NOISE_COVERAGE * Math.max(level, least)) / 5)).toBeCloseTo(1, 12);
  });

  test('is none of a claim that is no number', () => {
    const found = bounds((x) => x.map((value, i) => (i === 0 ? Number.NaN : Math.sign(value))));
    expect([...found]).toEqual(Array(8).fill(0));
  });

  test('is none where the claim throws, and the parameters are back', () => {
    const { found, subject } = measured((x) => {
      if (x[0] !== 1.1) throw new RangeError('beyond the domain');
      return x;
    });
    expect([...found]).toEqual(Array(8).fill(0));
    expect(subject.changes()).toEqual([]);
  });

  test('is not known where a budget has no room for it', () => {
    expect([...bounds((x) => x.map((value) => Math.fround(value)), FLOAT32, 5)]).toEqual(Array(8).fill(0));
  });
});

describe('the format of a claim', () => {
  /** Calls at points close to θ, far away, and farther. */
  const [NEAR, FAR_POINTS, FARTHER] = [9, 2, 6];

  function formatOf(
    claim: (x: number) => number,
    more: { readonly at?: number; readonly maxEvaluations?: number } = {},
  ): { readonly before: Format; readonly after: Format; readonly calls: number; readonly bound: number } {
    const { at = 0.3, maxEvaluations } = more;
    const x = Float64Array.of(at);
    const subject = new GradientSubject(
      { parameters: { x }, loss: () => total(x), gradients: () => ({ x: x.map(claim) }) },
      { only: undefined, except: undefined, shard: undefined },
    );
    const settings = { maxEvaluations, timeLimit: undefined, onProgress: undefined };
    const budget = new Budget(settings, subject, undefined, now());
    const analytic = [x.map(claim)];
    const noise = new ClaimNoise({ frame: subject, settings: { seed: 1 }, analytic, budget }, [at]);
    const before = noise.format(0);
    const bounds = answer(noise.bounds(0), (request) => evaluationOf(request, subject)) as Float64Array;
    expect([...x]).toEqual([at]);
    return { before, after: noise.format(0), calls: subject.evaluations.gradients, bound: bounds[0]! };
  }
  const bfloat16 = (value: number): number => {
    const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 7);
    return Math.round(value / unit) * unit;
  };

  test('of one entry is told by what it is at other points, and its noise with it', () => {
    const { before, after, calls, bound } = formatOf((x) => bfloat16(Math.exp(x) + 2 * x));
    expect([before, after]).toEqual([DOUBLE, BFLOAT16]);
    expect(calls).toBeGreaterThan(NEAR + FAR_POINTS);
    expect(calls).toBeLessThan(NEAR + FAR_POINTS + FARTHER);
    const rounding = bound / (NOISE_COVERAGE * ROUNDING_DEVIATION * 2 ** -7);
    expect(rounding).toBeGreaterThan(1 / 4);
    expect(rounding).toBeLessThan(4);
  });

  test.each([
    ['in doubles', (x: number) => Math.exp(x) + 2 * x],
    ['that does not change', () => 1.953125],
    ['that has the bits of a double elsewhere', (x: number) => (x === 0.3 ? 1.953125 : x)],
    ['in single precision', (x: number) => Math.fround(Math.exp(x))],
  ])('%s asks for no more', (_, claim) => {
    expect(formatOf(claim).calls).toBe(NEAR + FAR_POINTS);
  });

  test('of counts is none, however far they are looked at', () => {
    const { after, calls } = formatOf((x) => Math.round(200 * Math.cos(x)));
    expect(after).toBe(DOUBLE);
    expect(calls).toBe(NEAR + FAR_POINTS + FARTHER);
  });

  test('is told by those points where the claim can be computed', () => {
    const claim = (x: number): number => {
      if (Math.abs(x) > 0.6) throw new RangeError('outside of the domain');
      return bfloat16(Math.exp(x) + 2 * x);
    };
    const { after, bound, calls } = formatOf(claim);
    expect(after).toBe(BFLOAT16);
    expect(bound).toBeGreaterThan(0);
    expect(calls).toBeLessThan(NEAR + FAR_POINTS + FARTHER);
  });

  test('is that of the numbers at θ, where a budget has no room for more', () => {
    const { after, calls } = formatOf((x) => bfloat16(Math.exp(x)), { maxEvaluations: 5 });
    expect([after, calls]).toEqual([DOUBLE, 0]);
  });
});
