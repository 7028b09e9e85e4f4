/**
 * The picture of a failed check, an SVG: what came of it, the cause, the differences of the worst entry, and a map of the errors of each parameter
 * that is wrong. It is drawn from the data alone, loads nothing, and brings its own ground, so that it can be read on any page, light or dark.
 */

import type { ErrorPicture } from '../../check/report/map-errors.js';
import type { Offender, Report, Verdict } from '../../report.js';
import { OPEN } from './colours.js';
import { panel } from './error-map.js';
import { legend } from './legend.js';
import { type Stepped, stepPlot } from './step-plot.js';
import { entryName } from '../diff.js';
import { labelOf, labelsOf, namesThatFit, numericOf } from '../nouns.js';
import { broken } from '../lines.js';
import { counted, grouped, magnitude, plain } from '../numbers.js';
import { sentence } from '../sentences.js';
import { DARK, GROUND, SANS } from './style.js';
import { type Drawn, element, escaped, shortened, text } from './svg.js';

/** In pixels. */
const WIDTH = 720;
const MARGIN = 20;
const GAP = 24;
const LINE = 20;
const HALF_LINE: number = LINE / 2;
/** Letters of the heading in a line, and of other sentences. */
const LETTERS = 66;
const LETTERS_OF_TEXT = 86;
/** So many causes are told, and so many parameters that are right in so many letters. */
const MOST_CAUSES = 2;
const MOST_NAMES = 24;
const LETTERS_OF_NAMES = 2 * LETTERS_OF_TEXT - 40;

/** Hatching, for entries that were not compared. */
const HATCHING = element(
  'pattern',
  { id: 'open', width: 6, height: 6, patternUnits: 'userSpaceOnUse' },
  element('rect', { width: 6, height: 6, fill: OPEN.ground }) +
    element('path', { d: 'M-1 1l2-2M0 6l6-6M5 7l2-2', fill: 'none', stroke: OPEN.line }),
);

/** Whether there is a claim, and differences to hold against it. */
function isPlotted(one: Offender): one is Stepped {
  return Number.isFinite(one.analytic) && (one.steps?.some(({ step }) => step > 0) ?? false);
}

/** The picture as an SVG document; undefined where there is nothing to see. */
export function errorPicture(report: Report, unnamed: ErrorPicture): string | undefined {
  const entry = report.offenders.find(isPlotted);
  if (unnamed.maps.length === 0 && entry === undefined) return undefined;
  const maps = unnamed.maps.map((map) => ({
    ...map,
    parameter: { ...map.parameter, name: labelOf(map.parameter, report) },
  }));
  const picture: ErrorPicture = { ...unnamed, maps };
  const parts: Drawn[] = [
    heading(report),
    ...(entry === undefined ? [] : [stepPlot(entry, hasSides(entry, report))]),
    ...maps.map((map) => panel(map, picture.range)),
    ...others(report, picture),
    ...(maps.length > 0 ? [legend(picture)] : []),
  ];
  let y = MARGIN;
  const body = parts.map(({ markup, height: own }) => {
    const placed = element('g', { transform: `translate(${MARGIN} ${y})` }, markup);
    y += own + GAP;
    return placed;
  });
  const height = y - GAP + MARGIN;
  const size = { width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}` };
  const ground = element('rect', { ...GROUND, x: 0.5, y: 0.5, width: WIDTH - 1, height: height - 1, rx: 8 });
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', role: 'img', ...size, 'font-family': SANS },
    [
      `<title>${escaped(sentence(report, false))}</title>`,
      `<desc>${escaped(descriptionOf(picture))}</desc>`,
      `<style>${DARK}</style>`,
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

/** The sentence, the rule, and what was found, surest first, as the message says it. */
function heading(report: Report): Drawn {
  const { difference, tolerance, findings } = report;
  const told = findings.slice(0, MOST_CAUSES).map(({ code, title }) => `${code}: ${title}`);
  const more = findings.length - told.length;
  return below(HALF_LINE, [
    linesOf('title', LETTERS, [sentence(report, false)]),
    linesOf('dim', LETTERS, [`difference ${magnitude(difference)}, tolerance ${plain(tolerance)}`]),
    linesOf('plain', LETTERS_OF_TEXT, [
      ...told,
      ...(more > 0 ? [`${counted(more, 'more finding')} in the message.`] : []),
    ]),
  ]);
}

/** Sentences, each on lines of its own. */
function linesOf(of: 'title' | 'plain' | 'dim', most: number, sentences: readonly string[]): Drawn {
  const lines = sentences.flatMap((one) => broken(one, most));
  const shown = lines.map((line, k) => text(0, k * LINE + 14, of, shortened(line, most)));
  return { height: lines.length * LINE, markup: shown.join('') };
}

/** Parts below each other; those that are empty leave no gap. */
function below(gap: number, parts: readonly Drawn[]): Drawn {
  let y = -gap;
  const placed = parts
    .filter(({ height }) => height > 0)
    .map(({ markup, height }) => {
      const own = element('g', { transform: `translate(0 ${(y += gap)})` }, markup);
      y += height;
      return own;
    });
  return { height: y, markup: placed.join('') };
}

/** Where the slopes to both sides of θ tell something: at a kink, at an edge of the domain, or where no derivative was found. */
function hasSides(entry: Stepped, { findings }: Report): boolean {
  return (
    Number.isNaN(entry.numeric) ||
    entry.steps.some(({ numeric }) => Number.isNaN(numeric)) ||
    findings.some(
      ({ code, parameter }) => code === 'kink' && (parameter === undefined || parameter === entry.parameter),
    )
  );
}

/** The parameters that have no map. */
function others(report: Report, { more }: ErrorPicture): Drawn[] {
  const of = (wanted: Verdict): string[] => {
    const names = labelsOf(report, ({ verdict }) => verdict === wanted);
    const shown = namesThatFit(names, MOST_NAMES, LETTERS_OF_NAMES);
    const left = names.length - shown.length;
    return names.length === 0
      ? []
      : [`${wanted}: ${shown.join(', ')}${left > 0 ? ` and ${grouped(left)} more` : ''}`];
  };
  const lines = [
    ...(more > 0 ? [`${counted(more, 'more parameter')} not shown.`] : []),
    ...(report.verdict === 'wrong' ? [...of('correct'), ...of('inconclusive')] : []),
  ];
  return lines.length === 0 ? [] : [linesOf('dim', LETTERS_OF_TEXT, lines)];
}
