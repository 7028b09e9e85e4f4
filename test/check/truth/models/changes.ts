/** A claim -> another claim: the mistakes that are made in backward passes. */
import type { Arrays, Claimed } from './net.js';

/** Changes the arrays of a claim in place. */
export type Change = (claim: Arrays, parameters: Arrays) => void;

export const changed = (model: Claimed, change: Change): Claimed => ({
  ...model,
  gradients() {
    const claim = model.gradients();
    change(claim, model.parameters);
    return claim;
  },
});

const each =
  (names: readonly string[], change: (value: number) => number): Change =>
  (claim) => {
    for (const [name, values] of Object.entries(claim)) {
      if (names.length > 0 && !names.includes(name)) continue;
      for (const i of values.keys()) values[i] = change(values[i]!);
    }
  };

/** Of the parameters named, or of all. */
export const times = (factor: number, ...names: string[]): Change => each(names, (g) => factor * g);
export const zeroed = (...names: string[]): Change => each(names, () => 0);
export const plus = (constant: number, ...names: string[]): Change => each(names, (g) => g + constant);

const rms = (values: ArrayLike<number>): number =>
  Math.hypot(...Array.from(values)) / Math.sqrt(values.length);

/** One entry off, by so many root mean squares of its parameter's claim. */
export const oneOff =
  (name: string, index: number, by: number): Change =>
  (claim) => {
    const values = claim[name]!;
    values[index]! += by * rms(values);
  };

/** One entry times a factor. */
export const oneTimes =
  (name: string, index: number, factor: number): Change =>
  (claim) => {
    claim[name]![index]! *= factor;
  };

/** Two entries off by as much, one up and one down, in root mean squares. */
export const opposite =
  (name: string, i: number, j: number, by: number): Change =>
  (claim) => {
    const values = claim[name]!;
    const error = by * rms(values);
    values[i]! += error;
    values[j]! -= error;
  };

export const exchanged =
  (name: string, i: number, j: number): Change =>
  (claim) => {
    const values = claim[name]!;
    [values[i], values[j]] = [values[j]!, values[i]!];
  };

/** The two entries of a parameter that differ most, exchanged. */
export const extremesExchanged =
  (name: string): Change =>
  (claim) => {
    const values = claim[name]!;
    const low = values.indexOf(Math.min(...values));
    const high = values.indexOf(Math.max(...values));
    [values[low], values[high]] = [values[high]!, values[low]!];
  };

/** The claim of a rows × columns matrix in the order of its transpose. */
export const transposed =
  (name: string, rows: number): Change =>
  (claim) => {
    const values = claim[name]!;
    const columns = values.length / rows;
    const before = values.slice();
    for (let i = 0; i < rows; i += 1)
      for (let j = 0; j < columns; j += 1) values[j * rows + i] = before[i * columns + j]!;
  };

/** The claim of a weight penalty λ/2 ‖θ‖² that the loss has not. */
export const decayed =
  (lambda: number, ...names: string[]): Change =>
  (claim, parameters) => {
    for (const name of names)
      for (const i of claim[name]!.keys()) claim[name]![i]! += lambda * parameters[name]![i]!;
  };
