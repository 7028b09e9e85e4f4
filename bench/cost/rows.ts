/** The rows of the bench's three tables: what is checked, and how dear its loss is. */

import type { Row } from './measure.js';

export interface Table {
  readonly title: string;
  readonly rows: readonly Row[];
}

type Given = Partial<Row> & Pick<Row, 'model'>;

const PLAIN: Omit<Row, 'model'> = {
  storage: 'float64',
  state: 'random',
  added: 0,
  waiting: 'busy',
  fault: 'none',
  seed: 1,
  draws: 3,
  limit: 10,
};

const STORAGES = ['float64', 'float32'] as const;
const ADDED = [1, 5, 20];

/** Of each row one for each of the changes. */
const times = (rows: readonly Given[], changes: readonly Partial<Row>[]): Given[] =>
  rows.flatMap((row) => changes.map((change) => ({ ...row, ...change })));

const inBoth = (rows: readonly Given[]): Given[] =>
  times(
    rows,
    STORAGES.map((storage) => ({ storage })),
  );

const right = inBoth([
  ...['20-30-10', '60-100-40-5', '40-60×9-10', '200-150-100-10'].flatMap((widths): Given[] => [
    { model: `${widths} tanh` },
    { model: `${widths} relu` },
    { model: `${widths} relu`, state: 'blank row' },
  ]),
  { model: '200-150-100-10 sigmoid' },
  { model: '200-150-100-10 relu', state: 'trained' },
  { model: 'convolution' },
  { model: 'convolution', state: 'blank row' },
  { model: 'attention' },
  { model: 'recurrent' },
]);

const wrong = times(
  inBoth([
    { model: '200-150-100-10 tanh' },
    { model: '200-150-100-10 relu' },
    { model: '200-150-100-10 relu', state: 'blank row' },
    { model: '40-60×9-10 tanh' },
    { model: 'convolution' },
    { model: 'attention' },
    { model: 'recurrent' },
  ]),
  (['one', 'one, 1e-3', 'three', 'ten', 'exchange'] as const).map((fault) => ({ fault, draws: 4 })),
);

/** From what is checked entry by entry to what is not, at prices from nothing to what a loss on a GPU takes. */
const dear = times(
  times(
    ['20-30-10', '60-50-20', '60-100-25-15', '60-100-40-5', '100-150-40-10'].map((widths) => ({
      model: `${widths} tanh`,
    })),
    [
      {},
      ...ADDED.flatMap((added) => [
        { added },
        { added, waiting: 'awaited' as const },
        { added, waiting: 'batched' as const },
      ]),
    ],
  ),
  [
    { draws: 1, fault: 'none' },
    { draws: 1, fault: 'one, 1e-3' },
  ],
);

const quick: readonly Given[] = [
  { model: '20-30-10 tanh' },
  { model: '60-100-25-15 relu' },
  { model: '60-100-25-15 relu', added: 1 },
  { model: '200-150-100-10 relu' },
  { model: '200-150-100-10 relu', storage: 'float32' },
  { model: '200-150-100-10 relu', state: 'blank row' },
  { model: 'convolution' },
  { model: '200-150-100-10 tanh', fault: 'one, 1e-3' },
  { model: '40-60×9-10 tanh', fault: 'exchange' },
];

export function tablesOf(isQuick: boolean, common: Pick<Row, 'seed'>): Table[] {
  const made = (rows: readonly Given[], more: Partial<Row> = {}): Row[] =>
    rows.map((row) => ({ ...PLAIN, ...row, ...more, ...common }));
  if (isQuick) return [{ title: 'Short', rows: made(quick, { draws: 1, limit: 5 }) }];
  return [
    { title: 'Right models', rows: made(right) },
    { title: 'Wrong entries', rows: made(wrong) },
    { title: 'Dear losses', rows: made(dear) },
  ];
}
