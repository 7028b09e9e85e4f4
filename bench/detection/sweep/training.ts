/** Trains a network by its own gradients: Adam, then gradient descent with steps by Barzilai and Borwein until it stalls. */

import type { Numbers } from '../arithmetic.js';
import type { Network } from '../networks/network.js';

/**
 * D. P. Kingma and J. Ba, "Adam: A method for stochastic optimization", ICLR 2015, with the settings of its algorithm 1 and
 * steps that fall to zero along a cosine.
 */
const FIRST_MOMENT = 0.9;
const SECOND_MOMENT = 0.999;
const TINY = 1e-8;

export function adam(of: Network, iterations: number, rate: number): void {
  const arrays = Object.entries(of.parameters).map(([name, { data }]) => ({
    name,
    data,
    m: new Float64Array(data.length),
    v: new Float64Array(data.length),
  }));
  for (let t = 1; t <= iterations; t += 1) {
    const gradients = of.gradients();
    const step = (rate * (1 + Math.cos((Math.PI * t) / iterations))) / 2;
    for (const { name, data, m, v } of arrays)
      for (let i = 0; i < data.length; i += 1) {
        const g = gradients[name]![i]!;
        m[i] = FIRST_MOMENT * m[i]! + (1 - FIRST_MOMENT) * g;
        v[i] = SECOND_MOMENT * v[i]! + (1 - SECOND_MOMENT) * g * g;
        const unbiased = m[i]! / (1 - FIRST_MOMENT ** t);
        data[i]! -= (step * unbiased) / (Math.sqrt(v[i]! / (1 - SECOND_MOMENT ** t)) + TINY);
      }
  }
}

/** What is to fall at each step: the loss, until it stands still, or the norm of the gradient, which falls further. */
export type Falling = 'loss' | 'gradient';

const MOST_ITERATIONS = 1500;
/** A step that helps nothing is quartered so many times. */
const MOST_TRIES = 12;
const SHRINK = 4;
const FIRST_STEP = 1e-2;

/**
 * J. Barzilai and J. M. Borwein, "Two-point step size gradient methods", IMA J. Numer. Anal. 8 (1988), 141–148: the step is
 * s·s / s·y of the last step s and the change y of the gradient.
 */
export function descend(of: Network, falling: Falling): void {
  const arrays: Numbers[] = Object.values(of.parameters).map(({ data }) => data);
  const flat = (): Float64Array => {
    const gradients = of.gradients();
    return Float64Array.from(Object.keys(of.parameters).flatMap((name) => Array.from(gradients[name]!)));
  };
  const position = (): Float64Array => Float64Array.from(arrays.flatMap((values) => Array.from(values)));
  const move = (to: Float64Array): void => {
    let at = 0;
    for (const values of arrays) {
      values.set(to.subarray(at, at + values.length));
      at += values.length;
    }
  };
  const heightOf = (gradient: Float64Array): number =>
    falling === 'loss' ? of.loss() : Math.hypot(...gradient);
  let [at, gradient] = [position(), flat()];
  let height = heightOf(gradient);
  let step = FIRST_STEP;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration += 1) {
    let fell = false;
    for (let tries = 0; tries < MOST_TRIES && !fell; tries += 1) {
      move(at.map((x, i) => x - step * gradient[i]!));
      const [nextAt, next] = [position(), flat()];
      const nextHeight = heightOf(next);
      if (nextHeight < height) {
        let along = 0;
        let squared = 0;
        for (let i = 0; i < at.length; i += 1) {
          const s = nextAt[i]! - at[i]!;
          squared += s * s;
          along += s * (next[i]! - gradient[i]!);
        }
        [at, gradient, height, fell] = [nextAt, next, nextHeight, true];
        step = along > 0 ? squared / along : SHRINK * step;
      } else step /= SHRINK;
    }
    if (!fell) break;
  }
  move(at);
}
