/**
 * What a cause of an error is: something that, taken away from the claim, leaves what the loss says. And how causes are
 * tried: first whether one explains all wrong parameters together, then for pairs of them, then for each by itself; the
 * specific before the general. What none explains is told as such.
 */

import type { Finding, FindingCode } from '../report.js';
import { aboutOf, type WrongParameter, type Context, contextOf } from './wrong-parameter.js';
import type { Evidence } from '../check/measurement.js';

/** What a cause says about the parameters that it explains; the rest of a finding is the search's. */
export type Explanation = Pick<Finding, 'evidence' | 'title' | 'advice'>;

export interface Cause {
  readonly code: FindingCode;
  /** Whether it may be about what two parameters have of each other's. */
  readonly crosses?: boolean;
  /**
   * Whether it is believed only where nothing is left unexplained, or unseen: what it looks like, an error that goes on upstream can look
   * like in one of the parameters that it reaches.
   */
  readonly stands?: 'alone';
  /** Whether it may be about few entries of a parameter, of which the others were not measured. */
  readonly few?: boolean;
  /** What it makes of these wrong parameters together; undefined where it doesn't explain all of their error. */
  explain(group: readonly WrongParameter[], context: Context): Explanation | undefined;
}

/** Pairs grow with the square of the parameters; beyond so many wrong ones they are not tried. */
const MOST_CROSSED = 64;

/**
 * The findings about wrong parameters, by the order of the causes, and from the output backwards.
 * @param last what is said of all together that no cause explains
 */
export function explainErrors(all: readonly Cause[], last: Cause, evidence: Evidence): readonly Finding[] {
  const isPart = evidence.norms.share < 1;
  const causes = all.filter(({ stands }) => !(isPart && stands === 'alone'));
  const context = contextOf(evidence);
  const { wrongOnes } = context;
  let found: Found[] = [];
  let open = wrongOnes;
  /** Tries each cause on one group; whether any explains it. */
  const tryOn = (group: readonly WrongParameter[], candidates: readonly Cause[]): boolean => {
    const areFew = group.some(({ few }) => few);
    for (const cause of candidates) {
      if (areFew && cause.few !== true) continue;
      const explanation = cause.explain(group, context);
      if (explanation === undefined) continue;
      const finding = { code: cause.code, ...nameOf(group, wrongOnes), ...explanation };
      found.push({ cause, group, finding });
      open = open.filter((parameter) => !group.includes(parameter));
      return true;
    }
    return false;
  };
  if (wrongOnes.length > 1 && tryOn(wrongOnes, causes)) return found.map(({ finding }) => finding);
  const crossing = causes.filter(({ crosses }) => crosses);
  if (wrongOnes.length > 2 && wrongOnes.length <= MOST_CROSSED)
    for (const pair of pairsOf(wrongOnes))
      if (pair.every((parameter) => open.includes(parameter))) tryOn(pair, crossing);
  for (const parameter of open) tryOn([parameter], causes);
  if (open.length > 0) found = found.filter(({ cause }) => cause.stands !== 'alone');
  const explained = new Set(found.flatMap(({ group }) => group));
  const findings = found
    .toSorted((a, b) => causes.indexOf(a.cause) - causes.indexOf(b.cause) || placeOf(b) - placeOf(a))
    .map(({ finding }) => finding);
  const left = wrongOnes.filter((parameter) => !explained.has(parameter));
  const rest = left.length === 0 ? undefined : last.explain(left, context);
  if (rest !== undefined) findings.push({ code: last.code, ...aboutOf(left.at(-1)!), ...rest });
  return findings;
}

interface Found {
  readonly cause: Cause;
  readonly group: readonly WrongParameter[];
  readonly finding: Finding;
}

function placeOf({ group }: Found): number {
  return group.at(-1)!.place;
}

/** One parameter is named; where one cause explains all the wrong ones, or two together, none is. */
function nameOf(
  group: readonly WrongParameter[],
  wrongOnes: readonly WrongParameter[],
): Pick<Finding, 'parameter' | 'output'> {
  // Of a Jacobian several may be about one parameter.
  if (new Set(group.map(({ name }) => name)).size === 1 && group.length > 1)
    return { parameter: group[0]!.name };
  const whole = group.length > 1 && group.length === wrongOnes.length;
  return whole ? {} : aboutOf(group.at(-1)!);
}

function* pairsOf(
  wrongOnes: readonly WrongParameter[],
): Generator<readonly [WrongParameter, WrongParameter]> {
  for (const [k, second] of wrongOnes.entries())
    for (const first of wrongOnes.slice(0, k)) if (first.size === second.size) yield [first, second];
}
