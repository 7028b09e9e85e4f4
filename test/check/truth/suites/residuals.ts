/** Least squares of models with data, as Ceres, SciPy, MINPACK and NIST have them, with robust losses, rotations and cameras; and solutions of differential equations. */
import type { TruthCase } from '../case.js';
import { fit } from './curve.js';
import { FIRST } from './curves-first.js';
import { SECOND } from './curves-second.js';
import { FIELDS, integrated } from './equations.js';
import { dot, sum, type X } from './expression.js';
import { Suite } from './port.js';

/** Robust losses of a squared residual, as Ceres names them. */
const ROBUST: readonly (readonly [string, (s: number) => number, (s: number) => number])[] = [
  ['huber', (s) => (s <= 1 ? s : 2 * Math.sqrt(s) - 1), (s) => (s <= 1 ? 1 : 1 / Math.sqrt(s))],
  ['soft L1', (s) => 2 * (Math.sqrt(1 + s) - 1), (s) => 1 / Math.sqrt(1 + s)],
  ['cauchy', Math.log1p, (s) => 1 / (1 + s)],
  ['arctan', Math.atan, (s) => 1 / (1 + s * s)],
  ['tukey', (s) => (s <= 1 ? (1 - (1 - s) ** 3) / 3 : 1 / 3), (s) => (s <= 1 ? (1 - s) ** 2 : 0)],
  [
    'tolerant',
    (s) => Math.log1p(Math.exp(s - 2)) - Math.log1p(Math.exp(-2)),
    (s) => 1 / (1 + Math.exp(2 - s)),
  ],
];

/** A point turned about an axis by its length (Rodrigues), from the vector r. */
function rotated(r: readonly X[], p: readonly number[]): X[] {
  const angle2 = sum(r.map((v) => v.square()));
  const angle = angle2.sqrt();
  const axis = r.map((v) => v.over(angle));
  const along = dot(axis, [...p]);
  const cross = [
    axis[1]!.times(p[2]!).minus(axis[2]!.times(p[1]!)),
    axis[2]!.times(p[0]!).minus(axis[0]!.times(p[2]!)),
    axis[0]!.times(p[1]!).minus(axis[1]!.times(p[0]!)),
  ];
  return axis.map((a, k) =>
    angle
      .cos()
      .times(p[k]!)
      .plus(angle.sin().times(cross[k]!))
      .plus(a.times(along).times(angle.cos().times(-1).plus(1))),
  );
}

const POINTS = [
  [0.3, -0.2, 4],
  [-1, 0.5, 5],
  [0.8, 0.9, 3.5],
] as const;

export function residuals(): TruthCase[] {
  const suite = new Suite('suites: least squares and ODEs');
  for (const [name, curve, b, data] of [...FIRST, ...SECOND]) suite.port(name, { b }, fit(curve, data));
  for (const [name, rho, slope] of ROBUST)
    suite.port(`a line under the ${name} loss`, { b: [0.4, 1.1] }, ({ b }) =>
      sum(
        (
          [
            [0, 0.5],
            [1, 1.4],
            [2, 2.7],
            [3, 5],
          ] as const
        ).map(([t, y]) => b[0]!.plus(b[1]!.times(t)).minus(y).square().apply(rho, slope)),
      ),
    );
  suite.port('a circle', { c: [0.1, -0.35], r: [1.4] }, ({ c, r }) =>
    sum(
      POINTS.map(([u, v]) =>
        c[0]!.minus(u).square().plus(c[1]!.minus(v).square()).sqrt().minus(r[0]!).square(),
      ),
    ),
  );
  suite.port('a rotation of points', { r: [0.3, -0.4, 0.7] }, ({ r }) =>
    sum(POINTS.flatMap((p, k) => rotated(r, p).map((v, j) => v.minus(0.5 * k - j).square()))),
  );
  suite.port(
    'a rotation by almost nothing',
    { r: [3e-7, -4e-7, 7e-7] },
    ({ r }) =>
      sum(POINTS.flatMap((p, k) => rotated(r, p).map((v, j) => v.minus(p[j]! + 0.01 * (k - j)).square()))),
    { right: ['correct', 'inconclusive'], wrong: ['wrong', 'inconclusive'] },
  );
  suite.port('a camera', { r: [0.1, -0.2, 0.05], t: [0.1, 0.2, 1], f: [500, 1e-2, -1e-3] }, ({ r, t, f }) =>
    sum(
      POINTS.flatMap((p, k) => {
        const q = rotated(r, p).map((v, j) => v.plus(t[j]!));
        const [u, v] = [q[0]!.over(q[2]!), q[1]!.over(q[2]!)];
        const radius = u.square().plus(v.square());
        const lens = radius
          .times(f[1]!.plus(radius.times(f[2]!)))
          .plus(1)
          .times(f[0]!);
        return [
          u
            .times(lens)
            .minus(40 * k - 30)
            .square(),
          v
            .times(lens)
            .minus(25 * k)
            .square(),
        ];
      }),
    ),
  );
  suite.port('poses in the plane', { x: [0, 1, 2.1], y: [0, 0.1, -0.1], a: [0, 0.2, 0.5] }, ({ x, y, a }) =>
    sum(
      [0, 1].flatMap((k) => {
        const [dx, dy] = [x[k + 1]!.minus(x[k]!), y[k + 1]!.minus(y[k]!)];
        const [c, s] = [a[k]!.cos(), a[k]!.sin()];
        return [
          c.times(dx).plus(s.times(dy)).minus(1),
          c.times(dy).minus(s.times(dx)),
          a[k + 1]!.minus(a[k]!).minus(0.25),
        ].map((e) => e.square());
      }),
    ),
  );
  for (const [name, field, y0, p0, end, steps] of FIELDS)
    suite.port(`${name}, ${steps} steps`, { y: y0, p: p0 }, ({ y, p }) =>
      sum(integrated(field, y, p, end, steps).map((v, k) => v.minus(0.3 * (k + 1)).square())),
    );
  return suite.cases;
}
