import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { checkGradients, checkJacobian, type Model, type VectorModel, UsageError } from 'expect-gradients';
import { fromLayersModel, fromOperation, fromTensors, fromVariables } from 'expect-gradients/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { numbers } from '../field/subject.js';
import { bitsOf, laws } from './laws.js';

const tensor = (shape: number[], start = 0): tf.Tensor =>
  tf.tensor(numbers(tf.util.sizeFromShape(shape), start), shape);

/** Throws at the third of its calls. */
function failing<Value>(error: Error | undefined, f: () => Value): () => Value {
  let calls = 0;
  return () => {
    calls += 1;
    if (error !== undefined && calls >= 3) throw error;
    return f();
  };
}

/** x squared, whose claimed gradient is `slope` times x; right for 2. */
const squareWith = (slope: number): ((x: tf.Tensor) => tf.Tensor) =>
  tf.customGrad((...given) => {
    const [x, save] = given as unknown as [tf.Tensor, tf.GradSaveFunc];
    save([x]);
    return {
      value: tf.square(x),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, tf.mul(saved[0]!, slope)),
    };
  });

describe.each(['cpu', 'wasm'])('on the %s backend', (backend) => {
  let W: tf.Variable;
  let b: tf.Variable;
  let frozen: tf.Variable;
  let inputs: tf.Tensor;
  let network: layers.LayersModel;

  beforeAll(async () => {
    await tf.setBackend(backend);
    inputs = tensor([4, 3], 40);
    W = tf.variable(tensor([3, 2]), true, `${backend}/W`);
    b = tf.variable(tensor([2], 9), true, `${backend}/b`);
    frozen = tf.variable(tensor([2], 20), false, `${backend}/scale`);
    const dense = (units: number, more: object): layers.layers.Layer =>
      layers.layers.dense({ units, name: `${backend}${units}`, ...more });
    network = layers.sequential({
      layers: [
        dense(4, { inputShape: [3], activation: 'tanh' }),
        layers.layers.dropout({ rate: 0.5 }),
        dense(5, { trainable: false, activation: 'sigmoid' }),
        dense(2, {}),
      ],
    });
    network.setWeights(network.getWeights().map((weight, i) => tensor(weight.shape, 10 * i)));
  });
  afterAll(() => {
    tf.disposeVariables();
    tf.dispose(inputs);
  });

  const output = (slope: number): tf.Tensor =>
    tf.mean(tf.mul(tf.add(squareWith(slope)(tf.matMul(inputs, W as tf.Tensor2D)), b), frozen));
  const bits = (): string => [W, b, frozen].map((variable) => bitsOf(variable.dataSync())).join();
  const held = (): number => tf.memory().numTensors;
  const trained = (slope: number, error?: Error): (() => tf.Tensor) => failing(error, () => output(slope));

  laws({
    name: 'variables',
    parameters: [`${backend}/W`, `${backend}/b`],
    right: () => fromVariables(tf, [W, b, frozen], trained(2)),
    wrong: () => fromVariables(tf, [W, b, frozen], trained(3)),
    blamed: `${backend}/W`,
    throwing: (error) => fromVariables(tf, [W, b, frozen], trained(2, error)),
    bits,
    held,
  });

  laws({
    name: 'variables, read back asynchronously',
    parameters: [`${backend}/W`, `${backend}/b`],
    right: () => fromVariables(tf, [W, b, frozen], trained(2), { async: true }),
    wrong: () => fromVariables(tf, [W, b, frozen], trained(3), { async: true }),
    blamed: `${backend}/W`,
    throwing: (error) => fromVariables(tf, [W, b, frozen], trained(2, error), { async: true }),
    bits,
    held,
  });

  const square = (slope: number, error?: Error): Model => {
    const f = failing(error, () => squareWith(slope));
    return fromTensors(tf, { x: inputs, y: W }, ({ x, y }) =>
      tf.sum(tf.matMul(f()(x) as tf.Tensor2D, y as tf.Tensor2D)),
    );
  };
  laws({
    name: 'tensors',
    parameters: ['x', 'y'],
    right: () => square(2),
    wrong: () => square(-2),
    blamed: 'x',
    throwing: (error) => square(2, error),
    bits: () => bitsOf(inputs.dataSync()),
    held,
  });

  const operation = (slope: number, error?: Error): VectorModel => {
    const f = failing(error, () => squareWith(slope));
    return fromOperation(tf, { x: inputs, y: W }, ({ x, y }) =>
      tf.matMul(f()(x) as tf.Tensor2D, y as tf.Tensor2D),
    );
  };
  laws({
    name: 'an operation',
    parameters: ['x', 'y'],
    right: () => operation(2),
    wrong: () => operation(-2),
    blamed: 'x',
    throwing: (error) => operation(2, error),
    bits: () => bitsOf(inputs.dataSync()),
    held,
  });

  const later = async (slope: number, error?: Error): Promise<VectorModel> => {
    const f = failing(error, () => squareWith(slope));
    const applied = ({ x }: { x: tf.Tensor }): tf.Tensor => f()(x);
    return fromOperation(tf, { x: inputs }, applied, { async: true });
  };
  laws({
    name: 'an operation, read back asynchronously',
    parameters: ['x'],
    right: async () => later(2),
    wrong: async () => later(-2),
    blamed: 'x',
    throwing: async (error) => later(2, error),
    bits: () => bitsOf(inputs.dataSync()),
    held,
  });

  test('an operation whose backward pass leaves out the gradient from above is not linear', () => {
    const alone = tf.customGrad((...given) => {
      const [x, save] = given as unknown as [tf.Tensor, tf.GradSaveFunc];
      save([x]);
      return {
        value: tf.square(x),
        gradFunc: (_: tf.Tensor, saved: tf.Tensor[]) => tf.mul(saved[0]!, 2),
      };
    });
    const report = checkJacobian(fromOperation(tf, { x: inputs }, ({ x }) => alone(x)));
    expect([report.verdict, report.findings.map(({ code }) => code)]).toStrictEqual([
      'wrong',
      ['not-linear'],
    ]);
  });

  test('the outputs of an operation have its shape, a number has none', () => {
    const shapes = (operate: (given: { x: tf.Tensor }) => tf.Tensor): (readonly number[])[] =>
      checkJacobian(fromOperation(tf, { x: inputs }, operate)).parameters.map(({ shape }) => shape);
    expect(shapes(({ x }) => tf.tanh(x))).toStrictEqual([[4, 3, 4, 3]]);
    expect(shapes(({ x }) => tf.sum(x))).toStrictEqual([[4, 3]]);
  });

  const layered = (error?: Error): Model => {
    const loss = (targets: tf.Tensor, predictions: tf.Tensor): tf.Tensor =>
      tf.losses.meanSquaredError(targets, predictions);
    let calls = 0;
    return fromLayersModel(tf, network, {
      inputs,
      targets: tf.tidy(() => tf.keep(tf.zeros([4, 2]))),
      loss: (targets: tf.Tensor, predictions: tf.Tensor) => {
        calls += 1;
        if (error !== undefined && calls >= 3) throw error;
        return loss(targets, predictions);
      },
    });
  };

  test('a LayersModel is right in its trainable weights, under its own names', async () => {
    const before = network.getWeights().map((weight) => bitsOf(weight.dataSync()));
    const model = layered();
    const tensors = held();
    const report = await checkGradients(model);
    expect(report.verdict).toBe('correct');
    expect(report.parameters.map(({ name }) => name)).toStrictEqual([
      `${backend}4/kernel`,
      `${backend}4/bias`,
      `${backend}2/kernel`,
      `${backend}2/bias`,
    ]);
    expect(report.parameters[0]?.shape).toStrictEqual([3, 4]);
    expect(network.getWeights().map((weight) => bitsOf(weight.dataSync()))).toStrictEqual(before);
    expect(held()).toBe(tensors);
  });

  test('a layer that cuts the way back is blamed, with all that comes before it', () => {
    class Cut extends layers.layers.Layer {
      override call(given: tf.Tensor | tf.Tensor[]): tf.Tensor {
        const [x] = Array.isArray(given) ? given : [given];
        const cut = tf.customGrad((y) => ({
          value: tf.tanh(y as tf.Tensor),
          gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
        }));
        return cut(x!);
      }
      static get className(): string {
        return 'Cut';
      }
    }
    const cut = layers.sequential({
      layers: [
        layers.layers.dense({ units: 2, inputShape: [3], name: `${backend}before` }),
        new Cut({}),
        layers.layers.dense({ units: 1, name: `${backend}after` }),
      ],
    });
    cut.setWeights(cut.getWeights().map((weight, i) => tensor(weight.shape, 10 * i)));
    const report = checkGradients(
      fromLayersModel(tf, cut, { inputs, targets: tf.zeros([4, 1]), loss: tf.losses.meanSquaredError }),
    );
    expect(report.findings.map(({ code }) => code)).toStrictEqual(['zero-gradient']);
    expect(
      report.parameters.filter(({ verdict }) => verdict === 'wrong').map(({ name }) => name),
    ).toStrictEqual([`${backend}before/kernel`, `${backend}before/bias`]);
  });
});

describe('what can’t be checked is a TypeError', () => {
  beforeAll(() => tf.setBackend('cpu'));
  const x = (): tf.Tensor => tf.tensor1d([1, 2]);

  test('a loss with entries', () => {
    expect(() => checkGradients(fromTensors(tf, { x: x() }, (given) => given.x))).toThrow(
      new UsageError(
        'expect-gradients: the loss must be a tensor without dimensions, but it has the shape [2]. Sum or average it.',
      ),
    );
  });

  test('an operation that returns no tensor, or has no inputs', () => {
    expect(() => checkJacobian(fromOperation(tf, { x: x() }, () => 3 as never))).toThrow(
      new UsageError('expect-gradients: an operation must return a tensor, but it returned 3.'),
    );
    expect(() => fromOperation(tf, {}, () => tf.scalar(0))).toThrow(
      new UsageError('expect-gradients: fromOperation needs at least one tensor.'),
    );
  });

  test('a loss that is no tensor', () => {
    expect(() => checkGradients(fromTensors(tf, { x: x() }, () => 3 as never))).toThrow(
      new UsageError('expect-gradients: the loss must be a tensor without dimensions, but it is 3.'),
    );
  });

  test('integers', () => {
    expect(() => fromTensors(tf, { i: tf.tensor1d([1], 'int32') }, (given) => tf.sum(given.i))).toThrow(
      new UsageError(
        'expect-gradients: i is a tensor of int32: only float32 and float64 can be moved by a small step.',
      ),
    );
  });

  test('nothing that is trained', () => {
    const still = tf.variable(x(), false);
    expect(() => fromVariables(tf, [still], () => tf.sum(still))).toThrow(
      new UsageError('expect-gradients: fromVariables needs at least one variable that is trainable.'),
    );
    const empty = layers.sequential({ layers: [layers.layers.flatten({ inputShape: [2, 1] })] });
    expect(() =>
      fromLayersModel(tf, empty, { inputs: x(), targets: x(), loss: tf.losses.meanSquaredError }),
    ).toThrow(
      new UsageError('expect-gradients: fromLayersModel needs a model with weights that are trainable.'),
    );
    expect(() => fromTensors(tf, {}, () => tf.scalar(0))).toThrow(
      new UsageError('expect-gradients: fromTensors needs at least one tensor.'),
    );
  });

  test('a variable that was trained after the model was made', () => {
    const trained = tf.variable(x(), true, 'trained');
    const model = fromVariables(tf, [trained], () => tf.sum(tf.square(trained)));
    trained.assign(x());
    expect(() => checkGradients(model)).toThrow(
      new UsageError(
        'expect-gradients: trained was assigned to since the model was made: make the model after that.',
      ),
    );
  });
});

test('a variable that the loss does not depend on is told, not failed', () => {
  const used = tf.variable(tf.tensor1d([1, 2]), true, 'used');
  const unused = tf.variable(tf.tensor1d([1, 2]), true, 'unused');
  const report = checkGradients(fromVariables(tf, [used, unused], () => tf.sum(tf.square(used))));
  expect(report.verdict).toBe('correct');
  expect(report.findings.map(({ code, parameter }) => [code, parameter])).toStrictEqual([
    ['unused-parameter', 'unused'],
  ]);
});

test('an error of the library passes through', () => {
  const x = tf.variable(tf.tensor1d([3, 1, 2]), true, 'sorted');
  expect(() => checkGradients(fromVariables(tf, [x], () => tf.sum(tf.topk(x, 2).values)))).toThrow(
    'gradient function not found for TopK',
  );
});

test('where tensors can only be read by promises, so is everything', async () => {
  const lazy = tf.variable(tf.tensor1d([1, -2, 3]), true, 'lazy');
  lazy.dataSync = () => {
    throw new Error('this backend reads asynchronously');
  };
  const model = await fromVariables(tf, [lazy], () => tf.sum(tf.square(lazy)), { async: true });
  const report = await checkGradients(model);
  expect(report.verdict).toBe('correct');
});

test('what a loss keeps of its tensors stays as it was at that call', async () => {
  await tf.setBackend('cpu');
  const kept: tf.Tensor[] = [];
  const x = tf.tensor1d([1, 2]);
  checkGradients(
    fromTensors(tf, { x }, ({ x: given }) => {
      kept.push(tf.keep(given.clone()));
      return tf.sum(tf.square(given));
    }),
  );
  expect(new Set(kept.map((one) => bitsOf(one.dataSync()))).size).toBeGreaterThan(4);
});
