/** A segment of a path → the entries that it moves, and their weights, each of which is drawn once. */

import type { Written } from '../subject/saved.js';
import type { Path, Segment } from './requests.js';

/** The entries that a segment moves, and their weights. */
interface Moves {
  readonly entries: Uint32Array;
  readonly weights: Float64Array;
}

/** As long as a path is in use its weights are kept, which takes far longer to draw than to read. */
const drawn = new WeakMap<Segment, Moves>();

export function movesOf(segment: Segment): Moves {
  const known = drawn.get(segment);
  if (known !== undefined) return known;
  const moves = drawMoves(segment);
  drawn.set(segment, moves);
  return moves;
}

function drawMoves({ from, to, weights: { few }, weights }: Segment): Moves {
  const most = few?.length ?? to - from;
  const entries = new Uint32Array(most);
  const own = new Float64Array(most);
  let count = 0;
  for (let k = 0; k < most; k += 1) {
    const i = few === undefined ? from + k : few[k]!;
    const weight = i >= from && i < to ? weights.at(i) : 0;
    // Adding 0 · v would turn −0 into 0.
    if (weight === 0) continue;
    entries[count] = i;
    own[count] = weight;
    count += 1;
  }
  return { entries: entries.subarray(0, count), weights: own.subarray(0, count) };
}

/** The entries that moves along a path write to. */
export function writtenBy(path: Path): readonly Written[] {
  return path.map((segment) => ({ parameter: segment.parameter, entries: movesOf(segment).entries }));
}
