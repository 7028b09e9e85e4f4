/** Factories of models whose backward pass has a mistake that depends on the sizes. */

import type { Gradients } from 'expect-gradients';

/** A model none of whose functions returns a promise. */
export interface SyncModel<P = unknown> {
  readonly parameters: P;
  loss(parameters: P): number;
  gradients(parameters: P): Exclude<Gradients, void>;
}

/** A vector, or a matrix, of what depends on the places. */
const vector = (length: number, at: (i: number) => number): number[] =>
  Array.from({ length }, (_, i) => at(i));
const matrix = (rows: number, columns: number, at: (i: number, j: number) => number): number[][] =>
  Array.from({ length: rows }, (_, i) => vector(columns, (j) => at(i, j)));
const total = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0);
const dot = (a: readonly number[], b: readonly number[]): number => total(a.map((x, i) => x * b[i]!));

/** A linear layer with the mean over the samples in its loss, and the mean over the features in its backward pass. */
export function wrongMean({
  samples,
  features,
}: Record<'samples' | 'features', number>): SyncModel<{ w: number[] }> {
  const value = (i: number, j: number): number => Math.sin(3 * i + 5 * j + 1);
  const X = matrix(samples, features, value);
  const errors = (w: number[]): number[] => X.map((x, s) => dot(x, w) - Math.cos(s));
  return {
    parameters: { w: vector(features, (j) => value(j, 7) / 2) },
    loss: ({ w }) => total(errors(w).map((error) => error ** 2)) / samples,
    gradients({ w }) {
      const error = errors(w);
      return { w: w.map((_, j) => total(X.map((x, s) => 2 * error[s]! * x[j]!)) / features) };
    },
  };
}

/** A bias along the axis whose length fits: where rows and columns are equally many the backward pass takes the other one. */
export function axisByLength({
  rows,
  columns,
}: Record<'rows' | 'columns', number>): SyncModel<{ b: number[] }> {
  const Z = matrix(rows, columns, (i, j) => Math.sin(i * i + 2 * j));
  return {
    parameters: { b: vector(columns, (j) => 0.3 * Math.cos(j)) },
    loss: ({ b }) => total(Z.map((row) => total(row.map((z, j) => Math.tanh(z + b[j]!))))),
    gradients({ b }) {
      const D = Z.map((row) => row.map((z, j) => 1 - Math.tanh(z + b[j]!) ** 2));
      return { b: b.map((_, j) => total(rows === b.length ? D[j]! : D.map((row) => row[j]!))) };
    },
  };
}

/** Channels mixed in pairs: of an even number of them the last one is taken for a partner that isn't there. */
export function evenChannels({
  channels,
  width,
}: Record<'channels' | 'width', number>): SyncModel<{ k: number[] }> {
  const y = vector(width, (i) => Math.cos(2 * i));
  const out = (k: number[], i: number): number => total(k.map((v, c) => v * Math.sin(c + i + 1)));
  const fromOf = (c: number): number => (channels % 2 === 0 && c === channels - 1 ? c - 1 : c);
  return {
    parameters: { k: vector(channels, (c) => Math.sin(4 * c + 1)) },
    loss: ({ k }) => total(y.map((v, i) => (out(k, i) - v) ** 2)),
    gradients: ({ k }) => ({
      k: k.map((_, c) => total(y.map((v, i) => 2 * (out(k, i) - v) * Math.sin(fromOf(c) + i + 1)))),
    }),
  };
}

/** A filter whose backward pass forgets the dilation where outputs are also strided; of one tap there is none. */
export function dilatedAndStrided({
  taps,
  stride,
  dilation,
}: Record<'taps' | 'stride' | 'dilation', number>): SyncModel<{ k: number[] }> | null {
  if (taps < 2) return null;
  const x = vector(20, (i) => Math.sin(i * i + 1));
  const places = [0, 1, 2, 3];
  const out = (k: number[], i: number): number =>
    Math.tanh(total(k.map((v, j) => v * x[i * stride + j * dilation]!)));
  const back = stride > 1 ? 1 : dilation;
  return {
    parameters: { k: vector(taps, (j) => 0.6 * Math.cos(3 * j)) },
    loss: ({ k }) => total(places.map((i) => out(k, i) * (i + 1))),
    gradients: ({ k }) => ({
      k: k.map((_, j) =>
        total(places.map((i) => (1 - out(k, i) ** 2) * (i + 1) * x[i * stride + j * back]!)),
      ),
    }),
  };
}

/** With one sample the axis of samples was squeezed away, and the first feature is read for all of them. */
export function oneSample({
  samples,
  features,
}: Record<'samples' | 'features', number>): SyncModel<{ w: number[] }> {
  const X = matrix(samples, features, (s, j) => Math.sin(2 * s + 3 * j + 1));
  const error = (w: number[], s: number): number => Math.tanh(dot(X[s]!, w)) - 0.1 * s;
  return {
    parameters: { w: vector(features, (j) => 0.4 * Math.cos(5 * j)) },
    loss: ({ w }) => total(X.map((_, s) => error(w, s) ** 2)),
    gradients: ({ w }) => ({
      w: w.map((_, j) =>
        total(
          X.map((x, s) => {
            const e = error(w, s);
            return 2 * e * (1 - (e + 0.1 * s) ** 2) * x[samples === 1 ? 0 : j]!;
          }),
        ),
      ),
    }),
  };
}

/** A mean over the steps of a recurrence; the backward pass adds the steps up and doubles them. */
export function perStep({ steps, units }: Record<'steps' | 'units', number>): SyncModel<{ a: number[] }> {
  const statesOf = (v: number, i: number): number[] => {
    const states = [Math.cos(i)];
    for (let t = 0; t < steps; t += 1) states.push(Math.tanh(v * states[t]! + 0.2));
    return states;
  };
  return {
    parameters: { a: vector(units, (i) => Math.sin(i + 1)) },
    loss: ({ a }) => total(a.map((v, i) => total(statesOf(v, i).slice(1)))) / steps,
    gradients: ({ a }) => ({
      a: a.map((v, i) => {
        const h = statesOf(v, i);
        let [back, g] = [0, 0];
        for (let t = steps; t > 0; t -= 1) {
          const d = (back + 1) * (1 - h[t]! ** 2);
          g += d * h[t - 1]!;
          back = d * v;
        }
        return 2 * g;
      }),
    }),
  };
}
