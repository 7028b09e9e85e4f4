import type { Model, VectorModel } from 'expect-gradients';
import { fromFunction } from 'expect-gradients/adapters';
import { curve, load, type Checked, type Subject } from './subject.js';

/** Curves and surfaces with their derivatives by the parameter, and their tangents by length. */

type Place = Readonly<Record<'x' | 'y', number>>;
const xy = ({ x, y }: Place): number[] => [x, y];

interface Bezier {
  get(t: number): Place;
  derivative(t: number): Place;
  dderivative(t: number): Place;
  curvature(t: number): { readonly k: number; readonly dk: number };
}
const bezier = (): Bezier => {
  const { Bezier: BezierOf } = load('bezier-js') as { Bezier: new (...coordinates: number[]) => Bezier };
  return new BezierOf(0, 0, 1, 2, 3, -1, 4, 1);
};

/**
 * bezier-js 6.1.4, `curvature`: dk is called the derivative of the curvature, and is the mean of its differences to t ± 0.001
 * (src/utils.js, `dk = (nk - k + (k - pk)) / 2`) that are not divided by 0.001.
 */
function curvature(): Model {
  const one = bezier();
  return fromFunction(
    ([t]: number[]) => one.curvature(t!).k,
    ([t]: number[]) => [one.curvature(t!).dk],
    [0.3],
  );
}

interface Interpolator {
  readonly length: number;
  getPointAt(position: number): number[];
  getPointAtTime(time: number): number[];
  getPositionFromTime(time: number): number;
  getDerivativeAt(position: number): number[];
}
const points = [
  [0, 0],
  [1, 2],
  [3, -1],
  [4, 1],
  [6, 0],
];
const SEGMENTS = points.length - 1;

/**
 * curve-interpolator 3.3.1. `getDerivativeAt(position)` is the derivative by the time within one segment, from 0 to 1, of the four that
 * there are here (src/core/spline-segment, `evaluateDerivative`); not by the position, which goes from 0 to 1 along the whole
 * length. So at a position u it is ‖∂p/∂t‖ ÷ length times the derivative by u.
 */
function interpolated(by: 'segment' | 'position'): VectorModel {
  const { CurveInterpolator } = load('curve-interpolator') as {
    CurveInterpolator: new (points: number[][], options: object) => Interpolator;
  };
  const one = new CurveInterpolator(points, { tension: 0.3, alpha: 0.5 });
  return by === 'segment'
    ? curve(
        1.48, // within the second
        (t) => one.getPointAtTime(t / SEGMENTS),
        (t) => one.getDerivativeAt(one.getPositionFromTime(t / SEGMENTS)),
      )
    : curve(
        0.37,
        (u) => one.getPointAt(u),
        (u) => one.getDerivativeAt(u),
      );
}

type Hermite = (
  t: number,
  points: number[][],
  tangents: number[][],
  knots: number[] | undefined,
  derivative?: boolean,
) => number[];

/**
 * cubic-hermite-spline 1.0.1. In an interval the spline is evaluated at the local (t − k₀) ÷ (k₁ − k₀), and its derivative is that by the
 * local parameter (index.js, `if(derivative)`, without a division by `scale`): right where knots are 1 apart. Without knots t goes
 * from 0 to 1 over all n − 1 intervals, and n − 1 is the factor that is missing.
 */
function hermite(t: number, knots?: number[]): VectorModel {
  const evaluate = load('cubic-hermite-spline') as Hermite;
  const through = [
    [-1, 0],
    [-0.5, 0.5],
    [0.5, -0.5],
    [1.5, -0.25],
  ];
  const tangents = [
    [0, 0.7],
    [0.2, 0.5],
    [0.4, 0.3],
    [0.1, 1],
  ];
  return curve(
    t,
    (at) => evaluate(at, through, tangents, knots),
    (at) => evaluate(at, through, tangents, knots, true),
  );
}

interface Nurbs {
  evaluate(out: number[], ...at: number[]): number[];
  evaluator(orders: number[]): (out: number[], ...at: number[]) => number[];
}
const nurbs = (options: object): Nurbs => (load('nurbs') as (options: object) => Nurbs)(options);

/** nurbs 1.1.1, curves: right with knots and weights. */
function nurbsCurve(): VectorModel {
  const one = nurbs({
    points: [
      [-1, 0],
      [-0.5, 0.5],
      [0.5, -0.5],
      [1, 0],
    ],
    weights: [0.5, 4, 1, 0.5],
    knots: [[0, 1, 3, 7, 15]],
    boundary: 'closed',
    degree: 2,
  });
  return curve(
    5.55,
    (t) => one.evaluate([], t),
    (t) => one.evaluator([1])([], t),
  );
}

/**
 * nurbs 1.1.1, surfaces. With weights a point is S = Σ Nᵢ(u) wᵢ(v) Cᵢ(v) ÷ Σ Nᵢ(u) wᵢ(v), where the Cᵢ are rational curves in v and the
 * wᵢ their denominators. The derivative of the v direction, which is reduced first, leaves wᵢ Cᵢ′ in the place of wᵢ Cᵢ
 * (src/evaluate.js, `isDerivative`), and so Σ Nᵢ wᵢ Cᵢ′ ÷ Σ Nᵢ wᵢ: without Σ Nᵢ wᵢ′ (Cᵢ − S) ÷ Σ Nᵢ wᵢ. Without weights there is no
 * such term, and by u, which is reduced last, it is there.
 */
function nurbsSurface({ isRational }: { isRational: boolean }): VectorModel {
  const grid = <T>(of: (i: number, j: number) => T): T[][] =>
    [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => of(i, j)));
  const one = nurbs({
    points: grid((i, j) => [i, j, Math.sin(1.3 * i + j * j)]),
    ...(isRational ? { weights: grid((i, j) => 1 + 0.3 * Math.cos(i + 2 * j)) } : {}),
    degree: [2, 2],
    boundary: 'clamped',
  });
  const byU = one.evaluator([1, 0]);
  const byV = one.evaluator([0, 1]);
  return {
    parameters: { u: 2.3, v: 3.4 },
    outputs: ({ u, v }: Surface) => one.evaluate([], u, v),
    jacobian: ({ u, v }: Surface) => ({ u: byU([], u, v), v: byV([], u, v) }),
  };
}
type Surface = Readonly<Record<'u' | 'v', number>>;

interface Path {
  getTotalLength(): number;
  getPointAtLength(length: number): Place;
  getTangentAtLength(length: number): Place;
}

/**
 * svg-path-properties 1.3.0. The tangent of an arc is the difference to the point 0.05 ahead, with the sign reversed, but near its end that
 * to the point 0.05 behind, as it is (src/arc.ts, `getTangentAtLength`): backwards everywhere. Its points go by the angle and not by
 * the length, so that their speed along the ellipse is not 1 either.
 */
function path(description: string): VectorModel {
  const { svgPathProperties } = load('svg-path-properties') as {
    svgPathProperties: new (path: string) => Path;
  };
  const one = new svgPathProperties(description);
  return curve(
    0.37 * one.getTotalLength(),
    (length) => xy(one.getPointAtLength(length)),
    (length) => xy(one.getTangentAtLength(length)),
  );
}

interface Spline {
  at(x: number): number;
  diff(): Spline;
}

/** numeric 1.2.6: cubic splines, and their derivatives as splines. */
function spline(order: 1 | 2): Model {
  const numeric = load('numeric') as { spline(x: number[], y: number[]): Spline };
  const first = numeric.spline([0, 1, 2.5, 3, 4], [0, 1, -1, 2, 0]);
  const one = order === 1 ? first : first.diff();
  return fromFunction(
    ([x]: number[]) => one.at(x!),
    ([x]: number[]) => [one.diff().at(x!)],
    [1.7],
  );
}

interface Polynomial {
  eval(x: number): number;
  getDerivative(): Polynomial;
}

/** kld-polynomial 0.3.0. */
function polynomial(): Model {
  const { Polynomial: PolynomialOf } = load('kld-polynomial') as {
    Polynomial: new (...coefficients: number[]) => Polynomial;
  };
  const one = new PolynomialOf(1, -2, 0.5, 3, -1);
  return fromFunction(
    ([x]: number[]) => one.eval(x!),
    ([x]: number[]) => [one.getDerivative().eval(x!)],
    [0.7],
  );
}

const right = (library: string, name: string, model: () => Checked): Subject => ({
  library,
  name,
  model,
  wrong: [],
});

export const subjects: readonly Subject[] = [
  right('bezier-js 6.1.4', 'a derivative', () =>
    curve(
      0.3,
      (t) => xy(bezier().get(t)),
      (t) => xy(bezier().derivative(t)),
    ),
  ),
  right('bezier-js 6.1.4', 'a second derivative', () =>
    curve(
      0.3,
      (t) => xy(bezier().derivative(t)),
      (t) => xy(bezier().dderivative(t)),
    ),
  ),
  {
    name: 'the derivative of the curvature',
    library: 'bezier-js 6.1.4',
    model: curvature,
    wrong: ['x'],
    cause: 'unexplained',
  },
  right('curve-interpolator 3.3.1', 'a derivative within a segment', () => interpolated('segment')),
  {
    name: 'a derivative by the position',
    library: 'curve-interpolator 3.3.1',
    model: () => interpolated('position'),
    wrong: ['t'],
    cause: 'scaled',
  },
  right('cubic-hermite-spline 1.0.1', 'between knots 1 apart', () => hermite(0.4, [0, 1, 3, 3.5])),
  {
    name: 'between knots 2 apart',
    library: 'cubic-hermite-spline 1.0.1',
    model: () => hermite(1.2, [0, 1, 3, 3.5]),
    wrong: ['t'],
    cause: 'scaled',
  },
  {
    name: 'without knots',
    library: 'cubic-hermite-spline 1.0.1',
    model: () => hermite(0.4),
    wrong: ['t'],
    cause: 'scaled',
  },
  right('nurbs 1.1.1', 'a closed rational curve', nurbsCurve),
  right('nurbs 1.1.1', 'a surface', () => nurbsSurface({ isRational: false })),
  {
    name: 'a rational surface',
    library: 'nurbs 1.1.1',
    model: () => nurbsSurface({ isRational: true }),
    wrong: ['v'],
    cause: 'unexplained',
  },
  right('svg-path-properties 1.3.0', 'a line', () => path('M0,0 L30,40')),
  {
    name: 'an arc of a circle',
    library: 'svg-path-properties 1.3.0',
    model: () => path('M0,0 A50 50 0 0 1 50 50'),
    wrong: ['t'],
    cause: 'sign-flipped',
  },
  {
    name: 'an arc of an ellipse',
    library: 'svg-path-properties 1.3.0',
    model: () => path('M0,0 A50 30 20 0 1 80 40'),
    wrong: ['t'],
    cause: 'scaled',
  },
  right('numeric 1.2.6', 'a spline', () => spline(1)),
  right('numeric 1.2.6', 'the derivative of a spline', () => spline(2)),
  right('kld-polynomial 0.3.0', 'a polynomial', polynomial),
];
