/**
 * What can't be checked → the sentence that says so, with its path, what was found there, and the options that leave it out. One line,
 * and with it all others of its kind, so that the options need to be written once.
 */

import { ROOT } from '../path.js';
import type { Misfit } from './misfit.js';
import type { Selector } from './select.js';
import type { Root } from './sight.js';

/** Something with a name that can't be checked. */
type Named = Pick<Misfit, 'name'>;

/** What a message about a tree knows of it. */
export interface Around {
  readonly root: Pick<Root, 'name' | 'box'>;
  /** What is checked, or may be. */
  readonly leaves: readonly Named[];
  readonly selector: Pick<Selector, 'leftOut'>;
}

/** The message about what is no number, nor holds any: the first of it at length, and how to leave out all. */
export function refusal(misfits: readonly Misfit[], around: Around): string {
  const [{ name, text, advice, isCertain, canBeLeftOut }] = misfits as [Misfit];
  const sentence = [`${text}.`, ...(advice === '' ? [] : [advice])].join(' ');
  const { root } = around;
  if (name === root.name)
    return typeof root.box.value === 'function' ? `${sentence} Hand over what it returns.` : sentence;
  if (root.name !== ROOT) return isCertain ? `${sentence} Return only what is differentiated.` : sentence;
  if (!canBeLeftOut) return sentence;
  const way = wayOut(misfits.filter(isField), around);
  return `${sentence} ${way.charAt(0).toUpperCase()}${way.slice(1)}`;
}

function isField({ canBeLeftOut }: Misfit): boolean {
  return canBeLeftOut;
}

/** `leave it out with { except: 'name' }`, and with all others that have to be. */
export function wayOut(left: readonly Named[], { leaves, selector }: Omit<Around, 'root'>): string {
  const [{ name }] = left as [Named];
  const known = selector.leftOut;
  const all = [...new Set([...known, ...broadest(left, leaves)])];
  const one = `leave it out with { except: ${quoted(known.length === 0 ? [name] : [...known, name])} }`;
  return left.length === 1
    ? `${one}.`
    : `${one}, or with all ${left.length} like it: { except: ${quoted(all)} }.`;
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

function quoted(names: readonly string[]): string {
  const each = names.map((name) => (name.includes("'") ? JSON.stringify(name) : `'${name}'`));
  return each.length === 1 ? each[0]! : `[${each.join(', ')}]`;
}
