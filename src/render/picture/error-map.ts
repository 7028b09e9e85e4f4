/** The panel of one parameter: its entries as cells of colour, and beside them what the parameter is and which entry is the worst. */

import type { ErrorMap, ErrorPicture } from '../../check/report/map-errors.js';
import { type CellKind, cellFill, CRISP, CROSS, ODD, outline, RULE } from './cell-style.js';
import { shadeOf } from './colours.js';
import { wordsOf } from './map-words.js';
import { cells, type Drawn, element, text } from './svg.js';

/** In pixels. */
const LARGEST_CELL = 28;
const LONGEST_SIDE = 280;
/** Lines between cells are drawn where they leave enough of them. */
const LEAST_RULED = 8;
/** For the index of a row beside the map, and of a column above it. */
const ROW_LABELS = 44;
const COLUMN_LABELS = 16;
/** Between the letters above a map and its edge, which an outline may go over. */
const ABOVE_MARK = 7;

/** The errors of which a cell is filled by so much less: this share of the largest, and less. */
const LARGE = 1 / 10;
const MIDDLE = 1 / 1000;
/** What is left free of a cell to each side, by the size of its error. */
const INSETS = [0, 1 / 6, 1 / 3] as const;

function insetOf(error: number, range: ErrorPicture['range']): number {
  const share = range === undefined || error === Infinity ? 1 : error / range.to;
  return share >= LARGE ? INSETS[0] : share >= MIDDLE ? INSETS[1] : INSETS[2];
}

/** What a cell is. */
function kindOf(error: number, ratio: number, range: ErrorPicture['range']): CellKind {
  if (Number.isNaN(error)) return 'open';
  if (range === undefined || !(error > range.from)) return 'right';
  return Number.isNaN(ratio) ? ODD : `s${shadeOf(ratio)}`;
}

/** How many cells there are, and how large they are. */
function gridOf({ errors, columns, cell }: ErrorMap): Record<'across' | 'down' | 'side', number> {
  const across = Math.ceil(columns / cell.columns);
  const down = Math.ceil(errors.length / across);
  return {
    across,
    down,
    side: Math.min(LARGEST_CELL, Math.floor(LONGEST_SIDE / Math.max(across, down))),
  };
}

/** Whether cells are large enough for lines between them, and for squares of several sizes. */
export function isRoomy(map: ErrorMap): boolean {
  return gridOf(map).side >= LEAST_RULED;
}

/** The panel of a parameter. */
export function panel(map: ErrorMap, range: ErrorPicture['range']): Drawn {
  const { errors, ratios } = map;
  const { across, down, side } = gridOf(map);
  const hasRoom = isRoomy(map);
  const kinds = Array.from(errors, (error, k) => kindOf(error, ratios[k]!, range));
  const inset = (k: number): number =>
    hasRoom && kinds[k]!.startsWith('s') ? Math.floor(side * insetOf(errors[k]!, range)) : 0;
  const paths = [...new Set(kinds)].toSorted().map((kind) => {
    const isOwn = (k: number): boolean => kinds[k] === kind && inset(k) === 0;
    const small = Array.from(errors.keys()).filter((k) => kinds[k] === kind && inset(k) > 0);
    const d =
      cells(across, errors.length, side, isOwn) +
      small.map((k) => smaller(k, across, side, inset(k))).join('');
    return d === '' ? '' : element('path', { ...cellFill(kind), d, ...CRISP });
  });
  // Behind small squares is what is right.
  const behind = cells(across, errors.length, side, (k) => inset(k) > 0);
  const ground = behind === '' ? '' : element('path', { ...cellFill('right'), d: behind, ...CRISP });
  const drawing = element(
    'g',
    { transform: `translate(${ROW_LABELS} ${COLUMN_LABELS})` },
    [
      ground,
      ...paths,
      hasRoom ? element('path', { class: 'rule', ...RULE, d: ruled(across, down, side) }) : '',
      errors.includes(Infinity)
        ? element('path', { class: 'cross', ...CROSS, d: crossed(errors, across, side) })
        : '',
      marked(map, across, side),
    ].join(''),
  );
  const words = wordsOf(map);
  return {
    height: Math.max(COLUMN_LABELS + down * side, words.height),
    markup: drawing + labels(map, across * side, down * side, side) + words.markup,
  };
}

/** A cell that is not filled to its sides. */
function smaller(place: number, across: number, side: number, inset: number): string {
  const [x, y] = [(place % across) * side + inset, Math.floor(place / across) * side + inset];
  const own = side - 2 * inset;
  return `M${x} ${y}h${own}v${own}h${-own}z`;
}

function ruled(across: number, down: number, side: number): string {
  const upright = Array.from({ length: across - 1 }, (_, k) => `M${(k + 1) * side} 0v${down * side}`);
  const level = Array.from({ length: down - 1 }, (_, k) => `M0 ${(k + 1) * side}h${across * side}`);
  return [...upright, ...level].join('');
}

/** Crosses over the cells in which a claim is not finite. */
function crossed(errors: Float64Array, across: number, side: number): string {
  return Array.from(errors, (error, place) =>
    error === Infinity
      ? `M${(place % across) * side} ${Math.floor(place / across) * side}l${side} ${side}m0 ${-side}l${-side} ${side}`
      : '',
  ).join('');
}

/** The outline of the cell with the worst entry. */
function marked({ errors, worst }: ErrorMap, across: number, side: number): string {
  if (worst === undefined) return '';
  const place = placeOfLargest(errors);
  const x = (place % across) * side;
  const y = Math.floor(place / across) * side;
  return outline(x, y, side);
}

function placeOfLargest(errors: Float64Array): number {
  return errors.reduce(
    (best, error, k) => (error > errors[best]! || Number.isNaN(errors[best]!) ? k : best),
    0,
  );
}

/** The indices of the first and the last row and column; beside the lines of a vector those that they begin with. */
function labels({ rows, columns, shape }: ErrorMap, width: number, height: number, side: number): string {
  const lines = shape.length < 2 && rows > 1;
  const last = lines ? (rows - 1) * columns : rows - 1;
  const y = COLUMN_LABELS + Math.max(side / 2 + 4, 8);
  const beside = [0, last].map((index, k) =>
    text(ROW_LABELS - 6, y + k * (height - side), 'index end', String(index)),
  );
  const above = [
    text(ROW_LABELS, COLUMN_LABELS - ABOVE_MARK, 'index', '0'),
    text(ROW_LABELS + width, COLUMN_LABELS - ABOVE_MARK, 'index end', String(columns - 1)),
  ];
  return [...(rows > 1 ? beside : []), ...(columns > 1 && !lines ? above : [])].join('');
}
