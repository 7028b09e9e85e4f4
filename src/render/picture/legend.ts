/** What the colours and the marks of the maps mean → the last part of a picture. */

import type { ErrorPicture } from '../../check/report/map-errors.js';
import { KINDS, SHADES } from './colours.js';
import { cellFill, type CellKind, CROSS, ODD, outline } from './cell-style.js';
import { isRoomy } from './error-map.js';
import { stroked } from './style.js';
import { numericOf } from '../nouns.js';
import { type Drawn, element, text } from './svg.js';

/** In pixels. */
const SHADE = 44;
const HEIGHT = 12;
const LINE = 20;
/** Between a mark and its word, and from there to the next mark beside the letters. */
const BESIDE = 8;
const APART = 26;
const LETTER = 8;

/** Around what is nearly as dark as the ground may be. */
const EDGE = { stroke: '#767676' } as const;

/** The legend. */
export function legend({ range, maps }: ErrorPicture): Drawn {
  const all = maps.map(({ errors }) => errors);
  const swatches: Swatch[] = [
    ['right', range === undefined ? 'compared' : 'right'],
    ...(all.some((errors) => errors.some(Number.isNaN)) ? [['open', 'not compared'] as const] : []),
    ...(all.some((errors) => errors.includes(Infinity)) ? [['odd', 'not a finite number'] as const] : []),
    ...(maps.some(({ worst }) => worst !== undefined) ? [['worst', 'worst'] as const] : []),
  ];
  const above = range === undefined ? { markup: '', height: 0 } : scale(maps);
  return {
    height: above.height + HEIGHT + 2,
    markup: above.markup + keys(swatches, above.height + 1),
  };
}

/**
 * The shades by their ratios.
 * @param maps where any has room for them, smaller errors are smaller squares
 */
function scale(maps: ErrorPicture['maps']): Drawn {
  const lines = [
    `Wrong entries by analytic / ${numericOf(maps[0]!)}.`,
    ...(maps.some(isRoomy)
      ? ['Smaller squares are errors below 1/10, and below 1/1000, of the largest.']
      : []),
  ];
  const title = lines.map((line, k) => text(0, k * LINE + 14, 'dim', line)).join('');
  const y = (lines.length + 1) * LINE + 6;
  const colours = SHADES.map((_, k) =>
    element('rect', { ...cellFill(`s${k}`), x: k * SHADE, y, width: SHADE, height: HEIGHT }),
  );
  const borders = SHADES.slice(0, -1).map(({ to }, k) =>
    text((k + 1) * SHADE, y + HEIGHT + 12, 'index middle', String(to)),
  );
  return {
    height: y + HEIGHT + LINE + 6,
    markup: [title, ...kinds(y - 4), ...colours, ...borders].join(''),
  };
}

/** What the shades have in common, above brackets over them. */
function kinds(y: number): string[] {
  let before = 0;
  return KINDS.map(([name, count]) => {
    const [from, to] = [before * SHADE + 2, (before + count) * SHADE - 2];
    before += count;
    const bracket = element('path', { d: `M${from} ${y + 1}v-3H${to}v3`, ...stroked('side') });
    return bracket + text((from + to) / 2, y - 6, 'index middle', name);
  });
}

type Swatch = readonly [of: CellKind | 'odd' | 'worst', content: string];

/** The other things that a cell may be, in a row. */
function keys(swatches: readonly Swatch[], y: number): string {
  let x = 2;
  return swatches
    .map(([of, content]) => {
      const box = { x, y, width: HEIGHT, height: HEIGHT };
      const mark =
        of === 'worst'
          ? outline(x + 1, y + 1, HEIGHT - 2)
          : element('rect', { ...cellFill(of === 'odd' ? ODD : of), ...box, ...EDGE });
      const cross =
        of === 'odd' ? element('path', { class: 'cross', ...CROSS, d: `M${x} ${y}l12 12m0-12l-12 12` }) : '';
      const word = text(x + HEIGHT + BESIDE, y + 11, 'dim', content);
      x += HEIGHT + APART + LETTER * content.length;
      return mark + cross + word;
    })
    .join('');
}
