/** Losses as PyTorch, Chainer and TensorFlow test them: of scores and targets, at plain scores, on their joints and margins, and with targets of 0. */
import { CORRECT, type TruthCase } from '../case.js';
import { Draws } from '../models/draws.js';
import { dot, logSumExp, softmax, sum, X } from './expression.js';
import { Suite } from './port.js';
import { JOINTS, mean, SEPARATE, T } from './score-losses.js';
import { digamma, lgamma } from './special.js';

const norm = (a: readonly X[]): X => sum(a.map((x) => x.square())).sqrt();
const cosine = (a: readonly X[], b: readonly X[]): X => dot(a, b).over(norm(a).times(norm(b)));
const distance = (a: readonly X[], b: readonly X[]): X =>
  sum(a.map((x, k) => x.minus(b[k]!).square())).sqrt();

/** −log of the share of all paths that collapse to the labels, over log-probabilities in rows of `classes`, the blank first. */
function ctc(logits: readonly X[], classes: number, labels: readonly number[]): X {
  const steps = logits.length / classes;
  const rows = Array.from({ length: steps }, (_, t) => {
    const row = logits.slice(t * classes, (t + 1) * classes);
    const total = logSumExp(row);
    return row.map((x) => x.minus(total));
  });
  const path = labels.flatMap((label) => [0, label]).concat(0);
  let forward: (X | undefined)[] = path.map((label, s) => (s < 2 ? rows[0]![label]! : undefined));
  for (let t = 1; t < steps; t += 1)
    forward = path.map((label, s) => {
      const from = [
        forward[s],
        s > 0 ? forward[s - 1] : undefined,
        s > 1 && label !== 0 && label !== path[s - 2] ? forward[s - 2] : undefined,
      ].filter((x) => x !== undefined);
      return from.length === 0 ? undefined : logSumExp(from).plus(rows[t]![label]!);
    });
  return logSumExp([forward.at(-1)!, forward.at(-2)!]).times(-1);
}

/** The negative log likelihood of a linear chain of labels. */
function chain(scores: readonly X[], moves: readonly X[], states: number, labels: readonly number[]): X {
  const at = (t: number, s: number): X => scores[t * states + s]!;
  let forward = Array.from({ length: states }, (_, s) => at(0, s));
  let path = at(0, labels[0]!);
  for (let t = 1; t < labels.length; t += 1) {
    forward = Array.from({ length: states }, (_, s) =>
      logSumExp(forward.map((x, r) => x.plus(moves[r * states + s]!))).plus(at(t, s)),
    );
    path = path.plus(moves[labels[t - 1]! * states + labels[t]!]!).plus(at(t, labels[t]!));
  }
  return logSumExp(forward).minus(path);
}

export function losses(): TruthCase[] {
  const suite = new Suite('suites: losses');
  const draws = new Draws(41);
  for (const [name, at, loss] of SEPARATE) suite.port(name, { x: at }, ({ x }) => mean(x, loss));
  for (const [name, at, loss, finding] of JOINTS)
    suite.port(name, { x: at }, ({ x }) => mean(x, loss), {
      right: CORRECT,
      ...(finding === undefined ? {} : { finding }),
    });
  const z = draws.list(12, 2);
  const labels = [2, 0, 3];
  const rows = (x: readonly X[]): X[][] => labels.map((_, i) => x.slice(4 * i, 4 * i + 4));
  suite.port('cross-entropy', { z }, (p) =>
    sum(rows(p.z).map((row, i) => logSumExp(row).minus(row[labels[i]!]!))),
  );
  suite.port('cross-entropy with smoothed labels', { z }, (p) =>
    sum(
      rows(p.z).map((row, i) =>
        logSumExp(row).minus(row[labels[i]!]!.times(0.9)).minus(sum(row).times(0.025)),
      ),
    ),
  );
  suite.port(
    'cross-entropy at 1000 times the scores',
    { z: z.map((v) => 1000 * v) },
    (p) => sum(rows(p.z).map((row, i) => logSumExp(row).minus(row[labels[i]!]!))),
    { right: ['correct', 'inconclusive'], wrong: ['wrong', 'inconclusive'] },
  );
  suite.port('multi margin', { z }, (p) =>
    sum(
      rows(p.z).flatMap((row, i) =>
        row.filter((_, j) => j !== labels[i]).map((x) => x.minus(row[labels[i]!]!).plus(1).relu()),
      ),
    ),
  );
  suite.port('divergence of two softmaxes', { a: draws.list(5, 1), b: draws.list(5, 1) }, ({ a, b }) => {
    const [p, q] = [softmax(a), softmax(b)];
    return sum(p.map((x, k) => x.times(x.log().minus(q[k]!.log()))));
  });
  suite.port('divergence of a softmax from itself', { a: [0.3, -0.2, 0.9] }, ({ a }) => {
    const [p, q] = [softmax(a), softmax([0.3, -0.2, 0.9].map((v, k) => a[k]!.times(0).plus(v)))];
    return sum(p.map((x, k) => x.times(x.log().minus(q[k]!.log()))));
  });
  suite.port('ctc, two labels', { z: draws.list(5 * 3, 1.5) }, (p) => ctc(p.z, 3, [1, 2]));
  suite.port('ctc, a repeated label', { z: draws.list(6 * 3, 1.5) }, (p) => ctc(p.z, 3, [1, 1]));
  suite.port(
    'a chain of labels',
    { scores: draws.list(4 * 3, 1.2), moves: draws.list(9, 1) },
    ({ scores, moves }) => chain(scores, moves, 3, [0, 2, 1, 1]),
  );
  const pair = { a: draws.list(4, 1.5), b: draws.list(4, 1.5) };
  suite.port('cosine distance', pair, ({ a, b }) => cosine(a, b).times(-1).plus(1));
  suite.port('contrastive, alike', pair, ({ a, b }) => distance(a, b).square());
  suite.port('contrastive, unlike', { a: [0.2, 0.3], b: [0.5, -0.1] }, ({ a, b }) =>
    distance(a, b).times(-1).plus(1).relu().square(),
  );
  suite.port('triplet', { ...pair, c: draws.list(4, 1.5) }, ({ a, b, c }) =>
    distance(a, b).minus(distance(a, c)).plus(4).relu(),
  );
  suite.port(
    'triplet of equal points',
    { a: [0.4, 1.1], b: [0.4, 1.1], c: [2, -1] },
    ({ a, b, c }) => {
      // The distance of equal points is a cone: 0 is a slope of it, and the norm takes it.
      const d = a.map((x, k) => x.minus(b[k]!));
      const r = Math.hypot(...d.map(({ value }) => value));
      const cone = d[0]!.tape.custom(
        r,
        d.map(({ node }) => node),
        d.map(({ value }) => (r === 0 ? 0 : value / r)),
      );
      return distance(a, c).times(-1).plus(3).relu().plus(new X(d[0]!.tape, cone));
    },
    { finding: 'kink' },
  );
  suite.port('dice', { p: [0.2, 0.7, 0.9, 0.4] }, ({ p }) =>
    dot(p, [0, 1, 1, 0]).times(2).plus(1).over(sum(p).plus(3)).times(-1).plus(1),
  );
  suite.port('gaussian', { mean: draws.list(3, 1), variance: [0.4, 1.1, 2] }, (p) =>
    sum(p.mean.map((m, k) => p.variance[k]!.log().plus(m.minus(T[k]!).square().over(p.variance[k]!)))),
  );
  suite.port('variational, of a gaussian', { mean: draws.list(3, 1), logVariance: draws.list(3, 1) }, (p) =>
    sum(p.mean.map((m, k) => p.logVariance[k]!.exp().plus(m.square()).minus(p.logVariance[k]!))).times(0.5),
  );
  suite.port('negative binomial', { r: [1.5], q: [0.3] }, ({ r, q }) =>
    sum(
      [3, 0, 5].map((n) =>
        r[0]!
          .plus(n)
          .apply(lgamma, digamma)
          .minus(r[0]!.apply(lgamma, digamma))
          .plus(r[0]!.times(q[0]!.times(-1).plus(1).log()))
          .plus(q[0]!.log().times(n)),
      ),
    ).times(-1),
  );
  suite.port('decorrelation', { h: draws.list(9, 1.2) }, ({ h }) => {
    const column = (j: number): X[] => [0, 1, 2].map((i) => h[3 * i + j]!);
    const centred = [0, 1, 2].map((j) => {
      const c = column(j);
      const m = sum(c).over(3);
      return c.map((x) => x.minus(m));
    });
    return sum(
      [
        [0, 1],
        [0, 2],
        [1, 2],
      ].map(([i, j]) => dot(centred[i!]!, centred[j!]!).square()),
    );
  });
  return suite.cases;
}
