/** The worst entries → a pair of lines for each: what the loss shows, and what is claimed. */

import type { Offender } from '../report.js';
import { type Block, COLUMNS, type Line, span } from './lines.js';
import { claimsOf } from './nouns.js';
import { magnitude, pairOfNumbers } from './numbers.js';

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

/**
 * The entries as pairs of lines.
 * @param value the function whose differences are the numeric side
 * @param isClaim whether that side is what this claims, and no differences
 */
export function diff(offenders: readonly Offender[], value: string, isClaim = false): Block {
  const names = entryNames(offenders);
  const width = names.reduce(
    (most, { length }) => (length <= WIDEST_NAME ? Math.max(most, length) : most),
    0,
  );
  return [
    [
      span(`- ${isClaim ? value : `numeric, from ${value}`}`, 'expected'),
      span('   '),
      span(`+ analytic, from ${claimsOf(offenders)}`, 'received'),
    ],
    [],
    ...offenders.flatMap((offender, k) => pairOf(offender, names[k]!, width)),
  ];
}

/** The lines of one entry: what the loss shows, and what is claimed. */
function pairOf(offender: Offender, name: string, width: number): Line[] {
  const { analytic, numeric, uncertainty, difference } = offender;
  const [expected, received] = pairOfNumbers(numeric, analytic, difference);
  const first: Line = [
    span(`  ${(name.length > width ? '' : name).padEnd(width)}  `),
    span(Number.isNaN(numeric) ? '-  could not be measured' : `- ${expected}`, 'expected'),
    span(Number.isNaN(uncertainty) ? '' : `  ± ${magnitude(uncertainty)}`, 'dim'),
  ];
  const indent = `  ${''.padEnd(width)}  `;
  const slopes = slopesOf(offender) && `slopes from ${slopesOf(offender)}`;
  const columns = first.reduce((sum, { text }) => sum + text.length, 0);
  const isBeside = columns + 2 + slopes.length <= COLUMNS;
  const beside = span(`  ${slopes}`, 'dim');
  return [
    // A name too long to align to gets a line of its own, and so do slopes without room.
    ...(name.length > width ? [[span(`  ${name}`)]] : []),
    slopes !== '' && isBeside ? [...first, beside] : first,
    ...(slopes !== '' && !isBeside ? [[span('  '), beside]] : []),
    [
      span(indent),
      span(`+ ${Number.isNaN(difference) ? received.trimEnd() : received}`, 'received'),
      span(Number.isNaN(difference) ? '' : `  difference ${magnitude(difference)}`),
    ],
  ];
}

/** At a kink, the slopes to either side; nothing elsewhere. */
export function slopesOf({ subgradient }: Pick<Offender, 'subgradient'>): string {
  if (subgradient === undefined) return '';
  const [low, high] = subgradient;
  const apart = Math.abs(high / 2 - low / 2) / (Math.abs(low) / 2 + Math.abs(high) / 2);
  const [first, second] = pairOfNumbers(low, high, apart);
  return `${first.trim()} to ${second.trim()}`;
}
