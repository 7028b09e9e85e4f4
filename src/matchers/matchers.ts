/** The matchers and nothing else, so that `expect.extend(await import('expect-gradients/matchers'))` is safe. */

export { toHaveCorrectGradients } from './to-have-correct-gradients.js';
export { toHaveCorrectHessian } from './to-have-correct-hessian.js';
export { toHaveCorrectJacobian } from './to-have-correct-jacobian.js';
