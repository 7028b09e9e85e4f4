/** Log densities of real numbers and their parameters. */
import { type Density, gamma, logCdf, OBSERVED, POSITIVE } from './density.js';

export const FIRST: readonly Density[] = [
  [
    'normal',
    { p: [0.3, 1.4] },
    ([m, s], y) => m!.minus(y).over(s!).square().times(-0.5).minus(s!.log()),
    OBSERVED,
  ],
  [
    'normal far from its data',
    { p: [50, 0.8] },
    ([m, s], y) => m!.minus(y).over(s!).square().times(-0.5).minus(s!.log()),
    OBSERVED,
  ],
  [
    'normal by its precision',
    { p: [0.3, 0.6] },
    ([m, t], y) => t!.log().minus(m!.minus(y).square().times(t!)).times(0.5),
    OBSERVED,
  ],
  [
    'lognormal',
    { p: [0.2, 0.9] },
    ([m, s], y) => m!.minus(Math.log(y)).over(s!).square().times(-0.5).minus(s!.log()),
    POSITIVE,
  ],
  [
    'student t',
    { p: [4.5, 0.2, 1.3] },
    ([n, m, s], y) =>
      gamma(n!.plus(1).over(2))
        .minus(gamma(n!.over(2)))
        .minus(n!.log().times(0.5))
        .minus(s!.log())
        .minus(n!.plus(1).over(2).times(m!.minus(y).over(s!).square().over(n!).plus(1).log())),
    OBSERVED,
  ],
  [
    'cauchy',
    { p: [0.2, 1.3] },
    ([m, s], y) => s!.log().plus(m!.minus(y).over(s!).square().plus(1).log()).times(-1),
    OBSERVED,
  ],
  [
    'laplace',
    { p: [0.2, 1.3] },
    ([m, s], y) => s!.log().plus(m!.minus(y).abs().over(s!)).times(-1),
    OBSERVED,
  ],
  [
    'logistic',
    { p: [0.2, 1.3] },
    ([m, s], y) => {
      const z = m!.minus(y).over(s!);
      return z.minus(s!.log()).minus(z.softplus().times(2));
    },
    OBSERVED,
  ],
  [
    'gumbel',
    { p: [0.2, 1.3] },
    ([m, s], y) => {
      const z = m!.minus(y).over(s!);
      return z.minus(z.exp()).minus(s!.log());
    },
    OBSERVED,
  ],
  [
    'skew normal',
    { p: [0.2, 1.3, 0.8] },
    ([m, s, a], y) => {
      const z = m!.minus(y).over(s!).times(-1);
      return z
        .square()
        .times(-0.5)
        .minus(s!.log())
        .plus(logCdf(a!.times(z)));
    },
    OBSERVED,
  ],
  ['exponential', { p: [0.7] }, ([r], y) => r!.log().minus(r!.times(y)), POSITIVE],
  [
    'gamma',
    { p: [1.7, 0.6] },
    ([a, b], y) =>
      a!
        .times(b!.log())
        .minus(gamma(a!))
        .plus(a!.minus(1).times(Math.log(y)))
        .minus(b!.times(y)),
    POSITIVE,
  ],
  [
    'inverse gamma',
    { p: [1.7, 0.6] },
    ([a, b], y) =>
      a!
        .times(b!.log())
        .minus(gamma(a!))
        .minus(a!.plus(1).times(Math.log(y)))
        .minus(b!.times(1 / y)),
    POSITIVE,
  ],
  [
    'chi squared',
    { p: [3.2] },
    ([n], y) =>
      n!
        .over(2)
        .minus(1)
        .times(Math.log(y))
        .minus(n!.times(Math.LN2 / 2))
        .minus(gamma(n!.over(2))),
    POSITIVE,
  ],
  [
    'weibull',
    { p: [1.4, 2.2] },
    ([k, l], y) => {
      const z = l!.log().times(-1).plus(Math.log(y));
      return k!.log().minus(l!.log()).plus(k!.minus(1).times(z)).minus(k!.times(z).exp());
    },
    POSITIVE,
  ],
  [
    'pareto',
    { p: [0.2, 1.6] },
    ([m, a], y) =>
      a!
        .log()
        .plus(a!.times(m!.log()))
        .minus(a!.plus(1).times(Math.log(y))),
    POSITIVE,
  ],
  [
    'rayleigh',
    { p: [1.6] },
    ([s], y) =>
      s!
        .log()
        .times(-2)
        .minus(s!.power(-2).times((y * y) / 2)),
    POSITIVE,
  ],
  [
    'half normal',
    { p: [1.6] },
    ([s], y) =>
      s!
        .log()
        .times(-1)
        .minus(s!.power(-2).times((y * y) / 2)),
    POSITIVE,
  ],
];
