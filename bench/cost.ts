/**
 * What a check costs by the number of entries, the cost of a loss and the storage: losses, seconds, what they are over the bare
 * loop of 2N losses, and what a single entry could be off unseen; and whether wrong entries are named, after how many losses.
 *
 *     npm run bench:cost [-- --quick] [-- --seed=2] [-- --only=recurrent,float32] [-- --source=../another-checkout]
 *
 * Every row is measured in a process of its own, one after the other; with `--source` in another for each checkout.
 *
 * unseen: in root mean squares of the parameter's claim, in the parameter that is known least; – where the report names none, as
 * where every entry was measured.
 * PyTorch's gradcheck takes 2N losses in its slow mode and 2 for each tensor in its fast one (pytorch/pytorch#53876: of each pair of
 * input and output 2n and two), whatever it finds; it names no entry.
 */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { measure, type Measured, type Row } from './cost/measure.js';
import { type Table, tablesOf } from './cost/rows.js';
import { checkersOf } from './detection/sweep/checkers.js';
import { plain, type Table as Cells } from './detection/table.js';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    /** Only rows in which each of these words, parted by commas, is the model, a part of its name, the storage, state, fault or waiting. */
    only: { type: 'string', default: '' },
    /** Another checkout, measured on the same rows. */
    source: { type: 'string', multiple: true, default: [] },
    /** A row to be measured in this process, and the place of its checker; for the bench's own use. */
    row: { type: 'string' },
    checker: { type: 'string', default: '0' },
  },
});

async function inProcess(row: Row, checker: number): Promise<Measured[]> {
  const own = [`--row=${JSON.stringify(row)}`, `--checker=${checker}`];
  const sources = options.source.map((path) => `--source=${path}`);
  const args = [...process.execArgv, fileURLToPath(import.meta.url), ...own, ...sources];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Measured[];
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** The median, and the largest where it is another. */
function spread(values: readonly number[]): string {
  const [middle, most] = [median(values), Math.max(...values)];
  return most === middle ? `${middle}` : `${middle} (${most})`;
}

/** One line of a table, by the names of its columns. */
function lineOf(row: Row, checkout: string, measured: readonly Measured[]): Record<string, string> {
  const { entries, tensors } = measured[0]!;
  const verdicts = measured.map(({ verdict, stopped }) => (stopped ? 'stopped' : verdict));
  const unseen = measured.flatMap((one) => one.unseen ?? []);
  const isStopped = measured.some(({ stopped }) => stopped);
  return {
    model: row.model,
    state: row.state,
    storage: row.storage,
    waiting: row.added === 0 ? '' : row.waiting,
    wrong: row.fault,
    checkout,
    verdicts: [...new Set(verdicts)].join(', '),
    named: row.fault === 'none' ? '' : `${measured.filter(({ named }) => named).length} of ${row.draws}`,
    'added ms': `${row.added}`,
    entries: `${entries}`,
    losses: spread(measured.map(({ losses }) => losses)),
    'PyTorch slow': `${2 * entries}`,
    fast: `${2 * tensors}`,
    seconds: isStopped ? `> ${row.limit}` : Math.max(...measured.map((one) => one.seconds)).toFixed(2),
    '/ 2N losses': isStopped ? '–' : median(measured.map((one) => one.seconds / one.bare)).toPrecision(2),
    unseen: unseen.length === 0 ? '–' : Math.max(...unseen).toPrecision(1),
  };
}

/** Columns of words, which a table leaves out where it has but one for all lines. */
const WORDS = new Set(['model', 'state', 'storage', 'waiting', 'wrong', 'checkout', 'verdicts', 'named']);
/** And those that stay. */
const ALWAYS = new Set(['model', 'verdicts']);

function tableOf(lines: readonly Record<string, string>[]): Cells {
  const isTold = (name: string): boolean =>
    !WORDS.has(name) || ALWAYS.has(name) || new Set(lines.map((line) => line[name])).size > 1;
  const names = Object.keys(lines[0]!).filter(isTold);
  const rows = lines.map((line) => names.map((name) => line[name]!));
  return { text: names.filter((name) => WORDS.has(name)).length, rows: [names, ...rows] };
}

function isDue(row: Row): boolean {
  const own = new Set([...row.model.split(' '), row.model, row.storage, row.state, row.fault, row.waiting]);
  return options.only === '' || options.only.split(',').every((word) => own.has(word));
}

async function print({ title, rows }: Table): Promise<void> {
  const lines: Record<string, string>[] = [];
  for (const row of rows.filter(isDue))
    for (const [checker, name] of ['this', ...options.source].entries())
      lines.push(lineOf(row, name, await inProcess(row, checker)));
  if (lines.length > 0) console.log(`${title}\n${plain(tableOf(lines))}\n`);
}

if (options.row !== undefined) {
  const checkers = await checkersOf(options.source);
  const measured = await measure(JSON.parse(options.row) as Row, checkers[Number(options.checker)]!.check);
  console.log(JSON.stringify(measured));
} else for (const table of tablesOf(options.quick, { seed: Number(options.seed) })) await print(table);
