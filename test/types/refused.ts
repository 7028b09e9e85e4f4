/** A program that is compiled and never run: what is no model is refused by the types, and gradients that don't go with the parameters. */

import 'expect-gradients/vitest4';
import 'expect-gradients/expect';
import { checkGradients, type Model } from 'expect-gradients';
import { expect as expected } from 'expect';
import { expect } from 'vitest';
import { asyncLoss, curved, layer, model, untyped } from './models.js';

const params = { W: [1, 2] };
const loss = (): number => 1;
const gradients = (): { dW: number[] } => ({ dW: [0, 0] });

// @ts-expect-error a number is no model
expect(3).toHaveCorrectGradients();
// @ts-expect-error nor is it with options
expect(3).toHaveCorrectGradients({ epsilon: 1e-7 });
// @ts-expect-error nor a function
expect(loss).toHaveCorrectGradients();
// @ts-expect-error nor nothing
expect(undefined).toHaveCorrectGradients();
// @ts-expect-error the gradients are missing
expect({ parameters: params, loss }).toHaveCorrectGradients();
// @ts-expect-error the loss is missing, under .not too
expect({ parameters: params, gradients }).not.toHaveCorrectGradients();
// @ts-expect-error `params` for `parameters`
expect({ params, loss, gradients }).toHaveCorrectGradients({ only: 'W' });
// @ts-expect-error the value of a loss
expect({ parameters: params, loss: 3, gradients }).toHaveCorrectGradients();
// @ts-expect-error a loss has no outputs
expect(model).toHaveCorrectJacobian();
// @ts-expect-error a layer has no gradients
expect(layer).toHaveCorrectHessian();
// @ts-expect-error a promise of no model
void expect(Promise.resolve(3)).resolves.toHaveCorrectGradients();
// @ts-expect-error the same of the `expect` package
expected(3).toHaveCorrectGradients();
// @ts-expect-error
expected({ params, loss, gradients }).toHaveCorrectGradients();

// What isn't known to be none is told at run time.
expect({} as object).toHaveCorrectGradients();
expect(JSON.parse('{}') as unknown).toHaveCorrectGradients();
expect(untyped).toHaveCorrectGradients();
expect(curved).toHaveCorrectHessian();
void expect(asyncLoss).toHaveCorrectGradients();
void expect(Promise.resolve(model)).resolves.toHaveCorrectGradients();

/** A class that knows nothing of this package, its gradients beside its weights. */
class Dense {
  W = [[1]];
  b = [1];
  dW: number[][] | null = null;
  db: number[] | null = null;
  forward(): number {
    return this.W.length;
  }
  backward(): number[] {
    return this.b;
  }
}
const dense = new Dense();
checkGradients({ parameters: dense, loss: () => dense.forward(), gradients: () => dense.backward() });
checkGradients({ parameters: [dense], loss, gradients: () => [dense] });

checkGradients({ parameters: { W: [1], b: 2 }, loss, gradients: () => ({ dW: [1], gradB: 1 }) });
checkGradients({ parameters: { W: [1], b: 2 }, loss, gradients: () => ({ W: [1], b_grad: 1, dZ1: 'kept' }) });
checkGradients({ parameters: { W: [1], b: 2 }, loss, gradients: () => ({ dL_dW: [1], dLdb: 1 }) });
checkGradients({ parameters: { W: [1], b: 2 }, loss, gradients: () => [1, 2] });
checkGradients({ parameters: { W: [1], b: 2 }, loss, gradients: () => Float64Array.of(1, 2) });
checkGradients({ parameters: { W: [1], b: 2 }, loss, gradients: () => new Map<unknown, number[]>() });
checkGradients({ parameters: { W: [1], b: 2 }, loss, gradients: () => undefined });
checkGradients({ parameters: { layers: [{ W: [1] }] }, loss, gradients: () => ({ layers: [{ dW: [1] }] }) });
checkGradients({ parameters: [1, 2], loss, gradients: (p) => p });
void checkGradients({ parameters: { W: [1] }, loss, gradients: async () => Promise.resolve({ dW: [1] }) });
// @ts-expect-error no name goes with W or b
void checkGradients({ parameters: { W: [1], b: 2 }, loss, gradients: () => ({ dV: [1] }) });
// @ts-expect-error nor with W in a quotient
void checkGradients({ parameters: { W: [1], b: 2 }, loss, gradients: () => ({ dL_dV: [1] }) });
// @ts-expect-error a gradient is no text
void checkGradients({ parameters: { W: [1], b: 2 }, loss, gradients: () => ({ dW: 'none' }) });
// @ts-expect-error nor is it null
void checkGradients({ parameters: { W: [1], b: 2 }, loss, gradients: () => ({ W: null, b: 1 }) });
// @ts-expect-error further down neither
void checkGradients({ parameters: { enc: { W: [1] } }, loss, gradients: () => ({ enc: { dV: [1] } }) });
// @ts-expect-error nor in a promise
void checkGradients({ parameters: { W: [1] }, loss, gradients: async () => Promise.resolve({ dV: [1] }) });

const named = { parameters: { W: [1] }, loss, gradients } satisfies Model<{ W: number[] }>;
checkGradients(named);
const other = { parameters: { W: [1] }, loss, gradients: () => ({ dV: [1] }) };
// @ts-expect-error no name goes with W
void (other satisfies Model<{ W: number[] }>);
// @ts-expect-error W is not there
void ({ parameters: { V: [1] }, loss, gradients: () => ({ dV: [1] }) } satisfies Model<{ W: number[] }>);
// @ts-expect-error the loss is a number
void ({ parameters: { W: [1] }, loss: () => '1', gradients } satisfies Model<{ W: number[] }>);
const any: Model = named;
void checkGradients(any);

class Regression implements Model<{ W: number[] }> {
  readonly parameters = { W: [1] };
  loss(): number {
    return this.parameters.W[0]!;
  }
  gradients(): { dW: number[] } {
    return { dW: [1] };
  }
}
expect(new Regression()).toHaveCorrectGradients();
