/**
 * What the check costs beyond its losses: its time over that of the loop anyone would write by hand (set the entry, loss,
 * set it, loss, restore). Every row is measured in fresh processes; only ratios within one run are printed.
 *
 * cold: the first check of a process over the first bare loop of another, the least of several processes each.
 * min, median: of adjacent pairs within these processes, once both are compiled.
 */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { checkGradients } from 'expect-gradients';

const STORAGES = ['Float64Array', 'number[]', 'number[][]', 'Float32Array'] as const;
const MODES = ['sync', 'async'] as const;
/** Numbers of entries, and of the sines that take up the loss's time, some 10 ns each. */
const LONG = { entries: 4_000, sines: 3_000 };
const SHORT = [45, 85].map((sines) => ({ entries: 20_000, sines }));
const SIZES = [LONG, ...SHORT, ...[100, 1_000, 10_000, 80_000].map((entries) => ({ entries, sines: 45 }))];
const PROCESSES = 3;
/** Pairs of loop and check per process, of which the first, still being compiled, is left out. */
const PAIRS = 4;
/** Small checks are repeated until they have taken this many entries. */
const LEAST_ENTRIES = 10_000;
/** The loss reads this many entries, spread evenly: if it read all, its time would grow with their number. */
const READ = 20;
/** Numbers per row of a nested array. */
const WIDTH = 50;
const STEP = 1e-5;
/** The loop that it is held against takes every entry by itself. */
const EXHAUSTIVE = { method: 'exhaustive' } as const;

type Numbers = number[] | Float64Array | Float32Array;

interface Row {
  readonly entries: number;
  readonly sines: number;
  readonly storage: (typeof STORAGES)[number];
  readonly mode: (typeof MODES)[number];
}

type Timing = Readonly<{ first: number; ratios: readonly number[]; micros: number }>;

function numbersOf({ entries, storage }: Row): Numbers[] {
  const numbers = Array.from({ length: entries }, (_, i) => Math.sin(i + 1));
  if (storage === 'Float64Array') return [Float64Array.from(numbers)];
  if (storage === 'Float32Array') return [Float32Array.from(numbers)];
  if (storage === 'number[]') return [numbers];
  return Array.from({ length: entries / WIDTH }, (_, r) => numbers.slice(r * WIDTH, (r + 1) * WIDTH));
}

/** Σ x² + Σ sin(w x) over the entries that are read, and its gradient. */
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
  const gradient = (): Numbers[] => {
    read();
    const slopes = rows.map(({ length }) => new Float64Array(length));
    const add = (i: number, slope: number): void => {
      slopes[Math.floor(places[i]! / width)]![places[i]! % width]! += slope;
    };
    for (let i = 0; i < READ; i += 1) add(i, 2 * x[i]!);
    for (let k = 0; k < sines; k += 1) add(k % READ, weights[k]! * Math.cos(weights[k]! * x[k % READ]!));
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
  const start = performance.now();
  for (let i = 0; i < times; i += 1) await run();
  return performance.now() - start;
}

/** In a process of its own: times the first run of `start`; after a first check, pairs too. */
async function measure(row: Row, start: 'check' | 'bare'): Promise<Timing> {
  const rows = numbersOf(row);
  const tree = (numbers: Numbers[]) => ({ W: row.storage === 'number[][]' ? numbers : numbers[0]! });
  const parameters = tree(rows);
  const { loss, gradient } = lossOf(rows, row);
  const gradients = () => tree(gradient());
  const lossLater = async (): Promise<number> => loss();
  const into = new Float64Array(row.entries);
  const sync = row.mode === 'sync';
  const check = () =>
    sync
      ? checkGradients({ parameters, loss, gradients }, EXHAUSTIVE)
      : checkGradients({ parameters, loss: lossLater, gradients }, EXHAUSTIVE);
  const loop = () => (sync ? bare(rows, loss, into) : bareAsync(rows, lossLater, into));
  const first = await timed(start === 'check' ? check : loop, 1);
  if (start === 'bare') return { first, ratios: [], micros: 0 };
  const ratios: number[] = [];
  const times = Math.ceil(LEAST_ENTRIES / row.entries);
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const before = await timed(loop, times);
    ratios.push((await timed(check, times)) / before);
  }
  const { verdict } = await check();
  if (verdict !== 'correct') throw new Error(`The check says ${verdict} of a right gradient.`);
  const looped = await timed(() => bare(rows, loss, into), times);
  return { first, ratios: ratios.slice(1), micros: (looped * 1e3) / (2 * row.entries * times) };
}

function inProcess(row: Row, start: 'check' | 'bare'): Timing {
  const argv = [...process.execArgv, fileURLToPath(import.meta.url), start, JSON.stringify(row)];
  return JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' })) as Timing;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const least = (timings: readonly Timing[]): number => Math.min(...timings.map(({ first }) => first));

/** Cold ratio, then the least and the median warm one, and the loss's time. */
function resultOf(row: Row) {
  const checked: Timing[] = [];
  const looped: Timing[] = [];
  for (let i = 0; i < PROCESSES; i += 1) {
    checked.push(inProcess(row, 'check'));
    looped.push(inProcess(row, 'bare'));
  }
  const ratios = checked.flatMap((timing) => timing.ratios);
  const micros = median(checked.map((timing) => timing.micros));
  const cold = least(checked) / least(looped);
  return { ...row, micros, cold, min: Math.min(...ratios), median: median(ratios) };
}

const lineOf = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(12)).join(' ');

/** The bar is met when no ratio of that many entries is above it. */
function printBar(results: readonly ReturnType<typeof resultOf>[], entries: number, bar: number): void {
  for (const mode of MODES)
    for (const kind of ['cold', 'median'] as const) {
      const rows = results.filter((result) => result.entries === entries && result.mode === mode);
      const worst = Math.max(...rows.map((result) => result[kind]));
      const verdict = worst <= bar ? 'met' : 'MISSED';
      console.log(`${entries} entries, ${mode}, ${kind} ≤ ${bar}: ${verdict}, at worst ${worst.toFixed(2)}`);
    }
}

function printAll(): void {
  console.log(lineOf(['entries', 'loss µs', 'storage', 'mode', 'cold', 'min', 'median']));
  const results = SIZES.flatMap((size) =>
    MODES.flatMap((mode) =>
      STORAGES.map((storage) => {
        const result = resultOf({ ...size, mode, storage });
        const numbers = [result.micros, result.cold, result.min, result.median];
        const [micros, ...ratios] = numbers.map((value) => value.toFixed(2));
        console.log(lineOf([`${size.entries}`, micros!, storage, mode, ...ratios]));
        return result;
      }),
    ),
  );
  printBar(results, LONG.entries, 1.1);
  printBar(results, SHORT[0]!.entries, 1.5);
}

const [start, given] = process.argv.slice(2);
if (start === 'check' || start === 'bare')
  console.log(JSON.stringify(await measure(JSON.parse(given!) as Row, start)));
else printAll();
