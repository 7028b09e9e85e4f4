/** The comparison of this library with four older rules: its share of the cases in one process, and its tables. */

import { PRECISIONS } from './arithmetic.js';
import { allCases, type Case } from './cases.js';
import { type Group, ruleTable, type Table } from './table.js';
import { add, emptyTally, judge, RULES, type Tally } from './tally.js';

/** A tally for each rule under the name of each group. */
export type Tallies = Record<string, Tally[]>;

/** The groups in which a case is counted. */
function groupsOf({ precision, size }: Case): string[] {
  return [precision.name, 'all', `${precision.name}, about ${size} parameters`];
}

export function compare(isDue: (index: number) => boolean, seed: number): Tallies {
  const found: Tallies = {};
  for (const drawnCase of allCases().filter((_, i) => isDue(i)))
    for (const [r, rule] of RULES.entries()) {
      const tally = judge(rule, drawnCase, seed);
      for (const name of groupsOf(drawnCase)) {
        found[name] ??= RULES.map(emptyTally);
        add(found[name][r]!, tally);
      }
    }
  return found;
}

export function total(parts: readonly Tallies[]): Tallies {
  const sum: Tallies = {};
  for (const part of parts)
    for (const [name, tallies] of Object.entries(part)) {
      sum[name] ??= RULES.map(emptyTally);
      for (const [r, tally] of tallies.entries()) add(sum[name][r]!, tally);
    }
  return sum;
}

/** All rules by precision, and this library by the size of the models. */
export function comparisonTables(found: Tallies): { rules: Table; bySize: Table } {
  const names = [...Object.values(PRECISIONS).map(({ name }) => name), 'all'];
  const groupOf = (name: string): Group => ({
    name,
    tallies: RULES.map((rule, r) => ({ rule, tally: found[name]![r]! })),
  });
  const sizes = Object.keys(found)
    .filter((name) => !names.includes(name))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return {
    rules: ruleTable(names.map(groupOf)),
    // The first rule is this library's.
    bySize: ruleTable(sizes.map((name) => ({ name, tallies: groupOf(name).tallies.slice(0, 1) }))),
  };
}
