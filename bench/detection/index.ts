/**
 * How often this library raises false alarms and misses faults, over architectures, regimes and precisions; and, over
 * networks at their initialisation, beside four older rules. Prints the tables; the whole bench also writes docs/detection.md.
 *
 *     npm run bench:detection [-- --quick] [-- --seed=2]
 *     npm run bench:detection -- --only=trained,float32,gated --fails      some cases, and what fails of them
 *     npm run bench:detection -- --source=../another-checkout              both checkouts on the same cases
 */

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { comparisonTables, compare, type Tallies, total } from './comparison.js';
import { page } from './page.js';
import { inParts } from './parallel.js';
import { checkersOf } from './sweep/checkers.js';
import { judge, type Outcome } from './sweep/judge.js';
import { failureText } from './sweep/print.js';
import { allCases, matches } from './sweep/sweep-cases.js';
import { sweepTables } from './sweep/sweep-tables.js';
import { plain } from './table.js';

const DEFAULT_SEED = 1;
/** `--quick` runs one case in this many: of the comparison, and of the sweep, where it has no factor in common with the cases of a cell. */
const QUICK_STRIDES = { comparison: 10, sweep: 11 };

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: `${DEFAULT_SEED}` },
    /** Only the cases of these, as 'trained,float32,gated': each word is a regime, a precision, an architecture or a number. */
    only: { type: 'string' },
    /** Prints every failure with what reproduces it. */
    fails: { type: 'boolean', default: false },
    /** Other checkouts, which are put to the same cases. */
    source: { type: 'string', multiple: true, default: [] },
    /** This process's share of the cases, as '0/2'; for the bench's own use. */
    part: { type: 'string' },
  },
});
const seed = Number(options.seed);
/** Neither can the older rules be chosen from, nor do they fail in a way to be looked into. */
const sweepOnly = options.only !== undefined || options.fails || options.source.length > 0;

interface Found {
  readonly tallies: Tallies;
  readonly outcomes: readonly Outcome[];
  /** Of each failure a text, where they are asked for. */
  readonly failures: readonly string[];
}

async function run(part: number, parts: number): Promise<Found> {
  const isDue = (stride: number) => (i: number) =>
    options.quick ? i % stride === 0 && (i / stride) % parts === part : i % parts === part;
  const checkers = await checkersOf(options.source);
  const judged = allCases()
    .filter((one) => matches(one, options.only))
    .filter((_, i) => isDue(QUICK_STRIDES.sweep)(i))
    .flatMap((one) => judge(one, seed, checkers));
  return {
    tallies: sweepOnly ? {} : compare(isDue(QUICK_STRIDES.comparison), seed),
    outcomes: judged.map(({ outcome }) => outcome),
    failures: options.fails ? judged.flatMap((one) => failureText(one, seed) ?? []) : [],
  };
}

async function printAll(): Promise<void> {
  const script = fileURLToPath(import.meta.url);
  const parts = (await inParts(script, process.argv.slice(2))).map((output) => JSON.parse(output) as Found);
  const outcomes = parts.flatMap((found) => found.outcomes);
  for (const text of parts.flatMap(({ failures }) => failures)) console.log(`${text}\n`);
  const sweep = sweepTables(outcomes);
  console.log(Object.values(sweep).map(plain).join('\n\n'));
  if (sweepOnly) return;
  const comparison = comparisonTables(total(parts.map(({ tallies }) => tallies)));
  console.log(`\n${plain(comparison.rules)}\n\n${plain(comparison.bySize)}`);
  if (!options.quick && seed === DEFAULT_SEED)
    writeFileSync(
      fileURLToPath(new URL('../../docs/detection.md', import.meta.url)),
      page(sweep, comparison),
    );
}

if (options.part === undefined) await printAll();
else {
  const [part, parts] = options.part.split('/').map(Number) as [number, number];
  console.log(JSON.stringify(await run(part, parts)));
}
