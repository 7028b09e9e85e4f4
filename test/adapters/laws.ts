import { checkGradients, type GradientReport, type Model } from 'expect-gradients';
import { describe, expect, test } from 'vitest';

/** What an adapter is tried with. */
export interface Adapted {
  readonly name: string;
  /** The names of the parameters, in the library's order. */
  readonly parameters: readonly string[];
  /** A model whose gradients are right; made anew for each law. */
  readonly right: () => Model | PromiseLike<Model>;
  /** The same with the gradient of one parameter wrong. */
  readonly wrong: () => Model | PromiseLike<Model>;
  readonly blamed: string;
  /** The same as `right`, with a loss that throws `error` at its third call. */
  readonly throwing: (error: Error) => Model | PromiseLike<Model>;
  /** The values that the library itself holds, as text to the bit; of the model that was made last. */
  readonly bits: () => string;
  /** What the library holds in memory, where it counts that. */
  readonly held?: () => number;
}

/** Numbers as text that tells every two apart. */
export const bitsOf = (values: ArrayLike<number>): string =>
  Buffer.from(Float64Array.from(values).buffer).toString('hex');

/** What every adapter has to keep, whatever the library does beneath it. */
export function laws({
  name,
  parameters,
  right,
  wrong,
  blamed,
  throwing,
  bits,
  held = () => 0,
}: Adapted): void {
  describe(`by the laws: ${name}`, () => {
    test('a right model is correct, its parameters under the library’s names', async () => {
      const report = await checkGradients(await right());
      expect(report.verdict).toBe('correct');
      expect(report.parameters.map((parameter) => parameter.name)).toStrictEqual(parameters);
    });

    test('a wrong one is wrong where it is', async () => {
      const report = await checkGradients(await wrong());
      const found = report.parameters.filter(({ verdict }) => verdict === 'wrong');
      expect(found.map((parameter) => parameter.name)).toStrictEqual([blamed]);
    });

    test('names and losses are the same every time', async () => {
      const model = await right();
      const names = (): string => JSON.stringify(Object.keys(model.parameters as object));
      const before = [names(), await model.loss(model.parameters)];
      await checkGradients(model);
      expect([names(), await model.loss(model.parameters)]).toStrictEqual(before);
    });

    test('what the library holds is as it was, bit for bit', async () => {
      const model = await right();
      const before = bits();
      await checkGradients(model);
      expect(bits()).toBe(before);
    });

    test('an error of the user’s passes through, and all is as it was', async () => {
      const error = new Error('of the user’s');
      const model = await throwing(error);
      const before = bits();
      await expect(async () => checkGradients(model)).rejects.toBe(error);
      expect(bits()).toBe(before);
    });

    test('nothing is leaked', async () => {
      const models = [await right(), await wrong(), await throwing(new Error('of the user’s'))];
      const before = held();
      const ended: unknown[] = [];
      for (const model of models) ended.push(await check(model).then(({ verdict }) => verdict, String));
      expect(held()).toBe(before);
      expect(ended).toStrictEqual(['correct', 'wrong', 'Error: of the user’s']);
    });
  });
}

async function check(model: Model): Promise<GradientReport> {
  return checkGradients(model);
}
