/**
 * A claimed Jacobian as it is returned → one matrix of outputs × entries for each parameter. It may be a tree like the parameters', of
 * matrices with a row for each output or of trees like the outputs'; a tree like the outputs'; or one matrix.
 */

import { valuesOf } from '../array/array-kinds.js';
import { totalOf } from '../array/concat.js';
import { sameLayout, sameShape, shapeText } from '../array/shape.js';
import { fieldValues, type Values } from '../array/values.js';
import { describe, misuse } from '../../errors.js';
import type { Parameter } from '../tree/parameters.js';
import { hasKey } from '../tree/children.js';
import { follow } from './read-gradients.js';

/** What the rows or the columns of a matrix are: named arrays one after the other. */
export type Axis = readonly Pick<Parameter, 'name' | 'path' | 'count' | 'shape'>[];

/** The axes of a claimed matrix. */
export interface Axes {
  /** The call that returned it: `jacobian()`. */
  readonly call: string;
  readonly outputs: Axis;
  /** The parameters that are checked. */
  readonly parameters: Axis;
  /** The same axes with all there are in the tree of the parameters, checked or not, as a matrix may have those, too. */
  readonly whole: () => Pick<Axes, 'outputs' | 'parameters'>;
  /** How to leave a parameter out, a sentence. */
  readonly wayOut: (name: string) => string;
}

/** A part of what was returned: rows by columns, of which the block that is sought begins at some row and column. */
interface Part {
  readonly rows: Axis;
  readonly columns: Axis;
  readonly path: Parameter['path'];
}

/** A part that is there. */
interface Seen {
  readonly values: Values;
  readonly part: Part;
  readonly place: string;
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
  const { call } = axes;
  const seen = seenIn(returned, partsOf(axes, output, parameter), call);
  const found = fitting(seen) ?? fitting(seenIn(returned, partsOf(axes.whole(), output, parameter), call));
  if (found !== undefined) {
    cut(found, output, parameter, into);
    return;
  }
  const best = closest(returned, seen, output);
  if (best === undefined)
    throw misuse(
      `${call} must return the derivatives of ${output.name} by ${parameter.name}, but it returned ${describe(returned)}. ${axes.wayOut(parameter.name)}`,
    );
  const expected = sizesOf(best.part);
  const { shape } = best.values;
  const advice = sameShape(shape, expected.toReversed())
    ? ' Its rows must be the outputs, its columns the entries.'
    : '';
  throw misuse(
    `${call} must return ${titleOf(best.part)}, ${shapeText(expected)}, but ${best.place} has the shape ${shapeText(shape)}.${advice}`,
  );
}

/** Where the block may be, the most closely named first. */
function partsOf(
  { outputs, parameters }: Pick<Axes, 'outputs' | 'parameters'>,
  output: Axis[number],
  parameter: Axis[number],
): readonly Part[] {
  return [
    // Of a Hessian, whose blocks have the names of parameters twice, the first is that of the row.
    { rows: [output], columns: [parameter], path: [...output.path, ...parameter.path] },
    { rows: [output], columns: [parameter], path: [...parameter.path, ...output.path] },
    { rows: outputs, columns: [parameter], path: parameter.path },
    { rows: [output], columns: parameters, path: output.path },
    { rows: outputs, columns: parameters, path: [] },
  ];
}

function seenIn(returned: unknown, parts: readonly Part[], call: string): readonly Seen[] {
  return parts.flatMap((part) => {
    const { value, place, rest } = follow(returned, part.path, call);
    if (rest.length > 0) return [];
    const values = typeof value === 'number' ? fieldValues({ value }, 'value') : valuesOf(value);
    return values === undefined ? [] : [{ values, part, place }];
  });
}

/** The part that is as large as it has to be. A flat array may be as large as two, with other rows each: then nothing tells which. */
function fitting(seen: readonly Seen[]): Seen | undefined {
  const [first, ...rest] = seen.filter(({ values, part }) => fits(values, part));
  const other = rest.find(
    ({ place, part }) => place === first!.place && !sameShape(sizesOf(part), sizesOf(first!.part)),
  );
  if (other !== undefined && first!.values.shape.length < 2)
    throw misuse(
      `${other.place} may be ${titleOf(first!.part)}, ${shapeText(sizesOf(first!.part))}, or ${titleOf(other.part)}, ${shapeText(sizesOf(other.part))}. Return it in rows.`,
    );
  return first;
}

/** Whether an array has the layout of a part: a matrix, or one with the dimensions of the outputs, then those of the parameter. */
function fits({ shape, count }: Values, part: Part): boolean {
  const expected = sizesOf(part);
  if (count !== expected[0] * expected[1]) return false;
  const full = (axis: Axis): readonly number[] => (axis.length === 1 ? axis[0]!.shape : [totalOf(axis)]);
  return sameLayout(shape, expected) || sameLayout(shape, [...full(part.rows), ...full(part.columns)]);
}

/**
 * What was meant by what doesn't fit. Where an output and a parameter have the same name, a key may be either's: that of an output where
 * the other outputs are there too.
 */
function closest(returned: unknown, seen: readonly Seen[], output: Axis[number]): Seen | undefined {
  const nearness = ({ values, part }: Seen): number => {
    const [rows, columns] = sizesOf(part);
    const [first, ...rest] = values.shape;
    const sizes =
      Number(first === rows) + Number(rest.length > 0 && rest.reduce((a, b) => a * b, 1) === columns);
    const isByOutput = part.rows.length === 1 && part.rows[0] === output;
    const names = isByOutput ? seen.flatMap((one) => one.part.rows) : seen.flatMap((one) => one.part.columns);
    const isNamed = part.path.length > 0 && names.every(({ path }) => isKey(returned, path[0]));
    return 2 * sizes + Number(isNamed);
  };
  return seen.toSorted((a, b) => nearness(b) - nearness(a))[0];
}

function isKey(record: unknown, key: string | number | undefined): boolean {
  return key === undefined || (typeof record === 'object' && record !== null && hasKey(record, key));
}

function sizesOf({ rows, columns }: Part): readonly [number, number] {
  return [totalOf(rows), totalOf(columns)];
}

function titleOf({ rows, columns }: Part): string {
  const name = (axis: Axis, all: string): string => (axis.length === 1 ? axis[0]!.name : all);
  return `the derivatives of ${name(rows, 'the outputs')} by ${name(columns, 'the parameters')}`;
}

function cut(
  { values, part: { rows, columns } }: Seen,
  output: Axis[number],
  parameter: Axis[number],
  into: Float64Array,
): void {
  const width = totalOf(columns);
  const row = startOf(rows, output);
  const column = startOf(columns, parameter);
  for (let m = 0; m < output.count; m += 1)
    for (let i = 0; i < parameter.count; i += 1)
      into[m * parameter.count + i] = demandNumber(
        values.get((row + m) * width + column + i),
        output,
        parameter,
      );
}

/** Where an array begins on an axis. */
function startOf(axis: Axis, { name }: Axis[number]): number {
  return totalOf(
    axis.slice(
      0,
      axis.findIndex((one) => one.name === name),
    ),
  );
}

function demandNumber(value: unknown, output: Axis[number], parameter: Axis[number]): number {
  if (typeof value === 'number') return value;
  throw misuse(
    `the derivatives of ${output.name} by ${parameter.name} must be numbers, but one is ${describe(value)}.`,
  );
}
