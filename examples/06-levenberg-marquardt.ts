/**
 * The Jacobian of a curve, as a published least-squares solver takes it: `jacobianFunction` of ml-levenberg-marquardt 5.1.0. The solver
 * believes it. With a wrong one it still returns a fit, a worse one.
 */

import type { VectorModel } from 'expect-gradients';
import type { JacobianFunction, ParameterizedFunction } from 'ml-levenberg-marquardt';
import type { Example } from './example.js';

/** An oscillation that dies away: amplitude a, rate of decay r, frequency f, phase p. */
export const curve: ParameterizedFunction = ([a = 0, r = 0, f = 0, p = 0]) => {
  return (t) => a * Math.exp(-r * t) * Math.cos(f * t + p);
};

/** ∂y/∂[a, r, f, p]. */
export const derivatives: JacobianFunction = ([a = 0, r = 0, f = 0, p = 0]) => {
  return (t) => {
    const decay = Math.exp(-r * t);
    const [cos, sin] = [Math.cos(f * t + p), Math.sin(f * t + p)];
    return [decay * cos, -t * a * decay * cos, -t * a * decay * sin, -a * decay * sin];
  };
};

/** The t of the frequency's inner derivative is lost. */
export const brokenDerivatives: JacobianFunction = (parameters) => {
  const right = derivatives(parameters);
  return (t) => right(t).map((slope, i) => (i === 2 && t > 0 ? slope / t : slope));
};

/** Where the fit begins, and the times of the measurements. */
export const initialValues = [1, 0.3, 2, 0];
export const times: number[] = Array.from({ length: 30 }, (_, i) => i / 5);

const model = (jacobian: JacobianFunction): VectorModel<number[], number[]> => ({
  parameters: [...initialValues],
  outputs: (parameters) => times.map(curve(parameters)),
  jacobian: (parameters) => times.map(jacobian(parameters)),
});

export const example: Example = {
  title: '06 The Jacobian of a least-squares fit: ml-levenberg-marquardt 5.1.0',
  cases: [
    { name: 'damped oscillation', label: 'correct', model: model(derivatives), options: {}, wrong: [] },
    {
      name: 'inner derivative lost',
      label: 'wrong',
      model: model(brokenDerivatives),
      options: {},
      wrong: ['parameters'],
      cause:
        'Only the derivatives by parameters[2] of the Jacobian by parameters are wrong; the others are right.',
    },
  ],
};
