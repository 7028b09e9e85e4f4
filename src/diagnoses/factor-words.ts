/** A factor between two gradients → how a sentence says it, and what it may come from. */

import { dotProduct, jointNorms } from '../numerics/norms.js';
import { brief, briefFactor } from './brief.js';
import type { Context, WrongParameter } from './wrong-parameter.js';

/** A factor is a whole number, or one over it, or that of something else, when it is this close to it. */
const SAME_WITHIN = 1e-4;
/** Where more than this is let pass, hardly any number is no whole one. */
const LARGEST_OFF = 1 / 16;
/** Nearer to one than this it is no weight or rate that anybody chose. */
const NEARLY_ONE = 1e-2;

/** As in single precision no factor is known so well, what is uncertain of it counts, up to this. */
const LARGEST_DOUBT = 1e-3;

/** Within what a factor is another number: so much at least, more where it is not known so well. */
function withinOf(group: readonly WrongParameter[], least: number): number {
  const { numeric, uncertainty } = jointNorms(group);
  return Math.max(least, Math.min(LARGEST_DOUBT, uncertainty / numeric));
}

/** A factor that is a whole number, or one over it, but for its sign. */
interface Whole {
  readonly whole: number;
  readonly isInverse: boolean;
}

function wholeOf(factor: number, within: number = SAME_WITHIN): Whole | undefined {
  const size = Math.abs(factor);
  const isInverse = size < 1;
  const large = isInverse ? 1 / size : size;
  const whole = Math.round(large);
  const off = within * whole;
  return off <= LARGEST_OFF && Math.abs(large - whole) <= off ? { whole, isInverse } : undefined;
}

/** A factor of some parameters as it is said: the whole number, or one over it, that it is as far as can be told; −1, but not 1. */
export function factorInWords(factor: number, group: readonly WrongParameter[]): string {
  const found = wholeOf(factor, withinOf(group, SAME_WITHIN));
  if (found === undefined || found.whole === 1)
    return wholeOf(factor)?.whole === 1 && factor < 0 ? '−1' : briefFactor(factor);
  return brief(Math.sign(factor) * (found.isInverse ? 1 / found.whole : found.whole));
}

/** What a factor may come from. */
export function readingOf(factor: number, group: readonly WrongParameter[], context: Context): string {
  const { words } = context;
  const size = Math.abs(factor);
  const sign = factor < 0 ? 'The sign is wrong besides. ' : '';
  const own = ownReading(size, group, context);
  if (Math.abs(size - 1) < NEARLY_ONE)
    return (
      sign +
      'So near to one it is no weight that was forgotten: look for a constant with too few digits, as 3.1416 for π, a small number ' +
      `that is added to a divisor in only one of ${words.differentiated} and ${words.claimant}, or a rounded rate.`
    );
  const found = wholeOf(factor, withinOf(group, SAME_WITHIN));
  if (found !== undefined) return `${sign}${own}${wholeReading(found, context)}`;
  const isNear = (value: number): boolean => Math.abs(value - size) <= withinOf(group, KNOWN_WITHIN) * size;
  const known =
    own ||
    lossReading(isNear, context) ||
    parameterReading(isNear, group, context) ||
    knownReading(isNear) ||
    sampleReading(size);
  return `${sign}${known}${constantReading(factor, known, context)}`;
}

/** What keeps or drops a share multiplies by less than one, or divides by it. */
function constantReading(factor: number, own: string, { words }: Context): string {
  const rate = factor > 0 ? ', a keep rate' : '';
  return `${own === '' ? 'Look' : 'Else look'} for a constant factor that only one of ${words.differentiated} and ${words.claimant} has: a weight of a term${rate}, a temperature.`;
}

/** What a number of samples, units or outputs may be, and what of the derivative of a square. */
function wholeReading({ whole, isInverse }: Whole, { evidence, words, parameters }: Context): string {
  const { differentiated, claimant, loss } = words;
  const [taken, claimed] = isInverse ? ['sum', 'mean'] : ['mean', 'sum'];
  const sum = `${differentiated} takes a ${taken}, ${claimant} a ${claimed}`;
  const named = evidence.sizes.find(({ size }) => size === whole)?.name;
  const owner = parameters.find(({ shape }) => shape.includes(whole))?.name;
  const alike =
    named !== undefined ? `the length of ${named}` : owner === undefined ? undefined : `a length of ${owner}`;
  const length =
    alike === undefined
      ? ''
      : named === undefined
        ? `${whole} is ${alike}, and may be the number of samples, or of outputs: perhaps ${sum}.`
        : `${whole} is ${alike}: perhaps ${sum} over it.`;
  const shown = isInverse ? `1/${whole}` : String(whole);
  if (whole === 2) return ofTwo(isInverse, loss, named !== undefined, length);
  if (length !== '') return `${length} Else look for a constant ${shown}.`;
  return `If ${whole} is the number of samples, or of outputs, ${sum}; else look for a constant ${shown}.`;
}

/** A length of two of the data comes before the square, one of a parameter, as many have, after it. */
function ofTwo(isInverse: boolean, loss: string, isOfData: boolean, length: string): string {
  const square = isInverse
    ? `A factor of ½ is often the derivative of a square without its 2, or a ½ that the ${loss} does not have.`
    : `A factor of 2 is often the derivative of a square without the ½ that the ${loss} has, or a gradient added twice.`;
  const order = isOfData ? [length, square] : [square, length && `But ${length}`];
  return order.filter((text) => text !== '').join(' ');
}

/** Numbers that are left out with a unit, a base or a norm, and what of. */
const KNOWN: readonly (readonly [number, string, string])[] = [
  [180 / Math.PI, '180/π', 'degrees stand for radians in one of the two'],
  [Math.LN10, 'ln 10', 'one of the two takes logarithms or powers by 10'],
  [Math.LN2, 'ln 2', 'one of the two takes logarithms or powers by 2'],
  [Math.PI, 'π', 'one of the two leaves it out'],
  [2 * Math.PI, '2π', 'one of the two counts turns for radians'],
  [Math.sqrt(2 * Math.PI), '√(2π)', 'one of the two leaves the norm of a normal density out'],
];
/** A root of a larger number would be one of many. */
const LARGEST_ROOT = 64;
/** A known number is told from any other by five digits. */
const KNOWN_WITHIN = 1e-5;

function inverseOf(name: string): string {
  return name.includes('/') ? `1/(${name})` : `1/${name}`;
}

/** Whether a factor may be a number. */
type IsNear = (value: number) => boolean;

/** Where a factor is a known number or one over it, that. */
function knownReading(isNear: IsNear): string {
  for (const [value, name, what] of KNOWN)
    if (isNear(value) || isNear(1 / value))
      return `That is ${isNear(value) ? name : inverseOf(name)}: ${what}. `;
  for (let k = 2; k <= LARGEST_ROOT; k += 1) {
    const root = Math.sqrt(k);
    if (Number.isInteger(root) || !(isNear(root) || isNear(1 / root))) continue;
    return `That is ${isNear(root) ? '' : '1/'}√${k}: one of the two leaves out a scale by the root of a length. `;
  }
  return '';
}

/** Where a factor is made of the value of the loss itself, the function of it whose derivative is claimed. */
function lossReading(isNear: IsNear, { evidence, words }: Context): string {
  const value = Math.abs(evidence.preconditions.losses[0]?.values[0] ?? 0);
  if (evidence.kind !== 'gradients' || evidence.against !== undefined) return '';
  const functions: readonly (readonly [number, string])[] = [
    [value, 'half the square of it'],
    [2 * value, 'its square'],
    [1 / value, 'its logarithm'],
    [1 / (2 * value), 'its root'],
    [Math.exp(value), 'its exponential'],
  ];
  const found = functions.find(([factor]) => isNear(factor));
  return found === undefined
    ? ''
    : `That is what ${found[1]} has: ${words.claimant} may return the derivative of ${found[1]}, not of the ${words.loss}. `;
}

/** What a single number may be in a loss. */
const FUNCTIONS: readonly (readonly [(value: number) => number, (name: string) => string])[] = [
  [Math.exp, (name) => `exp(${name})`],
  [(value) => Math.exp(2 * value), (name) => `exp(2·${name})`],
  [Math.abs, (name) => name],
  [(value) => value ** 2, (name) => `${name}²`],
];

/** Where a factor is what another parameter stands for, a temperature or a variance, that. */
function parameterReading(isNear: IsNear, group: readonly WrongParameter[], { parameters }: Context): string {
  for (const one of parameters) {
    if (one.size !== 1 || one.count !== 1 || group.includes(one)) continue;
    for (const [of, text] of FUNCTIONS) {
      const value = of(one.values[0]!);
      if (isNear(value)) return `That is ${text(one.name)}: one of the two leaves it out. `;
      if (isNear(1 / value)) return `That is one over ${text(one.name)}: one of the two leaves it out. `;
    }
  }
  return '';
}

/** Of more samples one more or less is hardly seen. */
const MOST_SAMPLES = 64;

/** Where a factor is n over n − 1, or the reverse, that. */
function sampleReading(size: number): string {
  const large = Math.max(size, 1 / size);
  const less = Math.round(1 / (large - 1));
  if (less < 2 || less >= MOST_SAMPLES || !(Math.abs((less + 1) / less / large - 1) <= SAME_WITHIN))
    return '';
  const shown = size > 1 ? `${less + 1}/${less}` : `${less}/${less + 1}`;
  return `That is ${shown}: perhaps one of the two divides by n, the other by n − 1, for n = ${less + 1}. `;
}

/** Whether the factor is a number that the parameters themselves have: their value, where it is one, or their length. */
function ownReading(
  size: number,
  group: readonly WrongParameter[],
  { words: { claimant, loss } }: Context,
): string {
  const within = withinOf(group, SAME_WITHIN);
  const isNear = (value: number): boolean => Math.abs(value - size) <= within * size;
  const [{ name, values, size: count }] = group as [WrongParameter];
  const first = Math.abs(values[0]!);
  if (group.every((one) => one.values.every((value) => Math.abs(value) === first)) && isNear(first))
    return `That is also the parameter itself: ${claimant} may return the derivative by its logarithm. `;
  if (group.length > 1 || count < 2) return '';
  const length = Math.sqrt(dotProduct(values, values));
  if (isNear(length) || isNear(1 / length))
    return `That is ${isNear(length) ? '' : 'one over '}the length of ${name}: where the ${loss} divides by it, so does the gradient. `;
  return '';
}
