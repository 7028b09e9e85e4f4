/**
 * A request and a point of it → what had been moved there, from what to what, in words: the cause of an error that the user's code throws
 * at a displaced point, which nobody could make sense of without.
 */

import { isMisuse } from '../../errors.js';
import { unravel } from '../array/shape.js';
import type { Frame } from '../subject/subject.js';
import { lossesIn, placeIn } from './joint-points.js';
import type { LossRequest, Path } from './requests.js';

/** An entry that is away from its place. */
interface Move {
  /** Place of the parameter among those checked, and of the entry in it. */
  readonly parameter: number;
  readonly entry: number;
  readonly to: number;
}

/** Parameters with their values at θ. */
type Placed = Pick<Frame, 'parameters' | 'saved'>;

/** So many of the moved entries are listed. */
const MOST_LISTED = 3;

/** What had been moved at the k-th point of a request; undefined at θ itself. */
export function movedAt(request: LossRequest, k: number, subject: Placed): string | undefined {
  if (request.kind === 'joint') {
    const { part, place } = placeIn(request.of.map(lossesIn), k);
    return movedAt(request.of[part]!, place, subject);
  }
  if (request.kind === 'path') return movedAlong(request.path, request.multiples[k]!, subject);
  const { parameter, entries, steps } = request;
  const entry = entries[k >> 1]!;
  const step = (k & 1) === 0 ? steps[k >> 1]! : -steps[k >> 1]!;
  return textOf([{ parameter, entry, to: subject.saved[parameter]![entry]! + step }], subject);
}

/** What had been moved at θ + t v. */
export function movedAlong(path: Path, multiple: number, subject: Placed): string | undefined {
  const moves: Move[] = [];
  for (const { parameter, from, to, weights } of path)
    for (let entry = from; entry < to; entry += 1) {
      const step = multiple * weights.at(entry);
      if (step !== 0) moves.push({ parameter, entry, to: subject.saved[parameter]![entry]! + step });
    }
  return textOf(moves, subject);
}

/** What is away from θ now. */
export function movedFrom(subject: Placed): string | undefined {
  const moves: Move[] = [];
  for (const [parameter, { count, values }] of subject.parameters.entries()) {
    values.renew();
    for (let entry = 0; entry < count; entry += 1) {
      const to = values.get(entry);
      if (!Object.is(to, subject.saved[parameter]![entry])) moves.push({ parameter, entry, to });
    }
  }
  return textOf(moves, subject);
}

function textOf(moves: readonly Move[], { parameters, saved }: Placed): string | undefined {
  if (moves.length === 0) return undefined;
  const listed = moves.slice(0, MOST_LISTED).map(({ parameter, entry, to }) => {
    const { name, shape } = parameters[parameter]!;
    const index = shape.length === 0 ? '' : `[${unravel(entry, shape).join(', ')}]`;
    return `${name}${index} from ${saved[parameter]![entry]} to ${to}`;
  });
  const more = moves.length - listed.length;
  return `${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Gives an error of the user's that has no cause one that says what had been moved; it stays the same error. */
export function withCause(error: unknown, moved: string | undefined): unknown {
  if (moved === undefined || typeof error !== 'object' || error === null || isMisuse(error)) return error;
  const cause = new Error(`expect-gradients had moved ${moved} when this was thrown`);
  if (Reflect.get(error, 'cause') === undefined)
    // What is frozen stays as it is.
    Reflect.defineProperty(error, 'cause', { value: cause, configurable: true, writable: true });
  return error;
}
