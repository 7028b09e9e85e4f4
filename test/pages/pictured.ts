/** Models of many shapes whose entries don't meet in the loss, so that any of their gradients can be spoiled by itself; and their pictures. */

import type { GradientCheckOptions } from 'expect-gradients';
import { runCheck } from '../../src/check/gradient-check.js';
import type { ParameterEvidence } from '../../src/check/measurement.js';
import { pictureOf, type ErrorPicture } from '../../src/check/report/map-errors.js';
import { sizeOf } from '../../src/model/array/shape.js';
import type { GradientReport } from '../../src/report.js';

/** Parameters by name, each with its shape. */
export type Shapes = Readonly<Record<string, readonly number[]>>;

/** The value that a model claims for an entry in place of the derivative. */
export type Spoil = (derivative: number, entry: number, name: string) => number;

/** Values between 0.5 and 1.5, all different. */
const valueOf = (entry: number): number => 0.5 + ((entry * 0.6180339887498949) % 1);

/** As ndarrays, whose entries lie in one array, so that the losses of large ones are quick. */
function parameterOf(shape: readonly number[]): { readonly data: Float64Array } {
  const data = Float64Array.from({ length: sizeOf(shape) }, (_, entry) => valueOf(entry));
  const stride = shape.map((_, k) => sizeOf(shape.slice(k + 1)));
  return { data, shape, stride, offset: 0 } as { readonly data: Float64Array };
}

/** J = Σ θ⁴, with 4θ³ for its gradient, spoiled. */
export function modelOf(shapes: Shapes, spoil: Spoil = (derivative) => derivative): object {
  const entries = Object.entries(shapes);
  const scalars = Object.fromEntries(
    entries.filter(([, { length }]) => length === 0).map(([name]) => [name, 0.5]),
  );
  const arrays = Object.fromEntries(
    entries.filter(([, { length }]) => length > 0).map(([name, shape]) => [name, parameterOf(shape)]),
  );
  const parameters = { ...arrays, ...scalars };
  return {
    parameters,
    loss: () => {
      let sum = 0;
      for (const name of Object.keys(scalars)) sum += (parameters[name] as number) ** 4;
      for (const { data } of Object.values(arrays))
        for (let k = 0; k < data.length; k += 1) sum += data[k]! * data[k]! * data[k]! * data[k]!;
      return sum;
    },
    gradients: () => ({
      ...Object.fromEntries(Object.keys(scalars).map((name) => [name, spoil(0.5, 0, name)])),
      ...Object.fromEntries(
        Object.entries(arrays).map(([name, { data }]) => [
          name,
          data.map((x, entry) => spoil(4 * x ** 3, entry, name)),
        ]),
      ),
    }),
  };
}

export interface Pictured {
  readonly report: GradientReport;
  readonly picture: ErrorPicture;
}

/** Checks a model, and makes its picture. */
export function pictured(model: object, options?: GradientCheckOptions): Pictured {
  let make: (report: GradientReport) => ErrorPicture = () => ({ maps: [], more: 0, range: undefined });
  const onEvidence = (evidence: readonly ParameterEvidence[]): void => {
    make = (given) => pictureOf(evidence, given);
  };
  const report = runCheck(model, options, { onEvidence }) as GradientReport;
  return { report, picture: make(report) };
}
