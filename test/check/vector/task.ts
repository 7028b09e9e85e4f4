/** A function with many values → what the procedures of its check are given, and a function of two arrays by two whose entries can be wrong. */

import { Budget } from '../../../src/check/run/budget.js';
import { now } from '../../../src/check/run/clock.js';
import { answer, type Procedure } from '../../../src/check/run/drive.js';
import { readSettings } from '../../../src/check/settings.js';
import { OutputsCache } from '../../../src/check/vector/outputs-cache.js';
import { outputsHere } from '../../../src/check/vector/products.js';
import type { VectorTask } from '../../../src/check/vector/scalarization.js';
import { vectorEvaluationOf } from '../../../src/model/evaluate/answer-outputs.js';
import type { VectorRequest } from '../../../src/model/evaluate/requests.js';
import { type FunctionNames, JACOBIAN, VectorSubject } from '../../../src/model/subject/vector-subject.js';

export interface Made {
  readonly task: VectorTask;
  readonly run: <Result>(procedure: Procedure<VectorRequest, Result>) => Result;
}

/** What a check of a function works with, after its outputs were first evaluated. */
export function made(model: unknown, options: object = {}, names: FunctionNames = JACOBIAN): Made {
  const settings = readSettings(options);
  const subject = new VectorSubject(model, settings.selection, names);
  const run: Made['run'] = (procedure) => {
    const result = answer(procedure, (request) => vectorEvaluationOf(request, subject));
    if (result instanceof Promise) throw new Error('outputs that are numbers are no promise');
    return result;
  };
  run(outputsHere(subject));
  const budget = new Budget(settings, subject, undefined, now());
  return { task: { subject, settings, cache: new OutputsCache(), budget }, run };
}

/** An entry of a Jacobian, by its row and column among all, and what is added to it. */
export interface Fault {
  readonly row: number;
  readonly column: number;
  readonly by: number;
}

export interface TwoByTwo {
  readonly p: number[];
  readonly q: number[];
}

interface Outputs {
  readonly a: number[];
  readonly b: number[];
}

/** y_m = Σ cos(m + 2 i) sin x_i + x_m²: five numbers in the arrays a and b, by the five of p and q. */
export function twoByTwo(fault?: Fault) {
  const all = ({ p, q }: TwoByTwo): number[] => [...p, ...q];
  const places = [0, 1, 2, 3, 4];
  const rows = (given: TwoByTwo): number[][] => {
    const x = all(given);
    return places.map((m) =>
      places.map(
        (i) =>
          Math.cos(m + 2 * i) * Math.cos(x[i]!) +
          (m === i ? 2 * x[i]! : 0) +
          (fault?.row === m && fault.column === i ? fault.by : 0),
      ),
    );
  };
  return {
    parameters: { p: [0.3, -0.7, 1.1], q: [0.9, -0.4] },
    outputs(given: TwoByTwo): Outputs {
      const x = all(given);
      const y = places.map((m) =>
        places.reduce((sum, i) => sum + Math.cos(m + 2 * i) * Math.sin(x[i]!), x[m]! ** 2),
      );
      return { a: y.slice(0, 2), b: y.slice(2) };
    },
    jacobian: rows,
    vjp(given: TwoByTwo, { a, b }: Outputs): TwoByTwo {
      const matrix = rows(given);
      const product = places.map((i) => [...a, ...b].reduce((sum, c, m) => sum + c * matrix[m]![i]!, 0));
      return { p: product.slice(0, 3), q: product.slice(3) };
    },
    jvp(given: TwoByTwo, tangent: TwoByTwo): Outputs {
      const t = all(tangent);
      const product = rows(given).map((row) => row.reduce((sum, own, i) => sum + own * t[i]!, 0));
      return { a: product.slice(0, 2), b: product.slice(2) };
    },
  };
}
