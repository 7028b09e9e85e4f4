/**
 * An operation of one's own in TensorFlow.js: log-softmax with `tf.customGrad`. The library calls the backward pass with the gradient
 * that comes from above, a tensor of the output's shape; the check calls it for each entry of the output.
 */

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { VectorModel } from 'expect-gradients';
import { fromOperation } from 'expect-gradients/tfjs';
import type { Example } from './example.js';

tf.enableProdMode();
await tf.setBackend('cpu');

/** Along the rows; `back` is the backward pass. */
const logSoftmax = (back: (above: tf.Tensor, softmax: tf.Tensor) => tf.Tensor) =>
  tf.customGrad((...given) => {
    const [x, save] = given as unknown as [tf.Tensor, tf.GradSaveFunc];
    const value = tf.sub(x, tf.logSumExp(x, -1, true));
    save([tf.exp(value)]);
    return { value, gradFunc: (above: tf.Tensor, saved: tf.Tensor[]) => back(above, saved[0]!) };
  });

const right = logSoftmax((above, softmax) => tf.sub(above, tf.mul(softmax, tf.sum(above, -1, true))));

/** Right where the gradients from above sum up to one in each row, as they do below a cross-entropy, and nowhere else. */
const broken = logSoftmax((above, softmax) => tf.sub(above, softmax));

const logits = tf.tensor2d([0.5, -1, 2, 0.25, 1.5, -0.75], [2, 3]);
const model = (operation: typeof right): VectorModel =>
  fromOperation(tf, { logits }, (inputs) => operation(inputs.logits));

export const example: Example = {
  title: '07 An operation with tf.customGrad: TensorFlow.js 4.22.0',
  cases: [
    { name: 'log-softmax', label: 'correct', model: model(right), options: {}, wrong: [] },
    {
      name: 'for a sum of one only',
      label: 'wrong',
      model: model(broken),
      options: {},
      wrong: ['logits'],
      cause:
        'vjp() is not linear in its cotangent: for a cotangent of zeros, what it gives for logits is not zero but 1.1017 in size.',
    },
  ],
};
