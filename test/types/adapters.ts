/** A program that is compiled and never run: the libraries themselves fit the adapters, and the matcher waits when it has to. */

import * as jax from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { checkGradients, checkJacobian, type GradientReport, type JacobianReport } from 'expect-gradients';
import { fields, fromFunction, fromScalars, fromStep } from 'expect-gradients/adapters';
import { fromJax } from 'expect-gradients/jax';
import { fromLayersModel, fromOperation, fromTensors, fromVariables } from 'expect-gradients/tfjs';
import { isExactly } from './models.js';

const tensor = tf.scalar(1);
const variable = tf.variable(tensor);
const network = layers.sequential();
const data = { inputs: tensor, targets: tensor, loss: tf.losses.meanSquaredError };
const tree = { layers: [{ W: jax.numpy.array([1]) }] };
const jaxLoss = ({ layers: [first] }: typeof tree): jax.Array => jax.numpy.sum(first!.W);

isExactly<GradientReport>()(checkGradients(fromLayersModel(tf, network, data)));
isExactly<GradientReport>()(checkGradients(fromVariables(tf, [variable], () => tf.sum(variable))));
isExactly<GradientReport>()(checkGradients(fromTensors(tf, { x: tensor }, ({ x }) => tf.sum(x))));
isExactly<JacobianReport>()(checkJacobian(fromOperation(tf, { x: tensor }, ({ x }) => tf.square(x))));
isExactly<Promise<JacobianReport>>()(
  checkJacobian(await fromOperation(tf, { x: tensor }, ({ x }) => tf.square(x), { async: true })),
);
isExactly<GradientReport>()(checkGradients(fromJax(jax, tree, jaxLoss)));
isExactly<GradientReport>()(
  checkGradients(fromJax(jax, tree, jax.jit(jaxLoss), { gradients: jax.grad(jaxLoss) })),
);
isExactly<Promise<GradientReport>>()(
  checkGradients(await fromLayersModel(tf, network, data, { async: true })),
);
isExactly<Promise<GradientReport>>()(checkGradients(await fromJax(jax, tree, jaxLoss, { async: true })));

const x = [1, 2];
const promised = async (at: number[]): Promise<number[]> => at;
isExactly<GradientReport>()(
  checkGradients(
    fromFunction(
      ([a]: number[]) => a!,
      (at) => at,
      x,
    ),
  ),
);
isExactly<GradientReport>()(
  checkGradients(fromFunction((at: number[], into: number[]) => at.length + into.length, x)),
);
isExactly<Promise<GradientReport>>()(checkGradients(fromFunction(([a]: number[]) => a!, promised, x)));

const loss = (): number => 1;
isExactly<GradientReport>()(
  checkGradients(fromStep({ parameters: { x }, loss, step: () => undefined, rate: 0 })),
);
isExactly<Promise<GradientReport>>()(
  checkGradients(fromStep({ parameters: { x }, loss, step: async (rate: number) => void (x[0]! -= rate) })),
);

const scalar = { get: () => 1, set: (value: number) => void (x[0] = value), gradient: () => 1 };
isExactly<GradientReport>()(
  checkGradients(fromScalars({ scalars: { weights: [scalar] }, loss, backward: () => undefined })),
);
isExactly<GradientReport>()(
  checkGradients({
    parameters: fields([{ weight: 1 }], 'weight'),
    loss,
    gradients: () => fields([{ slope: 1 }], 'slope'),
  }),
);
// @ts-expect-error: a loss is a tensor, not a number
fromTensors(tf, { x: tensor }, () => 1);
// @ts-expect-error: an operation returns a tensor, not a number
fromOperation(tf, { x: tensor }, () => 1);
// @ts-expect-error: the step is needed
fromStep({ parameters: { x }, loss });
