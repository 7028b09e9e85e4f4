/**
 * What a user handed over, and can't be checked -> the error for it: always a TypeError, always with the place and with what was
 * found there. It is thrown at once, under `.not` too, because a check that could not be made must never pass.
 */

const PREFIX = 'expect-gradients: ';

/**
 * Thrown where something was handed over that can't be checked: a model without `loss`, an option that does not exist, a gradient
 * of another shape. The message names the place, what it must be and what it is. Errors of the user's own code are never one.
 *
 * A test that requires this package and a runner that imports it have two copies of this class, so tell it by its `code`, as errors
 * of Node's are told, and not by `instanceof`. As there, `name` is that of the class below it, `'TypeError'`.
 *
 * @example
 * try {
 *   checkGradients(model);
 * } catch (error) {
 *   if (error.code === 'ERR_EXPECT_GRADIENTS_USAGE') console.error(error.message);
 *   else throw error;
 * }
 */
export class UsageError extends TypeError {
  readonly code = 'ERR_EXPECT_GRADIENTS_USAGE';

  static {
    // Bun looks for it in the class itself, and not further below.
    this.prototype.name = 'TypeError';
  }
}

const USAGE_CODE: UsageError['code'] = 'ERR_EXPECT_GRADIENTS_USAGE';

/** The error for a misuse. */
export function misuse(text: string): UsageError {
  return new UsageError(PREFIX + text);
}

/** Whether an error is one of those, of this copy of the module or of another. */
export function isMisuse(error: unknown): error is UsageError {
  return error instanceof TypeError && 'code' in error && error.code === USAGE_CODE;
}

/** Demands methods of what a user hands to `who`. */
export function demandFunctions<Key extends string>(
  who: string,
  given: Partial<Record<Key, unknown>>,
  names: readonly Key[],
): void {
  for (const name of names)
    if (typeof given?.[name] !== 'function')
      throw misuse(`${who} needs a function ${name}, but it is ${describe(given?.[name])}.`);
}

/** Levenshtein distance, ignoring case. */
export function edits(a: string, b: string): number {
  const target = b.toLowerCase();
  let row = Array.from({ length: target.length + 1 }, (_, j) => j);
  for (const [i, letter] of [...a.toLowerCase()].entries()) {
    const next = [i + 1];
    for (let j = 0; j < target.length; j += 1)
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === target[j] ? 0 : 1)));
    row = next;
  }
  return row.at(-1)!;
}

/** How many characters of a string are quoted. */
const QUOTED_LENGTH = 24;

/** Names a value for an error message: its kind, and its value where that is short. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'undefined':
      return 'undefined';
    case 'string': {
      const shown = value.length > QUOTED_LENGTH ? `${value.slice(0, QUOTED_LENGTH)}…` : value;
      return `the string ${JSON.stringify(shown)}`;
    }
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'boolean':
      return `the boolean ${value}`;
    case 'bigint':
      return `the bigint ${value}n`;
    case 'symbol':
      return `the symbol ${String(value)}`;
    case 'function':
      return value.name === '' ? 'a function' : `the function ${value.name}`;
    default:
      return describeObject(value);
  }
}

function describeObject(value: object): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : `an array of ${value.length}`;
  if (isPromiseLike(value)) return 'a promise (await it first)';
  const name = className(value);
  const named = `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
  if (ArrayBuffer.isView(value) && 'length' in value) return `${named} of ${String(value.length)}`;
  if (name === 'Object' || name === '') {
    const keys = Object.keys(value);
    if (keys.length === 0) return 'an empty object';
    const shown = keys.slice(0, 4).join(', ');
    return `an object with the keys ${keys.length > 4 ? `${shown}, …` : shown}`;
  }
  return named;
}

function className(value: object): string {
  const { constructor } = value;
  return typeof constructor === 'function' ? constructor.name : '';
}

/** Whether a value is a tensor whose numbers lie elsewhere and are only copied from there, as TensorFlow.js's are. */
export function isTensor(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'dataSync') === 'function';
}

/** Whether a value is a promise, or close enough to be awaited. */
export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/**
 * An error of a check → the same, which says at which sizes the model was made: a misuse in its message, any other in the last of its
 * causes, as the message of the user's own errors stays as it is.
 */
export function noteSizes(error: unknown, sizes: Readonly<Record<string, number>>): unknown {
  const shown = Object.entries(sizes).map(([name, size]) => `${name}: ${size}`);
  const place = `at the sizes { ${shown.join(', ')} }`;
  if (isMisuse(error)) return misuse(`${error.message.replace(PREFIX, '')} This is ${place}.`);
  const last = lastCauseOf(error);
  if (last !== undefined && Object.isExtensible(last))
    Object.defineProperty(last, 'cause', {
      value: new Error(`expect-gradients was ${place}`),
      configurable: true,
      writable: true,
    });
  return error;
}

/** The error, or what caused it, that has no cause itself; undefined where there is none. */
function lastCauseOf(error: unknown): object | undefined {
  const seen = new Set<unknown>();
  let last = error;
  while (typeof last === 'object' && last !== null && !seen.has(last)) {
    seen.add(last);
    const { cause } = last as { readonly cause?: unknown };
    if (cause === undefined) return last;
    last = cause;
  }
  return undefined;
}
