/**
 * Causes and wrong parameters → the findings that explain them. A cause is something that, taken away from the analytic gradient, leaves
 * the numeric one. First it is asked whether one cause explains all wrong parameters together, then for pairs of them, then for each by
 * itself; the specific before the general. What none explains is said to be so.
 */

import type { Finding, FindingCode, FindingOf } from '../report.js';
import { type About, aboutOf } from './names.js';
import type { Context, WrongParameter } from './wrong-parameter.js';

/** What a cause says about the parameters that it explains; the rest of a finding is added here. */
export type Explanation<Code extends FindingCode> = Pick<FindingOf<Code>, 'evidence' | 'title' | 'advice'>;

export interface Cause<Code extends FindingCode = FindingCode> {
  readonly code: Code;
  /** Whether it may be about what two parameters have of each other's. */
  readonly pairwise?: boolean;
  /**
   * Whether it is believed only where nothing is left unexplained, or unseen: what it looks like, an error that goes on upstream can look
   * like in one of the parameters that it reaches.
   */
  readonly exclusive?: boolean;
  /** Whether it may be about few entries of a parameter, of which the others were not measured. */
  readonly sparse?: boolean;
  /** What it makes of these wrong parameters together; undefined where it doesn't explain all of their error. */
  explain(group: readonly WrongParameter[], context: Context): Explanation<Code> | undefined;
}

/** Pairs grow with the square of the parameters; beyond so many wrong ones they are not tried. */
const MOST_PAIRED = 64;

/** Wrong parameters and the cause that explains them. */
interface Explained {
  readonly cause: Cause;
  readonly group: readonly WrongParameter[];
  readonly finding: Finding;
}

/**
 * The findings about wrong parameters, by the order of the causes, and from the output backwards.
 * @param fallback what is said of all those together that no cause explains
 */
export function explainErrors(all: readonly Cause[], fallback: Cause, context: Context): readonly Finding[] {
  const { evidence, wrong } = context;
  const isPart = evidence.norms.share < 1;
  const causes = all.filter(({ exclusive }) => !(isPart && exclusive === true));
  const together = wrong.length > 1 ? explainBy(causes, wrong, context) : undefined;
  if (together !== undefined) return [together.finding];
  const inPairs = explainPairs(causes, context);
  const single = without(wrong, inPairs).flatMap(
    (parameter) => explainBy(causes, [parameter], context) ?? [],
  );
  const explained = [...inPairs, ...merged(single, context)];
  const isComplete = without(wrong, explained).length === 0;
  const believed = explained.filter(({ cause }) => isComplete || cause.exclusive !== true);
  const findings = believed
    .toSorted((a, b) => causes.indexOf(a.cause) - causes.indexOf(b.cause) || placeOf(b) - placeOf(a))
    .map(({ finding }) => finding);
  const left = without(wrong, believed);
  const rest = left.length === 0 ? undefined : fallback.explain(left, context);
  return rest === undefined ? findings : [...findings, findingOf(fallback, aboutOf(left.at(-1)!), rest)];
}

/** The first cause that explains a group, if any does. */
function explainBy(
  causes: readonly Cause[],
  group: readonly WrongParameter[],
  context: Context,
): Explained | undefined {
  const isSparse = group.some(({ sparse }) => sparse);
  for (const cause of causes) {
    const explanation = isSparse && cause.sparse !== true ? undefined : cause.explain(group, context);
    if (explanation === undefined) continue;
    return { cause, group, finding: findingOf(cause, aboutGroup(group, context), explanation) };
  }
  return undefined;
}

/** Pairs of as many entries that have something of each other's, no parameter in two of them. */
function explainPairs(causes: readonly Cause[], context: Context): readonly Explained[] {
  const { wrong } = context;
  // Two that are all there is have been tried together.
  if (wrong.length < 3 || wrong.length > MOST_PAIRED) return [];
  const pairwise = causes.filter((cause) => cause.pairwise === true);
  const found: Explained[] = [];
  const open = new Set(wrong);
  for (const [k, second] of wrong.entries())
    for (const first of wrong.slice(0, k)) {
      if (first.size !== second.size || !open.has(first) || !open.has(second)) continue;
      const explained = explainBy(pairwise, [first, second], context);
      if (explained === undefined) continue;
      found.push(explained);
      open.delete(first);
      open.delete(second);
    }
  return found;
}

/** Parameters that a cause explains one by one, as one finding where it explains several of them together: one factor is one mistake. */
function merged(single: readonly Explained[], context: Context): readonly Explained[] {
  const open = new Set(single);
  return single.flatMap((one) => {
    if (!open.delete(one)) return [];
    let joint = one;
    const { code } = one.cause;
    for (const other of open) {
      if (other.cause.code !== code) continue;
      const group = [...joint.group, ...other.group];
      const both = [one.cause, other.cause].flatMap((cause) => explainBy([cause], group, context) ?? []);
      if (both[0] === undefined) continue;
      joint = both[0];
      open.delete(other);
    }
    return [joint];
  });
}

/** Those of some parameters that are not among the explained. */
function without(
  wrong: readonly WrongParameter[],
  explained: readonly Explained[],
): readonly WrongParameter[] {
  const gone = new Set(explained.flatMap(({ group }) => group));
  return wrong.filter((parameter) => !gone.has(parameter));
}

function placeOf({ group }: Explained): number {
  return group.at(-1)!.place;
}

function findingOf(cause: Cause, about: About, explanation: Explanation<FindingCode>): Finding {
  // The evidence is that of the cause's own code, which the type of a list of causes no longer knows.
  return { code: cause.code, ...about, ...explanation } as Finding;
}

/** One parameter is named, of two the last; where one cause explains all the wrong ones, none is. */
function aboutGroup(group: readonly WrongParameter[], { wrong }: Context): About {
  // Of a Jacobian several may be about one parameter.
  if (new Set(group.map(({ name }) => name)).size === 1 && group.length > 1)
    return { parameter: group[0]!.name };
  const isWhole = group.length > 1 && group.length === wrong.length;
  return isWhole ? {} : aboutOf(group.at(-1)!);
}
