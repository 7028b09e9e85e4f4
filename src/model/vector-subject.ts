/**
 * A function with many values, and the derivatives that are claimed of it: a layer, or a gradient with its Hessian. Decides what is
 * one, and how its outputs are numbered: array by array in the order of the tree, each in row-major order.
 */

import { split, totalOf } from './flat.js';
import { readGradients } from './gradients.js';
import { readBlocks } from './matrices.js';
import { demandMember, describe, isPromiseLike, misuse, offers } from './misuse.js';
import { Mould } from './moulds.js';
import type { Parameter } from './parameters.js';
import { ROOT } from './paths.js';
import type { Role } from './requests.js';
import type { Selection } from './select.js';
import { Subject } from './subject.js';

/** What the user's functions are called. */
export interface Dialect {
  /** The function that is differentiated. */
  readonly outputs: 'outputs' | 'gradients';
  /** Those that claim its derivatives. */
  readonly roles: { readonly [R in Role]?: string };
}

export const JACOBIAN: Dialect = {
  outputs: 'outputs',
  roles: { matrix: 'jacobian', vjp: 'vjp', jvp: 'jvp' },
};

/** A Hessian is the Jacobian of the gradients. */
export const HESSIAN: Dialect = { outputs: 'gradients', roles: { matrix: 'hessian', jvp: 'hvp' } };

type Functions = Readonly<Record<string, (...inputs: unknown[]) => unknown>>;

export class VectorSubject extends Subject {
  readonly dialect: Dialect;
  /** What is given of the roles, in their order. */
  readonly roles: readonly Role[];
  /** Calls of the user's functions, by their names. */
  readonly calls: Record<string, number> = {};
  readonly #functions: Functions;
  readonly #onCall: (() => void) | undefined;
  readonly #tangents: Mould | undefined;
  #outputs: readonly Parameter[] | undefined;
  #cotangents: Mould | undefined;

  /**
   * @param onCall called before each call of the user's functions
   * @throws TypeError when `received` is no such function, or its parameters can't be perturbed
   */
  constructor(received: unknown, selection: Selection, dialect: Dialect, onCall?: () => void) {
    super(demandFunction(received, dialect), selection);
    this.dialect = dialect;
    this.#functions = received as Functions;
    this.#onCall = onCall;
    this.roles = rolesOf(this.#functions, dialect);
    for (const name of [dialect.outputs, ...this.roles.map((role) => dialect.roles[role]!)])
      this.calls[name] = 0;
    if (this.roles.includes('jvp')) this.#tangents = new Mould(this.root.value, ROOT);
    if (this.#isGradient) this.#outputs = this.parameters;
  }

  get #isGradient(): boolean {
    return this.dialect.outputs === 'gradients';
  }

  /** The arrays of the outputs, known after the first call of them. */
  get outputs(): readonly Parameter[] {
    return this.#outputs!;
  }

  /** Calls the function at the parameters as they stand. */
  callOutputs(): unknown {
    this.evaluations.loss += 1;
    return this.#call(this.dialect.outputs);
  }

  /** The flattened outputs, of what `callOutputs` returned. */
  readOutputs(returned: unknown): Float64Array {
    if (this.#outputs === undefined) {
      if (returned === undefined || returned === null)
        throw misuse(`outputs() must return numbers, but it returned ${describe(returned)}.`);
      this.#cotangents = new Mould(returned, 'outputs');
      this.#outputs = this.#cotangents.leaves;
      if (this.#outputs.length === 0)
        throw misuse(`outputs() must return at least one number, but it returned ${describe(returned)}.`);
    }
    const flat = new Float64Array(totalOf(this.outputs));
    const of = this.#isGradient ? 'the gradient of ' : '';
    const into = split(flat, this.outputs);
    readGradients(returned, this.outputs, into, { call: `${this.dialect.outputs}()`, of });
    return flat;
  }

  /** Calls what claims derivatives at the parameters as they stand; `vector` as in a request. */
  callDerivative(role: Role, vector: readonly Float64Array[]): unknown {
    this.evaluations.gradients += 1;
    const name = this.dialect.roles[role]!;
    if (role === 'matrix') return this.#call(name);
    const mould = role === 'vjp' ? this.#cotangents! : this.#tangents!;
    return this.#call(name, mould.cast(role === 'vjp' ? vector : this.#tangentOf(vector)));
  }

  /** Copies what `callDerivative` returned, as the request says. */
  readDerivative(role: Role, returned: unknown, into: readonly Float64Array[]): void {
    const call = `${this.dialect.roles[role]!}()`;
    if (role === 'matrix') {
      const { all: parameters } = this;
      // A Hessian has a row for each entry, checked or not.
      const axes = { call, outputs: this.#isGradient ? parameters : this.outputs, parameters };
      for (const [p, parameter] of this.parameters.entries())
        readBlocks(returned, axes, this.outputs, parameter, into[p]!);
      return;
    }
    if (role === 'vjp' || this.#isGradient)
      readGradients(returned, this.parameters, into, {
        call,
        of: role === 'vjp' ? 'the gradient of ' : 'the derivative of the gradient of ',
      });
    else readGradients(returned, this.outputs, into, { call, of: 'the derivative of ' });
  }

  /** A tangent for all parameters: those that are not checked do not move. */
  #tangentOf(vector: readonly Float64Array[]): readonly Float64Array[] {
    return this.all.map((parameter) => {
      const place = this.parameters.indexOf(parameter);
      return place < 0 ? new Float64Array(parameter.count) : vector[place]!;
    });
  }

  #call(name: string, ...vector: readonly unknown[]): unknown {
    this.#onCall?.();
    this.calls[name]! += 1;
    return this.#functions[name]!(this.root.value, ...vector);
  }
}

function demandFunction(received: unknown, { outputs, roles }: Dialect): { readonly parameters: unknown } {
  const names = Object.values(roles);
  if (typeof received !== 'object' || received === null || isPromiseLike(received))
    throw misuse(
      `expect(model) needs an object { parameters, ${outputs}, ${names.join(' or ')} }, but it got ${describe(received)}.`,
    );
  demandMember(received, outputs);
  // Each is asked, as each that is there must be a function.
  if (names.filter((name) => offers(received, name)).length === 0) {
    const listed = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
    throw misuse(`the model claims no derivatives: one of ${listed} must be a function.`);
  }
  return received as { readonly parameters: unknown };
}

function rolesOf(functions: Functions, { roles }: Dialect): readonly Role[] {
  return (['matrix', 'vjp', 'jvp'] as const).filter(
    (role) => roles[role] !== undefined && functions[roles[role]] !== undefined,
  );
}
