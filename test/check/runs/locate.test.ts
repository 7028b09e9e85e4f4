/** The search for wrong entries of a run, on claims that are off by known numbers: what is found, and by how many looks. */

import { describe, expect, test } from 'vitest';
import { type Located, locate, type Search } from '../../../src/check/runs/locate.js';
import type { Direction } from '../../../src/check/runs/direction-paths.js';
import { type Seen, withClaim } from '../../../src/check/runs/look.js';
import type { Culprit } from '../../../src/numerics/decode.js';
import { RandomWeights } from '../../../src/numerics/random.js';

/** So many entries that would explain what was seen are measured one by one. */
const FEW = 3;

interface Given {
  readonly count?: number;
  readonly uncertainty?: number;
  /** What a right claim may be off by along a direction. */
  readonly allowed?: number;
  readonly most?: number;
  readonly isWidespread?: boolean;
  /** The entry that is found wrong where it is measured, whatever was seen along directions. */
  readonly elsewhere?: number;
  /** So many of the first looks are open, and show what is not there. */
  readonly open?: number;
  /** After so many looks the budget has no room for more. */
  readonly looks?: number;
  /** After so many measured entries the budget is spent. */
  readonly measured?: number;
}

interface Found extends Located {
  readonly entries: readonly number[];
  /** How many directions were looked along, and which entries were measured. */
  readonly looks: number;
  readonly measured: readonly number[];
  readonly asked: number;
}

/** A search in a run from 100 on, in which some entries are wrong by their place in it. */
function search(errors: Readonly<Record<number, number>>, given: Given = {}): Found {
  const { count = 1000, uncertainty = 1e-6, allowed = 1e-6, most = 16, looks = Infinity } = given;
  const run = { from: 100, to: 100 + count };
  const off = new Map(Object.entries(errors).map(([entry, error]) => [100 + Number(entry), error]));
  const elsewhere = new Map([[100 + (given.elsewhere ?? 0), 0.5]]);
  const measured: number[] = [];
  const corrected = new Set<number>();
  let [drawn, looked, asked] = [0, 0, 0];
  const draw = (): Direction => {
    drawn += 1;
    return { run, weights: new RandomWeights(drawn, 1) };
  };
  const seen = (direction: Direction): Seen => {
    let error = 0;
    for (const [entry, own] of off) if (!corrected.has(entry)) error += own * direction.weights.at(entry);
    const outcome = Math.abs(error) - allowed > uncertainty ? 'wrong' : 'right';
    return { ...direction, error, uncertainty, allowed, outcome };
  };
  const task: Search<never> = {
    run,
    goesOn: () => measured.length < (given.measured ?? Infinity),
    draw,
    // oxlint-disable-next-line require-yield -- nothing has to be asked of anybody
    *look(directions) {
      if (looked + directions.length > looks) return undefined;
      looked += directions.length;
      return directions.map(seen);
    },
    // oxlint-disable-next-line require-yield -- nothing has to be asked of anybody
    *measure(entries) {
      measured.push(...entries);
      return entries.flatMap((entry): Culprit[] => {
        const error = given.elsewhere === undefined ? off.get(entry) : elsewhere.get(entry);
        if (error === undefined || corrected.has(entry)) return [];
        corrected.add(entry);
        return [{ entry, error }];
      });
    },
    // oxlint-disable-next-line require-yield -- nothing has to be asked of anybody
    *isWidespread() {
      asked += 1;
      return given.isWidespread ?? false;
    },
  };
  const first = [draw(), draw(), draw()]
    .map(seen)
    .map((look, k): Seen => (k < (given.open ?? 0) ? { ...look, error: 99, outcome: 'open' } : look));
  const turn = locate(task, first, most).next();
  if (turn.done !== true) throw new Error('nothing is asked');
  const entries = turn.value.found.map(({ entry }) => entry - 100).toSorted((a, b) => a - b);
  return { ...turn.value, entries, looks: looked, measured: measured.map((entry) => entry - 100), asked };
}

describe('one wrong entry', () => {
  test.each([0, 1, 499, 998, 999])('at %i is decoded from what found it', (entry) => {
    const found = search({ [entry]: 0.5 });
    expect(found).toMatchObject({ entries: [entry], isWidespread: false, asked: 0, looks: 0 });
    expect(found.found[0]!.error).toBe(0.5);
    expect(found.measured.length).toBeLessThanOrEqual(FEW);
  });

  test('that shows little takes more looks', () => {
    const found = search({ 300: 0.5 }, { uncertainty: 0.05, allowed: 0.01 });
    expect(found.entries).toEqual([300]);
    expect(found.looks).toBeGreaterThan(0);
    expect(found.measured.length).toBeLessThanOrEqual(FEW);
  });

  test('of very many is found as quickly', () => {
    const found = search({ 77_777: -3 }, { count: 100_000, uncertainty: 1e-4 });
    expect(found.entries).toEqual([77_777]);
    expect(found.looks).toBeLessThan(4);
  });

  test('is told by the looks that are not open', () => {
    expect(search({ 300: 0.5 }, { open: 1, isWidespread: true })).toMatchObject({ entries: [300], asked: 0 });
  });

  test('may be another than the one that explains best what was seen', () => {
    const all = [0, 1, 2].map((elsewhere) =>
      search({ 0: 0.5 }, { count: 3, uncertainty: 9, allowed: 0, isWidespread: true, elsewhere }),
    );
    expect(all.map(({ entries, asked }) => [entries, asked])).toEqual([0, 1, 2].map((entry) => [[entry], 0]));
    expect(all.map(({ measured }) => measured[0])).toEqual([0, 0, 0]);
  });

  test('needs no look beyond those that found it', () => {
    expect(search({ 5: 1 }, { looks: 0 }).entries).toEqual([5]);
  });
});

describe('several wrong entries', () => {
  test('are found in halves of halves', () => {
    const errors = { 3: 1, 400: -2, 401: 0.5, 999: 1 };
    const found = search(errors);
    expect(found.entries).toEqual([3, 400, 401, 999]);
    expect(
      found.found.map(({ entry, error }) => [entry - 100, error]).toSorted(([a], [b]) => a! - b!),
    ).toEqual([
      [3, 1],
      [400, -2],
      [401, 0.5],
      [999, 1],
    ]);
    expect(found.measured.length).toBeLessThan(3 * FEW * 4);
    expect(found.looks).toBeLessThan(150);
  });

  test('are as many as are wanted', () => {
    const errors = Object.fromEntries(Array.from({ length: 12 }, (_, k) => [80 * k, 1]));
    expect(search(errors, { most: 5 }).entries).toHaveLength(5);
    expect(search(errors, { most: 0 }).entries).toEqual([]);
    expect(search(errors).entries).toHaveLength(12);
  });

  test('that are in most are not looked for', () => {
    const errors = Object.fromEntries(Array.from({ length: 900 }, (_, k) => [k, 1]));
    expect(search(errors, { isWidespread: true })).toMatchObject({ found: [], isWidespread: true, asked: 1 });
  });

  test('are asked about once, before any was found', () => {
    expect(search({ 3: 1, 400: -2, 999: 1 })).toMatchObject({ asked: 1, isWidespread: false });
  });

  test('of a few entries are all found', () => {
    expect(search({ 0: 1, 1: 1, 2: 1 }, { count: 3 }).entries).toEqual([0, 1, 2]);
  });
});

describe('where a budget ends', () => {
  test('what was found before is kept', () => {
    const found = search({ 3: 1, 400: -2, 999: 1 }, { measured: 1 });
    expect(found.entries.length).toBeLessThan(3);
    expect(search({ 3: 1, 400: -2, 999: 1 }, { looks: 0 }).entries.length).toBeLessThan(3);
  });

  test('at once nothing is', () => {
    expect(search({ 3: 1 }, { measured: 0 })).toMatchObject({ found: [], measured: [] });
  });
});

describe('a look with another claim for one entry', () => {
  const look: Seen = {
    run: { from: 0, to: 2 },
    weights: { key: '', at: (entry) => [2, -1][entry]! },
    error: 5,
    uncertainty: 0.5,
    allowed: 0.25,
    outcome: 'wrong',
  };

  test.each([
    ['is off by the change times its weight', 0, -1, 3, 'wrong'],
    ['in the direction of the weight', 1, -1, 6, 'wrong'],
    ['is right within what is uncertain and allowed', 0, -2.125, 0.75, 'right'],
    ['to both sides', 0, -2.875, -0.75, 'right'],
    ['and wrong beyond it', 0, -2.9, -0.8, 'wrong'],
  ])('%s', (_, entry, change, error, outcome) => {
    const changed = withClaim(look, entry, change);
    expect(changed.error).toBeCloseTo(error, 12);
    expect(changed.outcome).toBe(outcome);
  });

  test('stays open where it was, but for what is plainly wrong', () => {
    const open = { ...look, outcome: 'open' as const };
    expect(withClaim(open, 0, -2.5).outcome).toBe('open');
    expect(withClaim(open, 0, 1).outcome).toBe('wrong');
  });
});
