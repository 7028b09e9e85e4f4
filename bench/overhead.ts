/**
 * What the check costs beyond its losses: its time over that of the loop anyone would write by hand (set the entry, loss,
 * set it, loss, restore). Every row is measured in fresh processes; only ratios within one run are printed.
 *
 * cold: the first check of a process over the first bare loop of another, medians of several such processes.
 * min, median: of adjacent pairs within these processes, once both are compiled.
 */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { checkGradients } from 'expect-gradients';

const STORAGES = ['Float64Array', 'number[]', 'number[][]', 'Float32Array'] as const;
const MODES = ['sync', 'async'] as const;
/** Numbers of entries, and of the sines that take up the loss's time. */
const SIZES = [
  { entries: 4_000, sines: 2_000 },
  { entries: 20_000, sines: 30 },
  { entries: 20_000, sines: 55 },
  { entries: 100, sines: 30 },
  { entries: 1_000, sines: 30 },
  { entries: 10_000, sines: 30 },
  { entries: 80_000, sines: 30 },
];
const PROCESSES = 5;
/** Pairs of loop and check per process; the first ones, still being compiled, are left out. */
const PAIRS = 5;
const WARM_UP = 2;
/** Small checks are repeated until they have taken this many entries. */
const LEAST_ENTRIES = 10_000;
/** The loss reads this many entries, spread evenly: if it read all, its time would grow with their number. */
const READ = 20;
/** Numbers per row of a nested array. */
const WIDTH = 50;
/** A step fit for Float32Array too. */
const STEP = 1e-5;

type Numbers = number[] | Float64Array | Float32Array;

interface Row {
  readonly entries: number;
  readonly sines: number;
  readonly storage: (typeof STORAGES)[number];
  readonly mode: (typeof MODES)[number];
}

interface Timing {
  readonly first: number;
  readonly ratios: readonly number[];
  readonly lossMicroseconds: number;
}

interface Result extends Row {
  readonly lossMicroseconds: number;
  readonly cold: number;
  readonly min: number;
  readonly median: number;
}

function numbersOf({ entries, storage }: Row): Numbers[] {
  const numbers = Array.from({ length: entries }, (_, i) => Math.sin(i + 1));
  if (storage === 'Float64Array') return [Float64Array.from(numbers)];
  if (storage === 'Float32Array') return [Float32Array.from(numbers)];
  return storage === 'number[]' ? [numbers] : nested(numbers);
}

const nested = (flat: number[]): number[][] =>
  Array.from({ length: flat.length / WIDTH }, (_, r) => flat.slice(r * WIDTH, (r + 1) * WIDTH));

/** Σ x² + Σ sin(w x) over the entries that are read, and its gradient as one flat array. */
function lossOf(rows: readonly Numbers[], { entries, sines }: Row) {
  const width = rows[0]!.length;
  const places = Array.from({ length: READ }, (_, i) => (i * entries) / READ);
  const weights = Float64Array.from({ length: sines }, (_, k) => 1 + (k % 7) / 8);
  const x = new Float64Array(READ);
  const read = (): void => {
    for (let i = 0; i < READ; i += 1) x[i] = rows[Math.floor(places[i]! / width)]![places[i]! % width]!;
  };
  const loss = (): number => {
    read();
    let sum = 0;
    for (let i = 0; i < READ; i += 1) sum += x[i]! * x[i]!;
    for (let k = 0; k < sines; k += 1) sum += Math.sin(weights[k]! * x[k % READ]!);
    return sum;
  };
  const gradient = (): number[] => {
    read();
    const slopes = Array.from({ length: entries }, () => 0);
    for (let i = 0; i < READ; i += 1) slopes[places[i]!] = 2 * x[i]!;
    for (let k = 0; k < sines; k += 1)
      slopes[places[k % READ]!]! += weights[k]! * Math.cos(weights[k]! * x[k % READ]!);
    return slopes;
  };
  return { loss, gradient };
}

function bare(rows: readonly Numbers[], loss: () => number, into: Float64Array): void {
  let entry = 0;
  for (const row of rows)
    for (let i = 0; i < row.length; i += 1) {
      const saved = row[i]!;
      row[i] = saved + STEP;
      const above = loss();
      row[i] = saved - STEP;
      into[entry++] = (above - loss()) / (2 * STEP);
      row[i] = saved;
    }
}

async function bareAsync(rows: readonly Numbers[], loss: () => Promise<number>, into: Float64Array) {
  let entry = 0;
  for (const row of rows)
    for (let i = 0; i < row.length; i += 1) {
      const saved = row[i]!;
      row[i] = saved + STEP;
      const above = await loss();
      row[i] = saved - STEP;
      into[entry++] = (above - (await loss())) / (2 * STEP);
      row[i] = saved;
    }
}

async function timed(run: () => unknown, times: number): Promise<number> {
  globalThis.gc?.();
  const start = performance.now();
  for (let i = 0; i < times; i += 1) {
    const result = run();
    if (result instanceof Promise) await result;
  }
  return performance.now() - start;
}

function demand({ verdict }: { verdict: string }): void {
  if (verdict !== 'correct') throw new Error(`The check says ${verdict} of a right gradient.`);
}

/** In a process of its own: times the first run of `start`; after a first check, pairs too. */
async function measure(row: Row, start: 'check' | 'bare'): Promise<Timing> {
  const rows = numbersOf(row);
  const wrap = (flat: number[]) => ({ W: row.storage === 'number[][]' ? nested(flat) : flat });
  const parameters = { W: row.storage === 'number[][]' ? rows : rows[0]! };
  const { loss, gradient } = lossOf(rows, row);
  const gradients = () => wrap(gradient());
  const lossLater = async (): Promise<number> => loss();
  const into = new Float64Array(row.entries);
  const [check, loop] =
    row.mode === 'sync'
      ? [() => demand(checkGradients({ parameters, loss, gradients })), () => bare(rows, loss, into)]
      : [
          async () => demand(await checkGradients({ parameters, loss: lossLater, gradients })),
          () => bareAsync(rows, lossLater, into),
        ];
  const first = await timed(start === 'check' ? check : loop, 1);
  const ratios: number[] = [];
  const times = Math.ceil(LEAST_ENTRIES / row.entries);
  for (let pair = 0; start === 'check' && pair < PAIRS; pair += 1) {
    const looped = await timed(loop, times);
    ratios.push((await timed(check, times)) / looped);
  }
  const calls = row.entries * times;
  return {
    first,
    ratios: ratios.slice(WARM_UP),
    lossMicroseconds: ((await timed(loss, calls)) * 1e3) / calls,
  };
}

function inProcess(row: Row, start: 'check' | 'bare'): Timing {
  const argv = [...process.execArgv, fileURLToPath(import.meta.url), start, JSON.stringify(row)];
  return JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' })) as Timing;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

function resultOf(row: Row): Result {
  const pairs = Array.from({ length: PROCESSES }, () => ({
    bare: inProcess(row, 'bare'),
    check: inProcess(row, 'check'),
  }));
  const ratios = pairs.flatMap(({ check }) => check.ratios);
  return {
    ...row,
    lossMicroseconds: median(pairs.map(({ check }) => check.lossMicroseconds)),
    cold: median(pairs.map(({ check }) => check.first)) / median(pairs.map((pair) => pair.bare.first)),
    min: Math.min(...ratios),
    median: median(ratios),
  };
}

const printLine = (cells: readonly string[]): void =>
  console.log(cells.map((cell) => cell.padStart(12)).join(' '));

/** Met when the ratio of every row is at most `bar`. */
function printBar(title: string, results: readonly Result[], bar: number): void {
  for (const mode of MODES)
    for (const kind of ['cold', 'median'] as const) {
      const worst = Math.max(
        ...results.filter((result) => result.mode === mode).map((result) => result[kind]),
      );
      const verdict = worst <= bar ? 'met' : 'MISSED';
      console.log(
        `${title}, ${mode}, ${kind} at most ${bar}: ${verdict}, the largest is ${worst.toFixed(2)}`,
      );
    }
}

function printAll(): void {
  printLine(['entries', 'loss µs', 'storage', 'mode', 'cold', 'min', 'median']);
  const rows = SIZES.flatMap((size) =>
    MODES.flatMap((mode) => STORAGES.map((storage): Row => ({ ...size, mode, storage }))),
  );
  const results = rows.map((row) => {
    const result = resultOf(row);
    const ratios = [result.cold, result.min, result.median].map((ratio) => ratio.toFixed(2));
    printLine([`${row.entries}`, result.lossMicroseconds.toFixed(2), row.storage, row.mode, ...ratios]);
    return result;
  });
  const of = (count: number): Result[] => results.filter(({ entries }) => entries === count);
  printBar('4 000 entries, some 30 µs', of(4_000), 1.1);
  printBar('20 000 entries, under 1 µs', of(20_000), 1.5);
}

const [start, row] = process.argv.slice(2);
if (start === 'check' || start === 'bare')
  console.log(JSON.stringify(await measure(JSON.parse(row!) as Row, start)));
else printAll();
