/**
 * A function with many values, and the derivatives that are claimed of it: a layer, or a gradient with its Hessian. Decides what is
 * one, and how its outputs are numbered: array by array in the order of the tree, each in row-major order.
 */

import { split, totalOf } from '../array/concat.js';
import { readGradients } from './read-gradients.js';
import { readBlocks } from './read-jacobian.js';
import { demandMember, describe, isPromiseLike, misuse, offers } from '../../errors.js';
import { Template } from '../tree/template.js';
import type { Parameter } from '../tree/parameters.js';
import { ROOT } from '../path.js';
import type { Role } from '../vector-model.js';
import type { Selection } from '../tree/select.js';
import { Subject } from './subject.js';

/** What is checked, and what the user's functions are called. */
export interface FunctionNames {
  readonly kind: 'jacobian' | 'hessian';
  /** The function that is differentiated. */
  readonly outputs: 'outputs' | 'gradients';
  /** Those that claim its derivatives. */
  readonly roles: { readonly [R in Role]?: string };
}

export const JACOBIAN: FunctionNames = {
  kind: 'jacobian',
  outputs: 'outputs',
  roles: { matrix: 'jacobian', vjp: 'vjp', jvp: 'jvp' },
};

/** A Hessian is the Jacobian of the gradients. */
export const HESSIAN: FunctionNames = {
  kind: 'hessian',
  outputs: 'gradients',
  roles: { matrix: 'hessian', jvp: 'hvp' },
};

type Functions = Readonly<Record<string, (...inputs: unknown[]) => unknown>>;

export class VectorSubject extends Subject {
  readonly names: FunctionNames;
  /** What is given of the roles, in their order. */
  readonly roles: readonly Role[];
  /** Calls of the user's functions, by their names. */
  readonly calls: Record<string, number> = {};
  readonly #functions: Functions;
  readonly #onCall: (() => void) | undefined;
  readonly #tangents: Template | undefined;
  #outputs: readonly Parameter[] | undefined;
  #cotangents: Template | undefined;

  /**
   * @param onCall called before each call of the user's functions
   * @throws TypeError when `received` is no such function, or its parameters can't be perturbed
   */
  constructor(received: unknown, selection: Selection, names: FunctionNames, onCall?: () => void) {
    super(demandFunction(received, names), selection);
    this.names = names;
    this.#functions = received as Functions;
    this.#onCall = onCall;
    this.roles = rolesOf(this.#functions, names);
    for (const name of [names.outputs, ...this.roles.map((role) => names.roles[role]!)]) this.calls[name] = 0;
    if (this.roles.includes('jvp')) this.#tangents = new Template(this.root.value, ROOT);
    if (this.#isGradient) this.#outputs = this.parameters;
  }

  get #isGradient(): boolean {
    return this.names.kind === 'hessian';
  }

  /** The arrays of the outputs, known after the first call of them. */
  get outputs(): readonly Parameter[] {
    return this.#outputs!;
  }

  /** Calls the function at the parameters as they stand. */
  callOutputs(): unknown {
    this.evaluations.loss += 1;
    return this.#call(this.names.outputs);
  }

  /** The flattened outputs, of what `callOutputs` returned. */
  readOutputs(returned: unknown): Float64Array {
    if (this.#outputs === undefined) {
      if (returned === undefined || returned === null)
        throw misuse(`outputs() must return numbers, but it returned ${describe(returned)}.`);
      this.#cotangents = new Template(returned, 'outputs');
      this.#outputs = this.#cotangents.leaves;
      if (this.#outputs.length === 0)
        throw misuse(`outputs() must return at least one number, but it returned ${describe(returned)}.`);
    }
    const flat = new Float64Array(totalOf(this.outputs));
    const of = this.#isGradient ? 'the gradient of ' : '';
    const into = split(flat, this.outputs);
    readGradients(returned, this.outputs, into, { call: `${this.names.outputs}()`, of });
    return flat;
  }

  /** Calls what claims derivatives at the parameters as they stand; `vector` as in a request. */
  callDerivative(role: Role, vector: readonly Float64Array[]): unknown {
    this.evaluations.gradients += 1;
    const name = this.names.roles[role]!;
    if (role === 'matrix') return this.#call(name);
    const template = role === 'vjp' ? this.#cotangents! : this.#tangents!;
    return this.#call(name, template.cast(role === 'vjp' ? vector : this.#tangentOf(vector)));
  }

  /** Copies what `callDerivative` returned, as the request says. */
  readDerivative(role: Role, returned: unknown, into: readonly Float64Array[]): void {
    const call = `${this.names.roles[role]!}()`;
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

function demandFunction(
  received: unknown,
  { outputs, roles }: FunctionNames,
): { readonly parameters: unknown } {
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

function rolesOf(functions: Functions, { roles }: FunctionNames): readonly Role[] {
  return (['matrix', 'vjp', 'jvp'] as const).filter(
    (role) => roles[role] !== undefined && functions[roles[role]] !== undefined,
  );
}
