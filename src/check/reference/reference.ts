/**
 * What a user hands over as a reference → claims of the same parameters as the model's: of another implementation, at whatever point the
 * model is, or the numbers of a tree, which are claims at θ.
 */

import { describe, misuse } from '../../errors.js';
import { sameLayout, shapeText } from '../../model/array/shape.js';
import type { GradientsRequest, PathRequest } from '../../model/evaluate/requests.js';
import { GradientSubject } from '../../model/subject/gradient-subject.js';
import type { Subject } from '../../model/subject/subject.js';
import type { Parameter } from '../../model/tree/parameters.js';
import type { Selection } from '../../model/tree/select.js';
import type { Preconditions } from '../measurement.js';
import { claim, hold } from '../preconditions/repeated-calls.js';

/** Calls of a reference, or what stands for them. */
export type Asking<Result> = Generator<PathRequest | GradientsRequest, Result, void>;

/** The reference at θ. */
export interface ReferenceClaim {
  /** For each parameter of the model; NaN where it is not finite. */
  readonly claims: readonly Float64Array[];
  readonly preconditions: Preconditions;
}

/** Another implementation, with parameters that are the model's, or of its own. */
interface Implementation {
  readonly parameters?: unknown;
  gradients(parameters: unknown): unknown;
}

export class Reference {
  /** Answers the requests that are about the reference. */
  readonly subject: GradientSubject;
  /** Whether it claims anything elsewhere than at θ. */
  readonly isFixed: boolean;
  /** What its own parameters were, where these had other values than the model's. */
  readonly #before: Subject | undefined;
  readonly #model: Subject;
  /** For each parameter of the model its place among the reference's. */
  #places: readonly number[] = [];

  /**
   * @param model the user's object, whose parameters a reference without any is given
   * @param subject the same as it was read, with what `only` and `except` leave of its parameters
   * @throws UsageError where the reference is none, or its parameters are others than the model's
   */
  constructor(received: unknown, model: { readonly parameters: unknown }, subject: Subject) {
    const found = implementationOf(received);
    this.#model = subject;
    this.isFixed = found === undefined;
    const own = found?.parameters;
    const only = subject.parameters.map(({ name }) => exactly(name));
    const selection = { only, except: undefined, shard: undefined };
    const role = { hasLoss: false, call: found === undefined ? 'reference' : 'reference.gradients()' };
    const read = (holder: object, of: Selection = selection): GradientSubject =>
      new GradientSubject(holder, of, undefined, role);
    if (own === undefined || own === model.parameters) {
      const gradients = (parameters: unknown): unknown => (found ? found.gradients(parameters) : received);
      this.subject = read({ parameters: model.parameters, gradients });
      return;
    }
    demandSame(subject, read(found!, { only: undefined, except: undefined }));
    this.#before = read(found!);
    // What it was before is known; from now on it is at the model's point.
    this.#write(this.#before);
    this.subject = read(found!);
  }

  /** What it claims at θ, by two calls, or three where they differ. */
  *here(): Asking<ReferenceClaim> {
    const { analytic, preconditions } = yield* claim(this.subject);
    this.#places = this.#model.parameters.map(({ name }) =>
      this.subject.parameters.findIndex((parameter) => parameter.name === name),
    );
    return { claims: this.#inOrder(analytic), preconditions };
  }

  /** What it claims where the model is. */
  *there(): Asking<readonly Float64Array[]> {
    // Also where they are the model's: a number that is all of them is in no place that both see.
    this.#write(this.subject);
    this.subject.rebase();
    const into = this.subject.parameters.map(({ count }) => new Float64Array(count));
    yield { kind: 'gradients', path: [], multiple: 0, into };
    return this.#inOrder(into);
  }

  /** The numbers for each of the reference's parameters, for each of the model's. */
  #inOrder(numbers: readonly Float64Array[]): readonly Float64Array[] {
    return this.#places.map((place) => numbers[place]!.map((x) => (Number.isFinite(x) ? x : Number.NaN)));
  }

  /** What noise makes uncertain of each claim, for each parameter of the model. */
  boundsOf(bounds: readonly Float64Array[]): readonly Float64Array[] {
    return this.#places.map((place) => bounds[place]!);
  }

  /** Puts its own parameters back, bit for bit. */
  restore(): void {
    this.subject.restore();
    this.#before?.restore();
  }

  /** Writes the model's values into some view of the reference's parameters. */
  #write(into: Subject): void {
    for (const { name, values, count } of this.#model.parameters) {
      const own = into.parameters.find((parameter) => parameter.name === name)!.values;
      for (let i = 0; i < count; i += 1) if (!Object.is(own.get(i), values.get(i))) own.set(i, values.get(i));
    }
  }
}

/** Whether a reference may be held against a claim. */
export function isSound({ preconditions }: ReferenceClaim): boolean {
  return hold(preconditions);
}

/** @throws UsageError where it is neither another implementation nor a tree of numbers */
export function demandReference(received: unknown): void {
  implementationOf(received);
}

function implementationOf(received: unknown): Implementation | undefined {
  const isTree = typeof received === 'number' || (typeof received === 'object' && received !== null);
  if (!isTree)
    throw misuse(
      `a reference must be an object with a function gradients, or a tree of numbers, but it is ${describe(received)}.`,
    );
  const { parameters, gradients } = received as {
    readonly parameters?: unknown;
    readonly gradients?: unknown;
  };
  if (typeof gradients === 'function') return received as Implementation;
  // What has parameters is meant to be another implementation.
  if (parameters !== undefined && gradients !== undefined)
    throw misuse(`reference.gradients must be a function, but it is ${describe(gradients)}.`);
  return undefined;
}

/** A pattern for one name. */
function exactly(name: string): RegExp {
  return new RegExp(`^${name.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)}$`);
}

/** @throws UsageError where a parameter of the model is not there, or of another shape */
function demandSame({ parameters }: Subject, { parameters: all }: Subject): void {
  for (const { name, shape } of parameters) {
    const own: Parameter | undefined = all.find((parameter) => parameter.name === name);
    if (own === undefined) throw misuse(`the reference has no parameter ${name}, which the model has.`);
    if (!sameLayout(own.shape, shape))
      throw misuse(
        `${name} of the reference must have the shape ${shapeText(shape)}, but it has ${shapeText(own.shape)}.`,
      );
  }
}
