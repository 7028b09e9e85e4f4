import * as jax from '@jax-js/jax';
import type { Model } from 'expect-gradients';
import { fromJax } from 'expect-gradients/jax';
import { numbers, type Subject } from './subject.js';

/** jax-js 0.1.25 on its WebAssembly backend, in float32. */
const library = 'jax-js 0.1.25';
const { numpy: np } = jax;

const array = (shape: number[], start = 0): jax.Array =>
  np.reshape(
    np.array(
      numbers(
        shape.reduce((product, size) => product * size, 1),
        start,
      ),
    ),
    shape,
  );

async function perceptron(): Promise<Model> {
  await jax.init('cpu', 'wasm');
  jax.defaultDevice('wasm');
  const x = array([4, 3], 50);
  const y = array([4, 2], 70);
  const parameters = {
    layers: [
      { W: array([3, 5]), b: array([5], 20) },
      { W: array([5, 2], 30), b: array([2], 40) },
    ],
  };
  return fromJax(
    jax,
    parameters,
    jax.jit(({ layers: [first, last] }: typeof parameters) => {
      const hidden = np.tanh(np.matmul(x.ref, first!.W).add(first!.b));
      return np.mean(np.square(np.matmul(hidden, last!.W).add(last!.b).sub(y.ref)));
    }),
  );
}

async function attention(): Promise<Model> {
  await jax.init('cpu', 'wasm');
  jax.defaultDevice('wasm');
  const weights = array([3, 4], 60);
  return fromJax(jax, { q: array([3, 4]), k: array([3, 4], 20), v: array([3, 4], 40) }, ({ q, k, v }) => {
    const scores = jax.nn.softmax(np.matmul(q, np.transpose(k)), -1);
    return np.sum(np.matmul(scores, v).mul(weights.ref));
  });
}

export const subjects: readonly Subject[] = [
  { name: 'a perceptron, compiled', library, model: perceptron, wrong: [] },
  { name: 'attention', library, model: attention, wrong: [] },
];
