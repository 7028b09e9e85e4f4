/**
 * What a user handed over as a model → its members, demanded by name; and for one that is missing, which the user may have meant: another
 * name for it, or another check.
 */

import { describe, edits, isPromiseLike, misuse } from '../../errors.js';

/** Demands an object with some members, as models are; what they are is asked later. */
export function demandModel(received: unknown, members: readonly string[]): object {
  if (typeof received === 'object' && received !== null && !isPromiseLike(received)) return received;
  throw misuse(`expect(model) needs an object { ${members.join(', ')} }, but it got ${describe(received)}.`);
}

/** Demands that a member of the user's model is a function. */
export function demandMember(model: object, name: string): void {
  const member: unknown = Reflect.get(model, name);
  if (typeof member === 'function') return;
  const end = member === undefined ? meantBy(model, name) : '.';
  throw misuse(`model.${name} must be a function, but it is ${describe(member)}${end}`);
}

/** What the members of a model are called elsewhere. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  parameters: ['params', 'param', 'parameter', 'weights', 'theta', 'variables', 'vars', 'x'],
  loss: ['cost', 'lossFunction', 'lossFn', 'objective', 'error', 'energy', 'J', 'L', 'f', 'fn'],
  gradients: ['gradient', 'grad', 'grads', 'backward', 'backprop', 'jacobian', 'derivative', 'df'],
  outputs: ['output', 'forward', 'f', 'fn'],
};

/** So many letters may be other ones, for a name to be taken for a slip. */
const MOST_EDITS = 2;

/** Words in the names of functions that are such a member: `computeLoss`, `backward_pass`. */
const WORDS: Readonly<Record<string, RegExp>> = {
  loss: /^(?:loss|cost|objective|error|energy)$/,
  gradients: /^(?:grads?|gradients?|derivatives?|back(?:ward|prop).*)$/,
};

/** Other checks that a model may be meant for, by a function that it has. */
const ELSEWHERE: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  loss: [
    [/^(?:outputs|vjp|jvp)$/, '. A model with outputs is checked with toHaveCorrectJacobian.'],
    [/^(?:hessian|hvp)$/, '. A model with a hessian is checked with toHaveCorrectHessian.'],
  ],
  gradients: [
    [
      /^(?:step|train|fit|update|learn|optimi[sz]e)/,
      '. A model that is only trained is checked with fromStep of expect-gradients/adapters.',
    ],
  ],
};

/**
 * The end of a sentence about a member that is missing: `; did you mean "params"?` where the model has one that is called alike, or which
 * check it may be meant for.
 */
export function meantBy(model: object, name: string): string {
  const has = (other: string): boolean => Reflect.get(model, other) !== undefined;
  const isSlip = (key: string): boolean => key !== name && edits(key, name) <= MOST_EDITS;
  const functions = functionsOf(model);
  const alias =
    (ALIASES[name] ?? []).find(has) ??
    Object.keys(model).find(isSlip) ??
    functions.find((key) => memberNamed(key) === name);
  if (alias !== undefined) return `; did you mean "${alias}"?`;
  const [, advice = '.'] =
    (ELSEWHERE[name] ?? []).find(([pattern]) => functions.some((key) => pattern.test(key))) ?? [];
  return advice;
}

/** The member that a function is by the words in its name: `gradientOfLoss` is one of the gradients. */
function memberNamed(key: string): string | undefined {
  const words = key.split(/_|(?<=[a-z\d])(?=[A-Z])/).map((word) => word.toLowerCase());
  return Object.keys(WORDS).findLast((name) => words.some((word) => WORDS[name]!.test(word)));
}

/** The names of an object's functions, its own and those of its classes. */
function functionsOf(object: object): readonly string[] {
  const names: string[] = [];
  for (
    let at: object | null = object;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at) as object | null
  )
    for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (typeof value === 'function' && key !== 'constructor') names.push(key);
  return names;
}

/** The same of a member that may be left out; whether it is there. */
export function offers(model: object, name: string): boolean {
  const member: unknown = Reflect.get(model, name);
  if (member === undefined) return false;
  if (typeof member !== 'function')
    throw misuse(`model.${name} must be a function, where there is one, but it is ${describe(member)}.`);
  return true;
}
