/**
 * A wrong square matrix → whether the claim is by a symmetric matrix, of which both triangles move at once, while each entry is moved by
 * itself here: the mean of the numeric gradient and its transpose, or their sum in one triangle or both.
 */

import type { Cause, Explanation } from '../../cause.js';
import { type Expected, isAsExpected } from '../../expected.js';
import type { Words } from '../../words.js';
import type { WrongParameter } from '../../wrong-parameter.js';

/** −1 below the diagonal, 1 above it, 0 on both sides. */
type Side = -1 | 0 | 1;

/** What a claim may be off the diagonal: a share of n + nᵀ, on one side or both, and zero on the other. */
interface Rule {
  readonly share: 1 | 0.5;
  readonly claims: Side;
}
const RULES: readonly Rule[] = [
  { share: 0.5, claims: 0 },
  { share: 1, claims: -1 },
  { share: 1, claims: 1 },
  { share: 1, claims: 0 },
  { share: 0.5, claims: -1 },
  { share: 0.5, claims: 1 },
];

export const oneTriangle: Cause<'one-triangle'> = {
  code: 'one-triangle',
  explain(group, { words }) {
    const [parameter] = group as [WrongParameter];
    if (group.length > 1) return undefined;
    const rows = rowsOf(parameter);
    if (rows === undefined) return ofPacked(parameter, words);
    const reads = readSide(parameter, rows);
    // All that is read, in the other triangle: the transpose of it is no sum.
    const rule = RULES.filter(({ claims }) => claims === 0 || claims !== -reads).find((one) =>
      isAsExpected(group, [expectedBy(one, parameter, rows)]),
    );
    return rule && explanationOf(group, { rows, reads }, rule, words);
  },
};

/** The rows of a square matrix, which a flat array may be; undefined where it is none, or was not measured as a whole. */
function rowsOf({ shape, size, heldEntries, hasRows }: WrongParameter): number | undefined {
  const rows = Math.round(Math.sqrt(size));
  if (heldEntries !== undefined || hasRows || shape.length > 2) return undefined;
  return rows > 1 && rows * rows === size && (shape.length === 1 || shape[0] === rows) ? rows : undefined;
}

/** A packed triangle of fewer rows has too few entries to show that it is one. */
const LEAST_PACKED_ROWS = 3;

/** Of a triangle that is stored by itself, row by row, the entries off the diagonal, each of which stands for two, at half or twice what they should be. */
function ofPacked(parameter: WrongParameter, words: Words): Explanation<'one-triangle'> | undefined {
  const { shape, size, heldEntries } = parameter;
  const rows = (Math.sqrt(8 * size + 1) - 1) / 2;
  if (shape.length !== 1 || heldEntries !== undefined || !Number.isInteger(rows)) return undefined;
  if (rows < LEAST_PACKED_ROWS) return undefined;
  for (const side of [-1, 1] as const)
    for (const share of [0.5, 1] as const) {
      if (!isPacked(parameter, rows, side, share)) continue;
      return {
        evidence: { rows, reads: side, claims: side, share },
        title: `The ${words.gradientOf([parameter])}, read as one triangle of a symmetric matrix of ${rows} rows, is off the diagonal ${share < 1 ? 'half' : 'twice'} what it should be.`,
        advice: `Each entry off the diagonal stands for two of the matrix, so that its derivative is the sum of both: ${share < 1 ? 'it counts twice' : `in ${words.differentiated} it counts once`}.`,
      };
    }
  return undefined;
}

/** Whether exactly the entries off the diagonal are wrong, by the factor of a share. */
function isPacked(parameter: WrongParameter, rows: number, side: Side, share: Rule['share']): boolean {
  const { size, wrongEntries, numeric, uncertainty } = parameter;
  const places = new Set(diagonalPlaces(rows, side));
  if (wrongEntries.length !== size - rows || wrongEntries.some((i) => places.has(i))) return false;
  const factor = share === 1 ? 2 : share;
  const made = (array: Float64Array): Float64Array => array.map((x, i) => (places.has(i) ? x : factor * x));
  return isAsExpected([parameter], [{ value: made(numeric), uncertainty: made(uncertainty) }]);
}

/** Where the diagonal is in a lower triangle stored row by row, or in an upper one. */
function diagonalPlaces(rows: number, side: Side): number[] {
  const lengths = Array.from({ length: rows }, (_, k) => (side < 0 ? k + 2 : rows - k));
  return lengths.map((_, k) => lengths.slice(0, k).reduce((sum, length) => sum + length, 0));
}

function expectedBy(
  { share, claims }: Rule,
  { numeric, uncertainty }: WrongParameter,
  rows: number,
): Expected {
  const made = (array: Float64Array): Float64Array =>
    array.map((own, i) => {
      const [row, column] = [Math.floor(i / rows), i % rows];
      if (row === column) return own;
      const isClaimed = claims === 0 || claims === Math.sign(column - row);
      return isClaimed ? share * (own + array[column * rows + row]!) : 0;
    });
  return { value: made(numeric), uncertainty: made(uncertainty) };
}

function explanationOf(
  group: readonly WrongParameter[],
  { rows, reads }: { readonly rows: number; readonly reads: Side },
  { share, claims }: Rule,
  words: Words,
): Explanation<'one-triangle'> {
  const { loss, differentiated } = words;
  const gradient = words.gradientOf(group);
  const where = (side: Side): string => (side < 0 ? 'below' : 'above');
  const read =
    reads === 0
      ? `the ${loss} reads both triangles`
      : `the ${loss} reads the entries ${where(reads)} the diagonal only`;
  const title =
    share < 1 && claims === 0
      ? `The ${gradient} is the mean of what it should be and of its transpose: ${read}.`
      : claims === 0
        ? `The ${gradient} has off its diagonal the derivatives by an entry and by its mirror image together: ${read}.`
        : `The ${gradient} has ${where(claims)} its diagonal ${share < 1 ? 'the mean of ' : ''}the derivatives by both triangles, and zero on the other side: ${read}.`;
  return {
    evidence: { rows, reads, claims, share },
    title,
    advice:
      'That is a gradient by a matrix that stays symmetric; here each entry is moved by itself. ' +
      `Make the matrix symmetric in ${differentiated}, by half the sum with its transpose, or claim the derivative by each entry that is read.`,
  };
}

/** The only triangle in which derivatives are seen; 0 where they are in both. */
function readSide({ numeric, uncertainty }: WrongParameter, rows: number): Side {
  const seen = new Set<number>();
  for (const [i, n] of numeric.entries()) {
    const side = Math.sign((i % rows) - Math.floor(i / rows));
    if (side !== 0 && Math.abs(n) > uncertainty[i]!) seen.add(side);
  }
  return seen.size === 1 ? (seen.has(-1) ? -1 : 1) : 0;
}
