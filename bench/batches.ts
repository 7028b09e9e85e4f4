/**
 * What `losses` gains: the time of a check that asks for losses one by one over that of the same check with batches, and the calls
 * of either. Every row is measured in one process, in adjacent pairs, of which the first, still being compiled, is left out.
 *
 * layers: the network by hand of docs/batches.md, which computes what lies before the moved layer once for a call.
 * vmap: jax-js, in WebAssembly.
 * round trip: a loss behind a wait of a turn of the event loop, as a read-back from a GPU is at least.
 */

import { grad, init, jit, numpy as np, vmap } from '@jax-js/jax';
import { checkGradients, type Displacement, type GradientReport } from 'expect-gradients';

const PAIRS = 6;

type Numbers = Float64Array | Float32Array;
type Losses = (displacements: readonly Displacement[]) => ArrayLike<number> | Promise<ArrayLike<number>>;

/** A model that evaluates its loss both ways. */
interface Subject {
  readonly parameters: object;
  loss(): number | Promise<number>;
  gradients(): object;
  readonly losses: Losses;
}

const random = (count: number, scale: number): number[] =>
  Array.from({ length: count }, (_, i) => scale * Math.sin(7.3 * i * i + count));

function moved(values: Float64Array, deltas: Float64Array | undefined): Float64Array {
  if (deltas === undefined) return values;
  const sum = new Float64Array(values.length);
  for (let i = 0; i < sum.length; i += 1) sum[i] = values[i]! + deltas[i]!;
  return sum;
}

/** tanh layers of the same width, on so many samples. */
function layered(depth: number, width: number, samples: number): Subject {
  const layers = Array.from({ length: depth }, () => ({
    W: Float64Array.from(random(width * width, 1 / Math.sqrt(width))),
    b: Float64Array.from(random(width, 0.1)),
  }));
  const first: Float64Array = Float64Array.from(random(samples * width, 1));
  const forward = (input: Float64Array, W: Float64Array, b: Float64Array): Float64Array => {
    const output = new Float64Array(samples * width);
    for (let s = 0; s < samples; s += 1)
      for (let j = 0; j < width; j += 1) {
        let sum = b[j]!;
        for (let i = 0; i < width; i += 1) sum += input[s * width + i]! * W[j * width + i]!;
        output[s * width + j] = Math.tanh(sum);
      }
    return output;
  };
  const energy = (output: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < output.length; i += 1) sum += output[i]! ** 2;
    return sum / samples;
  };
  const outputs = (): Float64Array[] => {
    const all = [first];
    for (const { W, b } of layers) all.push(forward(all.at(-1)!, W, b));
    return all;
  };
  const names = layers.map((_, l) => ({ W: `layers[${l}].W`, b: `layers[${l}].b` }));
  const losses = (displacements: readonly Displacement[]): number[] => {
    const inputs = outputs();
    return displacements.map((d) => {
      const from = names.findIndex(({ W, b }) => W in d || b in d);
      let output = from < 0 ? inputs.at(-1)! : inputs[from]!;
      for (let l = from < 0 ? depth : from; l < depth; l += 1)
        output = forward(output, moved(layers[l]!.W, d[names[l]!.W]), moved(layers[l]!.b, d[names[l]!.b]));
      return energy(output);
    });
  };
  const gradients = (): object => {
    const all = outputs();
    let slopes = all.at(-1)!.map((y) => (2 * y) / samples);
    const claimed = layers.map(() => ({ W: new Float64Array(width * width), b: new Float64Array(width) }));
    for (let l = depth - 1; l >= 0; l -= 1) {
      const [input, output, { W }, { W: dW, b: db }] = [all[l]!, all[l + 1]!, layers[l]!, claimed[l]!];
      const below = new Float64Array(input.length);
      for (let s = 0; s < samples; s += 1)
        for (let j = 0; j < width; j += 1) {
          const slope = slopes[s * width + j]! * (1 - output[s * width + j]! ** 2);
          db[j]! += slope;
          for (let i = 0; i < width; i += 1) {
            dW[j * width + i]! += slope * input[s * width + i]!;
            below[s * width + i]! += slope * W[j * width + i]!;
          }
        }
      slopes = below;
    }
    return { layers: claimed };
  };
  return { parameters: { layers }, loss: () => energy(outputs().at(-1)!), losses, gradients };
}

/** The same losses, each call of them after a turn of the event loop. */
function remote(subject: Subject): Subject {
  const turn = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 0));
  return {
    ...subject,
    loss: async () => turn().then(() => subject.loss()),
    losses: async (displacements) => turn().then(() => subject.losses(displacements)),
  };
}

/** A perceptron of two layers in jax-js. */
function mapped(width: number, samples: number): Subject {
  const shapes = { W1: [width, width], b1: [width], W2: [width, 1] };
  type Name = keyof typeof shapes;
  type Tree = Record<Name, np.Array>;
  const names = Object.keys(shapes) as Name[];
  const treeOf = <Value>(make: (name: Name) => Value): Record<Name, Value> =>
    Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
  const parameters = treeOf((name) =>
    Float32Array.from(
      random(
        shapes[name].reduce((a, b) => a * b, 1),
        1 / Math.sqrt(width),
      ),
    ),
  );
  const X = np.array(Float32Array.from(random(samples * width, 1))).reshape([samples, width]);
  const lossOf = ({ W1, b1, W2 }: Tree): np.Array =>
    np.mean(np.square(np.dot(np.tanh(np.dot(X.ref, W1).add(b1)), W2)));
  const [one, many, slopes] = [jit(lossOf), jit(vmap(lossOf)), jit(grad(lossOf))];
  const here = (): Tree => treeOf((name) => np.array(parameters[name].slice()).reshape(shapes[name]));
  return {
    parameters,
    loss: () => one(here()).js() as number,
    gradients: () => {
      const claimed = slopes(here()) as Tree;
      return treeOf((name) => claimed[name].dataSync());
    },
    losses: async (displacements) => {
      const all = treeOf((name) => {
        const values: Numbers = parameters[name];
        const { length } = values;
        const stacked = new Float32Array(displacements.length * length);
        for (const [k, d] of displacements.entries()) {
          const deltas = d[name];
          for (let i = 0; i < length; i += 1) stacked[k * length + i] = values[i]! + (deltas?.[i] ?? 0);
        }
        return np.array(stacked).reshape([displacements.length, ...shapes[name]]);
      });
      return many(all).data() as Promise<Float32Array>;
    },
  };
}

async function timed(run: () => unknown): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const lineOf = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(12)).join(' ');

async function printRow(what: string, subject: Subject): Promise<void> {
  const { losses, ...alone } = subject;
  let calls = 0;
  const counted: Losses = (displacements) => {
    calls += 1;
    return losses(displacements);
  };
  const check = (model: object): Promise<GradientReport> =>
    Promise.resolve(checkGradients(model as Subject, { method: 'exhaustive' }));
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const single = await timed(() => check(alone));
    ratios.push(single / (await timed(() => check({ ...alone, losses }))));
  }
  const { verdict, evaluations } = await check({ ...alone, losses: counted });
  if (verdict !== 'correct') throw new Error(`The check says ${verdict} of a right gradient.`);
  const warm = ratios.slice(1);
  const gains = [Math.min(...warm), median(warm)].map((ratio) => ratio.toFixed(2));
  console.log(lineOf([what, `${evaluations.loss}`, `${calls}`, ...gains]));
}

await init('wasm');
console.log(lineOf(['model', 'losses', 'calls', 'least gain', 'median']));
await printRow('2 layers', layered(2, 16, 20));
await printRow('4 layers', layered(4, 16, 20));
await printRow('8 layers', layered(8, 16, 20));
await printRow('wide', layered(2, 48, 20));
await printRow('vmap 8', mapped(8, 16));
await printRow('vmap 32', mapped(32, 16));
await printRow('round trip', remote(layered(2, 16, 20)));
