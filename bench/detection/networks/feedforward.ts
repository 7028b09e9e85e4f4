/** Architectures whose layers stand one after the other, most of them linear. */

import { matrix } from '../arithmetic.js';
import { stored } from '../models/model.js';
import { activation } from './activations.js';
import { dense, factored } from './dense.js';
import {
  type Architecture,
  countOf,
  drawnKind,
  drawnHead,
  drawnPenalty,
  fitted,
  inputsOf,
  tower,
} from './draw-parts.js';
import { head, type HeadKind } from './heads.js';
import { harmonics } from './harmonics.js';
import { chain, type Layer, numbers, residual, type Setting } from './layer.js';
import type { Penalty } from './network.js';
import { normalization } from './normalization.js';

/** One to three hidden layers, with the same activation. */
export const perceptron: Architecture = (setting, size) => {
  const { draws } = setting;
  const [inputs, outputs, depth] = [draws.whole(2, 6), draws.whole(1, 3), draws.whole(1, size < 30 ? 1 : 3)];
  const widths = (hidden: number): number[] => [inputs, ...Array<number>(depth).fill(hidden), outputs];
  const hidden = fitted(size, 2, (n) => countOf(widths(n)));
  const samples = draws.whole(3, 8);
  return {
    ...tower(setting, widths(hidden)),
    head: drawnHead(setting, samples, outputs),
    inputs: inputsOf(setting, samples, inputs),
    samples,
    penalty: drawnPenalty(setting, 'l2', 1 / 3),
  };
};

/** A hidden layer that is normalised; over the batch its own bias has no effect. */
export const normalized =
  (over: 'row' | 'batch'): Architecture =>
  (setting, size) => {
    const { draws } = setting;
    const [inputs, outputs, samples] = [draws.whole(2, 5), draws.whole(1, 3), draws.whole(4, 8)];
    const hidden = fitted(size, 3, (h) => h * (inputs + 3 + outputs) + outputs);
    return {
      body: chain(
        dense(setting, { name: '1', inputs, outputs: hidden }),
        normalization(setting, over, { name: '1', width: hidden }),
        activation(setting, drawnKind(setting)),
        dense(setting, { name: '2', inputs: hidden, outputs }),
      ),
      last: ['W2', 'b2'],
      head: drawnHead(setting, samples, outputs),
      inputs: inputsOf(setting, samples, inputs),
      samples,
    };
  };

/** One linear layer. */
export const linear =
  (
    kind: HeadKind | 'drawn',
    classes: boolean,
    penalty: (setting: Setting) => Penalty | undefined,
  ): Architecture =>
  (setting, size) => {
    const { draws } = setting;
    const outputs = classes ? draws.whole(2, 4) : 1;
    const inputs = Math.max(2, Math.floor(size / outputs) - 1);
    const samples = draws.whole(3, 12);
    return {
      body: dense(setting, { name: '', inputs, outputs }),
      last: ['W', 'b'],
      head:
        kind === 'drawn'
          ? drawnHead(setting, samples, outputs)
          : head(setting, kind, { rows: samples, columns: outputs }),
      inputs: inputsOf(setting, samples, inputs),
      samples,
      penalty: penalty(setting),
    };
  };

/** Two blocks x + W f(V x), and a linear layer. */
export const residualBlocks: Architecture = (setting, size) => {
  const { draws } = setting;
  const [outputs, samples] = [draws.whole(1, 3), draws.whole(3, 6)];
  const width = fitted(size, 2, (n) => 2 * countOf([n, n, n]) + (n + 1) * outputs);
  const kind = drawnKind(setting);
  const block = (name: string): Layer =>
    residual(
      setting,
      chain(
        dense(setting, { name: `${name}1`, inputs: width, outputs: width }),
        activation(setting, kind),
        dense(setting, { name: `${name}2`, inputs: width, outputs: width }),
      ),
    );
  return {
    body: chain(block('a'), block('b'), dense(setting, { name: 'o', inputs: width, outputs })),
    // The last of each block, as they are initialised with zeros.
    last: ['Wa2', 'ba2', 'Wb2', 'bb2'],
    head: drawnHead(setting, samples, outputs),
    inputs: inputsOf(setting, samples, width),
    samples,
  };
};

/** Its outputs are held against its inputs. */
export const autoencoder: Architecture = (setting, size) => {
  const { draws } = setting;
  const [code, samples] = [draws.whole(1, 2), draws.whole(3, 6)];
  const columns = fitted(size, 3, (n) => countOf([n, 3, code, 3, n]));
  const inputs = inputsOf(setting, samples, columns);
  const own = head(setting, 'squares', { rows: samples, columns });
  own.targets.set(inputs.data);
  return {
    ...tower(setting, [columns, 3, code, 3, columns]),
    head: own,
    inputs,
    samples,
    penalty: drawnPenalty(setting, 'l2', 1 / 3),
  };
};

/** A hidden layer, and the weights, means and deviations of two or three normal distributions. */
export const density: Architecture = (setting, size) => {
  const { draws } = setting;
  const [inputs, outputs, samples] = [draws.whole(1, 4), 3 * draws.whole(2, 3), draws.whole(3, 8)];
  const hidden = fitted(size, 1, (n) => countOf([inputs, n, outputs]));
  return {
    ...tower(setting, [inputs, hidden, outputs]),
    head: head(setting, 'mixture', { rows: samples, columns: outputs }),
    inputs: inputsOf(setting, samples, inputs),
    samples,
  };
};

/** A matrix of low rank, with or without a bias. */
export const lowRank: Architecture = (setting, size) => {
  const { draws } = setting;
  const [outputs, rank, samples] = [draws.whole(2, 5), draws.whole(1, 3), draws.whole(4, 8)];
  const inputs = fitted(size, 2, (n) => rank * (n + outputs) + outputs);
  return {
    body: factored(setting, { name: '', inputs, outputs, bias: draws.uniform() < 0.5 }, rank),
    last: ['W', 'V'],
    head: drawnHead(setting, samples, outputs),
    inputs: inputsOf(setting, samples, inputs),
    samples,
    penalty: drawnPenalty(setting, 'l2', 1 / 3),
  };
};

/** How long the time of a series of sines is, in radians of a frequency of one. */
const DURATIONS = [3, 30, 300];

/** A series of sines of a time. */
export const sines: Architecture = (setting, size) => {
  const { draws, arithmetic } = setting;
  const [samples, duration] = [draws.whole(4, 12), draws.pick(DURATIONS)];
  const times = numbers(draws, samples, 1).map((time) => Math.fround(duration * time));
  return {
    body: harmonics(
      setting,
      fitted(size, 1, (n) => 3 * n + 1),
    ),
    last: ['amplitude', 'c'],
    head: drawnHead(setting, samples, 1),
    inputs: matrix(samples, 1, stored(times, arithmetic)),
    samples,
  };
};
