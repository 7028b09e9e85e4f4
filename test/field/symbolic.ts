import type { Model } from 'expect-gradients';
import { fromFunction } from 'expect-gradients/adapters';
import { load, type Subject } from './subject.js';

/** Computer algebra: an expression in x, and the expression that it says is its derivative. */

const POINT = 0.7;

interface Evaluable {
  evaluate(scope: { readonly x: number }): number;
}
interface Mathjs {
  readonly compile: (expression: string) => Evaluable;
  readonly derivative: (expression: string, variable: string) => { compile(): Evaluable };
}

/**
 * mathjs 15.2.0, `derivative`. acoth y = ½ ln((y + 1) ÷ (y − 1)), whose derivative is ½ (1 ÷ (y + 1) − 1 ÷ (y − 1)) = 1 ÷ (1 − y²).
 * The library has −1 ÷ (1 − y²) (lib/esm/function/algebra/derivative.js, `case 'acoth'`).
 */
function mathjs(expression: string): Model {
  const { compile, derivative } = load('mathjs') as Mathjs;
  const f = compile(expression);
  const slope = derivative(expression, 'x').compile();
  return fromFunction(
    ([x]: number[]) => f.evaluate({ x: x! }),
    ([x]: number[]) => [slope.evaluate({ x: x! })],
    [POINT],
  );
}

interface Expression {
  buildFunction(variables: string[]): (x: number) => number;
}
type Nerdamer = ((expression: string) => Expression) & {
  diff(expression: string, variable: string): Expression;
};

/**
 * nerdamer 1.1.13. `diff` takes √s apart by giving s another power in place (Calculus.js, `var s = symbol.args[0]`, without a clone). In a product
 * the factor √s stands beside its own derivative, and is changed with it: of √x sin x comes
 * ½ sin x ÷ √x + cos x √(½ ÷ √x), where the last root should be √x.
 *
 * Of acoth, asech and the like it makes an expression of logarithms while it differentiates, and leaves out the derivative of what is within
 * the logarithm: (√(1 + x²) + x)⁻¹ for asinh x, which is ln(√(1 + x²) + x), where it should be (1 + x²)^−½.
 */
function nerdamer(expression: string): Model {
  const library = load('nerdamer') as Nerdamer;
  load('nerdamer/Algebra');
  load('nerdamer/Calculus');
  const f = library(expression).buildFunction(['x']);
  const slope = library.diff(expression, 'x').buildFunction(['x']);
  return fromFunction(
    ([x]: number[]) => f(x!),
    ([x]: number[]) => [slope(x!)],
    [POINT],
  );
}

interface MathjsMatrix {
  readonly _size: readonly number[];
}
interface MatrixAlgebra {
  readonly matrix: (rows: number[][], storage: 'dense' | 'sparse') => MathjsMatrix;
  readonly det: (matrix: MathjsMatrix) => number;
  readonly inv: (matrix: MathjsMatrix) => MathjsMatrix;
  readonly transpose: (matrix: MathjsMatrix) => MathjsMatrix;
  readonly multiply: (factor: number, matrix: MathjsMatrix) => MathjsMatrix;
}

/** mathjs 15.2.0, matrices: of a determinant the gradient is det M times the inverse's transpose, and not the inverse. */
function determinant(storage: 'dense' | 'sparse', { isTransposed }: { isTransposed: boolean }): Model {
  const { matrix, det, inv, transpose, multiply } = load('mathjs') as MatrixAlgebra;
  const M = matrix(
    [
      [1.2, storage === 'dense' ? 0.3 : 0],
      [0.4, 2.1],
    ],
    storage,
  );
  return {
    parameters: { M },
    loss: () => det(M),
    gradients: () => ({ M: multiply(det(M), isTransposed ? transpose(inv(M)) : inv(M)) }),
  };
}

const right = (library: string, model: (expression: string) => Model, ...expressions: string[]): Subject[] =>
  expressions.map((name) => ({ name, library, model: () => model(name), wrong: [] }));

export const subjects: readonly Subject[] = [
  ...right(
    'mathjs 15.2.0',
    mathjs,
    'x ^ x',
    'nthRoot(x ^ 2, 3)',
    'log(x + 1, x + 2)',
    'asec(x + 2)',
    'atanh(x / 4)',
  ),
  {
    name: 'acoth(x + 2)',
    library: 'mathjs 15.2.0',
    model: () => mathjs('acoth(x + 2)'),
    wrong: ['x'],
    cause: 'sign-flipped',
  },
  ...(['dense', 'sparse'] as const).map((storage): Subject => ({
    name: `a determinant, ${storage}`,
    library: 'mathjs 15.2.0',
    model: () => determinant(storage, { isTransposed: true }),
    wrong: [],
  })),
  {
    name: 'a determinant, by the inverse',
    library: 'mathjs 15.2.0',
    model: () => determinant('dense', { isTransposed: false }),
    wrong: ['M'],
    cause: 'transposed',
  },
  ...right('nerdamer 1.1.13', nerdamer, 'x^x', 'sqrt(x)+sin(x)', 'log(x+sqrt(x^2+1))', 'atan2(x,2)'),
  {
    name: 'sqrt(x)*sin(x)',
    library: 'nerdamer 1.1.13',
    model: () => nerdamer('sqrt(x)*sin(x)'),
    wrong: ['x'],
    cause: 'unexplained',
  },
  {
    name: 'asinh(x)',
    library: 'nerdamer 1.1.13',
    model: () => nerdamer('asinh(x)'),
    wrong: ['x'],
    cause: 'unexplained',
  },
];
