import { fromFunction } from 'expect-gradients/adapters';
import type { Model } from 'expect-gradients';
import { load, type Subject } from './subject.js';

/** Distribution functions, whose derivative is the density; and special functions with a derivative that is known. */

type Real = (x: number) => number;

/** A function of one number, and what its slope should be. */
const slope = (f: Real, derivative: Real, x: number): Model =>
  fromFunction(
    ([at]: number[]) => f(at!),
    ([at]: number[]) => [derivative(at!)],
    [x],
  );

type Family = Readonly<Record<'cdf' | 'pdf' | 'inv', (x: number, ...shape: number[]) => number>>;

/** jstat 1.9.6: dist/jstat.js. */
const jstat = (name: string, x: number, ...shape: number[]): Model => {
  const family = (load('jstat') as { jStat: Readonly<Record<string, Family>> }).jStat[name]!;
  return slope(
    (at) => family.cdf(at, ...shape),
    (at) => family.pdf(at, ...shape),
    x,
  );
};

/** The derivative of a quantile is one over the density there. */
const jstatQuantile = (name: string, p: number, ...shape: number[]): Model => {
  const family = (load('jstat') as { jStat: Readonly<Record<string, Family>> }).jStat[name]!;
  return slope(
    (at) => family.inv(at, ...shape),
    (at) => 1 / family.pdf(family.inv(at, ...shape), ...shape),
    p,
  );
};

interface Density {
  cdf(x: number): number;
  pdf(x: number): number;
}

const density = (one: Density, x: number): Model =>
  slope(
    (at) => one.cdf(at),
    (at) => one.pdf(at),
    x,
  );

/** vega-statistics 2.0.0. */
interface Vega {
  randomNormal(mean: number, deviation: number): Density;
  randomLogNormal(mean: number, deviation: number): Density;
  randomMixture(parts: Density[], weights: number[]): Density;
  randomKDE(support: number[], bandwidth: number): Density;
}
const vega = async (make: (library: Vega) => Density): Promise<Model> => {
  const name: string = 'vega-statistics'; // it comes without types
  return density(make((await import(name)) as Vega), 1.37);
};

/**
 * chi-squared 1.1.0. The density is exact; the distribution function sums its series until a term is 1e-5 of the sum (cdf.js, `while (T9>G*.00001)`),
 * so that it is off by up to some 1e-6 of itself.
 */
const chiSquared = (freedom: number): Model => {
  const { cdf, pdf } = load('chi-squared') as Record<'cdf' | 'pdf', (x: number, k: number) => number>;
  return slope(
    (x) => cdf(x, freedom),
    (x) => pdf(x, freedom),
    1.37,
  );
};

/**
 * gaussian 1.3.0, with the erfc of Numerical Recipes, whose relative error is up to 1.2e-7 (lib/gaussian.js, `erfc`): off by less than
 * 1e-7 at many a point, and by more at others.
 */
const gaussian = (x: number): Model =>
  density((load('gaussian') as (mean: number, variance: number) => Density)(0.3, 1.44), x);

/** normal-distribution 1.1.1 looks its values up in a table by z in two decimals (lib/NormalDistribution.js, `round(zScore, 2)`). */
const normal = (): Model => {
  const { default: Normal } = load('normal-distribution') as {
    default: new (mean: number, deviation: number) => Density;
  };
  return density(new Normal(0.3, 1.2), 1.37);
};

type Statistics = Readonly<
  Record<'cumulativeStdNormalProbability' | 'cumulativeStdLogisticProbability' | 'errorFunction', Real>
>;

/** simple-statistics 7.12.1: a table for the normal distribution, and a polynomial for erf with an error up to 1.2e-7 (src/error_function.js). */
const statistics = (name: keyof Statistics, derivative: Real): Model =>
  slope((x) => (load('simple-statistics') as Statistics)[name](x), derivative, 0.3);

const gauss: Real = (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

type Bessel = Readonly<Record<'besselj' | 'besselk', (x: number, order: number) => number>>;

/** bessel 1.0.2: J₀′ = −J₁, and K₀′ = −K₁, each by polynomials of its own (bessel.js), which for K have seven to eight digits. */
const bessel = (name: keyof Bessel): Model => {
  const f = (load('bessel') as Bessel)[name];
  return slope(
    (x) => f(x, 0),
    (x) => -f(x, 1),
    2.3,
  );
};

export const subjects: readonly Subject[] = [
  ...(
    [
      ['normal', 1.37, 0.3, 1.2],
      ['gamma', 1.37, 2.5, 0.8],
      ['beta', 0.4, 2.5, 1.5],
      ['studentt', 1.37, 5],
      ['weibull', 1.37, 1.5, 2],
      ['kumaraswamy', 0.4, 2, 3],
      ['noncentralt', 1.2, 5, 1],
    ] as const
  ).map(([name, x, ...shape]): Subject => ({
    name: `the density of ${name}`,
    library: 'jstat 1.9.6',
    model: () => jstat(name, x, ...shape),
    wrong: [],
  })),
  ...(
    [
      ['lognormal', 0.2, 0.7],
      ['centralF', 5, 8],
    ] as const
  ).map(([name, ...shape]): Subject => ({
    name: `quantiles of ${name}`,
    library: 'jstat 1.9.6',
    model: () => jstatQuantile(name, 0.3, ...shape),
    wrong: [],
  })),
  ...(
    [
      ['normal', (library) => library.randomNormal(0.3, 1.2)],
      ['lognormal', (library) => library.randomLogNormal(0.2, 0.7)],
      [
        'a mixture',
        (library) =>
          library.randomMixture([library.randomNormal(0, 1), library.randomNormal(2, 0.5)], [0.3, 0.7]),
      ],
      ['kernels', (library) => library.randomKDE([1, 2, 3.5, 0.2], 0.6)],
    ] as readonly [string, (library: Vega) => Density][]
  ).map(([name, make]): Subject => ({
    name: `the density of ${name}`,
    library: 'vega-statistics 2.0.0',
    model: () => vega(make),
    wrong: [],
  })),
  {
    name: 'the density, four degrees of freedom',
    library: 'chi-squared 1.1.0',
    model: () => chiSquared(4),
    wrong: ['x'],
    cause: 'approximate',
  },
  {
    name: 'the density, where the slope of erfc is good',
    library: 'gaussian 1.3.0',
    model: () => gaussian(1.8),
    wrong: [],
  },
  {
    name: 'the density, where the slope of erfc is off by 3e-7',
    library: 'gaussian 1.3.0',
    model: () => gaussian(1.37),
    wrong: ['x'],
    cause: 'approximate',
  },
  {
    name: 'the density beside a table',
    library: 'normal-distribution 1.1.1',
    model: normal,
    wrong: [],
    inconclusive: true,
    cause: 'staircase',
  },
  {
    name: 'a table of the normal distribution',
    library: 'simple-statistics 7.12.1',
    model: () => statistics('cumulativeStdNormalProbability', gauss),
    wrong: [],
    inconclusive: true,
    cause: 'staircase',
  },
  {
    name: 'the logistic distribution',
    library: 'simple-statistics 7.12.1',
    model: () => statistics('cumulativeStdLogisticProbability', (x) => 1 / (2 + Math.exp(x) + Math.exp(-x))),
    wrong: [],
  },
  {
    name: 'the error function',
    library: 'simple-statistics 7.12.1',
    model: () => statistics('errorFunction', (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x)),
    wrong: ['x'],
    cause: 'approximate',
  },
  { name: 'J₀ and J₁', library: 'bessel 1.0.2', model: () => bessel('besselj'), wrong: [] },
  {
    name: 'K₀ and K₁',
    library: 'bessel 1.0.2',
    model: () => bessel('besselk'),
    wrong: ['x'],
    cause: 'approximate',
  },
];
