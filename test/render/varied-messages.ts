/** Models of all kinds, right and wrong → the whole messages of their checks. */

import { readdirSync } from 'node:fs';
import {
  checkGradients,
  checkJacobian,
  checkSizes,
  compareGradients,
  formatReport,
  type GradientCheckOptions,
  type Model,
} from 'expect-gradients';
import { build, check, type Fault } from '../faults/plant.js';

/** A message, and what it is of. */
export interface Message {
  readonly of: string;
  readonly text: string;
}

/** So many faults of each cause are enough. */
const OF_EACH = 2;

/** Planted faults of every cause, in double and in single precision. */
export async function messagesOfFaults(): Promise<readonly Message[]> {
  const folders = ['errors', 'calls', 'limits'].map((name) => new URL(`../faults/${name}/`, import.meta.url));
  const files = folders.flatMap((folder) =>
    readdirSync(folder).map((file) => ({ file, path: new URL(file, folder).href })),
  );
  const messages: Message[] = [];
  for (const { file, path } of files) {
    const { faults } = (await import(path)) as { faults: readonly Fault[] };
    for (const fault of faults.slice(0, OF_EACH))
      for (const precision of ['double', 'single'] as const) {
        const report = check(build(fault.model, fault, precision), fault.options);
        const of = `${file}, ${fault.model}, ${fault.name}, ${precision}`;
        messages.push({ of, text: formatReport(report) });
        if (report.verdict !== 'wrong')
          messages.push({ of: `${of}, .not`, text: formatReport(report, { negated: true }) });
      }
  }
  return messages;
}

/** Σ a x²/2 of many parameters, with a claim that is a function of each true derivative. */
function quadratic(
  parameters: Readonly<Record<string, readonly number[]>>,
  claim: (n: number, i: number) => number,
  scale = 1,
): Model {
  const arrays = Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [name, Float64Array.from(values)]),
  );
  const all = Object.values(arrays);
  return {
    parameters: arrays,
    loss: () =>
      scale * all.reduce((sum, own) => sum + own.reduce((part, x, i) => part + (i + 1) * Math.cosh(x), 0), 0),
    gradients: () =>
      Object.fromEntries(
        Object.entries(arrays).map(([name, own]) => [
          name,
          own.map((x, i) => claim(scale * (i + 1) * Math.sinh(x), i)),
        ]),
      ),
  };
}

const LONG =
  'encoder.blocks[11].attention.self.projection.output.dense.weight_ih_l0_reverse_of_the_second_direction';
const values = (count: number): number[] => Array.from({ length: count }, (_, i) => Math.cos(i + 1));
const twice = (n: number, i: number): number => (i % 3 === 0 ? 2 * n : n);
const alone = (n: number, i: number): number => (i === 1 ? n + 0.5 : n);

/** What else there is: sizes of numbers, of names and of models, options, other functions and matchers. */
export function messagesOfOthers(): readonly Message[] {
  const of = (name: string, model: Model, options?: GradientCheckOptions): Message => ({
    of: name,
    text: formatReport(checkGradients(model, options) as never),
  });
  const scales = [1e-300, 1e-150, 1e-30, 1e-9, 1e9, 1e30, 1e150, 1e300];
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, k) => [`layers[${k}].W`, values(6)]));
  const row = (x: ArrayLike<number>): number[] => Array.from(x, (v, i) => Math.sin(v) + i * v ** 2);
  const outputs = {
    parameters: { x: Float64Array.from(values(4)), [LONG]: Float64Array.of(0.3) },
    outputs: ({ x }: { readonly x: Float64Array }) => row(x),
    vjp: ({ x }: { readonly x: Float64Array }, above: ArrayLike<number>) => ({
      x: Float64Array.from(x, (v, i) => above[i]! * (Math.cos(v) + i * v)),
      [LONG]: Float64Array.of(0),
    }),
  };
  const plain = quadratic({ W: values(6), b: values(2) }, (n) => n);
  const other = quadratic({ W: values(6), b: values(2) }, twice);
  const sized = ({ batch, units }: { batch: number; units: number }): Model =>
    quadratic({ w: values(units) }, (n) => n * batch);
  return [
    ...scales.map((scale) => of(`all times ${scale}`, quadratic({ W: values(5), b: [0.4] }, twice, scale))),
    of(
      'a number',
      quadratic({ slope: [0.7] }, (n) => -n),
    ),
    of('a name of a hundred letters', quadratic({ [LONG]: values(5), b: values(2) }, alone)),
    of('only such a name', quadratic({ [LONG]: values(5) }, alone)),
    of('sixty parameters', quadratic(many, twice)),
    of('ten thousand entries', quadratic({ W: values(10_000), b: values(3) }, alone, 1e-3), {
      method: 'directional',
    }),
    of('a budget', quadratic({ W: values(30) }, twice), { maxEvaluations: 20 }),
    of(
      'a budget, and right',
      quadratic({ W: values(30) }, (n) => n),
      { maxEvaluations: 20 },
    ),
    of('a shard', quadratic({ W: values(30), b: values(3) }, twice), { shard: '1/3' }),
    of(
      'strict',
      quadratic({ W: [0, 0, 0] }, (n) => n),
      { strict: true, points: 1 },
    ),
    of(
      'a claim of no numbers',
      quadratic({ W: values(4), b: values(2) }, () => Number.NaN),
    ),
    of('epsilon', quadratic({ W: values(4) }, twice), { epsilon: 1e-3, tolerance: 1e-9 }),
    of('a third of the ignored', {
      ...plain,
      gradients: (p) => ({ ...(plain.gradients(p) as object), dQ: [1] }),
    }),
    { of: 'a Jacobian', text: formatReport(checkJacobian(outputs as never)) },
    { of: 'a reference', text: formatReport(compareGradients(other, plain) as never) },
    { of: 'the same reference', text: formatReport(compareGradients(plain, plain) as never) },
    {
      of: 'sizes',
      text: formatReport(checkSizes(sized, { sizes: { batch: [1, 2, 5], units: [1, 3, 4] } }) as never),
    },
    {
      of: 'sizes, all right',
      text: formatReport(
        checkSizes(({ units }: { units: number }) => sized({ batch: 1, units }), {
          sizes: { units: [1, 3] },
        }) as never,
      ),
    },
  ];
}
