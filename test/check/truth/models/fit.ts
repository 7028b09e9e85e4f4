/** A net -> the same net, trained: to an exact fit where it can be had, to where nothing moves any more, or to a certain distance of either. */
import { type Arithmetic, float64 } from './arithmetic.js';
import type { Draws } from './draws.js';
import { modelOf, type Net } from './net.js';
import { Tape } from './tape.js';

type Values = Record<string, number[]>;

const copied = (parameters: Net['parameters']): Values =>
  Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, [...values]]));

/**
 * Gauss–Newton steps of least length, θ ← θ − Jᵀ (J Jᵀ + λ)⁻¹ r, in doubles: with more parameters than residuals the fit is exact after a few,
 * up to rounding. λ falls as the residuals do, so that the first steps are short.
 */
export function interpolated(net: Net, steps = 40): Net {
  const parameters = copied(net.parameters);
  const tape = new Tape(float64.round);
  for (let step = 0; step < steps; step += 1) {
    tape.clear();
    const leaves = Object.fromEntries(
      Object.entries(parameters).map(([name, values]) => [name, values.map((v) => tape.leaf(v))]),
    );
    const residuals = net.residuals!(tape, leaves);
    const places = Object.entries(leaves).flatMap(([name, nodes]) =>
      nodes.map((node, index) => ({ name, node, index })),
    );
    const J = residuals.map((residual) => {
      const adjoints = tape.backward(residual);
      return places.map(({ node }) => adjoints[node]!);
    });
    const r = residuals.map((residual) => tape.value(residual));
    const damping = 0.1 * r.reduce((sum, v) => sum + v * v, 0);
    const A = J.map((a, i) =>
      J.map((b, j) => a.reduce((sum, v, k) => sum + v * b[k]!, i === j ? damping : 0)),
    );
    const weights = solved(A, r);
    for (const [k, { name, index }] of places.entries())
      parameters[name]![index]! -= J.reduce((sum, row, i) => sum + row[k]! * weights[i]!, 0);
  }
  return { ...net, parameters };
}

/** The solution of A x = b by elimination with pivots. */
export function solved(A: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = A.map((row, i) => [...row, b[i]!]);
  const n = rows.length;
  for (let k = 0; k < n; k += 1) {
    let best = k;
    for (let i = k; i < n; i += 1) if (Math.abs(rows[i]![k]!) > Math.abs(rows[best]![k]!)) best = i;
    [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    for (let i = k + 1; i < n; i += 1) {
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= n; j += 1) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  const x: number[] = Array.from({ length: n }, () => 0);
  for (let i = n - 1; i >= 0; i -= 1) {
    let rest = rows[i]![n]!;
    for (let j = i + 1; j < n; j += 1) rest -= rows[i]![j]! * x[j]!;
    x[i] = rest / rows[i]![i]!;
  }
  return x;
}

/** Steps of gradient descent in the arithmetic of the model, whose step halves where the loss rises. */
export function descended(net: Net, arithmetic: Arithmetic, steps: number, rate = 0.05): Net {
  const model = modelOf(net, arithmetic);
  let pace = rate;
  let best = model.loss();
  for (let step = 0; step < steps; step += 1) {
    const before = copied(model.parameters as unknown as Net['parameters']);
    for (const [name, slopes] of Object.entries(model.gradients()))
      for (const [i, slope] of slopes.entries()) model.parameters[name]![i]! -= pace * slope;
    const loss = model.loss();
    if (loss <= best) {
      best = loss;
      pace *= 1.05;
      continue;
    }
    pace /= 2;
    for (const [name, values] of Object.entries(before)) model.parameters[name]!.set(values);
    if (pace < 1e-9) break;
  }
  return { ...net, parameters: copied(model.parameters as unknown as Net['parameters']) };
}

/** Every parameter moved by up to `distance`. */
export function beside(net: Net, distance: number, draws: Draws): Net {
  const parameters = copied(net.parameters);
  for (const values of Object.values(parameters))
    for (const i of values.keys()) values[i]! += distance * draws.uniform();
  return { ...net, parameters };
}
