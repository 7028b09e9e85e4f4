/**
 * Plants faults: a correct model is a plain script, a fault one edit of one of its lines. The text is read, edited and
 * compiled anew, so that every check has a model of its own, the same one each time.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import {
  checkGradients,
  checkHessian,
  checkJacobian,
  type CurvedModel,
  type FindingCode,
  type GradientCheckOptions,
  type Model,
  type Report,
  type VectorModel,
} from 'expect-gradients';
import { Draws } from '../../bench/detection/draws.js';

export type ModelName =
  | 'arm'
  | 'attention'
  | 'attention-layer'
  | 'classifier'
  | 'convolution'
  | 'curve'
  | 'dense-layer'
  | 'layer-norm'
  | 'direction'
  | 'line'
  | 'logistic'
  | 'network'
  | 'newton'
  | 'norm-layer'
  | 'perceptron'
  | 'quartic'
  | 'rayleigh'
  | 'recurrent'
  | 'rosenbrock'
  | 'shares'
  | 'springs'
  | 'stiffness'
  | 'stress'
  | 'tied'
  | 'tsne';

/** What must be the leading finding; its code is that of the file in which the fault stands. */
export interface Expected {
  /** The parameter it names; absent when it must name none. */
  readonly parameter?: string;
  /** The array of the outputs, of several, whose derivatives by it are meant. */
  readonly output?: string;
  /** Numbers of its evidence, right to 1e-4. */
  readonly evidence?: Readonly<Record<string, number>>;
}

export interface Fault extends Expected {
  /** What was done, as a sentence would say it. */
  readonly name: string;
  readonly model: ModelName;
  /** Part of one line of the model, found nowhere else in it; absent when the fault is in the options. */
  readonly find?: string;
  /** What stands there instead. */
  readonly put?: string;
  readonly options?: GradientCheckOptions;
  /** What is true of it as well, and told after the leading finding. */
  readonly also?: readonly FindingCode[];
}

/** The faults of one cause, each of which must be found. */
export interface Planted {
  readonly code: FindingCode;
  readonly faults: readonly Fault[];
}

const folder = new URL('models/', import.meta.url);
const ending = /\.js$/;

/** Every correct model there is. */
export const MODELS = readdirSync(folder)
  .filter((name) => ending.test(name))
  .map((name) => name.replace(ending, '') as ModelName);

const SEED = 20;

/** Parameters and data are drawn with this deviation: tanh then bends, and does not saturate. */
const DEVIATION = 0.7;

/** A function with a loss, with many outputs, or with a gradient whose own derivatives are claimed. */
export type AnyModel = Model | VectorModel | CurvedModel;

/** Checks a model by what it has: synchronously, as all of them are. */
export function check(model: AnyModel, options?: GradientCheckOptions): Report {
  if ('outputs' in model) return checkJacobian(model, options) as Report;
  return ('loss' in model ? checkGradients(model, options) : checkHessian(model, options)) as Report;
}

/** A correct model, or with an edit a wrong one; with storage in single precision where asked for. */
export function build(
  name: ModelName,
  { find, put = '' }: Pick<Fault, 'find' | 'put'> = {},
  precision: 'double' | 'single' = 'double',
): AnyModel {
  let text = readFileSync(new URL(`${name}.js`, folder), 'utf8');
  if (find !== undefined) text = edited(text, find, put);
  if (precision === 'single') text = text.replaceAll('Float64Array', 'Float32Array');
  const draws = new Draws(SEED);
  const normals = (count: number): number[] => Array.from(draws.normals(count, DEVIATION));
  const table = (rows: number, columns: number): number[][] =>
    Array.from({ length: rows }, () => normals(columns));
  const make = compileFunction(text.replace('export default function', 'return function'), [], {
    filename: name,
  }) as () => (tools: object) => AnyModel;
  return make()({ normals, table });
}

/** @throws where what is to be edited is not there exactly once, or is more than a part of one line */
export function edited(text: string, find: string, put: string): string {
  const [before, after, ...others] = text.split(find);
  if (after === undefined || others.length > 0)
    throw new Error(
      `${JSON.stringify(find)} is in the model ${others.length + (after === undefined ? 0 : 1)} times`,
    );
  if (find.includes('\n') || put.includes('\n') || find === put)
    throw new Error(`${JSON.stringify(find)} is not an edit of one line`);
  return `${before}${put}${after}`;
}
