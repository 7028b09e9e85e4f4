/**
 * What becomes of the verdicts where a constant of the source is half or twice as large: false alarms, faults that pass and losses over some
 * cases of the bench of detection, for each constant of docs/constants.md that is a choice.
 *
 *     npm run bench:sensitivity                                          all constants on one case in 44
 *     npm run bench:sensitivity -- --constants=STEP_RATIO,ROOM           some of them
 *     npm run bench:sensitivity -- --stride=11 --cases=trained,float32   on more cases, and on some
 */

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkGradients } from '../../src/index.js';
import { inParts } from '../detection/parallel.js';
import { type Checker, checkersOf } from '../detection/sweep/checkers.js';
import { count, type Counts, type Share } from '../detection/sweep/counts.js';
import { judge } from '../detection/sweep/judge.js';
import { allCases, type Case, matches } from '../detection/sweep/sweep-cases.js';
import { plain } from '../detection/table.js';
import { allVariations, copyWith, remove, type Variation } from './variations.js';

/** One case in so many is taken; it has no factor in common with the cases of a cell. */
const DEFAULT_STRIDE = '44';
/** So many changed copies are put to a case together, so that it is drawn once for all of them. */
const CHUNK = 8;

const { values: options } = parseArgs({
  options: {
    constants: { type: 'string' },
    cases: { type: 'string' },
    stride: { type: 'string', default: DEFAULT_STRIDE },
    seed: { type: 'string', default: '1' },
    /** This process's share of the changes, as '0/2'; for the bench's own use. */
    part: { type: 'string' },
  },
});

const names = options.constants === undefined ? undefined : new Set(options.constants.split(','));
const variations = allVariations(names);
const stride = Number(options.stride);
const cases = allCases()
  .filter((one) => matches(one, options.cases))
  .filter((_, i) => i % stride === 0);

/** What a checker said of all cases. */
function counted(checkers: readonly Checker[]): Counts[] {
  const outcomes = cases
    .flatMap((one: Case) => judge(one, Number(options.seed), checkers))
    .map(({ outcome }) => outcome);
  return checkers.map(({ name }) =>
    count(
      name,
      outcomes.filter(({ checker }) => checker === name),
    ),
  );
}

/** The counts of some changes, in their order; undefined of those that can't even be loaded. */
async function countChanged(changes: readonly Variation[]): Promise<(Counts | undefined)[]> {
  const folders = changes.map(copyWith);
  try {
    const checkers = await Promise.all(
      folders.map(async (folder) => {
        try {
          const [, changed] = await checkersOf([folder]);
          return changed;
        } catch {
          return undefined;
        }
      }),
    );
    const found = counted(checkers.filter((checker) => checker !== undefined));
    return checkers.map((checker) => found.find(({ name }) => name === checker?.name));
  } finally {
    folders.forEach(remove);
  }
}

interface Row {
  /** Place of the change among all. */
  readonly place: number;
  readonly counts: Counts | undefined;
}

async function run(part: number, parts: number): Promise<Row[]> {
  const own = [...variations.entries()].filter(([place]) => place % parts === part);
  const rows: Row[] = [];
  for (let k = 0; k < own.length; k += CHUNK) {
    const chunk = own.slice(k, k + CHUNK);
    const found = await countChanged(chunk.map(([, change]) => change));
    rows.push(...chunk.map(([place], j) => ({ place, counts: found[j] })));
  }
  return rows;
}

const HEADER = [
  'constant',
  'file',
  'value',
  'changed',
  'false alarms',
  'inconclusive',
  'passes',
  'missed',
  'losses / 2N',
];
const ofAll = ({ count: found, of }: Share): string => `${found} of ${of}`;

function cells(counts: Counts | undefined): string[] {
  if (counts === undefined) return ['does not load', '', '', '', ''];
  const { falseAlarms, inconclusive, passed, missedAbove, cost } = counts;
  return [...[falseAlarms, inconclusive, passed, missedAbove].map(ofAll), cost.toPrecision(3)];
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

async function printAll(): Promise<void> {
  const [unchanged] = counted([{ name: 'unchanged', check: checkGradients }]);
  const outputs = await inParts(fileURLToPath(import.meta.url), process.argv.slice(2));
  const rows = outputs.flatMap((output) => JSON.parse(output) as Row[]).toSorted((a, b) => a.place - b.place);
  const lines = rows.map(({ place, counts }) => {
    const { constant, value } = variations[place]!;
    const file = constant.file.replace(/^src\//, '');
    return [constant.name, file, short(constant.value), short(value), ...cells(counts)];
  });
  console.log(`${cases.length} cases, ${variations.length} changes`);
  console.log(plain({ text: 2, rows: [HEADER, ['none', '', '', '', ...cells(unchanged)], ...lines] }));
}

if (options.part === undefined) await printAll();
else {
  const [part, parts] = options.part.split('/').map(Number) as [number, number];
  console.log(JSON.stringify(await run(part, parts)));
}
