/**
 * Functions of one and two variables, as the suites of JAX, TensorFlow, PyTorch, Chainer and Stan test them: over an array of plain places, and at special values. A place
 * where nothing moves the loss (tanh at 1000, floor) is a check that could not be made.
 */
import { CORRECT, NOT_CORRECT, NOT_WRONG, UNSURE, type TruthCase } from '../case.js';
import { BINARY } from './binary.js';
import { sum } from './expression.js';
import { Suite } from './port.js';
import * as special from './special.js';

const { abs, cos, cosh, exp, hypot, log, PI, sign, sin, sinh, sqrt, tan, tanh } = Math;

type Row = readonly [
  name: string,
  f: (x: number) => number,
  slope: (x: number) => number,
  at: readonly number[],
];

const ANY = [-2.6, -1.3, -0.5, 0.2, 0.9, 2.4];
const POSITIVE = [0.05, 0.3, 0.9, 1.7, 4.2, 11];
const INSIDE = [-0.95, -0.6, -0.1, 0.3, 0.7, 0.9];

const UNARY: readonly Row[] = [
  ['exp', exp, exp, ANY],
  ['exp2', (x) => 2 ** x, (x) => Math.LN2 * 2 ** x, ANY],
  ['expm1', Math.expm1, exp, ANY],
  ['log', log, (x) => 1 / x, POSITIVE],
  ['log2', Math.log2, (x) => 1 / (x * Math.LN2), POSITIVE],
  ['log10', Math.log10, (x) => 1 / (x * Math.LN10), POSITIVE],
  ['log1p', Math.log1p, (x) => 1 / (1 + x), INSIDE],
  ['sin', sin, cos, ANY],
  ['cos', cos, (x) => -sin(x), ANY],
  ['tan', tan, (x) => 1 / cos(x) ** 2, INSIDE],
  ['asin', Math.asin, (x) => 1 / sqrt((1 - x) * (1 + x)), INSIDE],
  ['acos', Math.acos, (x) => -1 / sqrt((1 - x) * (1 + x)), INSIDE],
  ['atan', Math.atan, (x) => 1 / (1 + x * x), ANY],
  ['sinh', sinh, cosh, ANY],
  ['cosh', cosh, sinh, ANY],
  ['tanh', tanh, (x) => 1 / cosh(x) ** 2, ANY],
  ['asinh', Math.asinh, (x) => 1 / hypot(1, x), ANY],
  ['acosh', Math.acosh, (x) => 1 / sqrt((x - 1) * (x + 1)), [1.001, 1.2, 2, 5]],
  ['atanh', Math.atanh, (x) => 1 / ((1 - x) * (1 + x)), INSIDE],
  ['sqrt', sqrt, (x) => 0.5 / sqrt(x), POSITIVE],
  ['rsqrt', (x) => 1 / sqrt(x), (x) => -0.5 * x ** -1.5, POSITIVE],
  ['cbrt', Math.cbrt, (x) => 1 / (3 * Math.cbrt(x) ** 2), [-2, -0.3, 0.4, 5]],
  ['reciprocal', (x) => 1 / x, (x) => -1 / x ** 2, [-2, -0.3, 0.4, 5]],
  ['square', (x) => x * x, (x) => 2 * x, ANY],
  ['abs', abs, sign, ANY],
  ['logistic', (x) => 1 / (1 + exp(-x)), (x) => exp(-x) / (1 + exp(-x)) ** 2, ANY],
  ['logit', (x) => log(x / (1 - x)), (x) => 1 / (x * (1 - x)), [0.01, 0.3, 0.7, 0.98]],
  ['inverse cloglog', (x) => -Math.expm1(-exp(x)), (x) => exp(x - exp(x)), [-2, -0.4, 0.3, 1]],
  ['log(1 − e^x)', (x) => log(-Math.expm1(x)), (x) => exp(x) / Math.expm1(x), [-4, -1, -0.2, -0.01]],
  ['log(1 + e^x)', (x) => Math.log1p(exp(x)), (x) => 1 / (1 + exp(-x)), ANY],
  ['erf', special.erf, special.erfSlope, ANY],
  ['erfc', special.erfc, (x) => -special.erfSlope(x), [-1, 0.3, 2, 4, 6]],
  [
    'erf inverse',
    special.erfInverse,
    (y) => 1 / special.erfSlope(special.erfInverse(y)),
    [-0.8, -0.2, 0.1, 0.9],
  ],
  ['Φ', special.cdf, special.pdf, ANY],
  ['log Φ', (x) => log(special.cdf(x)), (x) => special.pdf(x) / special.cdf(x), [-8, -3, -0.4, 1.5]],
  ['lgamma', special.lgamma, special.digamma, POSITIVE],
  [
    'tgamma',
    (x) => exp(special.lgamma(x)),
    (x) => exp(special.lgamma(x)) * special.digamma(x),
    [0.4, 1.7, 3.2, 6],
  ],
  ['digamma', special.digamma, special.trigamma, POSITIVE],
  ['J₀', (x) => special.besselJ(0, x), (x) => -special.besselJ(1, x), [0.4, 3, 9.5]],
  [
    'J₁',
    (x) => special.besselJ(1, x),
    (x) => special.besselJ(0, x) - special.besselJ(1, x) / x,
    [0.4, 3, 9.5],
  ],
  [
    'I₀ scaled',
    (x) => special.besselIe(0, x),
    (x) => special.besselIe(1, x) - sign(x) * special.besselIe(0, x),
    [-3, 0.6, 8],
  ],
  [
    'I₁ scaled',
    (x) => special.besselIe(1, x),
    (x) => special.besselIe(0, x) - special.besselIe(1, x) * (sign(x) + 1 / x),
    [-3, 0.6, 8],
  ],
  ['Lambert W', special.lambertW, (x) => special.lambertW(x) / (x * (1 + special.lambertW(x))), [0.2, 1, 7]],
  [
    'elliptic K',
    special.ellipticK,
    (m) => (special.ellipticE(m) / (1 - m) - special.ellipticK(m)) / (2 * m),
    [0.1, 0.5, 0.95],
  ],
  ['sinc', (x) => sin(PI * x) / (PI * x), (x) => (cos(PI * x) - sin(PI * x) / (PI * x)) / x, [0.3, 1.4, 3.7]],
  ['entropy −x log x', (x) => -x * log(x), (x) => -log(x) - 1, POSITIVE],
];

/** A place that is special, alone. */
type Special = readonly [
  name: string,
  f: (x: number) => number,
  slope: number,
  at: number,
  right?: TruthCase['right'],
  finding?: string,
];

const PLACES: readonly Special[] = [
  ['sinh at 0', sinh, 1, 0],
  ['cosh at 0', cosh, 0, 0],
  ['tanh at 0', tanh, 1, 0],
  ['sin at 0', sin, 1, 0],
  ['sin at π/2', sin, cos(PI / 2), PI / 2],
  ['sin at π', sin, -1, PI],
  ['cos at 0', cos, 0, 0],
  ['cos at π', cos, -sin(PI), PI],
  ['tan at 0', tan, 1, 0],
  ['asin at 0', Math.asin, 1, 0],
  ['acos at 0', Math.acos, -1, 0],
  ['atan at 0', Math.atan, 1, 0],
  ['atan at 1000', Math.atan, 1 / (1 + 1e6), 1000],
  ['atan at 1e8', Math.atan, 1e-16, 1e8, NOT_WRONG],
  ['erf at 0', special.erf, special.erfSlope(0), 0],
  ['erfc at 10', special.erfc, -special.erfSlope(10), 10],
  ['exp at −700', exp, exp(-700), -700],
  ['exp at 700', exp, exp(700), 700],
  ['log at 1e-300', log, 1e300, 1e-300],
  ['sqrt at 1e-20', sqrt, 0.5e10, 1e-20],
  ['logistic at 30', (x) => 1 / (1 + exp(-x)), exp(-30), 30, NOT_WRONG],
  ['logistic at −30', (x) => 1 / (1 + exp(-x)), exp(-30), -30],
  ['log(1 + e^x) at −40', (x) => Math.log1p(exp(x)), exp(-40), -40],
  ['log(1 + e^x) at 40', (x) => x + Math.log1p(exp(-x)), 1, 40],
  ['abs at 0', abs, 0, 0, CORRECT, 'kink'],
  ['lgamma near its pole', special.lgamma, special.digamma(1e-4), 1e-4],
  ['1/x at 1e-8', (x) => 1 / x, -1e16, 1e-8],
  ['x² at 1e8', (x) => x * x, 2e8, 1e8],
  ['x³ at 1e-4', (x) => x ** 3, 3e-8, 1e-4],
];

/** Nothing moves the loss there: a check that could not be made (rule 8). */
const STILL: readonly (readonly [string, (x: number) => number, number])[] = [
  ['tanh at 1000', tanh, 1000],
  ['erf at 10', special.erf, 10],
  ['floor at 0.25', Math.floor, 0.25],
  ['ceil at 0.3', Math.ceil, 0.3],
  ['round at 0.2', Math.round, 0.2],
  ['sign at 2', sign, 2],
];

export function elementary(): TruthCase[] {
  const suite = new Suite('suites: elementary');
  for (const [name, f, slope, at] of UNARY)
    suite.port(name, { x: at }, ({ x }) => sum(x.map((v, i) => v.apply(f, slope).times(1 + 0.3 * i))));
  for (const [name, f, slope, at, right = CORRECT, finding] of PLACES) {
    suite.port(name, { x: [at] }, ({ x }) => x[0]!.apply(f, (v) => (v === at ? slope : numeric(f, v))), {
      right,
      wrong: right === CORRECT ? ['wrong'] : NOT_CORRECT,
      ...(finding === undefined ? {} : { finding }),
    });
  }
  for (const [name, f, at] of STILL)
    suite.port(name, { x: [at] }, ({ x }) => x[0]!.apply(f, () => 0), { right: UNSURE });
  for (const [name, at, formula] of BINARY) suite.port(name, at, formula);
  return suite.cases;
}

/** Away from the special place, where a later feature asks the claim again: a plain difference, right to 1e-10. */
const numeric = (f: (x: number) => number, x: number): number => {
  const h = (abs(x) || 1) * 1e-3;
  const d = (s: number): number => (f(x + s) - f(x - s)) / (2 * s);
  return (64 * d(h / 4) - 20 * d(h / 2) + d(h)) / 45;
};
