/** What a cell of a map is → its colour, and the marks that may lie over it. */

import { OPEN, RIGHT, SHADES } from './colours.js';
import { element } from './svg.js';

type Attributes = Readonly<Record<string, string | number>>;

/** Edges of cells that are sharp. */
export const CRISP: Attributes = { 'shape-rendering': 'crispEdges' };
/** Lines between cells. */
export const RULE: Attributes = { fill: 'none', stroke: '#ffffff', 'stroke-opacity': 0.3, ...CRISP };
/** Over a claim that is no number. */
export const CROSS: Attributes = { fill: 'none', stroke: '#000000', 'stroke-width': 1.5 };

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

/** A square outline that stands out from any colour. */
export function outline(x: number, y: number, side: number): string {
  const square = { x: x - 2, y: y - 2, width: side + 4, height: side + 4 };
  return (
    element('rect', { class: 'mark under', ...square, fill: 'none', stroke: '#000000', 'stroke-width': 4 }) +
    element('rect', { class: 'mark', ...square, fill: 'none', stroke: '#ffffff', 'stroke-width': 1.5 })
  );
}
