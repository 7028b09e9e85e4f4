/** What can't be checked of a vector function is refused: at once, with the place and what was found there. */

import { checkHessian, checkJacobian } from 'expect-gradients';
import { describe, expect, test } from 'vitest';
import { thrownBy } from './bits.js';

const jacobian = checkJacobian as (model?: unknown, options?: unknown) => unknown;
const hessian = checkHessian as (model?: unknown, options?: unknown) => unknown;

const layer = (parts: object): object => ({
  parameters: { W: [1, 2], b: 3 },
  outputs: ({ W: [u = 0, v = 0], b }: { W: number[]; b: number }) => [u * v, b],
  ...parts,
});
const claiming = (claimed: unknown): object => layer({ jacobian: () => claimed });

describe('a Jacobian is refused', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'expect(model) needs an object { parameters, outputs, jacobian or vjp or jvp }'],
    [
      'no outputs',
      { parameters: [1], vjp: () => [1] },
      'model.outputs must be a function, but it is undefined',
    ],
    [
      'no derivative',
      layer({}),
      'the model claims no derivatives: one of jacobian, vjp and jvp must be a function',
    ],
    ['one that is none', layer({ vjp: 3 }), 'model.vjp must be a function, where there is one, but it is 3'],
    ['no parameters', { outputs: () => [1], vjp: () => [1] }, 'model.parameters is missing'],
    ['nothing returned', layer({ outputs: () => undefined, vjp: () => 0 }), 'outputs() must return numbers'],
    [
      'an empty array',
      layer({ outputs: () => [], vjp: () => 0 }),
      'outputs() must return at least one number',
    ],
    [
      'text in the outputs',
      layer({ outputs: () => ({ y: 'a' }), vjp: () => 0 }),
      'y in outputs must be a number',
    ],
    ['a list with text', layer({ outputs: () => [[1], 'a'], vjp: () => 0 }), 'outputs[1] must be a number'],
    [
      'no gradient of b',
      layer({ vjp: () => ({ W: [1, 2] }) }),
      'vjp() must return the gradient of b under "b" or "db"',
    ],
    [
      'too few',
      layer({ vjp: () => ({ W: [1], b: 1 }) }),
      'the gradient of W must have 2 entries, but vjp().W has 1 entry',
    ],
    ['another tangent', layer({ jvp: () => [1, 2, 3] }), 'the derivative of outputs must have 2 entries'],
    [
      'no matrix',
      claiming(undefined),
      'jacobian() must return the derivatives of outputs by W, but it returned undefined',
    ],
    [
      'a row too much',
      claiming({
        W: [
          [1, 2],
          [1, 2],
          [1, 2],
        ],
        b: [1, 2],
      }),
      'jacobian() must return the derivatives of outputs by W, 2 × 2, but jacobian().W has the shape 3 × 2',
    ],
    [
      'text in a matrix',
      claiming({
        W: [
          [1, 2],
          [1, 'a'],
        ],
        b: [1, 2],
      }),
      'jacobian() must return the derivatives',
    ],
    [
      'the transpose',
      claiming([
        [1, 2],
        [1, 2],
        [1, 2],
      ]),
      'but jacobian() has the shape 3 × 2. Its rows must be the outputs, its columns the entries',
    ],
  ])('%s', (_, model, text) => {
    const error = thrownBy(() => jacobian(model));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toContain(text);
  });

  test('outputs that change their size', () => {
    let calls = 0;
    const model = layer({
      outputs: () => Array.from({ length: (calls += 1) }, () => 1),
      vjp: () => ({ W: [0, 0], b: 0 }),
    });
    expect((thrownBy(() => jacobian(model)) as Error).message).toContain('outputs must have 1 entry');
  });

  test('options that are none', () => {
    const model = layer({ vjp: () => ({ W: [0, 0], b: 0 }) });
    expect((thrownBy(() => jacobian(model, { tolerence: 1 })) as Error).message).toContain(
      'did you mean "tolerance"',
    );
  });

  test('an error of the user passes unchanged, with the parameters as they were', () => {
    const own = new Error('my own');
    let calls = 0;
    const parameters = { W: [1, 2], b: 3 };
    const model = {
      parameters,
      outputs: ({ W }: typeof parameters) => {
        calls += 1;
        if (calls === 12) throw own;
        return W;
      },
      vjp: (_: unknown, c: number[]) => ({ W: c, b: 0 }),
    };
    expect(thrownBy(() => jacobian(model))).toBe(own);
    expect(parameters).toEqual({ W: [1, 2], b: 3 });
  });
});

describe('a Hessian is refused', () => {
  const curved = (parts: object): object => ({
    parameters: [1, 2],
    gradients: ([u = 0, v = 0]: number[]) => [v, u],
    ...parts,
  });

  test.each<[string, unknown, string]>([
    [
      'nothing',
      null,
      'expect(model) needs an object { parameters, gradients, hessian or hvp }, but it got null',
    ],
    [
      'no derivative',
      curved({}),
      'the model claims no derivatives: one of hessian and hvp must be a function',
    ],
    [
      'no gradients',
      { parameters: [1], hvp: () => [1] },
      'model.gradients must be a function, but it is undefined',
    ],
    [
      'a gradient too short',
      curved({ gradients: () => [1], hvp: () => [1, 1] }),
      'the gradient of parameters must have 2 entries',
    ],
    [
      'a vector',
      curved({ hessian: () => [1, 2] }),
      'hessian() must return the derivatives of parameters by parameters, 2 × 2',
    ],
    ['a product too long', curved({ hvp: () => [1, 2, 3] }), 'hvp() has 3 entries'],
  ])('%s', (_, model, text) => {
    const error = thrownBy(() => hessian(model));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toContain(text);
  });
});
