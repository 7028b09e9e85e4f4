/**
 * What can't be checked → the sentence that says so, with its path, what was found there, and the options that leave it out. One line,
 * and with it all others of its kind, so that the options need to be written once.
 */

import { ROOT } from '../path.js';
import type { Misfit } from './misfit.js';
import type { Pattern, Selector } from './select.js';
import type { Root } from './path-view.js';

/** Something with a name that can't be checked. */
type Named = Pick<Misfit, 'name'>;

/** What a message about a tree knows of it. */
export interface Around {
  readonly root: Pick<Root, 'name' | 'box'>;
  /** What is checked, or may be. */
  readonly leaves: readonly Named[];
  readonly selector: Pick<Selector, 'leftOut'>;
}

/**
 * The message about what is no number, nor holds any: the first of it at length, and how to leave out all.
 * @param others what has to be left out for another reason
 */
export function refusal(misfits: readonly Misfit[], around: Around, others: readonly Named[] = []): string {
  const [{ name, text, advice, isCertain, canBeLeftOut }] = misfits as [Misfit];
  const sentence = [`${text}.`, ...(advice === '' ? [] : [advice])].join(' ');
  const { root } = around;
  if (name === root.name)
    return typeof root.box.value === 'function' ? `${sentence} Hand over what it returns.` : sentence;
  if (root.name !== ROOT) return isCertain ? `${sentence} Return only what is differentiated.` : sentence;
  if (!canBeLeftOut) return sentence;
  const way = wayOut([...misfits.filter(isField), ...others], around);
  return `${sentence} ${way.charAt(0).toUpperCase()}${way.slice(1)}`;
}

function isField({ canBeLeftOut }: Misfit): boolean {
  return canBeLeftOut;
}

/** `leave it out with { except: 'name' }`, and with all others that have to be. */
export function wayOut(left: readonly Named[], { leaves, selector }: Omit<Around, 'root'>): string {
  const [{ name }] = left as [Named];
  const known = selector.leftOut;
  const all = [...known.map(quoted), ...shortest(broadest(left, leaves), leaves)];
  const one = `leave it out with { except: ${listed([...known, name].map(quoted))} }`;
  return left.length === 1
    ? `${one}.`
    : `${one}, or with all ${left.length} that have to be: { except: ${listed([...new Set(all)])} }.`;
}

/** The names, those of several below a container of which nothing else is left as that of the container. */
function broadest(left: readonly Named[], leaves: readonly Named[]): readonly string[] {
  const gone = new Set(left.map(({ name }) => name));
  const kept = leaves.filter(({ name }) => !gone.has(name));
  return left.map(({ name }) => {
    const around = containersOf(name).find(
      (container) => !kept.some((leaf) => isBelow(leaf.name, container)),
    );
    return around !== undefined && left.filter((other) => isBelow(other.name, around)).length > 1
      ? around
      : name;
  });
}

/** The names of what is around a place, the outermost first; the root is not among them. */
function containersOf(name: string): readonly string[] {
  const ends = Array.from(name.matchAll(/[.[]/g), ({ index }) => index).filter((end) => end > 0);
  return ends.map((end) => name.slice(0, end)).filter((container) => container !== ROOT);
}

function isBelow(name: string, container: string): boolean {
  return name.startsWith(container) && /[.[]/.test(name.charAt(container.length));
}

/** So many names are listed; of more, those that end alike are told by a pattern for all of them. */
const NAMES_LISTED = 3;

/** The names as options; the fields of many objects, which nothing else is called like, as a RegExp. */
function shortest(names: readonly string[], leaves: readonly Named[]): readonly string[] {
  const unique = [...new Set(names)];
  if (unique.length <= NAMES_LISTED) return unique.map(quoted);
  return unique.map((name) => {
    const [, field] = FIELD.exec(name) ?? [];
    const isAlike = (other: string): boolean => other.endsWith(`.${field}`);
    const isShared = field !== undefined && unique.filter(isAlike).length > 1;
    return isShared && !leaves.some((leaf) => isAlike(leaf.name) && !unique.includes(leaf.name))
      ? `/\\.${field}$/`
      : quoted(name);
  });
}

/** The field of an object that a name ends with. */
const FIELD = /\.(\w+)$/;

function quoted(name: Pattern): string {
  if (typeof name !== 'string') return String(name);
  return /['\\]/.test(name) ? JSON.stringify(name) : `'${name}'`;
}

function listed(options: readonly string[]): string {
  return options.length === 1 ? options[0]! : `[${options.join(', ')}]`;
}
