/**
 * A claimed Jacobian as it is returned, cut into one matrix of outputs × entries for each parameter. It may be a tree like the
 * parameters', of matrices with a row for each output or of trees like the outputs'; a tree like the outputs'; or one matrix.
 */

import { valuesOf } from '../array/array-kinds.js';
import { totalOf } from '../array/concat.js';
import { follow } from './read-gradients.js';
import { describe, misuse } from '../../errors.js';
import type { Parameter } from '../tree/parameters.js';
import { sameLayout, sameShape, shapeText } from '../array/shape.js';
import { fieldValues, type Values } from '../array/values.js';

/** What the rows or the columns of a matrix are: named arrays one after the other. */
type Axis = readonly Pick<Parameter, 'name' | 'path' | 'count' | 'shape'>[];

/** The axes of a claimed matrix. */
export interface Axes {
  /** The call that returned it: `jacobian()`. */
  readonly call: string;
  readonly outputs: Axis;
  /** All parameters of the model. */
  readonly parameters: Axis;
}

/** A part of what was returned: rows by columns, of which the block that is sought begins at some row and column. */
interface Part {
  readonly rows: Axis;
  readonly columns: Axis;
  readonly path: Parameter['path'];
}

/**
 * Copies the matrix of one parameter, outputs × entries in row-major order.
 * @param outputs those that are wanted, of all that the matrix may have
 * @throws TypeError naming the block that is missing, or has another shape
 */
export function readBlocks(
  returned: unknown,
  axes: Axes,
  outputs: Axis,
  parameter: Axis[number],
  into: Float64Array,
): void {
  let from = 0;
  for (const output of outputs) {
    copyBlock(returned, axes, output, parameter, into.subarray(from * parameter.count));
    from += output.count;
  }
}

function copyBlock(
  returned: unknown,
  axes: Axes,
  output: Axis[number],
  parameter: Axis[number],
  into: Float64Array,
): void {
  const { outputs, parameters, call } = axes;
  const parts: readonly Part[] = [
    // Of a Hessian, whose blocks have the names of parameters twice, the first is that of the row.
    { rows: [output], columns: [parameter], path: [...output.path, ...parameter.path] },
    { rows: [output], columns: [parameter], path: [...parameter.path, ...output.path] },
    { rows: outputs, columns: [parameter], path: parameter.path },
    { rows: [output], columns: parameters, path: output.path },
    { rows: outputs, columns: parameters, path: [] },
  ];
  const seen: { readonly values: Values; readonly part: Part; readonly place: string }[] = [];
  for (const part of parts) {
    const { value, place, rest } = follow(returned, part.path, call);
    if (rest.length > 0) continue;
    const values = typeof value === 'number' ? fieldValues({ value }, 'value') : valuesOf(value);
    if (values === undefined) continue;
    if (fits(values, part)) {
      cut(values, part, output, parameter, into);
      return;
    }
    seen.push({ values, part, place });
  }
  const block = `${call} must return the derivatives of ${output.name} by ${parameter.name}`;
  const [first] = seen;
  if (first === undefined) throw misuse(`${block}, but it returned ${describe(returned)}.`);
  const { part, place, values } = first;
  const expected = [totalOf(part.rows), totalOf(part.columns)];
  const turned = sameShape(values.shape, expected.toReversed());
  const advice = turned ? ' Its rows must be the outputs, its columns the entries.' : '';
  throw misuse(
    `${block}, ${shapeText(expected)}, but ${place} has the shape ${shapeText(values.shape)}.${advice}`,
  );
}

/** Whether an array has the layout of a part: a matrix, or one with the dimensions of the outputs, then those of the parameter. */
function fits({ shape, count }: Values, { rows, columns }: Part): boolean {
  const expected = [totalOf(rows), totalOf(columns)];
  if (count !== expected[0]! * expected[1]!) return false;
  const full = (axis: Axis): readonly number[] => (axis.length === 1 ? axis[0]!.shape : [totalOf(axis)]);
  return sameLayout(shape, expected) || sameLayout(shape, [...full(rows), ...full(columns)]);
}

function cut(
  values: Values,
  { rows, columns }: Part,
  output: Axis[number],
  parameter: Axis[number],
  into: Float64Array,
): void {
  const width = totalOf(columns);
  const row = totalOf(rows.slice(0, rows.indexOf(output)));
  const column = totalOf(columns.slice(0, columns.indexOf(parameter)));
  for (let m = 0; m < output.count; m += 1)
    for (let i = 0; i < parameter.count; i += 1)
      into[m * parameter.count + i] = demandNumber(
        values.get((row + m) * width + column + i),
        output,
        parameter,
      );
}

function demandNumber(value: unknown, output: Axis[number], parameter: Axis[number]): number {
  if (typeof value === 'number') return value;
  throw misuse(
    `the derivatives of ${output.name} by ${parameter.name} must be numbers, but one is ${describe(value)}.`,
  );
}
