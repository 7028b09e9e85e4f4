/**
 * What a terminal shows of checks that take long. Stderr is a recorded one, of which a real emulator then tells the rows, and the
 * clock is moved by the losses alone.
 */

import { stripVTControlCharacters } from 'node:util';
import { Terminal } from '@xterm/headless';
import { checkGradients, type GradientCheckOptions } from 'expect-gradients';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import '../../src/vitest4.js';

// The clock of the check is the one from before the timers were faked; here it is to be that of the test.
vi.mock('../../src/check/run/clock.js', () => ({ now: () => performance.now() }));

/** A stream that records what is written, and when. */
class Recorded {
  readonly isTTY: boolean = true;
  readonly columns: number;
  bytesWritten = 0;
  readonly writes: { readonly time: number; readonly text: string }[] = [];

  constructor(columns: number, isTTY: boolean) {
    this.columns = columns;
    this.isTTY = isTTY;
  }

  write(text: string): void {
    this.bytesWritten += Buffer.byteLength(text);
    this.writes.push({ time: performance.now(), text });
  }

  /** The rows that a terminal shows after so many of the writes, without the empty ones at the end. */
  async rows(writes = this.writes.length): Promise<string[]> {
    const emulator = new Terminal({
      cols: this.columns,
      rows: ROWS,
      convertEol: true,
      allowProposedApi: true,
    });
    const text = this.writes.slice(0, writes).map((write) => write.text);
    await new Promise<void>((resolve) => {
      emulator.write(text.join(''), resolve);
    });
    const { active } = emulator.buffer;
    const rows = Array.from({ length: active.length }, (_, y) => active.getLine(y)!.translateToString(true));
    return rows.slice(0, rows.findLastIndex((row) => row !== '') + 1);
  }

  /** What was drawn, line by line, without the controls. */
  drawn(): string[] {
    const lines = this.writes.map(({ text }) => stripVTControlCharacters(text.split('\r')[1] ?? ''));
    return lines.filter((line) => line !== '');
  }
}

const ROWS = 24;

interface Context {
  readonly columns?: number;
  readonly isTTY?: boolean;
  readonly env?: Record<string, string>;
}

/** Puts a recorded terminal in the place of the process's; what runs until the test ends finds that. */
function terminal({ columns = 80, isTTY = true, env = {} }: Context = {}): Recorded {
  const stream = new Recorded(columns, isTTY);
  const own = { stderr: stream, stdout: stream, env };
  vi.stubGlobal('process', Object.create(process, Object.getOwnPropertyDescriptors(own)) as unknown);
  return stream;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Half the sum of squares of some parameters, each loss so many ms long. */
function model(
  sizes: Readonly<Record<string, number>>,
  cost: number,
  onLoss: (calls: number) => void = () => {},
) {
  const parameters = Object.fromEntries(
    Object.entries(sizes).map(([name, size]) => [name, Array.from({ length: size }, (_, i) => 1 + (i % 5))]),
  );
  let calls = 0;
  const loss = (): number => {
    vi.advanceTimersByTime(cost);
    calls += 1;
    onLoss(calls);
    let sum = 0;
    for (const values of Object.values(parameters)) for (const value of values) sum += value * value;
    return sum / 2;
  };
  return { parameters, loss, gradients: () => structuredClone(parameters) };
}

const later = ({ parameters, loss, gradients }: ReturnType<typeof model>) => ({
  parameters,
  loss: async () => loss(),
  gradients,
});

/** By default what takes long is checked along directions, and soon done. */
const EACH = { method: 'exhaustive' } as const;

/** The numbers before "of" in the lines. */
const done = (lines: readonly string[]): number[] =>
  lines.map((line) => Number(/([\d,]+) of/.exec(line)?.[1]?.replaceAll(',', '')));

describe('a check that takes long', () => {
  test('shows a line below what was written, and leaves nothing of it', async () => {
    const stderr = terminal();
    stderr.write('Checking … ');
    checkGradients(model({ W: 200, b: 10 }, 10), EACH);
    stderr.write('done\n');
    const during = await stderr.rows(2);
    expect(during).toEqual(['Checking … ', 'expect-gradients: W, 97 of 210 entries, about 2 s left']);
    expect(await stderr.rows()).toEqual(['Checking … done']);
  });

  test('leaves nothing at the bottom of a full screen either', async () => {
    const stderr = terminal();
    const before = Array.from({ length: 2 * ROWS }, (_, i) => `row ${i}`);
    stderr.write(`${before.join('\n')}, `);
    checkGradients(model({ W: 200 }, 10), EACH);
    stderr.write('done');
    expect(stderr.drawn().length).toBeGreaterThan(10);
    expect(await stderr.rows()).toEqual([...before.slice(0, -1), `${before.at(-1)}, done`]);
  });

  test('shows every parameter and every entry to the end', () => {
    const stderr = terminal();
    checkGradients(model({ W: 200, V: 100, b: 10 }, 250), EACH);
    const lines = stderr.drawn();
    expect(new Set(lines.map((line) => /: (\w+)/.exec(line)?.[1]))).toEqual(
      new Set(['preparing', 'W', 'V', 'b']),
    );
    const counts = done(lines.filter((line) => !line.includes('preparing')));
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect([counts[0], counts.at(-1)]).toEqual([0, 310]);
  });

  test.each([1, 7, 30, 130])('of losses of %i ms draws every tenth of a second at most', (cost) => {
    const stderr = terminal();
    checkGradients(model({ W: 3000 / cost }, cost), EACH);
    const times = stderr.writes.slice(0, -1).map(({ time }) => time);
    const pauses = times.slice(1).map((time, k) => time - times[k]!);
    expect(times[0]).toBeGreaterThanOrEqual(2000);
    expect(times[0]).toBeLessThan(2000 + 100 + cost);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...pauses)).toBeLessThan(200 + cost);
  });

  test('of losses that take seconds draws at each', () => {
    const stderr = terminal();
    const { evaluations } = checkGradients(model({ W: 20 }, 5000), EACH);
    // Gradients take no time here, so that the clock is looked at one call later after them.
    expect(stderr.drawn().length).toBeGreaterThanOrEqual(evaluations.loss - evaluations.gradients);
  });

  test('looks at the clock at few of many quick calls', () => {
    terminal();
    const look = vi.spyOn(performance, 'now');
    const { evaluations } = checkGradients(model({ W: 5000 }, 0.01), EACH);
    expect(look.mock.calls.length).toBeLessThan(evaluations.loss / 12);
  });

  test('sees soon that calls which were quick are so no longer', () => {
    const stderr = terminal();
    const slowing = (calls: number): void => {
      if (calls > 5000) vi.advanceTimersByTime(500);
    };
    checkGradients(model({ W: 2600 }, 0.01, slowing), EACH);
    expect(stderr.writes[0]!.time).toBeLessThan(16 * 500);
  });

  test('shows the line in the matcher too', async () => {
    const stderr = terminal();
    expect(model({ W: 200 }, 10)).toHaveCorrectGradients(EACH);
    expect(stderr.drawn().length).toBeGreaterThan(10);
    expect(await stderr.rows()).toEqual([]);
  });

  test('tells the time that is left', () => {
    const stderr = terminal();
    checkGradients(model({ W: 1000 }, 100), EACH);
    const at = stderr.writes.findIndex(({ text }) => text.includes('W, 500 of'));
    expect(stderr.writes[at]!.text).toContain('W, 500 of 1,000 entries, about 2 min left');
    expect(stderr.writes.at(-1)!.time - stderr.writes[at]!.time).toBeGreaterThan(100_000);
  });

  test('tells it by parameters where each takes as long as another, along directions', () => {
    const stderr = terminal();
    checkGradients(model({ a: 10, b: 100, c: 100_000, d: 100 }, 1000), { method: 'directional' });
    const lines = stderr.writes.filter(({ text }) => text.includes(' left'));
    const end = stderr.writes.at(-1)!.time;
    for (const { time, text } of lines) {
      const left = / 1 min left/.test(text) ? 60 : Number(/ (\d+) s left/.exec(text)![1]);
      expect(Math.abs(left - (end - time) / 1000)).toBeLessThan(15);
    }
    expect(lines.length).toBeGreaterThan(20);
  });

  test('says that entries are looked at again', () => {
    const stderr = terminal();
    const sound = model({ W: 40 }, 100);
    const gradients = () => ({ W: sound.parameters['W']!.map((x, i) => (i % 7 === 0 ? 2 * x : x)) });
    checkGradients({ ...sound, gradients }, EACH);
    expect(stderr.drawn().at(-1)).toMatch(
      /^expect-gradients: W, 40 of 40 entries, last looks, \d+ s so far$/,
    );
  });

  test('keeps to the width of the terminal', async () => {
    const stderr = terminal({ columns: 40 });
    checkGradients(model({ 'encoder.layers.3.attention.W': 1000 }, 100), EACH);
    expect(stderr.drawn().filter((line) => line.length > 39)).toEqual([]);
    const at = stderr.writes.findIndex(({ text }) => text.includes(' 500 of'));
    expect(await stderr.rows(at + 1)).toEqual(['', '…attention.W, 500 of 1,000, 2 min left']);
    expect(await stderr.rows()).toEqual([]);
  });
});

describe('a check that ends early', () => {
  const failing = () =>
    model({ W: 200 }, 20, (calls) => {
      if (calls === 200) throw new RangeError('of the model');
    });

  test('by an error leaves nothing', async () => {
    const stderr = terminal();
    expect(() => checkGradients(failing(), EACH)).toThrow(new RangeError('of the model'));
    expect(stderr.drawn().length).toBeGreaterThan(2);
    expect(await stderr.rows()).toEqual([]);
  });

  test('by a rejection leaves nothing', async () => {
    const stderr = terminal();
    await expect(checkGradients(later(failing()), EACH)).rejects.toThrow(new RangeError('of the model'));
    expect(stderr.drawn().length).toBeGreaterThan(2);
    expect(await stderr.rows()).toEqual([]);
  });

  test('by its time limit leaves nothing', async () => {
    const stderr = terminal();
    checkGradients(model({ W: 200 }, 20), { ...EACH, timeLimit: 3000 });
    expect(stderr.drawn().length).toBeGreaterThan(2);
    expect(await stderr.rows()).toEqual([]);
  });
});

describe('nothing is written', () => {
  const LONG: readonly [Readonly<Record<string, number>>, number] = [{ W: 200 }, 20];

  test.each<[string, Context, GradientCheckOptions?]>([
    ['where stderr is no terminal', { isTTY: false }],
    ['in CI', { env: { CI: 'true' } }],
    ['under Jest', { env: { JEST_WORKER_ID: '1' } }],
    ['on a terminal without controls', { env: { TERM: 'dumb' } }],
    ['with a user’s onProgress', {}, { onProgress: () => undefined }],
  ])('%s', (_, context, options) => {
    const stderr = terminal(context);
    checkGradients(model(...LONG), { ...EACH, ...options });
    expect(stderr.writes).toEqual([]);
  });

  test('by a check of less than two seconds', () => {
    const stderr = terminal();
    checkGradients(model({ W: 80 }, 10), EACH);
    expect(performance.now()).toBeGreaterThan(1700);
    expect(performance.now()).toBeLessThan(2000);
    expect(stderr.writes).toEqual([]);
  });

  test('in a browser, which has no process', () => {
    const check = model(...LONG);
    vi.stubGlobal('process', undefined);
    const { verdict } = checkGradients(check, EACH);
    vi.unstubAllGlobals();
    expect(verdict).toBe('correct');
  });
});

test.each(['', '0', 'false'])('CI=%s is not CI', (CI) => {
  const stderr = terminal({ env: { CI, TERM: 'xterm' } });
  checkGradients(model({ W: 200 }, 20), EACH);
  expect(stderr.drawn()).not.toEqual([]);
});

test('Deno, which would ask its user, is not asked for the environment', () => {
  const env = new Proxy({}, { get: () => expect.unreachable() });
  const stderr = terminal({ env });
  vi.stubGlobal('Deno', {});
  checkGradients(model({ W: 200 }, 20), EACH);
  expect(stderr.drawn()).not.toEqual([]);
});

describe('a line gives way', () => {
  test('to what the model writes, of which nothing is lost', async () => {
    const stderr = terminal();
    const print = (calls: number): void => {
      if (calls > 200) stderr.write(`loss ${calls}\n`);
    };
    const { evaluations } = checkGradients(model({ W: 200 }, 20, print), EACH);
    const [top, last, ...rows] = await stderr.rows();
    expect(top).toBe('');
    expect(last).toMatch(/^expect-gradients: W, \d+ of 200 .* leftloss 201$/);
    expect(rows).toEqual(Array.from({ length: evaluations.loss - 201 }, (_, k) => `loss ${202 + k}`));
  });

  test('to that of another check, and comes when that has ended', async () => {
    const stderr = terminal();
    const [short, long] = [model({ short: 50 }, 20), model({ long: 100 }, 20)];
    await Promise.all([checkGradients(later(short), EACH), checkGradients(later(long), EACH)]);
    const names = stderr.drawn().map((line) => /: (\w+)/.exec(line)![1]!);
    const first = names.lastIndexOf('short');
    expect(new Set(names.slice(0, first + 1))).toEqual(new Set(['short']));
    expect(new Set(names.slice(first + 1))).toEqual(new Set(['long']));
    expect(await stderr.rows()).toEqual([]);
  });
});
