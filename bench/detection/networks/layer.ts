/** A matrix in, a matrix out, and the way back written by hand: what the layers of the networks share. */

import { type Arithmetic, matrix, type Matrix, sum } from '../arithmetic.js';
import type { Draws } from '../draws.js';
import { stored } from '../models/model.js';

/** What a parameter does, by which a regime picks those that it changes. */
export type Role = 'weight' | 'bias' | 'gain';

export interface Parameter extends Matrix {
  readonly role: Role;
}

export type Parameters = Readonly<Record<string, Parameter>>;

/** Takes the gradient of the parameter of that name; of one that is used several times, each use's. */
export type Add = (name: string, gradient: Matrix) => void;

/** One way through a layer. */
export interface Pass {
  readonly output: Matrix;
  /** The slopes by the input, from those by the output; the gradients of the parameters go to `add`. */
  readonly back: (slopes: Matrix, add: Add) => Matrix;
}

export interface Layer {
  readonly parameters: Parameters;
  readonly forward: (input: Matrix) => Pass;
}

/** How a network is drawn. */
export interface Setting {
  readonly draws: Draws;
  /** How everything between the parameters and the claimed gradients is computed. */
  readonly arithmetic: Arithmetic;
  /** How parameters and claimed gradients are stored. */
  readonly storage: Arithmetic;
  /** How the loss at the end is computed. */
  readonly ending: Arithmetic;
  readonly zeroBiases: boolean;
  /** Whether only activations with kinks are drawn, where there is a choice. */
  readonly kinked: boolean;
  /** Deviation of the weights of a unit with n inputs, times √n. */
  readonly gain: number;
}

/** Numbers that single precision has, so that a network in doubles can be given the very same. */
export function numbers(draws: Draws, length: number, deviation: number): Float64Array {
  return draws.normals(length, deviation).map(Math.fround);
}

/** `rows` units with `columns` inputs each. */
export function weights({ draws, storage, gain }: Setting, rows: number, columns: number): Parameter {
  const data = stored(numbers(draws, rows * columns, gain / Math.sqrt(columns)), storage);
  return { ...matrix(rows, columns, data), role: 'weight' };
}

const BIAS_DEVIATION = 0.5;

export function biases({ draws, storage, zeroBiases }: Setting, units: number): Parameter {
  const drawn = numbers(draws, units, BIAS_DEVIATION);
  const data = zeroBiases ? storage.zeros(units) : stored(drawn, storage);
  return { ...matrix(1, units, data), role: 'bias' };
}

const GAIN_DEVIATION = 0.3;

/** Factors around 1. */
export function gains({ draws, storage }: Setting, units: number): Parameter {
  const drawn = numbers(draws, units, GAIN_DEVIATION).map((value) => Math.fround(1 + value));
  return { ...matrix(1, units, stored(drawn, storage)), role: 'gain' };
}

/** One layer after the other. */
export function chain(...layers: readonly Layer[]): Layer {
  return {
    parameters: Object.assign({}, ...layers.map(({ parameters }) => parameters)) as Parameters,
    forward(input) {
      const passes: Pass[] = [];
      let output = input;
      for (const layer of layers) {
        const pass = layer.forward(output);
        passes.push(pass);
        ({ output } = pass);
      }
      return {
        output,
        back: (slopes, add) => passes.reduceRight((onward, { back }) => back(onward, add), slopes),
      };
    },
  };
}

/** x + f(x). */
export function residual({ arithmetic }: Setting, inner: Layer): Layer {
  return {
    parameters: inner.parameters,
    forward(input) {
      const { output, back } = inner.forward(input);
      return {
        output: sum(input, output, arithmetic),
        back: (slopes, add) => sum(slopes, back(slopes, add), arithmetic),
      };
    },
  };
}
