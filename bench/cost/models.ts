/** The models whose checks are timed: perceptrons, a convolution, attention and a recurrent network with softmax at their end. */

import { double, matrix, PRECISIONS } from '../detection/arithmetic.js';
import { Draws } from '../detection/draws.js';
import { stored } from '../detection/models/model.js';
import { activation, type ActivationKind } from '../detection/networks/activations.js';
import { attention } from '../detection/networks/attention.js';
import { dense } from '../detection/networks/dense.js';
import { gather, reshape, rowLargest, windows } from '../detection/networks/gather.js';
import { head } from '../detection/networks/heads.js';
import { chain, type Layer, numbers, residual, type Setting } from '../detection/networks/layer.js';
import { blank, network, type Network } from '../detection/networks/network.js';
import { tanhRecurrent } from '../detection/networks/recurrent.js';
import { adam } from '../detection/sweep/training.js';

/** Layers, and the shape of their inputs and outputs for one sample. */
interface Body {
  readonly body: Layer;
  readonly rows: number;
  readonly columns: number;
  /** Rows of the outputs for each sample. */
  readonly outputRows: number;
  readonly classes: number;
}

type Build = (setting: Setting, samples: number) => Body;

function perceptron(widths: readonly number[], kind: ActivationKind): Build {
  return (setting) => ({
    body: chain(
      ...widths.slice(1).flatMap((width, l) => {
        const linear = dense(setting, { name: `${l + 1}`, inputs: widths[l]!, outputs: width });
        return l + 2 < widths.length ? [linear, activation(setting, kind)] : [linear];
      }),
    ),
    rows: 1,
    columns: widths[0]!,
    outputRows: 1,
    classes: widths.at(-1)!,
  });
}

/** 12 × 12 images: 16 and 32 filters of 3 × 3 with ReLU, pooled by the largest of 2 × 2 between, then 64 units and 10 classes. */
const convolution: Build = (setting, samples) => {
  const image = { images: samples, stride: 1 };
  const first = windows({ ...image, side: 12, channels: 1, size: 3 }, 'kernel');
  const pool = windows({ images: samples, side: first.extent, channels: 16, size: 2, stride: 2 }, 'channel');
  const second = windows({ ...image, side: pool.extent, channels: 16, size: 3 }, 'kernel');
  const features = second.extent ** 2 * 32;
  return {
    body: chain(
      gather(setting, 9, first.indices),
      dense(setting, { name: '1', inputs: 9, outputs: 16 }),
      activation(setting, 'relu'),
      gather(setting, 4, pool.indices),
      rowLargest(setting),
      reshape(16),
      gather(setting, 9 * 16, second.indices),
      dense(setting, { name: '2', inputs: 9 * 16, outputs: 32 }),
      activation(setting, 'relu'),
      reshape(features),
      dense(setting, { name: '3', inputs: features, outputs: 64 }),
      activation(setting, 'relu'),
      dense(setting, { name: '4', inputs: 64, outputs: 10 }),
    ),
    rows: 1,
    columns: 12 * 12,
    outputRows: 1,
    classes: 10,
  };
};

/** A block of attention over 8 tokens of width 64 and one with a hidden layer of 128, each added to its input, and 10 classes for each token. */
const transformer: Build = (setting) => ({
  body: chain(
    residual(setting, attention(setting, { width: 64, tokens: 8 })),
    residual(
      setting,
      chain(
        dense(setting, { name: '1', inputs: 64, outputs: 128 }),
        activation(setting, 'gelu'),
        dense(setting, { name: '2', inputs: 128, outputs: 64 }),
      ),
    ),
    dense(setting, { name: '3', inputs: 64, outputs: 10 }),
  ),
  rows: 8,
  columns: 64,
  outputRows: 8,
  classes: 10,
});

/** 100 tanh units over 6 steps of 32 numbers. */
const recurrent: Build = (setting) => ({
  body: chain(
    tanhRecurrent(setting, { inputs: 32, hidden: 100, steps: 6 }),
    dense(setting, { name: 'o', inputs: 100, outputs: 10 }),
  ),
  rows: 6,
  columns: 32,
  outputRows: 1,
  classes: 10,
});

const DEEP = [40, ...Array<number>(9).fill(60), 10];
const WIDTHS: Readonly<Record<string, readonly number[]>> = {
  '20-30-10': [20, 30, 10],
  '60-50-20': [60, 50, 20],
  '60-100-25-15': [60, 100, 25, 15],
  '60-100-40-5': [60, 100, 40, 5],
  '100-150-40-10': [100, 150, 40, 10],
  '40-60×9-10': DEEP,
  '200-150-100-10': [200, 150, 100, 10],
};

const BUILDS: Readonly<Record<string, Build>> = {
  ...Object.fromEntries(
    Object.entries(WIDTHS).flatMap(([name, widths]) =>
      (['tanh', 'relu', 'sigmoid'] as const).map((kind) => [`${name} ${kind}`, perceptron(widths, kind)]),
    ),
  ),
  convolution,
  attention: transformer,
  recurrent,
};

export interface ModelKind {
  /** A name of `BUILDS`. */
  readonly model: string;
  readonly storage: 'float64' | 'float32';
  /** Random, with zero biases and a blank row, or trained. */
  readonly state: 'random' | 'blank row' | 'trained';
}

const SAMPLES = 8;
const TRAINING = { iterations: 60, rate: 0.01 };

/** In float32 parameters and arithmetic are single. */
export function modelOf({ model, storage, state }: ModelKind, seed: number): Network {
  const draws = new Draws(seed);
  const { arithmetic } = storage === 'float64' ? { arithmetic: double } : PRECISIONS.float32;
  const setting: Setting = {
    draws,
    arithmetic,
    storage: arithmetic,
    ending: arithmetic,
    zeroBiases: state === 'blank row',
    kinked: false,
    gain: 1,
  };
  const { body, rows, columns, outputRows, classes } = BUILDS[model]!(setting, SAMPLES);
  const inputs = stored(numbers(draws, SAMPLES * rows * columns, 1), arithmetic);
  const design = {
    body,
    head: head(setting, 'crossEntropy', { rows: SAMPLES * outputRows, columns: classes }),
    inputs: matrix(SAMPLES * rows, columns, inputs),
    samples: SAMPLES,
    last: [],
  };
  if (state === 'blank row') blank(design, draws.whole(0, SAMPLES - 1));
  const made = network(design, setting);
  if (state === 'trained') adam(made, TRAINING.iterations, TRAINING.rate);
  return made;
}
