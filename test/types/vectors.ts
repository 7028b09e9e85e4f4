/** How checks and assertions of vector functions are typed, independently of any runner. */

import type { MatcherReturn } from '../../src/matchers/types.js';
import { checkHessian, checkJacobian, type JacobianReport } from 'expect-gradients';
import { isExactly } from './models.js';

declare function jacobianOf<T>(received: T): MatcherReturn<void, T, 'outputs' | 'jacobian' | 'vjp' | 'jvp'>;
declare function hessianOf<T>(received: T): MatcherReturn<void, T, 'gradients' | 'hessian' | 'hvp'>;

const parameters = { W: [[1, 2]], b: Float64Array.of(1) };
const layer = {
  parameters,
  outputs: ({ W }: typeof parameters) => Float64Array.from(W[0]!),
  vjp: ({ b }: typeof parameters, cotangent: Float64Array) => ({ W: [cotangent], b }),
};
const later = { ...layer, vjp: async (_: typeof parameters, c: Float64Array) => Promise.resolve({ W: [c] }) };
const either = {
  ...layer,
  jvp: (_: typeof parameters, tangent: typeof parameters): Float64Array | Promise<Float64Array> => tangent.b,
};

isExactly<void>()(jacobianOf(layer));
isExactly<Promise<void>>()(jacobianOf(later));
isExactly<Promise<void>>()(jacobianOf(either));
isExactly<JacobianReport>()(checkJacobian(layer));
isExactly<Promise<JacobianReport>>()(checkJacobian(later));
isExactly<JacobianReport | Promise<JacobianReport>>()(checkJacobian(either));

class Dense {
  readonly parameters = { w: Float64Array.of(1) };
  outputs(): Float64Array {
    return this.parameters.w;
  }
  vjp(_: unknown, cotangent: Float64Array): { w: Float64Array } {
    return { w: cotangent };
  }
}
isExactly<JacobianReport>()(checkJacobian(new Dense()));
isExactly<JacobianReport>()(
  checkJacobian({ parameters: [1, 2], outputs: (p) => [p[0]! * p[1]!], jacobian: (p) => [p[1]!, p[0]!] }),
);

const curved = { parameters: [1, 2], gradients: (p: number[]) => p, hvp: (_: number[], v: number[]) => v };
isExactly<void>()(hessianOf(curved));
isExactly<Promise<void>>()(hessianOf({ ...curved, hessian: async () => Promise.resolve([1]) }));
isExactly<JacobianReport>()(checkHessian(curved));
isExactly<Promise<JacobianReport>>()(
  checkHessian({ ...curved, gradients: async (p: number[]) => Promise.resolve(p) }),
);

// @ts-expect-error outputs are missing
void checkJacobian({ parameters: [1], vjp: () => [1] });
// @ts-expect-error the cotangent is what the outputs are
void checkJacobian({ ...layer, vjp: (_: typeof parameters, cotangent: string) => ({ W: cotangent }) });
// @ts-expect-error there is no such option
void checkJacobian(layer, { tolerence: 1 });
// @ts-expect-error gradients are missing
void checkHessian({ parameters: [1], hvp: () => [1] });
