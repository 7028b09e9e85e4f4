import { checkGradients, checkJacobian, type Model, type Report, type VectorModel } from 'expect-gradients';
import { describe, expect, test } from 'vitest';

/** A loss with its gradients, or outputs with their derivatives. */
type AnyModel = Model | VectorModel;

/** What an adapter is tried with. */
export interface Adapted {
  readonly name: string;
  /** The names of the parameters, in the library's order. */
  readonly parameters: readonly string[];
  /** A model whose gradients are right; made anew for each law. */
  readonly right: () => AnyModel | PromiseLike<AnyModel>;
  /** The same with the gradient of one parameter wrong. */
  readonly wrong: () => AnyModel | PromiseLike<AnyModel>;
  readonly blamed: string;
  /** The same as `right`, with a loss, or outputs, that throw `error` at its third call. */
  readonly throwing: (error: Error) => AnyModel | PromiseLike<AnyModel>;
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
      const report = await check(await right());
      expect(report.verdict).toBe('correct');
      expect(report.parameters.map((parameter) => parameter.name)).toStrictEqual(parameters);
    });

    test('a wrong one is wrong where it is', async () => {
      const report = await check(await wrong());
      const found = report.parameters.filter(({ verdict }) => verdict === 'wrong');
      expect(found.map((parameter) => parameter.name)).toStrictEqual([blamed]);
    });

    test('names and values are the same every time', async () => {
      const model = await right();
      const names = (): string => JSON.stringify(Object.keys(model.parameters as object));
      const before = [names(), await valueOf(model)];
      await check(model);
      expect([names(), await valueOf(model)]).toStrictEqual(before);
    });

    test('what the library holds is as it was, bit for bit', async () => {
      const model = await right();
      const before = bits();
      await check(model);
      expect(bits()).toBe(before);
    });

    test('an error of the user’s passes through, and all is as it was', async () => {
      const error = new Error('of the user’s');
      const model = await throwing(error);
      const before = bits();
      await expect(async () => check(model)).rejects.toBe(error);
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

async function check(model: AnyModel): Promise<Report> {
  return 'outputs' in model ? checkJacobian(model) : checkGradients(model);
}

/** What a model computes, at its parameters. */
function valueOf(model: AnyModel): unknown {
  return 'outputs' in model ? model.outputs(model.parameters) : model.loss(model.parameters);
}
