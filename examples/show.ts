/** Runs examples and shows what a check finds in them: a line for each case, and the message of each failing assertion. */

import { expect } from 'expect';
import { type Verdict, matchers } from 'expect-gradients';
import { check, type Example, type ExampleCase } from './example.js';

expect.extend(matchers);

/** Puts a text into a style, or leaves it as it is. */
export type Paint = (style: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string) => string;

const COLOURS = { correct: 'green', wrong: 'red', inconclusive: 'yellow' } as const;

/** Prints every case; returns one sentence for each case that doesn't behave as its label says. */
export async function show(
  examples: readonly Example[],
  print: (text: string) => void,
  paint: Paint = (_, text) => text,
): Promise<string[]> {
  const surprises: string[] = [];
  for (const { title, cases } of examples) {
    print(paint('bold', title));
    print(paint('dim', row('', 'verdict', 'difference', 'values', 'derivatives', 'time')));
    const messages: string[] = [];
    for (const one of cases) {
      const { verdict, text } = await lineFor(one, paint);
      const message = await failure(one);
      print(text);
      if (message !== undefined) messages.push(message);
      if (verdict !== one.label)
        surprises.push(`${title}: “${one.name}” should be ${one.label}, but is ${verdict}.`);
      else if ((message === undefined) !== (verdict === 'correct'))
        surprises.push(`${title}: “${one.name}” is ${verdict}, but the assertion says otherwise.`);
    }
    for (const message of messages) print(`\n${message}`);
    print('');
  }
  return surprises;
}

/** One case's line, and its verdict; a check that throws has none. */
async function lineFor(
  one: ExampleCase,
  paint: Paint,
): Promise<{ verdict: Verdict | 'an error'; text: string }> {
  const start = performance.now();
  try {
    const { verdict, difference, evaluations } = await check(one);
    const time = `${(performance.now() - start).toFixed(1)} ms`;
    // Of what is differentiated, and of all that claims its derivatives.
    const values = evaluations['loss'] ?? evaluations['outputs'] ?? evaluations['gradients']!;
    const derivatives = Object.values(evaluations).reduce((sum, calls) => sum + calls, -values);
    const text = row(one.name, verdict, difference.toExponential(2), values, derivatives, time);
    return { verdict, text: text.replace(` ${verdict} `, ` ${paint(COLOURS[verdict], verdict)} `) };
  } catch {
    return { verdict: 'an error', text: paint('red', row(one.name, 'error')) };
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

/** Columns that fill 80 characters. */
const row = (name: string, verdict: string, ...numbers: (string | number)[]): string =>
  `  ${name.padEnd(26)}${verdict.padEnd(13)}${numbers.map((text, i) => String(text).padStart(WIDTHS[i]!)).join('')}`;

const WIDTHS = [10, 8, 12, 9];
