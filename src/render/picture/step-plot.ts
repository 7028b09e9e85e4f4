/**
 * The worst entry → a plot of its differences against the step: how far each is from the derivative that they settle on, with what noise
 * makes uncertain of it, and where the claim is. Both axes are logarithmic; upwards there is a linear part around zero, as far as the derivative is known.
 */

import type { Offender, StepDifference } from '../../report.js';
import { entryName } from '../diff.js';
import { type PairInWords, pairsInWords } from '../columns.js';
import { type Axis, logarithmic, signed } from './axes.js';
import { filled, stroked } from './style.js';
import { type Drawn, element, shortened, text } from './svg.js';

/** An entry with a finite claim, and differences to hold against it. */
export type Stepped = Offender & Required<Pick<Offender, 'steps'>>;

/** In pixels: the plot, what is left of it and to its right, and above. */
const WIDTH = 430;
const HEIGHT = 190;
const LEFT = 62;
const ABOVE = 44;
const RADIUS = 3.5;
/** Half the width of the ends of an error bar. */
const CAP = 3;
const LINE = 18;
/** Two labels of two lines each are at least so far apart. */
const LABELS_APART = 34;
/** Ticks are at least so far apart, along the plot and upwards. */
const TICKS_APART = 48;
const TICKS_APART_UPWARDS = 16;
const LETTERS_OF_NAME = 60;

/** What is claimed lies so many times outside of the linear part at least, where it is off at all. */
const CLEAR = 10;

/** Where a value lies, or what is so much more, in pixels from the top. */
type Height = (value: number, more?: number) => number;

/** The plot, from 0 0 on. */
export function stepPlot(entry: Stepped, hasSides: boolean): Drawn {
  const steps = entry.steps.filter(({ step }) => step > 0);
  const distance = distancesOf(entry);
  const across = logarithmic(
    steps.map(({ step }) => step),
    WIDTH,
    TICKS_APART,
  );
  const upwards = upwardsOf(entry, steps);
  const at: Height = (value, more = 0) => upwards.place(within(distance(value) + more));
  const drawing = [
    frame(across, upwards),
    band(entry, at),
    hasSides ? sides(steps, across, at) : '',
    level(at(entry.numeric), 'numeric'),
    level(at(entry.analytic), 'analytic', '7 4'),
    ...steps.map((one) => point(one, across, at)),
    labelsOf(entry, at),
  ];
  const name = shortened(entryName(entry), LETTERS_OF_NAME);
  return {
    height: ABOVE + HEIGHT + 3 * LINE + 4,
    markup: [
      text(0, 14, 'name', name),
      text(0, 14 + LINE, 'dim', `Differences against the step, by their distance from ${originOf(entry)}.`),
      element('g', { transform: `translate(${LEFT} ${ABOVE})` }, drawing.join('')),
      key(hasSides),
    ].join(''),
  };
}

function originOf({ numeric }: Offender): string {
  return Number.isFinite(numeric) ? 'the numeric derivative' : 'the claim';
}

/** How far a value is from the derivative; from the claim, where no derivative was found. */
function distancesOf({ numeric, analytic }: Offender): (value: number) => number {
  const origin = Number.isFinite(numeric) ? numeric : analytic;
  return (value) => within(value - origin);
}

/** A difference that overflows is as large as a number can be. */
function within(value: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
}

function upwardsOf(entry: Stepped, steps: readonly StepDifference[]): Axis {
  const distance = distancesOf(entry);
  const claimed = Math.abs(distance(entry.analytic));
  const shown = [entry.analytic, ...(entry.subgradient ?? []), ...steps.map(({ numeric }) => numeric)]
    .filter(Number.isFinite)
    .map(distance);
  const bars = steps.map(({ uncertainty }) => uncertainty).filter((bar) => bar > 0 && bar < Infinity);
  const known = entry.uncertainty > 0 && entry.uncertainty < Infinity ? entry.uncertainty : Math.min(...bars);
  const clear = claimed > 0 ? claimed / CLEAR : Infinity;
  const threshold = Math.max(Number.MIN_VALUE, Math.min(known, clear, Number.MAX_VALUE));
  // Error bars that reach beyond all that is shown are cut off there.
  const most = Math.max(...shown.map(Math.abs), threshold);
  const ends = [known, ...bars].map((bar) => Math.min(bar, most));
  return signed([...shown, ...ends, ...ends.map((end) => -end)], threshold, HEIGHT, TICKS_APART_UPWARDS);
}

/** The edge of the plot, and its ticks. */
function frame(across: Axis, upwards: Axis): string {
  const upright = across.ticks.map(({ place }) => `M${round(place)} 0v${HEIGHT}`);
  const flat = upwards.ticks.map(({ place }) => `M0 ${round(place)}h${WIDTH}`);
  return [
    element('path', { d: [...upright, ...flat].join(''), ...stroked('frame'), 'stroke-opacity': 0.6 }),
    element('rect', { width: WIDTH, height: HEIGHT, ...stroked('side') }),
    ...across.ticks.map(({ place, label }) => text(round(place), HEIGHT + 14, 'index middle', label)),
    ...upwards.ticks.map(({ place, label }) => text(-6, round(place + 3.5), 'index end', label)),
    text(WIDTH / 2, HEIGHT + 14 + LINE, 'dim middle', 'step h'),
  ].join('');
}

/** Where the derivative may be; at a kink the slopes from that to one side to that to the other, all of which are right. */
function band({ uncertainty, numeric, subgradient }: Offender, at: Height): string {
  if (!(uncertainty >= 0) || !Number.isFinite(numeric)) return '';
  const [low, high] = subgradient ?? [numeric, numeric];
  const [top, bottom] = [at(high, uncertainty), at(low, -uncertainty)];
  return element('rect', { y: round(top), width: WIDTH, height: round(bottom - top), ...filled('band') });
}

function level(y: number, tint: 'numeric' | 'analytic', dashes: string = 'none'): string {
  if (Number.isNaN(y)) return '';
  return element('path', { d: `M0 ${round(y)}h${WIDTH}`, ...stroked(tint, 1.5), 'stroke-dasharray': dashes });
}

/** A difference with its error bar. */
function point({ step, numeric, uncertainty }: StepDifference, across: Axis, at: Height): string {
  if (!Number.isFinite(numeric)) return '';
  const [x, y] = [round(across.place(step)), round(at(numeric))];
  const [top, bottom] = [round(at(numeric, uncertainty)), round(at(numeric, -uncertainty))];
  const end = `h${2 * CAP}`;
  const bar = `M${x} ${top}V${bottom}M${x - CAP} ${top}${end}M${x - CAP} ${bottom}${end}`;
  const isSeen = uncertainty > 0 && bottom - top > 2 * RADIUS;
  return (
    (isSeen ? element('path', { d: bar, ...stroked('numeric') }) : '') +
    element('circle', { cx: x, cy: y, r: RADIUS, ...filled('numeric') })
  );
}

/** The slopes to either side of θ, from step to step. */
function sides(steps: readonly StepDifference[], across: Axis, at: Height): string {
  const line = (of: (one: StepDifference) => number): string => {
    const seen = steps.filter((one) => Number.isFinite(of(one)));
    const places = seen.map((one) => ({ x: round(across.place(one.step)), y: round(at(of(one))) }));
    const d = places.map(({ x, y }, k) => `${k === 0 ? 'M' : 'L'}${x} ${y}`).join('');
    const dots = places.map(({ x, y }) => element('circle', { cx: x, cy: y, r: 2, ...filled('side') }));
    return d === '' ? '' : element('path', { d, ...stroked('side') }) + dots.join('');
  };
  return line(({ forward }) => forward) + line(({ backward }) => backward);
}

/** The names and values of the lines, to the right of them. */
function labelsOf(entry: Offender, at: Height): string {
  const { numeric, analytic } = entry;
  const [inWords] = pairsInWords([entry]) as [PairInWords];
  const label = (y: number, tint: 'numeric' | 'analytic', name: string, value: string): string =>
    text(WIDTH + 8, round(y) - 2, `number ${tint}`, name) +
    text(WIDTH + 8, round(y) + 12, `number ${tint}`, value.trim());
  const own = (y: number): string =>
    label(y, 'numeric', ...(slopesOf(entry) ?? ['numeric', inWords.numeric]));
  const other = (y: number): string => label(y, 'analytic', 'analytic', inWords.analytic);
  if (!Number.isFinite(numeric)) return other(at(analytic));
  const [first, second] = apart(at(numeric), at(analytic));
  return own(first) + other(second);
}

/** At a kink, the slopes to either side, with as many digits as tell them apart; nothing elsewhere. */
function slopesOf({ subgradient }: Offender): readonly [name: string, value: string] | undefined {
  if (subgradient === undefined) return undefined;
  const [low, high] = subgradient;
  const [slopes] = pairsInWords([{ numeric: low, analytic: high, uncertainty: 0 }]) as [PairInWords];
  return [`slopes from ${slopes.numeric.trim()}`, `to ${slopes.analytic.trim()}`];
}

/** Places that are far enough apart for two labels. */
function apart(first: number, second: number): readonly [number, number] {
  const missing = (LABELS_APART - Math.abs(second - first)) / 2;
  if (missing <= 0) return [first, second];
  const sign = second < first ? 1 : -1;
  return [first + sign * missing, second - sign * missing];
}

/** What the marks mean. */
function key(hasSides: boolean): string {
  const y = ABOVE + HEIGHT + 3 * LINE;
  const mark =
    element('path', { d: `M${LEFT + 6} ${y - 11}v14`, ...stroked('numeric') }) +
    element('circle', { cx: LEFT + 6, cy: y - 4, r: RADIUS, ...filled('numeric') });
  const word = text(LEFT + 18, y, 'dim', 'centred difference, with its noise');
  if (!hasSides) return mark + word;
  const line = element('path', { d: `M${LEFT + 260} ${y - 4}h18`, ...stroked('side', 1.5) });
  return mark + word + line + text(LEFT + 286, y, 'dim', 'slopes to either side');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
