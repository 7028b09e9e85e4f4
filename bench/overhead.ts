/**
 * What the check costs beyond its losses: its time over that of the loop anyone would write by hand (set the entry, loss,
 * set it, loss, restore). The package is measured as it is built, every row in fresh processes, by the time that they have
 * of a processor, which others don't change as they do that of a clock; only ratios within one run are printed.
 *
 * cold: the first check of a process over the first bare loop of another, medians of several processes each.
 * median: of adjacent pairs within these processes, alternating which comes first, once both are compiled.
 */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type * as Package from 'expect-gradients';

const STORAGES = ['Float64Array', 'Float32Array', 'number[]', 'number[][]'] as const;
const MODES = ['sync', 'async'] as const;

interface Size {
  readonly entries: number;
  /** They take up the loss's time, some 10 ns each. */
  readonly sines: number;
  /** The loss reads so many entries, spread evenly: if a short one read all, it would be none. */
  readonly read: number;
}

/** What a check may take at most, in units of the bare loop. */
interface Bar extends Size {
  readonly flat: number;
  readonly nested: number;
  readonly cold: number;
}

const BARS: readonly Bar[] = [
  { entries: 4_000, sines: 3_000, read: 4_000, flat: 1.05, nested: 1.05, cold: 1.3 },
  { entries: 4_000, sines: 3_000, read: 20, flat: 1.05, nested: 1.05, cold: 1.3 },
  { entries: 20_000, sines: 45, read: 20, flat: 1.25, nested: 1.4, cold: 2.5 },
];
const PROCESSES = 5;
/** Pairs of loop and check per process, of which the first ones, still being compiled, are left out. */
const PAIRS = 12;
const COMPILED = 4;
/** Numbers per row of a nested array. */
const WIDTH = 50;
const STEP = 1e-5;
/** The loop that it is held against takes every entry by itself. */
const EXHAUSTIVE = { method: 'exhaustive' } as const;

type Numbers = number[] | Float64Array | Float32Array;

interface Row extends Size {
  readonly storage: (typeof STORAGES)[number];
  readonly mode: (typeof MODES)[number];
}

type Timing = Readonly<{ first: number; ratios: readonly number[]; micros: number }>;

/** The package as it is built, which is what users run. */
const BUILT = new URL('../dist/esm/index.js', import.meta.url).href;

function numbersOf({ entries, storage }: Row): Numbers[] {
  const numbers = Array.from({ length: entries }, (_, i) => Math.sin(i + 1));
  if (storage === 'Float64Array') return [Float64Array.from(numbers)];
  if (storage === 'Float32Array') return [Float32Array.from(numbers)];
  if (storage === 'number[]') return [numbers];
  return Array.from({ length: entries / WIDTH }, (_, r) => numbers.slice(r * WIDTH, (r + 1) * WIDTH));
}

/** Σ x² + Σ sin(w x) over the entries that are read, and its gradient. */
function lossOf(rows: readonly Numbers[], { entries, sines, read: count }: Row) {
  const width = rows[0]!.length;
  const places = Array.from({ length: count }, (_, i) => (i * entries) / count);
  const weights = Float64Array.from({ length: sines }, (_, k) => 1 + (k % 7) / 8);
  const x = new Float64Array(count);
  const read = (): void => {
    for (let i = 0; i < count; i += 1) x[i] = rows[Math.floor(places[i]! / width)]![places[i]! % width]!;
  };
  const loss = (): number => {
    read();
    let sum = 0;
    for (let i = 0; i < count; i += 1) sum += x[i]! * x[i]!;
    for (let k = 0; k < sines; k += 1) sum += Math.sin(weights[k]! * x[k % count]!);
    return sum;
  };
  const gradient = (): Numbers[] => {
    read();
    const slopes = rows.map(({ length }) => new Float64Array(length));
    const add = (i: number, slope: number): void => {
      slopes[Math.floor(places[i]! / width)]![places[i]! % width]! += slope;
    };
    for (let i = 0; i < count; i += 1) add(i, 2 * x[i]!);
    for (let k = 0; k < sines; k += 1) add(k % count, weights[k]! * Math.cos(weights[k]! * x[k % count]!));
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

/** Processor time, in ms. */
async function timed(run: () => unknown): Promise<number> {
  const { user } = process.cpuUsage();
  await run();
  return (process.cpuUsage().user - user) / 1e3;
}

/** In a process of its own: times the first run of `start`; after a first check, pairs too. */
async function measure(row: Row, start: 'check' | 'bare'): Promise<Timing> {
  const { checkGradients } = (await import(BUILT)) as typeof Package;
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
  const first = await timed(start === 'check' ? check : loop);
  if (start === 'bare') return { first, ratios: [], micros: 0 };
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const before = pair % 2 === 0 ? await timed(loop) : undefined;
    const checked = await timed(check);
    ratios.push(checked / (before ?? (await timed(loop))));
  }
  const { verdict } = await check();
  if (verdict !== 'correct') throw new Error(`The check says ${verdict} of a right gradient.`);
  const looped = await timed(() => bare(rows, loss, into));
  return { first, ratios: ratios.slice(COMPILED), micros: (looped * 1e3) / (2 * row.entries) };
}

function inProcess(row: Row, start: 'check' | 'bare'): Timing {
  const argv = [...process.execArgv, fileURLToPath(import.meta.url), start, JSON.stringify(row)];
  return JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' })) as Timing;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const firstOf = (timings: readonly Timing[]): number => median(timings.map(({ first }) => first));

/** Cold ratio, then the median warm one, and the loss's time. */
function resultOf(row: Row) {
  const checked: Timing[] = [];
  const looped: Timing[] = [];
  for (let i = 0; i < PROCESSES; i += 1) {
    checked.push(inProcess(row, 'check'));
    looped.push(inProcess(row, 'bare'));
  }
  const micros = median(checked.map((timing) => timing.micros));
  const cold = firstOf(checked) / firstOf(looped);
  return { micros, cold, warm: median(checked.flatMap(({ ratios }) => ratios)) };
}

const lineOf = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(12)).join(' ');

/** A ratio, and whether it is within its bar. */
const held = (ratio: number, bar: number): string =>
  `${ratio.toFixed(2)} ${ratio <= bar ? '≤' : '>'} ${bar.toFixed(2)}`;

function printAll(): void {
  console.log(lineOf(['entries', 'read', 'loss µs', 'storage', 'mode', 'cold', 'median']));
  for (const { flat, nested, cold, ...size } of BARS)
    for (const mode of MODES)
      for (const storage of STORAGES) {
        const found = resultOf({ ...size, mode, storage });
        const bar = storage === 'number[][]' ? nested : flat;
        const what = [`${size.entries}`, `${size.read}`, found.micros.toFixed(2), storage, mode];
        console.log(lineOf([...what, held(found.cold, cold), held(found.warm, bar)]));
      }
}

const [start, given] = process.argv.slice(2);
if (start === 'check' || start === 'bare')
  console.log(JSON.stringify(await measure(JSON.parse(given!) as Row, start)));
else printAll();
