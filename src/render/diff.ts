/** The worst entries, one pair of lines each: what the loss says and what was claimed. */

import type { Offender } from '../report.js';
import { type Block, type Line, span } from './lines.js';
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

/** @param value the function whose differences are the numeric side */
export function diff(offenders: readonly Offender[], value: string): Block {
  const names = entryNames(offenders);
  const width = names.reduce(
    (most, { length }) => (length <= WIDEST_NAME ? Math.max(most, length) : most),
    0,
  );
  const lines: Line[] = [
    [
      span(`- numeric, from ${value}`, 'expected'),
      span('   '),
      span(`+ analytic, from ${claimsOf(offenders)}`, 'received'),
    ],
    [],
  ];
  for (const [k, offender] of offenders.entries()) {
    const { analytic, numeric, uncertainty, difference } = offender;
    const [expected, received] = pairOfNumbers(numeric, analytic, difference);
    const name = names[k]!;
    // A name too long to align to gets a line of its own.
    if (name.length > width) lines.push([span(`  ${name}`)]);
    const first = name.length > width ? '' : name;
    const error = Number.isNaN(uncertainty) ? '' : `  ± ${magnitude(uncertainty)}`;
    lines.push(
      [
        span(`  ${first.padEnd(width)}  `),
        span(Number.isNaN(numeric) ? '-  could not be measured' : `- ${expected}`, 'expected'),
        span(error, 'dim'),
      ],
      [
        span(`  ${''.padEnd(width)}  `),
        span(`+ ${Number.isNaN(difference) ? received.trimEnd() : received}`, 'received'),
        span(Number.isNaN(difference) ? '' : `  difference ${magnitude(difference)}`),
      ],
    );
  }
  return lines;
}
