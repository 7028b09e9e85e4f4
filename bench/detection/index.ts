/**
 * How often this library and four older rules raise false alarms, miss a planted error, or name another entry. Prints the
 * table; the whole bench also writes it to docs/detection.md.
 *
 *     npm run bench:detection [-- --quick] [-- --seed=2]
 */

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { PRECISIONS } from './arithmetic.js';
import { allCases, type Case } from './cases.js';
import { page } from './page.js';
import { type Group, plain, ruleTable } from './table.js';
import { add, emptyTally, judge, RULES, type Tally } from './tally.js';

/** `--quick` runs one case in this many. */
const QUICK_STRIDE = 10;
const DEFAULT_SEED = 1;

/** What one process found: a tally for each rule under the name of each group. */
type Found = Record<string, Tally[]>;

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: `${DEFAULT_SEED}` },
    /** This process's share of the cases, as '1/2'; for the bench's own use. */
    part: { type: 'string' },
  },
});

/** The groups in which a case is counted. */
function groupsOf({ precision, size }: Case): string[] {
  return [precision.name, 'all', `${precision.name}, about ${size} parameters`];
}

function run(part: number, parts: number): Found {
  const found: Found = {};
  const cases = allCases().filter(({ number }) => !options.quick || number % QUICK_STRIDE === 0);
  for (const [i, drawnCase] of cases.entries()) {
    if (i % parts !== part) continue;
    for (const [r, rule] of RULES.entries()) {
      const tally = judge(rule, drawnCase, Number(options.seed));
      for (const name of groupsOf(drawnCase)) {
        found[name] ??= RULES.map(emptyTally);
        add(found[name][r]!, tally);
      }
    }
  }
  return found;
}

async function runAll(): Promise<Found> {
  const parts = availableParallelism();
  const script = fileURLToPath(import.meta.url);
  const outputs = await Promise.all(
    Array.from({ length: parts }, (_, part) =>
      promisify(execFile)(process.execPath, [
        ...process.execArgv,
        script,
        ...process.argv.slice(2),
        `--part=${part}/${parts}`,
      ]),
    ),
  );
  const total: Found = {};
  for (const { stdout } of outputs)
    for (const [name, tallies] of Object.entries(JSON.parse(stdout) as Found)) {
      total[name] ??= RULES.map(emptyTally);
      for (const [r, tally] of tallies.entries()) add(total[name][r]!, tally);
    }
  return total;
}

function groupOf(found: Found, name: string): Group {
  return { name, tallies: RULES.map((rule, r) => ({ rule, tally: found[name]![r]! })) };
}

async function printAll(): Promise<void> {
  const found = await runAll();
  const names = [...Object.values(PRECISIONS).map(({ name }) => name), 'all'];
  const rules = ruleTable(names.map((name) => groupOf(found, name)));
  const sizes = Object.keys(found)
    .filter((name) => !names.includes(name))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  // The first rule is this library's.
  const bySize = ruleTable(
    sizes.map((name) => ({ name, tallies: groupOf(found, name).tallies.slice(0, 1) })),
  );
  console.log(`${plain(rules)}\n\n${plain(bySize)}`);
  if (!options.quick && options.seed === `${DEFAULT_SEED}`)
    writeFileSync(fileURLToPath(new URL('../../docs/detection.md', import.meta.url)), page(rules, bySize));
}

if (options.part === undefined) await printAll();
else {
  const [part, parts] = options.part.split('/').map(Number) as [number, number];
  console.log(JSON.stringify(run(part, parts)));
}
