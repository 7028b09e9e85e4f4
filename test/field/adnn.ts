import type { Model } from 'expect-gradients';
import { fill, load, numbers, type Subject } from './subject.js';

/** What is used of adnn's tensors. */
interface Tensor {
  readonly data: Float64Array;
}

/** A node of its graph: a value, and the derivative of what was propagated back by it. */
interface Node {
  readonly x: Tensor | number;
  dx: Tensor | number;
  backprop(): void;
}
type Operation = (...operands: (Node | number)[]) => Node;

interface Adnn {
  value(node: Node): number;
  lift(value: number): Node;
  readonly scalar: Readonly<Record<'add' | 'log' | 'max' | 'min' | 'mul' | 'neg' | 'tanh', Operation>>;
  readonly tensor: Readonly<Record<'get', Operation>>;
}
interface Network {
  eval(input: Tensor): Node;
  getParameters(): (Node & { readonly x: Tensor & { data: Float64Array }; zeroDerivatives(): void })[];
  setTraining(on: boolean): void;
}
interface Networks {
  sequence(parts: unknown[]): Network;
  linear(inputs: number, outputs: number): unknown;
  readonly tanh: unknown;
  readonly softmax: unknown;
}

const ad = load('adnn/ad') as Adnn;
const nn = load('adnn/nn') as Networks;
const TensorOf = load('adnn/tensor') as new (dims: number[]) => Tensor;

function perceptron(): Model {
  const net = nn.sequence([nn.linear(3, 4), nn.tanh, nn.linear(4, 2), nn.softmax]);
  net.setTraining(true);
  const parameters = net.getParameters();
  fill(...parameters.map(({ x }) => x.data));
  const input = new TensorOf([3]);
  fill(input.data);
  const loss = (): Node => ad.scalar.neg(ad.scalar.log(ad.tensor.get(net.eval(input), 0)));
  return {
    parameters,
    loss: () => ad.value(loss()),
    gradients: () => {
      for (const node of parameters) node.zeroDerivatives();
      loss().backprop();
    },
  };
}

/** A function of three scalar nodes. */
function scalars(f: (a: Node, b: Node, c: Node) => Node): Model {
  const [a, b, c] = numbers(3).map((value) => ad.lift(value)) as [Node, Node, Node];
  return {
    parameters: { a, b, c },
    loss: () => ad.value(f(a, b, c)),
    gradients: () => {
      for (const node of [a, b, c]) node.dx = 0;
      f(a, b, c).backprop();
    },
  };
}

/**
 * adnn 2.0.10. `min` and `max` stand among the functions without a derivative, next to `floor` (ad/derivatives.js, lines 137 and
 * 138), but max(x, y) has one: 1 by the larger of the two and 0 by the other. With a > b, a · c is claimed to have none by a.
 */
const { add, max, min, mul, tanh } = ad.scalar;

export const subjects: readonly Subject[] = [
  { name: 'a perceptron with softmax', library: 'adnn 2.0.10', model: perceptron, wrong: [] },
  {
    name: 'products and tanh of scalars, with one used twice',
    library: 'adnn 2.0.10',
    model: () => scalars((a, b, c) => add(mul(a, tanh(b)), mul(a, c))),
    wrong: [],
  },
  {
    name: 'a maximum',
    library: 'adnn 2.0.10',
    model: () => scalars((a, b, c) => mul(max(a, b), c)),
    wrong: ['a'],
    cause: 'zero-gradient',
    unchecked: ['b'],
  },
  {
    name: 'a minimum',
    library: 'adnn 2.0.10',
    model: () => scalars((a, b, c) => mul(min(a, b), c)),
    // The step by a, which must be large for the loss to move, reaches where a is the smaller one: a is alive, and its derivative is zero.
    wrong: ['b'],
    cause: 'zero-gradient',
  },
];
