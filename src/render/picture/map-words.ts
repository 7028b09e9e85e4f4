/** A map → what stands beside it: what the parameter is, which entry is the worst, and what has to be known to read it. */

import type { ErrorMap } from '../../check/report/map-errors.js';
import type { ParameterReport } from '../../report.js';
import { type PairInWords, pairsInWords } from '../columns.js';
import { entryName } from '../diff.js';
import { broken, longest } from '../lines.js';
import { numericOf } from '../nouns.js';
import { counted, grouped } from '../numbers.js';
import { outline } from './cell-style.js';
import { type Drawn, shortened, text } from './svg.js';

/** In pixels. */
const LINE = 18;
/** Where the words begin, and how many letters they have room for. */
const WORDS = 356;
const LETTERS = 42;
/** Of the names, which are set in wider letters. */
const LETTERS_OF_NAME = 38;

/** Before the name of the entry that is marked. */
const WORST = 'worst: ';

/** What stands beside a map. */
export function wordsOf(map: ErrorMap): Drawn {
  const { parameter, worst } = map;
  const lines: (readonly [of: string, content: string])[] = [
    ['name', shortened(parameter.name, LETTERS_OF_NAME)],
    ...paragraph(countsOf(parameter), 'plain'),
  ];
  const marks: string[] = [];
  if (worst !== undefined) {
    const [{ numeric, analytic }] = pairsInWords([worst]) as [PairInWords];
    const width = longest([numeric, analytic]);
    const side = numericOf(map);
    const source = parameter.derivative === undefined ? 'from the loss' : 'measured';
    marks.push(outline(WORDS + 2, lines.length * LINE + 6, 10));
    lines.push(
      ['entry', `${WORST}${shortened(entryName(worst), LETTERS_OF_NAME - WORST.length)}`],
      [
        'number',
        `${side.padEnd(8)} ${numeric.padEnd(width)}  ${map.against === undefined ? source : ''}`.trimEnd(),
      ],
      ['number', `${'analytic'.padEnd(side.length)} ${analytic.padEnd(width)}  claimed`],
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
