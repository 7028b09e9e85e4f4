/** Log densities of positive numbers, shares, angles and counts, and mixtures. */
import { COUNTS, type Density, gamma, logCdf, OBSERVED, SHARES } from './density.js';
import { logSumExp } from './expression.js';
import { besselIe } from './special.js';

export const SECOND: readonly Density[] = [
  [
    'beta',
    { p: [0.7, 2.1] },
    ([a, b], y) =>
      gamma(a!.plus(b!))
        .minus(gamma(a!))
        .minus(gamma(b!))
        .plus(a!.minus(1).times(Math.log(y)))
        .plus(b!.minus(1).times(Math.log1p(-y))),
    SHARES,
  ],
  [
    'beta by mean and count',
    { p: [0.4, 5] },
    ([m, n], y) => {
      const a = m!.times(n!);
      const b = n!.minus(a);
      return gamma(n!)
        .minus(gamma(a))
        .minus(gamma(b))
        .plus(a.minus(1).times(Math.log(y)))
        .plus(b.minus(1).times(Math.log1p(-y)));
    },
    SHARES,
  ],
  [
    'von Mises',
    { p: [0.4, 2.5] },
    ([m, k], y) =>
      m!
        .minus(y)
        .cos()
        .times(k!)
        .minus(k!)
        .minus(
          k!.apply(
            (v) => Math.log(besselIe(0, v)),
            (v) => besselIe(1, v) / besselIe(0, v) - 1,
          ),
        ),
    OBSERVED,
  ],
  ['poisson', { p: [2.3] }, ([r], n) => r!.log().times(n).minus(r!), COUNTS],
  ['poisson by its logarithm', { p: [0.8] }, ([r], n) => r!.times(n).minus(r!.exp()), COUNTS],
  ['bernoulli', { p: [0.3] }, ([q], n) => (n > 1 ? q!.log() : q!.times(-1).plus(1).log()), COUNTS],
  [
    'bernoulli by its logit',
    { p: [-0.9] },
    ([z], n) =>
      z!
        .times(n > 1 ? -1 : 1)
        .softplus()
        .times(-1),
    COUNTS,
  ],
  [
    'binomial',
    { p: [0.3] },
    ([q], n) =>
      q!
        .log()
        .times(n)
        .plus(
          q!
            .times(-1)
            .plus(1)
            .log()
            .times(9 - n),
        ),
    COUNTS,
  ],
  ['geometric', { p: [0.3] }, ([q], n) => q!.log().plus(q!.times(-1).plus(1).log().times(n)), COUNTS],
  [
    'negative binomial',
    { p: [2.2, 1.7] },
    ([m, r], n) =>
      gamma(r!.plus(n))
        .minus(gamma(r!))
        .plus(r!.times(r!.over(m!.plus(r!)).log()))
        .plus(m!.over(m!.plus(r!)).log().times(n)),
    COUNTS,
  ],
  [
    'beta binomial',
    { p: [1.2, 2.7] },
    ([a, b], n) =>
      gamma(a!.plus(n))
        .plus(gamma(b!.plus(9 - n)))
        .minus(gamma(a!.plus(b!).plus(9)))
        .plus(gamma(a!.plus(b!)))
        .minus(gamma(a!))
        .minus(gamma(b!)),
    COUNTS,
  ],
  [
    'a normal above −2',
    { p: [0.3, 1.4] },
    ([m, s], y) =>
      m!
        .minus(y)
        .over(s!)
        .square()
        .times(-0.5)
        .minus(s!.log())
        .minus(logCdf(m!.plus(2).over(s!))),
    OBSERVED,
  ],
  [
    'a mixture of two normals',
    { p: [0.4, -0.5, 1.2, 0.8] },
    ([z, a, b, s], y) =>
      logSumExp([
        a!.minus(y).over(s!).square().times(-0.5).minus(z!.softplus()),
        b!.minus(y).over(s!).square().times(-0.5).minus(z!.times(-1).softplus()),
      ]).minus(s!.log()),
    OBSERVED,
  ],
];
