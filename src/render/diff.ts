/** The worst entries → a pair of lines for each: what the loss shows, and what is claimed. */

import type { Offender } from '../report.js';
import { type Pair, type PairInWords, pairsInWords, relativeFormat } from './columns.js';
import { type Block, broken, COLUMNS, type Line, longest, span } from './lines.js';
import { claimsOf } from './nouns.js';

/** The widest name that the values still stand beside: with all the digits of a double they take 53 columns. */
const WIDEST_NAME = 25;

/** An entry as a user would write it: `W1[0, 2]`, or just the name of a scalar; of a Jacobian `outputs[1] by W1[0, 2]`. */
export function entryName({
  parameter,
  index,
  output,
  outputIndex = [],
}: Pick<Offender, 'parameter' | 'index' | 'output' | 'outputIndex'>): string {
  const entry = indexed(parameter, index);
  return output === undefined ? entry : `${indexed(output, outputIndex)} by ${entry}`;
}

function indexed(name: string, index: readonly number[]): string {
  return index.length === 0 ? name : `${name}[${index.join(', ')}]`;
}

/** The names of some entries, with who claims each where several do. */
export function entryNames(offenders: readonly Offender[]): readonly string[] {
  const several = new Set(offenders.map(({ derivative }) => derivative)).size > 1;
  return offenders.map((offender) => `${entryName(offender)}${several ? ` (${offender.derivative})` : ''}`);
}

/** An entry as it is shown. */
interface Shown {
  readonly name: string;
  readonly values: PairInWords;
  /** At a kink, the slopes to either side; else empty. */
  readonly slopes: string;
  readonly difference: string;
  readonly isMeasured: boolean;
}

/** How wide the columns of a block are. */
interface Widths {
  readonly name: number;
  readonly value: number;
}

/**
 * The entries as pairs of lines.
 * @param value the function whose differences are the numeric side
 * @param isClaim whether that side is what this claims, and no differences
 */
export function diff(offenders: readonly Offender[], value: string, isClaim = false): Block {
  const shown = entriesOf(offenders);
  const widths = {
    name: longest(shown.map(({ name }) => name).filter(({ length }) => length <= WIDEST_NAME)),
    value: longest(shown.flatMap(({ values }) => [values.numeric, values.analytic])),
  };
  return [
    [
      span(`- ${isClaim ? value : `numeric, from ${value}`}`, 'expected'),
      span('   '),
      span(`+ analytic, from ${claimsOf(offenders)}`, 'received'),
    ],
    [],
    ...shown.flatMap((entry) => pairOf(entry, widths)),
  ];
}

/** All numbers of the block in one format. */
function entriesOf(offenders: readonly Offender[]): readonly Shown[] {
  const names = entryNames(offenders);
  const kinks = offenders.filter(({ subgradient }) => subgradient !== undefined);
  const pairs = pairsInWords([...offenders, ...kinks.map(slopesOf)]);
  const relative = relativeFormat(offenders.map(({ difference }) => difference));
  return offenders.map((offender, k) => {
    const { difference, numeric } = offender;
    const slopes = pairs[offenders.length + kinks.indexOf(offender)];
    return {
      name: names[k]!,
      values: pairs[k]!,
      slopes:
        offender.subgradient === undefined
          ? ''
          : `slopes from ${slopes!.numeric.trim()} to ${slopes!.analytic.trim()}`,
      difference: Number.isNaN(difference) ? '' : `difference ${relative(difference)}`,
      isMeasured: !Number.isNaN(numeric),
    };
  });
}

/** The slopes to either side, as a pair that is as uncertain as their mean. */
function slopesOf({ subgradient, uncertainty }: Offender): Pair {
  const [low, high] = subgradient!;
  return { numeric: low, analytic: high, uncertainty };
}

/** The lines of one entry: what the loss shows, and what is claimed. */
function pairOf({ name, values, slopes, difference, isMeasured }: Shown, widths: Widths): Line[] {
  const isBeside = name.length <= widths.name;
  const indent = `  ${''.padEnd(widths.name)}  `;
  const numeric = isMeasured ? values.numeric.padEnd(widths.value) : ' could not be measured';
  const bound = values.uncertainty === '' ? '' : `  ± ${values.uncertainty}`;
  const first = [
    span(isBeside ? `  ${name.padEnd(widths.name)}  ` : indent),
    span(`- ${bound === '' ? numeric.trimEnd() : numeric}`, 'expected'),
    span(bound, 'dim'),
  ];
  const columns = first.reduce((sum, { text }) => sum + text.length, 0);
  const hasRoom = columns + 2 + slopes.length <= COLUMNS;
  const beside = span(`  ${slopes}`, 'dim');
  const analytic = difference === '' ? values.analytic.trimEnd() : values.analytic.padEnd(widths.value);
  return [
    // A name too long to align to gets lines of its own, and so do slopes without room.
    ...(isBeside ? [] : broken(name, COLUMNS - 2).map((text) => [span(`  ${text}`)])),
    slopes !== '' && hasRoom ? [...first, beside] : first,
    ...(slopes !== '' && !hasRoom ? [[span('  '), beside]] : []),
    [span(indent), span(`+ ${analytic}`, 'received'), span(difference === '' ? '' : `  ${difference}`)],
  ];
}
