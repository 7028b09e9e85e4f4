/** What a loss at the end of a network is: what the outputs are held against can be read, and made to fit them. */

import { matrix, type Matrix, type Numbers } from '../arithmetic.js';
import type { Loss } from '../models/losses.js';
import { stored } from '../models/model.js';
import { numbers, type Setting } from './layer.js';

export interface Head extends Loss {
  /** Values, signs or classes. */
  readonly targets: Numbers;
  /** Sets the targets to what the outputs say. */
  readonly fit: (outputs: Matrix) => void;
}

/** Rows and columns of the outputs. */
export interface Outputs {
  readonly rows: number;
  readonly columns: number;
}

export function drawnTargets({ draws, ending }: Setting, { rows, columns }: Outputs): Matrix {
  return matrix(rows, columns, stored(numbers(draws, rows * columns, 1), ending));
}
