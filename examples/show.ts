/** Runs examples and shows what a check finds in them: a table with a line for each case, and the messages of failing assertions. */

import { expect } from 'expect';
import { type Verdict, matchers } from 'expect-gradients';
import { check, type Example, type ExampleCase } from './example.js';

expect.extend(matchers);

/** Puts a text into a style, or leaves it as it is. */
export type Paint = (style: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string) => string;

const COLOURS = {
  correct: 'green',
  wrong: 'red',
  inconclusive: 'yellow',
  'an error': 'red',
} as const satisfies Record<Outcome, string>;

/** The verdict of a check, or that it threw. */
type Outcome = Verdict | 'an error';

/** What became of a case. */
interface Shown {
  readonly one: ExampleCase;
  readonly outcome: Outcome;
  /** All columns but the name. */
  readonly cells: readonly string[];
  /** What a failing test of it prints. */
  readonly message: string | undefined;
}

/** What became of the cases of an example. */
export interface Table {
  readonly example: Example;
  readonly shown: readonly Shown[];
}

/** Checks every case of some examples. */
export async function run(examples: readonly Example[]): Promise<readonly Table[]> {
  const tables: Table[] = [];
  for (const example of examples) {
    const shown: Shown[] = [];
    for (const one of example.cases) shown.push(await outcomeOf(one));
    tables.push({ example, shown });
  }
  return tables;
}

const HEADER: readonly string[] = ['verdict', 'difference', 'values', 'derivatives', 'time'];
/** Numbers are aligned at their ends. */
const isNumber = (column: number): boolean => column > 0;

/** Prints what became of all cases, in columns that are as wide as their widest cells. */
export function printTable(
  tables: readonly Table[],
  print: (text: string) => void,
  paint: Paint = (_, text) => text,
): void {
  const all = tables.flatMap(({ shown }) => shown);
  const names = Math.max(...all.map(({ one }) => one.name.length));
  const widths = HEADER.map((title, column) =>
    Math.max(title.length, ...all.map(({ cells }) => cells[column]!.length)),
  );
  const aligned = (cells: readonly string[]): readonly string[] =>
    cells.map((cell, k) => (isNumber(k) ? cell.padStart(widths[k]!) : cell.padEnd(widths[k]!)));
  print(paint('dim', `  ${[''.padEnd(names), ...aligned(HEADER)].join('  ')}`));
  for (const { example, shown } of tables) {
    print(paint('bold', example.title));
    for (const { one, outcome, cells } of shown) {
      const [verdict, ...numbers] = aligned(cells);
      print(`  ${[one.name.padEnd(names), paint(COLOURS[outcome], verdict!), ...numbers].join('  ')}`);
    }
  }
}

/** The messages of the cases that fail, in their order. */
export function messagesOf(tables: readonly Table[]): readonly string[] {
  return tables.flatMap(({ shown }) =>
    shown.flatMap(({ message }) => (message === undefined ? [] : [message])),
  );
}

/** A sentence for each case that doesn't behave as its label says. */
export function surprisesIn(tables: readonly Table[]): readonly string[] {
  return tables.flatMap(({ example: { title }, shown }) =>
    shown.flatMap(({ one: { name, label }, outcome, message }) => {
      if (outcome !== label) return [`${title}: “${name}” should be ${label}, but is ${outcome}.`];
      return (message === undefined) === (outcome === 'correct')
        ? []
        : [`${title}: “${name}” is ${outcome}, but the assertion says otherwise.`];
    }),
  );
}

async function outcomeOf(one: ExampleCase): Promise<Shown> {
  const message = await failure(one);
  const start = performance.now();
  try {
    const { verdict, difference, evaluations } = await check(one);
    // Of what is differentiated, and of all that claims its derivatives.
    const values = evaluations['loss'] ?? evaluations['outputs'] ?? evaluations['gradients']!;
    const derivatives = Object.values(evaluations).reduce((sum, calls) => sum + calls, -values);
    const time = `${(performance.now() - start).toFixed(1)} ms`;
    const cells = [verdict, difference.toExponential(1), String(values), String(derivatives), time];
    return { one, outcome: verdict, cells, message };
  } catch {
    return { one, outcome: 'an error', cells: ['an error', '', '', '', ''], message };
  }
}

/** What a failing test of this case prints, or undefined when the test passes. */
async function failure(one: ExampleCase): Promise<string | undefined> {
  try {
    await assertRight(one);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What is asserted, and with which options. */
type Asserted = Pick<ExampleCase, 'model' | 'options'>;

/** The assertion that a test makes about a model, by what it has. */
export async function assertRight({ model, options }: Asserted): Promise<void> {
  if ('outputs' in model) await expect(model).toHaveCorrectJacobian(options);
  else if ('loss' in model) await expect(model).toHaveCorrectGradients(options);
  else await expect(model).toHaveCorrectHessian(options);
}

/** The same under `.not`. */
export async function assertWrong({ model, options }: Asserted): Promise<void> {
  if ('outputs' in model) await expect(model).not.toHaveCorrectJacobian(options);
  else if ('loss' in model) await expect(model).not.toHaveCorrectGradients(options);
  else await expect(model).not.toHaveCorrectHessian(options);
}
