import { checkGradients } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { Draws } from '../truth/models/draws.js';

const relu = (v: number): number => Math.max(0, v);

describe('what is taken for noise', () => {
  test('is not a kink in θ itself, which biases of zero make common', () => {
    const bias = new Float64Array(10);
    const y = [1.1];
    const report = checkGradients({
      parameters: { bias, y },
      loss: () => bias.reduce((sum, v) => sum + relu(v), 0) + y[0]! ** 2,
      gradients: () => ({ bias: bias.map((v) => (v > 0 ? 1 : 0)), y: [2 * y[0]!] }),
    });
    expect(report.verdict).toBe('correct');
    expect(report.parameters[1]!.resolution).toBeLessThan(1e-8);
  });

  test('is rounding of the argument too, which is the same all along a line of short numbers', () => {
    const x = Float64Array.from({ length: 200 }, (_, i) => 0.5 + i / 200);
    const frequency = 3000;
    const { verdict, resolution, parameters } = checkGradients({
      parameters: { x },
      loss: () => x.reduce((sum, v) => sum + Math.sin(frequency * v), 0),
      gradients: () => ({ x: x.map((v) => frequency * Math.cos(frequency * v)) }),
    });
    expect(verdict).toBe('correct');
    // sin(3000 v) is rounded by some 1e-13, as 3000 v is, a thousand times what its own last digit would say.
    expect(resolution).toBeGreaterThan(1e-9);
    expect(resolution).toBeLessThan(2e-5);
    expect(parameters[0]!.step?.min).toBeGreaterThan(1e-9);
  });

  test('is what float32 arithmetic makes of a float64 model', () => {
    const f = Math.fround;
    const x = Float64Array.from({ length: 20 }, (_, i) => Math.sin(i));
    const { verdict, resolution, tolerance } = checkGradients({
      parameters: { x },
      loss: () => x.reduce((sum, v) => f(sum + f(f(v) * f(v))), 0),
      gradients: () => ({ x: x.map((v) => 2 * v) }),
    });
    expect(verdict).toBe('correct');
    expect(resolution).toBeGreaterThan(1e-7);
    expect(tolerance).toBeLessThan(1e-2);
  });
});

describe('where θ is stored in single precision', () => {
  const seeds = Array.from({ length: 40 }, (_, i) => i + 1);

  test.each([1, 2, 6])(
    'noise is found though along some rays the loss climbs by whole units: %d entries, single precision that only a logarithm makes double',
    (count) => {
      const x = Float32Array.from({ length: count }, (_, i) => Math.sin(i + 1));
      const y = (): number => Math.fround(x.reduce((sum, v, i) => sum + v * v * (1 + i), 3));
      const model = {
        parameters: { x },
        loss: () => Math.log(y()),
        gradients: () => ({ x: x.map((v, i) => (2 * v * (1 + i)) / y()) }),
      };
      const verdicts = seeds.map((seed) => checkGradients(model, { seed }).verdict);
      expect(verdicts.filter((verdict) => verdict !== 'correct').length).toBeLessThan(count === 1 ? 5 : 2);
      expect(verdicts).not.toContain('wrong');
    },
  );

  test('rounding to whole units, a dozen of which are all that the loss moves by, accuses nobody', () => {
    // A softmax that is all but certain: its float32 probability stands still, and then climbs by a unit.
    const f = Math.fround;
    const x = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i + 1));
    const odds = (): number => f(Math.exp(f(-5 - x.reduce((sum, v, i) => sum + v * Math.cos(i), 0))));
    const model = {
      parameters: { x },
      loss: () => -Math.log(f(1 / f(1 + odds()))),
      gradients: () => ({ x: x.map((_, i) => (-odds() / (1 + odds())) * Math.cos(i)) }),
    };
    const verdicts = seeds.map((seed) => checkGradients(model, { seed }).verdict);
    expect(verdicts).not.toContain('wrong');
  });

  /** The distance of two points, of coordinates of unequal size, whose differences are rounded to single precision. */
  const distance = (seed: number, factor: number) => {
    const draws = new Draws(seed);
    const count = 1 + (seed % 4);
    const c = Float32Array.from({ length: count }, () => draws.uniform(-1, 1) * 10 ** draws.integer(0, 1));
    const y = c.map(() => draws.uniform(0, 2));
    const apart = (): Float32Array => c.map((v, i) => y[i]! - v);
    const loss = (): number => Math.hypot(...apart());
    return {
      parameters: { c },
      loss,
      gradients: () => ({ c: Array.from(apart(), (v) => (-factor * v) / loss()) }),
    };
  };

  test('what is rounded like it on the way to the loss is neither a jump nor a kink, and accuses nobody', () => {
    const found = seeds.map((seed) => checkGradients(distance(seed, 1)));
    expect(found.filter(({ verdict }) => verdict !== 'correct')).toEqual([]);
    expect(found.flatMap(({ findings }) => findings).filter(({ code }) => code === 'kink')).toEqual([]);
  });

  test('and hides no factor', () => {
    const verdicts = seeds.map((seed) => checkGradients(distance(seed, 0.5)).verdict);
    expect(verdicts.filter((verdict) => verdict !== 'wrong')).toEqual([]);
  });

  test('a kink that some rays meet is not taken for noise', () => {
    const x = Float32Array.from({ length: 30 }, (_, i) => Math.sin(i + 1));
    const kinks = Array.from(x, (v, i) => v + 0.02 * Math.sin(7 * i * i + 1));
    const resolutions = seeds.map(
      (seed) =>
        checkGradients(
          {
            parameters: { x },
            loss: () => x.reduce((sum, v, i) => sum + v * v + relu(v - kinks[i]!), 0),
            gradients: () => ({ x: x.map((v, i) => 2 * v + (v > kinks[i]! ? 1 : 0)) }),
          },
          { seed },
        ).resolution,
    );
    expect(resolutions.filter((resolution) => resolution < 1e-8).length).toBeGreaterThan(38);
  });
});

test('noise is found where the loss depends on few of many entries', () => {
  const x = new Float64Array(2000).fill(1.1);
  const gradient = new Float64Array(2000);
  const f = Math.fround;
  const slope = (): Float64Array => {
    gradient[7] = Math.exp(x[7]!);
    return gradient;
  };
  const { resolution, verdict } = checkGradients({
    parameters: { x },
    loss: () => f(Math.exp(x[7]!)),
    gradients: () => ({ x: slope() }),
  });
  expect(verdict).toBe('correct');
  expect(resolution).toBeGreaterThan(1e-7);
});

describe('what noise hides counts once', () => {
  const f = Math.fround;
  const network = (claim: number) => {
    const x = Float32Array.from({ length: 30 }, (_, i) => Math.sin(i + 1));
    return {
      parameters: { x },
      // A flat slope under a loss of some size: a few hundredths of it are hidden at the step that the scale alone would give.
      loss: () => x.reduce((sum, v) => f(sum + f(1e-3 * f(Math.tanh(v)))), 5),
      gradients: () => ({
        x: Array.from(x, (v, i) => f(1e-3 * (1 - Math.tanh(v) ** 2) * (i === 3 ? claim : 1))),
      }),
    };
  };

  test('a right gradient passes', () => {
    expect(checkGradients(network(1)).verdict).toBe('correct');
  });

  test('an entry that is off by little more than noise hides is found', () => {
    const report = checkGradients(network(1.3));
    expect(report.verdict).toBe('wrong');
    expect(report.offenders[0]?.index).toEqual([3]);
  });
});

test('a correct model costs 2N losses and some ten to thirty more', () => {
  const x = Float64Array.from({ length: 300 }, (_, i) => Math.cos(i));
  const { evaluations } = checkGradients(
    {
      parameters: { x },
      loss: () => x.reduce((sum, v) => sum + Math.exp(v), 0),
      gradients: () => ({ x: x.map(Math.exp) }),
    },
    { points: 1 },
  );
  expect(evaluations.gradients).toBe(2);
  expect(evaluations.loss).toBeGreaterThan(600);
  expect(evaluations.loss).toBeLessThanOrEqual(630);
});
