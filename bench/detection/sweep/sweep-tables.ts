/** The tables of the sweep: sums, and by regime, architecture and fault, the worst first. */

import { PRECISIONS } from '../arithmetic.js';
import type { Table } from '../table.js';
import { type Counts, countBy, worstFirst } from './counts.js';
import type { Outcome } from './judge.js';
import { countTable } from './print.js';
import { REGIMES } from './regimes.js';

export interface SweepTables {
  readonly sums: Table;
  readonly byRegime: Table;
  readonly byArchitecture: Table;
  readonly byFault: Table;
}

const BLURRED = new Set(REGIMES.filter(({ blurred }) => blurred).map(({ name }) => name));
const ORDER = Object.values(PRECISIONS).map(({ name }) => name);

/** With several checkers the groups of each stand below each other, in the order of the first one's. */
function interleaved(
  outcomes: readonly Outcome[],
  key: (outcome: Outcome) => string,
  order: (rows: readonly Counts[]) => readonly Counts[],
): Counts[] {
  const checkers = [...new Set(outcomes.map(({ checker }) => checker))];
  const [first, ...others] = checkers.map((checker) =>
    countBy(
      outcomes.filter((outcome) => outcome.checker === checker),
      key,
    ),
  );
  return order(first!).flatMap((row) => [
    row,
    ...others.flatMap((rows, k) =>
      rows.filter(({ name }) => name === row.name).map((own) => ({ ...own, name: `… ${checkers[k + 1]}` })),
    ),
  ]);
}

/** Along directions single entries and pairs show less; what is wrong in a whole parameter shows as well. */
function groupOf({ fault, kind, regime }: Outcome): string {
  const isHarder = kind !== 'structured' || fault === 'entries exchanged';
  return regime === 'directional' && isHarder ? `${fault}, along directions` : fault;
}

export function sweepTables(outcomes: readonly Outcome[]): SweepTables {
  const byPrecision = (rows: readonly Counts[]): Counts[] =>
    rows.toSorted((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
  const clear = outcomes.filter(({ regime }) => !BLURRED.has(regime));
  const faults = outcomes.filter(({ kind }) => kind !== 'right');
  const renamed = (rows: Counts[], suffix: string): Counts[] =>
    rows.map((row) => (row.name.startsWith('…') ? row : { ...row, name: row.name + suffix }));
  return {
    sums: countTable('precision', [
      ...renamed(
        interleaved(clear, ({ precision }) => precision, byPrecision),
        ', clear losses',
      ),
      ...renamed(
        interleaved(outcomes, ({ precision }) => precision, byPrecision),
        ', all',
      ),
      ...interleaved(outcomes, () => 'all', worstFirst),
    ]),
    byRegime: countTable(
      'regime, precision',
      interleaved(outcomes, ({ regime, precision }) => `${regime}, ${precision}`, worstFirst),
    ),
    byArchitecture: countTable(
      'architecture',
      interleaved(outcomes, ({ architecture }) => architecture, worstFirst),
    ),
    byFault: countTable('fault', interleaved(faults, groupOf, worstFirst)),
  };
}
