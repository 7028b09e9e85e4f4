/** The panel of one parameter: its entries as cells of colour, and beside them what the parameter is and which entry is the worst. */

import type { ErrorMap, ErrorPicture } from '../../check/report/map-errors.js';
import type { ParameterReport } from '../../report.js';
import { OPEN, RIGHT, shadeOf, SHADES } from './colours.js';
import { entryName } from '../diff.js';
import { broken } from '../lines.js';
import { numericOf } from '../nouns.js';
import { counted, grouped, pairOfNumbers } from '../numbers.js';
import { cells, type Drawn, element, shortened, text } from './svg.js';

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
const LINE = 18;
/** Where the words begin, and how many letters they have room for. */
const WORDS = 356;
const LETTERS = 42;
/** Of the names, which are set in wider letters. */
const LETTERS_OF_NAME = 38;

/** Edges of cells that are sharp. */
const CRISP = { 'shape-rendering': 'crispEdges' } as const;
const RULE = { fill: 'none', stroke: '#ffffff', 'stroke-opacity': 0.3, ...CRISP } as const;
export const CROSS = { fill: 'none', stroke: '#000000', 'stroke-width': 1.5 } as const;

/** Before the name of the entry that is marked. */
const WORST = 'worst: ';

/** What a cell may be, but for the shades of what is wrong: its class, which has its colour. */
export type CellKind = 'right' | 'open' | `s${number}`;

/** A claim that is no number is as wrong as can be. */
export const ODD: CellKind = `s${SHADES.length - 1}`;

/** The colour of a kind of cell; the hatching, where a program does not know patterns, by the colour of its ground. */
export function cellFill(kind: CellKind): { readonly class: string; readonly fill: string } {
  if (kind === 'right') return { class: kind, fill: RIGHT };
  if (kind === 'open') return { class: kind, fill: `url(#${kind}) ${OPEN.ground}` };
  return { class: kind, fill: SHADES[Number(kind.slice(1))]!.colour };
}

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

/** The panel of a parameter. */
export function panel(map: ErrorMap, range: ErrorPicture['range']): Drawn {
  const { errors, ratios, columns, cell } = map;
  const across = Math.ceil(columns / cell.columns);
  const down = Math.ceil(errors.length / across);
  const side = Math.min(LARGEST_CELL, Math.floor(LONGEST_SIDE / Math.max(across, down)));
  const isRoomy = side >= LEAST_RULED;
  const kinds = Array.from(errors, (error, k) => kindOf(error, ratios[k]!, range));
  const inset = (k: number): number =>
    isRoomy && kinds[k]!.startsWith('s') ? Math.floor(side * insetOf(errors[k]!, range)) : 0;
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
      isRoomy ? element('path', { class: 'rule', ...RULE, d: ruled(across, down, side) }) : '',
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

/** A square outline that stands out from any colour. */
export function outline(x: number, y: number, side: number): string {
  const square = { x: x - 2, y: y - 2, width: side + 4, height: side + 4 };
  return (
    element('rect', { class: 'mark under', ...square, fill: 'none', stroke: '#000000', 'stroke-width': 4 }) +
    element('rect', { class: 'mark', ...square, fill: 'none', stroke: '#ffffff', 'stroke-width': 1.5 })
  );
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

/** What stands beside a map. */
function wordsOf(map: ErrorMap): Drawn {
  const { parameter, worst } = map;
  const lines: (readonly [of: string, content: string])[] = [
    ['name', shortened(parameter.name, LETTERS_OF_NAME)],
    ...paragraph(countsOf(parameter), 'plain'),
  ];
  const marks: string[] = [];
  if (worst !== undefined) {
    const [numeric, analytic] = pairOfNumbers(worst.numeric, worst.analytic, worst.difference);
    const side = numericOf(map);
    const source = parameter.derivative === undefined ? 'from the loss' : 'measured';
    marks.push(outline(WORDS + 2, lines.length * LINE + 6, 10));
    lines.push(
      ['entry', `${WORST}${shortened(entryName(worst), LETTERS_OF_NAME - WORST.length)}`],
      ['number', `${side.padEnd(8)} ${numeric}  ${map.against === undefined ? source : ''}`.trimEnd()],
      ['number', `${'analytic'.padEnd(side.length)} ${analytic}  claimed`],
    );
  }
  for (const remark of remarksOf(map)) lines.push(...paragraph(remark, 'dim'));
  const written = lines.map(([of, content], k) =>
    text(WORDS + (of === 'entry' ? 22 : 0), k * LINE + 14, of, content),
  );
  return { height: lines.length * LINE + 4, markup: [...written, ...marks].join('') };
}

function paragraph(content: string, of: string): (readonly [of: string, content: string])[] {
  return broken(content, LETTERS).map((line) => [of, line]);
}

function countsOf({ shape, count, due, checked, verdict, wrong, wrongIs }: ParameterReport): string {
  const all = counted(count, 'entry', 'entries');
  const entries = due < count ? `${grouped(due)} of ${all} due` : all;
  const size =
    shape.length === 0 ? 'scalar' : `${shape.length === 1 ? '' : `${shape.join(' × ')}, `}${entries}`;
  if (verdict === 'inconclusive') return `${size}, ${grouped(checked)} compared`;
  return `${size}, ${wrong === 0 ? 'none wrong by itself' : `${wrongIs ?? ''} ${grouped(wrong)} wrong`.trim()}`;
}

/** What has to be known to read a map. */
function remarksOf(map: ErrorMap): string[] {
  const { shape, rows, columns, cell, along } = map;
  const isLine = shape.length < 2;
  const share = isLine ? grouped(cell.columns) : `${grouped(cell.rows)} × ${grouped(cell.columns)}`;
  return [
    ...(cell.rows * cell.columns > 1 ? [`Each cell is the worst of ${share} entries.`] : []),
    ...(isLine && rows > 1 ? [`In lines of ${grouped(columns)} entries.`] : []),
    ...(shape.length > 2 ? ['Rows are the first dimension, columns all others.'] : []),
    ...(along === undefined ? [] : [ALONG[along]]),
    ...remarksOnEntries(map),
  ];
}

/** What the cells are where they are no entries. */
const ALONG = {
  cotangent: 'Each cell is an entry of a random sum of the outputs.',
  tangents: 'Each column is a random tangent, which moves all entries at once.',
} as const;

/** What was not compared, or not by itself. */
function remarksOnEntries({ parameter, known }: ErrorMap): string[] {
  const { due, checked, directions = 0, wrong } = parameter;
  const missing = due - checked;
  switch (known) {
    case 'sample':
      return ['Only a sample of the entries was measured one by one.'];
    case 'located':
      return ['Only the entries that were located are known; of the others nothing is.'];
    case 'together':
      return [
        `Only ${counted(wrong, 'entry was', 'entries were')} measured one by one; the others agree along ${counted(directions, 'random direction')}.`,
      ];
    case 'each':
      if (missing === 0) return [];
      return [`${counted(missing, 'entry', 'entries')} ${missing === 1 ? 'was' : 'were'} not compared.`];
  }
}
