/** What the architectures draw alike: inputs, losses, penalties, towers of linear layers. */

import { matrix, type Matrix } from '../arithmetic.js';
import { stored } from '../models/model.js';
import { ACTIVATION_KINDS, activation, type ActivationKind, KINKED_KINDS } from './activations.js';
import { dense } from './dense.js';
import type { Head } from './head.js';
import { head, type HeadKind } from './heads.js';
import { chain, type Layer, numbers, type Setting } from './layer.js';
import type { Design, Penalty } from './network.js';

/** Draws a network of about `size` parameters. */
export type Architecture = (setting: Setting, size: number) => Design;

const LAMBDAS = [1e-3, 1e-2, 1e-1, 0.5];
const VALUE_HEADS: readonly HeadKind[] = ['squares', 'squares', 'huber', 'quantile', 'poisson', 'logistic'];

/** The largest whole number from `least` up at which no more than `size` are counted. */
export function fitted(size: number, least: number, count: (n: number) => number): number {
  let n = least;
  while (count(n + 1) <= size) n += 1;
  return n;
}

export function inputsOf({ draws, arithmetic }: Setting, rows: number, columns: number): Matrix {
  return matrix(rows, columns, stored(numbers(draws, rows * columns, 1), arithmetic));
}

/** Cross-entropy where there are classes, or one of the losses of values. */
export function drawnHead(setting: Setting, rows: number, columns: number): Head {
  const { draws } = setting;
  const kind = columns > 1 && draws.uniform() < 0.4 ? 'crossEntropy' : draws.pick(VALUE_HEADS);
  return head(setting, kind, { rows, columns });
}

export function drawnPenalty({ draws }: Setting, kind: Penalty['kind'], share: number): Penalty | undefined {
  return draws.uniform() < share ? { kind, lambda: draws.pick(LAMBDAS) } : undefined;
}

export const drawnKind = ({ draws, kinked }: Setting): ActivationKind =>
  draws.pick(kinked ? KINKED_KINDS : ACTIVATION_KINDS);

/** Linear layers of these widths, inputs first, with an activation of the same kind between them. */
export function tower(setting: Setting, widths: readonly number[]): { body: Layer; last: string[] } {
  const kind = drawnKind(setting);
  const layers: Layer[] = [];
  for (let l = 1; l < widths.length; l += 1) {
    layers.push(dense(setting, { name: `${l}`, inputs: widths[l - 1]!, outputs: widths[l]! }));
    if (l + 1 < widths.length) layers.push(activation(setting, kind));
  }
  return { body: chain(...layers), last: [`W${widths.length - 1}`, `b${widths.length - 1}`] };
}

export const countOf = (widths: readonly number[]): number =>
  widths.slice(1).reduce((total, width, l) => total + (widths[l]! + 1) * width, 0);
