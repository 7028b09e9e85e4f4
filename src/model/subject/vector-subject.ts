/**
 * A function with many values, and the derivatives that are claimed of it: a layer, or a gradient with its Hessian. Decides what is
 * one, and how its outputs are numbered: array by array in the order of the tree, each in row-major order.
 */

import { split, totalOf } from '../array/concat.js';
import { type Counted, GRADIENTS } from './locate-gradient.js';
import { readGradients, readOutputs } from './read-gradients.js';
import { type Axes, readBlocks } from './read-jacobian.js';
import { describe, isPromiseLike, misuse } from '../../errors.js';
import { demandMember, offers } from './members.js';
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

/** What a Hessian times a vector is, and a Jacobian times a tangent. */
const SECOND = { of: 'the derivative of the gradient of ', isGradient: false };
const FORWARD = { of: 'the derivative of ', isGradient: false };

export class VectorSubject extends Subject {
  readonly names: FunctionNames;
  /** What is given of the roles, in their order. */
  readonly roles: readonly Role[];
  /** Calls of the user's functions, by their names. */
  readonly calls: Record<string, number> = {};
  readonly #functions: Functions;
  readonly #tangents: Template | undefined;
  /** The roles whose first claim was read. */
  readonly #decided = new Set<Role>();
  #outputs: readonly Parameter[] | undefined;
  #cotangents: Template | undefined;

  /**
   * @param onCall called before each call of the user's functions
   * @throws TypeError when `received` is no such function, or its parameters can't be perturbed
   */
  constructor(received: unknown, selection: Selection, names: FunctionNames, onCall?: () => void) {
    super(demandFunction(received, names), selection, ['loss'], onCall);
    this.names = names;
    this.#functions = received as Functions;
    this.roles = rolesOf(this.#functions, names);
    for (const name of [names.outputs, ...this.roles.map((role) => names.roles[role]!)]) this.calls[name] = 0;
    if (!this.roles.includes('jvp')) return;
    this.#tangents = new Template(this.argument, ROOT);
    this.#tangents.try(this.parameters);
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

  /** The flattened outputs, of what `callOutputs` returned. The first time it is settled which there are, and which parameters. */
  readOutputs(returned: unknown): Float64Array {
    const isDecided = this.#outputs !== undefined;
    const source = {
      call: `${this.names.outputs}()`,
      of: this.#isGradient ? 'the gradient of ' : '',
      isDecided,
    };
    if (this.#outputs === undefined) this.#outputs = this.#settledBy(returned, source.call);
    const flat = new Float64Array(totalOf(this.outputs));
    const into = split(flat, this.outputs);
    if (this.#isGradient)
      readGradients(returned, this.outputs, into, { ...source, isGradient: true }, () => this.tree.outline());
    else readOutputs(returned, this.outputs, into, { ...source, isGradient: false });
    return flat;
  }

  #settledBy(returned: unknown, call: string): readonly Parameter[] {
    if (this.#isGradient) {
      this.settleBy(returned, { ...GRADIENTS, call });
      return this.parameters;
    }
    this.settleAll();
    if (returned === undefined || returned === null)
      throw misuse(`outputs() must return numbers, but it returned ${describe(returned)}.`);
    this.#cotangents = new Template(returned, 'outputs');
    const outputs = this.#cotangents.outputs();
    if (outputs.length === 0)
      throw misuse(`outputs() must return at least one number, but it returned ${describe(returned)}.`);
    return outputs;
  }

  /** Calls what claims derivatives at the parameters as they stand; `vector` as in a request. */
  callDerivative(role: Role, vector: readonly Float64Array[]): unknown {
    this.evaluations.gradients += 1;
    const name = this.names.roles[role]!;
    if (role === 'matrix') return this.#call(name);
    // What is not checked does not move along a tangent.
    return role === 'vjp'
      ? this.#call(name, this.#cotangents!.cast(this.outputs, vector))
      : this.#call(name, this.#tangents!.cast(this.parameters, vector));
  }

  /** Copies what `callDerivative` returned, as the request says. */
  readDerivative(role: Role, returned: unknown, into: readonly Float64Array[]): void {
    const call = `${this.names.roles[role]!}()`;
    if (role === 'matrix') {
      for (const [p, parameter] of this.parameters.entries())
        readBlocks(returned, this.#axes(call), this.outputs, parameter, into[p]!);
      return;
    }
    if (role === 'vjp') this.noteIgnored(returned, call, true);
    const isDecided = this.#decided.has(role);
    this.#decided.add(role);
    const source = { call, isDecided, wayOut: (name: string) => this.tree.wayOut(name, this.parameters) };
    const all = (): readonly Counted[] => this.tree.outline();
    if (role === 'vjp') readGradients(returned, this.parameters, into, { ...GRADIENTS, ...source }, all);
    else if (this.#isGradient) readGradients(returned, this.parameters, into, { ...source, ...SECOND }, all);
    else readGradients(returned, this.outputs, into, { call, ...FORWARD });
  }

  #axes(call: string): Axes {
    const { parameters } = this;
    // A Hessian has a row for each entry, too.
    const outputs = this.#isGradient ? parameters : this.outputs;
    const whole = (): Pick<Axes, 'outputs' | 'parameters'> => {
      const all = this.tree.outline();
      return { outputs: this.#isGradient ? all : outputs, parameters: all };
    };
    return { call, outputs, parameters, whole, wayOut: (name) => this.tree.wayOut(name, this.parameters) };
  }

  #call(name: string, ...vector: readonly unknown[]): unknown {
    this.calls[name]! += 1;
    return this.invoke(() => this.#functions[name]!(this.argument, ...vector));
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
