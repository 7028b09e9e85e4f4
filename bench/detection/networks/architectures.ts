/** The architectures of the sweep: what each draws for a number of parameters. */

import { activation } from './activations.js';
import { attention } from './attention.js';
import { dense } from './dense.js';
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
import {
  autoencoder,
  density,
  linear,
  lowRank,
  normalized,
  perceptron,
  residualBlocks,
  sines,
} from './feedforward.js';
import { embedding, gather, reshape, rowLargest, rowMean, windows } from './gather.js';
import { head } from './heads.js';
import { chain, type Layer, residual } from './layer.js';
import { gatedRecurrent, tanhRecurrent } from './recurrent.js';

/** One or two convolutions with pooling by the largest or the mean, and a linear layer. */
const convolution: Architecture = (setting, size) => {
  const { draws } = setting;
  const [samples, classes, kernel] = [draws.whole(2, 4), draws.whole(2, 3), draws.pick([2, 3])];
  const side = size < 80 ? kernel + 1 : kernel + 3;
  const deep = side > 4 && draws.uniform() < 0.5;
  const kind = drawnKind(setting);
  const pool = draws.pick(['largest', 'mean']);
  const design = (filters: number) => {
    const layers: Layer[] = [];
    let [at, channels] = [side, 1];
    for (const name of deep ? ['k', 'l'] : ['k']) {
      const to = windows(
        { images: samples, side: at, channels, size: name === 'k' ? kernel : 2, stride: 1 },
        'kernel',
      );
      const inputs = (name === 'k' ? kernel : 2) ** 2 * channels;
      layers.push(
        gather(setting, inputs, to.indices),
        dense(setting, { name, inputs, outputs: filters }),
        activation(setting, kind),
      );
      [at, channels] = [to.extent, filters];
    }
    const pooled = windows(
      { images: samples, side: at, channels, size: 2, stride: at % 2 === 0 ? 2 : 1 },
      'channel',
    );
    const features = pooled.extent ** 2 * filters;
    layers.push(
      gather(setting, 4, pooled.indices),
      pool === 'mean' ? rowMean(setting) : rowLargest(setting),
      reshape(features),
      dense(setting, { name: 'o', inputs: features, outputs: classes }),
    );
    return chain(...layers);
  };
  const sizeOf = ({ parameters }: Layer): number =>
    Object.values(parameters).reduce((total, { data }) => total + data.length, 0);
  const filters = fitted(size, 1, (n) => sizeOf(design(n)));
  return {
    body: design(filters),
    last: ['Wo', 'bo'],
    head: head(setting, 'crossEntropy', { rows: samples, columns: classes }),
    inputs: inputsOf(setting, samples, side * side),
    samples,
  };
};

/** A recurrent layer over two to five steps, and a linear one on the last state. */
const sequential =
  (layer: typeof tanhRecurrent, gates: number): Architecture =>
  (setting, size) => {
    const { draws } = setting;
    const [inputs, outputs, steps, samples] = [
      draws.whole(1, 3),
      draws.whole(1, 3),
      draws.whole(2, 5),
      draws.whole(3, 5),
    ];
    const count = (h: number): number => gates * h * (inputs + h + 1) + (h + 1) * outputs;
    const hidden = fitted(size, 1, count);
    return {
      body: chain(
        layer(setting, { inputs, hidden, steps }),
        dense(setting, { name: 'o', inputs: hidden, outputs }),
      ),
      last: ['Wo', 'bo'],
      head: drawnHead(setting, samples, outputs),
      inputs: inputsOf(setting, samples * steps, inputs),
      samples,
    };
  };

/** One head with biases, of which that of the keys has no effect; squares of all tokens, with or without what was there. */
const attending: Architecture = (setting, size) => {
  const { draws } = setting;
  const width = fitted(size, 2, (n) => 4 * n * (n + 1));
  const [tokens, samples] = [draws.whole(2, 4), draws.whole(2, 4)];
  const inner = attention(setting, { width, tokens });
  return {
    body: draws.uniform() < 0.5 ? residual(setting, inner) : inner,
    last: ['WO', 'bO'],
    head: drawnHead(setting, samples * tokens, width),
    inputs: inputsOf(setting, samples * tokens, width),
    samples,
  };
};

/** The next word from some before: rows of a table, a hidden layer, softmax. */
const language: Architecture = (setting, size) => {
  const { draws } = setting;
  const [words, context, samples] = [draws.whole(3, 6), draws.whole(1, 3), draws.whole(4, 8)];
  const hidden = 3;
  const count = (width: number): number => words * width + countOf([context * width, hidden, words]);
  const width = fitted(size, 1, count);
  const tokens = Array.from({ length: samples * context }, () => draws.whole(0, words - 1));
  const table = embedding(setting, { name: 'E', words, width, context, tokens });
  const { body, last } = tower(setting, [context * width, hidden, words]);
  return {
    body: chain(table, body),
    last,
    head: head(setting, 'crossEntropy', { rows: samples, columns: words }),
    inputs: inputsOf(setting, samples, 1),
    samples,
    // Padding: the first word, whose row is zero.
    blank(sample) {
      tokens.fill(0, sample * context, (sample + 1) * context);
      table.parameters['E']!.data.fill(0, 0, width);
    },
  };
};

export const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  perceptron,
  convolution,
  recurrent: sequential(tanhRecurrent, 1),
  gated: sequential(gatedRecurrent, 3),
  'layer norm': normalized('row'),
  'batch norm': normalized('batch'),
  attention: attending,
  embedding: language,
  logistic: linear('logistic', false, (setting) => drawnPenalty(setting, 'l2', 1)),
  regression: linear('drawn', false, (setting) => drawnPenalty(setting, 'l2', 1 / 3)),
  'sparse softmax': linear('crossEntropy', true, (setting) => drawnPenalty(setting, 'l1', 1)),
  residual: residualBlocks,
  autoencoder,
  'mixture density': density,
  factors: lowRank,
  harmonics: sines,
};
