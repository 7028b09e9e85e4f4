/**
 * The name of a value → the names under which its gradient is found, in a returned record and on one object alike: `dW`, `d_W`, `gradW`,
 * `W_grad`, `dL_dW`, … for `W`, and the pairs that the field has beside, `data` and `grad`, `weights` and `deltas`.
 */

/** What is differentiated, in the names of quotients: `dL_dW`, `dJdW`. */
const NUMERATORS: readonly string[] = ['L', 'J', 'C', 'E', 'Loss', 'Cost'];

/** Before a name, with or without an underscore; the name may begin with a capital behind them. */
const PREFIXES: readonly string[] = ['d', 'grad', 'gradient', 'g', 'delta'].concat(
  NUMERATORS.flatMap((of) => [`d${of}d`, `d${of}_d`]),
);
/** Behind a name, or behind the singular of one, as in `weightGrads`. */
const SUFFIXES: readonly string[] = ['Grad', '_grad', 'Gradient', '_gradient', 'Delta', '_delta'];

/** What says of itself that it is a gradient, of whatever stands beside it. */
export const GRADIENT_WORDS: readonly string[] = ['grad', 'grads', 'gradient', 'gradients'];

/** Names that say nothing of what they hold, so that what stands beside is no variable of its own: they go with those words. */
const NOUNS: ReadonlySet<string> = new Set([
  'data',
  'value',
  'values',
  'val',
  'param',
  'params',
  'parameter',
  'parameters',
  'weight',
  'weights',
]);

/** Pairs of names that no rule makes: brain.js, synaptic. */
const PARTNERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['weights', ['deltas']],
  ['weight', ['delta']],
]);

const known = new Map<string, readonly string[]>();

/** The names of the gradient of what is called so. */
export function gradientNames(name: string): readonly string[] {
  let names = known.get(name);
  if (names === undefined) known.set(name, (names = namesFor(name)));
  return names;
}

/** Whether one name is that of the gradient of the other. */
export function isGradientName(key: string, of: string): boolean {
  return gradientNames(of).includes(key);
}

/** The name that a message offers: `dW1`, `db`, `dWeights`. */
export function usualGradientName(name: string): string {
  return /^[a-z][A-Za-z]{2}/.test(name) ? `d${capitalised(name)}` : `d${name}`;
}

/**
 * Whether a name that is made of two may as well be a word by itself, as `damp` beside `amp` is: then it is that of a gradient only where it
 * is used as one.
 */
export function isWeakName(key: string): boolean {
  return /^[dg][a-z]{2}[a-z\d]*$/.test(key);
}

/** Whether a name says of itself that what it holds is a gradient of something: `dZ1`, `db`, `gradInput`, `input_grad`. */
export function looksLikeGradient(key: string): boolean {
  const bare = key.replace(/^[_$]+/, '');
  return (
    /^[dg]_?[A-Z]/.test(bare) ||
    /^[dg]_[a-z]/.test(bare) ||
    /^d[a-z]\d*$/.test(bare) ||
    /^(?:grad|gradient|delta)s?(?:$|[A-Z_\d])/.test(bare) ||
    /(?:_grad|_gradient|_delta|Grad|Gradient|Delta)s?$/.test(bare)
  );
}

function namesFor(name: string): readonly string[] {
  const [, marks, bare] = /^([_$]*)(.*)$/s.exec(name)!;
  if (bare === '') return [];
  const names = new Set<string>();
  const stems = new Set([bare!, capitalised(bare!)]);
  for (const prefix of PREFIXES)
    for (const stem of stems) {
      names.add(prefix + stem);
      names.add(`${prefix}_${stem}`);
    }
  for (const suffix of SUFFIXES)
    for (const stem of [bare!, singular(bare!)]) {
      names.add(stem + suffix);
      names.add(`${stem + suffix}s`);
    }
  if (NOUNS.has(bare!)) for (const word of GRADIENT_WORDS) names.add(word);
  for (const partner of PARTNERS.get(bare!) ?? []) names.add(partner);
  // What is private by its mark may have a gradient that is marked alike, or one that is public.
  const marked = marks === '' ? [] : Array.from(names, (plain) => marks! + plain);
  return [...names, ...marked].filter((other) => other !== name);
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function singular(word: string): string {
  return word.length > 2 ? word.replace(/(?:(?<=s)es|(?<!s)s)$/, '') : word;
}
