/** The losses at the end of a network: a mean over rows or outputs, and its derivative by the outputs. */

import { type Arithmetic, map, matrix, type Matrix, type Numbers, zip } from '../arithmetic.js';
import { crossEntropy, type Loss, squaredError } from '../models/losses.js';
import { drawnTargets, type Head, type Outputs } from './head.js';
import type { Setting } from './layer.js';
import { mixture } from './mixture.js';

/** Σ f(y, t) / count, whose derivative is f'(y, t) / count. */
function ofPairs(
  targets: Matrix,
  of: (y: number, t: number) => number,
  slope: (y: number, t: number) => number,
  arithmetic: Arithmetic,
): Loss {
  const { round } = arithmetic;
  const count = targets.data.length;
  return {
    value: ({ data }) => {
      let total = 0;
      for (const [i, t] of targets.data.entries()) total = round(total + round(of(data[i]!, t)));
      return round(total / count);
    },
    derivative: (outputs) => zip(outputs, targets, (y, t) => round(slope(y, t)) / count, arithmetic),
  };
}

/** Targets that are values of the outputs themselves. */
function fitting(targets: Matrix, loss: Loss): Head {
  return { ...loss, targets: targets.data, fit: ({ data }) => targets.data.set(data) };
}

const HUBER_EDGE = 0.5;
const QUANTILES = [0.1, 0.5, 0.9];
const MOST_COUNT = 4;

const KINDS = {
  squares(setting: Setting, outputs: Outputs): Head {
    const targets = drawnTargets(setting, outputs);
    return fitting(targets, squaredError(targets, setting.ending));
  },

  /** Of the error's parts above and below zero at shares q and 1 − q; the absolute error in the middle. */
  quantile(setting: Setting, outputs: Outputs): Head {
    const { round } = setting.ending;
    const above = round(setting.draws.pick(QUANTILES));
    const below = round(above - 1);
    const targets = drawnTargets(setting, outputs);
    // At a perfect fit any slope between the two is right, as zero is.
    const slope = (e: number): number => (e > 0 ? above : e < 0 ? below : 0);
    const of = (y: number, t: number): number => round(y - t) * slope(round(y - t));
    return fitting(
      targets,
      ofPairs(targets, of, (y, t) => slope(round(y - t)), setting.ending),
    );
  },

  huber(setting: Setting, outputs: Outputs): Head {
    const { round } = setting.ending;
    const targets = drawnTargets(setting, outputs);
    const of = (e: number): number =>
      Math.abs(e) <= HUBER_EDGE ? round(e * e) / 2 : HUBER_EDGE * round(Math.abs(e) - HUBER_EDGE / 2);
    const slope = (e: number): number => Math.max(-HUBER_EDGE, Math.min(HUBER_EDGE, e));
    return fitting(
      targets,
      ofPairs(
        targets,
        (y, t) => of(round(y - t)),
        (y, t) => slope(round(y - t)),
        setting.ending,
      ),
    );
  },

  /** exp y − t y for a count t. */
  poisson(setting: Setting, { rows, columns }: Outputs): Head {
    const { draws, ending } = setting;
    const { round } = ending;
    const counts = Float64Array.from({ length: rows * columns }, () => draws.whole(0, MOST_COUNT));
    const targets = matrix(rows, columns, counts);
    return {
      targets: counts,
      fit: ({ data }) => counts.set(data.map((y) => round(Math.exp(y)))),
      ...ofPairs(
        targets,
        (y, t) => round(Math.exp(y)) - round(t * y),
        (y, t) => round(Math.exp(y)) - t,
        ending,
      ),
    };
  },

  /** log(1 + exp(−s z)) for a sign s, written so that neither sign of s z overflows. */
  logistic({ draws, ending }: Setting, { rows, columns }: Outputs): Head {
    const { round } = ending;
    const signs = Float64Array.from({ length: rows * columns }, () => draws.pick([-1, 1]));
    return {
      targets: signs,
      fit: ({ data }) => signs.set(data.map((z) => (z < 0 ? -1 : 1))),
      ...ofPairs(
        matrix(rows, columns, signs),
        (z, s) => Math.max(-s * z, 0) + round(Math.log1p(round(Math.exp(-Math.abs(z))))),
        (z, s) => -s / round(1 + round(Math.exp(s * z))),
        ending,
      ),
    };
  },

  crossEntropy({ draws, ending }: Setting, { rows, columns }: Outputs): Head {
    const classes = Float64Array.from({ length: rows }, () => draws.whole(0, columns - 1));
    const largest = (row: Numbers): number => row.indexOf(Math.max(...row));
    return {
      ...crossEntropy(classes, ending),
      targets: classes,
      fit: ({ data }) =>
        classes.set(classes.map((_, i) => largest(data.subarray(i * columns, (i + 1) * columns)))),
    };
  },

  mixture,
};

export type HeadKind = keyof typeof KINDS;

export function head(setting: Setting, kind: HeadKind, outputs: Outputs): Head {
  return KINDS[kind](setting, outputs);
}

/** The same loss times a factor. */
export function scaledHead(inner: Head, factor: () => number, arithmetic: Arithmetic): Head {
  return {
    ...inner,
    value: (outputs) => arithmetic.round(inner.value(outputs) * factor()),
    derivative: (outputs) => map(inner.derivative(outputs), (slope) => slope * factor(), arithmetic),
  };
}
