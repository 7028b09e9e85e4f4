/**
 * How many losses random directions need: to find a right model right, and to name a wrong entry, against the number of entries
 * and of wrong ones; with the memory beyond the model's own, and the losses that every entry by itself would take.
 *
 *     npm run bench:locate [-- --largest=100000]
 */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkGradients } from 'expect-gradients';

const SIZES = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
const WRONG = [0, 1, 3, 10, 100];
const STORAGES = ['Float64Array', 'Float32Array'] as const;
/** Entries that go into one unit. */
const WIDTH = 100;
/** Models per row; fewer of the largest, whose losses take long. */
const DRAWS = 5;
const MOST_LOSSES = 1e10;

interface Row {
  readonly entries: number;
  readonly wrong: number;
  readonly storage: (typeof STORAGES)[number];
}

interface Outcome {
  readonly verdict: string;
  /** Whether the first entry named is one of the wrong ones. */
  readonly located: boolean;
  readonly losses: number;
  /** Bytes beyond the model's own, at the end of the check. */
  readonly memory: number;
  /** The time of the whole check over that of as many bare losses. */
  readonly slowdown: number;
}

/** Units of WIDTH entries each, tanh of their weighted sums: J = Σ (tanh(Σ x w / 8) − t)² / units, and its gradient. */
function modelOf({ entries, storage }: Row, draw: number) {
  const make = (length: number, of: (i: number) => number = () => 0): Float64Array | Float32Array => {
    const values = storage === 'Float64Array' ? new Float64Array(length) : new Float32Array(length);
    for (let i = 0; i < length; i += 1) values[i] = of(i);
    return values;
  };
  const round = storage === 'Float64Array' ? (x: number): number => x : Math.fround;
  const x = make(entries, (i) => Math.sin(12.9898 * (i + 1) + draw));
  const units = Math.ceil(entries / WIDTH);
  const input = Float64Array.from({ length: WIDTH }, (_, k) => Math.cos(k + 1) / 8);
  const activation = (unit: number): number => {
    let sum = 0;
    const end = Math.min(entries, (unit + 1) * WIDTH);
    for (let i = unit * WIDTH; i < end; i += 1) sum = round(sum + round(x[i]! * input[i % WIDTH]!));
    return round(Math.tanh(sum));
  };
  const error = (unit: number, a: number): number => round(a - Math.sin(unit));
  const loss = (): number => {
    let total = 0;
    // Of many units in partial sums, as any library adds, lest single precision lose the last ones.
    for (let from = 0; from < units; from += WIDTH) {
      let part = 0;
      for (let u = from; u < Math.min(units, from + WIDTH); u += 1) {
        const e = error(u, activation(u));
        part = round(part + round(e * e));
      }
      total = round(total + round(part / units));
    }
    return total;
  };
  const claimed = make(entries);
  const gradients = () => {
    for (let u = 0; u < units; u += 1) {
      const a = activation(u);
      const d = (2 * error(u, a) * (1 - a * a)) / units;
      for (let i = u * WIDTH; i < Math.min(entries, (u + 1) * WIDTH); i += 1)
        claimed[i] = d * input[i % WIDTH]!;
    }
    return { x: claimed };
  };
  return { parameters: { x }, loss, gradients };
}

/** Checks one model with some entries off by the root mean square of the gradient. */
function measure(row: Row, draw: number): Outcome {
  const { entries, wrong } = row;
  const model = modelOf(row, draw);
  const places = Array.from(
    { length: wrong },
    (_, k) => Math.floor(((k + 0.37 + draw / 7) * entries) / wrong) % entries,
  );
  let rms = 0;
  for (const g of model.gradients().x) rms += g * g;
  rms = Math.sqrt(rms / entries);
  const gradients = () => {
    const claimed = model.gradients();
    for (const [k, i] of places.entries()) claimed.x[i]! += k % 2 === 0 ? rms : -rms;
    return claimed;
  };
  globalThis.gc?.();
  const before = process.memoryUsage();
  const started = performance.now();
  const report = checkGradients({ ...model, gradients }, { method: 'directional', seed: draw + 1 });
  const taken = performance.now() - started;
  const { maxRSS } = process.resourceUsage();
  const bare = performance.now();
  const losses = Math.min(20, report.evaluations.loss);
  for (let k = 0; k < losses; k += 1) model.loss();
  const each = (performance.now() - bare) / losses;
  return {
    verdict: report.verdict,
    located: wrong > 0 && places.includes(report.offenders[0]?.index[0] ?? -1),
    losses: report.evaluations.loss,
    memory: maxRSS * 1024 - before.rss,
    slowdown: taken / (each * report.evaluations.loss),
  };
}

const { values: options } = parseArgs({
  options: {
    largest: { type: 'string', default: '10000000' },
    row: { type: 'string' },
    draw: { type: 'string' },
  },
});

if (options.row !== undefined) {
  process.stdout.write(JSON.stringify(measure(JSON.parse(options.row) as Row, Number(options.draw))));
} else {
  const self = fileURLToPath(import.meta.url);
  const run = (row: Row, draw: number): Outcome =>
    JSON.parse(
      execFileSync(
        process.execPath,
        ['--expose-gc', '--import', 'tsx', self, `--row=${JSON.stringify(row)}`, `--draw=${draw}`],
        { encoding: 'utf8' },
      ),
    ) as Outcome;
  console.log(
    '| entries | wrong | storage | verdicts | located | losses | every entry | memory / N | time / losses |',
  );
  console.log('| ---: | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |');
  for (const entries of SIZES.filter((size) => size <= Number(options.largest)))
    for (const wrong of WRONG)
      for (const storage of STORAGES) {
        const row: Row = { entries, wrong, storage };
        const draws = Math.max(1, Math.min(DRAWS, Math.floor(MOST_LOSSES / (entries * 1000))));
        const outcomes = Array.from({ length: draws }, (_, draw) => run(row, draw));
        const most = (of: (outcome: Outcome) => number): number => Math.max(...outcomes.map(of));
        const verdicts = [...new Set(outcomes.map(({ verdict }) => verdict))].join(', ');
        const located =
          wrong === 0 ? '–' : `${outcomes.filter((outcome) => outcome.located).length} of ${draws}`;
        console.log(
          `| ${entries} | ${wrong} | ${storage} | ${verdicts} | ${located} | ${most(({ losses }) => losses)} | ${2 * entries} | ${(most(({ memory }) => memory) / entries).toFixed(0)} bytes | ${most(({ slowdown }) => slowdown).toFixed(2)} |`,
        );
      }
}
