/**
 * The picture of a failed check, an SVG: what came of it, a map of the errors of each parameter that is wrong, and what the colours mean.
 * It is drawn from the data alone, loads nothing, and brings its own ground, so that it can be read on any page, light or dark.
 */

import type { ErrorPicture } from '../../check/report/map-errors.js';
import type { Report } from '../../report.js';
import { RIGHT, WRONG } from './colours.js';
import { CLASS, type Drawn, outline, panel } from './error-map.js';
import { entryName } from '../diff.js';
import { labelOf, numericOf } from '../nouns.js';
import { broken } from '../lines.js';
import { counted, grouped, magnitude, plain } from '../numbers.js';
import { sentence } from '../sentences.js';
import { element, escaped, shortened, text } from './svg.js';

/** In pixels. */
const WIDTH = 720;
const MARGIN = 20;
const GAP = 24;
const LINE = 20;
/** Letters of the heading in a line. */
const LETTERS = 74;
const SCALE_WIDTH = 300;
const SCALE_HEIGHT = 12;
/** At most so many ticks on the scale. */
const MOST_TICKS = 7;

const STYLE = [
  'svg{font:13px system-ui,"Segoe UI",Helvetica,Arial,sans-serif;--ground:#fff;--ink:#1a1a1a;--pale:#5c5c5c;--frame:#d0d0d0}',
  '@media(prefers-color-scheme:dark){svg{--ground:#17191c;--ink:#ececec;--pale:#a8a8a8;--frame:#3c3f44}}',
  '.ground{fill:var(--ground);stroke:var(--frame)}text{fill:var(--ink)}',
  '.title{font-size:15px;font-weight:600}.dim,.index{fill:var(--pale)}.end{text-anchor:end}.middle{text-anchor:middle}',
  '.name,.entry,.number,.index{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}',
  '.name{font-size:14px;font-weight:600}.entry,.number{font-size:12px}.index{font-size:10px}',
  'path,.swatch{shape-rendering:crispEdges}.rule{stroke:#fff;stroke-opacity:.3;fill:none}',
  '.mark{fill:none;stroke:#fff;stroke-width:1.5}.under{stroke:#000;stroke-width:4}.cross{stroke:#000;stroke-width:1.5;fill:none;shape-rendering:auto}',
  `.${CLASS.right}{fill:${RIGHT}}.${CLASS.open}{fill:url(#${CLASS.open});stroke:none}`,
  ...WRONG.map((colour, k) => `.e${k}{fill:${colour}}`),
].join('');

/** Hatching, for entries that were not compared. */
const HATCHING = `<pattern id="${CLASS.open}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#e4e4e4"/><path d="M-1 1l2-2M0 6l6-6M5 7l2-2" stroke="#8c8c8c" style="shape-rendering:auto"/></pattern>`;

/** The picture as an SVG document; undefined where there is nothing to see. */
export function errorPicture(report: Report, unnamed: ErrorPicture): string | undefined {
  if (unnamed.maps.length === 0) return undefined;
  const maps = unnamed.maps.map((map) => ({
    ...map,
    parameter: { ...map.parameter, name: labelOf(map.parameter, report) },
  }));
  const picture: ErrorPicture = { ...unnamed, maps };
  const parts: Drawn[] = [
    heading(report),
    ...picture.maps.map((map) => panel(map, picture.range)),
    ...(picture.more > 0 ? [remark(picture.more)] : []),
    legend(picture),
  ];
  let y = MARGIN;
  const body = parts.map(({ markup, height }) => {
    const placed = element('g', { transform: `translate(${MARGIN} ${y})` }, markup);
    y += height + GAP;
    return placed;
  });
  const height = y - GAP + MARGIN;
  const size = { width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}` };
  const ground = element('rect', {
    class: 'ground',
    x: 0.5,
    y: 0.5,
    width: WIDTH - 1,
    height: height - 1,
    rx: 8,
  });
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', role: 'img', ...size },
    [
      `<title>${escaped(sentence(report, false))}</title>`,
      `<desc>${escaped(descriptionOf(picture))}</desc>`,
      `<style>${STYLE}</style>`,
      `<defs>${HATCHING}</defs>`,
      ground,
      ...body,
    ].join('\n'),
  );
}

/** What is seen, for those who don't see. */
function descriptionOf({ maps }: ErrorPicture): string {
  return maps
    .map(({ parameter, worst, ...map }) =>
      worst === undefined
        ? `${grouped(parameter.checked)} of ${counted(parameter.due, 'entry', 'entries')} of ${parameter.name} were compared.`
        : `The worst entry of ${parameter.name} is ${entryName(worst)}: ${numericOf(map)} ${plain(worst.numeric)}, analytic ${plain(worst.analytic)}.`,
    )
    .join(' ');
}

function heading(report: Report): Drawn {
  const lines = broken(sentence(report, false), LETTERS).map((line) => shortened(line, LETTERS));
  const { difference, tolerance } = report;
  const rule = `difference ${magnitude(difference)}, tolerance ${plain(tolerance)}`;
  const markup = lines.map((line, k) => text(0, k * LINE + 14, 'title', line));
  return {
    height: (lines.length + 1) * LINE,
    markup: [...markup, text(0, lines.length * LINE + 14, 'dim', rule)].join(''),
  };
}

function remark(more: number): Drawn {
  return { height: LINE, markup: text(0, 14, 'dim', `${counted(more, 'more parameter')} not shown.`) };
}

/** What the colours and marks mean. */
function legend({ range, maps }: ErrorPicture): Drawn {
  const all = maps.map(({ errors }) => errors);
  const swatches: Swatch[] = [
    [CLASS.right, range === undefined ? 'compared' : 'right'],
    ...(all.some((errors) => errors.some(Number.isNaN)) ? [[CLASS.open, 'not compared'] as const] : []),
    ...(all.some((errors) => errors.includes(Infinity)) ? [['odd', 'not a finite number'] as const] : []),
    ...(maps.some(({ worst }) => worst !== undefined) ? [['worst', 'worst'] as const] : []),
  ];
  const above = range === undefined ? { markup: '', height: 0 } : scale(range);
  return {
    height: above.height + SCALE_HEIGHT + 2,
    markup: above.markup + keys(swatches, above.height + 1),
  };
}

function scale(range: NonNullable<ErrorPicture['range']>): Drawn {
  const title = text(0, 14, 'dim', 'error beyond its uncertainty, in multiples of the tolerance');
  const step = SCALE_WIDTH / WRONG.length;
  const y = LINE + 4;
  const colours = WRONG.map((_, k) =>
    element('rect', { class: `swatch e${k}`, x: k * step, y, width: step, height: SCALE_HEIGHT }),
  );
  return {
    height: y + SCALE_HEIGHT + LINE + 6,
    markup: [title, ...colours, ticks(range, y + SCALE_HEIGHT)].join(''),
  };
}

type Swatch = readonly [of: string, content: string];

/** The other things that a cell may be, in a row. */
function keys(swatches: readonly Swatch[], y: number): string {
  let x = 2;
  return swatches
    .map(([of, content]) => {
      const box = { x, y, width: SCALE_HEIGHT, height: SCALE_HEIGHT };
      const mark =
        of === 'worst'
          ? outline(x + 1, y + 1, SCALE_HEIGHT - 2)
          : element('rect', { class: `swatch ${of === 'odd' ? CLASS.odd : of}`, ...box });
      const cross =
        of === 'odd' ? element('path', { class: 'cross', d: `M${x} ${y}l12 12m0-12l-12 12` }) : '';
      const word = text(x + SCALE_HEIGHT + 8, y + 11, 'dim', content);
      x += SCALE_HEIGHT + 26 + 7 * content.length;
      return mark + cross + word;
    })
    .join('');
}

/** Powers of ten along the scale. */
function ticks({ from, to }: NonNullable<ErrorPicture['range']>, y: number): string {
  const first = Math.ceil(Math.log10(from) - 1e-9);
  const last = Math.floor(Math.log10(to) + 1e-9);
  const every = Math.ceil((last - first + 1) / MOST_TICKS);
  const marks: string[] = [];
  for (let power = first; power <= last; power += every) {
    const x = (SCALE_WIDTH * (power * Math.LN10 - Math.log(from))) / Math.log(to / from);
    const place = power === first ? 'index' : 'index middle';
    marks.push(text(Math.round(x), y + 12, place, powerOfTen(power)));
  }
  return marks.join('');
}

/** Without an exponent where that is as short. */
function powerOfTen(power: number): string {
  return power >= -2 && power <= 3 ? plain(10 ** power) : `1e${power}`;
}
