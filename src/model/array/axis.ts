/** A place along an axis of a matrix → its name, `y[1, 2]`. */

import { unravel } from './shape.js';

/** An array whose entries are the rows of a Jacobian, or its columns, in row-major order: all of them, or those from one on. */
export interface Axis {
  readonly name: string;
  readonly shape: readonly number[];
  readonly from: number;
}

/** The output that a row of a Jacobian is, or the entry that a column is: `y[1, 2]`. */
export function placeOn({ name, shape, from }: Axis, place: number): string {
  return shape.length === 0 ? name : `${name}[${unravel(from + place, shape).join(', ')}]`;
}
