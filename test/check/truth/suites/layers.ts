/** Layers as PyTorch, Keras, Chainer and JAX test them: activations at plain places and on their joints, normalisations, poolings, cells, attention. */
import { CORRECT, NOT_CORRECT, type TruthCase } from '../case.js';
import { float32 } from '../models/arithmetic.js';
import { Draws } from '../models/draws.js';
import { ACTIVATIONS, JOINTS } from './activations.js';
import { dot, softmax, sum, type X } from './expression.js';
import { Suite } from './port.js';

const moments = (x: readonly X[]): [X, X] => {
  const mean = sum(x).over(x.length);
  return [mean, sum(x.map((v) => v.minus(mean).square())).over(x.length)];
};
const normalise = (x: readonly X[], eps = 1e-5): X[] => {
  const [mean, variance] = moments(x);
  const deviation = variance.plus(eps).sqrt();
  return x.map((v) => v.minus(mean).over(deviation));
};
const largest = (x: readonly X[]): X => x.reduce((best, v) => (v.value > best.value ? v : best));
const weigh = (x: readonly X[]): X => sum(x.map((v, k) => v.times(0.7 + 0.4 * (k % 5) - 0.1 * k)));
const matrix = (W: readonly X[], x: readonly X[]): X[] =>
  Array.from({ length: W.length / x.length }, (_, j) => dot(x, W.slice(j * x.length, (j + 1) * x.length)));

export function layers(): TruthCase[] {
  const suite = new Suite('suites: layers');
  const draws = new Draws(43);
  const at = [-3.6, -1.4, -0.3, 0.2, 0.8, 1.9, 3.3];
  for (const [name, f, slope] of ACTIVATIONS)
    suite.port(name, { x: at }, ({ x }) => weigh(x.map((v) => v.apply(f, slope))));
  for (const [name, joint, finding] of JOINTS) {
    const [, f, slope] = ACTIVATIONS.find(([other]) => other === name)!;
    suite.port(
      `${name} on its joint`,
      { x: [joint, 0.31] },
      ({ x }) => weigh(x.map((v) => v.apply(f, slope))),
      finding === undefined ? {} : { finding },
    );
  }
  // A jump: no slope of either side is one of the whole.
  const [, shrink, slope] = ACTIVATIONS.find(([name]) => name === 'hard shrink')!;
  suite.port(
    'hard shrink on its jump',
    { x: [0.5, 0.31] },
    ({ x }) => weigh(x.map((v) => v.apply(shrink, slope))),
    { right: NOT_CORRECT, wrong: NOT_CORRECT },
  );
  suite.port('a rectifier with a learned slope', { x: [-1.2, 0.4, -0.3], a: [0.25] }, ({ x, a }) =>
    weigh(x.map((v) => (v.value > 0 ? v : v.times(a[0]!)))),
  );
  const x = draws.list(8, 1.5);
  const affine = { gain: draws.list(8, 1).map((v) => 1 + v / 3), shift: draws.list(8, 0.5) };
  const scaled = (h: readonly X[], gain: readonly X[], shift: readonly X[]): X[] =>
    h.map((v, k) => v.times(gain[k]!).plus(shift[k]!));
  suite.port('layer normalisation', { x, ...affine }, (p) => weigh(scaled(normalise(p.x), p.gain, p.shift)));
  suite.port('group normalisation', { x, ...affine }, (p) =>
    weigh(scaled([...normalise(p.x.slice(0, 4)), ...normalise(p.x.slice(4))], p.gain, p.shift)),
  );
  suite.port('batch normalisation of two columns', { x }, (p) =>
    weigh([0, 1].flatMap((j) => normalise(p.x.filter((_, i) => i % 2 === j)))),
  );
  suite.port('normalisation of nearly equal numbers', { x: [1, 1.001, 0.999, 1.0005] }, (p) =>
    weigh(normalise(p.x)),
  );
  suite.port('by the root mean square', { x, gain: affine.gain }, (p) =>
    weigh(
      p.x.map((v, k) =>
        v
          .over(
            sum(p.x.map((u) => u.square()))
              .over(8)
              .plus(1e-6)
              .sqrt(),
          )
          .times(p.gain[k]!),
      ),
    ),
  );
  suite.port('to unit length', { x }, (p) =>
    weigh(p.x.map((v) => v.over(sum(p.x.map((u) => u.square())).sqrt()))),
  );
  suite.port('weight normalisation', { v: draws.list(4, 1), g: [1.4] }, ({ v, g }) =>
    weigh(v.map((u) => u.times(g[0]!).over(sum(v.map((w) => w.square())).sqrt()))).square(),
  );
  suite.port('local response normalisation', { x }, (p) =>
    weigh(
      p.x.map((v, k) =>
        v.over(
          sum(p.x.slice(Math.max(0, k - 1), k + 2).map((u) => u.square()))
            .times(0.3)
            .plus(2)
            .power(0.75),
        ),
      ),
    ),
  );
  suite.port('softmax', { x }, (p) => weigh(softmax(p.x)));
  suite.port('log softmax', { x }, (p) => weigh(softmax(p.x).map((v) => v.log())));
  suite.port('max pooling', { x }, (p) => weigh([0, 2, 4, 6].map((k) => largest(p.x.slice(k, k + 2)))));
  suite.port(
    'max pooling of ties',
    { x: [1, 1, 0.4, 0.4, -2, -2, 3, 3] },
    (p) => weigh([0, 2, 4, 6].map((k) => largest(p.x.slice(k, k + 2)))),
    { finding: 'kink' },
  );
  suite.port('mean pooling', { x }, (p) =>
    weigh(
      [0, 2, 4, 6].map((k) =>
        sum(p.x.slice(k, k + 2))
          .over(2)
          .square(),
      ),
    ),
  );
  suite.port('power pooling', { x: x.map((v) => Math.abs(v) + 0.2) }, (p) =>
    weigh([0, 2, 4, 6].map((k) => sum(p.x.slice(k, k + 2).map((v) => v.power(3))).power(1 / 3))),
  );
  suite.port('convolution', { x, w: draws.list(3, 1) }, (p) =>
    weigh(Array.from({ length: 6 }, (_, k) => dot(p.w, p.x.slice(k, k + 3)).square())),
  );
  suite.port('convolution with stride and dilation', { x, w: draws.list(3, 1) }, (p) =>
    weigh([0, 2].map((k) => dot(p.w, [p.x[k]!, p.x[k + 2]!, p.x[k + 4]!]).square())),
  );
  suite.port('transposed convolution', { x: x.slice(0, 4), w: draws.list(3, 1) }, (p) =>
    weigh(
      Array.from({ length: 6 }, (_, n) =>
        sum(p.x.flatMap((v, k) => (n - k >= 0 && n - k < 3 ? [v.times(p.w[n - k]!)] : []))),
      ).map((v) => v.tanh()),
    ),
  );
  suite.port('bilinear', { a: draws.list(3, 1), W: draws.list(9, 1), b: draws.list(3, 1) }, ({ a, W, b }) =>
    dot(matrix(W, a), b).tanh(),
  );
  suite.port('embedding with a repeated row', { E: draws.list(8, 1) }, ({ E }) =>
    weigh([0, 2, 2, 3].flatMap((row) => E.slice(2 * row, 2 * row + 2)).map((v) => v.square())),
  );
  suite.port(
    'sampling between pixels',
    { image: draws.list(9, 1), place: [0.3, 1.6] },
    ({ image, place }) => {
      const [u, v] = [place[0]!, place[1]!];
      const [i, j] = [Math.floor(u.value), Math.floor(v.value)];
      const [s, t] = [u.minus(i), v.minus(j)];
      const px = (a: number, b: number): X => image[3 * (i + a) + j + b]!;
      const top = px(0, 0).plus(px(0, 1).minus(px(0, 0)).times(t));
      const bottom = px(1, 0).plus(px(1, 1).minus(px(1, 0)).times(t));
      return top.plus(bottom.minus(top).times(s)).square();
    },
  );
  const cell = {
    x: draws.list(2, 1),
    h: draws.list(3, 0.8),
    c: draws.list(3, 0.8),
    W: draws.list(4 * 3 * 5, 0.7),
    b: draws.list(12, 0.3),
  };
  const lstm = (p: {
    readonly x: readonly X[];
    readonly h: readonly X[];
    readonly c: readonly X[];
    readonly W: readonly X[];
    readonly b: readonly X[];
  }): X => {
    const z = matrix(p.W, [...p.x, ...p.h]).map((v, k) => v.plus(p.b[k]!));
    const c = p.c.map((v, k) => v.times(z[k]!.sigmoid()).plus(z[k + 3]!.sigmoid().times(z[k + 6]!.tanh())));
    return weigh(c.map((v, k) => v.tanh().times(z[k + 9]!.sigmoid()))).plus(weigh(c).square());
  };
  suite.port('a cell with memory', cell, lstm);
  suite.port('a cell with memory, float32', cell, lstm, { arithmetic: float32 });
  suite.port(
    'a gated recurrent cell',
    { x: draws.list(2, 1), h: draws.list(3, 0.8), W: draws.list(2 * 3 * 5, 0.7), V: draws.list(3 * 5, 0.7) },
    (p) => {
      const gates = matrix(p.W, [...p.x, ...p.h]).map((v) => v.sigmoid());
      const next = matrix(p.V, [...p.x, ...p.h.map((v, k) => v.times(gates[k]!))]).map((v) => v.tanh());
      return weigh(p.h.map((v, k) => v.plus(gates[k + 3]!.times(next[k]!.minus(v)))));
    },
  );
  const heads = { q: draws.list(4, 1), k: draws.list(12, 1), v: draws.list(12, 1) };
  suite.port('attention of one query', heads, ({ q, k, v }) => {
    const shares = softmax([0, 4, 8].map((r) => dot(q, k.slice(r, r + 4)).over(2)));
    return weigh([0, 1, 2, 3].map((j) => dot(shares, [v[j]!, v[4 + j]!, v[8 + j]!])));
  });
  suite.port(
    'attention to the past',
    heads,
    ({ k, v }) =>
      weigh(
        [1, 2].flatMap((t) => {
          const shares = softmax(
            Array.from({ length: t + 1 }, (_, r) =>
              dot(k.slice(4 * t, 4 * t + 4), k.slice(4 * r, 4 * r + 4)).over(2),
            ),
          );
          return [0, 1, 2, 3].map((j) =>
            dot(
              shares,
              Array.from({ length: t + 1 }, (_, r) => v[4 * r + j]!),
            ),
          );
        }),
      ),
    { right: CORRECT },
  );
  return suite.cases;
}
