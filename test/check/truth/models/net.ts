/** Parameters and a loss on the tape -> a model whose claim is the chain rule, both in a chosen arithmetic. */
import type { Arithmetic, Numbers, Round } from './arithmetic.js';
import { type Node, Tape } from './tape.js';

export type Arrays = Record<string, Numbers>;
export type Leaves = Readonly<Record<string, readonly Node[]>>;

/** A loss of named arrays, as a sum of terms. */
export interface Net {
  readonly parameters: Readonly<Record<string, readonly number[]>>;
  /** What the loss is the sum of. */
  terms(tape: Tape, leaves: Leaves): Node[];
  /** Where the terms are squares: of what. */
  residuals?(tape: Tape, leaves: Leaves): Node[];
}

/** A model of which every claim can be changed. */
export interface Claimed {
  readonly parameters: Arrays;
  loss(): number;
  gradients(): Arrays;
}

/** The net whose terms are the squares of its residuals. */
export function squares(parameters: Net['parameters'], residuals: Required<Net>['residuals']): Net {
  return {
    parameters,
    residuals,
    terms: (tape, leaves) => residuals(tape, leaves).map((residual) => tape.square(residual)),
  };
}

export interface ModelOptions {
  /** Makes the loss of the sum of the terms: an offset, a rounding. */
  readonly finish?: Round;
  /** A factor of the loss and of the claim. */
  readonly scale?: number;
  /** Of every number of the claim, at the end. */
  readonly claim?: Round;
}

export function modelOf(net: Net, arithmetic: Arithmetic, options: ModelOptions = {}): Claimed {
  const { round, storage, roundLoss = round } = arithmetic;
  const { finish, claim, scale = 1 } = options;
  const parameters: Arrays = {};
  for (const [name, values] of Object.entries(net.parameters)) parameters[name] = storage.from(values);
  const tape = new Tape(round);
  const run = (): [Leaves, Node[]] => {
    tape.clear();
    const leaves: Record<string, Node[]> = {};
    for (const [name, values] of Object.entries(parameters))
      leaves[name] = Array.from(values, (v) => tape.leaf(round(v)));
    return [leaves, net.terms(tape, leaves)];
  };
  return {
    parameters,
    loss() {
      const [, terms] = run();
      const total = roundLoss(terms.reduce((sum, term) => roundLoss(sum + tape.value(term)), 0) * scale);
      return finish === undefined ? total : finish(total);
    },
    gradients() {
      const [leaves, terms] = run();
      const adjoints = tape.backward(tape.scale(tape.sum(terms), scale));
      const result: Arrays = {};
      for (const [name, nodes] of Object.entries(leaves)) {
        const values = nodes.map((node) => adjoints[node]!);
        result[name] = storage.from(claim === undefined ? values : values.map(claim));
      }
      return result;
    },
  };
}
