/** Recurrent layers over sequences of equal length, whose steps stand below each other, sample by sample; the last state goes on. */

import { type Arithmetic, matrix, type Matrix, sum, zip } from '../arithmetic.js';
import { activation } from './activations.js';
import { dense } from './dense.js';
import { type Add, type Layer, type Setting } from './layer.js';

export interface Recurrence {
  readonly inputs: number;
  readonly hidden: number;
  readonly steps: number;
}

/** A step: the next state from an input and a state, and the way back to both. */
type Step = (x: Matrix, h: Matrix) => { state: Matrix; back: (slopes: Matrix, add: Add) => [Matrix, Matrix] };

/** Rows `step`, `step + steps`, … of the input. */
function rowsAt(a: Matrix, step: number, steps: number, { zeros }: Arithmetic): Matrix {
  const samples = a.rows / steps;
  const data = zeros(samples * a.columns);
  for (let s = 0; s < samples; s += 1) {
    const from = (s * steps + step) * a.columns;
    data.set(a.data.subarray(from, from + a.columns), s * a.columns);
  }
  return matrix(samples, a.columns, data);
}

function unrolled({ arithmetic }: Setting, { hidden, steps }: Recurrence, next: Step) {
  return (input: Matrix) => {
    const samples = input.rows / steps;
    let state = matrix(samples, hidden, arithmetic.zeros(samples * hidden));
    const ways = Array.from({ length: steps }, (_, t) => {
      const step = next(rowsAt(input, t, steps, arithmetic), state);
      ({ state } = step);
      return step;
    });
    return {
      output: state,
      back(slopes: Matrix, add: Add): Matrix {
        const data = arithmetic.zeros(input.data.length);
        let onward = slopes;
        for (const [t, { back }] of [...ways.entries()].toReversed()) {
          const [toInput, toState] = back(onward, add);
          for (let s = 0; s < samples; s += 1)
            data.set(
              toInput.data.subarray(s * input.columns, (s + 1) * input.columns),
              (s * steps + t) * input.columns,
            );
          onward = toState;
        }
        return matrix(input.rows, input.columns, data);
      },
    };
  };
}

/** One gate: a function of U x + V h + b. */
function gate(setting: Setting, name: string, { inputs, hidden }: Recurrence, kind: 'sigmoid' | 'tanh') {
  const { arithmetic } = setting;
  const fromInput = dense(setting, { name: `x${name}`, inputs, outputs: hidden });
  const fromState = dense(setting, { name: `h${name}`, inputs: hidden, outputs: hidden, bias: false });
  const bend = activation(setting, kind);
  const forward: Step = (x, h) => {
    const [fx, fh] = [fromInput.forward(x), fromState.forward(h)];
    const bent = bend.forward(sum(fx.output, fh.output, arithmetic));
    return {
      state: bent.output,
      back(slopes, add) {
        const d = bent.back(slopes, add);
        return [fx.back(d, add), fh.back(d, add)];
      },
    };
  };
  return { parameters: { ...fromInput.parameters, ...fromState.parameters }, forward };
}

/** h ← tanh(U x + V h + b). */
export function tanhRecurrent(setting: Setting, shape: Recurrence): Layer {
  const { parameters, forward } = gate(setting, '', shape, 'tanh');
  return { parameters, forward: unrolled(setting, shape, forward) };
}

/** The gated unit of Cho et al. (arXiv:1406.1078): h ← h + z (n − h), n = tanh(U x + V (r h) + b), z and r sigmoids. */
export function gatedRecurrent(setting: Setting, shape: Recurrence): Layer {
  const { arithmetic } = setting;
  const { round } = arithmetic;
  const update = gate(setting, 'z', shape, 'sigmoid');
  const reset = gate(setting, 'r', shape, 'sigmoid');
  const candidate = gate(setting, 'n', shape, 'tanh');
  const times = (a: Matrix, b: Matrix): Matrix => zip(a, b, (x, y) => x * y, arithmetic);
  const minus = (a: Matrix, b: Matrix): Matrix => zip(a, b, (x, y) => x - y, arithmetic);
  const plus = (a: Matrix, b: Matrix): Matrix => sum(a, b, arithmetic);
  const next: Step = (x, h) => {
    const z = update.forward(x, h);
    const r = reset.forward(x, h);
    const n = candidate.forward(x, times(r.state, h));
    const change = minus(n.state, h);
    return {
      state: plus(h, times(z.state, change)),
      back(slopes, add) {
        const [zx, zh] = z.back(times(slopes, change), add);
        const [nx, nrh] = n.back(times(slopes, z.state), add);
        const [rx, rh] = r.back(times(nrh, h), add);
        const kept = zip(slopes, z.state, (d, share) => d * round(1 - share), arithmetic);
        return [plus(plus(zx, nx), rx), plus(plus(kept, times(nrh, r.state)), plus(zh, rh))];
      },
    };
  };
  return {
    parameters: { ...update.parameters, ...reset.parameters, ...candidate.parameters },
    forward: unrolled(setting, shape, next),
  };
}
