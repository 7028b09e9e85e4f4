import { describe, expect, it } from 'vitest';
import { checked } from '../intake/outcome.js';

const parameters = { w: [0.1, 0.2] };
const loss = (): number => parameters.w[0]! * parameters.w[1]!;
const gradients = (): object => ({ w: [parameters.w[1], parameters.w[0]] });
const message = (model: unknown): string => checked(model).message;

class Network {
  parameters = parameters;
  loss(): number {
    return loss();
  }
  backwardPass(): object {
    return gradients();
  }
}

class Trained {
  parameters = parameters;
  loss(): number {
    return loss();
  }
  trainStep(): void {}
}

describe('a member that is missing', () => {
  it.each([
    ['params', { params: parameters, loss, gradients }, 'parameters is missing'],
    ['theta', { theta: parameters, loss, gradients }, 'parameters is missing'],
    ['paramaters', { paramaters: parameters, loss, gradients }, 'parameters is missing'],
    ['cost', { parameters, cost: loss, gradients }, 'loss must be a function, but it is undefined'],
    ['lossFn', { parameters, lossFn: loss, gradients }, 'loss must be a function, but it is undefined'],
    ['J', { parameters, J: loss, gradients }, 'loss must be a function, but it is undefined'],
    ['getLoss', { parameters, getLoss: loss, gradients }, 'loss must be a function, but it is undefined'],
    [
      'compute_cost',
      { parameters, compute_cost: loss, gradients },
      'loss must be a function, but it is undefined',
    ],
    ['grads', { parameters, loss, grads: gradients }, 'gradients must be a function, but it is undefined'],
    [
      'computeGradients',
      { parameters, loss, computeGradients: gradients },
      'gradients must be a function, but it is undefined',
    ],
    [
      'lossGradient',
      { parameters, loss, lossGradient: gradients },
      'gradients must be a function, but it is undefined',
    ],
    [
      'backpropagate',
      { parameters, loss, backpropagate: gradients },
      'gradients must be a function, but it is undefined',
    ],
    ['backwardPass', new Network(), 'gradients must be a function, but it is undefined'],
  ])('may be called %s', (name, model, words) => {
    expect(message(model)).toBe(`expect-gradients: model.${words}; did you mean "${name}"?`);
  });

  it.each([
    ['a gradient where a loss is sought', { parameters, lossGradient: loss, gradients }, 'loss'],
    ['a value of that name', { parameters, loss, bestGradients: [1, 2] }, 'gradients'],
    ['a word within another', { parameters, glossary: loss, gradients }, 'loss'],
    ['what every object has', { parameters, loss }, 'gradients'],
  ])('is not %s', (_, model, name) => {
    expect(message(model)).toBe(`expect-gradients: model.${name} must be a function, but it is undefined.`);
  });

  it.each([
    ['outputs', { parameters, outputs: loss, vjp: gradients }, 'loss', 'toHaveCorrectJacobian'],
    ['a hessian', { parameters, gradients, hessian: gradients }, 'loss', 'toHaveCorrectHessian'],
    ['a step alone', { parameters, loss, step: loss }, 'gradients', 'fromStep'],
    ['a training of its class', new Trained(), 'gradients', 'fromStep'],
  ])('of a model that has %s sends to another check', (_, model, name, check) => {
    const start = `expect-gradients: model.${name} must be a function, but it is undefined. A model `;
    expect(message(model).startsWith(start)).toBe(true);
    expect(message(model)).toContain(check);
  });
});
