/** Arrays and a formula of them, written with numbers that remember how they came about -> a model whose claim is the chain rule. */
import { type Arithmetic, float64 } from '../models/arithmetic.js';
import { type Claimed, modelOf } from '../models/net.js';
import { type Node, Tape } from '../models/tape.js';

/** A number on a tape. */
export class X {
  readonly tape: Tape;
  readonly node: Node;

  constructor(tape: Tape, node: Node) {
    this.tape = tape;
    this.node = node;
  }

  get value(): number {
    return this.tape.value(this.node);
  }

  #new(node: Node): X {
    return new X(this.tape, node);
  }

  plus(other: X | number): X {
    return this.#new(
      typeof other === 'number' ? this.tape.shift(this.node, other) : this.tape.add(this.node, other.node),
    );
  }

  minus(other: X | number): X {
    return this.#new(
      typeof other === 'number'
        ? this.tape.shift(this.node, -other)
        : this.tape.subtract(this.node, other.node),
    );
  }

  times(other: X | number): X {
    return this.#new(
      typeof other === 'number'
        ? this.tape.scale(this.node, other)
        : this.tape.multiply(this.node, other.node),
    );
  }

  over(other: X | number): X {
    return this.#new(
      typeof other === 'number'
        ? this.tape.scale(this.node, 1 / other)
        : this.tape.divide(this.node, other.node),
    );
  }

  /** A function of one variable and its derivative, which may use the value. */
  apply(f: (x: number) => number, slope: (x: number, y: number) => number): X {
    const x = this.value;
    const y = f(x);
    return this.#new(this.tape.unary(this.node, y, slope(x, y)));
  }

  square(): X {
    return this.#new(this.tape.square(this.node));
  }

  power(p: number): X {
    return this.apply(
      (x) => x ** p,
      (x) => p * x ** (p - 1),
    );
  }

  exp(): X {
    return this.#new(this.tape.exp(this.node));
  }

  log(): X {
    return this.#new(this.tape.log(this.node));
  }

  sqrt(): X {
    return this.#new(this.tape.sqrt(this.node));
  }

  sin(): X {
    return this.apply(Math.sin, Math.cos);
  }

  cos(): X {
    return this.apply(Math.cos, (x) => -Math.sin(x));
  }

  tanh(): X {
    return this.apply(Math.tanh, (_, y) => (1 - y) * (1 + y));
  }

  sigmoid(): X {
    return this.apply(
      (x) => 1 / (1 + Math.exp(-x)),
      (_, y) => y * (1 - y),
    );
  }

  /** log(1 + e^x). */
  softplus(): X {
    return this.apply(
      (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
      (x) => 1 / (1 + Math.exp(-x)),
    );
  }

  abs(): X {
    return this.#new(this.tape.abs(this.node));
  }

  relu(): X {
    return this.apply(
      (x) => Math.max(x, 0),
      (x) => (x > 0 ? 1 : 0),
    );
  }
}

export const sum = (terms: readonly X[]): X =>
  new X(terms[0]!.tape, terms[0]!.tape.sum(terms.map(({ node }) => node)));

export const dot = (a: readonly X[], b: readonly (X | number)[]): X => sum(a.map((x, k) => x.times(b[k]!)));

/** log Σ exp, from the largest. */
export function logSumExp(terms: readonly X[]): X {
  const top = Math.max(...terms.map(({ value }) => value));
  return sum(terms.map((x) => x.minus(top).exp()))
    .log()
    .plus(top);
}

export const softmax = (terms: readonly X[]): X[] => {
  const total = logSumExp(terms);
  return terms.map((x) => x.minus(total).exp());
};

export type Values = Readonly<Record<string, readonly number[]>>;
export type Named<P extends Values> = { readonly [K in keyof P]: readonly X[] };

/** The model of a formula, in doubles or in another arithmetic. */
export function expression<P extends Values>(
  parameters: P,
  formula: (parameters: Named<P>) => X,
  arithmetic: Arithmetic = float64,
): Claimed {
  return modelOf(
    {
      parameters,
      terms: (tape, leaves) => {
        const named = Object.fromEntries(
          Object.entries(leaves).map(([name, nodes]) => [name, nodes.map((node) => new X(tape, node))]),
        );
        return [formula(named as unknown as Named<P>).node];
      },
    },
    arithmetic,
  );
}
