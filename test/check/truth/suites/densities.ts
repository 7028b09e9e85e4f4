/** Log densities and their parameters, as Stan, TensorFlow Probability, PyTorch and SciPy test them: sums over a few observations, at plain parameters. */
import type { TruthCase } from '../case.js';
import { Draws } from '../models/draws.js';
import { dot, logSumExp, sum } from './expression.js';
import { gamma, OBSERVED } from './density.js';
import { FIRST } from './density-first.js';
import { SECOND } from './density-second.js';
import { Suite } from './port.js';

export function densities(): TruthCase[] {
  const suite = new Suite('suites: densities');
  const draws = new Draws(47);
  for (const [name, at, log, data] of [...FIRST, ...SECOND])
    suite.port(name, at, (q) => sum(data.map((y) => log(q['p']!, y))));
  suite.port(
    'laplace at an observation',
    { p: [0.4, 1.3] },
    ({ p: [m, s] }) => sum(OBSERVED.map((y) => s!.log().plus(m!.minus(y).abs().over(s!)).times(-1))),
    { finding: 'kink' },
  );
  suite.port(
    'normal at its best mean',
    { p: [OBSERVED.reduce((a, b) => a + b, 0) / 4, 1.4] },
    ({ p: [m, s] }) => sum(OBSERVED.map((y) => m!.minus(y).over(s!).square().times(-0.5).minus(s!.log()))),
  );
  suite.port('dirichlet', { a: [0.6, 1.8, 3.1] }, ({ a }) =>
    sum([gamma(sum(a)), ...a.map((v) => gamma(v).times(-1)), dot(a, [0.1, 0.3, 0.6].map(Math.log))]),
  );
  suite.port('categorical by logits', { z: draws.list(4, 1.5) }, ({ z }) =>
    sum([2, 0, 2].map((k) => z[k]!.minus(logSumExp(z)))),
  );
  suite.port('multinomial', { q: [0.2, 0.5, 0.3] }, ({ q }) => sum(q.map((v, k) => v.log().times(k + 1))));
  suite.port('ordered logistic', { eta: [0.4], cuts: [-1, 0.3, 1.7] }, ({ eta, cuts }) => {
    const below = cuts.map((c) => c.minus(eta[0]!).sigmoid());
    return below[1]!.minus(below[0]!).log().plus(below[2]!.minus(below[1]!).log());
  });
  suite.port('normal of two, by a Cholesky factor', { m: [0.2, -0.4], L: [1.1, 0.6, 0.8] }, ({ m, L }) =>
    sum(
      [
        [0.5, 0.1],
        [-1, 1.4],
        [2, -0.3],
      ].map(([a, b]) => {
        const u = m[0]!.minus(a!).over(L[0]!);
        const v = m[1]!.minus(b!).minus(L[1]!.times(u)).over(L[2]!);
        return u.square().plus(v.square()).times(-0.5).minus(L[0]!.log()).minus(L[2]!.log());
      }),
    ),
  );
  suite.port('a correlation', { r: [0.6] }, ({ r: [r] }) =>
    sum(
      [
        [0.5, 0.1],
        [-1, 1.4],
        [2, -0.3],
      ].map(([a, b]) => {
        const rest = r!.square().times(-1).plus(1);
        return r!
          .times(-2 * a! * b!)
          .plus(a! * a! + b! * b!)
          .over(rest)
          .times(-0.5)
          .minus(rest.log().times(0.5));
      }),
    ),
  );
  suite.port('a correlation near 1', { r: [0.9999] }, ({ r: [r] }) => {
    const rest = r!.square().times(-1).plus(1);
    return r!.times(-2).plus(2.02).over(rest).times(-0.5).minus(rest.log().times(0.5));
  });
  suite.port('a random walk', { x: draws.list(6, 1), s: [0.7] }, ({ x, s }) =>
    sum(x.slice(1).map((v, t) => v.minus(x[t]!).over(s[0]!).square().times(-0.5).minus(s[0]!.log()))),
  );
  suite.port('eight schools, not centred', { m: [4], t: [0.9], z: draws.list(8, 1) }, ({ m, t, z }) =>
    sum(
      z.map((v, j) =>
        m[0]!
          .plus(t[0]!.exp().times(v))
          .minus([28, 8, -3, 7, -1, 1, 18, 12][j]!)
          .over([15, 10, 16, 11, 9, 11, 10, 18][j]!)
          .square()
          .plus(v.square())
          .times(-0.5),
      ),
    ),
  );
  return suite.cases;
}
