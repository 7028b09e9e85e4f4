import type { Model } from 'expect-gradients';
import { load, type Subject } from './subject.js';

/** Prices of options, and their greeks: ∂/∂s is delta, ∂/∂v vega, ∂/∂r rho, and ∂/∂t, by the time that is left, minus theta. */

interface Greeks {
  readonly getDelta: (...terms: Terms) => number;
  readonly getTheta: (...terms: [...Terms, scale?: number]) => number;
  readonly getVega: (s: number, k: number, t: number, v: number, r: number) => number;
  readonly getRho: (...terms: [...Terms, scale?: number]) => number;
}
type Side = 'call' | 'put';
type Terms = [s: number, k: number, t: number, v: number, r: number, side: Side];

const STRIKE = 34;
const point = { s: 30, t: 0.25, v: 0.4, r: 0.08 };
type Point = typeof point;
const termsOf = ({ s, t, v, r }: Point, side: Side): Terms => [s, STRIKE, t, v, r, side];

/**
 * greeks 1.0.0, of the prices of black-scholes 1.1.0. By default theta is a day's, vega and rho are those of a hundredth
 * (greeks.js, `scale || 365`, `scale || 100`, and `/ 100` in `getVega`): what traders want, and no derivatives.
 */
function greeks(side: Side, { isScaled }: { isScaled: boolean }): Model<Point> {
  const { getDelta, getTheta, getVega, getRho } = load('greeks') as Greeks;
  const { blackScholes } = load('black-scholes') as { blackScholes: (...terms: Terms) => number };
  return {
    parameters: { ...point },
    loss: (p) => blackScholes(...termsOf(p, side)),
    gradients: (p) => {
      const terms = termsOf(p, side);
      const [s, k, t, v, r] = terms;
      return isScaled
        ? { s: getDelta(...terms), t: getTheta(...terms), v: getVega(s, k, t, v, r), r: getRho(...terms) }
        : {
            s: getDelta(...terms),
            t: -getTheta(...terms, 1),
            v: 100 * getVega(s, k, t, v, r),
            r: getRho(...terms, 1),
          };
    },
  };
}

type Uqee = new (options?: { sigmaToPricePrecision: 'single' | 'double' }) => {
  option(terms: object): { price: number; delta: number; theta: number; vega: number; rho: number };
};

/**
 * @uqee/black-scholes 1.0.7, whose theta is ∂/∂t. By default its distribution function is an approximation of Abramowitz and Stegun,
 * 26.2.17, with an error up to 7.5e-8 (build/BlackScholes.js, `CNDFs`), so that the price is off by some 1e-6 of itself, and has
 * another slope; the other precision is that of double numbers.
 */
function uqee(sigmaToPricePrecision: 'single' | 'double'): Model<Point> {
  const { BlackScholes } = load('@uqee/black-scholes') as { BlackScholes: Uqee };
  const pricing = new BlackScholes({ sigmaToPricePrecision });
  const option = ({ s, t, v, r }: Point): ReturnType<InstanceType<Uqee>['option']> =>
    pricing.option({ rate: r, sigma: v, strike: STRIKE, time: t, type: 'call', underlying: s });
  return {
    parameters: { ...point },
    loss: (p) => option(p).price,
    gradients: (p) => {
      const { delta, theta, vega, rho } = option(p);
      return { s: delta, t: theta, v: vega, r: rho };
    },
  };
}

export const subjects: readonly Subject[] = [
  ...(['call', 'put'] as const).flatMap((side): Subject[] => [
    {
      name: `a ${side}, by the year and the unit`,
      library: 'greeks 1.0.0',
      model: () => greeks(side, { isScaled: false }),
      wrong: [],
    },
    {
      name: `a ${side}, by the day and the hundredth`,
      library: 'greeks 1.0.0',
      model: () => greeks(side, { isScaled: true }),
      wrong: ['t', 'v', 'r'],
      cause: 'scaled',
    },
  ]),
  {
    name: 'in double precision',
    library: '@uqee/black-scholes 1.0.7',
    model: () => uqee('double'),
    wrong: [],
  },
  {
    name: 'in single precision',
    library: '@uqee/black-scholes 1.0.7',
    model: () => uqee('single'),
    wrong: ['s', 't', 'v', 'r'],
    cause: 'approximate',
  },
];
