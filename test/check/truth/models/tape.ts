/**
 * Scalars of a chosen arithmetic -> their value and, by the chain rule backwards, their derivatives, both rounded after every operation as a
 * framework in that arithmetic rounds them. At a kink each operation takes the slope that frameworks take: relu'(0) = 0, leaky relu the negative
 * side's, |x|' = 0, of equal maxima the first.
 */
import type { Round } from './arithmetic.js';

/** The place of a scalar on the tape. */
export type Node = number;

export class Tape {
  readonly round: Round;
  #values: number[] = [];
  /** Where the edges of a node begin; they end where those of the next begin. */
  #begins: number[] = [];
  #parents: number[] = [];
  #slopes: number[] = [];

  constructor(round: Round) {
    this.round = round;
  }

  /** Forgets everything, so that the arrays can be used again. */
  clear(): void {
    this.#values.length = 0;
    this.#begins.length = 0;
    this.#parents.length = 0;
    this.#slopes.length = 0;
  }

  value(node: Node): number {
    return this.#values[node]!;
  }

  leaf(value: number): Node {
    this.#begins.push(this.#parents.length);
    return this.#values.push(value) - 1;
  }

  /** A value and its slopes by its parents, already rounded. */
  custom(value: number, parents: readonly Node[], slopes: readonly number[]): Node {
    const node = this.leaf(value);
    for (let k = 0; k < parents.length; k += 1) {
      this.#parents.push(parents[k]!);
      this.#slopes.push(slopes[k]!);
    }
    return node;
  }

  unary(a: Node, value: number, slope: number): Node {
    const node = this.leaf(this.round(value));
    this.#parents.push(a);
    this.#slopes.push(this.round(slope));
    return node;
  }

  binary(a: Node, b: Node, value: number, byA: number, byB: number): Node {
    const node = this.leaf(this.round(value));
    this.#parents.push(a, b);
    this.#slopes.push(byA, byB);
    return node;
  }

  add(a: Node, b: Node): Node {
    return this.binary(a, b, this.value(a) + this.value(b), 1, 1);
  }

  subtract(a: Node, b: Node): Node {
    return this.binary(a, b, this.value(a) - this.value(b), 1, -1);
  }

  multiply(a: Node, b: Node): Node {
    const x = this.value(a);
    const y = this.value(b);
    return this.binary(a, b, x * y, y, x);
  }

  divide(a: Node, b: Node): Node {
    const y = this.value(b);
    const quotient = this.round(this.value(a) / y);
    return this.binary(a, b, quotient, this.round(1 / y), this.round(-quotient / y));
  }

  /** a + constant. */
  shift(a: Node, by: number): Node {
    return this.unary(a, this.value(a) + by, 1);
  }

  /** a · constant. */
  scale(a: Node, by: number): Node {
    return this.unary(a, this.value(a) * by, by);
  }

  square(a: Node): Node {
    const x = this.value(a);
    return this.unary(a, x * x, 2 * x);
  }

  exp(a: Node): Node {
    const value = Math.exp(this.value(a));
    return this.unary(a, value, value);
  }

  log(a: Node): Node {
    const x = this.value(a);
    return this.unary(a, Math.log(x), 1 / x);
  }

  sqrt(a: Node): Node {
    const value = Math.sqrt(this.value(a));
    return this.unary(a, value, 0.5 / value);
  }

  abs(a: Node): Node {
    const x = this.value(a);
    return this.unary(a, Math.abs(x), Math.sign(x));
  }

  sum(nodes: readonly Node[]): Node {
    let total = 0;
    for (const node of nodes) total = this.round(total + this.value(node));
    return this.custom(
      total,
      nodes,
      nodes.map(() => 1),
    );
  }

  /** start + Σ aₖ bₖ, rounded after each product and each sum. */
  dot(a: readonly Node[], b: readonly Node[], start?: Node): Node {
    let total = start === undefined ? 0 : this.value(start);
    for (let k = 0; k < a.length; k += 1)
      total = this.round(total + this.round(this.value(a[k]!) * this.value(b[k]!)));
    const node = this.leaf(total);
    for (let k = 0; k < a.length; k += 1) {
      this.#parents.push(a[k]!, b[k]!);
      this.#slopes.push(this.value(b[k]!), this.value(a[k]!));
    }
    if (start !== undefined) {
      this.#parents.push(start);
      this.#slopes.push(1);
    }
    return node;
  }

  /** The largest; of equal ones the first. */
  max(nodes: readonly Node[]): Node {
    let best = nodes[0]!;
    for (const node of nodes) if (this.value(node) > this.value(best)) best = node;
    return this.unary(best, this.value(best), 1);
  }

  /** d root / d node for every node. */
  backward(root: Node): Float64Array {
    const adjoints = new Float64Array(this.#values.length);
    adjoints[root] = 1;
    for (let node = root; node >= 0; node -= 1) {
      const above = adjoints[node]!;
      if (above === 0) continue;
      const end = this.#begins[node + 1] ?? this.#parents.length;
      for (let edge = this.#begins[node]!; edge < end; edge += 1) {
        const parent = this.#parents[edge]!;
        adjoints[parent] = this.round(adjoints[parent]! + this.round(above * this.#slopes[edge]!));
      }
    }
    return adjoints;
  }
}
